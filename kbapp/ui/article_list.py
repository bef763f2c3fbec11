"""The list of articles or search results: a virtual model (ids first, rows as they are seen) and the card's painting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbapp.pages.words import joined, plain_date, translated
from kbapp.ui.design import LIGHT, SPACE, Scheme
from kbapp.ui.theme import icon

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from kbapp.domain import Hit
    from kbapp.library.articles import Card

_ROW = Qt.ItemDataRole.UserRole
_CHUNK = 60
_Index = QModelIndex | QPersistentModelIndex


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

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            _ROW,
        ):
            return None
        row = self.row(index.row())
        if row is None or role == _ROW:
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

    def flags(self, index: _Index) -> Qt.ItemFlag:
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


class CardDelegate(QStyledItemDelegate):
    """Paints a card: the title, a line about it, for results the passage with its matches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme: Scheme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(_ROW)
        line = QFontMetrics(option.font).lineSpacing()
        lines = 2 * line + (2 * line + 3 if row is not None and row.snippet else 0)
        return QSize(200, lines + 2 * SPACE + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row | None = index.data(_ROW)
        if row is None:
            return
        s = self.scheme
        if row.kind == "heading":
            self._heading(painter, row, option)
            return
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(option.rect, QColor(s.selected if selected else s.hover if hovered else s.surface))
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(_mirrored(option, bar), QColor(s.accent))
        painter.setPen(QColor(s.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        area = option.rect.adjusted(2 * SPACE, SPACE + 1, -2 * SPACE + 2, -SPACE)
        line = QFontMetrics(option.font).lineSpacing()
        if mark := dict(s.marks).get(row.colour):
            bar = QRect(option.rect.left() + 5, area.top(), 4, area.height() - SPACE)
            painter.fillRect(_mirrored(option, bar), QColor(mark))
        if row.unread:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(s.accent))
            painter.setPen(Qt.PenStyle.NoPen)
            dot = QRect(area.left() - SPACE - 3, area.top() + line // 2 - 3, 6, 6)
            painter.drawEllipse(_mirrored(option, dot))
        right = self._marks(painter, row, area, line, option)
        title = QFont(option.font)
        title.setWeight(QFont.Weight.DemiBold if row.unread else QFont.Weight.Medium)
        painter.setFont(title)
        painter.setPen(QColor(s.text))
        _line(painter, option, QRect(area.left(), area.top(), right - area.left(), line), row.title)
        small = QFont(option.font)
        small.setPointSizeF(max(7.5, option.font.pointSizeF() - 1))
        painter.setFont(small)
        painter.setPen(QColor(s.quiet))
        _line(painter, option, QRect(area.left(), area.top() + line + 2, area.width(), line), row.about)
        if row.snippet:
            lines = QRect(area.left(), area.top() + 2 * line + 5, area.width(), 2 * line)
            self._snippet(painter, row, _mirrored(option, lines), small)
        painter.restore()

    def _heading(self, painter: QPainter, row: Row, option: QStyleOptionViewItem) -> None:
        painter.save()
        painter.fillRect(option.rect, QColor(self.scheme.surface))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.scheme.quiet))
        area = option.rect.adjusted(2 * SPACE, 0, -2 * SPACE + 2, -SPACE)
        area.setTop(area.bottom() - QFontMetrics(font).lineSpacing())
        end = QFontMetrics(font).horizontalAdvance(row.about) + 2
        _line(painter, option, area.adjusted(0, 0, -end - SPACE, 0), row.title)
        _line(painter, option, QRect(area.right() - end, area.top(), end + 1, area.height()), row.about)
        painter.setPen(QColor(self.scheme.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _marks(self, painter: QPainter, row: Row, area: QRect, line: int, option: QStyleOptionViewItem) -> int:
        """Draws the marks at the end of the title and returns where the title must end."""
        right = area.right()
        for picture, holds in (("note", row.notes), ("star", row.starred)):
            if holds:
                square = QRect(right - line, area.top(), line, line)
                icon(picture, self.scheme.accent).paint(painter, _mirrored(option, square))
                right -= line + 4
        return right

    def _snippet(self, painter: QPainter, row: Row, area: QRect, font: QFont) -> None:
        from PySide6.QtGui import QTextLayout, QTextOption

        layout = QTextLayout(row.snippet, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        ranges = []
        for start, end in row.matches:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, end - start
            form = mark.format
            form.setFontWeight(QFont.Weight.Bold)
            form.setForeground(QColor(self.scheme.accent))
            mark.format = form
            ranges.append(mark)
        layout.setFormats(ranges)
        layout.beginLayout()
        height = 0.0
        for _ in range(2):
            text_line = layout.createLine()
            if not text_line.isValid():
                break
            text_line.setLineWidth(area.width())
            text_line.setPosition(QPoint(0, int(height)).toPointF())
            height += text_line.height()
        layout.endLayout()
        painter.setPen(QColor(self.scheme.text))
        painter.setClipRect(area)
        layout.draw(painter, area.topLeft().toPointF())


def _mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    """The same area for a language written from the right."""
    return QStyle.visualRect(option.direction, option.rect, area)


def _line(painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str) -> None:
    """One line, cut off with an ellipsis: at the side where the window's language begins, in the text's own direction."""
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(_mirrored(option, area), flags, elided)


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
