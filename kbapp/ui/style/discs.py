"""The discs with initials that stand for people, drawn straight onto a widget."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from kbapp.rendering.charts import disc_number, initials
from kbapp.ui.style.schemes import SANS, Scheme


def draw_disc(painter: QPainter, area: QRect, name: str, key: int, scheme: Scheme) -> None:
    """Draws the disc of a person into a square; ``key`` is the id, which chooses the same colours as on pages."""
    ground, letters = scheme.discs[disc_number(key)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawEllipse(area)
    font = QFont(SANS)
    font.setPixelSize(round(area.height() * 0.38))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(letters))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(name))
