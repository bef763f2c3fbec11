"""What the painters of all kinds of rows share: fonts, lines that are cut off, grounds, mirroring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kbapp.ui.style.schemes import Scheme

EDGE, RADIUS, MARGIN = 20, 8, 8  # pixels


def font_of(option: QStyleOptionViewItem, pixels: float) -> QFont:
    """The list's font in another size; halves of a pixel are kept by points."""
    font = QFont(option.font)
    font.setPointSizeF(pixels * 72 / 96)
    return font


def mirrored(option: QStyleOptionViewItem, area: QRect) -> QRect:
    """The same area for a language written from the right."""
    return QStyle.visualRect(option.direction, option.rect, area)


def draw_line(painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, *, end: bool = False) -> None:
    """One line, cut off with an ellipsis: at the side where the window's language begins (or, with ``end``, ends), in the
    text's own direction."""
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    start = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
    side = QStyle.visualAlignment(option.direction, start)
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(mirrored(option, area), flags, elided)


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, scheme: Scheme, *, edge: int = EDGE) -> None:
    """A chosen row has a rounded ground, any other a hairline below that begins at ``edge`` pixels."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    area = QRectF(option.rect.adjusted(MARGIN, 0, -MARGIN, -1))
    painter.setPen(Qt.PenStyle.NoPen)
    if selected or hovered:
        painter.setBrush(QColor(scheme.selected if selected else scheme.hover))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(QColor(scheme.accent))
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
    if not selected:
        line = QRect(option.rect.left() + edge, option.rect.bottom(), option.rect.width() - edge - 12, 1)
        painter.fillRect(mirrored(option, line), QColor(scheme.line))
