"""The sidebar: the library's places in sections that fold, with counts; it emits where the user wants to go."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kbapp.ui.articles.article_list_model import DRAGGED_ROWS
from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.style.theme import icon

if TYPE_CHECKING:
    from kbapp.ui.articles.counts import SidebarCounts  # the first paint waits for no counting

_SECTIONS = (
    ("people", "People"),
    ("notes", "Notes"),
    ("searches", "Searches"),
    ("tags", "Tags"),
    ("sources", "Sources"),
)
# Place, name, icon, name of its count, section; "" stands above all sections.
_PLACES = (
    ("all", "All articles", "library", "articles", ""),
    ("unread", "Unread", "unread", "unread", ""),
    ("starred", "Starred", "star", "starred", ""),
    ("recent", "Recent", "recent", "", ""),
    ("trash", "Trash", "trash", "trash", ""),
    ("people", "People", "people", "people", "people"),
    ("authors", "Authors", "author", "authors", "people"),
    ("notes", "All notes", "note", "notes", "notes"),
    ("boards", "Boards", "board", "boards", "notes"),
)
_SECTION_OF = {"boards": "notes"}  # where values are listed that have no section of their own
_PICTURES = {"searches": "search", "tags": "", "sources": "source", "boards": "board"}
_MOST = 10  # tags or sources that are listed before "Show all"
_ROW, _HEAD = 29, 32  # pixels
_PLACE, _COUNT, _ICON = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


class Sidebar(QTreeWidget):
    """A tree of places. ``chosen`` carries the place and its value (a tag, a source, a saved search), ``menu_wanted`` the
    same and where to show a menu. ``dropped`` carries a tag's or a board's place, its value, and the rows that were dropped
    on it as (kind, id)."""

    chosen = Signal(str, str)
    dropped = Signal(str, str, list)
    menu_wanted = Signal(str, str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Places of the library"))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setColumnCount(1)
        self.setMinimumWidth(150)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _PlaceDelegate(self)
        self.setItemDelegate(self._delegate)
        self.tags: tuple[str, ...] = ()  # the names of all, whether listed or not
        self._sections: dict[str, QTreeWidgetItem] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        for place, name, picture, _, section in _PLACES:
            self._items[place] = _item(self.tr(name), (place, ""), picture)
            if not section:
                self.addTopLevelItem(self._items[place])
        for section, name in _SECTIONS:
            item = self._add_section(section, self.tr(name))
            item.addChildren([self._items[place] for place, _, _, _, where in _PLACES if where == section])
        for section in ("searches", "tags", "sources"):
            self._sections[section].setHidden(True)
        self.setCurrentItem(self._items["all"])
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(lambda item, _column: self._emit(item))
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)

    def _add_section(self, section: str, name: str) -> QTreeWidgetItem:
        item = _item(name, (section, ""), "")
        self._sections[section] = item
        self.addTopLevelItem(item)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setExpanded(True)
        return item

    def show_scheme(self, scheme: Scheme) -> None:
        self._delegate.scheme = scheme
        self.viewport().update()

    def show_counts(self, counts: SidebarCounts) -> None:
        """Shows how many there are of everything; what is chosen stays chosen."""
        self.show_values("searches", [(name, query, number) for name, query, number in counts.searches])
        self.tags = tuple(name for name, _ in counts.tags)
        self.show_totals(counts.totals)
        self.show_values("boards", [(title, str(board), number) for board, title, number in counts.boards])
        self.show_values("tags", [(name, name, number) for name, number in counts.tags])
        self.show_values("sources", [(name, name, number) for name, number in counts.sources])

    def show_totals(self, totals: dict[str, int]) -> None:
        """Writes the counts at the end of the rows."""
        for place, _, _, total, _ in _PLACES:
            self._items[place].setData(0, _COUNT, totals.get(total) or None)
        self.viewport().update()

    def show_values(self, place: str, values: list[tuple[str, str, int | None]]) -> None:
        """Lists tags, sources, boards or saved searches: (name, value, count); of many the first ten, and a row that lists
        them all in the list."""
        section, chosen = self._sections[_SECTION_OF.get(place, place)], self.place()
        blocked = self.blockSignals(True)
        for at in reversed(range(section.childCount())):
            if self.place_of(section.child(at))[0] == place and section.child(at) not in self._items.values():
                section.takeChild(at)
        is_long = len(values) > _MOST and place in ("tags", "sources")
        for name, value, count in values[:_MOST] if is_long else values:
            child = _item(name, (place, value), _PICTURES[place])
            child.setData(0, _COUNT, count)
            section.addChild(child)
            if chosen == (place, value):
                self.setCurrentItem(child)
        if is_long:
            child = _item(self.tr("Show all {0}").format(f"{len(values):,}"), (place, ""), "more")
            section.addChild(child)
            if chosen == (place, ""):
                self.setCurrentItem(child)
        self.blockSignals(blocked)
        section.setHidden(not section.childCount())

    def select(self, place: str, value: str = "") -> None:
        """Shows a place as chosen without emitting it."""
        item = None if value else self._items.get(place)
        section = self._sections.get(_SECTION_OF.get(place, place))
        if section is not None and item is None:
            children = (section.child(at) for at in range(section.childCount()))
            item = next((child for child in children if self.place_of(child) == (place, value)), None)
        blocked = self.blockSignals(True)
        self.setCurrentItem(item) if item is not None else self.setCurrentIndex(QModelIndex())
        self.blockSignals(blocked)

    def place(self) -> tuple[str, str]:
        return self.place_of(self.currentItem())

    @staticmethod
    def place_of(item: QTreeWidgetItem | None) -> tuple[str, str]:
        """The place and value behind an item; the library for none."""
        found: tuple[str, str] = tuple(item.data(0, _PLACE)) if item is not None else ("all", "")
        return found

    # --- dropping ----------------------------------------------------------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAGGED_ROWS):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        item = self._taking(event)
        self._show_target(item)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept() if item is not None else event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        item = self._taking(event)
        self._show_target(None)
        if item is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        rows = [
            (str(kind), int(number)) for kind, number in json.loads(bytes(event.mimeData().data(DRAGGED_ROWS).data()))
        ]
        self.dropped.emit(*self.place_of(item), rows)

    def _taking(self, event: QDropEvent) -> QTreeWidgetItem | None:
        """The tag or board under the pointer, if rows of ours are dragged."""
        item = self.itemAt(event.position().toPoint())
        place, value = self.place_of(item)
        takes = event.mimeData().hasFormat(DRAGGED_ROWS) and place in ("tags", "boards") and bool(value)
        return item if takes else None

    def _show_target(self, item: QTreeWidgetItem | None) -> None:
        """Marks what would take the rows that are dragged."""
        target = self.indexFromItem(item) if item is not None else QModelIndex()
        if target != self._delegate.target:
            self._delegate.target = QPersistentModelIndex(target)
            self.viewport().update()

    def _want_menu(self, at: QPoint) -> None:
        if (item := self.itemAt(at)) is not None and not self._is_section(item):
            self.menu_wanted.emit(*self.place_of(item), self.viewport().mapToGlobal(at))

    def _is_section(self, item: QTreeWidgetItem) -> bool:
        return item in self._sections.values()

    def _changed(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self._emit(item)

    def _emit(self, item: QTreeWidgetItem) -> None:
        section, value = self.place_of(item)
        if self._is_section(item):
            item.setExpanded(not item.isExpanded())
        else:
            self.chosen.emit(section, value)


def _item(name: str, place: tuple[str, str], picture: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name])
    item.setData(0, _PLACE, place)
    item.setData(0, _ICON, picture)
    return item


class _PlaceDelegate(QStyledItemDelegate):
    """Paints a row: icon, name, and the count at the end; a section has its name in small and an arrow."""

    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self.scheme: Scheme = LIGHT
        self.target = QPersistentModelIndex()  # what would take the rows that are dragged
        self._sidebar = sidebar

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(120, _HEAD if self._is_section(index) else _ROW)

    @staticmethod
    def _is_section(index: _Index) -> bool:
        return not index.parent().isValid() and not index.data(_ICON)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_section(index):
            self._section(painter, option, index)
        else:
            self._row(painter, option, index)
        painter.restore()

    def _section(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        s, area = self.scheme, option.rect.adjusted(16, 10, -14, 0)
        font = QFont(option.font)
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(s.quiet))
        painter.drawText(area, _start(option) | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        folded = not self._sidebar.isExpanded(self._sidebar.model().index(index.row(), 0))
        arrow = QRect(area.right() - 14, area.center().y() - 7, 14, 14)
        picture = ("back" if option.direction == Qt.LayoutDirection.RightToLeft else "right") if folded else "fold"
        icon(picture, s.quiet).paint(painter, QStyle.visualRect(option.direction, option.rect, arrow))

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        s, rect = self.scheme, option.rect
        ground = QRectF(rect.adjusted(8, 0, -8, -1))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_target = self.target.isValid() and self.target == index
        if selected or is_target or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QColor(s.accent) if selected and self._sidebar.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(s.selected if selected or is_target else s.hover))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        place, value = index.data(_PLACE)
        mark = QRect(rect.left() + 16, rect.center().y() - 9, 18, 18)
        if place == "tags" and value:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(_tag_colour(s, value)))
            painter.drawEllipse(QStyle.visualRect(option.direction, rect, mark.adjusted(5, 5, -4, -4)))
        elif picture := index.data(_ICON):
            colour = s.accent if selected else s.quiet
            icon(str(picture), colour).paint(painter, QStyle.visualRect(option.direction, rect, mark))
        font = QFont(option.font)
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        count = index.data(_COUNT)
        number = f"{count:,}" if count is not None else ""
        small = QFont(option.font)
        small.setPixelSize(12)
        wide = QFontMetrics(small).horizontalAdvance(number)
        text = QRect(
            rect.left() + 43, rect.top(), rect.width() - 43 - 17 - (wide + 8 if number else 0), rect.height() - 1
        )
        painter.setFont(font)
        painter.setPen(QColor(s.text))
        name = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, text.width())
        flags = _start(option) | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QStyle.visualRect(option.direction, rect, text), flags, name)
        if number:
            painter.setFont(small)
            painter.setPen(QColor(s.quiet))
            end = QRect(rect.right() - 16 - wide, rect.top(), wide + 1, rect.height() - 1)
            painter.drawText(QStyle.visualRect(option.direction, rect, end), flags, number)


def _start(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    return QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute


def _tag_colour(scheme: Scheme, tag: str) -> str:
    """A colour that a tag keeps, chosen by its name."""
    return scheme.discs[zlib.crc32(tag.encode()) % len(scheme.discs)][1]
