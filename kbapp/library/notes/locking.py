"""Encrypting all that notes say, and giving it a new key: in one transaction, with nothing readable left afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from kbapp.errors import Code, UserError
from kbapp.library import change_log, undo_rows, unfinished_work, wiping
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked, Vault, is_protected, note_place
from kbapp.library.notes import highlights

SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True, slots=True)
class _Private:
    """A column that is encrypted, and to which place each of its values is bound, given the row's key."""

    table: str
    key: tuple[str, ...]
    column: str
    place: Callable[..., str]


_PRIVATE = (
    _Private("notes", ("id",), "text", note_place),
    _Private("notes", ("id",), "quote", lambda note: note_place(note, "quote")),
    _Private("note_versions", ("note", "saved"), "text", lambda note, _: note_place(note)),
    _Private("boards", ("id",), "title", lambda board: f"board {board}"),
    _Private("board_cards", ("id",), "heading", lambda card: f"card {card}"),
    _Private("saved_searches", ("id",), "name", lambda search: f"search {search} name"),
    _Private("saved_searches", ("id",), "query", lambda search: f"search {search} query"),
)


def protect(library: Library, passphrase: str) -> str:
    """Encrypts all that notes say from now on; returns the recovery key, which is shown once and kept nowhere.

    Raises:
        UserError: The passphrase is too short, or the notes have one already.
    """
    if is_protected(library.db):
        raise UserError(Code.NOTES_ALREADY_PROTECTED)
    return _encrypt(library, passphrase)


def change_passphrase(library: Library, passphrase: str) -> str:
    """Encrypts all that notes say with a new key; returns the new recovery key.

    Neither the old passphrase nor the old recovery key opens anything that is in the library then, nor what is written
    later. Raises NotesLocked, UserError.
    """
    if is_protected(library.db) and not library.vault.unlocked:
        raise NotesLocked
    highlights.release(library)
    return _encrypt(library, passphrase)


def clean(library: Library) -> None:
    """Wipes what a crash or another program kept from being wiped. Raises UserError when that is still not possible."""
    if not wiping.finish(library.db, library.folder / "backups", library.index_folder):
        raise UserError(Code.OLD_NOTE_TEXT_REMAINS)


def _encrypt(library: Library, passphrase: str) -> str:
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise UserError(Code.PASSPHRASE_TOO_SHORT, least=SHORTEST_PASSPHRASE)
    backups, index = library.folder / "backups", library.index_folder
    fresh = Vault()
    wiping.remove_copies(backups, index)  # before it counts: a crash after the transaction leaves no copy of the words
    with library.transaction() as db:
        db.execute("PRAGMA secure_delete = ON")
        was_protected = is_protected(db)
        recovery = fresh.begin(db, passphrase)
        for private in _PRIVATE:
            _renew_column(db, private, fresh)
        _renew_attachments(db, fresh, was_protected=was_protected)
        db.execute("DELETE FROM note_tags")
        db.execute("DELETE FROM note_links")
        undo_rows.forget_private(db)
        unfinished_work.begin(db, unfinished_work.WIPE)
        db.execute("UPDATE index_state SET identity = '', toc_digest = ''")
        change_log.record(db, "note", [row[0] for row in db.execute("SELECT id FROM notes")])
    library.vault.adopt(fresh)
    wiping.wipe(library.db, backups, index)
    return recovery


def _renew_column(db: Connection, private: _Private, fresh: Vault) -> None:
    names = ", ".join(private.key)
    condition = " AND ".join(f"{name} = ?" for name in private.key)
    sql = f"SELECT {names}, {private.column} FROM {private.table} WHERE {private.column} <> ''"
    for row in db.execute(sql).fetchall():
        key, value = tuple(row)[:-1], str(row[-1])
        place = private.place(*key)
        renewed = fresh.seal(db.vault.open(value, place), place)
        db.execute(f"UPDATE {private.table} SET {private.column} = ? WHERE {condition}", (renewed, *key))
    if private.table == "notes" and private.column == "text":  # an empty note is encrypted too, as its later texts are
        for (note,) in db.execute("SELECT id FROM notes WHERE text = ''").fetchall():
            db.execute("UPDATE notes SET text = ? WHERE id = ?", (fresh.seal("", note_place(note)), note))


def _renew_attachments(db: Connection, fresh: Vault, *, was_protected: bool) -> None:
    for (number,) in db.execute("SELECT id FROM attachments").fetchall():
        place = f"attachment {number}"
        row: sqlite3.Row = db.execute("SELECT data, sealed FROM attachments WHERE id = ?", (number,)).fetchone()
        data = db.vault.open_bytes(row["data"], place) if was_protected and row["sealed"] else bytes(row["data"])
        sealed = fresh.seal_bytes(data, place)
        db.execute("UPDATE attachments SET data = ?, sealed = 1 WHERE id = ?", (sealed, number))
