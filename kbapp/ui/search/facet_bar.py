"""Chips above a list or results that narrow them without a word typed: unread, a person, a source, a year, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from kbapp.library.articles.narrowing import Field, Narrowing
from kbapp.ui.widgets.flow_layout import FlowLayout

_FIELD_ORDERS: tuple[tuple[Field, str], ...] = (
    ("person", "Person"),
    ("source", "Source"),
    ("year", "Year"),
    ("author", "Author"),
    ("tag", "Tag"),
)
_FURTHER: tuple[Field, ...] = ("author", "tag")  # offered behind a chip of their own
_HEIGHT = 26  # pixels of a line of chips
_LONGEST = 130  # pixels of a value on a chip


class FacetBar(QWidget):
    """``values_wanted`` asks for the values of a field, which ``offer`` shows in a menu; ``narrowed`` carries what is chosen."""

    values_wanted = Signal(str)
    narrowed = Signal(Narrowing)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowing = Narrowing()
        self._names: dict[str, str] = {field: self.tr(name) for field, name in _FIELD_ORDERS}
        self._chips: dict[str, QToolButton] = {}
        self._asked: Field = "person"
        self.setMinimumHeight(_HEIGHT)  # the chips' own: what is below must not move when they come

    def build(self) -> None:
        """Makes the chips, for which the first paint need not wait."""
        layout = FlowLayout(self, 4)
        self._unread = self._chip(self.tr("Unread"), self._switch_unread)
        self._unread.setCheckable(True)
        layout.addWidget(self._unread)
        for field, _ in _FIELD_ORDERS:
            self._chips[field] = self._chip(self._names[field], partial(self._press, field))
            self._chips[field].setVisible(field not in _FURTHER)
            layout.addWidget(self._chips[field])
        self._more = self._chip("+", self._show_further)
        self._more.setObjectName("morechip")
        self._more.setAccessibleName(self.tr("Narrow by something else"))
        self._more.setToolTip(self.tr("Narrow by something else"))
        layout.addWidget(self._more)

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Shows what a list is narrowed to: a chip that is on names its value, and a click takes it off."""
        self._narrowing = narrowing
        self._unread.setChecked(narrowing.unread)
        for field, chip in self._chips.items():
            value, name = str(getattr(narrowing, field)), self._names[field]
            words = self.fontMetrics().elidedText(value, Qt.TextElideMode.ElideRight, _LONGEST)
            chip.setText(f"{words} ✕" if value else name)
            chip.setCheckable(bool(value))
            chip.setChecked(bool(value))
            described = self.tr("{0}: {1}; click to remove").format(name, value) if value else ""
            chip.setToolTip(described)
            chip.setAccessibleName(described or self.tr("Narrow by {0}").format(name))
            chip.setVisible(bool(value) or field not in _FURTHER)
        self._more.setVisible(not all(getattr(narrowing, field) for field in _FURTHER))

    def offer(self, values: Sequence[tuple[str, int]]) -> None:
        """Shows the values of the field that was asked for."""
        menu = self.menu_of(self._asked, values)
        chip = self._chips[self._asked] if self._chips[self._asked].isVisible() else self._more
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def menu_of(self, field: Field, values: Sequence[tuple[str, int]]) -> QMenu:
        """A menu of values with how many articles have each."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for value, count in values:
            menu.addAction(f"{value.replace('&', '&&')}\t{count:,}", partial(self._choose, field, value))
        if not values:
            menu.addAction(self.tr("Nothing to choose from")).setEnabled(False)
        return menu

    def _chip(self, words: str, press: object) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName("chip")
        chip.setText(words)
        chip.clicked.connect(press)
        return chip

    def _press(self, field: Field) -> None:
        if getattr(self._narrowing, field):
            self._choose(field, "")
        else:
            self._asked = field
            self.values_wanted.emit(field)

    def _choose(self, field: Field, value: str) -> None:
        self._change(self._narrowing.having(field, value))

    def _switch_unread(self) -> None:
        self._change(replace(self._narrowing, unread=not self._narrowing.unread))

    def _change(self, narrowing: Narrowing) -> None:
        self.show_narrowing(narrowing)
        self.narrowed.emit(narrowing)

    def _show_further(self) -> None:
        menu = QMenu(self)
        for field in _FURTHER:
            if not getattr(self._narrowing, field):
                menu.addAction(self._names[field], partial(self._press, field))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        menu.aboutToHide.connect(menu.deleteLater)
