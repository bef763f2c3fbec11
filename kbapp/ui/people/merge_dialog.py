"""Are these one person? The evidence side by side; nobody is chosen to begin with, and Enter never merges."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from kbapp.ui.people.merge_evidence import MergeEvidence, MergeSide
from kbapp.ui.style.discs import draw_disc
from kbapp.ui.style.schemes import Scheme
from kbapp.ui.widgets.dialog import WIDE, Dialog

_DISC = 40


class MergeDialog(Dialog):
    """``merge_wanted`` carries who is merged into whom, and the name that stays; ``apart_wanted`` that they are two people."""

    merge_wanted = Signal(int, int, str)
    apart_wanted = Signal(int, int)

    def __init__(self, parent: QWidget, evidence: MergeEvidence, scheme: Scheme) -> None:
        super().__init__(
            parent,
            self.tr("Are these one person?"),
            self.tr(
                "If so, choose the name that the page should carry. The other becomes an alias. This can be undone."
            ),
            WIDE,
        )
        self._evidence = evidence
        self.choices: list[QRadioButton] = []
        cards = QHBoxLayout()
        cards.setSpacing(14)
        for side in evidence.sides:
            cards.addWidget(self._card(side, scheme), 1)
        self.body.addLayout(cards)
        self.body.addWidget(self._table())
        self.apart = self.add_button(self.tr("They are two people"))
        self.merge = self.add_button(self.tr("Choose a name to merge"), "primary")
        self.merge.setEnabled(False)
        self.apart.clicked.connect(self._keep_apart)
        self.merge.clicked.connect(self._merge)
        self.cancel.setFocus()

    def _card(self, side: MergeSide, scheme: Scheme) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        choice = QRadioButton(side.name)
        choice.setIcon(_disc_icon(side, scheme))
        choice.setIconSize(QSize(_DISC, _DISC))
        choice.setAutoExclusive(False)
        choice.clicked.connect(lambda: self._choose(side))
        self.choices.append(choice)
        about = QLabel(side.about)
        about.setObjectName("quiet")
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 12, 14, 12)
        row.addWidget(choice)
        row.addStretch()
        row.addWidget(about)
        return card

    def _table(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, row in enumerate(self._evidence.rows):
            verdict = {True: self.tr("Same"), False: self.tr("Differs"), None: ""}[row.same]
            for column, (words, look) in enumerate(
                (
                    (row.name, "quiet"),
                    (row.one or "—", ""),
                    (row.other or "—", ""),
                    (verdict, "same" if row.same else "quiet"),
                )
            ):
                label = QLabel(words)
                label.setObjectName(look)
                label.setWordWrap(column in (1, 2))
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
                grid.addWidget(label, at, column)
        return holder

    def _choose(self, side: MergeSide) -> None:
        for choice, each in zip(self.choices, self._evidence.sides, strict=True):
            choice.setChecked(each is side)
        self.merge.setText(self.tr("Merge into {0}").format(side.name))
        self.merge.setEnabled(True)

    def _merge(self) -> None:
        one, other = self._evidence.sides
        into = one if self.choices[0].isChecked() else other
        self.merge_wanted.emit((other if into is one else one).id, into.id, into.name)
        self.accept()

    def _keep_apart(self) -> None:
        one, other = self._evidence.sides
        self.apart_wanted.emit(one.id, other.id)
        self.reject()


class PersonPicker(Dialog):
    """Asks for one of many people by name; nobody is chosen to begin with. ``chosen`` carries the id."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, title: str, verb: str, people: list[tuple[int, str]]) -> None:
        super().__init__(parent, title)
        self.box, self.list = QLineEdit(), QListWidget()
        self.box.setPlaceholderText(self.tr("Type a name"))
        self.box.setAccessibleName(self.tr("Type a name"))
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(260)
        for number, name in people:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.list.addItem(item)
        self.body.addWidget(self.box)
        self.body.addWidget(self.list)
        self.act = self.add_button(verb, "primary")
        self.act.setEnabled(False)
        self.act.clicked.connect(self._give)
        self.box.textChanged.connect(self._filter)
        self.list.itemSelectionChanged.connect(lambda: self.act.setEnabled(bool(self.list.selectedItems())))
        self.list.itemActivated.connect(self._give)
        self.box.setFocus()

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for at in range(self.list.count()):
            item = self.list.item(at)
            hidden = not all(word in item.text().casefold() for word in wanted)
            item.setHidden(hidden)
            if hidden:
                item.setSelected(False)

    def _give(self) -> None:
        if items := self.list.selectedItems():
            self.accept()
            self.chosen.emit(items[0].data(Qt.ItemDataRole.UserRole))


def _disc_icon(side: MergeSide, scheme: Scheme) -> QIcon:
    picture = QPixmap(2 * _DISC, 2 * _DISC)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_disc(painter, QRect(0, 0, _DISC, _DISC), side.name, side.id, scheme)
    painter.end()
    return QIcon(picture)
