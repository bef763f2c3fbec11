"""The former texts of a note: one a minute while it is written, thinned as they grow old."""

from __future__ import annotations

from kbapp.library.connections import Connection
from kbapp.library.database import Library, now
from kbapp.library.encryption import note_place

EVERY = 60  # seconds: typing makes one version a minute, not one a keystroke


def versions(library: Library, note: int) -> list[tuple[str, str]]:
    """Former texts: (time saved, text), the latest first. Raises NotesLocked."""
    rows = library.db.execute("SELECT saved, text FROM note_versions WHERE note = ? ORDER BY saved DESC", (note,))
    return [(row[0], library.vault.open(row[1], note_place(note))) for row in rows]


def keep(db: Connection, note: int, text: str, *, always: bool = False) -> None:
    """Keeps a text about to be replaced, as it is stored: at most one a minute of steady typing, unless ``always``."""
    last = db.execute("SELECT max(saved) FROM note_versions WHERE note = ?", (note,)).fetchone()[0]
    recent = db.execute("SELECT (julianday(?) - julianday(?)) * 86400", (now(), last)).fetchone()[0] if last else None
    if always or recent is None or recent >= EVERY:
        db.execute("INSERT OR REPLACE INTO note_versions VALUES (?, ?, ?)", (note, now(), text))
        thin(db, note)


def thin(db: Connection, note: int) -> None:
    """Of versions older than a day the last of each hour stays, of those older than a month the last of each day."""
    for age, letters in (("-1 day", 13), ("-30 days", 10)):
        db.execute(
            "DELETE FROM note_versions WHERE note = ?1 AND datetime(saved) < datetime('now', ?2) AND EXISTS (SELECT 1 FROM "
            "note_versions later WHERE later.note = ?1 AND later.saved > note_versions.saved "
            "AND substr(later.saved, 1, ?3) = substr(note_versions.saved, 1, ?3))",
            (note, age, letters),
        )
