"""The sidebar: the library's places, with counts; it emits where the user wants to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from kbapp.ui.style.schemes import Scheme
from kbapp.ui.style.theme import icon

if TYPE_CHECKING:
    from kbapp.ui.articles.counts import SidebarCounts  # the first paint waits for no counting

_PLACES = (
    ("all", "Library", "library", "articles"),
    ("unread", "Unread", "unread", "unread"),
    ("starred", "Starred", "star", "starred"),
    ("recent", "Recently opened", "recent", ""),
    ("authors", "Authors", "author", "authors"),
    ("people", "People", "people", "people"),
    ("notes", "Notes", "note", "notes"),
    ("sources", "Sources", "source", ""),
    ("tags", "Tags", "tag", ""),
    ("searches", "Saved searches", "search", ""),
    ("trash", "Trash", "trash", "trash"),
)
_ROLE = Qt.ItemDataRole.UserRole


class Sidebar(QTreeWidget):
    """A tree of places. ``chosen`` carries the place and its value (a tag, a source, a saved search), ``menu_wanted`` the
    same and where to show a menu."""

    chosen = Signal(str, str)
    menu_wanted = Signal(str, str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Places of the library"))
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setIconSize(QSize(18, 18))
        self.setRootIsDecorated(False)
        self.setColumnCount(1)
        self.setMinimumWidth(150)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._items: dict[str, QTreeWidgetItem] = {}
        for place, name, _, _ in _PLACES:
            item = QTreeWidgetItem([self.tr(name)])
            item.setData(0, _ROLE, (place, ""))
            self.addTopLevelItem(item)
            self._items[place] = item
        self._items["searches"].setHidden(True)
        self._items["tags"].setHidden(True)
        self.setCurrentItem(self._items["all"])
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(lambda item, _column: self._emit(item))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)

    def show_scheme(self, scheme: Scheme) -> None:
        for place, _, picture, _ in _PLACES:
            self._items[place].setIcon(0, icon(picture, scheme.quiet))

    def show_counts(self, counts: SidebarCounts) -> None:
        """Shows how many there are of everything; what is chosen stays chosen."""
        self.show_children("searches", [(f"{name}   {number:,}", query) for name, query, number in counts.searches])
        self.show_totals(counts.totals)
        self.show_children("tags", [(f"{name}   {number}", name) for name, number in counts.tags])
        self.show_children("sources", [(f"{name}   {number}", name) for name, number in counts.sources])

    def show_totals(self, totals: dict[str, int]) -> None:
        """Writes the counts behind the names."""
        for place, name, _, total in _PLACES:
            count = totals.get(total, 0) if total else 0
            self._items[place].setText(0, f"{self.tr(name)}   {count:,}" if count else self.tr(name))

    def show_children(self, place: str, values: list[tuple[str, str]]) -> None:
        """Lists tags, sources or saved searches: (text shown, value)."""
        item = self._items[place]
        open_before, chosen = item.isExpanded(), self.place()
        blocked = self.blockSignals(True)
        item.takeChildren()
        for text, value in values:
            child = QTreeWidgetItem([text])
            child.setData(0, _ROLE, (place, value))
            child.setToolTip(0, text)
            item.addChild(child)
            if chosen == (place, value):
                self.setCurrentItem(child)
        self.blockSignals(blocked)
        if place in ("tags", "searches"):
            item.setHidden(not values)
        item.setExpanded(open_before)

    def select(self, place: str, value: str = "") -> None:
        """Shows a place as chosen without emitting it."""
        item = top = self._items[place]
        for at in range(top.childCount()):
            child = top.child(at)
            if child is not None and value and self.place_of(child) == (place, value):
                item = child
        blocked = self.blockSignals(True)
        self.setCurrentItem(item)
        self.blockSignals(blocked)

    def place(self) -> tuple[str, str]:
        return self.place_of(self.currentItem())

    @staticmethod
    def place_of(item: QTreeWidgetItem | None) -> tuple[str, str]:
        """The place and value behind an item; the library for none."""
        found: tuple[str, str] = tuple(item.data(0, _ROLE)) if item is not None else ("all", "")
        return found

    def _want_menu(self, at: QPoint) -> None:
        if (item := self.itemAt(at)) is not None:
            self.menu_wanted.emit(*self.place_of(item), self.viewport().mapToGlobal(at))

    def _changed(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self._emit(item)

    def _emit(self, item: QTreeWidgetItem) -> None:
        place, value = item.data(0, _ROLE)
        if item.childCount():
            item.setExpanded(True)
        self.chosen.emit(place, value)
