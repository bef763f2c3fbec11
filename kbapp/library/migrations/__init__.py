"""The tables of library.db as numbered steps, one ``.sql`` file each, and what the tables must look like after them."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from kbapp.errors import Code, LibraryUnavailable

_FOLDER = Path(__file__).parent


@cache
def _steps() -> tuple[Path, ...]:
    return tuple(sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql")))


def newest_version() -> int:
    """The version that this program brings a library to."""
    return len(_steps())


def version_of(db: sqlite3.Connection) -> int:
    """The version that the database is at; 0 is a database without tables. Raises LibraryUnavailable for a newer one."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > newest_version():
        raise LibraryUnavailable(Code.LIBRARY_TOO_NEW)
    return version


def migrate(db: sqlite3.Connection, before: Callable[[int], object] | None = None) -> None:
    """Brings an open database to this program's version, wholly or not at all.

    Programs that start at once wait for each other: the version is read again when nobody else can write.

    Args:
        db: A connection in autocommit mode.
        before: Called with the present version before a library that holds anything is changed.

    Raises:
        LibraryUnavailable: A newer program made this library.
    """
    if version_of(db) == newest_version():
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(db)
        if 0 < version < newest_version() and before is not None:
            before(version)
        for step in _steps()[version:]:
            for statement in _statements(step.read_text("utf-8")):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {newest_version()}")
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def foreign_object(db: sqlite3.Connection) -> str | None:
    """What in the database's schema is not ours ("trigger note_saved"), or lacks; None when all is as we make it.

    Triggers and views run when tables are used, so a database that came from somebody else is looked at before it is.
    """
    expected = _schema_of_version(version_of(db))
    found = dict(_schema(db))
    for name, digest in found.items():
        if expected.get(name) != digest:
            return name
    return next((name for name in expected if name not in found), None)


@cache
def _schema_of_version(version: int) -> dict[str, str]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for step in _steps()[:version]:
            db.executescript(step.read_text("utf-8"))
        return dict(_schema(db))


def _schema(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    for kind, name, table, sql in rows:
        if not str(name).startswith("sqlite_"):
            plain = " ".join(re.sub(r"--[^\n]*", " ", sql or "").split())
            yield f"{kind} {name}", hashlib.sha256(f"{table}\n{plain}".encode()).hexdigest()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one; ``executescript`` would end the transaction that they are to run in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
