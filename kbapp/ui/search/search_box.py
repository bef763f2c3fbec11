"""The box where a search is typed; what of it was not understood is underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from kbapp.ui.style.schemes import Scheme


class SearchBox(QLineEdit):
    """A line to type into, with a button that empties it.

    ``recent_wanted`` asks for the recent searches, ``list_wanted`` for the list (True: and its first row), ``left`` says
    that it was emptied with Escape.
    """

    recent_wanted = Signal()
    list_wanted = Signal(bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_underlined = False
        self.setPlaceholderText(self.tr("Search titles, texts, people, authors, notes"))
        self.setAccessibleName(self.tr("Search"))
        self.setClearButtonEnabled(True)
        self.setToolTip(self.tr("The down arrow in the empty box lists what you searched for lately"))
        self.setMinimumWidth(300)
        self.setMaximumWidth(560)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the search"))

    def begin(self) -> None:
        """Puts the keyboard here, over what was typed before."""
        self.setFocus()
        self.selectAll()

    def empty(self) -> None:
        """Empties it without asking for anything."""
        with QSignalBlocker(self):
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and not self.text():
            self.recent_wanted.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_wanted.emit(key != Qt.Key.Key_Down)
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def underline(self, places: Sequence[tuple[int, int]], scheme: Scheme) -> None:
        """Underlines what of the search was not understood: (start, end) in the words without the spaces before them."""
        if not places and not self._is_underlined:
            return
        self._is_underlined = bool(places)
        text = self.text()
        indent = len(text) - len(text.lstrip())
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        form.setUnderlineColor(QColor(scheme.warn))
        marks = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                indent + start - self.cursorPosition(),
                end - start,
                form,
            )
            for start, end in places
            if start < end
        ]
        QCoreApplication.sendEvent(self, QInputMethodEvent("", marks))
