"""Pictures in notes: kept in the library's database with the note, sealed when notes are protected.

A note shows one as ``![words](kb:image/12)``. They are private like the note itself and go where it goes.
"""

from __future__ import annotations

import re

from kbapp.errors import Code, NotFound, UserError
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked, is_protected
from kbapp.text.media_types import image_media_type

_SHOWN = re.compile(r"!\[[^\]]*\]\(kb:image/(\d{1,18})\)")
LARGEST = 20 << 20  # bytes


def add(db: Connection, note: int, data: bytes) -> int:
    """Keeps a picture for a note and returns its number. Raises UserError for what is no picture or too large a one."""
    media_type = image_media_type(data)
    if media_type is None:
        raise UserError(Code.PICTURE_FORMAT)
    if len(data) > LARGEST:
        raise UserError(Code.PICTURE_TOO_LARGE, megabytes=len(data) >> 20, limit=LARGEST >> 20)
    if not db.execute("SELECT 1 FROM notes WHERE id = ?", (note,)).fetchone():
        raise NotFound(Code.NO_SUCH_NOTE, ref=note)
    protected = is_protected(db)
    if protected and not db.vault.unlocked:
        raise NotesLocked
    number = db.execute(
        "INSERT INTO attachments (note, media_type, data, sealed) VALUES (?, ?, ?, ?)",
        (note, media_type, b"" if protected else data, protected),
    ).lastrowid
    assert number is not None
    if protected:
        db.execute("UPDATE attachments SET data = ? WHERE id = ?", (db.vault.seal_bytes(data, _place(number)), number))
    return number


def get(library: Library, number: int) -> tuple[str, bytes]:
    """(media type, bytes) of a picture. Raises NotFound, and NotesLocked while the notes are locked."""
    row = library.db.execute("SELECT media_type, data, sealed FROM attachments WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(Code.NO_SUCH_PICTURE, ref=number)
    data = library.vault.open_bytes(row["data"], _place(number)) if row["sealed"] else bytes(row["data"])
    return row["media_type"], data


def _place(number: int) -> str:
    return f"attachment {number}"


def pictures_in(text: str) -> list[int]:
    """The numbers of the pictures that a note's text shows, each once."""
    return list(dict.fromkeys(int(number) for number in _SHOWN.findall(text)))
