"""What a page says about its article: title, dek, authors, dates, source, address.

Several witnesses are heard for each field (JSON-LD, microdata, Open Graph and other meta tags, the visible head of the
article), and the one that the visible page agrees with is believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from kbapp.domain import Author
from kbapp.reading import bylines, jsonld
from kbapp.reading.dates import find_date, parse_date

_MARK = r"(?:^|[\s_-])"
_BYLINE_CLASS = re.compile(rf"{_MARK}(?:byline|by-line|author|authors|authorname|author-name|article-author|post-author|entry-author|writer|contributor|autor|auteur)(?:$|[\s_-])|byline", re.I)  # fmt: skip
_NOT_BYLINE = re.compile(r"bio|box|about|comment|related|avatar|image|photo|social|follow|share|more|list|footer|card|widget|date|time", re.I)  # fmt: skip
_BIO_CLASS = re.compile(r"(?:author|writer|contributor|user)[\w-]*(?:bio|about|desc|info|box|profile)|(?:bio|about)[\w-]*author|^bio$", re.I)  # fmt: skip
_DEK_CLASS = re.compile(r"(?:sub-?(?:title|head|headline|heading)|dek|deck|standfirst|stand-first|kicker-?text|lede|(?:article|post|entry|story)-?_*(?:summary|intro|excerpt|description|lead)|chapeau|teaser-?text|untertitel|(?:^|[\s_-])(?:lead|intro|summary)(?:$|[\s]))", re.I)  # fmt: skip
_DATE_CLASS = re.compile(r"date|time|publish|posted|pubdate|meta", re.I)
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
    node = jsonld.article_node(tree)
    heading = _main_heading(tree, meta, node)
    source = _source(meta, node)
    title = _title(tree, meta, node, heading, source)
    url = _url(tree, meta, node)
    return PageFields(
        title=title,
        subtitle=_subtitle(tree, node, heading, title, meta),
        authors=_authors(tree, meta, node, heading, source),
        published=_published(tree, meta, node, heading, url),
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
            found.setdefault(key.strip().lower(), []).append(_clean(value))
    return found


def _first(meta: dict[str, list[str]], *keys: str) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _clean(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()


def _text(element: Any) -> str:
    return _clean(" ".join(element.itertext()))


def _folded(value: str | None) -> str:
    return re.sub(r"\W+", "", value or "").casefold()


# --- title and dek --------------------------------------------------------------------------------------------------
def _main_heading(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> Any:
    """The heading element that shows the title: an h1 (else h2) that the metadata or the document title agrees with."""
    claims = [_folded(value) for value in (jsonld.text(node["headline"]) if "headline" in node else None,
                                           _first(meta, "og:title", "twitter:title", "dc.title"), tree.findtext(".//title"))]  # fmt: skip
    claims = [claim for claim in claims if claim]
    candidates = [h for tag in ("h1", "h2") for h in tree.iter(tag) if 3 <= len(_text(h)) <= 300]
    fitting: list[tuple[int, Any]] = []
    for heading in candidates:
        folded = _folded(_text(heading))
        if len(folded) > 8 and any(folded in claim or claim in folded for claim in claims):
            fitting.append((len(folded), heading))
    if fitting:
        first = fitting[0]
        longest = max(fitting, key=lambda pair: pair[0])
        # "The Gazette: Ferries stop" agrees with two headings; the paper's name is the shorter one.
        return longest[1] if first[0] * 1.5 < longest[0] else first[1]
    itemprop = tree.xpath("//*[@itemprop='headline' and (self::h1 or self::h2 or self::div or self::span)]")
    if itemprop:
        return itemprop[0]
    inside = [h for h in candidates if h.tag == "h1" and not _in_furniture(h)]
    return inside[0] if inside else None


def _in_furniture(element: Any) -> bool:
    return any(
        ancestor.tag in ("nav", "footer", "aside") or re.search(r"logo|masthead|site-?(?:title|header|name)|brand", _marks(ancestor), re.I)
        for ancestor in [element, *element.iterancestors()]
        if isinstance(ancestor.tag, str) and ancestor.tag not in ("html", "body")
    )  # fmt: skip


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _title(tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, source: str | None) -> str | None:
    site = _folded(source)
    shown = _text(heading) if heading is not None else None
    if shown and _folded(shown) != site and not _in_furniture(heading):
        return shown
    claims = [jsonld.text(node["headline"]) if node.get("headline") else None,
              _first(meta, "og:title", "twitter:title", "dc.title", "dcterms.title", "title", "headline"), _document_title(tree)]  # fmt: skip
    for claim in claims:
        if claim and _folded(claim) != site:
            return _without_site(claim, source)
    return shown or next((claim for claim in claims if claim), None)


def _document_title(tree: Any) -> str | None:
    title = tree.findtext(".//title")
    return _clean(title) if title and title.strip() else None


def _without_site(title: str, source: str | None) -> str:
    parts = _SITE_PARTS.split(title)
    if len(parts) < 2:
        return title
    site = _folded(source)
    if site and _folded(parts[-1]) in (site, "the" + site, site.removeprefix("the")):
        return title[: title.rfind(parts[-1])].rstrip(" |–—·•»:-")
    if site and _folded(parts[0]) == site:
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
        shown = _text(found[0]) if found else None
    claims = [
        jsonld.text(node[key])
        for key in ("alternativeHeadline", "alternateName", "description")
        if isinstance(node.get(key), str)
    ]
    claims += [
        value for key in ("og:description", "description", "twitter:description") for value in meta.get(key, [])[:1]
    ]
    if shown is None and heading is not None:
        shown = next(
            (text for text in _texts_after(heading, 6) if any(_folded(text) == _folded(claim) for claim in claims)),
            None,
        )
    if shown is None and isinstance(node.get("alternativeHeadline"), str):
        shown = jsonld.text(node["alternativeHeadline"])
    if not shown or not 8 <= len(shown) <= 240 or _folded(shown) == _folded(title):
        return None
    return shown


def _marked_dek(heading: Any) -> str | None:
    for element in _following(heading, 12):
        if element.tag in ("h2", "h3", "p", "div", "span") and _DEK_CLASS.search(_marks(element)):
            text = _text(element)
            if 8 <= len(text) <= 500 and not bylines.byline_of(text):
                return text
        elif element.tag == "h2" and element.getprevious() is heading:
            text = _text(element)
            if 20 <= len(text) <= 300:
                return text
    return None


def _following(element: Any, limit: int) -> list[Any]:
    """The elements that follow in document order, at most ``limit``, the element's own children left out."""
    found: list[Any] = []
    for following in element.xpath("following::*[position() <= 60]"):
        if isinstance(following.tag, str) and following.tag not in (
            "script",
            "style",
            "svg",
            "path",
            "meta",
            "link",
            "img",
        ):
            found.append(following)
            if len(found) >= limit:
                break
    return found


def _texts_after(heading: Any, limit: int) -> list[str]:
    return [text for element in _following(heading, limit * 3) if 8 <= len(text := _text(element)) <= 500][: limit * 2]


# --- authors --------------------------------------------------------------------------------------------------------
def _authors(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, source: str | None
) -> tuple[Author, ...]:
    bios: dict[str, str] = {}
    witnesses: list[list[str]] = []
    declared = jsonld.people_of(node.get("author") or node.get("creator") or [])
    for name, about in declared:
        if about:
            bios[bylines.tidy_name(name)] = about
    witnesses.append(_names([name for name, _ in declared]))
    witnesses.append(_names(_microdata_authors(tree)))
    witnesses.append(_names(_visible_authors(tree, heading)))
    witnesses.append(_names([value for key in ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author",
                                               "sailthru.author", "citation_author", "twitter:data1" if _first(meta, "twitter:label1") in
                                               ("Written by", "Author") else "") for value in meta.get(key, [])]))  # fmt: skip
    site = _folded(source)
    people = [[name for name in names if not bylines.is_agency(name) and _folded(name) != site] for names in witnesses]
    best = next((names for names in people if any(map(bylines.is_name, names))), None)
    if best is None:
        best = next((names for names in people if names), None) or next((names for names in witnesses if names), [])
    authors = []
    for name in best:
        bio = bios.get(name) or _author_box(tree, name)
        authors.append(Author(name, bio))
    return tuple(authors)


def _names(values: list[str]) -> list[str]:
    names: list[str] = []
    for value in values:
        if value.startswith(("http", "@", "/")) or len(value) > 250 or "@" in value:
            continue
        value = re.sub(r"^\s*(?:written\s+)?(?:by|von|par|por|author|autor)\s*:?\s+", "", value, flags=re.I)
        names += [name for name in bylines.parse_authors(value) if 2 < len(name) <= 80]
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    return list(folded.values())


def _microdata_authors(tree: Any) -> list[str]:
    found = tree.xpath("//*[@itemprop='author' or @itemprop='creator']")
    names = []
    for element in found[:10]:
        inner = element.xpath(".//*[@itemprop='name']") or ([element] if element.get("itemscope") is None else [])
        names += [each.get("content") or _text(each) for each in inner[:1]]
    return [name for name in names if name and len(name) < 120]


def _visible_authors(tree: Any, heading: Any) -> list[str]:
    for element in tree.xpath("//a[contains(@rel, 'author')]")[:6]:
        text = _text(element)
        if bylines.is_name(text):
            siblings = [
                _text(other) for other in element.getparent().iterfind("a") if "author" in (other.get("rel") or "")
            ]
            return [name for name in siblings if bylines.is_name(name)] or [text]
    scope = _following(heading, 40) if heading is not None else []
    if heading is not None:
        scope += [
            element for element in heading.xpath("preceding::*[position() <= 15]") if isinstance(element.tag, str)
        ]
    for element in scope:
        if _BYLINE_CLASS.search(_marks(element)) and not _NOT_BYLINE.search(_marks(element)):
            text = _text(element)
            names = bylines.byline_of(text) if len(text) < 200 else []
            if names:
                return names
            if len(text) < 100 and bylines.is_name(re.split(r"[|·•,]", text)[0].strip()):
                return bylines.parse_authors(text)
    for element in scope:
        if (
            element.tag in ("p", "div", "span", "address", "h3", "h4", "h5", "h6", "li", "cite")
            and len(text := _text(element)) < 160
        ):
            names = bylines.byline_of(text)
            if names and any(map(bylines.is_name, names)):
                return names
    for element in tree.xpath("//*[contains(@class,'byline') or contains(@class,'author')]")[:20]:
        text = _text(element)
        if len(text) < 120 and not _NOT_BYLINE.search(_marks(element)) and not _in_furniture(element):
            names = bylines.byline_of(text) or ([text] if bylines.is_name(text) else [])
            if names:
                return names
    return []


def _author_box(tree: Any, name: str) -> str | None:
    """The text of a box that introduces this author, its links and buttons left out."""
    for element in tree.iter("div", "section", "aside", "p", "footer"):
        if not _BIO_CLASS.search(_marks(element)):
            continue
        paragraphs = [text for each in ([*element.iter("p")] or [element]) if len(text := _text(each)) > 30]
        text = " ".join(dict.fromkeys(paragraphs))
        if 30 < len(text) < 2000 and (name.split()[-1] in text or name in _text(element)):
            return text
    return None


# --- dates, source, address -----------------------------------------------------------------------------------------
def _published(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, url: str | None
) -> str | None:
    claims = [
        str(node[key]) for key in ("datePublished", "dateCreated", "uploadDate") if isinstance(node.get(key), str)
    ]
    claims += [value for key in ("article:published_time", "og:article:published_time", "article:published", "datepublished", "date",
                                 "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "pubdate", "publishdate",
                                 "publish_date", "publish-date", "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
                                 "citation_publication_date", "citation_date", "ptime", "originalpublicationdate", "bt:pubdate", "displaydate",
                                 "timestamp", "article_date_original", "published_at", "og:published_time") for value in meta.get(key, [])]  # fmt: skip
    claims += [element.get("datetime") or element.get("content") or element.get("title") or _text(element)
               for element in tree.xpath("//*[@itemprop='datePublished']")[:2]]  # fmt: skip
    declared = _first_date(claims) or _first_date(
        _visible_dates(tree, heading)
    )  # the visible page is asked only when nothing is declared
    if declared:
        return declared
    found = re.search(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|-|$)", url or "")
    if found and (iso := parse_date("/".join(found.groups()))):
        return iso
    modified = (
        [str(node["dateModified"])]
        if isinstance(node.get("dateModified"), str)
        else meta.get("article:modified_time", [])
    )
    return next((iso for claim in modified if (iso := parse_date(claim))), None)


def _first_date(claims: list[str]) -> str | None:
    return next((iso for claim in claims if claim and (iso := parse_date(claim))), None)


def _visible_dates(tree: Any, heading: Any) -> list[str]:
    times = [element for element in tree.iter("time") if not _in_furniture(element)]
    found = [element.get("datetime") or _text(element) for element in times if element.get("pubdate") is not None]
    near = _following(heading, 40) if heading is not None else []
    if heading is not None:
        near += [element for element in heading.xpath("preceding::*[position() <= 12]") if isinstance(element.tag, str)]
    found += [element.get("datetime") or _text(element) for element in near if element.tag == "time"]
    for element in near:
        if _DATE_CLASS.search(_marks(element)) and len(text := _text(element)) < 150 and find_date(text):
            found.append(text)
    found += [text for element in near if len(text := _text(element)) < 80 and find_date(text)]
    found += [element.get("datetime") or _text(element) for element in times[:3]]
    for element in tree.xpath(
        "//*[contains(@class,'date') or contains(@class,'published') or contains(@class,'posted')]"
    )[:10]:
        if len(text := _text(element)) < 120 and find_date(text) and not _in_furniture(element):
            found.append(text)
    return found


def _source(meta: dict[str, list[str]], node: dict[str, Any]) -> str | None:
    name = _first(meta, "og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone", "publisher")
    publisher = jsonld.people_of(node.get("publisher") or [])
    if publisher and (name is None or "." in name):
        name = publisher[0][0]
    return name if name and len(name) <= 80 and not name.startswith("http") else None


def _url(tree: Any, meta: dict[str, list[str]], node: dict[str, Any]) -> str | None:
    base = _first(meta, "og:url") or ""
    for link in tree.xpath("//link[@rel='canonical']/@href")[:1]:
        address = urljoin(base, link.strip())
        if address.startswith("http"):
            return str(address)
    claims = [base, node.get("url"), node.get("mainEntityOfPage"), _first(meta, "twitter:url", "savepage-url")]
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
        or _first(meta, "content-language", "og:locale", "language")
    )
    claim = claim or (node.get("inLanguage") if isinstance(node.get("inLanguage"), str) else None)
    return claim[:2].lower() if claim and re.match(r"[A-Za-z]{2}(?:$|[-_,])", claim) else None


def _tags(meta: dict[str, list[str]]) -> tuple[str, ...]:
    tags = list(meta.get("article:tag", []))
    if len(tags) == 1:
        tags = [tag.strip() for tag in tags[0].split(",")]
    return tuple(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= 60))[:20]
