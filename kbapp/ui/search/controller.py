"""Searching: as it is typed, narrowed, saved, by likeness; jumping and linking by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kbapp.domain import Hit
from kbapp.i18n import joined, language, message, plain_date, plural
from kbapp.library.articles.listing import EVERYTHING
from kbapp.library.articles.narrowing import Field, Narrowing
from kbapp.library.notes import listing as note_list
from kbapp.library.people import listing as people_list
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.page_refs import PageRef, PageRefs
from kbapp.ui.core.rows import HitList, Row, row_of_hit, row_of_person

if TYPE_CHECKING:
    from kbapp.search.service import Kind, Results, Sort

FIRST, MOST = 24, 200  # hits shown at once, and after a pause
_PAUSE = 250  # milliseconds without a key
_JUMPS, _COMPLETIONS = 12, 8
_SIDES: tuple[tuple[people_list.Side, str], ...] = (("people", "person"), ("authors", "author"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a row was found, a line a word."""

    row: Row
    words: str


class SearchController(Controller):
    """Asks the search.

    ``hits_ready`` carries the first results, ``more_ready`` further rows for the same list; ``values_ready`` what they can
    be narrowed to (``find_values``); ``problems_ready`` what of the query was not understood; ``cleared`` says that nothing is searched for
    any more. ``places_ready`` answers ``find_places``, ``completions_ready`` ``complete``, ``jumps_ready`` ``jump``.
    """

    hits_ready = Signal(HitList)
    more_ready = Signal(list)
    values_ready = Signal(list)
    problems_ready = Signal(list)
    cleared = Signal()
    places_ready = Signal(list)
    completions_ready = Signal(PageRefs)
    jumps_ready = Signal(PageRefs)
    explained = Signal(Explanation)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.query = ""
        self.words: tuple[str, ...] = ()
        self.scope = ""  # the kind of thing that is searched for; "" for all
        self.order: Sort = "relevance"
        self._narrowing = EVERYTHING
        self._exact = ""  # the query that is not to be corrected
        self._finding = self.lane("search", latest=True)
        self._jumping = self.lane("jump", latest=True)
        self._counting = self.lane("facets", latest=True)
        self._explaining = self.lane("explanations", latest=True)
        self._marking = self.lane("places found", latest=True)
        self._shown: tuple[str, Sort, int] = ("", "relevance", 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE)
        self._rest.timeout.connect(self._look_further)

    def close(self) -> None:
        self._rest.stop()
        super().close()

    def search(self, text: str) -> None:
        """Searches for what is typed; no words end the search."""
        had_query = bool(self.query)
        self.query = text.strip()
        if not self.query:
            self.forget()
            if had_query:
                self.cleared.emit()
            return
        query, sort = self.query, self.order
        query = self._whole(query, self._narrowing)
        self._rest.stop()
        self._finding.submit(
            lambda: self._look(query, sort, 0, FIRST), lambda found: self._show(found[0], found[1], query, sort)
        )

    def forget(self) -> None:
        """Ends the search: nothing of it comes or stays."""
        self.query, self.words = "", ()
        self._rest.stop()
        for lane in (self._finding, self._counting, self._marking):
            lane.cancel()
        self._narrowing = EVERYTHING
        self.problems_ready.emit([])

    def narrow(self, narrowing: Narrowing) -> None:
        """Searches again among what fits."""
        self._narrowing = narrowing
        self.repeat()

    def find_values(self, field: Field) -> None:
        """Finds what the results can be narrowed to by a field; the answer comes as ``values_ready``."""
        query = self._whole(self.query, self._narrowing.without(field))
        name = "date" if field == "year" else field

        def look() -> list[tuple[str, int]]:
            found = next((each.values for each in self.context.search.facets(query) if each.field == name), ())
            return sorted(found, reverse=True) if field == "year" else list(found)

        self._counting.submit(look, self.values_ready.emit)

    def _whole(self, query: str, narrowing: Narrowing) -> str:
        """What is typed with what it is narrowed to, and the kind of thing that is searched for."""
        scope = f"kind:{self.scope}" if self.scope and "kind:" not in query else ""
        return " ".join(filter(None, (query, narrowing.query(), scope)))

    def search_exactly(self) -> None:
        """Searches for what was typed, though nothing is found."""
        self._exact = self._whole(self.query, self._narrowing)
        self.repeat()

    def repeat(self) -> None:
        """Searches again, for the index or the library has changed."""
        if self.query:
            self.search(self.query)

    def set_order(self, order: Sort) -> None:
        self.order = order
        self.repeat()

    def _look(self, query: str, sort: Sort, offset: int, limit: int) -> tuple[Results, tuple[Row, ...]]:
        exact = self._exact
        found = self.context.search.search(
            query, limit=limit, offset=offset, sort=sort, typing=True, width=110, correct=exact != query
        )
        return found, self._rows(found.hits)

    def _show(self, results: Results, rows: tuple[Row, ...], query: str, sort: Sort) -> None:
        self.words = results.words
        self.problems_ready.emit(list(results.problems))
        if results.total > 1:
            self._shown = (query, sort, results.total)
            self._rest.start()
        title = self.tr("{0} found").format(f"{results.total:,}") if results.total else self.tr("Nothing found")
        hint = " ".join(message(problem) for problem in results.problems)
        if not results.total and not hint and not results.suggestion:
            hint = self.tr("Check the spelling, use fewer words, or search for the start of a word: harb*")
        corrected = results.corrected or ""
        suggestion = "" if corrected else results.suggestion or ""
        self.hits_ready.emit(HitList(self._arranged(rows), title, "", hint, suggestion, corrected))

    def _arranged(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """People and authors stand above everything else that was found."""
        people = [row for row in rows if row.kind in ("person", "author")]
        others = [row for row in rows if row.kind not in ("person", "author")]
        if not people or not others:
            return rows
        heads = (Row("heading", 0, self.tr("People and authors")), Row("heading", 0, self.tr("Articles and notes")))
        return (heads[0], *people, heads[1], *others)

    def _look_further(self) -> None:
        """Once nobody types: the rest of the hits."""
        query, sort, total = self._shown
        if total > FIRST:
            self._finding.submit(
                lambda: self._look(query, sort, FIRST, MOST - FIRST)[1], lambda rows: self.more_ready.emit(list(rows))
            )

    def _rows(self, hits: Sequence[Hit]) -> tuple[Row, ...]:
        """The hits as the list shows them; a note is called by its first words."""
        of_notes = [hit.id for hit in hits if hit.kind == "note"]
        cards = {card.id: card for card in note_list.cards(self.context.library, of_notes)}
        people = self._people([hit.id for hit in hits if hit.kind == "person"])
        rows = []
        for hit in hits:
            row = row_of_hit(hit)
            if hit.kind == "person" and (person := people.get(hit.id)) is not None:
                row = person
            elif hit.kind == "note" and (card := cards.get(hit.id)) is not None:
                about = joined((self.tr("Note"), card.subject, plain_date(card.modified)))
                row = replace(row, title=card.title, about=about, colour=card.colour or "")
            rows.append(row)
        return tuple(rows)

    def _people(self, ids: list[int]) -> dict[int, Row]:
        """Rows of people as their list shows them; who is named nowhere is shown as an author."""
        found: dict[int, Row] = {}
        for side, kind in _SIDES if ids else ():
            wanted = [each for each in ids if each not in found]
            for card in people_list.cards(self.context.library, side, wanted, language()):
                if card.articles:
                    found[card.id] = row_of_person(card, kind)
        return found

    def more_like(self, article: int) -> None:
        """Lists the articles that are most like one."""

        def look() -> HitList:
            hits = self.context.search.more_like(article)
            return HitList(tuple(map(row_of_hit, hits)), self.tr("More like this"), plural(len(hits), "article"))

        self._finding.submit(look, self.hits_ready.emit)

    def explain(self, row: Row) -> None:
        """Says why a row of the results was found; the answer comes as ``explained``."""
        if not self.query:
            return
        query = self.query
        names = {
            "body": self.tr("text"),
            "people": self.tr("people"),
            "authors": self.tr("author"),
            "title": self.tr("title"),
        }

        def look() -> Explanation:
            parts = self.context.search.why(query, row.kind, row.id)
            lines = [
                f"{word} {self.tr('in')} {names.get(field, field)}: {points:g}" for word, field, points in parts[:8]
            ]
            return Explanation(row, "\n".join(lines))

        self._explaining.submit(look, self.explained.emit)

    def find_places(self, text: str) -> None:
        """Finds where the words of the search stand in a page; the answer comes as ``places_ready``."""
        if words := self.words:
            self._marking.submit(lambda: self.context.engines.find_places(words, text), self.places_ready.emit)

    # --- by a few letters ---------------------------------------------------------------------------------------------
    def complete(self, request: str, begun: str, letters: str) -> None:
        """Pages that a note may link to: people for ``@``, anything for ``[[``."""
        kinds: tuple[Kind, ...] = ("person",) if begun == "@" else ("article", "person", "note")
        self._jumping.submit(
            lambda: self._refs(request, letters, kinds, _COMPLETIONS), self.completions_ready.emit, key="complete"
        )

    def jump(self, text: str) -> None:
        """Pages whose title or name fits a few letters, for the palette."""
        kinds: tuple[Kind, ...] = ("article", "person", "note")
        self._jumping.submit(lambda: self._refs("", text, kinds, _JUMPS), self.jumps_ready.emit, key="jump")

    def _refs(self, request: str, text: str, kinds: tuple[Kind, ...], limit: int) -> PageRefs:
        found = self.context.search.search(text, limit=limit, kinds=kinds, typing=True, snippets=False)
        names = {"article": self.tr("article"), "person": self.tr("person"), "note": self.tr("note")}
        refs = [PageRef(hit.title, names[hit.kind], Address(hit.kind, str(hit.id))) for hit in found.hits]
        return PageRefs(request, text, tuple(refs))
