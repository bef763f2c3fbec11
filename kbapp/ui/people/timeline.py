"""A person's mentions by month as bars, over which one brushes to see the passages of these months only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from kbapp.i18n import plain_date, plural
from kbapp.ui.style.schemes import LIGHT, SPACE, Scheme

_HEIGHT = 62
_MOST_MONTHS = 600


class Timeline(QWidget):
    """``months_selected`` carries the first and the last month chosen ("2010-03"), two empty strings when all are to be
    seen."""

    months_selected = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = LIGHT
        self._months: list[str] = []
        self._counts: dict[str, int] = {}
        self._chosen: tuple[int, int] | None = None
        self._anchor = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Timeline"))
        self.hide()

    def show_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def show_months(self, counts: dict[str, int], chosen: tuple[str, str] | None) -> None:
        """Shows the articles of each month; hides itself when there are fewer than two months."""
        self._counts = counts
        self._months = _between(min(counts), max(counts)) if counts else []
        places = {month: at for at, month in enumerate(self._months)}
        known = chosen is not None and chosen[0] in places and chosen[1] in places
        self._chosen = (places[chosen[0]], places[chosen[1]]) if known and chosen is not None else None
        self.setVisible(len(counts) > 1)
        self.setAccessibleDescription(
            self.tr("From {0} to {1}; arrow keys move, with Shift they choose, Escape shows all").format(
                plain_date(self._months[0]), plain_date(self._months[-1])
            )
            if self._months
            else ""
        )
        self.update()

    def _area(self) -> QRect:
        return self.rect().adjusted(2 * SPACE, SPACE, -2 * SPACE, -18)

    def _x(self, at: float) -> float:
        area = self._area()
        return area.left() + area.width() * at / max(1, len(self._months))

    def _month_at(self, x: float) -> int:
        area = self._area()
        return max(0, min(len(self._months) - 1, int((x - area.left()) * len(self._months) / max(1, area.width()))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._scheme.paper))
        area = self._area()
        if self._chosen is not None:
            left, right = self._x(self._chosen[0]), self._x(self._chosen[1] + 1)
            painter.fillRect(
                round(left),
                area.top() - 4,
                max(2, round(right - left)),
                area.height() + 8,
                QColor(self._scheme.selected),
            )
        most = max(self._counts.values(), default=1)
        for at, month in enumerate(self._months):
            count = self._counts.get(month, 0)
            if count:
                left, right = self._x(at), self._x(at + 1)
                height = max(3, round(area.height() * count / most))
                width = max(2, round(right - left) - 1)
                inside = self._chosen is None or self._chosen[0] <= at <= self._chosen[1]
                painter.fillRect(round(left), area.bottom() - height + 1, width, height, QColor(self._scheme.accent if inside else self._scheme.faint))  # fmt: skip
        painter.setPen(QColor(self._scheme.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(area.bottomLeft() + QPoint(0, 2), area.bottomRight() + QPoint(0, 2))
        self._paint_years(painter, area)
        if self.hasFocus():
            painter.setPen(QColor(self._scheme.accent))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _paint_years(self, painter: QPainter, area: QRect) -> None:
        font = QFont(self.font())
        font.setPointSizeF(max(7.5, font.pointSizeF() - 1.5))
        painter.setFont(font)
        painter.setPen(QColor(self._scheme.quiet))
        width = QFontMetrics(font).horizontalAdvance("2026") + SPACE
        last = float(-width)
        for at, month in enumerate(self._months):
            x = self._x(at)
            if (month.endswith("-01") or at == 0) and x - last >= width and x + width <= self.width():
                painter.drawText(QRect(round(x), area.bottom() + 3, width, 14), Qt.AlignmentFlag.AlignLeft, month[:4])
                last = x

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._months:
            self._anchor = self._month_at(event.position().x())
            self._choose(self._anchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._months:
            self._choose(self._month_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._tell()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._chosen = None
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._months:
            first, last = self._chosen or (0, 0)
            step = steps[Qt.Key(event.key())]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._chosen = (first, max(first, min(len(self._months) - 1, last + step)))
            else:
                at = max(0, min(len(self._months) - 1, (last if self._chosen else -1) + step))
                self._chosen = (at, at)
            self._tell()
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._chosen = None
            self._tell()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._months:
            month = self._months[self._month_at(event.x())]
            words = f"{plain_date(month)}: {plural(self._counts.get(month, 0), 'article')}"
            QToolTip.showText(
                event.globalPos(), words + "\n" + self.tr("Drag over months to see only their passages"), self
            )
            return True
        return super().event(event)

    def _choose(self, at: int) -> None:
        self._chosen = (min(self._anchor, at), max(self._anchor, at))
        self.update()

    def _tell(self) -> None:
        self.update()
        first, last = self._chosen if self._chosen is not None else (-1, -1)
        self.months_selected.emit(self._months[first] if first >= 0 else "", self._months[last] if last >= 0 else "")


def _between(first: str, last: str) -> list[str]:
    """All months from one to another; of very long times the latest ones."""
    months: list[str] = []
    year, month = int(first[:4]), int(first[5:7])
    while (name := f"{year}-{month:02d}") <= last and len(months) < 12 * 400:
        months.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months[-_MOST_MONTHS:]
