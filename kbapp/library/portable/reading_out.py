"""The rows of a library for an export, as it is at one moment."""

from __future__ import annotations

import base64
import contextlib
import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import Any

from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked, is_protected
from kbapp.library.notes import highlights
from kbapp.library.portable.tables import ARTICLES, TABLES, Row, Scope, Table


@contextlib.contextmanager
def snapshot(library: Library, *, with_notes: bool) -> Iterator[None]:
    """Within the block this thread sees the library as it is now, whatever others write. Raises NotesLocked."""
    db = library.db
    if with_notes:
        if is_protected(db) and not library.vault.unlocked:
            raise NotesLocked
        if not library.read_only:
            highlights.release(library)
    db.execute("BEGIN")
    try:
        yield
    finally:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")


def rows(
    library: Library, scope: Scope, articles: tuple[int, int] | None = None, only: Collection[str] = ()
) -> Iterator[tuple[str, Row]]:
    """(table, row) of everything in a scope, by keys.

    Args:
        library: The library.
        scope: Which tables.
        articles: The first and the last id, for the rows of some articles only.
        only: The names of the tables that are wanted; all of the scope where there is none.
    """
    db = library.db
    for table in TABLES:
        if table.scope == scope and (not only or table.name in only):
            yield from ((table.name, row) for row in _rows(db, table, articles))


def article_ids(library: Library) -> list[int]:
    """The ids of all articles, of those in the trash too, in ascending order."""
    return [row[0] for row in library.db.execute("SELECT id FROM articles ORDER BY id")]


def trashed(library: Library) -> set[int]:
    """The ids of the articles in the trash."""
    return {row[0] for row in library.db.execute("SELECT id FROM articles WHERE deleted IS NOT NULL")}


def pictures(library: Library) -> dict[int, list[tuple[str, str, int]]]:
    """(key, words, number of the block that follows) of the pictures of all articles, by their ids."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    for row in library.db.execute("SELECT article, original, words, block FROM pictures ORDER BY article, position"):
        found.setdefault(row[0], []).append((row[1], row[2], row[3]))
    return found


def originals(library: Library) -> list[tuple[str, str]]:
    """(key, name of the file that came) of all originals, pictures and portraits that anything points to, each once."""
    found: dict[str, str] = {}
    for key, name in library.db.execute(
        "SELECT original, source_file FROM articles UNION ALL SELECT original, source_file FROM article_versions "
        "UNION ALL SELECT original, words FROM pictures UNION ALL SELECT original, '' FROM portraits"
    ):
        found.setdefault(key, name)
    return sorted(found.items())


def is_empty(library: Library) -> bool:
    """Whether nothing was ever put into the library."""
    return not any(
        library.db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        for table in (ARTICLES.name, "people", "notes", "boards", "saved_searches")
    )


def _rows(db: Connection, table: Table, articles: tuple[int, int] | None) -> Iterator[Row]:
    condition = f" WHERE {table.article} BETWEEN ? AND ?" if articles and table.article else ""
    order = ", ".join(list(table.columns)[:2])
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name}{condition} ORDER BY {order}"
    sealed = ", sealed" if table.name == "attachments" else ""
    sql = sql.replace(" FROM", f"{sealed} FROM", 1)
    for found in db.execute(sql, articles if articles and condition else ()):
        row = dict(found)
        for column, place in table.encrypted.items():
            if row[column]:
                row[column] = db.vault.open(row[column], place(row))
        if row.pop("sealed", 0):
            row["data"] = db.vault.open_bytes(row["data"], f"attachment {row['id']}")
        yield {column: _plain(row[column], form) for column, form in table.columns.items()}


def _plain(value: Any, form: str) -> Any:
    if value is None:
        return None
    if form.startswith("json"):
        return json.loads(value)
    return base64.b64encode(value).decode() if form == "bytes" else value
