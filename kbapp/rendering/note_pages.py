"""Pages of notes: one note with its versions, what changed between two, all notes, a board."""

from __future__ import annotations

from collections.abc import Iterable

from kbapp.domain import Note, Subject
from kbapp.errors import Code, NotFound
from kbapp.library import subjects
from kbapp.library.database import Library
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.listing import first_words
from kbapp.rendering.addresses import Address, Page
from kbapp.rendering.templates import template
from kbapp.rendering.text_diff import differences

NOW = "now"


def note_page(library: Library, address: Address) -> Page:
    """A note, and its former versions with what became of each."""
    note = notes.get(library, address.number)
    saved = [] if note.locked else [time for time, _ in note_versions.versions(library, note.id)][:100]
    html = template("note.html").render(
        note=note, about=about(library, note.about), versions=saved, newer=[NOW, *saved]
    )
    return Page(address, _title(note), html, note.about)


def difference_page(library: Library, address: Address) -> Page:
    """Two versions of a note word by word; the reference is the note's number and the times of both, "now" for the text
    as it stands. Raises NotFound."""
    number, _, times = address.ref.partition(",")
    older, _, newer = times.partition(",")
    note = notes.get(library, number)
    texts = dict(note_versions.versions(library, note.id)) | {NOW: note.text}
    if older not in texts or newer not in texts:
        raise NotFound(Code.NOTE_VERSION_GONE)
    parts = differences(*(texts[time].split("\n") for time in (older, newer)))
    html = template("notediff.html").render(
        note=note, title=_title(note), older=older, newer=newer, parts=parts, saved=[*list(texts)[:-1]][:100]
    )
    return Page(address, f"Versions of {_title(note)}", html, note.about)


def notes_page(library: Library, address: Address) -> Page:
    """All boards and the notes changed last."""
    found = notes.listed(library, limit=100)
    places = _places(library, (note.about for note in found))
    html = template("notes.html").render(
        notes=[(note, places.get(note.about)) for note in found], boards=boards.listed(library)
    )
    return Page(address, "Notes", html, Subject("library"))


def board_page(library: Library, address: Address) -> Page:
    """A board read as one document, in the order made by hand."""
    board = boards.get(library, address.number)
    places = _places(library, (card.note.about for card in board.cards if card.note))
    cards = [(card, places.get(card.note.about) if card.note else None) for card in board.cards]
    return Page(address, board.title, template("board.html").render(board=board, cards=cards), Subject("library"))


def about(library: Library, subject: Subject) -> tuple[str, str] | None:
    """The title of what a note is about and its address."""
    return _places(library, [subject]).get(subject)


def _places(library: Library, about_these: Iterable[Subject]) -> dict[Subject, tuple[str, str]]:
    titles = subjects.titles(library, about_these)
    return {subject: (title, f"kb:{subject.kind}/{subject.id}") for subject, title in titles.items()}


def _title(note: Note) -> str:
    return first_words(note.text)[:60] or "Note"
