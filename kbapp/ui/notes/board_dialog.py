"""Arranging a board: all notes on the left, to be found as one types; the board on the right, put in order by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from kbapp.library.notes.listing import NoteCard
from kbapp.ui.notes.boards_controller import BoardsController, Cards
from kbapp.ui.style.schemes import SPACE

_NOTE = Qt.ItemDataRole.UserRole


class _Arranged(QUndoCommand):
    def __init__(self, window: BoardDialog, title: str, before: Cards, after: Cards) -> None:
        super().__init__(title)
        self._window, self._before, self._after = window, before, after

    def redo(self) -> None:
        self._window.keep(self._after)

    def undo(self) -> None:
        self._window.keep(self._before)


class BoardDialog(QDialog):
    """One board. Every change is stored at once and can be undone in the dialog. ``note_wanted`` carries a note to open."""

    note_wanted = Signal(int)

    def __init__(self, controller: BoardsController, board: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller, self.board = controller, board
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.stack = QUndoStack(self)
        controller.notes_found.connect(self._offer)
        self.resize(860, 620)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find notes by their words or #tag"))
        self.filter.setAccessibleName(self.tr("Find notes"))
        self.filter.setClearButtonEnabled(True)
        self.offered, self.cards = QListWidget(), QListWidget()
        for box, name in ((self.offered, self.tr("Notes")), (self.cards, self.tr("The board"))):
            box.setAccessibleName(name)
            box.setWordWrap(True)
            box.setSpacing(2)
            box.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.cards.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.cards.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.cards.model().rowsMoved.connect(self._dragged)
        self.offered.itemActivated.connect(self._add)
        self.cards.itemActivated.connect(self._edit)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self.find_notes)
        self.filter.textChanged.connect(self._timer.start)
        self._show()
        self.find_notes()

    def _build(self) -> None:
        left, right, buttons = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.filter)
        left.addWidget(self.offered)
        self.title = QLabel()
        self.title.setObjectName("heading")
        right.addWidget(self.title)
        right.addWidget(self.cards)
        for words, what, keys in (
            (self.tr("Add"), self._add_current, "Ctrl+Return"),
            (self.tr("Heading…"), self.add_heading, "Ctrl+H"),
            (self.tr("Up"), lambda: self.move_card(-1), "Alt+Up"),
            (self.tr("Down"), lambda: self.move_card(1), "Alt+Down"),
            (self.tr("Take off"), self.take_off, "Delete"),
            (self.tr("Rename…"), self.rename, "F2"),
            (self.tr("Undo"), self.stack.undo, "Ctrl+Z"),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(what)
            QShortcut(QKeySequence(keys), self).activated.connect(what)
            buttons.addWidget(button)
        buttons.addStretch()
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        buttons.addWidget(close)
        panes = QHBoxLayout()
        panes.setSpacing(2 * SPACE)
        panes.addLayout(left, 2)
        panes.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(panes)
        layout.addLayout(buttons)

    def done(self, result: int) -> None:
        self._timer.stop()
        self._controller.notes_found.disconnect(self._offer)
        self._controller.tell()
        super().done(result)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def find_notes(self) -> None:
        """Offers the notes that fit what was typed, the last changed ones while nothing is."""
        self._controller.find_notes(self.filter.text())

    def _offer(self, found: list[NoteCard]) -> None:
        self.offered.clear()
        here = {note for note, _ in self._cards()}
        for card in found:
            if card.id not in here:
                self.offered.addItem(_item(card))

    def _show(self, row: int = 0) -> None:
        board = self._controller.get(self.board)
        self.title.setText(board.title)
        self.setWindowTitle(self.tr("Board: {0}").format(board.title))
        self.cards.clear()
        ids = [card.note.id for card in board.cards if card.note is not None]
        notes = {card.id: card for card in self._controller.note_cards(ids)}
        for card in board.cards:
            self.cards.addItem(_item(notes[card.note.id]) if card.note is not None else _heading(card.heading))
        self.cards.setCurrentRow(min(row, self.cards.count() - 1))

    def _cards(self) -> Cards:
        items = (self.cards.item(at) for at in range(self.cards.count()))
        return [(note, "") if (note := item.data(_NOTE)) else (None, item.text()) for item in items]

    # --- what can be done -----------------------------------------------------------------------------------------------
    def keep(self, cards: Cards) -> None:
        """Writes an order of the board and shows it."""
        row = self.cards.currentRow()
        self._controller.arrange(self.board, cards)
        self._show(row)
        self.find_notes()

    def _change(self, title: str, after: Cards, before: Cards | None = None) -> None:
        self.stack.push(_Arranged(self, title, self._cards() if before is None else before, after))

    def _dragged(self, _parent: object, start: int, _end: int, _into: object, row: int) -> None:
        after = self._cards()
        at = row if row < start else row - 1
        before = list(after)
        before.insert(start, before.pop(at))
        QTimer.singleShot(0, lambda: self._change(self.tr("Move"), after, before))

    def _add(self, item: QListWidgetItem) -> None:
        at = self.cards.currentRow() + 1 if self.cards.currentRow() >= 0 else self.cards.count()
        cards = self._cards()
        self._change(self.tr("Add a note"), [*cards[:at], (item.data(_NOTE), ""), *cards[at:]])
        self.cards.setCurrentRow(at)

    def _add_current(self) -> None:
        item = self.offered.currentItem() or self.offered.item(0)
        if item is not None:
            self._add(item)

    def add_heading(self, words: str = "") -> None:
        """Puts a heading before the card that is chosen."""
        words = words or QInputDialog.getText(self, "kbapp", self.tr("Heading"))[0].strip()
        if words:
            cards, at = self._cards(), max(0, self.cards.currentRow())
            self._change(self.tr("Add a heading"), [*cards[:at], (None, words), *cards[at:]])

    def move_card(self, by: int) -> None:
        """Moves the chosen card up or down."""
        cards, at = self._cards(), self.cards.currentRow()
        if at >= 0 and 0 <= at + by < len(cards):
            cards.insert(at + by, cards.pop(at))
            self._change(self.tr("Move"), cards)
            self.cards.setCurrentRow(at + by)

    def take_off(self) -> None:
        """Takes the chosen card off the board; the note itself stays."""
        cards, at = self._cards(), self.cards.currentRow()
        if at >= 0 and self.cards.hasFocus():
            self._change(self.tr("Take off"), [*cards[:at], *cards[at + 1 :]])

    def _edit(self, item: QListWidgetItem) -> None:
        if item.data(_NOTE):
            self.note_wanted.emit(item.data(_NOTE))
            return
        words, agreed = QInputDialog.getText(self, "kbapp", self.tr("Heading"), text=item.text())
        if agreed and words.strip():
            cards = self._cards()
            cards[self.cards.row(item)] = (None, words.strip())
            self._change(self.tr("Change a heading"), cards)

    def rename(self) -> None:
        words, agreed = QInputDialog.getText(self, "kbapp", self.tr("Title of the board"), text=self.title.text())
        if agreed and words.strip():
            self._controller.rename(self.board, words)
            self._show()


def _item(card: NoteCard) -> QListWidgetItem:
    item = QListWidgetItem(card.title + (f"\n{card.subject}" if card.subject else ""))
    item.setData(_NOTE, card.id)
    return item


def _heading(words: str) -> QListWidgetItem:
    item = QListWidgetItem(words)
    font = QFont()
    font.setBold(True)
    item.setFont(font)
    return item
