"""The main window: on the screen at once, with what its panes looked like; its parts are put in by the composition."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from kbapp.errors import UserError
from kbapp.i18n import message
from kbapp.ui.startup_placeholder import StartupPlaceholder, fit_screen, restore_geometry

_SHOWN = 12_000  # milliseconds that a message stays in the status bar


class MainWindow(QMainWindow):
    """One window on a library.

    ``painted`` says that it is on the screen, still empty; ``activated`` that the user turned to it; ``closing`` that it is
    being closed; ``resized`` carries its width in pixels.
    """

    painted = Signal()
    activated = Signal()
    closing = Signal()
    resized = Signal(int)

    def __init__(self, remembered: dict[str, Any], theme: str) -> None:
        super().__init__()
        self.setWindowTitle("kbapp")
        self.setAcceptDrops(True)  # of a window that is on the screen already, X11 would not be told
        fit_screen(self)
        restore_geometry(self, remembered)
        self._is_open = True
        self._placeholder: StartupPlaceholder | None = StartupPlaceholder(self, remembered, theme)
        self._placeholder.painted.connect(self.painted)

    def remove_placeholder(self) -> None:
        """Takes away what was shown until the parts were there."""
        if self._placeholder is not None:
            self._placeholder.deleteLater()
            self._placeholder = None

    def show_message(self, words: str) -> None:
        """Says something in the status bar."""
        self.statusBar().showMessage(words, _SHOWN)

    def show_error(self, error: UserError) -> None:
        """Says in the status bar, in the user's language, what went wrong."""
        self.show_message(message(error))

    def show_title(self, page: str) -> None:
        """Names the window after the page in front."""
        self.setWindowTitle(f"{page} — kbapp" if page not in ("", "kbapp") else "kbapp")

    def come_to_front(self) -> None:
        """Shows the window before all others."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_open:
            self._is_open = False
            self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.width())
