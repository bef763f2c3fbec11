"""The people whom an article names: who they are, how often, and why they were taken for people."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from kbapp.rendering.charts import Disc
from kbapp.ui.inspector.values import NamedPerson
from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.widgets.chart_image import chart_image

_DISC = 32
_FIRST = 60  # people before the rest


class PeoplePage(QScrollArea):
    """``opened`` carries the id of a person whose page is wanted."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plainarea")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scheme = LIGHT
        self._people: tuple[NamedPerson, ...] = ()
        self._is_built = True
        self.rows: list[PersonRow] = []
        self._holder = QWidget()
        self._holder.setObjectName("plainholder")
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(0, 0, 0, 16)
        self._layout.setSpacing(0)
        self._empty = QLabel(self.tr("Nobody is named in this article."))
        self._empty.setObjectName("quiet")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 12, 16, 12)
        self._more = QPushButton(self.tr("Show {0} more").format(0))
        self._more.hide()
        self._more.setObjectName("link")
        self._more.clicked.connect(lambda: self._build(len(self._people)))
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self._more)
        self._layout.addStretch()
        self.setWidget(self._holder)

    def show_scheme(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self.show_people(self._people, anew=True)

    def show_people(self, people: tuple[NamedPerson, ...], *, anew: bool = False) -> None:
        """Shows them once the page is to be seen; the same people again stay as they are unless ``anew``."""
        if people == self._people and not anew:
            return
        self._people, self._is_built = people, False
        if self.isVisible():
            self._build(_FIRST)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_built:
            self._build(_FIRST)
        super().showEvent(event)

    def _build(self, most: int) -> None:
        self._is_built = True
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = [PersonRow(person, self._scheme, self.devicePixelRatioF()) for person in self._people[:most]]
        for at, row in enumerate(self.rows):
            row.opened.connect(self.opened)
            self._layout.insertWidget(at, row)
        self._empty.setVisible(not self._people)
        left = len(self._people) - len(self.rows)
        self._more.setText(self.tr("Show {0} more").format(left))
        self._more.setVisible(left > 0)


class PersonRow(QFrame):
    """One person. ``opened`` carries the id."""

    opened = Signal(int)

    def __init__(self, person: NamedPerson, scheme: Scheme, ratio: float) -> None:
        super().__init__()
        self.setObjectName("field")
        self.person = person
        disc = QLabel()
        image = chart_image(Disc(person.name, person.id, _DISC), _DISC, ratio, scheme, right_to_left=False)
        disc.setPixmap(QPixmap.fromImage(image))
        disc.setFixedSize(QSize(_DISC, _DISC))
        self.name = QPushButton(person.name)
        self.name.setObjectName("personname")
        self.name.clicked.connect(lambda: self.opened.emit(person.id))
        count = QLabel(str(person.mentions))
        count.setObjectName("quiet")
        count.setToolTip(self.tr("How often this article names this person"))
        self.why = QToolButton()
        self.why.setText(self.tr("Why?"))
        self.why.setObjectName("why")
        self.why.setCheckable(True)
        self.why.setAccessibleName(self.tr("Why {0}?").format(person.name))
        self.why.setVisible(bool(person.reasons))
        self.reasons = QLabel("\n".join(f"• {reason[:1].upper()}{reason[1:]}" for reason in person.reasons))
        self.reasons.setObjectName("quiet")
        self.reasons.setWordWrap(True)
        self.reasons.setContentsMargins(2, 2, 0, 0)
        self.reasons.hide()
        self.why.toggled.connect(self.reasons.setVisible)
        first = QHBoxLayout()
        first.addWidget(self.name)
        first.addStretch()
        first.addWidget(count)
        second = QHBoxLayout()
        second.setContentsMargins(2, 0, 0, 0)
        role = QLabel(person.role[:1].upper() + person.role[1:])
        role.setObjectName("quiet")
        role.setWordWrap(True)
        role.setTextFormat(Qt.TextFormat.PlainText)
        second.addWidget(role, 1)
        second.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addLayout(second)
        words.addWidget(self.reasons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 9)
        layout.setSpacing(11)
        layout.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
