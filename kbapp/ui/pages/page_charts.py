"""Charts and cards of a page: drawn for the width, the scale and the colours in which they are shown."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument, QTextFrame, QTextTable
from PySide6.QtSvg import QSvgRenderer

from kbapp.rendering.charts import Chart, in_colours
from kbapp.ui.style.schemes import Scheme

_PADDING = 14  # of a card, as its template sets it
_RADIUS = 10


def chart_image(chart: Chart, width: int, ratio: float, scheme: Scheme, *, right_to_left: bool) -> QImage:
    """A chart as an image for a place of that width in pixels; ``ratio`` is how many points of the screen make one."""
    wide, high = chart.size(width)
    svg = in_colours(chart.svg(width, right_to_left=right_to_left), scheme.chart_colours())
    image = QImage(max(1, round(wide * ratio)), max(1, round(high * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


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
