"""The sidebar: the library's places, with counts; it emits where the user wants to go."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from kbapp.ui.style.schemes import Scheme
from kbapp.ui.style.theme import icon

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
    """A tree of places; ``chosen`` carries the place and its value (a tag, a source, a saved search)."""

    chosen = Signal(str, str)

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

    def show_scheme(self, scheme: Scheme) -> None:
        for place, _, picture, _ in _PLACES:
            self._items[place].setIcon(0, icon(picture, scheme.quiet))

    def show_totals(self, totals: dict[str, int]) -> None:
        """Writes the counts behind the names."""
        for place, name, _, total in _PLACES:
            count = totals.get(total, 0) if total else 0
            self._items[place].setText(0, f"{self.tr(name)}   {count:,}" if count else self.tr(name))

    def show_children(self, place: str, values: list[tuple[str, str]]) -> None:
        """Lists tags, sources or saved searches: (text shown, value)."""
        item = self._items[place]
        open_before = item.isExpanded()
        item.takeChildren()
        for text, value in values:
            child = QTreeWidgetItem([text])
            child.setData(0, _ROLE, (place, value))
            child.setToolTip(0, text)
            item.addChild(child)
        if place in ("tags", "searches"):
            item.setHidden(not values)
        item.setExpanded(open_before)

    def select(self, place: str) -> None:
        """Shows a place as chosen without emitting it."""
        self.blockSignals(True)
        self.setCurrentItem(self._items.get(place))
        self.blockSignals(False)

    def place(self) -> tuple[str, str]:
        return self.place_of(self.currentItem())

    @staticmethod
    def place_of(item: QTreeWidgetItem | None) -> tuple[str, str]:
        """The place and value behind an item; the library for none."""
        found: tuple[str, str] = tuple(item.data(0, _ROLE)) if item is not None else ("all", "")
        return found

    def _changed(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self._emit(item)

    def _emit(self, item: QTreeWidgetItem) -> None:
        place, value = item.data(0, _ROLE)
        if item.childCount():
            item.setExpanded(True)
        self.chosen.emit(place, value)
