"""The list of articles: which place it shows, in which order; its rows are loaded as they come into view."""

from __future__ import annotations

import sqlite3
from typing import Literal

from PySide6.QtCore import QObject, Signal

from kbapp.i18n import plain_date
from kbapp.library.articles import listing, tags
from kbapp.library.articles.narrowing import Field, Narrowing
from kbapp.text.folding import fold
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.rows import Group, Listing, Row, row_of_card, row_of_record

FIRST_IDS = 200  # articles that the first list waits for; the rest follow
FIRST_ROWS = 60  # rows that come with a list
_WHERE = {"sources": "source", "tags": "tag"}
_OTHERS = ("people", "authors", "notes", "boards", "searches")
Order = listing.Order | Literal["months"]


class ListController(Controller):
    """Shows the places of the sidebar that are lists of articles.

    ``list_ready`` carries what is to be shown, ``rows_ready`` rows that were asked for by ``load_rows``, ``values_ready``
    what ``find_values`` was asked for, ``titles_found`` what ``find_title`` was, ``table_ready`` rows for ``load_table``. ``others_wanted`` passes on a place that another feature fills.
    """

    list_ready = Signal(Listing)
    rows_ready = Signal(list)
    values_ready = Signal(list)
    titles_found = Signal(list)
    table_ready = Signal(list)
    others_wanted = Signal(str, str)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self.place: tuple[str, str] = ("all", "")
        self.order: Order = "newest"
        self.narrowing = listing.EVERYTHING
        self.is_whole = True
        self._listing = self.lane("lists", latest=True)
        self._loading = self.lane("rows")
        self._counting = self.lane("values", latest=True)

    def show_first(self) -> None:
        """Shows the first articles at once: a few rows by an index are there sooner than a thread would bring them."""
        try:
            ids = listing.ids(self.library, "newest", most=FIRST_IDS)
            found = self._listed([Group("", tuple(ids))])
        except sqlite3.Error:
            self.reload()  # where it is said what is wrong
            return
        self.is_whole = len(ids) < FIRST_IDS
        self.list_ready.emit(found)

    def show_place(self, place: str, value: str = "") -> None:
        """Shows a place of the sidebar; what the list before was narrowed to does not concern it. A search leaves the place
        as it is: there one is back when it is over."""
        if place == "searches":
            self.others_wanted.emit(place, value)
            return
        self.place = (place, value)
        self.narrowing = listing.EVERYTHING
        self.reload()

    def set_order(self, order: Order) -> None:
        self.order = order
        self.reload()

    def reload(self) -> None:
        """Shows the list again, as it is now."""
        place, value = self.place
        if not self.is_of_articles():
            self.others_wanted.emit(place, value)
            return
        order, where, wanted, narrowing = self.order, _WHERE.get(place, place), value or None, self.narrowing

        def look() -> Listing:
            if place in _WHERE and not value:
                return self._places(place)
            if order == "months" and where not in ("recent", "trash"):
                named = listing.months(self.library, where, wanted, narrowing)
                groups = [Group(self._month(month), tuple(ids)) for month, ids in named]
            else:
                plain = "newest" if order == "months" else order
                groups = [Group("", tuple(listing.ids(self.library, plain, where, wanted, narrowing=narrowing)))]
            total = len(listing.ids(self.library, "newest", where, wanted)) if narrowing.text else 0
            return self._listed(groups, total)

        self._listing.submit(look, self._show)

    def narrow(self, narrowing: Narrowing) -> None:
        """Shows of the list only what fits."""
        self.narrowing = narrowing
        self.reload()

    def find_values(self, field: Field) -> None:
        """Finds what the list can be narrowed to by a field; the answer comes as ``values_ready``."""
        (place, value), narrowing = self.place, self.narrowing.without(field)
        where = _WHERE.get(place, place)
        self._counting.submit(
            lambda: listing.values(self.library, field, where, value or None, narrowing), self.values_ready.emit
        )

    def load_table(self, ids: list[int]) -> None:
        """Loads what a table shows of articles; the answer comes as ``table_ready``."""
        self._loading.submit(
            lambda: [row_of_record(record) for record in listing.records(self.library, ids)], self.table_ready.emit
        )

    def find_title(self, letters: str) -> None:
        """Finds articles whose title begins so; the answer comes as ``titles_found``."""
        self._counting.submit(lambda: listing.titled(self.library, letters), self.titles_found.emit)

    def is_of_articles(self) -> bool:
        """Whether this feature fills the place that is shown: with articles, or with all sources or tags."""
        return self.place[0] not in _OTHERS

    def can_narrow(self) -> bool:
        """Whether the place that is shown is a list of articles, which can be narrowed."""
        return self.is_of_articles() and (bool(self.place[1]) or self.place[0] not in _WHERE)

    def _places(self, place: str) -> Listing:
        """All sources, or all tags."""
        kind, title = ("source", self.tr("Sources")) if place == "sources" else ("tag", self.tr("Tags"))
        found = tags.sources(self.library) if place == "sources" else tags.tags(self.library)
        wanted = fold(self.narrowing.text.strip())
        shown = [(name, number) for name, number in found if wanted in fold(name)]
        rows = tuple(Row(kind, at, name, count=f"{number:,}") for at, (name, number) in enumerate(shown))
        group = Group("", tuple(range(len(rows))))
        return Listing("", (group,), rows, title, f"{len(rows):,}", (place, ""), len(found))

    def stop(self) -> None:
        """Drops a list that is under way: something else is shown in its place."""
        self._listing.cancel()

    def load_rows(self, ids: list[int]) -> None:
        """Loads articles that come into view; the answer comes as ``rows_ready``."""
        self._loading.submit(lambda: self._rows(ids), self.rows_ready.emit)

    def _show(self, found: Listing) -> None:
        self.is_whole = True
        self.list_ready.emit(found)

    def _listed(self, groups: list[Group], total: int = 0) -> Listing:
        place, value = self.place
        found = Listing("article", tuple(groups))
        rows = self._rows(found.first(FIRST_ROWS))
        return Listing(
            "article", tuple(groups), tuple(rows), self._title(place, value), f"{found.count:,}", self.place, total
        )

    def _rows(self, ids: list[int]) -> list[Row]:
        return [row_of_card(card) for card in listing.cards(self.library, ids)]

    def _title(self, place: str, value: str) -> str:
        names = {
            "all": self.tr("All articles"),
            "unread": self.tr("Unread"),
            "starred": self.tr("Starred"),
            "recent": self.tr("Recent"),
            "trash": self.tr("Trash"),
        }
        return value or names.get(place, place)

    def _month(self, month: str) -> str:
        return plain_date(month) or self.tr("Without a date")
