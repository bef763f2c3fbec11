"""The objects that windows work with, built once by ``app.py`` and shared by all windows on one library."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kbapp.importing import WorkerPool
from kbapp.library.store import Library
from kbapp.settings import Settings

if TYPE_CHECKING:
    from kbapp.search.index import SearchIndex
    from kbapp.search.searching import Search
    from kbapp.ui.follower import IndexFollower
    from kbapp.ui.window import MainWindow


@dataclass(slots=True)
class Services:
    """One open library and what serves it."""

    library: Library
    settings: Settings
    settings_file: Path
    state_file: Path
    pool: WorkerPool = field(default_factory=WorkerPool)
    windows: list[MainWindow] = field(default_factory=list)  # the one used last comes last
    follower: IndexFollower | None = None
    _search: Search | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def search(self) -> Search:
        """The search, loaded by whoever asks first (a thread beside the window): NumPy and Whoosh take a while."""
        with self._lock:
            if self._search is None:
                from kbapp.search.index import SearchIndex
                from kbapp.search.searching import Search

                self._search = Search(SearchIndex(self.library, self.settings.cache_mb << 20))
            return self._search

    @property
    def index(self) -> SearchIndex:
        return self.search.index

    def close(self) -> None:
        self.pool.close()
        self.library.close()
