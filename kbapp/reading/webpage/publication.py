"""When a page says that its article was published: what is declared first, then what its head shows, then its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from kbapp.reading.fields.dates import declared_date, find_date, is_changed, is_first, parse_date
from kbapp.reading.webpage.byline_elements import is_foreign, words_of
from kbapp.reading.webpage.dom import following, in_furniture, text_of

_DATE_WORDS = re.compile(r"\b(?:dates?|time|timestamp|publish\w*|published|posted|pubdate|pub|meta|datum|datetime|fecha|data|dateline|created|submitted|veröffentlicht|byline)\b|date|datum", re.I)  # fmt: skip
_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time", "article:post_date", "date",
    "dc.date.issued", "dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "dcterms.available", "pubdate", "publishdate",
    "publish_date", "publish-date", "publication_date", "publicationdate", "publication-date", "published_date", "parsely-pub-date", "sailthru.date",
    "article.published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "citation_publication_date", "citation_online_date", "citation_date",
    "ptime", "originalpublicationdate", "bt:pubdate", "displaydate", "timestamp", "article_date_original", "published_at", "article:created", "created",
    "shareaholic:article_published_time", "vr:published_time", "rnews:datepublished", "pdate", "cdate", "creation_date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dcterms.modified", "dc.date.modified")  # fmt: skip
_FIRST, _PLAIN, _CHANGED = range(3)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:/|-|_|$)|/((?:19|20)\d\d)/([1-9])/([0-3]?\d)/")


def publication(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, url: str | None, locale: str | None
) -> tuple[str | None, str | None]:
    """The date of publication as ISO 8601 and where it was found ("json-ld", "meta date", "date line"...); (None, None) without."""
    changed = str(node["dateModified"]) if isinstance(node.get("dateModified"), str) else ""
    claims: list[tuple[str, Callable[[], str | None]]] = [("json-ld", lambda: _first_of(_in_json_ld(node)))]
    claims += [(f"meta {key}", partial(_first_of, meta[key], locale)) for key in _META if key in meta]
    claims += [
        ("microdata", lambda: _first_of(_microdata(tree), locale)),
        ("date line", lambda: _shown(tree, heading, locale)),
        ("address", lambda: _from_address(url)),
        ("date of change", lambda: _first_of([changed])),
    ]
    claims += [(f"meta {key}", partial(_first_of, meta[key], locale)) for key in MODIFIED if key in meta]
    return next(((iso, place) for place, look in claims if (iso := look())), (None, None))


def _in_json_ld(node: dict[str, Any]) -> list[str]:
    return [
        str(node[key])
        for key in ("datePublished", "dateCreated", "uploadDate")
        if isinstance(node.get(key), (str, int))
    ]


def _first_of(values: Iterable[str], locale: str | None = None) -> str | None:
    return next((iso for value in values if value and (iso := declared_date(value, locale))), None)


def _microdata(tree: Any) -> list[str]:
    found = tree.xpath("//*[@itemprop='datePublished']")[:2]
    return [each.get("datetime") or each.get("content") or each.get("title") or text_of(each) for each in found]


def _from_address(url: str | None) -> str | None:
    found = _IN_ADDRESS.search(url or "")
    return parse_date("-".join(f"{int(part):02d}" for part in found.groups() if part)) if found else None


def _shown(tree: Any, heading: Any, locale: str | None) -> str | None:
    """The date in the head of the article; a whole day before a mere month, publication before change."""
    home = set() if heading is None else {heading, *heading.iterancestors()}
    found: list[tuple[bool, int, str]] = []
    for element in _candidates(tree, heading):
        for iso, rank in _dates_in(element, locale):
            if rank == _FIRST or not is_foreign(element, home):
                found.append((len(iso) < 10, rank, iso))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _candidates(tree: Any, heading: Any) -> list[Any]:
    """Elements that may hold the date, the likeliest first."""
    times = [element for element in tree.iter("time") if not in_furniture(element)]
    found = [element for element in times if element.get("pubdate") is not None]
    near = following(heading, 40) if heading is not None else []
    if heading is not None:
        near += [element for element in heading.xpath("preceding::*[position() <= 12]") if isinstance(element.tag, str)]
    found += [element for element in near if element.tag == "time"]
    found += [element for element in near if _DATE_WORDS.search(words_of(element)) and len(text_of(element)) < 150]
    found += [element for element in near if len(text_of(element)) < 80]
    found += times[:6]
    called = tree.xpath("//*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'datum') or contains(@class,'ublished') or contains(@class,'osted') or contains(@class,'submitted')]")  # fmt: skip
    found += [each for each in called[:20] if len(text_of(each)) < 120 and not in_furniture(each)]
    return found


def _dates_in(element: Any, locale: str | None) -> list[tuple[str, int]]:
    """The date of an element, if it has one, and what is said of it: _FIRST, _PLAIN or _CHANGED."""
    text = text_of(element)
    machine = element.get("datetime") or element.get("data-datetime") or ""
    iso = declared_date(machine, locale) if machine else None
    iso = iso or (declared_date(text, locale) if len(text) < 150 else None)
    if iso is None:
        return []
    shown = find_date(text, locale)
    before = text[: shown[1]] if shown else ""
    if not before.strip():
        before = _words_before(element)
    if shown is not None and len(text) < 150 and parse_date(text, locale) != shown[0]:
        return [(iso, _FIRST)]  # two dates, of which parse_date took the one of publication
    if is_changed(before) or re.search(r"modif|updat", words_of(element), re.I):
        return [(iso, _CHANGED)]
    return [(iso, _FIRST if is_first(before) else _PLAIN)]


def _words_before(element: Any) -> str:
    """The few words that stand before an element."""
    parent = element.getparent()
    for each in (element, parent):
        if each is None or each.tag in ("body", "html", "article", "main"):
            break
        previous = each.getprevious()
        if previous is not None:
            return (
                f"{text_of(previous)[-40:]} {previous.tail or ''}"
                if len(text_of(previous)) < 60
                else previous.tail or ""
            )
        above = each.getparent()
        if above is not None and (above.text or "").strip():
            return str(above.text)
    return ""
