"""Leaving nothing of what was encrypted: free pages of the database, its log, copies of it, the index.

Whoever encrypts notes says in the same transaction that this is to be done. It is done before the user is told that the
notes are locked; after a crash in between it is done when the library is opened next, or by a check.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
from pathlib import Path

from kbapp.library import unfinished_work
from kbapp.library.backup import all_copies

_log = logging.getLogger(__name__)


def remove_copies(backups: Path, index: Path) -> bool:
    """Removes the copies of a database and its index; whether all of them are gone.

    Args:
        backups: The library's folder of backups.
        index: The folder of its search index, which is rebuilt when it is needed.
    """
    for copy in all_copies(backups):
        with contextlib.suppress(OSError):
            copy.unlink()
    shutil.rmtree(index, ignore_errors=True)
    return not index.exists() and not all_copies(backups)


def wipe(db: sqlite3.Connection, backups: Path, index: Path) -> bool:
    """Does what ``begin(db, WIPE)`` asked for; whether it is done, which it is not while others read the library."""
    gone = remove_copies(backups, index)
    try:
        db.execute("VACUUM")
        busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy or not gone:
            return False
        unfinished_work.done(db, unfinished_work.WIPE)
        return True
    except sqlite3.Error as error:
        _log.warning("old text of notes could not be wiped yet: %s", error)
        return False


def finish(db: sqlite3.Connection, backups: Path, index: Path) -> bool:
    """Wipes what a crash kept from being wiped; whether nothing is left to do."""
    return not unfinished_work.is_pending(db, unfinished_work.WIPE) or wipe(db, backups, index)
