"""The journal that the search index follows: what changed, in order, and how far the index is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kbapp.library.database import Library


def record(db: sqlite3.Connection, kind: str, refs: Iterable[int]) -> None:
    """Notes, within the caller's transaction, that the index must look at these articles, people or notes again."""
    db.executemany("INSERT INTO changes (kind, ref) VALUES (?, ?)", ((kind, ref) for ref in refs))


def pending(library: Library, limit: int) -> list[tuple[int, str, int]]:
    """The next changes to index: (sequence number, kind, id), oldest first."""
    rows = library.db.execute("SELECT seq, kind, ref FROM changes ORDER BY seq LIMIT ?", (limit,)).fetchall()
    return [tuple(row) for row in rows]


def lag(library: Library) -> int:
    """How many changes the index has yet to follow."""
    row = library.db.execute("SELECT count(*) FROM changes").fetchone()
    return int(row[0])


def done(library: Library, up_to: int, identity: str) -> None:
    """The index on disk holds all changes up to this sequence number; ``identity`` is the index folder's own mark."""
    with library.transaction() as db:
        db.execute("DELETE FROM changes WHERE seq <= ?", (up_to,))
        db.execute("UPDATE index_state SET generation = max(generation, ?), identity = ?", (up_to, identity))


def generation(library: Library) -> tuple[int, str]:
    """The sequence number that the index has reached, and the mark of the index that reached it."""
    row = library.db.execute("SELECT generation, identity FROM index_state").fetchone()
    return int(row[0]), str(row[1])
