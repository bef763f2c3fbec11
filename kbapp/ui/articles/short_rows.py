"""The painting of short rows: people and authors with their disc, and sources, tags and boards with their icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from kbapp.ui.articles.row_painting import draw_ground, draw_line, font_of, mirrored
from kbapp.ui.core.rows import Row
from kbapp.ui.style.discs import draw_disc
from kbapp.ui.style.schemes import Scheme
from kbapp.ui.style.theme import icon

PERSON_HEIGHT, PLACE_HEIGHT = 52, 44  # pixels
_DISC = 36


def paint_person(
    painter: QPainter, row: Row, option: QStyleOptionViewItem, scheme: Scheme, *, card: bool = False
) -> None:
    """A disc, the name over the role, the number of articles over the month in which the person was last named.

    ``card`` sets it on a card of its own, as above the results of a search.
    """
    area = option.rect
    if card:
        painter.setPen(QColor(scheme.line))
        painter.setBrush(QColor(scheme.card))
        painter.drawRoundedRect(QRectF(area.adjusted(12, 2, -12, -5)).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        area = area.adjusted(0, -1, -4, -1)
    chosen = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
    if not card or chosen:
        draw_ground(painter, option, scheme, edge=67)
    middle = area.center().y()
    disc = QRect(area.left() + 20, middle - _DISC // 2, _DISC, _DISC)
    draw_disc(painter, mirrored(option, disc), row.title, row.id, scheme)
    small, name = font_of(option, 12), font_of(option, 13.5)
    name.setWeight(QFont.Weight.DemiBold)
    right = area.right() - 20
    wide = max(QFontMetrics(small).horizontalAdvance(words) for words in (row.count, row.date)) + 2
    left = disc.right() + 12
    for top, words, end, font, colour in (
        (middle - 18, row.title, row.count, name, scheme.text),
        (middle + 1, row.about, row.date, small, scheme.quiet),
    ):
        painter.setFont(small)
        painter.setPen(QColor(scheme.quiet))
        draw_line(painter, option, QRect(right - wide, top, wide, 17), end, end=True)
        gap = QFontMetrics(small).horizontalAdvance(end) + 10 if end else 0
        painter.setFont(font)
        painter.setPen(QColor(colour))
        draw_line(painter, option, QRect(left, top, right - left - gap, 17), words)


def paint_place(painter: QPainter, row: Row, option: QStyleOptionViewItem, scheme: Scheme, picture: str) -> None:
    """An icon, the name, and how many there are."""
    draw_ground(painter, option, scheme, edge=48)
    middle = option.rect.center().y()
    mark = QRect(option.rect.left() + 20, middle - 9, 18, 18)
    icon(picture, scheme.quiet).paint(painter, mirrored(option, mark))
    small, name = font_of(option, 12), font_of(option, 13.5)
    name.setWeight(QFont.Weight.Medium)
    wide = QFontMetrics(small).horizontalAdvance(row.count) + 2 if row.count else 0
    painter.setFont(small)
    painter.setPen(QColor(scheme.quiet))
    right = option.rect.right() - 20
    draw_line(painter, option, QRect(right - wide, middle - 10, wide, 20), row.count, end=True)
    painter.setFont(name)
    painter.setPen(QColor(scheme.text))
    left = mark.right() + 10
    draw_line(painter, option, QRect(left, middle - 10, right - left - wide - 8, 20), row.title)
