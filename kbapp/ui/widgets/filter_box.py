"""The box that filters the list below it by a few letters; it is out of sight until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget


class FilterBox(QLineEdit):
    """``filtered`` carries what is typed, "" for no filter; ``list_wanted`` says that the keyboard belongs to the list."""

    filtered = Signal(str)
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter")
        self.setPlaceholderText(self.tr("Filter this list"))
        self.setAccessibleName(self.tr("Filter this list"))
        self._count = QLabel(self)
        self._count.setObjectName("quiet")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self.filtered)
        self.hide()

    def begin(self, letters: str = "") -> None:
        """Shows it with the keyboard in it, and ``letters`` typed."""
        self.show()
        self.setFocus()
        if letters:
            self.setText(letters)
        else:
            self.selectAll()

    def dismiss(self) -> None:
        """Empties and hides it without filtering: another list is shown."""
        with QSignalBlocker(self):
            self.clear()
        self.show_count("")
        self.hide()

    def show_count(self, words: str) -> None:
        """Says at the end of the box how many rows there are."""
        self._count.setText(words)
        self._count.adjustSize()
        self.setTextMargins(0, 0, self._count.width() + 8 if words else 0, 0)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.hide()
                self.list_wanted.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        left = 10 if self.isRightToLeft() else self.width() - self._count.width() - 10
        self._count.move(left, (self.height() - self._count.height()) // 2)
