"""Notes: saved, highlighted, with pictures, attached again, brought back, listed."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.domain import Anchor, Subject
from kbapp.errors import LibraryUnavailable, UserError
from kbapp.i18n import message, plain_date
from kbapp.library.articles import repository as articles
from kbapp.library.encryption import is_protected
from kbapp.library.notes import attachments
from kbapp.library.notes import listing as note_list
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import find_anchor, make_anchor
from kbapp.library.notes.listing import NoteOrder
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet
from kbapp.ui.core.rows import Group, Listing, Row, row_of_note
from kbapp.ui.core.undo import UndoController
from kbapp.ui.notes.drafts import ImageSource, NoteDraft, NoteImage, Passage, SavedNote, UnsavedNote

_KEPT_PICTURE = re.compile(r"kb:picture/([0-9a-f]{64}\.(?:png|jpeg|gif|webp))")
_NOTE_PICTURE = re.compile(r"kb:image/(\d{1,18})")
_FIRST_ROWS = 60  # rows that come with the list of all notes


class NotesController(Controller):
    """What the window does with notes. ``origin`` names its own changes in ``ChangeSet``: the panel shows them already.

    ``saved`` and ``not_saved`` answer ``save``, ``image_stored`` ``add_image``; ``list_ready`` and ``rows_ready`` carry the
    list of all notes.
    """

    saved = Signal(SavedNote)
    not_saved = Signal(UnsavedNote)
    image_stored = Signal(NoteImage)
    highlighted = Signal(int)
    list_ready = Signal(Listing)
    rows_ready = Signal(list)

    def __init__(self, context: AppContext, undo: UndoController, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library, self._undo = context.library, undo
        self.order: NoteOrder = "date"
        self.origin = f"notes {id(self):x}"
        self._listing = self.lane("notes", latest=True)
        self._loading = self.lane("note rows")
        self._images = self.lane("note images")
        self._rescued: dict[int, Path] = {}  # copies of drafts that could not be written

    # --- writing ------------------------------------------------------------------------------------------------------
    def save(self, draft: NoteDraft) -> None:
        """Writes a note at once; when it cannot be written the text stays in the window, which says so."""
        if (draft.note or draft.text.strip()) and (saved := self._write(draft)) is not None:
            self.context.events.changed.emit(ChangeSet.of_notes(saved.note, origin=self.origin))

    def _write(self, draft: NoteDraft) -> SavedNote | None:
        try:
            with self.library.transaction() as db:
                if draft.note:
                    number, revision = draft.note, notes.edit(db, draft.note, draft.text, draft.revision)
                elif draft.subject is not None:
                    number, revision = notes.add(db, draft.text, draft.subject), 1
                else:
                    return None
        except UserError as error:
            why = message(error)
            if isinstance(error, LibraryUnavailable):
                why = self._keep_elsewhere(draft, why)
            self.not_saved.emit(UnsavedNote(draft.id, why))
            self.message.emit(why)
            return None
        if (copy := self._rescued.pop(draft.id, None)) is not None:
            with contextlib.suppress(OSError):
                copy.unlink()
        saved = SavedNote(draft.id, number, draft.text, revision)
        self.saved.emit(saved)
        return saved

    def _keep_elsewhere(self, draft: NoteDraft, why: str) -> str:
        """Puts a copy of a note that could not be written beside the library or into the temporary folder, and says where;
        of protected notes no copy is made, as it would lie there in the clear."""
        if is_protected(self.library.db):
            return why
        for folder in (self.library.folder.parent, Path(tempfile.gettempdir())):
            file = folder / f"kbapp-unsaved-note-{draft.note or 'new'}.md"
            try:
                file.touch(mode=0o600)  # nobody else's to read
                file.chmod(0o600)
                file.write_text(draft.text, "utf-8")
            except OSError:
                continue
            self._rescued[draft.id] = file
            return self.tr("{0} A copy of it was put into {1}.").format(why, file)
        return why

    def add_image(self, draft: NoteDraft, source: ImageSource) -> None:
        """Keeps a pasted or dropped picture with the note, which is begun now if it was not; the answer comes as
        ``image_stored``."""
        saved = None if draft.note else self._write(draft)
        note = draft.note or (saved.note if saved is not None else 0)
        if not note:
            return

        def store() -> NoteImage:
            data = source.read()
            with self.library.transaction() as db:
                return NoteImage(draft.id, attachments.add(db, note, data))

        def tell(image: NoteImage) -> None:
            self.image_stored.emit(image)
            self.context.events.changed.emit(ChangeSet.of_notes(note))

        self._images.submit(store, tell)

    def picture(self, address: str) -> bytes:
        """The bytes of a picture of an article or a note, by its address; none for anything else or while locked."""
        try:
            if match := _KEPT_PICTURE.fullmatch(address):
                return self.library.original(match[1]).read_bytes()
            if match := _NOTE_PICTURE.fullmatch(address):
                return attachments.get(self.library, int(match[1]))[1]
        except (OSError, UserError):
            return b""
        return b""

    # --- passages -----------------------------------------------------------------------------------------------------
    def highlight(self, passage: Passage, colour: str = "yellow") -> None:
        """Puts a highlight (a note without text) on the selected words; it can be undone."""
        if (anchor := self._anchor(passage)) is None:
            return
        self._undo.highlight(passage.article, anchor, colour, self.highlighted.emit)

    def lost(self, article: int) -> list[tuple[int, str]]:
        """Notes on an article whose passage is no longer in it: their ids and first words."""
        text = articles.get(self.library, article).article.text
        about = notes.about(self.library, Subject("article", article))
        gone = [note.id for note in about if note.quote is not None and find_anchor(text, note.quote) is None]
        return [(card.id, card.title[:40]) for card in note_list.cards(self.library, gone)]

    def attach(self, note: int, passage: Passage) -> None:
        """Puts a note whose passage was lost on the selected words."""
        if (anchor := self._anchor(passage)) is not None:
            self._undo.attach_note(note, anchor)

    def _anchor(self, passage: Passage) -> Anchor | None:
        """Where selected words are in the article's text; says so when they are not in it."""
        if not passage.words:
            return None
        text = articles.get(self.library, passage.article).article.text
        start = _occurrence(text, passage.words, passage.occurrence)
        if start is None:
            self.message.emit(self.tr("Select words of the article’s text; the title and notes cannot be highlighted."))
            return None
        return make_anchor(text, start, start + len(passage.words))

    def bring_back(self, note: int, saved: str) -> None:
        """Makes a former version the note's text again; the present one is kept as a version, and undo brings it back."""
        try:
            former = dict(note_versions.versions(self.library, note)).get(saved)
        except UserError as error:
            self.failed.emit(error)
            return
        if former is None:
            self.message.emit(self.tr("This version of the note is no longer kept."))
        else:
            self._undo.edit_note(note, former)

    # --- the list of all notes ----------------------------------------------------------------------------------------
    def list_all(self) -> None:
        """Lists all notes in groups; the answer comes as ``list_ready``."""
        order = self.order

        def look() -> Listing:
            groups = [
                Group(self._heading(order, name), tuple(ids)) for name, ids in note_list.grouped(self.library, order)
            ]
            found = Listing("note", tuple(groups))
            count = f"{found.count:,}"
            rows = self._rows(found.first(_FIRST_ROWS))
            return Listing("note", tuple(groups), tuple(rows), self.tr("Notes"), count, ("notes", ""))

        self._listing.submit(look, self.list_ready.emit)

    def stop(self) -> None:
        """Drops a list that is under way: something else is shown in its place."""
        self._listing.cancel()

    def set_order(self, order: NoteOrder) -> None:
        self.order = order
        self.list_all()

    def load_rows(self, ids: list[int]) -> None:
        """Loads notes that come into view in the list; the answer comes as ``rows_ready``."""
        self._loading.submit(lambda: self._rows(ids), self.rows_ready.emit)

    def _heading(self, order: NoteOrder, name: str | None) -> str:
        if order == "date":
            return plain_date(name or "")
        none = {"subject": self.tr("The library"), "colour": self.tr("No colour"), "tag": self.tr("Without a tag")}
        colours = {colour: self.tr(colour.capitalize()) for colour in ("yellow", "green", "blue", "pink", "purple")}
        return colours.get(name or "", name or none.get(order, ""))

    def _rows(self, ids: list[int]) -> list[Row]:
        return [row_of_note(card) for card in note_list.cards(self.library, ids)]

    def open_note(self, number: int) -> None:
        """Opens a note where it belongs: at its passage, on the page that it is about, or by itself."""
        try:
            note = notes.get(self.library, number)
        except UserError as error:
            self.failed.emit(error)
            return
        if note.about.id is None:
            self.page_requested.emit(Address("note", str(number)))
        else:
            place = f"n{number}" if note.quote is not None else ""
            self.page_requested.emit(Address(note.about.kind, str(note.about.id), place))


def _occurrence(text: str, words: str, number: int) -> int | None:
    """Where the words stand for the ``number``-th time (or the last time before that), or None."""
    at = last = text.find(words)
    while number > 0 and at >= 0:
        at = text.find(words, at + 1)
        if at >= 0:
            last = at
        number -= 1
    return last if last >= 0 else None
