"""Records of the library as documents of the index."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from kbapp.library import search_records
from kbapp.library.database import Library
from kbapp.library.search_records import ArticleRecord, NoteRecord, PersonRecord
from kbapp.search.index.schema import KINDS, NO_DATE
from kbapp.search.index.stemming import language_of

Document = dict[str, Any]
_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 (dates of articles have no zone)


def key_of(kind: str, ref: int) -> str:
    """The document's unique key."""
    return f"{kind}/{ref}"


def minutes(key: str) -> int:
    """Minutes since 1970 of a date in the library's key form ("2010", "2010-10", "2010-10-18T12:05:00")."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d))?", key)
    if not match:
        return NO_DATE
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        moment = datetime.datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0)  # noqa: DTZ001
    except ValueError:
        return NO_DATE
    return int((moment - _EPOCH).total_seconds() // 60)


def documents(library: Library, kind: str, refs: list[int]) -> dict[int, Document]:
    """The documents of these ids; ids that are gone, trashed or have nothing to search for are left out."""
    if kind == "article":
        return {record.id: _article(record) for record in search_records.articles(library, refs)}
    if kind == "person":
        return {record.id: _person(record) for record in search_records.people(library, refs)}
    return {record.id: _note(record) for record in search_records.plain_notes(library, refs)}


def unlocked_notes(library: Library) -> dict[int, Document]:
    """The documents of encrypted notes that are unlocked now; for memory only."""
    return {record.id: _note(record) for record in search_records.unlocked_notes(library)}


def _base(kind: str, ref: int) -> Document:
    return {"key": key_of(kind, ref), "kind": kind, "kind_number": KINDS.index(kind), "ref": ref}


def _article(record: ArticleRecord) -> Document:
    flags = [
        name
        for name, holds in (("unread", not record.is_read), ("starred", record.starred), ("note", record.has_notes))
        if holds
    ]
    return _base("article", record.id) | {
        "title": record.title,
        "subtitle": record.subtitle,
        "body": record.text,
        "people": _lines(record.people),
        "authors": _lines(record.authors),
        "source": record.source,
        "lang": record.language,
        "stemming": language_of(record.language, f"{record.title}\n{record.text}") or None,
        "type": record.format,
        "tag": ",".join(record.tags) or None,
        "flags": " ".join(flags) or None,
        "published": minutes(record.published_key),
        "added": minutes(record.imported),
    }


def _person(record: PersonRecord) -> Document:
    return _base("person", record.id) | {
        "title": record.name,
        "people": _lines(record.names) if record.articles else None,
        "authors": _lines(record.names) if record.authored else None,
        "published": NO_DATE,
        "added": NO_DATE,
        "prominence": record.articles + record.authored,
    }


def _note(record: NoteRecord) -> Document:
    return _base("note", record.id) | {
        "note": record.text,
        "subtitle": record.about,
        "stemming": language_of(None, record.text) or None,
        "tag": ",".join(record.tags) or None,
        "published": minutes(record.modified),
        "added": minutes(record.modified),
    }


def _lines(names: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(names)) or None
