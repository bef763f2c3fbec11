"""Tags in the texts of notes: which notes carry one, and putting another in its place."""

from __future__ import annotations

import re

from kbapp.library.connections import Connection
from kbapp.library.notes import repository as notes
from kbapp.library.notes.rows import tags_in


def notes_with(db: Connection, tag: str) -> list[int]:
    """The notes whose text carries the tag; of encrypted notes those that can be read now."""
    found = [row[0] for row in db.execute("SELECT note FROM note_tags WHERE tag = ?", (tag,))]
    if db.vault.unlocked:
        wanted = tag.casefold()
        for note, text in notes.encrypted_texts(db).items():
            if any(each.casefold() == wanted for each in tags_in(text)):
                found.append(note)
    return sorted(set(found))


def replace(db: Connection, note: int, tag: str, into: str | None) -> None:
    """Puts another tag in the place of one in a note's text; None leaves the word and takes its mark away."""
    word = "#" + re.sub(r"[^\w/-]+", "-", into) if into is not None else tag
    pattern = re.compile(rf"(?<![\w&/#])#{re.escape(tag)}(?![\w/-])", re.I)
    notes.edit(db, note, pattern.sub(lambda _: word, notes.text_of(db, note)))
