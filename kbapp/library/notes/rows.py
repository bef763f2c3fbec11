"""Notes as values from their rows, many at once; what their texts name as tags and links."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import asdict
from typing import cast

from kbapp.domain import Anchor, Note, Subject, SubjectKind
from kbapp.library.connections import Connection
from kbapp.library.encryption import is_protected, is_sealed, note_place

_TAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w/-]{0,59})")
_LINK = re.compile(r"kb:(article|person|author|note)/(\d+)")


def tags_in(text: str) -> list[str]:
    """The tags that a note's text carries as #words, each once."""
    return list(dict.fromkeys(_TAG.findall(text[:200_000])[:200]))


def links_in(text: str) -> list[tuple[SubjectKind, int]]:
    """The pages that a note's text links to: (kind, id), each once."""
    found = [(cast(SubjectKind, kind), int(target)) for kind, target in _LINK.findall(text)[:500] if len(target) <= 18]
    return list(dict.fromkeys(found))


def notes_of(db: Connection, rows: list[sqlite3.Row]) -> list[Note]:
    """The notes of rows, with two queries for the tags and links of them all."""
    ids = (json.dumps([row["id"] for row in rows if not is_sealed(row["text"])]),)
    if any(is_sealed(row["text"]) for row in rows):
        is_protected(db)  # another program may have changed the passphrase
    tags: dict[int, list[str]] = {}
    links: dict[int, list[Subject]] = {}
    these = "note IN (SELECT value FROM json_each(?))"
    for note, tag in db.execute(f"SELECT note, tag FROM note_tags WHERE {these} ORDER BY tag", ids):
        tags.setdefault(note, []).append(tag)
    for note, kind, target in db.execute(f"SELECT note, kind, target FROM note_links WHERE {these}", ids):
        links.setdefault(note, []).append(Subject(kind, target))
    return [_made(db, row, tuple(tags.get(row["id"], ())), tuple(links.get(row["id"], ()))) for row in rows]


def _made(db: Connection, row: sqlite3.Row, tags: tuple[str, ...], links: tuple[Subject, ...]) -> Note:
    number, text, quote = row["id"], row["text"], row["quote"]
    if is_sealed(text):
        if not db.vault.unlocked:
            return Note(
                id=number, text="", created=row["created"], modified=row["modified"],
                about=Subject(row["about_kind"], row["about_id"]), colour=row["colour"], locked=True,
            )  # fmt: skip
        text, quote = (
            db.vault.open(text, note_place(number)),
            db.vault.open(quote, note_place(number, "quote")) if quote else None,
        )
        tags = tuple(sorted(tags_in(text)))
        links = tuple(Subject(kind, target) for kind, target in links_in(text))
    return Note(
        id=number, text=text, created=row["created"], modified=row["modified"],
        about=Subject(row["about_kind"], row["about_id"]), quote=Anchor(**json.loads(quote)) if quote else None,
        colour=row["colour"], tags=tags, links=links,
    )  # fmt: skip


def quote_json(quote: Anchor | None) -> str | None:
    return json.dumps(asdict(quote), ensure_ascii=False) if quote else None
