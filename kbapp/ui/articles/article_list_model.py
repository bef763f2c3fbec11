"""The rows of the list: a virtual model that holds ids, and turns them into rows as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from kbapp.i18n import joined, plain_date, translated

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from kbapp.domain import Hit
    from kbapp.library.articles.listing import Card

ROW = Qt.ItemDataRole.UserRole
_CHUNK = 60
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """What a card shows; ``kind`` and ``id`` are where it leads."""

    kind: str
    id: int
    title: str
    about: str = ""
    unread: bool = False
    starred: bool = False
    notes: int = 0
    snippet: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    colour: str = ""


def row_of_card(card: Card) -> Row:
    about = joined((", ".join(card.authors[:2]), card.source, plain_date(card.published)))
    return Row("article", card.id, card.title, about, not card.is_read, card.starred, card.notes)


def row_of_hit(hit: Hit) -> Row:
    names = {"article": "", "person": translated("Person"), "note": translated("Note")}
    about = joined((names[hit.kind], ", ".join(hit.authors[:2]), plain_date(hit.published)))
    return Row(hit.kind, hit.id, hit.title, about, snippet=hit.snippet, matches=hit.matches)


class RowModel(QAbstractListModel):
    """Holds ids only; ``load`` turns a slice of them into rows when they come into view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self._rows: dict[int, Row] = {}
        self._load: Callable[[list[int]], list[Row]] = lambda _ids: []
        self.file_of: Callable[[int], str | None] = lambda _article: None
        self.citation_of: Callable[[int], str] = lambda _article: ""
        self.why: Callable[[Row], str] = lambda _row: ""

    def show_ids(self, ids: list[int], load: Callable[[list[int]], list[Row]]) -> None:
        self.beginResetModel()
        self._ids, self._rows, self._load = ids, {}, load
        self.endResetModel()

    def show_groups(self, groups: list[tuple[str, list[int]]], load: Callable[[list[int]], list[Row]]) -> None:
        """Ids in groups, each under a heading that is a row of its own (its id in the list is negative)."""
        ids: list[int] = []
        for at, (_, members) in enumerate(groups):
            ids += [-1 - at, *members]

        def load_with_headings(wanted: list[int]) -> list[Row]:
            headings = [
                Row("heading", number, groups[-1 - number][0], f"{len(groups[-1 - number][1]):,}")
                for number in wanted
                if number < 0
            ]
            return headings + load([number for number in wanted if number >= 0])

        self.show_ids(ids, load_with_headings)

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._ids, self._rows = list(range(len(rows))), dict(enumerate(rows))
        self.endResetModel()

    def append_rows(self, rows: list[Row]) -> None:
        """Adds rows at the end; what is chosen and where the list is scrolled to stay."""
        if rows:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._ids += range(first, first + len(rows))
            self._rows |= dict(enumerate(rows, first))
            self.endInsertRows()

    def forget(self, article: int) -> None:
        """Loads one article's row again when it is next painted."""
        for at, row in list(self._rows.items()):
            if row.kind == "article" and row.id == article and self._ids[at] == article:
                del self._rows[at]
                self.dataChanged.emit(self.index(at), self.index(at))

    def row(self, at: int) -> Row | None:
        if at not in self._rows and 0 <= at < len(self._ids):
            first = at - at % _CHUNK
            ids = self._ids[first : first + _CHUNK]
            loaded = {row.id: row for row in self._load(ids)}
            for offset, number in enumerate(ids):
                if number in loaded:
                    self._rows[first + offset] = loaded[number]
        return self._rows.get(at)

    def position(self, kind: str, number: int) -> int:
        """Where a page is in the list, or -1."""
        for at, row in self._rows.items():
            if row.kind == kind and row.id == number:
                return at
        if kind == "article" and number in self._ids and self.row(at := self._ids.index(number)) is not None:
            found = self.row(at)
            return at if found is not None and found.id == number else -1
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            ROW,
        ):
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            why = self.why(row)
            return f"{row.title}\n\n{why}" if why else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = [
                name
                for name, holds in (("unread", row.unread), ("starred", row.starred), ("has notes", row.notes))
                if holds
            ]
            return ", ".join([row.title, row.about, *marks])
        return row.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self._ids) and self._ids[index.row()] < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", "text/plain"]

    def mimeData(self, indexes: Any) -> QMimeData:
        """Articles are dragged out as their original files and, into text, as citations."""
        from PySide6.QtCore import QMimeData, QUrl

        mime = QMimeData()
        rows = [row for index in indexes if (row := self.row(index.row())) is not None and row.kind == "article"]
        mime.setUrls([QUrl.fromLocalFile(path) for row in rows if (path := self.file_of(row.id))])
        mime.setText("\n".join(self.citation_of(row.id) for row in rows))
        return mime
