"""Factiva: plain text, RTF and pages, with two-letter codes before the fields or without.

Without codes an article is: section, headline, byline, "48 words", date, time, newspaper, its code, edition and page, language,
copyright, and the text down to "Document HARB000020240305ek3500011".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kbapp.domain import Article
from kbapp.reading.databases import cutter
from kbapp.reading.databases.lines import element_lines
from kbapp.reading.fields import bylines
from kbapp.reading.fields.dates import find_date, parse_date

_ENDS = re.compile(
    r"\s*(?:AN[\s|]+)?(?:Document|Dokument|Documento|Documentos|Documento n°|文件|文書|Документ)\s*[:：]?\s*[A-Z][A-Z0-9]{3,}\d{6,}\w*\s*\|?\s*\Z"
)
_CODES = "AN|BY|CLM|CO|CR|CX|CY|DES|ED|ET|HD|HL|IN|IPC|IPD|LA|LP|NS|PD|PG|PUB|RE|RF|SC|SE|SN|TD|VOL|WC|ART|CT|RN"
_CODED = re.compile(rf"\s*\|?(?P<code>{_CODES})(?:[ \t\u00a0|]{{1,}}(?P<value>\S.*)|[ \t\u00a0|]*)\Z")
_NEEDED_CODES = {"HD", "PD", "SN"}
_LONE_WORDS = re.compile(
    r"\s*\d[\d.,\u00a0\u202f ]{0,9}(?:words?|wörter|worte|mots?|palabras?|palavras?|parole|woorden|ord|słów|слов|字)\s*\Z",
    re.I,
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}\Z")
_LANGUAGE = re.compile(
    r"(?:English|Englisch|Anglais|Inglés|Inglese|Inglês|German|Deutsch|Allemand|Alemán|Tedesco|French|Französisch|Français|Francés|"
    r"Francese|Francês|Spanish|Spanisch|Espagnol|Español|Spagnolo|Italian|Italienisch|Italien|Italiano|Dutch|Niederländisch|Nederlands|"
    r"Néerlandais|Portuguese|Portugiesisch|Portugais|Português|Russian|Russisch|Russe|Русский|Chinese - \w+|Japanese|日本語|Polish|Polski|"
    r"Swedish|Svenska|Danish|Dansk|Norwegian|Norsk|Turkish|Arabic|Czech|Finnish|Greek|Hungarian|Indonesian|Korean|Malay|Thai|Vietnamese)\Z"
)
_PAGE_MARKS = re.compile(rb"""class=["'][^"']*\b(?:article [a-z]{2}Article|articleParagraph|[a-z]{2}Headline)\b""")


def fits_page(data: bytes) -> bool:
    """Whether a page is an export of Factiva that marks its articles."""
    return len({match[0] for match in _PAGE_MARKS.finditer(data[:2_000_000])}) >= 2


def read_page(root: Any) -> list[Article]:
    """The articles of a page."""
    elements = [
        each
        for each in root.iter("div")
        if re.search(r"(?:^|\s)(?:article|[a-z]{2}Article)(?:\s|$)", each.get("class") or "")
    ]
    return cutter.articles_of(map(_from_element, elements))


def _from_element(element: Any) -> cutter.Record:
    """An article of a page: its headline and byline are marked, what follows the number of words is as in a text."""
    lines = element_lines(element)
    record = _record([line for line in lines if not _ENDS.match(line)])
    heading = next((each for each in element.iter() if _marked(each, "hd", "Headline")), None)
    author = next((each for each in element.iter() if _marked(each, "author", "author")), None)
    title = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
    names = cutter.names_in(" ".join(author.itertext())) if author is not None else record.authors
    section = record.section if record.section not in (title, record.title) or record.title == title else None
    return replace(record, title=title or record.title, authors=names, section=section)


def _marked(element: Any, identity: str, class_ends: str) -> bool:
    return isinstance(element.tag, str) and (
        element.get("id") == identity or (element.get("class") or "").endswith(class_ends)
    )


def fits(lines: Sequence[str]) -> bool:
    """Whether these are a file of Factiva."""
    codes = {match["code"] for line in lines if (match := _CODED.match(line)) is not None}
    if codes >= _NEEDED_CODES:
        return True
    counted = [number for number, line in enumerate(lines) if _LONE_WORDS.match(line)]
    return any(
        find_date(following) is not None
        for number in counted
        for following in [line for line in lines[number + 1 : number + 4] if line.strip()][:1]
    ) and any(_ENDS.match(line) for line in lines)


def read(lines: Sequence[str]) -> list[Article]:
    """The articles of a file of Factiva."""
    parts, rest = cutter.cut(lines, ends=_ENDS)
    if any(_LONE_WORDS.match(line) or re.match(r"\s*\|?HD\b", line) for line in rest):  # cut off in its midst
        parts.append(rest)
    return cutter.articles_of(_record(part) for part in parts)


def _record(part: Sequence[str]) -> cutter.Record:
    fields = _coded(part)
    return _from_codes(fields) if "HD" in fields else _from_lines(part)


# --- with codes ----------------------------------------------------------------------------------------------------
def _coded(part: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each coded field; empty where the lines carry no codes."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in part:
        match = _CODED.match(line)
        if match is not None and (match["value"] is not None or len(line.strip(" |\t")) <= 3):
            code = match["code"]
            fields.setdefault(code, []).append((match["value"] or "").strip(" |\t"))
        elif code:
            fields[code].append(line.strip(" |\t") if line.strip(" |\t") else "")
    return fields


def _from_codes(fields: dict[str, list[str]]) -> cutter.Record:
    def value(code: str) -> str:
        return " ".join(line for line in fields.get(code, ()) if line)

    return cutter.Record(
        title=value("HD"),
        authors=cutter.names_in(value("BY")),
        source=value("SN") or None,
        published=parse_date(value("PD")),
        section=value("SE") or None,
        words=cutter.words_in(value("WC")),
        paragraphs=cutter.text_of([*fields.get("LP", ()), "", *fields.get("TD", ())]),
    )


# --- without codes -------------------------------------------------------------------------------------------------
def _from_lines(part: Sequence[str]) -> cutter.Record:
    counted = next((number for number, line in enumerate(part) if _LONE_WORDS.match(line)), None)
    if counted is None:
        return cutter.Record(title="", paragraphs=cutter.text_of(part))
    above = [line.strip() for line in part[:counted] if line.strip()]
    title, authors, section = _headline(above)
    published, source, text = _below(part[counted + 1 :])
    return cutter.Record(
        title=title,
        authors=authors,
        source=source,
        published=published,
        section=section,
        words=cutter.words_in(part[counted]),
        paragraphs=cutter.text_of(text),
    )


def _headline(lines: list[str]) -> tuple[str, tuple[str, ...], str | None]:
    """(headline, authors, section) of the lines above the number of words."""
    authors: tuple[str, ...] = ()
    if len(lines) > 1:
        named = cutter.names_in(lines[-1])
        if bylines.byline_of(lines[-1]) or (
            named and all(map(bylines.is_name, named)) and (len(lines) > 2 or len(lines[0].split()) > 2)
        ):
            authors, lines = named, lines[:-1]
    if not lines:
        return "", authors, None
    if len(lines) == 1:
        return lines[0], authors, None
    return lines[-1], authors, lines[-2] if len(lines[-2]) <= 50 else None


def _below(lines: Sequence[str]) -> tuple[str | None, str | None, list[str]]:
    """(date, newspaper, the text) of the lines below the number of words."""
    published: str | None = None
    source: str | None = None
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if published is None:
            published = parse_date(stripped)
        elif source is None and not re.fullmatch(r"\d\d?:\d\d(?:\s?[AP]M)?(?:\s\w{2,5})?", stripped, re.I):
            source = stripped
        elif source is not None and (cutter.is_copyright(stripped) or _LANGUAGE.match(stripped)):
            return published, source, _after_copyright(lines[number:])
        elif len(stripped) > 100 or number > 20:
            return published, source, list(lines[number:])
    return published, source, []


def _after_copyright(lines: Sequence[str]) -> list[str]:
    """The text below the language and the copyright, of which either may be missing."""
    at = 0
    while at < len(lines) and (
        not lines[at].strip() or _LANGUAGE.match(lines[at].strip()) or cutter.is_copyright(lines[at])
    ):
        at += 1
    return list(lines[at:])
