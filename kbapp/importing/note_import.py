"""A folder of notes in Markdown, as the export writes it and Obsidian or any editor changes it, back into the library.

A note that is known is updated, not doubled. Where the library's note and the file were both changed, the file's text
becomes a second note about the same thing that says so, and both stand side by side.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kbapp.domain import Anchor, Note, Subject
from kbapp.errors import Code, NotFound, UserError
from kbapp.importing import note_images
from kbapp.importing.page_addresses import PageAddresses
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import anchor_for
from kbapp.library.people import repository as people
from kbapp.reading.encoding import decode
from kbapp.reading.plaintext.front_matter import front_matter

_LARGEST = 20 << 20
Status = Literal["added", "updated", "unchanged", "conflict", "failed"]


@dataclass(frozen=True, slots=True)
class NoteOutcome:
    """What became of one file; ``note`` is the note that holds its text, ``error`` a plain sentence."""

    path: str
    status: Status
    note: int | None = None
    error: UserError | None = None


def import_notes(library: Library, folder: Path, only: Container[Path] | None = None) -> Iterator[NoteOutcome]:
    """Reads every Markdown file below a folder, or ``only`` some; each is safe when its outcome is given. Raises NotesLocked.

    Of an export the notes are read; articles, people and the other pages are left alone.
    """
    folder = folder.expanduser()
    addresses = PageAddresses(library, folder)
    files = sorted(
        path
        for path in folder.rglob("*.md")
        if not any(part.startswith(".") or part == "originals" for part in path.relative_to(folder).parts[:-1])
    )
    if not files:
        raise UserError(Code.NO_MARKDOWN_FILES, folder=folder)
    for path in files:
        try:
            if only is not None and path not in only:
                continue
            front, text = _read(path)
            if "kbapp" not in front and "kbapp_id" not in front:
                text = addresses.to_library(path, note_images.known(library, path, folder, text))
                yield _take(library, path, front, text, folder)
        except NotesLocked:
            raise
        except UserError as error:
            yield NoteOutcome(str(path), "failed", error=error)


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(Code.NOTE_FILE_TOO_LARGE, file=path, megabytes=_LARGEST >> 20)
        front, text = front_matter(decode(path.read_bytes()))
    except OSError as error:
        raise UserError(Code.FILE_NOT_READ, file=path, reason=error.strerror) from error
    return front, text.strip("\n")


def _take(library: Library, path: Path, front: dict[str, Any], text: str, folder: Path) -> NoteOutcome:
    known = _known(library, front)
    if known is None:
        about = _subject(library, front)
        if (same := _same_text(library, about, text)) is not None:
            return NoteOutcome(str(path), "unchanged", same)
        quote, colour = _anchor(library, about, front.get("quote")), front.get("colour")
        with library.transaction() as db:
            number = notes.add(db, text, about, quote, str(colour) if colour else None)
            note_images.keep(db, number, path, folder, text)
        return NoteOutcome(str(path), "added", number)
    if known.text.strip("\n") == text:
        return NoteOutcome(str(path), "unchanged", known.id)
    if str(front.get("modified", known.modified)) == known.modified:
        with library.transaction() as db:
            notes.edit(db, known.id, text)
            note_images.keep(db, known.id, path, folder, text)
        return NoteOutcome(str(path), "updated", known.id)
    if any(former.strip("\n") == text for _, former in note_versions.versions(library, known.id)):
        return NoteOutcome(str(path), "unchanged", known.id)  # the library went on, the file did not
    marked = f"{text}\n\n#conflict with [this note](kb:note/{known.id}), from {path.name}"
    if (same := _same_text(library, known.about, marked)) is not None:
        return NoteOutcome(str(path), "unchanged", same)
    with library.transaction() as db:
        number = notes.add(db, marked, known.about, known.quote, known.colour)
        note_images.keep(db, number, path, folder, marked)
    return NoteOutcome(str(path), "conflict", number)


def _known(library: Library, front: dict[str, Any]) -> Note | None:
    """The note that a file says it is; a number that another library gave means nothing here."""
    number = front.get("kbapp_note")
    if not isinstance(number, int):
        return None
    try:
        note = notes.get(library, number)
    except NotFound:
        return None
    if note.locked:
        raise NotesLocked
    return note if str(front.get("created", note.created)) == note.created else None


def _subject(library: Library, front: dict[str, Any]) -> Subject:
    """What a new note is about: the thing that its title names, else the library as a whole."""
    kind, title = front.get("about"), str(front.get("about_title") or "")
    try:
        if kind == "article" and title:
            return Subject("article", articles.get(library, title).id)
        if kind in ("person", "author") and title:
            return Subject(kind, people.find(library, title))
    except UserError:
        pass
    return Subject("library")


def _anchor(library: Library, about: Subject, quote: Any) -> Anchor | None:
    if about.kind != "article" or about.id is None or not isinstance(quote, str):
        return None
    return anchor_for(articles.get(library, about.id).article.text, quote)


def _same_text(library: Library, about: Subject, text: str) -> int | None:
    return next((note.id for note in notes.about(library, about) if note.text.strip("\n") == text.strip("\n")), None)
