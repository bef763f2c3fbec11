"""The box that a list's order is chosen from: articles, hits of a search and notes have each their own."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

_ORDERS = (
    ("newest", "Newest first"),
    ("months", "By month"),
    ("oldest", "Oldest first"),
    ("imported", "Last imported"),
    ("title", "By title"),
    ("source", "By source"),
)
_HIT_ORDERS = (("relevance", "Best first"), ("newest", "Newest first"), ("oldest", "Oldest first"))
_NOTE_ORDERS = (("date", "By month"), ("subject", "By subject"), ("colour", "By colour"), ("tag", "By tag"))
_PEOPLE_ORDERS = (("named", "Most named"), ("name", "By name"), ("seen", "Last seen"))
_OFFERS = {"articles": _ORDERS, "hits": _HIT_ORDERS, "notes": _NOTE_ORDERS, "people": _PEOPLE_ORDERS}


class SortBox(QComboBox):
    """``what`` is the kind of list whose orders it offers now: "articles", "hits", "notes" or
    "people"; "" before the first, and where there is but one order.
    ``order_chosen`` carries that kind and the order that the user has chosen."""

    order_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setAccessibleName(self.tr("Order of the list"))
        self.what = ""
        self.currentIndexChanged.connect(lambda _at: self.order_chosen.emit(self.what, self.currentData()))

    def show_order(self, order: str) -> bool:
        """Shows an order that was chosen elsewhere; False when it is none of those offered."""
        at = self.findData(order)
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, at))
        return at >= 0

    def offer(self, what: str, chosen: str) -> None:
        """Offers the orders of a kind of list and shows the one that it has, without emitting it."""
        if what == self.what:
            return
        self.what = what
        self.setVisible(bool(what))
        if not what:
            return
        with QSignalBlocker(self):
            self.clear()
            for value, name in _OFFERS[what]:
                self.addItem(self.tr(name), value)
            self.setCurrentIndex(self.findData(chosen))
