"""Notes from the window: saving, highlighting, pictures, re-attaching, former versions, the list of all, boards."""

from __future__ import annotations

import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, QTimer

from kbapp.domain import Subject
from kbapp.errors import LibraryUnavailable, UserError
from kbapp.i18n import joined, plain_date
from kbapp.library.articles import repository as articles
from kbapp.library.notes import attachments, boards
from kbapp.library.notes import listing as note_list
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import find_anchor, make_anchor
from kbapp.rendering.addresses import Address
from kbapp.ui.articles.article_list_model import Row
from kbapp.ui.core.tasks import Background
from kbapp.ui.notes.spell_checker import Speller

if TYPE_CHECKING:
    from kbapp.library.notes.listing import NoteOrder
    from kbapp.ui.desk import Desk
    from kbapp.ui.notes.note_card import NoteCard
    from kbapp.ui.pages.page_view import PageView

_KEPT_PICTURE = re.compile(r"kb:picture/([0-9a-f]{64}\.(?:png|jpeg|gif|webp))")
_NOTE_PICTURE = re.compile(r"kb:image/(\d{1,18})")


class Noting(QObject):
    """What a desk does with notes. ``order`` is how the list of all notes is sorted and grouped."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk, self.library = desk, desk.library
        self.order: NoteOrder = "date"
        self._followed: WeakSet[PageView] = WeakSet()
        self._aligning = QTimer(self)
        self._aligning.setSingleShot(True)
        self._aligning.setInterval(30)
        self._aligning.timeout.connect(self.align)
        self._listing = Background("notes", self, latest=True)
        self._pictures = Background("note-pictures", self)
        for lane in (self._listing, self._pictures):
            lane.failed.connect(desk.message)
        desk.panel.save.connect(self.save)
        desk.panel.delete.connect(desk.changes.delete_note)
        desk.panel.place.connect(lambda note: desk.tabs.view.scroll_to(f"n{note}"))
        desk.panel.wants_picture.connect(self.add_picture)
        if (speller := Speller.of(desk.services)).works:
            desk.panel.spell_with(speller)

    def close(self) -> None:
        for lane in (self._listing, self._pictures):
            lane.close()

    def end_spelling(self) -> None:
        """Ends the checker that the windows share."""
        Speller.end(self.desk.services)

    def align_soon(self) -> None:
        """Aligns the notes once their sizes are known."""
        self._aligning.start()

    def align(self) -> None:
        """Puts the notes beside an article at the height of their passages."""
        view = self.desk.tabs.view
        if view not in self._followed:
            self._followed.add(view)
            view.verticalScrollBar().valueChanged.connect(partial(self._scrolled, view))
            view.resized.connect(self._aligning.start)
        if view.page is None or view.page.address.kind != "article":
            return  # the passages stand on another page
        ids = self.desk.panel.passage_notes()
        heights = {int(name[1:]): at for name, at in view.heights({f"n{number}" for number in ids}).items()}
        if not self.desk.panel.align(heights, round(view.document().size().height()) if ids else 0):
            self._aligning.start()
        self.desk.panel.follow(view.verticalScrollBar().value())

    def _scrolled(self, view: PageView, value: int) -> None:
        if view is self.desk.tabs.view:
            self.desk.panel.follow(value)

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

    def has_notes(self, subject: Subject) -> bool:
        return bool(notes.about(self.library, subject))

    def save(self, card: NoteCard) -> None:
        """Writes a note at once; when it cannot be written the text stays in the window and is said so."""
        text = card.editor.toPlainText()
        if not card.note_id and not text.strip():
            return
        if self._write(card, text):
            self.desk.poke()
            self.desk.count()

    def _write(self, card: NoteCard, text: str) -> bool:
        subject = self.desk.panel.subject
        try:
            with self.library.transaction() as db:
                if card.note_id:
                    revision = notes.edit(db, card.note_id, text, card.revision)
                    number = card.note_id
                elif subject is not None:
                    number, revision = notes.add(db, text, subject), 1
                else:
                    return False
        except UserError as error:
            if isinstance(error, LibraryUnavailable):
                self._keep_elsewhere(card, text, str(error))
            else:
                card.was_not_saved(str(error))
                self.desk.message.emit(str(error))
            return False
        card.was_saved(number, text, revision)
        return True

    def _keep_elsewhere(self, card: NoteCard, text: str, why: str) -> None:
        """A note that could not be written stays in the window, and a copy of it is put beside the library or in the
        temporary folder; of protected notes no copy is made, as it would lie there in the clear."""
        words = why
        if not self.desk.lock.protected:
            for folder in (self.library.folder.parent, Path(tempfile.gettempdir())):
                file = folder / f"kbapp-unsaved-note-{card.note_id or 'new'}.md"
                try:
                    file.write_text(text, "utf-8")
                except OSError:
                    continue
                words = self.tr("{0} A copy of it was put into {1}.").format(why, file)
                break
        card.was_not_saved(words)
        self.desk.message.emit(words)

    def add_picture(self, card: NoteCard, make: Any) -> None:
        """Keeps a pasted or dropped picture with the note (begun now if it was not) and shows it at the cursor; ``make``
        gives its bytes and is called off the window's thread."""
        if not card.note_id and not self._write(card, card.editor.toPlainText()):
            return
        note = card.note_id

        def keep() -> int:
            data = make()
            with self.library.transaction() as db:
                return attachments.add(db, note, data)

        def show(number: int) -> None:
            card.editor.insertPlainText(f"![{self.tr('picture')}](kb:image/{number})\n")
            card.save()
            self.desk.reader.reload()

        self._pictures.ask(keep, show)

    def highlight(self, words: str, occurrence: int, colour: str = "yellow") -> int | None:
        """Puts a highlight (a note without text) on the selected words of the article in front; returns the note."""
        place = self._passage(words, occurrence)
        if place is None:
            return None
        article, text, start = place
        with self.library.transaction() as db:
            note = notes.add(db, "", Subject("article", article), make_anchor(text, start, start + len(words)), colour)
        self.desk.reader.reload()
        self.desk.poke()
        return note

    def lost(self) -> list[tuple[int, str]]:
        """Notes on the article in front whose passage is no longer in it: (id, the first words)."""
        page = self.desk.tabs.view.page
        if page is None or page.address.kind != "article":
            return []
        text = articles.get(self.library, page.address.number).article.text
        about = notes.about(self.library, Subject("article", page.address.number))
        gone = [note.id for note in about if note.quote is not None and find_anchor(text, note.quote) is None]
        return [(card.id, card.title[:40]) for card in note_list.cards(self.library, gone)]

    def attach(self, note: int, words: str, occurrence: int) -> None:
        """Puts a note whose passage was lost on the selected words."""
        place = self._passage(words, occurrence)
        quote = notes.get(self.library, note).quote
        if place is None or quote is None:
            return
        _, text, start = place
        new = make_anchor(text, start, start + len(words))
        title = self.tr("Attach a note")
        self.desk.changes.push(title, partial(self._attach, note, new), partial(self._attach, note, quote))

    def _attach(self, note: int, quote: Any) -> None:
        with self.library.transaction() as db:
            notes.attach(db, note, quote)

    def _passage(self, words: str, occurrence: int) -> tuple[int, str, int] | None:
        """(article, its text, where the words begin) of the selection; says so when it is not in the text."""
        page = self.desk.tabs.view.page
        if page is None or page.address.kind != "article" or not words:
            return None
        text = articles.get(self.library, page.address.number).article.text
        start = _occurrence(text, words, occurrence)
        if start is None:
            self.desk.message.emit(
                self.tr("Select words of the article’s text; the title and notes cannot be highlighted.")
            )
            return None
        return page.address.number, text, start

    def bring_back(self, note: int, saved: str) -> None:
        """Makes a former version the note's text again; the present one is kept as a version, and undo brings it back."""
        former = dict(note_versions.versions(self.library, note)).get(saved)
        present = notes.get(self.library, note).text
        if former is None:
            self.desk.message.emit(self.tr("This version of the note is no longer kept."))
            return

        def write(text: str) -> None:
            with self.library.transaction() as db:
                note_versions.keep(db, note, db.execute("SELECT text FROM notes WHERE id = ?", (note,)).fetchone()[0])
                notes.edit(db, note, text)

        title = self.tr("Bring back a note’s text")
        self.desk.changes.push(title, partial(write, former), partial(write, present))

    # --- the list of all notes --------------------------------------------------------------------------------------
    def list_all(self) -> None:
        """Shows all notes in the list, in groups."""
        order = self.order
        self._listing.ask(lambda: note_list.grouped(self.library, order), lambda found: self._show(order, found))

    def _show(self, order: NoteOrder, groups: list[tuple[str | None, list[int]]]) -> None:
        none = {"subject": self.tr("The library"), "colour": self.tr("No colour"), "tag": self.tr("Without a tag")}
        names = {name: self.tr(name.capitalize()) for name in ("yellow", "green", "blue", "pink", "purple")}
        titles = [
            plain_date(name or "") if order == "date" else names.get(name or "", name or none.get(order, ""))
            for name, _ in groups
        ]
        self.desk.rows.rows.show_groups(
            [(title, ids) for title, (_, ids) in zip(titles, groups, strict=True)], self._rows
        )
        total = sum(len(ids) for _, ids in groups)
        count = self.tr("1 note") if total == 1 else self.tr("{0} notes").format(f"{total:,}")
        self.desk.listed.emit(self.tr("Notes"), count)

    def _rows(self, ids: list[int]) -> list[Row]:
        found = []
        for card in note_list.cards(self.library, ids):
            parts = (card.subject, plain_date(card.modified), " ".join(f"#{tag}" for tag in card.tags[:4]))
            found.append(Row("note", card.id, card.title, joined(parts), colour=card.colour or ""))
        return found

    def open_note(self, number: int) -> None:
        """Opens a note where it belongs: at its passage, on the page that it is about, or by itself."""
        note = notes.get(self.library, number)
        if note.about.id is None:
            self.desk.open(Address("note", str(number)))
        else:
            place = f"n{number}" if note.quote is not None else ""
            self.desk.open(Address(note.about.kind, str(note.about.id), place))

    # --- boards -----------------------------------------------------------------------------------------------------
    def new_board(self, title: str, first: int | None = None) -> None:
        """Begins a board, with a first note if one is given, and shows it."""
        try:
            with self.library.transaction() as db:
                board = boards.create(db, title)
                if first is not None:
                    boards.add_note(db, board, first)
        except UserError as error:
            self.desk.message.emit(str(error))
            return
        self.desk.open(Address("board", str(board)))

    def put_on_board(self, board: int, note: int) -> None:
        before = [(card.note.id if card.note else None, card.heading) for card in boards.get(self.library, board).cards]

        def put() -> None:
            with self.library.transaction() as db:
                boards.add_note(db, board, note)

        def take() -> None:
            with self.library.transaction() as db:
                boards.arrange(db, board, before)

        self.desk.changes.push(self.tr("Put a note on a board"), put, take)

    def arrange_board(self, board: int) -> None:
        from kbapp.ui.notes.board_window import BoardWindow

        window = BoardWindow(self.desk, board, self.desk.tabs.window())
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()


def _occurrence(text: str, words: str, number: int) -> int | None:
    """Where the words stand for the ``number``-th time (or the last time before that), or None."""
    at = last = text.find(words)
    while number > 0 and at >= 0:
        at = text.find(words, at + 1)
        if at >= 0:
            last = at
        number -= 1
    return last if last >= 0 else None
