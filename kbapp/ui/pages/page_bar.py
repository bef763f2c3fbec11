"""The slim bar above a page: where one was at its start, what can be done with the page at its end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from kbapp.ui.style.schemes import BAR


class PageBar(QWidget):
    """Holds buttons in two groups; it lies over the top of the pages, which leave room for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pagebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BAR)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(10, 0, 10, 0)
        self._layout.setSpacing(4)
        self._layout.addStretch()

    def add_start(self, button: QToolButton) -> None:
        """Adds a button after those at the start."""
        self._layout.insertWidget(self._stretch(), button)

    def add_end(self, button: QToolButton) -> None:
        """Adds a button at the end."""
        self._layout.addWidget(button)

    def _stretch(self) -> int:
        places = range(self._layout.count())
        return next(at for at in places if (item := self._layout.itemAt(at)) is not None and item.widget() is None)
