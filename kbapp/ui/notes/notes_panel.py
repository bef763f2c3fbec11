"""The notes beside a page: each is written in place and saves itself; a new one begins with the first letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.i18n import plural
from kbapp.ui.notes.drafts import ImageSource, NoteDraft, NoteImage, SavedNote, UnsavedNote
from kbapp.ui.style.schemes import BAR, LIGHT, SPACE, Scheme
from kbapp.ui.style.theme import icon

if TYPE_CHECKING:  # the first paint waits for none of these
    from kbapp.domain import Note, Subject
    from kbapp.ui.core.page_refs import PageRefs
    from kbapp.ui.notes.note_card import NoteCard
    from kbapp.ui.notes.spell_checker import SpellChecker


MakeCard = Callable[["Note | None", "Subject | None", Scheme, str, QWidget], "NoteCard"]


class NotesPanel(QWidget):
    """All notes about the page's subject.

    ``save_wanted`` carries what is to be saved, ``delete_wanted`` a note's id, ``passage_wanted`` that of a note whose
    passage is to be shown, ``image_wanted`` a draft and a picture for it, ``completion_wanted`` who asks, what was begun
    and its letters; ``wanted`` says that the notes are to be seen, as one is to be written.
    """

    save_wanted = Signal(NoteDraft)
    delete_wanted = Signal(int)
    passage_wanted = Signal(int)
    unlock_wanted = Signal()
    image_wanted = Signal(NoteDraft, ImageSource)
    completion_wanted = Signal(str, str, str)
    wanted = Signal()

    def __init__(self, make_card: MakeCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_card = make_card
        self.subject: Subject | None = None
        self._scheme = LIGHT
        self._speller: SpellChecker | None = None
        self._heights: list[int] = []
        self._begun = 0  # a note that is to be written in as soon as it is shown
        self._shown: list[NoteCard] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE + 4, SPACE + 4, SPACE + 4, 0)
        head = QHBoxLayout()
        self._about = QLabel()
        self._about.setObjectName("quiet")
        self._about.setWordWrap(True)
        head.addWidget(self._about, 1)
        self.new = QToolButton()
        self.new.setToolTip(self.tr("New note (Ctrl+N)"))
        self.new.setAccessibleName(self.tr("New note"))
        self.new.clicked.connect(lambda: self.begin())  # noqa: PLW0108
        head.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.unlock = QPushButton(self.tr("Unlock the notes…"))
        self.unlock.clicked.connect(self.unlock_wanted)
        self.unlock.hide()
        layout.addWidget(self.unlock)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setStyleSheet("QScrollArea, QWidget#cards { background: transparent; }")
        self._holder = QWidget()
        self._holder.setObjectName("cards")
        self._cards = QVBoxLayout(self._holder)
        self._cards.setContentsMargins(0, SPACE // 2, 2, SPACE)
        self._cards.addStretch()
        self._scroll.setWidget(self._holder)
        layout.addWidget(self._scroll)

    def spell_with(self, speller: SpellChecker) -> None:
        """Underlines misspelt words in all notes."""
        self._speller = speller
        for card in self._shown:
            card.editor.spell_with(speller)

    def show_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.new.setIcon(icon("add", scheme.quiet))
        self.new.setIconSize(QSize(18, 18))

    def show_notes(
        self, subject: Subject | None, title: str, notes: Sequence[tuple[Note, int]], *, locked: bool = False
    ) -> None:
        """Shows the notes (each with its revision) about a subject; what was being written about another is saved first.

        A note of the same subject that is being written, or could not be saved, stays as it is, with its cursor.
        """
        self.save_all()
        focused = self._focused()
        revisions = {note.id: revision for note, revision in notes}
        staying = [
            card
            for card in self._shown
            if card.is_unsaved or (card is focused and card.revision == revisions.get(card.note_id))
        ]
        if subject != self.subject or locked:
            staying = []
        for card in self._shown:
            self._cards.removeWidget(card)
            if card not in staying:
                card.deleteLater()
        self._shown = []
        self.subject = subject
        self.unlock.setVisible(locked)
        self.new.setEnabled(not locked)
        if locked:
            count = len(notes)
            self._about.setText(
                self.tr("{0} locked").format(plural(count, "note")) if count else self.tr("Your notes are locked")
            )
            return
        self._about.setText(title)
        written = {card.note_id: card for card in staying if card.note_id}
        unbegun = [card for card in staying if not card.note_id]
        for number, (note, revision) in enumerate(notes):
            if note.id in written:
                self._place(written.pop(note.id), number)
                continue
            card = self._add(note, number)
            card.revision = revision
            if focused is not None and note.id == focused.note_id:
                card.editor.setFocus()
        before_passages = sum(note.quote is None for note, _ in notes)
        for card in [*unbegun, *written.values()]:  # the latter were deleted elsewhere
            self._place(card, before_passages)
        if not unbegun:
            self._add(None, before_passages)
        if self._begun in revisions:
            self.edit(self._begun)
            self._begun = 0

    def align(self, heights: dict[int, int], whole: int) -> bool:
        """Puts each note at the height of its passage (pixels from the page's top), as far as those above leave room;
        ``whole`` is the height of the page. False while the sizes of the notes are not settled."""
        top = self._scroll.mapTo(self, QPoint(0, 0)).y() - BAR  # the page begins that much lower
        for card in self._shown:
            card.show_lost(card.has_passage and card.note_id not in heights)
        below = self._cards.contentsMargins().top()
        for card in self._shown:
            wanted = max(below, heights.get(card.note_id, 0) - top)
            card.set_gap(wanted - below)
            below = wanted + card.own_height() + self._cards.spacing()
        self._holder.setMinimumHeight(whole)
        before, self._heights = self._heights, [card.own_height() for card in self._shown]
        return before == self._heights

    def passage_notes(self) -> list[int]:
        """The notes that have a passage."""
        return [card.note_id for card in self._shown if card.has_passage]

    def follow(self, scrolled: int) -> None:
        """Scrolls with the page."""
        if self._holder.minimumHeight():
            self._scroll.verticalScrollBar().setValue(scrolled)

    def begin(self, text: str = "") -> None:
        """Puts the cursor into the empty note at the end, after a text to begin with."""
        self.wanted.emit()
        card = self._last()
        if card is not None and (card.note_id or card.editor.toPlainText()):
            card = self._add(None, sum(not each.has_passage for each in self._shown))
        if card is not None:
            if text:
                card.editor.begin_with(text)
            card.editor.setFocus()
            self._scroll.ensureWidgetVisible(card)

    def edit_when_shown(self, note: int) -> None:
        """Puts the cursor into a note that was just made, as soon as it is there."""
        self._begun = note
        self.wanted.emit()

    def edit(self, note: int) -> None:
        """Puts the cursor into a note."""
        self.wanted.emit()
        for card in self._shown:
            if card.note_id == note:
                card.editor.setFocus()
                self._scroll.ensureWidgetVisible(card)

    def save_all(self) -> bool:
        """Saves pending edits. Returns True if anything was written."""
        unsaved = [card for card in self._shown if card.is_unsaved]
        for card in unsaved:
            card.save()
        return any(not card.is_unsaved for card in unsaved)

    # --- answers ------------------------------------------------------------------------------------------------------
    def show_saved(self, saved: SavedNote) -> None:
        """Says in its card that a note was saved."""
        if (card := self._card(saved.draft)) is not None:
            card.show_saved(saved)

    def show_not_saved(self, unsaved: UnsavedNote) -> None:
        """Says in its card why a note was not saved."""
        if (card := self._card(unsaved.draft)) is not None:
            card.show_not_saved(unsaved.why)

    def show_image(self, image: NoteImage) -> None:
        """Puts a picture that was stored at the cursor of its note."""
        if (card := self._card(image.draft)) is not None:
            card.editor.insertPlainText(f"![{self.tr('picture')}](kb:image/{image.image})\n")
            card.save()

    def offer_pages(self, found: PageRefs) -> None:
        """Offers pages to link to in the note that asked for them."""
        if found.request.isdigit() and (card := self._card(int(found.request))) is not None:
            card.editor.offer(found.text, found.refs)

    def _card(self, draft: int) -> NoteCard | None:
        return next((card for card in self._shown if card.draft_id == draft), None)

    def _add(self, note: Note | None, at: int) -> NoteCard:
        hint = self.tr("Write a private note… Markdown and #tags work; it saves itself.")
        card = self._make_card(note, self.subject, self._scheme, hint, self._holder)
        if self._speller is not None:
            card.editor.spell_with(self._speller)
        card.save_wanted.connect(self.save_wanted)
        card.delete_wanted.connect(self.delete_wanted)
        card.passage_wanted.connect(self.passage_wanted)
        card.image_wanted.connect(self.image_wanted)
        asker = str(card.draft_id)
        card.editor.completion_wanted.connect(lambda begun, letters: self.completion_wanted.emit(asker, begun, letters))
        self._place(card, at)
        return card

    def _place(self, card: NoteCard, at: int) -> None:
        self._cards.insertWidget(at, card)
        self._shown.insert(at, card)

    def _last(self) -> NoteCard | None:
        """The note that is not begun, else the last one."""
        unbegun = (card for card in self._shown if not card.note_id)
        return next(unbegun, self._shown[-1] if self._shown else None)

    def _focused(self) -> NoteCard | None:
        return next((card for card in self._shown if card.editor.hasFocus()), None)
