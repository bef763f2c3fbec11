"""Zotero's CSV: a row an item, with its abstract, notes, tags and the paths of its attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kbapp.domain import Article
from kbapp.reading.bibliography.items import Item, article_of, in_order
from kbapp.reading.entries import moment

Row = Mapping[str, str]


def read_rows(rows: Iterable[Row]) -> list[Article]:
    """The items of a table; attachments and notes that stand as rows of their own are no items."""
    return [
        replace(article, format="zotero")
        for row in rows
        if row.get("item type") not in ("attachment", "note") and (article := article_of(_item(row))) is not None
    ]


def _item(row: Row) -> Item:
    return Item(
        title=row.get("title", ""),
        names=tuple(in_order(part) for part in row.get("author", "").split(";") if part.strip()),
        published=row.get("date") or row.get("publication year") or "",
        source=row.get("publication title") or row.get("publisher") or None,
        url=row.get("url") or None,
        doi=row.get("doi") or None,
        abstract=row.get("abstract note", ""),
        tags=tuple(tag for name in ("manual tags", "automatic tags") for tag in (row.get(name) or "").split(";")),
        notes=tuple(note for note in (row.get("notes") or "").split("; <") if note.strip()),
        files=tuple(part.strip() for part in (row.get("file attachments") or "").split(";") if part.strip()),
        saved=moment(row.get("date added")),
        language=row.get("language") or None,
        subtitle=None,
    )
