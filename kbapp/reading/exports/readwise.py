"""Readwise's table of highlights: a row a highlight, gathered by book, article or podcast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kbapp.domain import Article, Highlight
from kbapp.reading import entries
from kbapp.reading.exports import books


def read_highlights(rows: Iterable[Mapping[str, str]]) -> list[Article]:
    """An article for each book, in the order of their first highlights."""
    shelf = books.Shelf()
    for row in rows:
        title = row.get("book title", "").strip()
        if not title or not (row.get("highlight") or row.get("note")):
            continue
        book = shelf.book(title, tuple(entries.names(row.get("book author"))))
        book.tags += entries.tags_in((row.get("document tags") or "") + ",")
        book.url = book.url or next(
            (row[name] for name in ("source url", "url", "source") if entries.is_address(row.get(name, ""))), None
        )
        book.marks.append(
            Highlight(
                row.get("highlight", ""), row.get("note", ""), entries.colour(row.get("color")), entries.moment(row.get("highlighted at")),
                tuple(entries.tidy_tags(entries.tags_in((row.get("tags") or "") + ","))),
            )
        )  # fmt: skip
    return shelf.articles("readwise")
