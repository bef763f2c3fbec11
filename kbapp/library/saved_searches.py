"""Saved searches: a name and what was typed, encrypted when the notes are."""

from __future__ import annotations

from kbapp.errors import Code, UserError
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.encryption import is_protected


def save(db: Connection, name: str, query: str) -> None:
    """Keeps a search under a name; the same name again replaces it.

    Raises:
        UserError: The search is empty: opening it would show the list of saved searches again.
        NotesLocked: Searches are encrypted, and locked.
    """
    if not query.strip():
        raise UserError(Code.SAVED_SEARCH_EMPTY)
    for there, other, _ in _rows(db):
        if other == name:
            db.execute("DELETE FROM saved_searches WHERE id = ?", (there,))
    number = db.execute("INSERT INTO saved_searches (name, query) VALUES ('', '')").lastrowid
    if is_protected(db):
        name, query = db.vault.seal(name, f"search {number} name"), db.vault.seal(query, f"search {number} query")
    db.execute("UPDATE saved_searches SET name = ?, query = ? WHERE id = ?", (name, query, number))


def delete(db: Connection, query: str) -> None:
    """Forgets the searches that ask this. Raises NotesLocked."""
    for number, _, asked in _rows(db):
        if asked == query:
            db.execute("DELETE FROM saved_searches WHERE id = ?", (number,))


def saved(library: Library) -> list[tuple[str, str]]:
    """(name, query), in alphabetical order; none while they are locked."""
    db = library.db
    if is_protected(db) and not library.vault.unlocked:
        return []
    return sorted(((name, query) for _, name, query in _rows(db)), key=lambda each: (each[0].casefold(), each))


def replace(db: Connection, kept: list[tuple[str, str]]) -> None:
    """Makes these the saved searches."""
    db.execute("DELETE FROM saved_searches")
    for name, query in kept:
        save(db, name, query)


def _rows(db: Connection) -> list[tuple[int, str, str]]:
    is_protected(db)
    return [
        (row[0], db.vault.open(row[1], f"search {row[0]} name"), db.vault.open(row[2], f"search {row[0]} query"))
        for row in db.execute("SELECT id, name, query FROM saved_searches")
    ]
