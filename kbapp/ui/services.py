"""The objects that a window works with, built once by ``app.py`` and shared by its windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kbapp.importing import WorkerPool
from kbapp.library.store import Library
from kbapp.search.index import SearchIndex
from kbapp.search.searching import Search
from kbapp.settings import Settings


@dataclass(slots=True)
class Services:
    """One open library and what serves it."""

    library: Library
    settings: Settings
    settings_file: Path
    state_file: Path
    index: SearchIndex = field(init=False)
    search: Search = field(init=False)
    pool: WorkerPool = field(init=False)

    def __post_init__(self) -> None:
        self.index = SearchIndex(self.library, self.settings.cache_mb << 20)
        self.search = Search(self.index)
        self.pool = WorkerPool()

    def close(self) -> None:
        self.pool.close()
        self.library.close()
