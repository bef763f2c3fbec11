"""The painting of the list's cards."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kbapp.ui.articles.article_list_model import ROW, Index
from kbapp.ui.core.rows import Row
from kbapp.ui.style.schemes import LIGHT, SPACE, Scheme
from kbapp.ui.style.theme import icon


class ArticleCardDelegate(QStyledItemDelegate):
    """Paints a card: the title, a line about it, for results the passage with its matches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme: Scheme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        line = QFontMetrics(option.font).lineSpacing()
        lines = 2 * line + (2 * line + 3 if row is not None and row.snippet else 0)
        return QSize(200, lines + 2 * SPACE + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW)
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
