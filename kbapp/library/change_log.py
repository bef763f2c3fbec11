"""The journal that the search index follows: what changed, in order, and how far the index is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kbapp.library.database import Library


def record(db: sqlite3.Connection, kind: str, refs: Iterable[int]) -> None:
    """Notes, within the caller's transaction, that the index must look at these articles, people or notes again."""
    db.executemany("INSERT INTO changes (kind, ref) VALUES (?, ?)", ((kind, ref) for ref in refs))


def pending(library: Library, limit: int, after: int = 0) -> list[tuple[int, str, int]]:
    """The next changes to index, of those after a sequence number: (sequence number, kind, id), oldest first."""
    sql = "SELECT seq, kind, ref FROM changes WHERE seq > ? ORDER BY seq LIMIT ?"
    rows = library.db.execute(sql, (max(after, library.unrecorded_index.followed), limit)).fetchall()
    return [tuple(row) for row in rows]


def lag(library: Library) -> int:
    """How many changes the index has yet to follow."""
    sql = "SELECT count(*) FROM changes WHERE seq > ?"
    row = library.db.execute(sql, (library.unrecorded_index.followed,)).fetchone()
    return int(row[0])


def newest(library: Library) -> int:
    """The sequence number of the last change, or of the last that was followed."""
    row = library.db.execute(
        "SELECT max(coalesce((SELECT max(seq) FROM changes), 0), (SELECT generation FROM index_state))"
    ).fetchone()
    return int(row[0])


def subjects(library: Library, kind: str) -> list[int]:
    """The ids of everything of a kind that belongs in the index."""
    sql = {
        "article": "SELECT id FROM articles WHERE deleted IS NULL ORDER BY id",
        "person": "SELECT id FROM people WHERE articles > 0 OR authored > 0 ORDER BY id",
        "note": "SELECT id FROM notes WHERE deleted IS NULL ORDER BY id",
    }[kind]
    return [row[0] for row in library.db.execute(sql)]


def marks(library: Library) -> tuple[str, str]:
    """The mark of the index that has followed the changes, and of the one that was about to replace it."""
    if library.unrecorded_index.marks is not None:
        return library.unrecorded_index.marks
    row = library.db.execute("SELECT identity, toc_digest FROM index_state").fetchone()
    return str(row[0]), str(row[1])


def announce(library: Library, mark: str) -> None:
    """An index with this mark is about to be put in place; until ``done`` either it or the one before is the right one."""
    if library.read_only:
        library.unrecorded_index.marks = (marks(library)[0], mark)
        return
    with library.transaction() as db:
        db.execute("UPDATE index_state SET toc_digest = ?", (mark,))


def done(library: Library, up_to: int, mark: str) -> None:
    """The index with this mark holds all changes up to this sequence number."""
    if library.read_only:
        library.unrecorded_index.followed, library.unrecorded_index.marks = up_to, (mark, mark)
        return
    with library.transaction() as db:
        db.execute("DELETE FROM changes WHERE seq <= ?", (up_to,))
        db.execute(
            "UPDATE index_state SET generation = max(generation, ?), identity = ?, toc_digest = ?", (up_to, mark, mark)
        )


def forget_index(library: Library) -> None:
    """No index is the right one any more: it is rebuilt when changes are followed next."""
    if library.read_only:
        library.unrecorded_index.marks = ("", "")
        return
    with library.transaction() as db:
        db.execute("UPDATE index_state SET identity = '', toc_digest = ''")
