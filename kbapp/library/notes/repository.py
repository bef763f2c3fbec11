"""Private notes: adding, editing with every version kept, trash, tags and links in their text."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable

from kbapp.domain import Anchor, Note, Subject
from kbapp.errors import Code, NotFound, UserError
from kbapp.library import change_log
from kbapp.library.connections import Connection
from kbapp.library.database import Library, now
from kbapp.library.encryption import SEALED, NotesLocked, is_protected, is_sealed, note_place
from kbapp.library.ids import number_of
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.rows import links_in, notes_of, quote_json, tags_in


class ChangedElsewhere(UserError):
    """The note was saved by another window since it was read; ``current`` is what it says now."""

    def __init__(self, current: Note) -> None:
        super().__init__(Code.NOTE_CHANGED_ELSEWHERE)
        self.current = current


def add(
    db: Connection, text: str, about: Subject, quote: Anchor | None = None, colour: str | None = None
) -> int:  # fmt: skip
    """Adds a note within the caller's transaction and returns its id. Raises NotFound for a subject that is not there."""
    _check_subject(db, about)
    text = text.lstrip(SEALED[0])
    time = now()
    protected = is_protected(db)
    if protected and not db.vault.unlocked:
        raise NotesLocked
    note = db.execute(
        "INSERT INTO notes (text, created, modified, about_kind, about_id, quote, colour) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            "" if protected else text,
            time,
            time,
            about.kind,
            about.id,
            None if protected else quote_json(quote),
            colour,
        ),
    ).lastrowid
    assert note is not None
    if protected:
        _write_sealed(db, note, text, quote)
    index_text(db, note, text)
    _subject_changed(db, note)
    return note


def edit(db: Connection, note: int, text: str, revision: int | None = None, *, replacing: bool = False) -> int:
    """Sets the text, keeping the former one as a version; returns the new revision.

    Args:
        db: The connection of the transaction.
        note: The note's id.
        text: Its new text.
        revision: The one the editor last saw; None when the editor saw none.
        replacing: Whether the user has chosen this text over another window's, which is kept as a version whenever it
            was saved.

    Raises:
        ChangedElsewhere: Another window saved since ``revision``, and the user has not chosen yet.
    """
    row = _row(db, note)
    text = text.lstrip(SEALED[0])
    if db.vault.open(row["text"], note_place(note)) == text:
        return int(row["revision"])
    overtaken = revision is not None and revision != row["revision"]
    if overtaken and not replacing:
        raise ChangedElsewhere(_note(db, row))
    note_versions.keep(db, note, row["text"], always=overtaken)
    stored = db.vault.seal(text, note_place(note)) if is_protected(db) else text
    db.execute("UPDATE notes SET text = ?, modified = ?, revision = revision + 1 WHERE id = ?", (stored, now(), note))
    index_text(db, note, text)
    return int(row["revision"]) + 1


def check(db: Connection, note: int) -> None:
    """Raises NotFound when there is no such note."""
    _row(db, note)


def attach(db: Connection, note: int, quote: Anchor) -> None:
    """Puts a note on another passage of its article, as when the old one is no longer there."""
    _row(db, note)
    words = quote_json(quote) or ""
    kept = db.vault.seal(words, note_place(note, "quote")) if is_protected(db) else words
    db.execute("UPDATE notes SET quote = ?, modified = ?, revision = revision + 1 WHERE id = ?", (kept, now(), note))
    change_log.record(db, "note", [note])


def set_colour(db: Connection, note: int, colour: str | None) -> None:
    """Sets the colour of a note or highlight; None takes it away."""
    _row(db, note)
    db.execute("UPDATE notes SET colour = ?, modified = ? WHERE id = ?", (colour, now(), note))
    change_log.record(db, "note", [note])


def delete(db: Connection, note: int) -> None:
    """Moves a note to the trash."""
    _row(db, note)
    db.execute("UPDATE notes SET deleted = ? WHERE id = ?", (now(), note))
    change_log.record(db, "note", [note])
    _subject_changed(db, note)


def restore(db: Connection, note: int) -> None:
    """Brings a note back from the trash."""
    db.execute("UPDATE notes SET deleted = NULL WHERE id = ?", (note,))
    change_log.record(db, "note", [note])
    _subject_changed(db, note)


def get(library: Library, note: int | str) -> Note:
    """One note, from the trash too. Raises NotFound."""
    number = number_of(note)
    if number is None:
        raise NotFound(Code.NO_SUCH_NOTE, ref=note)
    return _note(library.db, _row(library.db, number))


def gathered(library: Library, ids: Iterable[int]) -> dict[int, Note]:
    """Many notes at once, by id, in the order of ``ids``; those that are not there are left out."""
    wanted = list(ids)
    sql = "SELECT * FROM notes WHERE id IN (SELECT value FROM json_each(?))"
    found = {note.id: note for note in notes_of(library.db, library.db.execute(sql, (json.dumps(wanted),)).fetchall())}
    return {number: found[number] for number in wanted if number in found}


def revision(library: Library, note: int) -> int:
    """The number of the note's present version."""
    return int(_row(library.db, note)["revision"])


def revisions(library: Library, ids: Iterable[int]) -> dict[int, int]:
    """The numbers of the present versions of many notes, by id."""
    sql = "SELECT id, revision FROM notes WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in library.db.execute(sql, (json.dumps(list(ids)),))}


def about(library: Library, subject: Subject) -> list[Note]:
    """The notes about one thing, the newest first; those about an author and about the person are the same."""
    kinds = ("person", "author") if subject.kind in ("person", "author") else (subject.kind, subject.kind)
    rows = library.db.execute(
        "SELECT * FROM notes WHERE about_kind IN (?, ?) AND about_id IS ? AND deleted IS NULL ORDER BY modified DESC, id DESC",
        (*kinds, subject.id),
    ).fetchall()
    return notes_of(library.db, rows)


def listed(library: Library, limit: int = -1, offset: int = 0, *, trash: bool = False) -> list[Note]:
    """All notes, the last changed first."""
    condition = "deleted IS NOT NULL" if trash else "deleted IS NULL"
    rows = library.db.execute(
        f"SELECT * FROM notes WHERE {condition} ORDER BY modified DESC, id DESC LIMIT ? OFFSET ?", (limit, offset)
    ).fetchall()
    return notes_of(library.db, rows)


def linking_to(library: Library, kind: str, target: int) -> list[Note]:
    """Notes whose text links to a page (backlinks), the last changed first; a person and an author are one page."""
    kinds = ("person", "author") if kind in ("person", "author") else (kind, kind)
    rows = library.db.execute(
        "SELECT * FROM notes WHERE deleted IS NULL AND id IN (SELECT note FROM note_links WHERE kind IN (?, ?) AND target = ?) "
        "ORDER BY modified DESC, id DESC",
        (*kinds, target),
    ).fetchall()
    found = notes_of(library.db, rows)
    if texts := sealed_texts(library):
        linked = re.compile(rf"kb:(?:{kinds[0]}|{kinds[1]})/{target}(?!\d)")
        found += gathered(library, (note for note, text in texts.items() if linked.search(text))).values()
    return found


def changed_by_undo(db: Connection, note: int, columns: set[str]) -> None:
    """Follows columns of a note that undo put back: its tags and links, its revision, its place in the index."""
    row = _row(db, note)
    if "text" in columns or "quote" in columns:
        db.execute("UPDATE notes SET revision = revision + 1, modified = ? WHERE id = ?", (now(), note))
    if "text" in columns:
        index_text(db, note, "" if is_sealed(row["text"]) else row["text"])
    change_log.record(db, "note", [note])
    _subject_changed(db, note)


def _row(db: Connection, note: int) -> sqlite3.Row:
    row: sqlite3.Row | None = None
    if number_of(note) is not None:
        row = db.execute("SELECT * FROM notes WHERE id = ?", (note,)).fetchone()
    if row is None:
        raise NotFound(Code.NO_SUCH_NOTE, ref=note)
    return row


def _note(db: Connection, row: sqlite3.Row) -> Note:
    return notes_of(db, [row])[0]


def _check_subject(db: Connection, subject: Subject) -> None:
    if subject.kind == "library":
        return
    table = "articles" if subject.kind == "article" else "people"
    if not db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (subject.id,)).fetchone():
        raise NotFound(Code.NO_SUBJECT, kind=subject.kind, ref=subject.id)


def _subject_changed(db: Connection, note: int) -> None:
    """An article is found by ``has:note``, so the index must look at it when its notes come or go."""
    row = db.execute("SELECT about_id FROM notes WHERE id = ? AND about_kind = 'article'", (note,)).fetchone()
    if row is not None:
        change_log.record(db, "article", [row[0]])


def index_text(db: Connection, note: int, text: str) -> None:
    """Makes the tags and links of a note from its text, and tells the index of it."""
    db.execute("DELETE FROM note_tags WHERE note = ?", (note,))
    if is_protected(db):
        text = ""  # neither tags nor links of a sealed note stand anywhere in the clear
    db.executemany("INSERT OR IGNORE INTO note_tags VALUES (?, ?)", ((note, tag) for tag in tags_in(text)))
    db.execute("DELETE FROM note_links WHERE note = ?", (note,))
    db.executemany(
        "INSERT OR IGNORE INTO note_links VALUES (?, ?, ?)",
        ((note, kind, target) for kind, target in links_in(text)),
    )
    change_log.record(db, "note", [note])


def sealed_texts(library: Library) -> dict[int, str]:
    """The texts of sealed notes while they are unlocked, by id; nothing while they are locked."""
    return encrypted_texts(library.db) if library.vault.unlocked else {}


def encrypted_texts(db: Connection) -> dict[int, str]:
    """The same on a connection. Raises NotesLocked."""
    rows = db.execute(f"SELECT id, revision FROM notes WHERE deleted IS NULL AND text GLOB '{SEALED}*'").fetchall()
    kept = db.vault.texts
    for number, revision in rows:
        if kept.get(number, (0, ""))[0] != revision:
            kept[number] = (revision, text_of(db, number))
    return {number: kept[number][1] for number, _ in rows if number in kept}


def text_of(db: Connection, note: int) -> str:
    """A note's text. Raises NotFound, NotesLocked."""
    return db.vault.open(_row(db, note)["text"], note_place(note))


def _write_sealed(db: Connection, note: int, text: str, quote: Anchor | None) -> None:
    words = quote_json(quote)
    db.execute(
        "UPDATE notes SET text = ?, quote = ? WHERE id = ?",
        (
            db.vault.seal(text, note_place(note)),
            db.vault.seal(words, note_place(note, "quote")) if words else None,
            note,
        ),
    )
