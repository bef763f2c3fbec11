"""The painting of the list's cards: where it is from and when, its title, who wrote it; for results the passage found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbapp.ui.articles.article_list_model import ROW, Index
from kbapp.ui.core.rows import Row
from kbapp.ui.style.schemes import LIGHT, SPACE, Scheme
from kbapp.ui.style.theme import icon

HEIGHT = 92  # pixels; all cards are equally high, so that a list of 100,000 need not be measured
_META, _TITLE = 16, 18  # heights of lines
_EDGE, _RADIUS, _MARGIN = 20, 8, 8


class ArticleCardDelegate(QStyledItemDelegate):
    """Paints a card of three or four lines. The date is measured first and never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme: Scheme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "heading":
            self._heading(painter, row, option)
        else:
            self._ground(painter, option)
            self._card(painter, row, option)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """A chosen card has a rounded ground, any other a hairline below."""
        s = self.scheme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        area = QRectF(option.rect.adjusted(_MARGIN, 0, -_MARGIN, -1))
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(s.selected if selected else s.hover))
            painter.drawRoundedRect(area, _RADIUS, _RADIUS)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                pen = painter.pen()
                pen.setStyle(Qt.PenStyle.SolidLine)
                pen.setColor(QColor(s.accent))
                pen.setWidth(2)
                painter.setPen(pen)
                painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
        if not selected:
            painter.fillRect(
                _mirrored(option, QRect(option.rect.left() + _EDGE, option.rect.bottom(), option.rect.width() - 32, 1)),
                QColor(s.line),
            )

    def _card(self, painter: QPainter, row: Row, option: QStyleOptionViewItem) -> None:
        s = self.scheme
        area = option.rect.adjusted(_EDGE, 10, -_EDGE, -10)
        self._dots(painter, row, option, area)
        small, title = _font(option, 12), _font(option, 13.5)
        title.setWeight(QFont.Weight.DemiBold if row.unread or row.snippet else QFont.Weight.Medium)
        painter.setFont(small)
        painter.setPen(QColor(s.quiet))
        wide = QFontMetrics(small).horizontalAdvance(row.date) + 1 if row.date else 0
        meta = QRect(area.left(), area.top(), area.width(), _META)
        _line(painter, option, meta.adjusted(0, 0, -wide - SPACE if wide else 0, 0), row.source or row.about)
        if row.date:
            _line(painter, option, QRect(meta.right() + 1 - wide, meta.top(), wide, _META), row.date)
        top = meta.bottom() + 3
        if row.snippet:
            self._one_line(painter, option, QRect(area.left(), top, area.width(), _TITLE), row.title, title, s.text)
            below = QRect(area.left(), top + _TITLE + 2, area.width(), 34)
            self._snippet(painter, row, _mirrored(option, below), small)
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
            self._one_line(painter, option, dek, row.dek, _font(option, 12.5), s.quiet)
        right = self._marks(painter, row, foot, option)
        self._one_line(painter, option, foot.adjusted(0, 0, right - foot.right(), 0), row.authors, small, s.quiet)

    def _one_line(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        _line(painter, option, area, text)

    def _dots(self, painter: QPainter, row: Row, option: QStyleOptionViewItem, area: QRect) -> None:
        """The dot of what is unread, the bar of a highlight's colour."""
        painter.setPen(Qt.PenStyle.NoPen)
        if mark := dict(self.scheme.marks).get(row.colour):
            painter.setBrush(QColor(mark))
            bar = _mirrored(option, QRect(option.rect.left() + 11, area.top() + 2, 4, area.height() - 4))
            painter.drawRoundedRect(bar, 2, 2)
        if row.unread:
            painter.setBrush(QColor(self.scheme.accent))
            dot = QRect(option.rect.left() + 9, area.top() + _META + 9, 7, 7)
            painter.drawEllipse(_mirrored(option, dot))

    def _heading(self, painter: QPainter, row: Row, option: QStyleOptionViewItem) -> None:
        font = _font(option, 12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.scheme.quiet))
        area = option.rect.adjusted(_EDGE, 0, -_EDGE, -SPACE)
        area.setTop(area.bottom() - QFontMetrics(font).lineSpacing())
        end = QFontMetrics(font).horizontalAdvance(row.about) + 2
        _line(painter, option, area.adjusted(0, 0, -end - SPACE, 0), row.title)
        _line(painter, option, QRect(area.right() - end, area.top(), end + 1, area.height()), row.about)

    def _marks(self, painter: QPainter, row: Row, area: QRect, option: QStyleOptionViewItem) -> int:
        """Draws the marks at the end of the last line and returns where its text must end."""
        right = area.right()
        for picture, holds in (("starred", row.starred), ("note", row.notes)):
            if holds:
                square = QRect(right - 15, area.top(), 15, 15)
                icon(picture, self.scheme.accent).paint(painter, _mirrored(option, square))
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


def _font(option: QStyleOptionViewItem, pixels: float) -> QFont:
    """The list's font in another size; halves of a pixel are kept by points."""
    font = QFont(option.font)
    font.setPointSizeF(pixels * 72 / 96)
    return font


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
