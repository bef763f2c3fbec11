"""Tabs of pages, each with a history of its own that remembers where it was scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from kbapp.rendering.addresses import Address
from kbapp.ui.pages.page_bar import PageBar
from kbapp.ui.pages.requests import MissingPage, PageAnswer, PageRequest
from kbapp.ui.style.schemes import HEAD, LIGHT, Scheme

if TYPE_CHECKING:
    from kbapp.ui.pages.page_view import PageView  # the first list waits for no page

MakeView = Callable[[int], "PageView"]
_LONGEST = 32  # letters of a title on its tab


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


class PageTabs(QTabWidget):
    """The pages. ``page_wanted`` asks for a page; its answer is shown in the tab that asked, wherever that is by then.

    ``front_changed`` says that another tab came to the front or that the one in front shows another page, ``tab_switched``
    only the former. Links, menus
    and the key that highlights are passed on from whatever page they come from.
    """

    page_wanted = Signal(PageRequest)
    front_changed = Signal()
    tab_switched = Signal()
    link_clicked = Signal(str, str, bool)
    menu_wanted = Signal(str, QPoint)
    highlight_wanted = Signal()
    months_selected = Signal(str, str)
    view_added = Signal(QWidget)

    def __init__(self, make_view: MakeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_view = make_view
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabBar().setDrawBase(False)
        self.setAccessibleName(self.tr("Open pages"))
        self.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # its focus goes to a bar that is hidden with one tab: Tab ends there
        self.bar = PageBar(self)
        self._histories: dict[PageView, History] = {}
        self._numbers = 0
        self._picture_of: Callable[[str], bytes] | None = None
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
        self.front_changed.emit()
        self.tab_switched.emit()

    def add_tab(self, *, front: bool = True) -> PageView:
        self._numbers += 1
        view = self._make_view(self._numbers)
        view.picture_of = self._picture_of
        view.show_style(self._scheme, *self._style)
        self._histories[view] = History()
        at = self.addTab(view, self.tr("New tab"))
        view.link_clicked.connect(self.link_clicked)
        view.menu_wanted.connect(self.menu_wanted)
        view.highlight_wanted.connect(self.highlight_wanted)
        view.months_selected.connect(self.months_selected)
        self.view_added.emit(view)
        if front:
            self.setCurrentIndex(at)
        return view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.setGeometry(0, HEAD, self.width(), self.bar.height())
        self.bar.raise_()

    def forget_pages(self) -> None:
        """Drops what the tabs behind show; each is fetched again when it comes to the front."""
        for view in self._histories:
            if view is not self.view and view.page is not None:
                scroll = view.verticalScrollBar().value()
                view.show_html("")
                self._histories[view].leave(scroll)

    def show_pictures_from(self, picture_of: Callable[[str], bytes]) -> None:
        """Where the pictures of pages come from, by their address."""
        self._picture_of = picture_of
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
            self._ask(history.current, history.scroll)

    def _ask(self, address: Address, scroll: int) -> None:
        self.page_wanted.emit(PageRequest(self.view.number, address, scroll))

    def close_tab(self, at: int) -> None:
        view = next((view for view in self._histories if view is self.widget(at)), None)
        if view is not None and self.count() > 1:
            self.removeTab(at)
            del self._histories[view]
            view.deleteLater()

    def close_front(self) -> None:
        self.close_tab(self.currentIndex())

    def show_style(self, scheme: Scheme, family: str, size: int, measure: int) -> None:
        self._scheme, self._style = scheme, (family, size, measure)
        for view in self._histories:
            view.show_style(scheme, family, size, measure)

    def visit(self, address: Address, *, new_tab: bool = False) -> None:
        """Goes to an address: in the tab that shows this page already, else in the one in front or in a new one."""
        if (other := self._showing(address)) is not None and (new_tab or other is not self.view):
            self.setCurrentWidget(other)
        elif new_tab:
            self.add_tab()
        self.history.leave(self.view.verticalScrollBar().value())
        self.history.visit(address)
        self._ask(address, 0)

    def visit_in_new_tab(self, address: Address) -> None:
        self.visit(address, new_tab=True)

    def _showing(self, address: Address) -> PageView | None:
        """The tab that shows a page already, the one in front first."""
        views = sorted(self._histories, key=lambda view: view is not self.currentWidget())
        places = ((view, self._histories[view].current) for view in views)
        return next((view for view, place in places if place is not None and place.page == address.page), None)

    def step(self, by: int) -> None:
        """Back (-1) or forward (1)."""
        self.history.leave(self.view.verticalScrollBar().value())
        entry = self.history.step(by)
        if entry is not None:
            self._ask(*entry)

    def back(self) -> None:
        self.step(-1)

    def forward(self) -> None:
        self.step(1)

    def reload(self) -> None:
        """Asks for the page in front again, where it was."""
        current = self.address
        if current is not None:
            address = current if current.place.startswith("t") else current.page
            self._ask(address, self.view.verticalScrollBar().value())

    def show_page(self, answer: PageAnswer) -> bool:
        """Shows a page in the tab that asked for it; False when that is closed or has moved on."""
        view = self._waiting(answer.request)
        if view is None:
            return False
        view.show_page(answer.page, answer.request.scroll)
        at, title = self.indexOf(view), answer.page.title
        self.setTabText(at, title if len(title) < _LONGEST else title[: _LONGEST - 2] + "…")
        self.setTabToolTip(at, title)
        if view is self.view:
            self.front_changed.emit()
        return True

    def show_missing(self, missing: MissingPage, html: str) -> None:
        """Shows why a page is not there in the tab that asked for it."""
        if (view := self._waiting(missing.request)) is not None:
            view.show_html(html)
            if view is self.view:
                self.front_changed.emit()

    def is_in_front(self, request: PageRequest) -> bool:
        return self.view.number == request.tab

    def _waiting(self, request: PageRequest) -> PageView | None:
        """The tab that asked, as long as it is still at that page."""
        view = next((view for view in self._histories if view.number == request.tab), None)
        current = self._histories[view].current if view is not None else None
        return view if current is not None and current.page == request.address.page else None
