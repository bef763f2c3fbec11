"""Tabs of pages, each with a history of its own that remembers where it was scrolled to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from kbapp.ui.style.schemes import LIGHT, Scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbapp.rendering.addresses import Address, Page
    from kbapp.ui.pages.page_view import PageView


@dataclass(slots=True)
class History:
    """Addresses visited in a tab, where each was scrolled to, and which one is shown."""

    entries: list[tuple[Address, int]] = field(default_factory=list)
    at: int = -1

    @property
    def current(self) -> Address | None:
        return self.entries[self.at][0] if 0 <= self.at < len(self.entries) else None

    @property
    def scroll(self) -> int:
        """Where the current page was scrolled to when it was left."""
        return self.entries[self.at][1] if 0 <= self.at < len(self.entries) else 0

    def visit(self, address: Address) -> None:
        if self.current == address:
            return
        del self.entries[self.at + 1 :]
        self.entries.append((address, 0))
        self.at = len(self.entries) - 1

    def leave(self, scroll: int) -> None:
        if 0 <= self.at < len(self.entries):
            self.entries[self.at] = (self.entries[self.at][0], scroll)

    def step(self, by: int) -> tuple[Address, int] | None:
        """The entry before or after, made the current one; None at the end."""
        if not 0 <= self.at + by < len(self.entries):
            return None
        self.at += by
        return self.entries[self.at]


class Tabs(QTabWidget):
    """The pages. ``wanted`` asks for the page of an address (and where to scroll); ``moved`` says that the tab changed."""

    wanted = Signal(object, int)
    followed = Signal(str, bool)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setTabBarAutoHide(True)
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(self.tr("Open pages"))
        self._histories: dict[PageView, History] = {}
        self.picture_of: Callable[[str], bytes] | None = None
        self._scheme: Scheme = LIGHT
        self._style: tuple[str, int, int] = ("", 12, 68)
        self.tabCloseRequested.connect(self.close_tab)
        self.currentChanged.connect(self._came_to_front)

    @property
    def view(self) -> PageView:
        """The page view in front; there is always one."""
        return next((view for view in self._histories if view is self.currentWidget()), None) or self.add_tab()

    @property
    def history(self) -> History:
        return self._histories[self.view]

    @property
    def address(self) -> Address | None:
        """Where the tab in front is; None before the first page."""
        return self.history.current if self._histories else None

    def _came_to_front(self, _at: int) -> None:
        self._fetch_front()
        self.moved.emit()

    def add_tab(self, *, front: bool = True) -> PageView:
        from kbapp.ui.pages.page_view import PageView

        view = PageView()
        view.picture_of = self.picture_of
        view.show_style(self._scheme, *self._style)
        self._histories[view] = History()
        at = self.addTab(view, self.tr("New tab"))
        view.followed.connect(self.followed)
        if front:
            self.setCurrentIndex(at)
        return view

    def forget_pages(self) -> None:
        """Drops what the tabs behind show; each is fetched again when it comes to the front."""
        for view in self._histories:
            if view is not self.view and view.page is not None:
                scroll = view.verticalScrollBar().value()
                view.show_html("")
                self._histories[view].leave(scroll)

    def show_pictures_from(self, picture_of: Callable[[str], bytes]) -> None:
        """Where the pictures of pages come from, by their address."""
        self.picture_of = picture_of
        for view in self._histories:
            view.picture_of = picture_of

    def session(self) -> list[tuple[Address, int, str]]:
        """What each tab shows, where it is scrolled to and what it is called, from left to right."""
        found = []
        for view in sorted(self._histories, key=self.indexOf):
            if (current := self._histories[view].current) is not None:
                scroll = view.verticalScrollBar().value() if view.page is not None else self._histories[view].scroll
                found.append((current.page, scroll, self.tabText(self.indexOf(view))))
        return found

    def restore(self, session: list[tuple[Address, int, str]]) -> None:
        """Opens the tabs of a former session; each is fetched when it first comes to the front."""
        for address, scroll, title in session:
            view = self.view if self.history.current is None else self.add_tab(front=False)
            self._histories[view].visit(address)
            self._histories[view].leave(scroll)
            self.setTabText(self.indexOf(view), title)
        self._fetch_front()

    def _fetch_front(self) -> None:
        """Asks for the page of a restored tab that was not looked at yet."""
        history = self.history
        if history.current is not None and self.view.page is None:
            self.wanted.emit(history.current, history.scroll)

    def close_tab(self, at: int) -> None:
        view = next((view for view in self._histories if view is self.widget(at)), None)
        if view is not None and self.count() > 1:
            self.removeTab(at)
            del self._histories[view]
            view.deleteLater()

    def show_style(self, scheme: Scheme, family: str, size: int, measure: int) -> None:
        self._scheme, self._style = scheme, (family, size, measure)
        for view in self._histories:
            view.show_style(scheme, family, size, measure)

    def visit(self, address: Address, *, new_tab: bool = False) -> None:
        """Goes to an address in the tab in front or in a new one."""
        if new_tab:
            self.add_tab()
        self.history.leave(self.view.verticalScrollBar().value())
        self.history.visit(address)
        self.wanted.emit(address, 0)

    def step(self, by: int) -> None:
        """Back (-1) or forward (1)."""
        self.history.leave(self.view.verticalScrollBar().value())
        entry = self.history.step(by)
        if entry is not None:
            self.wanted.emit(*entry)

    def show_page(self, page: Page, scroll: int) -> None:
        self.view.show_page(page, scroll)
        at = self.currentIndex()
        self.setTabText(at, page.title if len(page.title) < 32 else page.title[:30] + "…")
        self.setTabToolTip(at, page.title)
        self.moved.emit()
