"""Tables in which other programs export what they keep, as CSV, TSV or XLSX: a row an entry.

The names in the heading tell whose table it is. One that no program is known by is read as articles or links if its columns
say so, and refused otherwise.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.bibliography import zotero_table
from kbapp.reading.encoding import decode
from kbapp.reading.exports import hypothesis, mappings, raindrop, readwise

Row = dict[str, str]

_LARGEST_CELL = 20_000_000
_TABLES: tuple[tuple[frozenset[str], Callable[[Iterable[Row]], list[Article]]], ...] = (
    (frozenset({"highlight", "book title"}), readwise.read_highlights),
    (frozenset({"key", "item type", "title"}), zotero_table.read_rows),
    (frozenset({"quote", "url", "page"}), hypothesis.read_rows),
    (frozenset({"excerpt", "folder", "created", "url"}), raindrop.read_rows),
)


def names_of(text: str) -> set[str]:
    """The names in the heading of a table, in lower case; empty where the text's first line is no heading."""
    return {name.strip().lstrip("\ufeff").casefold() for name in next(_rows(text[:8000]), []) if name.strip()}


def is_table(text: str) -> bool:
    """Whether a text is a table that can be read: a heading of known names."""
    names = names_of(text)
    return len(names) >= 2 and _reader(names) is not None


def read_csv(data: bytes, _name: str) -> list[Article]:
    """A table of articles, links or highlights. Raises UnreadableFile for a table without any."""
    rows = _rows(decode(data))
    return _read(next(rows, []), rows)


def read_xlsx(data: bytes, _name: str) -> list[Article]:
    """The sheets of a workbook, each a table. Raises UnreadableFile when none holds articles or links."""
    articles: list[Article] = []
    for sheet in _sheets(data):
        heading = next(sheet, [])
        if _reader({name.strip().casefold() for name in heading if name.strip()}) is not None:
            articles += _read(heading, sheet)
    if not articles:
        raise UnreadableFile(Code.TABLE_UNKNOWN)
    return articles


def _read(heading: list[str], rows: Iterator[list[str]]) -> list[Article]:
    names = [name.strip().lstrip("\ufeff").casefold() for name in heading]
    reader = _reader({name for name in names if name})
    if reader is None:
        raise UnreadableFile(Code.TABLE_UNKNOWN)
    articles = reader(dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows if any(row))
    if not articles:
        raise UnreadableFile(Code.EXPORT_WITHOUT_ARTICLES)
    return articles


def _reader(names: set[str]) -> Callable[[Iterable[Row]], list[Article]] | None:
    for needed, reader in _TABLES:
        if needed <= names:
            return reader
    return _read_entries if mappings.has_text(names) or mappings.has_links(names) else None


def _read_entries(rows: Iterable[Row]) -> list[Article]:
    return [article for row in rows if (article := mappings.article_of(row, "table")) is not None]


def _rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LARGEST_CELL)
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # as Excel is told
        mark, text = first.strip()[4], text.partition("\n")[2]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        return


def _sheets(data: bytes) -> Iterator[Iterator[list[str]]]:
    import openpyxl  # takes as long to load as all other readers; workbooks are rare

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > 400 << 20:
                raise UnreadableFile(Code.UNPACKS_TOO_LARGE)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl lets through whatever its XML parser and its own parts raise
        raise UnreadableFile(Code.FILE_CUT_OFF) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return re.sub(r"T00:00:00\Z", "", text)
