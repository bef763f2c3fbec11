"""What a page says about its article: title, dek, authors, dates, source, address.

Several witnesses are heard for each field (JSON-LD, microdata, Open Graph and other meta tags, the visible head of the
article), and the one that the visible page agrees with is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from kbapp.domain import Author
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.authors import page_authors
from kbapp.reading.webpage.deks import dek_of
from kbapp.reading.webpage.dom import clean, first_of
from kbapp.reading.webpage.publication import MODIFIED, publication
from kbapp.reading.webpage.titles import headline

_GUESSED = ("address", "date of change", *(f"meta {key}" for key in MODIFIED))
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?|archive\.(?:ph|is|today|li|md|vn)/(?:\d{4,14}|o/\w+))/(https?://?.+)$",
    re.I,
)
_TOOLBARS = "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='wm-ipp-print' or @id='donato']"


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
    heading: str = ""
    provenance: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()


def page_fields(tree: Any) -> PageFields:
    """Reads the fields of a parsed page."""
    meta = _meta(tree)
    node = json_ld.article_node(tree)
    for toolbar in tree.xpath(_TOOLBARS):  # an archive's, with the date of its copy
        toolbar.drop_tree()
    url = original_address(_url(tree, meta, node))
    host = _host(url or "")
    source, published_by = _source(meta, node)
    found = headline(tree, meta, node, source, host)
    dek, dek_place = dek_of(found.heading, found.title, node, meta)
    published, dated = publication(tree, meta, node, found.heading, url, _locale(tree, meta, url))
    authors, signed = page_authors(tree, meta, node, found.heading, source, host)
    places = {
        "title": found.place,
        "subtitle": "heading" if found.dek else dek_place,
        "authors": signed,
        "published": dated,
        "source": published_by,
    }
    unsure = [
        name
        for name, doubt in (
            ("title", found.unsure),
            ("published", dated in _GUESSED),
            ("subtitle", dek_place == "place"),
        )
        if doubt
    ]
    return PageFields(
        title=found.title,
        subtitle=found.dek or dek,
        authors=authors,
        published=published,
        source=source or host,
        url=url,
        language=_language(tree, meta, node),
        tags=_tags(meta),
        heading=found.whole,
        provenance={name: place for name, place in places.items() if place},
        unsure=tuple(unsure),
    )


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = element.get("content")
        if key and value and value.strip():
            found.setdefault(key.strip().lower(), []).append(clean(value))
    return found


# --- dates, source, address -----------------------------------------------------------------------------------------
def _source(meta: dict[str, list[str]], node: dict[str, Any]) -> tuple[str | None, str | None]:
    """The publication's name and where it was found: a publisher before the name of an application, which may be a section's."""
    publisher = json_ld.people_of(node.get("publisher") or [])
    claims = [("og:site_name", value) for value in meta.get("og:site_name", [])[:1]]
    claims += [("json-ld", publisher[0][0])] if publisher else []
    for key in (
        "dc.publisher",
        "publisher",
        "citation_journal_title",
        "twitter:app:name:iphone",
        "application-name",
        "apple-mobile-web-app-title",
    ):
        claims += [(f"meta {key}", value) for value in meta.get(key, [])[:1]]
    usable = [(place, name) for place, name in claims if name and len(name) <= 80 and not name.startswith("http")]
    named = next(((name, place) for place, name in usable if "." not in name), None)
    return named or next(((name, place) for place, name in usable), (None, None))


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


def original_address(url: str | None) -> str | None:
    """The article's own address where a page came out of an archive or a reader view."""
    if url is None:
        return None
    if reader := re.match(r"about:reader\?url=(.+)", url):
        return unquote(reader[1])
    archived = _ARCHIVED.match(url)
    return archived[1] if archived else url


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
