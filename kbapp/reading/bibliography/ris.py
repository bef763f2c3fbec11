"""RIS as Zotero, EndNote and databases write it (read by rispy, MIT)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.bibliography.items import Item, articles_of, in_order
from kbapp.reading.encoding import decode

_FILES = ("file_attachments1", "file_attachments2", "figure")  # L1, L2, L4
_SOURCES = ("journal_name", "secondary_title", "alternate_title3", "alternate_title2", "alternate_title1", "publisher")


def read_ris(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """An article for each reference; ``attached`` are the texts that they name. Raises UnreadableFile."""
    try:
        found = rispy.loads(decode(data).replace("\r\n", "\n"), skip_unknown_tags=True)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    return articles_of(map(_item, found), attached)


def _item(entry: Mapping[str, Any]) -> Item:
    def first(*names: str) -> str | None:
        return next((value for name in names for value in _strings(entry.get(name))), None)

    return Item(
        title=first("title", "primary_title", "translated_title", "short_title") or "",
        names=tuple(map(in_order, _strings(entry.get("authors")) or _strings(entry.get("first_authors")))),
        published=first("date", "publication_year", "year"),
        source=first(*_SOURCES),
        url=first("urls", "url"),
        doi=first("doi"),
        abstract=first("abstract", "notes_abstract") or "",
        tags=tuple(_strings(entry.get("keywords"))),
        notes=tuple(_strings(entry.get("notes"))),
        files=tuple(value for name in _FILES for value in _strings(entry.get(name))),
        language=first("language"),
    )


def _strings(value: Any) -> list[str]:
    return [text for each in (value if isinstance(value, list) else [value]) if (text := str(each or "").strip())]


def attachment_names(text: str) -> Iterator[str]:
    """The files that references name."""
    for line in text.split("\n"):
        if line.startswith(("L1  - ", "L4  - ")):
            yield line[6:].strip()
