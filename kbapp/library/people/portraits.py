"""Portraits: the pictures that the user puts on people's pages."""

from __future__ import annotations

from kbapp.errors import Code, UserError
from kbapp.library import change_log
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.text.media_types import image_media_type

_LARGEST = 20 << 20  # bytes of a picture


def portrait(library: Library, person: int) -> str | None:
    """Under which name the library keeps a person's portrait."""
    row = library.db.execute("SELECT original FROM portraits WHERE person = ?", (person,)).fetchone()
    return str(row[0]) if row else None


def set_portrait(db: Connection, person: int, original: str | None) -> None:
    """Puts a kept picture on a person's page, or takes it off."""
    if original is None:
        db.execute("DELETE FROM portraits WHERE person = ?", (person,))
    else:
        db.execute("INSERT OR REPLACE INTO portraits VALUES (?, ?)", (person, original))
    change_log.record(db, "person", [person])


def keep_portrait(library: Library, data: bytes) -> str:
    """Keeps a picture file among the originals and returns its name. Raises UserError for what is no picture."""
    media_type = image_media_type(data)
    if media_type is None or len(data) > _LARGEST:
        raise UserError(Code.PORTRAIT_FORMAT)
    return library.keep_original(data, f"x.{media_type[6:]}")
