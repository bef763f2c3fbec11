"""What the list shows: places of the sidebar, each filled by the feature that it belongs to, filters, and results."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from kbapp.library.articles.listing import EVERYTHING
from kbapp.library.articles.narrowing import Field, Narrowing
from kbapp.library.notes.listing import NoteOrder
from kbapp.library.people.listing import PeopleOrder, Side
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import WELCOME
from kbapp.ui.articles.controller import Order
from kbapp.ui.articles.counts import SidebarCounts
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.composition.table_mode import TableMode
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.core.rows import HitList, Listing
from kbapp.ui.search.controller import Explanation

if TYPE_CHECKING:
    from kbapp.search.query.parser import QueryProblem  # loading the search takes longer than all else here
    from kbapp.search.service import Sort

_PEOPLE = ("person", "author")
_ON_ARTICLES = (
    ("star", "article.star"), ("tag", "article.tag"), ("check", "article.read"), ("export", "article.export"),
    ("trash", "article.trash"),
)  # fmt: skip
_ON_TRASH = (("back", "article.restore"), ("trash", "article.purge"))
_ON_PEOPLE = (("compare", "person.compare"),)
_EMPTY = "empty:"
_EXACTLY = "exactly:"  # a link; no query ends in a colon


class ListReactions(QObject):
    """Slots of one window that concern its list, which ``connections`` connects."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts = parts
        self.table = TableMode(parts)
        self._listed = ("", "")  # the place whose list is shown
        self._saved: dict[str, str] = {}  # names of saved searches by what they ask

    def actions(self) -> list[ActionSpec]:
        """What concerns what the list shows, whatever that is."""
        return [ActionSpec("person.compare", self.tr("Compare…"), self.compare_selected, None, self._are_two)]

    # --- places -------------------------------------------------------------------------------------------------------
    def show_place(self, place: str, value: str) -> None:
        """Goes to a place of the sidebar; nothing of a search stays, and the page stays as it is."""
        parts = self._parts
        parts.search_box.empty()
        parts.search.forget()
        self._stop()
        parts.layout.head.filter.dismiss()
        parts.search.scope = "note" if place in ("notes", "boards") else ""
        parts.rows.scrollToTop()
        parts.lists.show_place(place, value)

    def go_to_place(self, place: str, value: str) -> None:
        """Goes to a place that was chosen elsewhere, and marks it in the sidebar."""
        self._parts.sidebar.select(place, value)
        self.show_place(place, value)

    def fill_place(self, place: str, value: str) -> None:
        """Fills a place that is no list of articles."""
        parts = self._parts
        if place in ("people", "authors"):
            parts.people_lists.list_all(cast(Side, place), parts.layout.head.filter.text())
        elif place == "notes":
            parts.notes.list_all()
        elif place == "boards":
            parts.boards.list_place(int(value) if value else None)
        elif place == "searches" and value:
            parts.search_box.setText(value)

    def _stop(self) -> None:
        """Drops the lists that are under way."""
        parts = self._parts
        for controller in (parts.lists, parts.notes, parts.people_lists, parts.boards):
            controller.stop()

    def show_list(self, found: Listing) -> None:
        parts = self._parts
        is_new = found.place != self._listed
        self._listed = found.place
        parts.show_list(found)
        place, value = found.place
        parts.facets.show_narrowing(parts.lists.narrowing)
        parts.facets.setVisible(parts.lists.can_narrow())
        if place == "trash" and found.count:
            words = self.tr("Articles stay in the trash until you delete them.")
            parts.layout.show_listed(found.title, found.about, f"{words}<br>{_link(_EMPTY, self.tr('Empty trash'))}")
        parts.sort_box.offer(self._orders(found), self._order_of(found.kind))
        if parts.layout.head.filter.isVisible():
            parts.layout.head.filter.show_count(
                self.tr("{0} of {1}").format(f"{found.count:,}", f"{found.total:,}") if found.total else ""
            )
        self.select_shown(scroll=is_new)
        self.table.show_list(found)
        parts.actions.refresh()
        if (place, value) == ("all", "") and not found.count and not parts.lists.narrowing:
            self.welcome()

    @staticmethod
    def _orders(found: Listing) -> str:
        kinds = {"article": "articles", "note": "notes", "person": "people", "author": "people"}
        return kinds.get(found.kind, "")

    def _order_of(self, kind: str) -> str:
        parts = self._parts
        if kind in _PEOPLE:
            return parts.people_lists.order
        return {"note": parts.notes.order, "hit": parts.search.order}.get(kind, parts.lists.order)

    def set_order(self, what: str, order: str) -> None:
        parts = self._parts
        if what == "hits":
            parts.search.set_order(cast("Sort", order))
        elif what == "notes":
            parts.notes.set_order(cast(NoteOrder, order))
        elif what == "people":
            parts.people_lists.set_order(cast(PeopleOrder, order))
            parts.lists.reload()
        else:
            parts.lists.set_order(cast(Order, order))

    def load_rows(self, ids: list[int]) -> None:
        parts, kind = self._parts, self._parts.rows.rows.kind
        if kind == "note":
            parts.notes.load_rows(ids)
        elif kind in _PEOPLE:
            parts.people_lists.load_rows(ids)
        else:
            parts.lists.load_rows(ids)

    def welcome(self) -> None:
        if self._parts.tabs.address is None:
            self._parts.tabs.visit(WELCOME)

    # --- several rows -------------------------------------------------------------------------------------------------
    def show_selected(self, count: int) -> None:
        """Offers at the foot of the list what can be done with several rows."""
        parts = self._parts
        offered: tuple[tuple[str, str], ...] = _ON_ARTICLES
        if parts.lists.place[0] == "trash":
            offered = _ON_TRASH
        elif parts.rows.rows.kind in _PEOPLE:
            offered = _ON_PEOPLE if count == 2 else ()
        elif count > 1 and not parts.rows.selected_articles():
            offered = ()
        parts.selection_bar.show_selected(count, [(picture, parts.actions[name]) for picture, name in offered])

    def _are_two(self) -> bool:
        return self._parts.rows.rows.kind in _PEOPLE and len(self._parts.rows.selected_ids()) == 2

    def compare_selected(self) -> None:
        """Shows the two selected people side by side."""
        two = self._parts.rows.selected_ids()
        if len(two) == 2:
            self._parts.tabs.visit(Address("compare", f"{two[0]},{two[1]}"))

    # --- the filter ---------------------------------------------------------------------------------------------------
    def begin_filter(self) -> None:
        """Opens the filter over a list that has one; over results and notes the search box does the same."""
        parts = self._parts
        if parts.search.query or parts.lists.place[0] in ("notes", "boards"):
            parts.search_box.begin()
        else:
            parts.layout.head.filter.begin()

    def narrow(self, narrowing: Narrowing) -> None:
        """Narrows what is listed, or what was found."""
        parts = self._parts
        if parts.search.query:
            parts.search.narrow(narrowing)
        else:
            parts.lists.narrow(replace(narrowing, text=parts.lists.narrowing.text))

    def find_values(self, field: Field) -> None:
        """Finds what the list, or what was found, can be narrowed to."""
        (self._parts.search if self._parts.search.query else self._parts.lists).find_values(field)

    def filter(self, text: str) -> None:
        """Shows of the list only what contains the letters."""
        lists = self._parts.lists
        lists.narrow(replace(lists.narrowing, text=text))
        if not text:
            self._parts.layout.head.filter.show_count("")

    # --- searches -----------------------------------------------------------------------------------------------------
    def search(self, text: str) -> None:
        """Searches as it is typed."""
        if text.strip():
            self._stop()
            self._parts.layout.head.filter.dismiss()
            if not self._parts.search.query:  # it begins among everything
                self._parts.facets.show_narrowing(EVERYTHING)
                self._parts.facets.setVisible(not self._parts.search.scope)
        self._parts.search.search(text)

    def restore_list(self) -> None:
        """Shows again what was listed before a search."""
        parts = self._parts
        parts.lists.reload()
        parts.sidebar.select(*parts.lists.place)

    def show_hits(self, found: HitList) -> None:
        parts = self._parts
        self._listed = ("", "")
        parts.rows.show_hits(found)
        title = self._saved.get(parts.search.query)
        about = found.title if title else found.about
        parts.layout.show_listed(title or found.title, about, self._hint(found))
        parts.sort_box.offer("hits", self._order_of("hit"))
        self.select_shown(scroll=False)

    def _hint(self, found: HitList) -> str:
        """What is said above results, with what else can be searched for as a link."""
        typed, parts = escape(self._parts.search.query), [escape(found.hint)]
        if found.corrected:
            parts.append(
                self.tr("Nothing is spelt “{0}”. Showing {1}.").format(typed, f"<b>{escape(found.corrected)}</b>")
            )
            parts.append(_link(_EXACTLY, self.tr("Search for {0} all the same").format(typed)))
        elif found.suggestion:
            parts.append(self.tr("Did you mean {0}?").format(_link(found.suggestion, escape(found.suggestion))))
        return "<br>".join(filter(None, parts))

    def follow_hint(self, link: str) -> None:
        """Searches for what was offered above the results."""
        if link == _EXACTLY:
            self._parts.search.search_exactly()
        elif link == _EMPTY:
            self._parts.actions["trash.empty"].trigger()
        else:
            self._parts.search_box.setText(link)

    def remember_saved(self, counts: SidebarCounts) -> None:
        self._saved = {query: name for name, query, _ in counts.searches}

    def select_shown(self, *, scroll: bool) -> None:
        """Marks the row of the page in front."""
        here, rows = self._parts.tabs.address, self._parts.rows
        if here is not None and here.number:
            kind = here.kind
            if kind in _PEOPLE:
                kind = rows.rows.kind if rows.rows.kind in _PEOPLE else "person"
            rows.select(kind, here.number, scroll=scroll)

    # --- rows ---------------------------------------------------------------------------------------------------------
    def open_row(self, kind: str, number: int) -> None:
        """Opens what was chosen in the list; a search that has led somewhere is remembered."""
        self.remember_search()
        if kind == "note":
            self._parts.notes.open_note(number)
        else:
            self._parts.tabs.visit(Address(kind, str(number)))

    def go_to_hits(self, open_first: bool) -> None:
        self.remember_search()
        self._parts.rows.begin(open_first)

    def remember_search(self) -> None:
        self._parts.session.remember_search(self._parts.search.query)

    def show_problems(self, problems: list[QueryProblem]) -> None:
        places = [(problem.start, problem.end) for problem in problems]
        self._parts.search_box.underline(places, self._parts.scheme)

    def explain(self, found: Explanation) -> None:
        self._parts.rows.explain(found.row, found.words)

    def mark_places(self, places: list[tuple[int, int]]) -> None:
        self._parts.tabs.view.mark_places(places)


def _link(target: str, words: str) -> str:
    return f'<a href="{escape(target)}">{words}</a>'
