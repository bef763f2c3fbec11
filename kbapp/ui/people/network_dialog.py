"""The small network around a person, to be walked: a click puts another person into the middle, Enter opens their page."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QToolTip, QVBoxLayout, QWidget

from kbapp.library.people.cooccurrence import Network
from kbapp.ui.style.schemes import SPACE, Scheme


class NetworkView(QWidget):
    """Paints a network: the person in the middle, the others around in the order of how often they are named together;
    a thicker line is more articles. ``chosen`` carries who was clicked, ``opened`` whose page is wanted."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._network = Network((), ())
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(360, 320)
        self.setAccessibleName(self.tr("Network"))

    def sizeHint(self) -> QSize:
        return QSize(720, 560)

    def show_network(self, network: Network) -> None:
        self._network, self._at = network, 0
        names = ", ".join(f"{name} ({count})" for _, name, count in network.people[1:])
        middle = network.people[0][1] if network.people else ""
        self.setAccessibleDescription(self.tr("{0} is named together with {1}").format(middle, names))
        self.update()

    @property
    def person(self) -> int:
        """Who is chosen: with the arrow keys, else the one in the middle."""
        return self._network.people[self._at][0] if self._network.people else 0

    def place_of(self, at: int) -> QPointF:
        """Where someone stands: the middle, or a place on the ellipse around it."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        if at == 0:
            return middle
        angle = 2 * math.pi * (at - 1) / max(1, len(self._network.people) - 1) - math.pi / 2
        return middle + QPointF(math.cos(angle) * self.width() * 0.36, math.sin(angle) * self.height() * 0.38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._scheme.paper))
        places = {person: self.place_of(at) for at, (person, _, _) in enumerate(self._network.people)}
        most = max((count for *_, count in self._network.edges), default=1)
        for one, other, count in self._network.edges:
            pen = QPen(QColor(self._scheme.accent if one == self._network.people[0][0] else self._scheme.line))
            pen.setWidthF(1 + 4 * count / most)
            painter.setPen(pen)
            painter.drawLine(places[one], places[other])
        for at in range(len(self._network.people)):
            self._paint_person(painter, at)

    def _paint_person(self, painter: QPainter, at: int) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if at == 0 else QFont.Weight.Normal)
        painter.setFont(font)
        box = self._box(at, QFontMetricsF(font))
        painter.setBrush(QColor(self._scheme.selected if at == 0 else self._scheme.surface))
        painter.setPen(
            QPen(QColor(self._scheme.accent if at == self._at else self._scheme.line), 2 if at == self._at else 1)
        )
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor(self._scheme.text))
        name = QFontMetricsF(font).elidedText(
            self._network.people[at][1], Qt.TextElideMode.ElideRight, box.width() - 12
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _box(self, at: int, metrics: QFontMetricsF) -> QRectF:
        width = min(170.0, metrics.horizontalAdvance(self._network.people[at][1]) + 24)
        place = self.place_of(at)
        return QRectF(place.x() - width / 2, place.y() - 16, width, 32)

    def _under(self, place: QPointF) -> int:
        metrics = QFontMetricsF(self.font())
        return next((at for at in range(len(self._network.people)) if self._box(at, metrics).contains(place)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at > 0:
            self.chosen.emit(self._network.people[at][0])
        elif at == 0:
            self.opened.emit(self._network.people[0][0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._under(event.position()) >= 0 else Qt.CursorShape.ArrowCursor
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and (at := self._under(QPointF(event.pos()))) >= 0:  # fmt: skip
            _, name, count = self._network.people[at]
            QToolTip.showText(event.globalPos(), self.tr("{0}: {1} articles together").format(name, count), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._network.people:
            self._at = (self._at + steps[Qt.Key(event.key())]) % len(self._network.people)
            self.update()
        elif event.key() == Qt.Key.Key_Space and self._at:
            self.chosen.emit(self.person)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.person)
        else:
            super().keyPressEvent(event)


class NetworkDialog(QDialog):
    """The view with a way back. ``opened`` carries whose page is wanted, ``network_wanted`` whose network, which
    ``show_network`` answers."""

    opened = Signal(int)
    network_wanted = Signal(int)

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._walked: list[int] = []
        self.setWindowTitle(self.tr("Network"))
        self.view = NetworkView(scheme)
        self.view.chosen.connect(self.walk_to)
        self.view.opened.connect(self.opened)
        self.back = QPushButton(self.tr("Back"))
        self.back.setShortcut("Alt+Left")
        self.back.clicked.connect(self.step_back)
        page = QPushButton(self.tr("Open the page"))
        page.clicked.connect(lambda: self.opened.emit(self.view.person))
        hint = QLabel(
            self.tr(
                "Click someone to put them into the middle; arrow keys and Space do the same, Enter opens the page."
            )
        )
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(page)
        row.addWidget(hint, 1)
        for button in (self.back, page):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addWidget(self.view, 1)
        layout.addLayout(row)

    def walk_to(self, person: int) -> None:
        """Puts someone else into the middle."""
        self._walked.append(person)
        self._show()

    def step_back(self) -> None:
        if len(self._walked) > 1:
            self._walked.pop()
            self._show()

    def _show(self) -> None:
        self.back.setEnabled(len(self._walked) > 1)
        self.network_wanted.emit(self._walked[-1])

    def show_network(self, network: Network) -> None:
        self.view.show_network(network)
        if network.people:
            self.setWindowTitle(self.tr("Network of {0}").format(network.people[0][1]))
        self.view.setFocus()
