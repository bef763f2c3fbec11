"""Deleting for good: articles with their notes, versions, pictures and originals, and what lies in the trash."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kbapp.errors import UserError
from kbapp.library import change_log
from kbapp.library.articles import repository as articles
from kbapp.library.backup import daily_copies
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.people import linking

_THESE = "IN (SELECT value FROM json_each(?))"
_NAMED = (
    "SELECT original FROM articles UNION SELECT original FROM article_versions UNION SELECT original FROM pictures "
    "UNION SELECT original FROM portraits"
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What is gone: ids of articles and notes, and how many versions, pictures and files of originals went with them.

    ``backups`` are the copies of the database, by file name, in which all of it still is.
    """

    articles: tuple[int, ...]
    notes: tuple[int, ...]
    versions: int
    pictures: int
    originals: int
    backups: tuple[str, ...]


def purge(library: Library, ids: Iterable[int]) -> Deleted:
    """Deletes articles, and the notes about them, for good; neither undo nor the trash brings them back."""
    with library.transaction() as db:
        return _delete(library, db, articles.existing(db, ids), [])


def empty_trash(library: Library, older_than_days: float = 0) -> Deleted:
    """Deletes for good what was moved to the trash at least so many days ago."""
    limit = (datetime.now(UTC) - timedelta(days=older_than_days)).isoformat(timespec="milliseconds")
    limit = limit.replace("+00:00", "Z")
    with library.transaction() as db:
        old = [row[0] for row in db.execute("SELECT id FROM articles WHERE deleted <= ?", (limit,))]
        noted = [row[0] for row in db.execute("SELECT id FROM notes WHERE deleted <= ?", (limit,))]
        return _delete(library, db, old, noted)


def _delete(library: Library, db: Connection, ids: list[int], noted: list[int]) -> Deleted:
    db.execute("PRAGMA secure_delete = ON")  # what is gone for good is not left in free pages of the database
    these = json.dumps(ids)
    about = db.execute(f"SELECT id FROM notes WHERE about_kind = 'article' AND about_id {_THESE}", (these,))
    note_ids = sorted({row[0] for row in about}.union(noted))
    candidates = {
        row[0]
        for table, column in (("articles", "id"), ("article_versions", "article"), ("pictures", "article"))
        for row in db.execute(f"SELECT original FROM {table} WHERE {column} {_THESE}", (these,))
    }
    counts = [
        db.execute(f"SELECT count(*) FROM {table} WHERE article {_THESE}", (these,)).fetchone()[0]
        for table in ("article_versions", "pictures")
    ]
    _forget_in_journal(db, "articles", ids)
    _forget_in_journal(db, "notes", note_ids)
    subjects = db.execute(
        f"SELECT DISTINCT about_id FROM notes WHERE about_kind = 'article' AND id {_THESE}", (json.dumps(note_ids),)
    ).fetchall()
    # A note that is deleted counts one less for its article only while it is not in the trash.
    db.execute(f"UPDATE notes SET deleted = '' WHERE deleted IS NULL AND id {_THESE}", (json.dumps(note_ids),))
    db.execute(f"DELETE FROM notes WHERE id {_THESE}", (json.dumps(note_ids),))
    for number in ids:
        linking.unlink(db, number)
    db.execute(f"DELETE FROM articles WHERE id {_THESE}", (these,))
    change_log.record(db, "article", {*ids, *(row[0] for row in subjects)})
    change_log.record(db, "note", note_ids)
    named = {row[0] for row in db.execute(_NAMED)} if candidates else set()
    gone = sum(_remove(library, key) for key in sorted(candidates - named))
    backups = tuple(path.name for path in daily_copies(library.folder / "backups")) if ids or note_ids else ()
    return Deleted(tuple(ids), tuple(note_ids), counts[0], counts[1], gone, backups)


def _forget_in_journal(db: Connection, table: str, ids: list[int]) -> None:
    """Changes to what is gone cannot be taken back any more, and what they say is to be gone too."""
    db.execute(
        "DELETE FROM journal WHERE EXISTS (SELECT 1 FROM json_each(data, '$.rows') AS row "
        f"WHERE json_extract(row.value, '$.table') = ? AND json_extract(row.value, '$.key[0]') {_THESE})",
        (table, json.dumps(ids)),
    )


def _remove(library: Library, key: str) -> bool:
    with contextlib.suppress(UserError, OSError):  # a key that is none, or a file that is gone already
        library.original(key).unlink()
        return True
    return False
