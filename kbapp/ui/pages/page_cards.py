"""The cards of a page: rounded grounds drawn below its text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QTextDocument, QTextFrame, QTextTable

from kbapp.ui.style.schemes import Scheme

_PADDING = 14  # of a card, as its template sets it
_RADIUS = 10


def paint_cards(painter: QPainter, document: QTextDocument, scroll: QPointF, scheme: Scheme) -> None:
    """Draws the rounded grounds of cards below the text; those of one row are equally high."""
    rows: dict[int, list[QRectF]] = {}
    layout = document.documentLayout()
    for frame in _frames(document.rootFrame()):
        if not _is_card(frame):
            continue
        area = layout.frameBoundingRect(frame)
        # Qt adds the place of the table's own first cell, else the edge would run through its text.
        area.translate(-_PADDING - scroll.x(), -_PADDING - scroll.y())
        rows.setdefault(round(area.top()), []).append(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(scheme.line))
    painter.setBrush(QColor(scheme.card))
    for areas in rows.values():
        bottom = max(area.bottom() for area in areas)
        for area in areas:
            area.setBottom(bottom)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)


def _frames(root: QTextFrame) -> list[QTextFrame]:
    found = []
    for frame in root.childFrames():
        found += [frame, *_frames(frame)]
    return found


def _is_card(frame: QTextFrame) -> bool:
    """A card is a table of one cell with the padding that the template of cards sets."""
    if not isinstance(frame, QTextTable) or frame.rows() != 1 or frame.columns() != 1:
        return False
    return round(frame.format().toTableFormat().cellPadding()) == _PADDING
