"""The bar at the foot of the list: how many rows are selected, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.style.theme import icon

_HEIGHT = 52  # pixels
_ROOM_FOR_WORDS = 560  # pixels from which the verbs stand beside their icons


class SelectionBar(QFrame):
    """Shown while several rows are selected. ``cleared`` says that none is to be."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("selectionbar")
        self.setFixedHeight(_HEIGHT)
        self.scheme: Scheme = LIGHT
        self._count = QLabel()
        self._count.setObjectName("section")
        self._verbs: list[tuple[QToolButton, str]] = []
        self._offered: tuple[str, ...] = ()
        clear = self._clear = QToolButton()
        clear.setText(self.tr("Clear selection"))
        clear.setToolTip(self.tr("Clear selection"))
        clear.setAccessibleName(self.tr("Clear selection"))
        clear.setObjectName("link")
        clear.clicked.connect(self.cleared)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 10, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._count)
        self._layout.addSpacing(6)
        self._layout.addStretch()
        self._layout.addWidget(clear)
        self.hide()

    def show_selected(self, count: int, offered: Sequence[tuple[str, QAction]]) -> None:
        """Says how many are selected, and offers actions, each with the name of its icon; hides itself below two."""
        names = tuple(action.text() for _, action in offered)
        if names != self._offered:
            self._offer(offered)
            self._offered = names
        self._count.setText(self.tr("{0} selected").format(f"{count:,}"))
        self.setVisible(count > 1)

    def show_scheme(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._clear.setIcon(icon("close", scheme.quiet))
        for button, picture in self._verbs:
            button.setIcon(icon(picture, scheme.text))

    def _offer(self, offered: Sequence[tuple[str, QAction]]) -> None:
        for button, _ in self._verbs:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._verbs = []
        for at, (picture, action) in enumerate(offered):
            words = action.text().replace("&", "").rstrip("…")
            button = QToolButton()
            button.setText(words)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setIconSize(QSize(18, 18))
            button.setIcon(icon(picture, self.scheme.text))
            button.clicked.connect(action.trigger)
            self._layout.insertWidget(2 + at, button)
            self._verbs.append((button, picture))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        has_room = self.width() >= _ROOM_FOR_WORDS
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if has_room else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button, _ in self._verbs:
            button.setToolButtonStyle(style)
        words_only = Qt.ToolButtonStyle.ToolButtonTextOnly
        self._clear.setToolButtonStyle(words_only if has_room else Qt.ToolButtonStyle.ToolButtonIconOnly)
