"""What a window shows before its parts are loaded: itself where it was, and the surfaces of its panes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from kbapp.ui.style.schemes import DARK, LIGHT, SEPIA, Scheme

_SIZE, _LEAST = (1280, 800), (760, 480)  # width and height in pixels of a new window, and of the smallest
_SHARE = 0.9  # of the screen that a new window takes at the most


def fit_screen(window: QWidget) -> None:
    """Gives a window a size that its screen has room for, however small or enlarged that is."""
    room = window.screen().availableGeometry()
    window.setMinimumSize(min(_LEAST[0], room.width()), min(_LEAST[1], room.height()))
    window.resize(min(_SIZE[0], int(room.width() * _SHARE)), min(_SIZE[1], int(room.height() * _SHARE)))


def restore_geometry(window: QWidget, kept: dict[str, Any]) -> None:
    """Puts the window where it was, ``kept`` being what the last one left behind, or where it can be seen now."""
    if isinstance(kept.get("geometry"), str):
        window.restoreGeometry(QByteArray.fromBase64(kept["geometry"].encode()))
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not any(room.intersects(window.frameGeometry().adjusted(40, 0, -40, 0)) for room in screens):
        window.move(window.screen().availableGeometry().topLeft())


class StartupPlaceholder(QWidget):
    """Lies over a window with the surfaces of list and page where they were. ``painted`` says that it is on the screen.

    Made of widgets, as a painter needs all of Qt's enumerations, whose making takes longer than all else here.
    """

    painted = Signal()

    def __init__(self, window: QWidget, kept: dict[str, Any], theme: str) -> None:
        super().__init__(window)
        self._was_painted = False
        scheme = _scheme(theme)
        _cover(self, [0, 0, 16_000, 16_000], scheme.sidebar)
        panes = kept.get("panes")
        for edges, colour in zip(
            panes if isinstance(panes, list) else [], (scheme.surface, scheme.paper), strict=False
        ):
            if isinstance(edges, list) and len(edges) == 4 and all(isinstance(edge, int) for edge in edges):
                _cover(QWidget(self), edges, colour)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)


def _cover(surface: QWidget, edges: list[int], colour: str) -> None:
    """Puts a widget at its place (left, top, width and height in pixels) and fills it."""
    surface.setGeometry(*(max(0, min(edge, 16_000)) for edge in edges))
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(colour))
    surface.setPalette(palette)
    surface.setAutoFillBackground(True)


def _scheme(theme: str) -> Scheme:
    """The scheme of a setting; what the desktop prefers is told by its palette, as nothing else of Qt is loaded yet."""
    dark = QGuiApplication.palette().window().color().lightness() < 128
    return {"light": LIGHT, "dark": DARK, "sepia": SEPIA}.get(theme, DARK if dark else LIGHT)
