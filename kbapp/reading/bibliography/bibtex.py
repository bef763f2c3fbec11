"""BibTeX and BibLaTeX (read by bibtexparser, MIT)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.bibliography.items import Item, articles_of, in_order
from kbapp.reading.encoding import decode

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATEX = re.compile(r"[\\${}~]|--|``|''")
_FILE = re.compile(r"(?mi)^\s*file\s*=\s*[{\"](.+?)[}\"],?\s*$")
_plain_latex = LatexNodes2Text(math_mode="verbatim", keep_comments=True, strict_latex_spaces=False)

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


def read_bibtex(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """An article for each entry; ``attached`` are the texts that they name. Raises UnreadableFile."""
    try:
        found = parse_string(decode(data)).entries
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    fields = ({key.lower(): str(field.value) for key, field in entry.fields_dict.items()} for entry in found)
    return articles_of(map(_item, fields), attached)


def _item(field: Mapping[str, str]) -> Item:
    def text(*names: str) -> str:
        return next((plain for name in names if (plain := _text(field.get(name, "")))), "")

    return Item(
        title=text("title"),
        subtitle=text("subtitle") or None,
        names=tuple(_names(field.get("author") or field.get("editor") or "")),
        published=text("date") or _year_and_month(field),
        source=text("journal", "journaltitle", "booktitle", "publisher", "howpublished") or None,
        url=_unescaped(field.get("url", "")),
        doi=_unescaped(field.get("doi", "")) or None,
        abstract=text("abstract"),
        tags=tuple(_text(tag) for tag in re.split(r"[,;]", field.get("keywords", ""))),
        notes=tuple(note for name in ("annote", "annotation") if (note := text(name))),
        files=tuple(_files(field.get("file", ""))),
        language=text("langid", "language"),
        saved=text("timestamp", "date-added") or None,
    )


def _text(value: str) -> str:
    """A field's text: LaTeX to letters, braces gone, paragraphs kept."""
    if not _LATEX.search(value):
        return value.strip()
    try:
        value = _plain_latex.latex_to_text(value)
    except (ValueError, IndexError, KeyError, RecursionError):
        value = re.sub(r"[{}]", "", value)
    return value.replace("\u00a0", " ").strip()


def _names(value: str) -> Iterator[str]:
    """The names parted by "and"; what stands in braces is one name, as an institution is."""
    for name in _apart(value, re.compile(r"\s+and\s+")):
        name = name.strip()
        if name.startswith("{") and name.endswith("}") and _apart(name[1:-1], re.compile(r"\}")) == [name[1:-1]]:
            yield _text(name)
        elif name and name.lower() != "others":
            yield in_order(_text(name))


def _apart(value: str, mark: re.Pattern[str]) -> list[str]:
    """The parts of a value between marks that stand outside of braces."""
    parts: list[str] = []
    depth = start = at = 0
    while at < len(value):
        match = mark.match(value, at) if depth == 0 else None
        if match is not None:
            parts.append(value[start:at])
            start = at = match.end()
            continue
        depth += {"{": 1, "}": -1}.get(value[at], 0)
        at += 1
    return [*parts, value[start:]]


def _unescaped(address: str) -> str:
    return re.sub(r"\\([&%$#_{}~])", r"\1", address).strip("{} ")


def _year_and_month(field: Mapping[str, str]) -> str | None:
    year = re.search(r"\d{4}", field.get("year", ""))
    if year is None:
        return None
    month = field.get("month", "").strip("{} ").lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0
    day = field.get("day", "").strip("{} ")
    return f"{year[0]}-{number:02d}" + (f"-{int(day):02d}" if number and day.isdigit() else "")


def _files(field: str) -> list[str]:
    """The paths in Zotero's "Full Text:files/12/a.pdf:application/pdf;...", or a path alone."""
    found = []
    for entry in re.split(r"(?<!\\);", field):
        parts = [re.sub(r"\\([:;\\])", r"\1", part) for part in re.split(r"(?<!\\):", entry.strip())]
        path = parts[1] if len(parts) == 3 else parts[0] if len(parts) == 1 else ""
        found += [path] if path else []
    return found


def attachment_names(text: str) -> Iterator[str]:
    """The files that entries name."""
    for match in _FILE.finditer(text):
        yield from _files(match[1])
