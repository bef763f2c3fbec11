"""The painting of the list's cards: where it is from and when, its title, who wrote it; for results the passage found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbapp.ui.articles.article_list_model import ROW, ArticleListModel, Index
from kbapp.ui.articles.row_painting import EDGE, draw_ground, draw_line, font_of, mirrored
from kbapp.ui.articles.short_rows import PERSON_HEIGHT, PLACE_HEIGHT, paint_person, paint_place
from kbapp.ui.core.rows import Row
from kbapp.ui.style.schemes import LIGHT, SPACE, Scheme
from kbapp.ui.style.theme import icon

HEIGHT = 92  # pixels; all rows of a kind are equally high, so that a list of 100,000 need not be measured
_META, _TITLE = 16, 18  # heights of lines
_HEADING = 32
_HEIGHTS = {
    "person": PERSON_HEIGHT, "author": PERSON_HEIGHT, "source": PLACE_HEIGHT, "tag": PLACE_HEIGHT, "board": PLACE_HEIGHT,
}  # fmt: skip


class ArticleCardDelegate(QStyledItemDelegate):
    """Paints a card of three or four lines. The date is measured first and never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme: Scheme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        model = index.model()
        kind = model.kind if isinstance(model, ArticleListModel) else ""
        if kind:
            return QSize(200, _HEIGHTS.get(kind, HEIGHT))
        row: Row | None = index.data(ROW)
        if row is None:
            return QSize(200, HEIGHT)
        if row.kind == "heading":
            return QSize(200, _HEADING)
        return QSize(200, _HEIGHTS.get(row.kind, HEIGHT) + (6 if row.kind in ("person", "author") else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        model = index.model()
        if row.kind == "heading":
            self._heading(painter, row, option)
        elif row.kind in ("person", "author"):
            mixed = isinstance(model, ArticleListModel) and not model.kind
            paint_person(painter, row, option, self.scheme, card=mixed)
        elif row.kind in ("source", "tag", "board"):
            paint_place(painter, row, option, self.scheme, row.kind)
        else:
            draw_ground(painter, option, self.scheme)
            self._card(painter, row, option)
        painter.restore()

    def _card(self, painter: QPainter, row: Row, option: QStyleOptionViewItem) -> None:
        s = self.scheme
        area = option.rect.adjusted(EDGE, 10, -EDGE, -10)
        self._dots(painter, row, option, area)
        small, title = font_of(option, 12), font_of(option, 13.5)
        title.setWeight(QFont.Weight.DemiBold if row.unread or row.snippet else QFont.Weight.Medium)
        painter.setFont(small)
        painter.setPen(QColor(s.quiet))
        wide = QFontMetrics(small).horizontalAdvance(row.date) + 1 if row.date else 0
        meta = QRect(area.left(), area.top(), area.width(), _META)
        draw_line(painter, option, meta.adjusted(0, 0, -wide - SPACE if wide else 0, 0), row.source or row.about)
        if row.date:
            draw_line(painter, option, QRect(meta.right() + 1 - wide, meta.top(), wide, _META), row.date)
        top = meta.bottom() + 3
        if row.snippet:
            self._one_line(painter, option, QRect(area.left(), top, area.width(), _TITLE), row.title, title, s.text)
            below = QRect(area.left(), top + _TITLE + 2, area.width(), 34)
            self._snippet(painter, row, mirrored(option, below), small)
            return
        foot = QRect(area.left(), area.bottom() - _META + 1, area.width(), _META)
        lines = _wrapped(row.title, title, area.width())
        for at, text in enumerate(lines):
            place = QRect(area.left(), top + at * _TITLE, area.width(), _TITLE)
            self._one_line(painter, option, place, text, title, s.text)
        if len(lines) == 1 and not row.dek:
            foot.moveTop(top + _TITLE + 1)
        elif len(lines) == 1:
            dek = QRect(area.left(), top + _TITLE, area.width(), _TITLE)
            self._one_line(painter, option, dek, row.dek, font_of(option, 12.5), s.quiet)
        right = self._marks(painter, row, foot, option)
        self._one_line(painter, option, foot.adjusted(0, 0, right - foot.right(), 0), row.authors, small, s.quiet)

    def _one_line(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        draw_line(painter, option, area, text)

    def _dots(self, painter: QPainter, row: Row, option: QStyleOptionViewItem, area: QRect) -> None:
        """The dot of what is unread, the bar of a highlight's colour."""
        painter.setPen(Qt.PenStyle.NoPen)
        if mark := dict(self.scheme.marks).get(row.colour):
            painter.setBrush(QColor(mark))
            bar = mirrored(option, QRect(option.rect.left() + 11, area.top() + 2, 4, area.height() - 4))
            painter.drawRoundedRect(bar, 2, 2)
        if row.unread:
            painter.setBrush(QColor(self.scheme.accent))
            dot = QRect(option.rect.left() + 9, area.top() + _META + 9, 7, 7)
            painter.drawEllipse(mirrored(option, dot))

    def _heading(self, painter: QPainter, row: Row, option: QStyleOptionViewItem) -> None:
        font = font_of(option, 12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.scheme.quiet))
        area = option.rect.adjusted(EDGE, 0, -EDGE, -SPACE)
        area.setTop(area.bottom() - QFontMetrics(font).lineSpacing())
        end = QFontMetrics(font).horizontalAdvance(row.about) + 2
        draw_line(painter, option, area.adjusted(0, 0, -end - SPACE, 0), row.title)
        draw_line(painter, option, QRect(area.right() - end, area.top(), end + 1, area.height()), row.about)

    def _marks(self, painter: QPainter, row: Row, area: QRect, option: QStyleOptionViewItem) -> int:
        """Draws the marks at the end of the last line and returns where its text must end."""
        right = area.right()
        for picture, holds in (("starred", row.starred), ("note", row.notes)):
            if holds:
                square = QRect(right - 15, area.top(), 15, 15)
                icon(picture, self.scheme.accent).paint(painter, mirrored(option, square))
                right -= 21
        return right

    def _snippet(self, painter: QPainter, row: Row, area: QRect, font: QFont) -> None:
        layout = QTextLayout(row.snippet, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        for start, end in row.matches:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = start, end - start
            form = mark.format
            form.setFontWeight(QFont.Weight.DemiBold)
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
            height += 17
        layout.endLayout()
        painter.setPen(QColor(self.scheme.quiet))
        path = QPainterPath()
        path.addRect(QRectF(area))
        painter.setClipPath(path)
        layout.draw(painter, area.topLeft().toPointF())


def _wrapped(text: str, font: QFont, width: int) -> list[str]:
    """A title on one or two lines; the second holds all that is left, to be cut off where it is painted."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    first = line.textLength()
    layout.endLayout()
    rest = text[first:].strip()
    return [text[:first].rstrip(), rest] if rest else [text]
