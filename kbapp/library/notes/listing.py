"""All notes as a list: their order with headings between, and the few words that a card shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from kbapp.domain import Subject
from kbapp.library import subjects
from kbapp.library.database import Library
from kbapp.library.notes import repository as notes
from kbapp.library.notes.rows import tags_in

NoteOrder = Literal["date", "subject", "colour", "tag"]
_TITLE = """CASE n.about_kind WHEN 'article' THEN (SELECT title FROM articles a WHERE a.id = n.about_id)
    WHEN 'library' THEN NULL ELSE (SELECT name FROM people p WHERE p.id = n.about_id) END"""
_GROUPS: dict[NoteOrder, str] = {
    "date": "substr(n.modified, 1, 7)",
    "subject": _TITLE,
    "colour": "n.colour",
    "tag": "(SELECT min(tag) FROM note_tags t WHERE t.note = n.id)",
}


@dataclass(frozen=True, slots=True)
class NoteCard:
    """What a list shows of a note: its first words (or the passage's), its subject, and where it leads."""

    id: int
    title: str
    subject: str
    about: Subject
    colour: str | None
    has_quote: bool
    modified: str
    tags: tuple[str, ...]


def grouped(library: Library, order: NoteOrder = "date") -> list[tuple[str | None, list[int]]]:
    """The ids of all notes in groups: (month as 2026-11, title of the subject, colour or tag; the ids)."""
    sort = "" if order == "date" else "named IS NULL, named COLLATE NOCASE, "
    rows = library.db.execute(
        f"SELECT id, named FROM (SELECT n.id, n.modified, {_GROUPS[order]} AS named FROM notes n WHERE n.deleted IS NULL) "
        f"ORDER BY {sort}modified DESC, id DESC"
    ).fetchall()
    if order == "tag" and (texts := notes.sealed_texts(library)):
        tags = {note: min(tags_in(text), default=None) for note, text in texts.items()}
        rows = sorted(((row[0], tags.get(row[0])) for row in rows), key=lambda row: (row[1] is None, row[1] or ""))
    return [(name, [row[0] for row in found]) for name, found in groupby(rows, key=lambda row: row[1])]


def cards(library: Library, ids: list[int]) -> list[NoteCard]:
    """The cards of some notes, in the order of ``ids``."""
    gathered = notes.gathered(library, ids)
    titles = subjects.titles(library, (note.about for note in gathered.values()))
    found = []
    for note in (gathered[number] for number in ids if number in gathered):
        words = first_words(note.text) or (f"“{note.quote.exact}”" if note.quote else "")
        title = "A locked note" if note.locked else " ".join(words.split())[:200] or "An empty note"
        about = titles.get(note.about, "")
        found.append(
            NoteCard(note.id, title, about, note.about, note.colour, note.quote is not None, note.modified, note.tags)
        )
    return found


def first_words(text: str) -> str:
    """The first line that says something, without the marks of Markdown."""
    for line in text[:2000].splitlines():
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
        plain = re.sub(r"^[\s#>*+-]+(?:\[[ xX]\]\s)?|[*_`~]{1,3}", "", plain).strip()
        if plain:
            return plain
    return ""
