"""Copies of the database: written beside their place, synced, readable by their owner alone, and then renamed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

from kbapp.errors import Code, UserError

_DAILY_COPIES = 7


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


def copy_daily(db: sqlite3.Connection, folder: Path) -> Path | None:
    """Copies a database into a folder of backups unless that was done today; keeps the last seven copies.

    Originals never change and are not copied. Returns the copy that was made. Raises UserError.
    """
    today = datetime.now(UTC).date().isoformat()
    target = folder / f"{today}.db"
    if target.exists():
        return None
    try:
        copy_database(db, target, pages=2_000)  # in steps, so that writers need not wait
        # Copies of days to come were made while the clock was wrong: they count as the oldest.
        there = sorted(daily_copies(folder), key=lambda copy: (copy.stem <= today, copy.stem))
        for old in there[:-_DAILY_COPIES]:
            old.unlink()
    except (OSError, sqlite3.Error) as error:
        raise UserError(Code.DAILY_BACKUP_FAILED, file=target, reason=error) from error
    return target


def daily_copies(folder: Path) -> list[Path]:
    """The daily copies in a folder of backups, the oldest first."""
    return sorted(folder.glob("????-??-??.db"))


def all_copies(folder: Path) -> list[Path]:
    """Every copy of the database in a folder of backups, those from before migrations and half-written ones too."""
    return sorted([*folder.glob("*.db*"), *folder.glob(".*.part*")])
