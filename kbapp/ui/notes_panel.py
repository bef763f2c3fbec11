"""The notes beside a page: each is written in place and saves itself; a new one begins with the first letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.pages.words import plural
from kbapp.ui.note_editor import NoteEditor
from kbapp.ui.theme import LIGHT, SPACE, Scheme, icon

if TYPE_CHECKING:
    from kbapp.domain import Note, Subject
    from kbapp.ui.spelling import Speller

SAVE_AFTER = 800  # milliseconds after the last keystroke


class NoteCard(QFrame):
    """A note with its passage and buttons; ``text_changed`` when it is to be saved, ``unwanted`` when deleted."""

    text_changed = Signal(object)
    unwanted = Signal(int)
    wants_place = Signal(int)
    wants_picture = Signal(object, object)

    def __init__(self, note: Note | None, scheme: Scheme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note_id = note.id if note else 0
        self.revision: int | None = None
        self.saved = note.text if note else ""
        self._gap = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.has_passage = note is not None and note.quote is not None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.setSpacing(4)
        if note is not None and note.quote is not None:
            exact = " ".join(note.quote.exact.split())
            quote = QLabel("“" + exact[:160] + ("…”" if len(exact) > 160 else "”"))
            quote.setWordWrap(True)
            quote.setObjectName("quiet")
            quote.setCursor(Qt.CursorShape.PointingHandCursor)
            quote.installEventFilter(self)
            layout.addWidget(quote)
        self.lost = QLabel(self.tr("passage not found"))
        self.lost.setObjectName("warn")
        self.lost.setToolTip(self.tr("Select the words that it is about and choose “Attach here” in their menu."))
        self.lost.hide()
        layout.addWidget(self.lost)
        self.editor = NoteEditor(self.saved, hint, self, scheme)
        self.editor.setAccessibleName(self.tr("Note"))
        layout.addWidget(self.editor)
        row = QHBoxLayout()
        self.state = QLabel()
        self.state.setObjectName("quiet")
        row.addWidget(self.state)
        row.addStretch()
        self.remove = QToolButton()
        self.remove.setIcon(icon("trash", scheme.quiet))
        self.remove.setIconSize(QSize(16, 16))
        self.remove.setToolTip(self.tr("Move this note to the trash"))
        self.remove.setAccessibleName(self.remove.toolTip())
        self.remove.clicked.connect(lambda: self.unwanted.emit(self.note_id))
        self.remove.setVisible(bool(note))
        row.addWidget(self.remove)
        layout.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER)
        self._timer.timeout.connect(self.save)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.save)
        self.editor.picture.connect(lambda make: self.wants_picture.emit(self, make))

    def set_gap(self, pixels: int) -> None:
        """Leaves room above the note."""
        layout = self.layout()
        if pixels != self._gap and layout is not None:
            self._gap = pixels
            layout.setContentsMargins(0, pixels, 0, SPACE)

    def own_height(self) -> int:
        """Its height, without the room above."""
        layout = self.layout()
        if layout is None:
            return 0
        wraps = layout.hasHeightForWidth()
        return (layout.totalHeightForWidth(self.width()) if wraps else layout.sizeHint().height()) - self._gap

    def show_lost(self, lost: bool) -> None:
        """Says whether the passage is no longer in the text."""
        self.lost.setVisible(lost)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.wants_place.emit(self.note_id)
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if self.editor.toPlainText() != self.saved:
            self.state.setText(self.tr("…"))
            self._timer.start()

    def save(self) -> None:
        """Asks for the text to be saved if it changed."""
        self._timer.stop()
        if self.editor.toPlainText() != self.saved:
            self.text_changed.emit(self)

    def was_saved(self, number: int, text: str, revision: int) -> None:
        self.note_id, self.saved, self.revision = number, text, revision
        self.remove.setVisible(True)
        self.state.setText(self.tr("Saved"))

    def was_not_saved(self, why: str) -> None:
        self.state.setText(why)
        self.state.setWordWrap(True)


class NotesPanel(QWidget):
    """All notes about the page's subject. ``save`` carries a card, ``delete`` a note's id, ``place`` a note to show."""

    save = Signal(object)
    delete = Signal(int)
    place = Signal(int)
    wants_unlock = Signal()
    wants_picture = Signal(object, object)
    wants_pages = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notespane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(190)
        self.subject: Subject | None = None
        self._scheme = LIGHT
        self._speller: Speller | None = None
        self._heights: list[int] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE + 4, SPACE + 4, SPACE + 4, 0)
        head = QHBoxLayout()
        self._title = QLabel(self.tr("Notes"))
        self._title.setObjectName("heading")
        head.addWidget(self._title)
        head.addStretch()
        self.new = QToolButton()
        self.new.setToolTip(self.tr("New note (Ctrl+N)"))
        self.new.setAccessibleName(self.tr("New note"))
        self.new.clicked.connect(lambda: self.begin())
        head.addWidget(self.new)
        layout.addLayout(head)
        self._about = QLabel()
        self._about.setObjectName("quiet")
        self._about.setWordWrap(True)
        layout.addWidget(self._about)
        self.unlock = QPushButton(self.tr("Unlock the notes…"))
        self.unlock.clicked.connect(self.wants_unlock)
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

    def spell_with(self, speller: Speller) -> None:
        """Underlines misspelt words in all notes."""
        self._speller = speller
        for card in self._all():
            card.editor.spell_with(speller)

    def show_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.new.setIcon(icon("add", scheme.quiet))
        self.new.setIconSize(QSize(18, 18))

    def show_notes(
        self, subject: Subject | None, title: str, notes: list[tuple[Note, int]], *, locked: bool = False
    ) -> None:
        """Shows the notes (each with its revision) about a subject; what was being written about another is saved first."""
        self.save_all()
        focused = self._focused_note()
        while self._cards.count() > 1:
            item = self._cards.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
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
        for number, (note, revision) in enumerate(notes):
            card = self._add(note, number)
            card.revision = revision
            if note.id == focused:
                card.editor.setFocus()
        self._add(None, sum(note.quote is None for note, _ in notes))  # before those that stand at their passages

    def align(self, heights: dict[int, int], whole: int) -> bool:
        """Puts each note at the height of its passage (pixels from the page's top), as far as those above leave room;
        ``whole`` is the height of the page. False while the sizes of the notes are not settled."""
        top = self._scroll.mapTo(self, QPoint(0, 0)).y()
        for card in self._all():
            card.show_lost(card.has_passage and card.note_id not in heights)
        below = self._cards.contentsMargins().top()
        for card in self._all():
            wanted = max(below, heights.get(card.note_id, 0) - top)
            card.set_gap(wanted - below)
            below = wanted + card.own_height() + self._cards.spacing()
        self._holder.setMinimumHeight(whole)
        before, self._heights = self._heights, [card.own_height() for card in self._all()]
        return before == self._heights

    def passage_notes(self) -> list[int]:
        """The notes that have a passage."""
        return [card.note_id for card in self._all() if card.has_passage]

    def follow(self, scrolled: int) -> None:
        """Scrolls with the page."""
        if self._holder.minimumHeight():
            self._scroll.verticalScrollBar().setValue(scrolled)

    def begin(self, text: str = "") -> None:
        """Puts the cursor into the empty note at the end, after a text to begin with."""
        card = self._last()
        if card is not None and (card.note_id or card.editor.toPlainText()):
            card = self._add(None, sum(not each.has_passage for each in self._all()))
        if card is not None:
            if text:
                card.editor.setPlainText(text)
                card.editor.moveCursor(QTextCursor.MoveOperation.End)
            card.editor.setFocus()
            self._scroll.ensureWidgetVisible(card)

    def edit(self, note: int) -> None:
        """Puts the cursor into a note."""
        for card in self._all():
            if card.note_id == note:
                card.editor.setFocus()
                self._scroll.ensureWidgetVisible(card)

    def save_all(self) -> None:
        for card in self._all():
            card.save()

    def _add(self, note: Note | None, at: int) -> NoteCard:
        hint = self.tr("Write a private note… Markdown and #tags work; it saves itself.")
        card = NoteCard(note, self._scheme, hint, self._holder)
        if self._speller is not None:
            card.editor.spell_with(self._speller)
        card.text_changed.connect(self.save)
        card.unwanted.connect(self.delete)
        card.wants_place.connect(self.place)
        card.wants_picture.connect(self.wants_picture)
        card.editor.asked.connect(lambda begun, letters: self.wants_pages.emit(card.editor, begun, letters))
        self._cards.insertWidget(at, card)
        return card

    def _all(self) -> list[NoteCard]:
        widgets = (self._cards.itemAt(i).widget() for i in range(self._cards.count()))
        return [widget for widget in widgets if isinstance(widget, NoteCard)]

    def _last(self) -> NoteCard | None:
        """The note that is not begun, else the last one."""
        cards = self._all()
        return next((card for card in cards if not card.note_id), cards[-1] if cards else None)

    def _focused_note(self) -> int:
        return next((card.note_id for card in self._all() if card.editor.hasFocus()), 0)
