"""A chart, a disc or a bar as an image, drawn for the width, the scale and the colours in which it is shown."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from kbapp.rendering.charts import Chart, in_colours
from kbapp.ui.style.schemes import Scheme


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
