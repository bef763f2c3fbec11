"""The context menu of pages. Features add what they offer for the spot that was clicked; none of them knows the others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from kbapp.rendering.addresses import Address, parse
from kbapp.ui.pages.page_tabs import PageTabs
from kbapp.ui.pages.requests import PageSpot

Contribution = Callable[[QMenu, PageSpot], None]


class PageMenu(QObject):
    """What a right click on a page offers. ``search_requested`` carries words to search for."""

    page_requested = Signal(Address)
    tab_requested = Signal(Address)
    search_requested = Signal(str)

    def __init__(self, tabs: PageTabs, copy: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._tabs, self._copy = parent, tabs, copy
        self._contributions: list[Contribution] = []
        tabs.menu_wanted.connect(self.show)

    def contribute(self, contribution: Contribution) -> None:
        """Lets a feature add its lines, below those of the features before it."""
        self._contributions.append(contribution)

    def show(self, link: str, at: QPoint) -> None:
        menu = self.menu_at(self.spot(link))
        if not menu.isEmpty():
            menu.exec(at)
        menu.deleteLater()

    def spot(self, link: str = "") -> PageSpot:
        """Where the user is: the link, the page in front and what is selected on it."""
        here = self._tabs.view.address
        return PageSpot(parse(link) if link else None, here, *self._tabs.view.body_selection())

    def menu_at(self, spot: PageSpot) -> QMenu:
        """What can be done with a link under the mouse and with the selected words."""
        menu = QMenu(self._parent)
        link, words = spot.link, spot.words
        if link is not None and link.kind in ("person", "author", "article"):
            menu.addAction(self.tr("Open"), lambda: self.page_requested.emit(link))
            menu.addAction(self.tr("Open in a new tab"), lambda: self.tab_requested.emit(link))
            menu.addAction(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(str(link.page)))
        for contribution in self._contributions:
            contribution(menu, spot)
        if words:
            menu.addSeparator()
            menu.addAction(self._copy)
            menu.addAction(self.tr("Search for this"), lambda: self.search_requested.emit(f'"{words[:80]}"'))
        return menu
