"""A word on what was just done, with a button that takes it back; it goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_SHOWN = 6000  # milliseconds, beginning anew when the pointer leaves it
_ABOVE_FOOT = 16  # pixels


class Toast(QFrame):
    """Lies over the foot of a pane, one at a time. ``undo_wanted`` says that its button was pressed."""

    undo_wanted = Signal()

    def __init__(self, window: QWidget, pane: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self._window, self._pane = window, pane
        self._words, self._undo = QLabel(), QPushButton(self.tr("Undo"))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 10, 4)
        layout.setSpacing(14)
        layout.addWidget(self._words)
        layout.addWidget(self._undo)
        self.setFixedHeight(40)
        self._rest = QTimer(self, singleShot=True, interval=_SHOWN)
        self._rest.timeout.connect(self.hide)
        pane.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Shows what was done, in the place of what was said before."""
        self._words.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 420))
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._rest.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def hide_undone(self, was_undone: bool) -> None:
        """Hides it when what it speaks of was taken back by other means."""
        if was_undone:
            self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._rest.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._rest.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _press(self) -> None:
        self.hide()
        self.undo_wanted.emit()

    def _place(self) -> None:
        window = self._window
        middle = self._pane.mapTo(window, self._pane.rect().center()).x()
        left = max(8, min(middle - self.width() // 2, window.width() - self.width() - 8))
        foot = next((bar.height() for bar in self._bars() if left < bar.mapTo(window, bar.rect().topRight()).x()), 0)
        self.move(left, window.height() - self.height() - _ABOVE_FOOT - foot)

    def _bars(self) -> list[QWidget]:
        """Bars at the foot of panes that it must not cover."""
        bars = self._window.findChildren(QFrame, "selectionbar")
        return [bar for bar in bars if bar.isVisible()]
