"""Dropping onto a window: it lights up, says what will happen, and hands over what was dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class DropOverlay(QFrame):
    """Lies over a window, which accepts drops, while something is dragged across it. ``dropped`` carries the QMimeData."""

    dropped = Signal(QMimeData)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QLabel(self.tr("Drop to import into your library"))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(words)
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._entered(event)
        if kind in (QEvent.Type.DragMove, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if kind == QEvent.Type.Drop:
                self.hide()
                self.dropped.emit(event.mimeData())
            return True
        if kind == QEvent.Type.DragLeave:
            self.hide()
        elif kind == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _entered(self, event: QDragEnterEvent) -> bool:
        mime = event.mimeData()
        if event.source() is not None or not (mime.hasUrls() or mime.hasHtml() or mime.hasText()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._place()
        self.show()
        self.raise_()
        return True

    def _place(self) -> None:
        self.setGeometry(self._window.rect().adjusted(24, 90, -24, -40))
