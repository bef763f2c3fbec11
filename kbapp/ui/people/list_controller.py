"""The lists of people and of authors: their order, what they are filtered by, and rows as they come into view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from kbapp.i18n import language
from kbapp.library.people import listing
from kbapp.library.people.listing import PeopleOrder, Side
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.rows import Group, Listing, Row, row_of_person

_FIRST_ROWS = 60  # rows that come with a list


class PeopleListController(Controller):
    """Lists people or authors. ``list_ready`` carries a list, ``rows_ready`` rows that ``load_rows`` was asked for."""

    list_ready = Signal(Listing)
    rows_ready = Signal(list)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self.order: PeopleOrder = "named"
        self.side: Side = "people"
        self._listing = self.lane("people", latest=True)
        self._loading = self.lane("people rows")

    def list_all(self, side: Side, text: str = "") -> None:
        """Lists people or authors, with ``text`` those whose name, other name or role contains it."""
        self.side = side
        order, title = self.order, self.tr("People") if side == "people" else self.tr("Authors")
        kind = "person" if side == "people" else "author"

        def look() -> Listing:
            ids = listing.ids(self.library, side, order, text)
            total = len(listing.ids(self.library, side)) if text else len(ids)
            rows = self._rows(side, ids[:_FIRST_ROWS])
            return Listing(kind, (Group("", tuple(ids)),), tuple(rows), title, f"{len(ids):,}", (side, ""), total=total)

        self._listing.submit(look, self.list_ready.emit)

    def set_order(self, order: PeopleOrder) -> None:
        self.order = order

    def stop(self) -> None:
        """Drops a list that is under way: something else is shown in its place."""
        self._listing.cancel()

    def load_rows(self, ids: list[int]) -> None:
        """Loads people who come into view; the answer comes as ``rows_ready``."""
        self._loading.submit(partial(self._rows, self.side, ids), self.rows_ready.emit)

    def _rows(self, side: Side, ids: list[int]) -> list[Row]:
        kind = "person" if side == "people" else "author"
        return [row_of_person(card, kind) for card in listing.cards(self.library, side, ids, language())]
