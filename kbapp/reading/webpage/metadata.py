"""What a page says about its article: title, dek, authors, dates, source, address.

Several witnesses are heard for each field (JSON-LD, microdata, Open Graph and other meta tags, the visible head of the
article), and the one that the visible page agrees with is believed.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from kbapp.domain import Author
from kbapp.reading.fields import bylines
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.authors import page_authors
from kbapp.reading.webpage.dom import clean, first_of, folded, following, in_furniture, marks, text_of
from kbapp.reading.webpage.publication import publication

_DEK_CLASS = re.compile(r"(?:sub-?(?:title|head|headline|heading)|dek|deck|standfirst|stand-first|kicker-?text|lede|(?:article|post|entry|story)-?_*(?:summary|intro|excerpt|description|lead)|chapeau|teaser-?text|untertitel|(?:^|[\s_-])(?:lead|intro|summary)(?:$|[\s]))", re.I)  # fmt: skip
_SITE_PARTS = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True)
class PageFields:
    """The fields of an article page; all but ``authors`` and ``tags`` may be None."""

    title: str | None
    subtitle: str | None
    authors: tuple[Author, ...]
    published: str | None
    source: str | None
    url: str | None
    language: str | None
    tags: tuple[str, ...] = ()


def page_fields(tree: Any) -> PageFields:
    """Reads the fields of a parsed page."""
    meta = _meta(tree)
    node = json_ld.article_node(tree)
    heading = _main_heading(tree, meta, node)
    source = _source(meta, node)
    title = _title(tree, meta, node, heading, source)
    url = _url(tree, meta, node)
    published, _ = publication(tree, meta, node, heading, url, _locale(tree, meta, url))
    authors, _ = page_authors(tree, meta, node, heading, source, _host(url or ""))
    return PageFields(
        title=title,
        subtitle=_subtitle(tree, node, heading, title, meta),
        authors=authors,
        published=published,
        source=source or (_host(url) if url else None),
        url=url,
        language=_language(tree, meta, node),
        tags=_tags(meta),
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = element.get("content")
        if key and value and value.strip():
            found.setdefault(key.strip().lower(), []).append(clean(value))
    return found


# --- title and dek --------------------------------------------------------------------------------------------------
def _main_heading(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> Any:
    """The heading element that shows the title: an h1 (else h2) that the metadata or the document title agrees with."""
    claims = [folded(value) for value in (json_ld.text(node["headline"]) if "headline" in node else None,
                                           first_of(meta, "og:title", "twitter:title", "dc.title"), tree.findtext(".//title"))]  # fmt: skip
    claims = [claim for claim in claims if claim]
    candidates = [h for tag in ("h1", "h2") for h in tree.iter(tag) if 3 <= len(text_of(h)) <= 300]
    fitting: list[tuple[int, Any]] = []
    for heading in candidates:
        words = folded(text_of(heading))
        if len(words) > 8 and any(words in claim or claim in words for claim in claims):
            fitting.append((len(words), heading))
    if fitting:
        first = fitting[0]
        longest = max(fitting, key=lambda pair: pair[0])
        # "The Gazette: Ferries stop" agrees with two headings; the paper's name is the shorter one.
        return longest[1] if first[0] * 1.5 < longest[0] else first[1]
    itemprop = tree.xpath("//*[@itemprop='headline' and (self::h1 or self::h2 or self::div or self::span)]")
    if itemprop:
        return itemprop[0]
    inside = [h for h in candidates if h.tag == "h1" and not in_furniture(h)]
    return inside[0] if inside else None if candidates else _unmarked_heading(tree, claims)


def _unmarked_heading(tree: Any, claims: list[str]) -> Any:
    """On a page without headings the innermost element in large or bold letters that says what its title says."""
    best: tuple[int, Any] | None = None
    for element in itertools.islice(tree.iter("b", "strong", "font", "span", "big", "center", "td", "div", "p"), 300):
        words = folded(text_of(element)) if len(element) < 4 else ""
        fits = 12 < len(words) < 250 and any(words in claim for claim in claims)
        if fits and (best is None or len(words) >= best[0]):
            best = (len(words), element)
    return best[1] if best else None


def _title(tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, source: str | None) -> str | None:
    site = folded(source)
    shown = text_of(heading) if heading is not None else None
    if shown and folded(shown) != site and not in_furniture(heading):
        return shown
    claims = [json_ld.text(node["headline"]) if node.get("headline") else None,
              first_of(meta, "og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline"), _document_title(tree)]  # fmt: skip
    for claim in claims:
        if claim and folded(claim) != site:
            return _without_site(claim, source)
    return shown or next((claim for claim in claims if claim), None)


def _document_title(tree: Any) -> str | None:
    title = tree.findtext(".//title")
    return clean(title) if title and title.strip() else None


def _without_site(title: str, source: str | None) -> str:
    parts = _SITE_PARTS.split(title)
    if len(parts) < 2:
        return title
    site = folded(source)
    if site and folded(parts[-1]) in (site, "the" + site, site.removeprefix("the")):
        return title[: title.rfind(parts[-1])].rstrip(" |–—·•»:-")
    if site and folded(parts[0]) == site:
        return title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |–—·•»:-")
    if len(parts[0]) > 25 and "|" in title and len(parts[-1]) < len(parts[0]):
        return parts[0]
    return title


def _subtitle(
    tree: Any, node: dict[str, Any], heading: Any, title: str | None, meta: dict[str, list[str]]
) -> str | None:
    shown = _marked_dek(heading) if heading is not None else None
    if shown is None:
        found = tree.xpath("//*[@itemprop='alternativeHeadline']")
        shown = text_of(found[0]) if found else None
    claims = [
        json_ld.text(node[key])
        for key in ("alternativeHeadline", "alternateName", "description")
        if isinstance(node.get(key), str)
    ]
    claims += [
        value for key in ("og:description", "description", "twitter:description") for value in meta.get(key, [])[:1]
    ]
    if shown is None and heading is not None:
        shown = next(
            (text for text in _texts_after(heading, 6) if any(folded(text) == folded(claim) for claim in claims)),
            None,
        )
    if shown is None and isinstance(node.get("alternativeHeadline"), str):
        shown = json_ld.text(node["alternativeHeadline"])
    if not shown or not 8 <= len(shown) <= 240 or folded(shown) == folded(title):
        return None
    return shown


def _marked_dek(heading: Any) -> str | None:
    for element in following(heading, 12):
        if element.tag in ("h2", "h3", "p", "div", "span") and _DEK_CLASS.search(marks(element)):
            text = text_of(element)
            if 8 <= len(text) <= 500 and not bylines.byline_of(text):
                return text
        elif element.tag == "h2" and element.getprevious() is heading:
            text = text_of(element)
            if 20 <= len(text) <= 300:
                return text
    return None


def _texts_after(heading: Any, limit: int) -> list[str]:
    return [text for element in following(heading, limit * 3) if 8 <= len(text := text_of(element)) <= 500][: limit * 2]


# --- dates, source, address -----------------------------------------------------------------------------------------
def _source(meta: dict[str, list[str]], node: dict[str, Any]) -> str | None:
    name = first_of(meta, "og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone", "publisher")
    publisher = json_ld.people_of(node.get("publisher") or [])
    if publisher and (name is None or "." in name):
        name = publisher[0][0]
    return name if name and len(name) <= 80 and not name.startswith("http") else None


def _url(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str | None:
    base = first_of(meta, "og:url") or ""
    for link in tree.xpath("//link[@rel='canonical']/@href")[:1]:
        address = urljoin(base, link.strip())
        if address.startswith("http"):
            return str(address)
    claims = [base, node.get("url"), node.get("mainEntityOfPage"), first_of(meta, "twitter:url", "savepage-url")]
    for claim in claims:
        if isinstance(claim, dict):
            claim = claim.get("@id")
        if isinstance(claim, str) and claim.startswith("http"):
            return claim
    return None


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _language(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str | None:
    root = tree.getroottree().getroot()
    claim = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or first_of(meta, "content-language", "og:locale", "language")
    )
    claim = claim or (node.get("inLanguage") if isinstance(node.get("inLanguage"), str) else None)
    return claim[:2].lower() if claim and re.match(r"[A-Za-z]{2}(?:$|[-_,])", claim) else None


def _locale(tree: Any, meta: dict[str, list[str]], url: str | None) -> str | None:
    """The language and, if it can be told, the country of a page: "en-GB"."""
    root = tree.getroottree().getroot()
    claims: list[str] = [root.get("lang") or "", *meta.get("og:locale", [])[:1], *meta.get("content-language", [])[:1]]
    claims = [claim.replace("_", "-") for claim in claims if claim]
    told = next((claim for claim in claims if re.match(r"[A-Za-z]{2,3}-[A-Za-z]{2}\b", claim)), None)
    if told is not None:
        return told
    language = claims[0][:2].lower() if claims else ""
    host = _host(url or "") or ""
    country = re.search(r"\.([a-z]{2})$", host)
    if country and country[1] not in ("io", "co", "tv", "me", "ai", "fm", "to", "us"):
        return f"{language}-{country[1].upper()}"
    return f"{language}-US" if language == "en" and host.endswith((".com", ".us", ".gov", ".edu", ".org")) else language


def _tags(meta: dict[str, list[str]]) -> tuple[str, ...]:
    tags = list(meta.get("article:tag", []))
    if len(tags) == 1:
        tags = [tag.strip() for tag in tags[0].split(",")]
    return tuple(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= 60))[:20]
