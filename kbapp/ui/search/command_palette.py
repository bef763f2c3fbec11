"""Ctrl+K: a few letters jump to any article, person, author, note or command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from rapidfuzz import fuzz

from kbapp.ui.style.schemes import SPACE


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette: what is shown, what kind of thing it is, and what choosing it does."""

    title: str
    kind: str
    run: Callable[[], None]


class CommandPalette(QDialog):
    """``asked`` carries what was typed; the window answers with ``offer``. Commands are matched at once."""

    asked = Signal(str)

    def __init__(self, commands: list[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._commands = commands
        self._found: list[Choice] = []
        self.setAccessibleName(self.tr("Jump to"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Jump to an article, a person, a note or a command"))
        self.box.setAccessibleName(self.box.placeholderText())
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Matches"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.box)
        layout.addWidget(self.list)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.box.installEventFilter(self)
        if parent is not None:
            self.resize(min(620, parent.width() - 40), 380)
            corner = parent.mapToGlobal(parent.rect().topLeft())
            self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 70)
        self._typed("")

    def offer(self, text: str, choices: list[Choice]) -> None:
        """Shows the pages that fit what was typed, unless more was typed since."""
        if text == self.box.text():
            self._show(choices + self._fitting(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        ):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._show(self._fitting(text))
        if text.strip():
            self.asked.emit(text)

    def _fitting(self, text: str) -> list[Choice]:
        if not text.strip():
            return self._commands
        scored = [(fuzz.partial_ratio(text.lower(), choice.title.lower()), choice) for choice in self._commands]
        return [choice for score, choice in sorted(scored, key=lambda pair: -pair[0]) if score >= 75]

    def _show(self, choices: list[Choice]) -> None:
        self._found = choices[:40]
        self.list.clear()
        for choice in self._found:
            item = QListWidgetItem(f"{choice.title}    —  {choice.kind}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._found):
            choice = self._found[at]
            self.accept()
            choice.run()
