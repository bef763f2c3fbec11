"""Who signed a page: JSON-LD, microdata, the visible byline and meta tags heard in that order; bios from author boxes."""

from __future__ import annotations

import itertools
import re
from typing import Any

from kbapp.domain import Author
from kbapp.reading.fields import bylines
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.dom import clean, first_of, folded, following, in_furniture, marks, text_of

_MARK = r"(?:^|[\s_-])"
_SHORT = frozenset("p div span address font small b i em strong h3 h4 h5 h6 li cite td".split())
_LABEL = re.compile(r"(?:authors?|by|written by|byline|autor(?:en|in)?|auteurs?|autore)\s*:?", re.I)
_BYLINE_CLASS = re.compile(rf"{_MARK}(?:byline|by-line|author|authors|authorname|author-name|article-author|post-author|entry-author|writer|contributor|autor|auteur)(?:$|[\s_-])|byline", re.I)  # fmt: skip
_NOT_BYLINE = re.compile(r"bio|box|about|comment|related|avatar|image|photo|social|follow|share|more|list|footer|card|widget|date|time", re.I)  # fmt: skip
_BIO_CLASS = re.compile(r"(?:author|writer|contributor|user)[\w-]*(?:bio|about|desc|info|box|profile)|(?:bio|about)[\w-]*author|^bio$", re.I)  # fmt: skip


_VISIBLE = 2  # the place of the visible byline among the witnesses


def page_authors(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, source: str | None, host: str | None
) -> tuple[Author, ...]:
    bios: dict[str, str] = {}
    witnesses: list[list[str]] = []
    declared = json_ld.people_of(node.get("author") or node.get("creator") or [])
    for name, about in declared:
        if about:
            bios[bylines.tidy_name(name)] = about
    witnesses.append(_names([name for name, _ in declared]))
    witnesses.append(_names(_microdata_authors(tree)))
    witnesses.append(_names(_visible_authors(tree, heading)))
    witnesses.append(_names([value for key in ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author",
                                               "sailthru.author", "citation_author", "twitter:data1" if first_of(meta, "twitter:label1") in
                                               ("Written by", "Author") else "") for value in meta.get(key, [])]))  # fmt: skip
    site = f"{folded(source)} {folded(host)}"
    people = [
        [name for name in names if not bylines.is_agency(name) and folded(name) not in site] for names in witnesses
    ]
    best = next((names for names in people if any(map(bylines.is_name, names))), None)
    shown = people[_VISIBLE]
    if best is not None and set(map(folded, best)) < set(map(folded, shown)) and all(map(bylines.is_name, shown)):
        best = shown  # what a page declares is at times only the first of those whom it names
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
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(folded(name), name)
    return list(by_key.values())


def _microdata_authors(tree: Any) -> list[str]:
    found = tree.xpath("//*[@itemprop='author' or @itemprop='creator']")
    names = []
    for element in found[:10]:
        inner = element.xpath(".//*[@itemprop='name']") or ([element] if element.get("itemscope") is None else [])
        names += [each.get("content") or text_of(each) for each in inner[:1]]
    return [name for name in names if name and len(name) < 120]


def _visible_authors(tree: Any, heading: Any) -> list[str]:
    cards: list[str] = []
    signed = (element for element in tree.iter("a") if "author" in (element.get("rel") or ""))
    for element in itertools.islice(signed, 6):
        text = text_of(element)
        if bylines.is_name(text):
            siblings = [
                text_of(other) for other in element.getparent().iterfind("a") if "author" in (other.get("rel") or "")
            ]
            return [name for name in siblings if bylines.is_name(name)] or [text]
    for card in tree.xpath("//*[contains(@class, 'vcard')]")[:10]:
        names = [text_of(each) for each in card.iter() if "fn" in (each.get("class") or "").split()]
        if (
            names
            and "author" in " ".join(map(marks, [card, *card.iterancestors()]))
            and all(map(bylines.is_name, names))
        ):
            cards += names
    if cards:
        return list(dict.fromkeys(cards))
    scope = following(heading, 40) if heading is not None else []
    if heading is not None:
        scope += [
            element for element in heading.xpath("preceding::*[position() <= 15]") if isinstance(element.tag, str)
        ]
    for element in scope:
        if _BYLINE_CLASS.search(marks(element)) and not _NOT_BYLINE.search(marks(element)):
            text = _first_line(element)
            names = bylines.byline_of(text) if len(text) < 200 else []
            if names:
                return names
            if len(beside := _alike_beside(element)) > 1:
                return beside
            if len(text) < 100 and bylines.is_name(re.split(r"[|·•,]", text)[0].strip()):
                return bylines.parse_authors(text)
    for element in scope:
        if element.tag in _SHORT and len(text := _first_line(element)) < 160:
            names = bylines.byline_of(text)
            if names and any(map(bylines.is_name, names)):
                return names
    for label in itertools.islice(tree.iter("dt", "th"), 40):
        value = label.getnext()
        if value is not None and _LABEL.fullmatch(text_of(label)) and len(text := text_of(value)) < 160:
            names = bylines.parse_authors(text)
            if names and all(map(bylines.is_name, names)):
                return names
    for element in tree.xpath("//*[contains(@class,'byline') or contains(@class,'author')]")[:20]:
        text = text_of(element)
        if len(text) < 120 and not _NOT_BYLINE.search(marks(element)) and not in_furniture(element):
            names = bylines.byline_of(text) or ([text] if bylines.is_name(text) else [])
            if names:
                return names
    return []


def _first_line(element: Any) -> str:
    """The text of an element up to its first line break ("By Jane Doe<br>Columnist")."""
    if element.find(".//br") is None:
        return text_of(element)
    parts: list[str] = []
    for part in element.iter():
        if part.tag == "br" and "".join(parts).strip():
            break
        if isinstance(part.tag, str) and part.text:
            parts.append(part.text)
        if part is not element and part.tail:
            parts.append(part.tail)
    return clean(" ".join(parts))


def _alike_beside(element: Any) -> list[str]:
    """The names in an element and in those of its kind beside it, when each holds one."""
    parent = element.getparent()
    if parent is None or element.tag not in ("a", "span", "li"):
        return []
    names = [text_of(each) for each in parent.iterfind(element.tag) if marks(each) == marks(element)]
    return names if all(map(bylines.is_name, names)) else []


def _author_box(tree: Any, name: str) -> str | None:
    """The text of a box that introduces this author, its links and buttons left out."""
    for element in tree.iter("div", "section", "aside", "p", "footer"):
        words = marks(element)
        if len(words) < 4 or not _BIO_CLASS.search(words):
            continue
        paragraphs = [text for each in ([*element.iter("p")] or [element]) if len(text := text_of(each)) > 30]
        text = " ".join(dict.fromkeys(paragraphs))
        if 30 < len(text) < 2000 and (name.split()[-1] in text or name in text_of(element)):
            return text
    return None
