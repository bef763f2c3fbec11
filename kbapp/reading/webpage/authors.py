"""Who signed a page: JSON-LD, microdata, the visible byline and meta tags heard in that order; bios from author boxes.

Better nobody than somebody who did not write it: commenters, photographers and the authors of teasers are not asked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kbapp.domain import Author
from kbapp.reading.fields import bylines
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.byline_elements import is_credited_otherwise, is_foreign, names_in, words_of
from kbapp.reading.webpage.dom import first_of, folded, following, in_furniture, marks, text_of

_SHORT = frozenset("p div span address font small b i em strong h3 h4 h5 h6 li cite td a".split())
_LABEL = re.compile(
    r"(?:authors?|by|written by|byline|autor(?:en|in)?|auteurs?|autore|autori|автор|作者|著者|المؤلف)\s*:?", re.I
)
_BYLINE_WORDS = re.compile(r"\b(?:byline|by line|authors?|authored|author ?names?|writer|writers|contributor|contributors|autor|autoren|autorin|auteur|auteurs|autore|autori|redakteur|reporter|journalist|verfasser|skribent|forfatter)\b|byline", re.I)  # fmt: skip
_NOT_BYLINE = re.compile(r"\b(?:bio|box|about|comments?|related|avatar|image|photo|photographer|social|follow|share|more|footer|card body|widget|link list|description|desc|profile|info box|respond|archive)\b", re.I)  # fmt: skip
_BIO_CLASS = re.compile(r"(?:author|writer|contributor|user)[\w-]*(?:bio|about|desc|info|box|profile)|(?:bio|about)[\w-]*author|^bio$", re.I)  # fmt: skip
_ARTICLE_SCOPE = re.compile(r"Article|BlogPosting|Report|Review|Recipe|HowTo|CreativeWork|WebPage|Posting", re.I)
_OTHER_SCOPE = re.compile(r"Comment|Image|Video|Audio|Organization|Product|Person$|Answer|Offer", re.I)
_CUT_SHORT = re.compile(r"\b(?:others?|more|et al|weitere|autres|otros|altri)\b|\+\s?\d", re.I)
_JOINED = re.compile(r"\b(?:and|und|et|y|e|og|och|en|i|и|with|mit)\b|&|;|、", re.I)
_AUTHOR_ADDRESS = re.compile(
    r"/(?:[\w-]*authors?|autor(?:en|es)?|auteurs?|autori|writers?|contributors?|reporters?|journalists?|redakteure?|staff|columnists?|profiles?|people|team|by)/[\w%.-]{2,}|[?&]author=",
    re.I,
)
_WRITTEN_BY = re.compile(
    r"^(?:this (?:post|article|story|page|piece) (?:was|is) )?(?:written|authored|reported|words) by\b|^(?:verfasst|geschrieben) von\b|^(?:écrit|rédigé) par\b|^escrito por\b|^scritto da\b|^geschreven door\b",
    re.I,
)
_PORTRAIT = r"(?:^|\| ?)(?:(?:head ?shot|photo|picture|portrait|image|avatar)(?: of)? )?{name}(?:['’]s)?(?: (?:head ?shot|photo|picture|portrait|image|avatar))?(?: \||$)"
_META = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "parsely-author", "sailthru.author",
    "citation_author", "cxenseparse:author", "dcsext.author", "article:byline", "shareaholic:article_author_name", "article.author", "authors", "author_name",
    "bt:author", "vr:author", "creator", "twitter:creator:name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Witness:
    """The names that one part of the page gives, and what is called so in ``provenance``."""

    names: list[str]
    place: str


def page_authors(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], heading: Any, source: str | None, host: str | None
) -> tuple[tuple[Author, ...], str | None]:
    """The authors of a page and where they were found ("json-ld", "microdata", "byline", "meta author")."""
    declared = json_ld.people_of(node.get("author") or node.get("creator") or [])
    bios = {bylines.tidy_name(name): about for name, about in declared if about}
    home = _around(heading)
    shown, byline = _visible_authors(tree, heading, home)
    line = "" if byline is None else text_of(byline)
    several = byline is not None and (len(list(byline.iter("a"))) >= len(shown) or bool(_JOINED.search(line)))
    witnesses = [
        _Witness(_declared_names([name for name, _ in declared]), "json-ld"),
        _Witness(_declared_names(_microdata_authors(tree, home)), "microdata"),
        _Witness(shown, "byline"),
        _Witness(_declared_names(_meta_authors(meta)), "meta author"),
    ]
    site = f"{folded(source)} {folded(host)}"
    chosen = _believed(witnesses, site, cut_short=bool(_CUT_SHORT.search(line)), several=several)
    if chosen is None:
        return (), None
    return tuple(Author(name, bios.get(name) or _author_box(tree, name)) for name in chosen.names), chosen.place


def _believed(witnesses: list[_Witness], site: str, *, cut_short: bool, several: bool) -> _Witness | None:
    """The first witness that names a person; the byline on the page where it says more, or fewer of them."""
    people = [_Witness([name for name in each.names if _is_person(name, site)], each.place) for each in witnesses]
    shown = next(each for each in people if each.place == "byline")
    best = next((each for each in people if any(map(bylines.is_name, each.names))), None)
    best = best or next((each for each in people if each.names), None)
    if best is None:
        return next((each for each in witnesses if each.names), None)
    ours, theirs = set(map(folded, best.names)), set(map(folded, shown.names))
    if ours < theirs and several and all(map(bylines.is_name, shown.names)):
        return shown  # what a page declares is at times only the first of those whom it names
    if theirs and theirs < ours and not cut_short:
        return shown  # who is declared and not shown took the pictures, or edited
    return best


def _is_person(name: str, site: str) -> bool:
    key = folded(name)
    near = len(key) > 5 and any(key in part or part in key for part in site.split() if len(part) > 5)
    return not bylines.is_agency(name) and key not in site and not near and not bylines.is_company(name)


def _around(heading: Any) -> set[Any]:
    return set() if heading is None else {heading, *heading.iterancestors()}


def _declared_names(values: list[str]) -> list[str]:
    names: dict[str, str] = {}
    for value in values:
        if value.casefold() in bylines.NOBODY:
            continue
        if bylines.is_company(value) or bylines.is_agency(value):
            names.setdefault(folded(value), bylines.tidy_name(value))
            continue
        if value.startswith(("http", "@", "/")) or len(value) > 250 or "@" in value:
            continue
        value = re.sub(r"^\s*(?:written\s+)?(?:by|von|par|por|author|autor)\s*:?\s+", "", value, flags=re.I)
        for name in bylines.parse_authors(value):
            if bylines.is_declared_name(name) or bylines.is_agency(name):
                names.setdefault(folded(name), name)
    return list(names.values())


def _meta_authors(meta: dict[str, list[str]]) -> list[str]:
    keys = [*_META, *(["twitter:data1"] if first_of(meta, "twitter:label1") in ("Written by", "Author", "Verfasst von", "Escrito por", "Écrit par") else [])]  # fmt: skip
    return next((meta[key] for key in keys if key in meta and _declared_names(meta[key])), [])


def _microdata_authors(tree: Any, home: set[Any]) -> list[str]:
    """itemprop=author of the article's own scope: not that of a comment, a picture or a teaser."""
    names = []
    for element in tree.xpath("//*[@itemprop='author' or @itemprop='creator']")[:30]:
        scope = next((each for each in element.iterancestors() if each.get("itemscope") is not None), None)
        kind = "" if scope is None else scope.get("itemtype") or ""
        if _OTHER_SCOPE.search(kind) or is_foreign(element, home):
            continue
        if scope is not None and home and scope not in home and not kind:
            continue
        if scope is not None and home and scope not in home and _ARTICLE_SCOPE.search(kind) and _has_rival(home, kind):
            continue
        inner = element.xpath(".//*[@itemprop='name']") or ([element] if element.get("itemscope") is None else [])
        names += [each.get("content") or text_of(each) for each in inner[:1]]
    return [name for name in names if name and len(name) < 120]


def _has_rival(home: set[Any], kind: str) -> bool:
    """Whether the headline stands in a scope of its own."""
    return any(element.get("itemscope") is not None and _ARTICLE_SCOPE.search(element.get("itemtype") or kind) for element in home)  # fmt: skip


# --- the visible byline -------------------------------------------------------------------------------------------
def _visible_authors(tree: Any, heading: Any, home: set[Any]) -> tuple[list[str], Any]:
    """The names of the byline that the page shows, and its element; ([], None) when it shows none."""
    near = _near(heading)
    steps: tuple[Callable[[], Iterator[tuple[list[str], Any]]], ...] = (
        lambda: _marked(near, home),
        lambda: _linked(tree, home),
        lambda: _cards(tree, home),
        lambda: _cued(near, home),
        lambda: _linked_to_author(near, home),
        lambda: _portrayed(tree, near, home),
        lambda: _labelled(tree),
        lambda: _marked(_called_byline(tree), home),
        lambda: _told(tree, home),
    )
    for step in steps:
        for names, element in step():
            if names:
                return names, element
    return [], None


def _near(heading: Any) -> list[Any]:
    if heading is None:
        return []
    before = [element for element in heading.xpath("preceding::*[position() <= 15]") if isinstance(element.tag, str)]
    return [*following(heading, 45), *before]


def _called_byline(tree: Any) -> list[Any]:
    found = tree.xpath(
        "//*[contains(@class,'byline') or contains(@class,'author') or contains(@class,'Author') or contains(@class,'Byline')]"
    )
    return [element for element in found[:40] if not in_furniture(element)]


def _marked(elements: list[Any], home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """Elements whose class says that they are a byline; several alike beside each other are one."""
    for element in elements:
        called = words_of(element)
        if not _BYLINE_WORDS.search(called) or _NOT_BYLINE.search(called) or len(text_of(element)) > 250:
            continue
        if is_foreign(element.getparent(), home):
            continue
        names = names_in(element, marked=True)
        parent = element.getparent()
        if names and parent is not None:
            yield _with_neighbours(element, parent, names), parent
        elif names:
            yield names, element


def _with_neighbours(element: Any, parent: Any, names: list[str]) -> list[str]:
    """The names of an element and of those beside it: marked alike, or all in one line that begins with "By"."""
    alike = [each for each in parent.iterchildren(element.tag) if _BYLINE_WORDS.search(words_of(each)) and not _NOT_BYLINE.search(words_of(each))]  # fmt: skip
    beside = [name for each in alike for name in names_in(each, marked=True)] if len(alike) > 1 else []
    line = names_in(parent, marked=False) if len(text_of(parent)) < 200 and bylines.BYLINE.match(text_of(parent)) else []  # fmt: skip
    best = max((names, list(dict.fromkeys(beside)), line), key=len)
    return best if set(names) <= set(best) else names


def _linked(tree: Any, home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """rel=author."""
    signed = (element for element in tree.iter("a") if "author" in (element.get("rel") or "").split())
    for element in itertools.islice(signed, 12):
        parent = element.getparent()
        if is_foreign(element, home) or parent is None:
            continue
        names = [
            name
            for other in parent.iterfind("a")
            if "author" in (other.get("rel") or "") and not is_credited_otherwise(other)
            for name in names_in(other, marked=True)
        ]
        yield list(dict.fromkeys(names)), parent


def _cards(tree: Any, home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """vCards that are called the author's."""
    for card in tree.xpath("//*[contains(@class, 'vcard')]")[:10]:
        called = " ".join(map(marks, [card, *itertools.takewhile(lambda each: each not in home, card.iterancestors())]))
        if "author" not in called or is_foreign(card, home):
            continue
        names = [text_of(each) for each in card.iter() if "fn" in (each.get("class") or "").split()]
        yield [name for name in names if bylines.is_declared_name(name)], card


def _cued(elements: list[Any], home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """Short lines that begin with "By"."""
    for element in elements:
        if element.tag in _SHORT and len(text_of(element)) < 160 and not is_foreign(element, home):
            names = names_in(element, marked=False)
            if bylines.BYLINE.match(text_of(element)) and names:
                yield names, element


def _linked_to_author(elements: list[Any], home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """Links near the headline to an author's page."""
    links = [each for each in elements if each.tag == "a" and _AUTHOR_ADDRESS.search(each.get("href") or "")]
    names = [
        name
        for each in links
        if not is_foreign(each, home) and not is_credited_otherwise(each)
        for name in names_in(each, marked=False)
    ]
    if names and links[0].getparent() is not None:
        yield list(dict.fromkeys(names)), links[0].getparent()


def _portrayed(tree: Any, elements: list[Any], home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """A bare name near the headline, of whom the page has a picture."""
    portraits = " | ".join(image.get("alt") or "" for image in itertools.islice(tree.iter("img"), 60))
    title = folded(text_of(elements[0].getprevious())) if elements and elements[0].getprevious() is not None else ""
    for element in elements[:14]:
        name = text_of(element)
        if len(name) > 40 or not bylines.is_name(name) or folded(name) in title or is_foreign(element, home):
            continue
        if re.search(_PORTRAIT.format(name=re.escape(name)), portraits, re.I):
            yield [bylines.tidy_name(name)], element


def _told(tree: Any, home: set[Any]) -> Iterator[tuple[list[str], Any]]:
    """ "Written by" anywhere on the page."""
    for element in tree.iter("p", "h2", "h3", "h4", "h5", "h6", "div", "span"):
        start = (element.text or "").strip() or next((run for run in element.itertext() if run.strip()), "").strip()
        if _WRITTEN_BY.match(start) and len(text := text_of(element)) < 300 and not is_foreign(element, home):
            names = names_in(element, marked=False)
            yield (names or bylines.byline_of(_WRITTEN_BY.sub("by", text)))[:1], element


def _labelled(tree: Any) -> Iterator[tuple[list[str], Any]]:
    """ "Author" in one cell, the name in the next."""
    for label in itertools.islice(tree.iter("dt", "th"), 40):
        value = label.getnext()
        if value is not None and _LABEL.fullmatch(text_of(label)) and len(text := text_of(value)) < 160:
            names = bylines.parse_authors(text)
            if names and all(map(bylines.is_name, names)):
                yield names, value


def _author_box(tree: Any, name: str) -> str | None:
    """The text of a box that introduces this author, its links and buttons left out."""
    for element in tree.iter("div", "section", "aside", "p", "footer"):
        called = marks(element)
        if len(called) < 4 or not _BIO_CLASS.search(called):
            continue
        paragraphs = [text for each in ([*element.iter("p")] or [element]) if len(text := text_of(each)) > 30]
        text = " ".join(dict.fromkeys(paragraphs))
        if 30 < len(text) < 2000 and (name.rsplit(maxsplit=1)[-1] in text or name in text_of(element)):
            return text
    return None
