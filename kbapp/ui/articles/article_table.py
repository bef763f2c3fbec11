"""The list as a table: a row an article, with columns that it can be sorted by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kbapp.ui.core.rows import Listing, TableRow

_CHUNK = 100
_COLUMN_ORDERS = (
    ("title", "Title"), ("authors", "Author"), ("source", "Source"), ("date", "Date"), ("added", "Added"),
    ("words", "Words"), ("tags", "Tags"),
)  # fmt: skip
_WIDTHS = (280, 150, 145, 145, 140, 65, 125)  # pixels at first
# What a click on a column's head sorts by, and what a second one does.
_SORTS = {
    "title": ("title", "title_down"), "authors": ("author", "author_down"), "source": ("source", "source_down"),
    "date": ("newest", "oldest"), "added": ("imported", "imported_up"),
}  # fmt: skip
_Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """Holds ids; ``rows_wanted`` asks for rows as they come into view, which ``put_rows`` fills in."""

    rows_wanted = Signal(list)
    NAMES: ClassVar[tuple[str, ...]] = tuple(name for name, _ in _COLUMN_ORDERS)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ids: list[int] = []
        self._at: dict[int, int] = {}
        self._rows: dict[int, TableRow] = {}
        self._asked: set[int] = set()
        self._wanted: list[int] = []
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)

    def show_ids(self, ids: list[int]) -> None:
        """Shows other articles, or the same in another order."""
        self.beginResetModel()
        self.ids, self._rows, self._asked, self._wanted = ids, {}, set(), []
        self._at = {each: at for at, each in enumerate(ids)}
        self.endResetModel()

    def put_rows(self, rows: Iterable[TableRow]) -> None:
        """Fills in rows that were asked for."""
        for row in rows:
            if (at := self._at.get(row.id)) is not None:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.NAMES) - 1))

    def place_of(self, article: int) -> int:
        """Where an article is, or -1."""
        return self._at.get(article, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.NAMES)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(_COLUMN_ORDERS[section][1])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, name = self._row(index.row()), self.NAMES[index.column()]
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(getattr(row, name)) or "—"
        if role == Qt.ItemDataRole.AccessibleTextRole and name == "title" and row.unread:
            return f"{row.title}, {self.tr('unread')}"
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "words":
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and name == "title":
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold if row.unread else QFont.Weight.Normal)
            return font
        return None

    def _row(self, at: int) -> TableRow | None:
        row, chunk = self._rows.get(at), at // _CHUNK
        if row is None and chunk not in self._asked:
            self._asked.add(chunk)
            self._wanted += self.ids[chunk * _CHUNK : (chunk + 1) * _CHUNK]
            self._asking.start()
        return row

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        self.rows_wanted.emit(wanted)


class ArticleTable(QTableView):
    """``opened`` carries the id of an article whose page is wanted, ``order_chosen`` what a column's head asks for,
    ``chosen`` the ids that are selected, ``delete_wanted`` says that Delete was pressed."""

    opened = Signal(int)
    order_chosen = Signal(str)
    chosen = Signal(list)
    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Articles"))
        self.rows = TableModel(self)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(36)
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.sectionClicked.connect(self._sort)
        for at, width in enumerate(_WIDTHS):
            self.setColumnWidth(at, width)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.ids[index.row()]))
        self._order = "newest"

    def show_list(self, found: Listing, order: str) -> None:
        """Shows a list in its order; what is selected stays so."""
        selected, self._order = self.selected_articles(), order
        self.rows.show_ids([each for group in found.groups for each in group.ids])
        selection = QItemSelection()
        for at in (each for each in map(self.rows.place_of, selected) if each >= 0):
            selection.select(self.rows.index(at, 0), self.rows.index(at, self.rows.columnCount() - 1))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        head = self.horizontalHeader()
        column = next((name for name, orders in _SORTS.items() if order in orders), "")
        head.setSortIndicatorShown(bool(column))
        if column:
            down = order in ("newest", "imported", "title_down", "author_down", "source_down")
            way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(TableModel.NAMES.index(column), way)

    def selected_articles(self) -> list[int]:
        return [self.rows.ids[index.row()] for index in self.selectionModel().selectedRows()]

    def columns(self) -> str:
        """The order and widths of the columns, to be kept."""
        return self.horizontalHeader().saveState().toBase64().toStdString()

    def restore_columns(self, kept: str) -> None:
        self.horizontalHeader().restoreState(QByteArray.fromBase64(kept.encode()))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.selected_articles())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self.opened.emit(self.rows.ids[at])
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _sort(self, section: int) -> None:
        first, second = _SORTS.get(TableModel.NAMES[section], ("", ""))
        if first:
            self.order_chosen.emit(second if self._order == first else first)
