"""Searching from the window: as it is typed, narrowed, saved, by likeness; jumping and linking by a few letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from kbapp.i18n import joined, plain_date
from kbapp.library.notes import listing as note_list
from kbapp.rendering.addresses import Address
from kbapp.ui.articles.article_list_model import Row, row_of_hit
from kbapp.ui.core.tasks import Background

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbapp.domain import Hit
    from kbapp.search.service import Results, Sort
    from kbapp.ui.desk import Desk
    from kbapp.ui.notes.note_editor import NoteEditor

_FIRST, _HITS = 24, 200  # hits shown at once, and after a pause
_PAUSE = 250  # milliseconds without a key


class Finder(QObject):
    """Asks the search and shows what it answers in a desk's list. ``query`` is what is searched for, ``words`` what it found."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self._finding = Background("search", self, latest=True)
        self._jumping = Background("jump", self, latest=True)
        self._narrowing = Background("facets", self, latest=True)
        self._finding.failed.connect(desk.message)
        self.hit_order: Sort = "relevance"
        self.query = ""
        self.words: tuple[str, ...] = ()
        self._shown: tuple[str, Sort, int] = ("", "relevance", 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE)
        self._rest.timeout.connect(self._look_further)
        desk.rows.rows.why = self.why
        desk.panel.wants_pages.connect(self.complete)

    def close(self) -> None:
        self._rest.stop()
        for lane in (self._finding, self._jumping, self._narrowing):
            lane.close()

    def search(self, text: str) -> None:
        """Shows what fits the words, as they are typed; no words show the place that was shown before."""
        self.query = text.strip()
        if not self.query:
            self.words = ()
            self.desk.faceted.emit([])
            self.desk.mistaken.emit([])
            self.desk.go(*self.desk.sidebar.place())
            return
        query, sort = self.query, self.hit_order
        if self.desk.sidebar.place()[0] == "notes" and "kind:" not in query:
            query += " kind:note"

        self._rest.stop()
        self._finding.ask(
            lambda: self._look(query, sort, 0, _FIRST), lambda found: self._show_hits(*found, query, sort)
        )

    def _look(self, query: str, sort: Sort, offset: int, limit: int) -> tuple[Results, list[Row]]:
        found = self.desk.services.search.search(query, limit=limit, offset=offset, sort=sort, typing=True, width=110)
        return found, self._rows(found.hits)

    def _look_further(self) -> None:
        """Once nobody types: the rest of the hits, and what they can be narrowed by."""
        query, sort, total = self._shown
        if total > _FIRST:
            self._finding.ask(
                lambda: self._look(query, sort, _FIRST, _HITS - _FIRST),
                lambda found: self.desk.rows.rows.append_rows(found[1]) if self._is_asked(query) else None,
            )
        self._narrowing.ask(
            lambda: self.desk.services.search.facets(query),
            lambda found: self.desk.faceted.emit(found if self._is_asked(query) else []),
        )

    def _is_asked(self, query: str) -> bool:
        """Whether a query is still what is searched for; what was added to it for the place comes at its end."""
        return bool(self.query) and query.startswith(self.query)

    def _rows(self, hits: Sequence[Hit]) -> list[Row]:
        """The hits as the list shows them; a note is called by its first words."""
        cards = {
            card.id: card for card in note_list.cards(self.desk.library, [hit.id for hit in hits if hit.kind == "note"])
        }
        rows = []
        for hit in hits:
            row = row_of_hit(hit)
            if hit.kind == "note" and (card := cards.get(hit.id)) is not None:
                about = joined((self.tr("Note"), card.subject, plain_date(card.modified)))
                row = replace(row, title=card.title, about=about, colour=card.colour or "")
            rows.append(row)
        return rows

    def _show_hits(self, results: Results, rows: list[Row], query: str, sort: Sort) -> None:
        if not self._is_asked(query):
            return
        self.words = results.words
        self.desk.mistaken.emit(list(results.problems))
        if results.total > 1:
            self._shown = (query, sort, results.total)
            self._rest.start()
        else:
            self.desk.faceted.emit([])
        self.desk.rows.rows.show_rows(rows)
        name = self.tr("{0} found").format(f"{results.total:,}") if results.total else self.tr("Nothing found")
        hint = results.problems[0] if results.problems else ""
        if not results.total and results.suggestion:
            hint = self.tr("Did you mean “{0}”?").format(results.suggestion)
        elif not results.total and not hint:
            hint = self.tr("Try fewer words, or only how a word begins: harb*")
        self.desk.listed.emit(name, hint)
        self.desk.select_current()

    def save_search(self, name: str) -> None:
        """Keeps the present search in the sidebar."""
        self.desk.changes.save_search(name, self.query)

    def more_like(self, article: int) -> None:
        """Lists the articles that are most like one."""

        def show(hits: list[Hit]) -> None:
            self.desk.rows.rows.show_rows([row_of_hit(hit) for hit in hits])
            self.desk.listed.emit(self.tr("More like this"), self.desk.number(len(hits)))

        self._finding.ask(lambda: self.desk.services.search.more_like(article), show)

    def why(self, row: Row) -> str:
        """Why a row of the results was found, a line a word; nothing outside results."""
        if not self.query:
            return ""
        names = {
            "body": self.tr("text"),
            "people": self.tr("people"),
            "authors": self.tr("author"),
            "title": self.tr("title"),
        }
        parts = self.desk.services.search.why(self.query, row.kind, row.id)
        return "\n".join(
            f"{word} {self.tr('in')} {names.get(field, field)}: {points:g}" for word, field, points in parts[:8]
        )

    def complete(self, editor: NoteEditor, begun: str, letters: str) -> None:
        """Pages that a note may link to: people for ``@``, anything for ``[[``."""
        kinds: Any = ("person",) if begun == "@" else ("article", "person", "note")
        names = {"article": self.tr("article"), "person": self.tr("person"), "note": self.tr("note")}

        def look() -> list[tuple[str, str, str]]:
            found = self.desk.services.search.search(letters, limit=8, kinds=kinds, typing=True, snippets=False)
            return [(hit.title, names[hit.kind], str(Address(hit.kind, str(hit.id)))) for hit in found.hits]

        self._jumping.ask(look, lambda choices: editor.offer(letters, choices))

    def jump(self, text: str, answer: Any) -> None:
        """Pages whose title or name fits a few letters, for the palette."""

        from kbapp.ui.search.command_palette import Choice

        def look() -> list[tuple[str, str, Address]]:
            found = self.desk.services.search.search(text, limit=12, typing=True, snippets=False)
            names = {"article": self.tr("article"), "person": self.tr("person"), "note": self.tr("note")}
            return [(hit.title, names[hit.kind], Address(hit.kind, str(hit.id))) for hit in found.hits]

        def offer(found: list[tuple[str, str, Address]]) -> None:
            answer(
                text,
                [
                    Choice(title, kind, lambda address=address: self.desk.open(address))
                    for title, kind, address in found
                ],
            )  # type: ignore[misc]

        self._jumping.ask(look, offer)
