"""The counts and values that the sidebar shows, counted beside the window; the daily copy of the library."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kbapp.library import maintenance, saved_searches
from kbapp.library.articles import tags
from kbapp.library.notes import boards
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller

_SEARCHES = 50  # saved searches that are shown


@dataclass(frozen=True, slots=True)
class SidebarCounts:
    """What the sidebar shows.

    Attributes:
        totals: How many articles, people, notes and so on there are, by name.
        tags: Tags with their number of articles.
        sources: Sources with theirs.
        searches: Saved searches: name, query, number of results.
        boards: Boards: id, title, number of notes.
    """

    totals: dict[str, int]
    tags: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    searches: tuple[tuple[str, str, int], ...]
    boards: tuple[tuple[int, str, int], ...] = ()


class CountsController(Controller):
    """Counts. ``counted`` carries the result."""

    counted = Signal(SidebarCounts)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self._counting = self.lane("counts", latest=True)
        self._copying = self.lane("daily copy")

    def recount(self) -> None:
        """Counts, and tells it when it is done."""
        self._counting.submit(self._count, self.counted.emit)

    def back_up(self) -> None:
        """Copies the library when none was made today."""
        self._copying.submit(lambda: maintenance.back_up_daily(self.library), lambda _: None)

    def _count(self) -> SidebarCounts:
        saved = saved_searches.saved(self.library)[:_SEARCHES]
        listed = boards.listed(self.library)
        return SidebarCounts(
            maintenance.totals(self.library) | {"boards": len(listed)},
            tuple(tags.tags(self.library)),
            tuple(tags.sources(self.library)),
            tuple((name, query, self.context.search.count(query)) for name, query in saved),
            tuple(listed),
        )
