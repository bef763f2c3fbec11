"""Europresse: pages with an element an article, and text in which each article closes with its certificate number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kbapp.domain import Article
from kbapp.reading.databases import cutter
from kbapp.reading.databases.lines import element_lines
from kbapp.reading.fields import bylines
from kbapp.reading.fields.dates import find_date, parse_date

PAGE_MARKS = (b"DocPublicationName", b"titreArticle", b"docOcurrContainer", b"publiC-lblNodoc")
_ENDS = re.compile(r"\s*(?:news|web|pub|rap|bio|tv|radio|rssocial|tweet)[·•]\d{8}[·•][A-Z0-9]+[·•]\S+\s*\Z", re.I)
_DATED_NUMBER = re.compile(r"\b[a-z]+[·•](\d{4})(\d\d)(\d\d)[·•]", re.I)
_ISSUE = re.compile(
    r",?\s*(?:n[o°º]\.?|numéro|vol\.)\s*\d.*\Z|\s*\((?:site web|blog|réf\.[^)]*)\)\s*\Z|\s+-\s+\d.*\Z", re.I
)
_CLOSING = re.compile(
    r"\s*(?:©|\(c\)|tous droits réservés|le présent document est protégé|all rights reserved|the present document|"
    r"ce certificat est émis|certificat émis|référence bibliographique|note\(s\)\s*:|type de source|périodicité|couverture géographique|"
    r"aussi paru dans|also published in|identifiant)", re.I
)  # fmt: skip
_ROLE = re.compile(r"\A(?:par|by|de|von)\s+", re.I)
_SECTION = re.compile(r"[,•|]\s*|\s{2,}")


def fits_page(data: bytes) -> bool:
    """Whether a page is an export of Europresse."""
    return sum(mark in data for mark in PAGE_MARKS) >= 2


def read_page(root: Any) -> list[Article]:
    """The articles of a page."""
    elements = [each for each in root.iter("article") if _first(each, "DocPublicationName") is not None]
    return cutter.articles_of(map(_from_element, elements))


def fits(lines: Sequence[str]) -> bool:
    """Whether these are a text of Europresse."""
    return any(_ENDS.match(line) for line in lines)


def read(lines: Sequence[str]) -> list[Article]:
    """The articles of a text."""
    parts, rest = cutter.cut(lines, ends=_ENDS)
    numbers = [line for line in lines if _ENDS.match(line)]
    if sum(len(line) for line in rest) > 400:
        parts.append(rest)
    records = [_from_lines(part, numbers[number] if number < len(numbers) else "") for number, part in enumerate(parts)]
    return cutter.articles_of(record for record in records if record is not None)


# --- pages ---------------------------------------------------------------------------------------------------------
def _from_element(element: Any) -> cutter.Record:
    head = _text(_first(element, "DocHeader"))
    section = _first(element, "DocTitreSousSection")
    if section is not None:
        head += " " + _text(section.getnext())
    title, subtitle = _titles(element)
    container = _first(element, "docOcurrContainer")
    container = container if container is not None else _first(element, "DocText")
    number = _text(_first(element, "publiC-lblNodoc"))
    return cutter.Record(
        title=title,
        subtitle=subtitle,
        authors=_authors(element),
        source=_paper(_text(_first(element, "DocPublicationName"))),
        published=parse_date(head) or parse_date(_head_without(element, title)) or _date_of_number(number),
        section=_text(section) if section is not None else _section(head),
        words=cutter.words_in(head),
        paragraphs=cutter.text_of(_before_closing(element_lines(container))) if container is not None else (),
    )


def _head_without(element: Any, title: str) -> str:
    """What else stands in the head of an article, a line a block."""
    head = element.find("header")
    return " | ".join(line for line in element_lines(head) if line and line != title) if head is not None else ""


def _titles(element: Any) -> tuple[str, str | None]:
    heading = _first(element, "titreArticleVisu")
    around = _first(element, "titreArticle", exactly=True)
    if heading is None:
        heading = around
    below = _first(element, "rdp__subtitle")
    if below is None:
        below = _first(element, "sousTitreArticle")
    return _text(heading), _text(below) or None


def _authors(element: Any) -> tuple[str, ...]:
    named = _first(element, "docAuthors")
    if named is None:
        named = _first(element, "sm-margin-bottomNews")
    text = _ROLE.sub("", _text(named))
    names = cutter.names_in(text) if len(text) < 200 else ()
    return tuple(name for name in names if bylines.is_name(name) or bylines.is_agency(name) or len(names) == 1)


def _first(element: Any, name: str, *, exactly: bool = False) -> Any:
    """The first element below that has this class; None if there is none."""
    for each in element.iter():
        classes = (each.get("class") or "").split() if isinstance(each.tag, str) else []
        if name in classes or (not exactly and each.get("id") == name):
            return each
    return None


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split()) if element is not None else ""


def _paper(name: str) -> str | None:
    return _ISSUE.sub("", name.strip(" ,;")).strip(" ,;") or None


def _date_of_number(number: str) -> str | None:
    match = _DATED_NUMBER.search(number)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else None


def _section(head: str) -> str | None:
    """The section in "France, lundi 5 mars 2024 620 mots, p. 3": what stands before the date."""
    found = find_date(head)
    if found is None:
        return None
    before = _SECTION.split(head[: found[1]])
    name = before[0].strip()
    return name if len(before) > 1 and name and not re.search(r"\d", name) else None


def _before_closing(lines: Sequence[str]) -> list[str]:
    at = next((number for number, line in enumerate(lines) if number and _CLOSING.match(line)), len(lines))
    return list(lines[:at])


# --- text ----------------------------------------------------------------------------------------------------------
def _from_lines(part: Sequence[str], number: str) -> cutter.Record | None:
    """Newspaper, a line with the date, headline, perhaps the author, the text."""
    lines = [line for line in part if not re.match(r"\s*(?:Page \d+|\d+\s*/\s*\d+)\s*\Z", line)]
    full = [at for at, line in enumerate(lines) if line.strip()]
    dated = next((at for at in full[:12] if find_date(lines[at]) is not None and len(lines[at]) < 160), None)
    if dated is None:
        return None
    above = [lines[at].strip() for at in full if at < dated]
    below = [at for at in full if at > dated]
    if not below:
        return None
    date_line = lines[dated].strip()
    title_at = below[0]
    authors: tuple[str, ...] = ()
    start = title_at + 1
    if len(below) > 1 and len(lines[below[1]]) < 100:
        named = cutter.names_in(_ROLE.sub("", lines[below[1]].strip()))
        if named and all(bylines.is_name(name) or bylines.is_agency(name) for name in named):
            authors, start = named, below[1] + 1
    return cutter.Record(
        title=lines[title_at].strip(),
        authors=authors,
        source=_paper(above[0]) if above else None,
        published=parse_date(date_line) or _date_of_number(number),
        section=_section(date_line),
        words=cutter.words_in(date_line),
        paragraphs=cutter.text_of(_before_closing(lines[start:])),
    )
