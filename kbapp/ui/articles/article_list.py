"""The list of articles, notes or hits: choosing, opening, dragging out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from kbapp.ui.articles.article_card_delegate import CardDelegate
from kbapp.ui.articles.article_list_model import RowModel
from kbapp.ui.style.schemes import Scheme


class ArticleList(QListView):
    """The list; ``opened`` carries a page's kind and id, ``wants_menu`` the selected articles and where to show a menu."""

    opened = Signal(str, int)
    wants_menu = Signal(list, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Articles"))
        self.rows = RowModel(self)
        self.cards = CardDelegate(self)
        self.setModel(self.rows)
        self.setItemDelegate(self.cards)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.wants_menu.emit(self.selected_articles(), self.viewport().mapToGlobal(at))
        )
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_scheme(self, scheme: Scheme) -> None:
        self.cards.scheme = scheme
        self.viewport().update()

    def selected_articles(self) -> list[int]:
        rows = (self.rows.row(index.row()) for index in self.selectedIndexes())
        return [row.id for row in rows if row is not None and row.kind == "article"]

    def select(self, kind: str, number: int) -> None:
        """Marks the row of the page that is shown, if it is in the list."""
        at = self.rows.position(kind, number)
        if at >= 0 and at != self.currentIndex().row():
            self.blockSignals(True)
            self.setCurrentIndex(self.rows.index(at))
            self.blockSignals(False)

    def _open(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if row is not None and row.kind != "heading":
            self.opened.emit(row.kind, row.id)

    def _moved(self, index: QModelIndex) -> None:
        if self.hasFocus() and len(self.selectedIndexes()) <= 1:
            self._open(index)
