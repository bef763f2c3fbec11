"""A card on a person, beside a name that the pointer rests on: who it is, how often, when, the last words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QEnterEvent, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kbapp.rendering.charts import Spark
from kbapp.ui.people.controller import PersonGlimpse
from kbapp.ui.style.discs import draw_disc
from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.widgets.chart_image import chart_image

_WIDTH, _DISC, _SPARK = 340, 48, 176
_GAP = 8  # pixels between the name and the card
_LEAVE = 300  # milliseconds after which it goes when the pointer is neither on the name nor on the card


class PersonCard(QFrame):
    """``opened`` carries the id of a person whose page is wanted."""

    opened = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popover")
        self.setFixedWidth(_WIDTH)
        self._scheme, self._person = LIGHT, 0
        self._disc, self._name, self._role = QLabel(), QLabel(), QLabel()
        self._numbers, self._spark, self._years = QLabel(), QLabel(), QLabel()
        self._quote, self._where, self.reasons = QLabel(), QLabel(), QLabel()
        self._disc.setFixedSize(QSize(_DISC, _DISC))
        self._name.setObjectName("heading")
        self._quote.setObjectName("quotation")
        for label in (self._role, self._numbers, self._years, self._where, self.reasons):
            label.setObjectName("quiet")
        for label in (self._name, self._role, self._quote, self._where, self.reasons, self._numbers):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.open = QPushButton(self.tr("Open page"))
        self.open.setObjectName("primary")
        self.why = QPushButton(self.tr("Why this person?"))
        self.why.setObjectName("link")
        self.why.setCheckable(True)
        self.open.clicked.connect(self._open)
        self.why.toggled.connect(self._tell_why)
        self._build()
        self._leaving = QTimer(self, singleShot=True, interval=_LEAVE)
        self._leaving.timeout.connect(self._leave)
        self._target = QRect()
        self.hide()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._role)
        words.addStretch()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        chart = QVBoxLayout()
        chart.setSpacing(0)
        chart.addWidget(self._spark)
        chart.addWidget(self._years)
        middle = QHBoxLayout()
        middle.addWidget(self._numbers, 1, Qt.AlignmentFlag.AlignBottom)
        middle.addLayout(chart)
        foot = QHBoxLayout()
        foot.addWidget(self.open)
        foot.addStretch()
        foot.addWidget(self.why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(middle)
        for label in (self._quote, self._where, self.reasons):
            layout.addWidget(label)
        layout.addLayout(foot)

    def show_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme

    def show_person(self, person: PersonGlimpse, name_area: QRect, portrait: bytes) -> None:
        """Shows a person beside their name, which stands in ``name_area`` of the window."""
        self._person = person.id
        self._name.setText(person.name)
        self._role.setText(person.role[:1].upper() + person.role[1:])
        self._role.setVisible(bool(person.role))
        self._numbers.setText(person.numbers)
        self._draw(person, portrait)
        quote, where = person.quote
        self._quote.setText(quote)
        self._where.setText(where)
        self._quote.setVisible(bool(quote))
        self._where.setVisible(bool(quote))
        self.why.setChecked(False)
        self.why.setVisible(bool(person.reasons))
        self.reasons.setText("\n".join(f"• {reason[:1].upper()}{reason[1:]}" for reason in person.reasons))
        self.reasons.hide()
        self.setAccessibleName(", ".join(part for part in (person.name, person.role, person.numbers) if part))
        self._target = name_area
        self._place()
        self.show()
        self.raise_()
        self._leaving.start()

    def _draw(self, person: PersonGlimpse, portrait: bytes) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap()
        if portrait and picture.loadFromData(portrait):
            side = round(_DISC * ratio)
            mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            picture = picture.scaled(side, side, mode, Qt.TransformationMode.SmoothTransformation)
            picture = picture.copy((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
            picture.setDevicePixelRatio(ratio)
        else:
            picture = QPixmap(round(_DISC * ratio), round(_DISC * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_disc(painter, QRect(0, 0, _DISC, _DISC), person.name, person.id, self._scheme)
            painter.end()
        self._disc.setPixmap(picture)
        there = len(person.months) > 1
        if there:
            spark = Spark(person.months, person.numbers, _SPARK)
            image = chart_image(spark, _SPARK, ratio, self._scheme, right_to_left=self.isRightToLeft())
            self._spark.setPixmap(QPixmap.fromImage(image))
            first, last = person.months[0][0][:4], person.months[-1][0][:4]
            self._years.setText(first if first == last else f"{first} – {last}")
        self._spark.setVisible(there)
        self._years.setVisible(there)

    def _place(self) -> None:
        """Below the name, above it where there is no room, within the window."""
        layout = self.layout()
        if layout is None:
            return
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        area, window = self._target, self.window()
        top = area.bottom() + _GAP
        if top + self.height() > window.height() - 8:
            top = max(8, area.top() - _GAP - self.height())
        left = area.right() - _WIDTH + 8 if self.isRightToLeft() else area.left() - 8
        self.move(max(8, min(left, window.width() - _WIDTH - 8)), top)

    def _tell_why(self, on: bool) -> None:
        self.reasons.setVisible(on)
        self._place()

    def _open(self) -> None:
        self.hide()
        self.opened.emit(self._person)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._leaving.stop()
        super().enterEvent(event)

    def _leave(self) -> None:
        """Goes once the pointer is neither on the name, nor on the card, nor between them."""
        if not self.isVisible():
            return
        at = self.window().mapFromGlobal(QCursor.pos())
        if self._target.united(self.geometry()).contains(at):
            self._leaving.start()
        else:
            self.hide()

    def leaveEvent(self, event: QEvent) -> None:
        self._leaving.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
