"""The list of articles, notes or hits: choosing, opening, dragging out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from kbapp.ui.articles.article_card_delegate import ArticleCardDelegate
from kbapp.ui.articles.article_list_model import ArticleListModel
from kbapp.ui.core.rows import HitList, Listing, Row
from kbapp.ui.style.schemes import Scheme

_PAUSE = 1000  # milliseconds without a key, after which letters begin a new word
_LEADS_TO = {"source": "sources", "tag": "tags"}  # rows whose articles are a list of their own


class ArticleList(QListView):
    """The list. ``opened`` carries a page's kind and id, ``menu_wanted`` where to show a menu for what is selected,
    ``explanation_wanted`` the row that the mouse rests on, which ``explain`` answers. ``place_chosen`` carries a source or
    a tag whose articles are to be listed; ``filter_wanted`` says that the list is to be filtered, ``page_wanted`` that
    the keyboard belongs to the page, ``delete_wanted`` that Delete was pressed; ``letters_typed`` carries the beginning of a
    title that none of the loaded rows has, ``selected`` how many rows are."""

    opened = Signal(str, int)
    place_chosen = Signal(str, str)
    filter_wanted = Signal()
    page_wanted = Signal()
    delete_wanted = Signal()
    letters_typed = Signal(str)
    selected = Signal(int)
    menu_wanted = Signal(QPoint)
    explanation_wanted = Signal(Row)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Articles"))
        self.rows = ArticleListModel(self)
        self.cards = ArticleCardDelegate(self)
        self._explained: tuple[Row, QPoint] | None = None
        self._place = ("all", "")
        self._letters = ""  # typed one after another without a pause
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typing.timeout.connect(self._stop_typing)
        self.setModel(self.rows)
        self.setItemDelegate(self.cards)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at)))
        self.clicked.connect(self._click)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_scheme(self, scheme: Scheme) -> None:
        self.cards.scheme = scheme
        self.viewport().update()

    def show_list(self, found: Listing) -> None:
        """Shows a list; only short ones of several kinds have rows of several heights, which must be measured. The same list
        again keeps what is selected and where it is scrolled to."""
        is_same = found.place == self._place and bool(found.kind) and found.kind == self.rows.kind
        selected, scrolled = self.selected_ids() if is_same else [], self.verticalScrollBar().value()
        self._place = found.place
        self.setUniformItemSizes(bool(found.kind))
        self.rows.show_list(found)
        if is_same:
            self._select_again(selected)
            self.verticalScrollBar().setValue(scrolled)
        else:
            self.scrollToTop()
        self.selected.emit(len(self.selectedIndexes()))

    def choose(self, ids: list[int]) -> None:
        """Selects these rows, and no other."""
        self._select_again(ids)
        self.selected.emit(len(self.selectedIndexes()))

    def _select_again(self, ids: list[int]) -> None:
        selection, places = QItemSelection(), [at for at in map(self.rows.place_of, ids) if at >= 0]
        for at in places:
            selection.select(self.rows.index(at), self.rows.index(at))
        blocked = self.blockSignals(True)
        if places:
            self.selectionModel().setCurrentIndex(
                self.rows.index(places[0]), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(blocked)

    def show_hits(self, found: HitList) -> None:
        """Shows what a search found, the best first and in sight."""
        self._place = ("", "")
        self.setUniformItemSizes(False)
        self.rows.show_rows(found.rows)
        self.scrollToTop()
        self.selected.emit(0)

    def selected_articles(self) -> list[int]:
        targets = (self.rows.target(index.row()) for index in self.selectedIndexes())
        return [target[1] for target in targets if target is not None and target[0] == "article"]

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the list's order."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return [target[1] for target in map(self.rows.target, places) if target is not None]

    def select(self, kind: str, number: int, *, scroll: bool = True) -> None:
        """Marks the row of the page that is shown, if it is in the list; brings it into sight when ``scroll`` is set."""
        at = self.rows.position(kind, number)
        if at >= 0 and at != self.currentIndex().row() and len(self.selectedIndexes()) < 2:
            before = self.verticalScrollBar().value()
            self.blockSignals(True)
            self.setCurrentIndex(self.rows.index(at))
            self.blockSignals(False)
            if not scroll:
                self.verticalScrollBar().setValue(before)

    def begin(self, open_first: bool) -> None:
        """Puts the keyboard on the first row, and opens it when ``open_first`` is set."""
        places = range(min(3, self.rows.rowCount()))
        first = next((at for at in places if self.rows.target(at) is not None), None)
        if first is not None:
            index = self.rows.index(first)
            self.setFocus()
            self.setCurrentIndex(index)
            if open_first:
                self._open(index)

    def explain(self, row: Row, words: str) -> None:
        """Shows why a row was found, if the mouse still rests on it."""
        if self._explained is not None and self._explained[0] == row and words:
            QToolTip.showText(self._explained[1], f"{row.title}\n\n{words}", self.viewport())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.rows.row(self.indexAt(event.pos()).row())
            self._explained = (row, event.globalPos()) if row is not None else None
            if row is not None and row.kind != "heading":
                QToolTip.showText(event.globalPos(), row.title, self.viewport())
                self.explanation_wanted.emit(row)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() == "/" and not self._letters:
            self.filter_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self._open(self.currentIndex())
            self.page_wanted.emit()
        elif key == Qt.Key.Key_Delete and not held:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self.clear_selection()
        else:
            super().keyPressEvent(event)

    def clear_selection(self) -> None:
        """Leaves the current row selected alone."""
        self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyboardSearch(self, search: str) -> None:
        """Goes to the next row whose title begins with what is typed; a pause begins anew. The model is not asked for every
        row, which would load them all."""
        if not search.strip() and not self._letters:
            return
        self._letters += search.casefold()
        self._typing.start()
        at = self.rows.begins(self._letters, max(0, self.currentIndex().row()))
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))
        elif not self.rows.is_loaded():
            self.letters_typed.emit(self._letters)

    def go_to(self, ids: list[int]) -> None:
        """Goes to the first of the list's rows that is among these."""
        at = min((each for each in map(self.rows.place_of, ids) if each >= 0), default=-1)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected.emit(len(self.selectedIndexes()))

    def _stop_typing(self) -> None:
        self._letters = ""

    def _click(self, index: QModelIndex) -> None:
        if len(self.selectedIndexes()) <= 1:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row, target = self.rows.row(index.row()), self.rows.target(index.row())
        if row is not None and row.kind in _LEADS_TO:
            self.place_chosen.emit(_LEADS_TO[row.kind], row.title)
        elif target is not None:
            self.opened.emit(*target)

    def _moved(self, index: QModelIndex) -> None:
        by_menu = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.RightButton)
        row = self.rows.row(index.row())
        leads_on = (
            row is not None and row.kind in _LEADS_TO
        )  # to another list, which none but a click or Enter asks for
        if self.hasFocus() and not by_menu and not leads_on and len(self.selectedIndexes()) <= 1:
            self._open(index)
