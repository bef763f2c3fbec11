"""The list of articles: which place it shows, in which order; its rows are loaded as they come into view."""

from __future__ import annotations

import sqlite3
from typing import Literal

from PySide6.QtCore import QObject, Signal

from kbapp.i18n import plain_date
from kbapp.library.articles import listing
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.rows import Group, Listing, Row, row_of_card

FIRST_IDS = 200  # articles that the first list waits for; the rest follow
FIRST_ROWS = 60  # rows that come with a list
_WHERE = {"sources": "source", "tags": "tag"}
_PAGES = (
    "people",
    "authors",
    "sources",
    "notes",
)  # places that have a page instead of a list, as long as no value is chosen

Order = Literal["newest", "oldest", "imported", "title", "source", "months"]


class ListController(Controller):
    """Shows the places of the sidebar that are lists of articles.

    ``list_ready`` carries what is to be shown, ``rows_ready`` rows that were asked for by ``load_rows``. ``notes_wanted``
    and ``search_wanted`` pass on places that other features fill.
    """

    list_ready = Signal(Listing)
    rows_ready = Signal(list)
    notes_wanted = Signal()
    search_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self.place: tuple[str, str] = ("all", "")
        self.order: Order = "newest"
        self.is_whole = True
        self._listing = self.lane("lists", latest=True)
        self._loading = self.lane("rows")

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
        """Shows a place of the sidebar: a list of articles, or what lists something else. ``self.place`` is what the list
        shows, so that a place with a page of its own leaves it as it is."""
        if place == "notes" or self.is_list(place, value):
            self.place = (place, value)
            self.reload()
        if place in _PAGES and not value:
            self.page_requested.emit(Address("list", place))
        elif place == "searches" and value:
            self.search_wanted.emit(value)

    def set_order(self, order: Order) -> None:
        self.order = order
        self.reload()

    def reload(self) -> None:
        """Shows the list again, as it is now."""
        place, value = self.place
        if place == "notes":
            self.notes_wanted.emit()
            return
        order, where, wanted = self.order, _WHERE.get(place, place), value or None

        def look() -> Listing:
            if order == "months" and where not in ("recent", "trash"):
                named = listing.months(self.library, where, wanted)
                return self._listed([Group(self._month(month), tuple(ids)) for month, ids in named])
            ids = listing.ids(self.library, "newest" if order == "months" else order, where, wanted)
            return self._listed([Group("", tuple(ids))])

        self._listing.submit(look, self._show)

    @staticmethod
    def is_list(place: str, value: str) -> bool:
        """Whether a place of the sidebar is a list of articles."""
        if place in ("notes", "searches", "people", "authors"):
            return False
        return bool(value) or place not in ("sources", "tags")

    def stop(self) -> None:
        """Drops a list that is under way: something else is shown in its place."""
        self._listing.cancel()

    def load_rows(self, ids: list[int]) -> None:
        """Loads articles that come into view; the answer comes as ``rows_ready``."""
        self._loading.submit(lambda: self._rows(ids), self.rows_ready.emit)

    def _show(self, found: Listing) -> None:
        self.is_whole = True
        self.list_ready.emit(found)

    def _listed(self, groups: list[Group]) -> Listing:
        place, value = self.place
        found = Listing("article", tuple(groups))
        rows = self._rows(found.first(FIRST_ROWS))
        return Listing(
            "article", tuple(groups), tuple(rows), self._title(place, value), self.number(found.count), self.place
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

    def number(self, count: int) -> str:
        """A count of articles in words."""
        return self.tr("1 article") if count == 1 else self.tr("{0} articles").format(f"{count:,}")
