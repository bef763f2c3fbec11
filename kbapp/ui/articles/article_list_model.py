"""The rows of the list: a model that holds ids, and asks for their rows as they come into view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import QWidget

from kbapp.ui.core.rows import Listing, Row

ROW = Qt.ItemDataRole.UserRole
DRAGGED_ROWS = "application/x-kbapp-rows"  # JSON: [[kind, id], ...]
_CHUNK = 60
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DragSource:
    """What articles are dragged out as: the paths of their original files, and citations."""

    paths: Callable[[list[int]], list[str]]
    citations: Callable[[list[int]], str]


class ArticleListModel(QAbstractListModel):
    """Holds ids; ``rows_wanted`` asks for the rows of some, which ``put_rows`` fills in. It never reads the library."""

    rows_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = "article"
        self._ids: list[int] = []  # a heading's is negative
        self._at: dict[int, int] = {}  # where each id is
        self._rows: dict[int, Row] = {}  # by place
        self._asked: set[int] = set()  # chunks that were asked for
        self._wanted: list[int] = []
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        self.drag_source: DragSource | None = None

    def show_list(self, found: Listing) -> None:
        """Shows ids in groups, each under a heading that is a row of its own."""
        if not found.kind:
            self.show_rows(found.rows)
            return
        self.beginResetModel()
        self.kind = found.kind
        self._ids, self._rows, self._asked = [], {}, set()
        for number, group in enumerate(found.groups, 1):
            if group.heading:
                self._rows[len(self._ids)] = Row("heading", -number, group.heading, f"{len(group.ids):,}")
                self._ids.append(-number)
            self._ids += group.ids
        self._at = {each: at for at, each in enumerate(self._ids)}
        self._fill(found.rows)
        self.endResetModel()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows rows that are all there, such as the results of a search; headings among them cannot be chosen."""
        self.beginResetModel()
        self.kind = ""
        self._ids = [-at - 1 if row.kind == "heading" else at for at, row in enumerate(rows)]
        self._rows, self._asked, self._at = dict(enumerate(rows)), set(), {}
        self.endResetModel()

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Adds rows at the end; what is chosen and where the list is scrolled to stay."""
        if rows:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._ids += range(first, first + len(rows))
            self._rows |= dict(enumerate(rows, first))
            self.endInsertRows()

    def put_rows(self, rows: Iterable[Row]) -> None:
        """Fills in rows that were asked for; those that are no longer in the list are left out."""
        for at in self._fill(rows):
            self.dataChanged.emit(self.index(at), self.index(at))

    def _fill(self, rows: Iterable[Row]) -> list[int]:
        places = []
        for row in rows:
            at = self._at.get(row.id)
            if at is not None and row.kind == self.kind:
                self._rows[at] = row
                places.append(at)
        return places

    def refresh(self, article: int) -> None:
        """Asks for one article's row again; the present one is shown until then."""
        if self.kind == "article" and article in self._at:
            self.rows_wanted.emit([article])

    def row(self, at: int) -> Row | None:
        """The row at a place; None while it is being loaded."""
        row = self._rows.get(at)
        if row is None and 0 <= at < len(self._ids) and at // _CHUNK not in self._asked:
            self._asked.add(at // _CHUNK)
            first = at - at % _CHUNK
            self._wanted += [
                each
                for place, each in enumerate(self._ids[first : first + _CHUNK], first)
                if each >= 0 and place not in self._rows
            ]
            self._asking.start()
        return row

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, []
        if wanted:
            self.rows_wanted.emit(wanted)

    def position(self, kind: str, number: int) -> int:
        """Where a page is in the list, or -1."""
        if kind == self.kind:
            return self._at.get(number, -1)
        return next((at for at, row in self._rows.items() if row.kind == kind and row.id == number), -1)

    def place_of(self, number: int) -> int:
        """Where an id of the list's kind is, or -1."""
        return self._at.get(number, -1)

    def is_loaded(self) -> bool:
        """Whether every row is there."""
        return len(self._rows) == len(self._ids)

    def begins(self, letters: str, after: int) -> int:
        """The place of the first loaded row from ``after`` on, else from the top, whose title begins so; -1 for none."""
        places = sorted(at for at, row in self._rows.items() if row.title.casefold().startswith(letters))
        return next((at for at in places if at >= after), places[0] if places else -1)

    def target(self, at: int) -> tuple[str, int] | None:
        """The kind and id of what stands at a place; None for a heading."""
        if not 0 <= at < len(self._ids):
            return None
        if self.kind:
            return (self.kind, self._ids[at]) if self._ids[at] >= 0 else None
        row = self._rows.get(at)
        return (row.kind, row.id) if row is not None and row.kind != "heading" else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Row | str | None:
        row = self.row(index.row())
        if role == ROW or row is None:
            return row if role == ROW else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            held = (("unread", row.unread), ("starred", row.starred), ("has notes", row.notes))
            about = row.about or ", ".join(filter(None, (row.count, row.date)))
            return ", ".join([row.title, about, *(name for name, holds in held if holds)])
        return row.title if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if 0 <= index.row() < len(self._ids) and self._ids[index.row()] < 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [DRAGGED_ROWS, "text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Articles are dragged out as their original files and, into text, as citations; inside of the window as rows."""
        mime = QMimeData()
        targets = [target for index in indexes if (target := self.target(index.row())) is not None]
        ids = [number for kind, number in targets if kind == "article"]
        mime.setData(DRAGGED_ROWS, json.dumps(targets).encode())
        if not ids:
            return mime
        if self.drag_source is not None:
            mime.setUrls([QUrl.fromLocalFile(path) for path in self.drag_source.paths(ids)])
            mime.setText(self.drag_source.citations(ids))
        return mime
