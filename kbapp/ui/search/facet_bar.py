"""Buttons that narrow a result without knowing the language: each opens a menu of values with their counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

if TYPE_CHECKING:
    from kbapp.search.facets import Facet  # the first paint waits for no search engine


class FacetBar(QWidget):
    """``narrowed`` carries what to add to the search, such as ``author:"Anna Lee"``."""

    narrowed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 2)
        self._layout.setSpacing(0)
        self._layout.addStretch()
        self.hide()

    def show_facets(self, facets: list[Facet]) -> None:
        """Shows a button for each facet; none hides the bar."""
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        for at, facet in enumerate(facets):
            button = QToolButton()
            button.setObjectName("facet")
            button.setText(f"{self.tr(facet.name)} ▾")
            button.setAccessibleName(self.tr("Narrow by {0}").format(self.tr(facet.name)))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu = QMenu(button)
            menu.aboutToShow.connect(partial(self._fill, menu, facet))
            button.setMenu(menu)
            self._layout.insertWidget(at, button)
        self.setVisible(bool(facets))

    def _fill(self, menu: QMenu, facet: Facet) -> None:
        """Makes the menu's lines when it is opened: most never are."""
        menu.clear()
        for value, count in facet.values:
            words = f"{facet.field}:{value}" if facet.field == "date" else f'{facet.field}:"{value}"'
            menu.addAction(f"{value}   {count:,}", partial(self.narrowed.emit, words))
