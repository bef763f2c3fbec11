"""Copies of the database: written beside their place, synced, readable by their owner alone, and then renamed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from pathlib import Path


def copy_database(db: sqlite3.Connection, target: Path, pages: int = -1) -> None:
    """Writes a copy of an open database with SQLite's online backup, while it may be in use.

    Args:
        db: The database to copy.
        target: The file to write; one that is there is replaced once the copy is complete.
        pages: How many pages to copy at a time; writers may write between them. -1 copies all at once.

    Raises:
        OSError: The copy cannot be written.
        sqlite3.Error: The database cannot be read or the copy cannot be written.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(partial)) as copy:
            db.backup(copy, pages=pages, sleep=0.005)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def copy_before_migration(database: Path, folder: Path, version: int) -> Path:
    """Keeps a database file as it is at ``version`` in a folder of backups; returns the copy."""
    target = folder / f"before-migration-from-{version}.db"
    with contextlib.closing(sqlite3.connect(database)) as db:
        copy_database(db, target)
    return target


def daily_copies(folder: Path) -> list[Path]:
    """The daily copies in a folder of backups, the oldest first."""
    return sorted(folder.glob("????-??-??.db"))
