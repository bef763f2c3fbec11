"""The counts and values that the sidebar shows, counted beside the window; the daily copy of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kbapp.library import maintenance, saved_searches
from kbapp.library.articles import tags
from kbapp.ui.core.tasks import Background

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk

_Found = tuple[dict[str, int], list[tuple[str, int]], list[tuple[str, int]], list[tuple[str, str, int]]]
_SEARCHES, _TAGS, _SOURCES = 50, 200, 100  # how many of each are shown


class Counts(QObject):
    """Counts for a desk's sidebar."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk, self.library = desk, desk.library
        self._counting = Background("counts", self, latest=True)
        self._counting.failed.connect(desk.message)

    def ask(self) -> None:
        """Counts, and shows it when it is done."""
        self._counting.ask(self._count, self._show)

    def back_up(self) -> None:
        """Copies the library when none was made today."""
        self._counting.ask(lambda: maintenance.back_up_daily(self.library), lambda _: None)

    def close(self) -> None:
        self._counting.close()

    def _count(self) -> _Found:
        saved = saved_searches.saved(self.library)
        counted = [(name, query, self.desk.services.search.count(query)) for name, query in saved[:_SEARCHES]]
        return (
            maintenance.totals(self.library),
            tags.tags(self.library)[:_TAGS],
            tags.sources(self.library)[:_SOURCES],
            counted,
        )

    def _show(self, found: _Found) -> None:
        totals, all_tags, sources, saved = found
        sidebar = self.desk.sidebar
        sidebar.show_children("searches", [(f"{name}   {number:,}", query) for name, query, number in saved])
        sidebar.show_totals(totals)
        sidebar.show_children("tags", [(f"{name}   {number}", name) for name, number in all_tags])
        sidebar.show_children("sources", [(f"{name}   {number}", name) for name, number in sources])
