"""Saved searches: a name and what was typed."""

from __future__ import annotations

import sqlite3

from kbapp.errors import Code, UserError
from kbapp.library.database import Library


def save(db: sqlite3.Connection, name: str, query: str) -> None:
    """Keeps a search under a name; the same name again replaces it.

    Raises:
        UserError: The search is empty: opening it would show the list of saved searches again.
    """
    if not query.strip():
        raise UserError(Code.SAVED_SEARCH_EMPTY)
    db.execute("DELETE FROM saved_searches WHERE name = ?", (name,))
    db.execute("INSERT INTO saved_searches (name, query) VALUES (?, ?)", (name, query))


def delete(db: sqlite3.Connection, query: str) -> None:
    """Forgets the searches that ask this."""
    db.execute("DELETE FROM saved_searches WHERE query = ?", (query,))


def saved(library: Library) -> list[tuple[str, str]]:
    """(name, query), in alphabetical order."""
    return [
        (row[0], row[1])
        for row in library.db.execute("SELECT name, query FROM saved_searches ORDER BY name COLLATE NOCASE")
    ]


def replace(db: sqlite3.Connection, kept: list[tuple[str, str]]) -> None:
    """Makes these the saved searches."""
    db.execute("DELETE FROM saved_searches")
    db.executemany("INSERT INTO saved_searches (name, query) VALUES (?, ?)", kept)
