"""Ctrl+K: a few letters jump to any article, person, author, note or command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from rapidfuzz import fuzz

from kbapp.rendering.addresses import Address
from kbapp.text.folding import fold
from kbapp.ui.core.actions import words_of
from kbapp.ui.core.page_refs import PageRefs
from kbapp.ui.style.schemes import SPACE

_CLOSE = 75  # how much of a command's name must be there, of 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette: what is shown, what kind of thing it is, and what choosing it does."""

    title: str
    kind: str
    run: Callable[[], None]


class CommandPalette(QDialog):
    """Commands are matched at once; ``pages_wanted`` asks for pages, which ``offer`` answers. ``page_requested`` carries
    the page that was chosen."""

    pages_wanted = Signal(str)
    page_requested = Signal(Address)

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kind = self.tr("command")
        self._commands = [Choice(words_of(action), kind, action.trigger) for action in actions if action.isEnabled()]
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

    def offer(self, found: PageRefs) -> None:
        """Shows the pages that fit what was typed, unless more was typed since.

        Commands and names that begin with what was typed stand before anything else.
        """
        if found.text == self.box.text():
            pages = [Choice(ref.title, ref.kind, partial(self.page_requested.emit, ref.address)) for ref in found.refs]
            self._show(ranked(found.text, [*pages, *self._fitting(found.text)]))

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
            self.pages_wanted.emit(text)

    def _fitting(self, text: str) -> list[Choice]:
        if not text.strip():
            return self._commands
        scored = [(fuzz.partial_ratio(text.lower(), choice.title.lower()), choice) for choice in self._commands]
        close = [choice for score, choice in sorted(scored, key=lambda pair: -pair[0]) if score >= _CLOSE]
        return ranked(text, close)

    def _show(self, choices: list[Choice]) -> None:
        self._found = choices[:40]
        self.list.clear()
        for choice in self._found:
            self.list.addItem(QListWidgetItem(f"{choice.title}    —  {choice.kind}"))
        if not self._found:
            nothing = QListWidgetItem(self.tr("Nothing found"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self._found):
            choice = self._found[at]
            self.accept()
            choice.run()


def ranked(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices in the order in which one expects them: named exactly so, beginning so, with a word that begins so, with
    these letters anywhere; within each the given order stays."""
    wanted = fold(text.strip())

    def rank(choice: Choice) -> int:
        title = fold(choice.title).rstrip("….")
        if title == wanted:
            return 0
        if title.startswith(wanted):
            return 1
        if f" {wanted}" in title:
            return 2
        return 3 if wanted in title else 4

    return sorted(choices, key=rank)
