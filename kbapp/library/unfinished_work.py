"""Work on a library that was begun and must be finished before it is used: noted in the database, so that a crash loses none."""

from __future__ import annotations

import sqlite3

from kbapp.text.address_keys import address_key

_BATCH = 2_000
URL_KEYS = "url_keys"  # migration 7 added the column
WIPE = "wipe"  # notes were encrypted; what they said may still stand in free pages, copies and the index


def begin(db: sqlite3.Connection, name: str) -> None:
    """Notes work, within the caller's transaction."""
    db.execute("INSERT OR IGNORE INTO unfinished_work (name) VALUES (?)", (name,))


def is_pending(db: sqlite3.Connection, name: str) -> bool:
    """Whether this work has been begun and not finished."""
    return db.execute("SELECT 1 FROM unfinished_work WHERE name = ?", (name,)).fetchone() is not None


def done(db: sqlite3.Connection, name: str) -> None:
    """The work is finished."""
    db.execute("DELETE FROM unfinished_work WHERE name = ?", (name,))


def fill_url_keys(db: sqlite3.Connection) -> None:
    """Gives the articles of a library from before addresses were compared by keys theirs; a crash in between loses nothing."""
    if not is_pending(db, URL_KEYS):
        return
    last = 0
    while True:
        rows = db.execute("SELECT id, url FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, _BATCH)).fetchall()
        db.execute("BEGIN IMMEDIATE")
        if not rows:
            done(db, URL_KEYS)
        db.executemany("UPDATE articles SET url_key = ? WHERE id = ?", ((address_key(url), key) for key, url in rows))
        db.execute("COMMIT")
        if not rows:
            return
        last = rows[-1][0]
