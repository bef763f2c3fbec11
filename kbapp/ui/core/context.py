"""What windows on one library work with, shared by all of them; each part is loaded when it is first needed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kbapp.importing.import_process import ImportProcess
    from kbapp.library.database import Library
    from kbapp.search.index.index import SearchIndex
    from kbapp.search.service import Search
    from kbapp.settings import Settings
    from kbapp.ui.main_window import MainWindow
    from kbapp.ui.notes.lock import NotesLock
    from kbapp.ui.search.index_updater import IndexFollower


@dataclass
class Services:
    """A library folder and what serves it."""

    folder: Path
    settings: Settings
    settings_file: Path
    state_file: Path
    windows: list[MainWindow] = field(default_factory=list)  # the one used last comes last
    follower: IndexFollower | None = None
    lock: NotesLock | None = None
    _library: Library | None = None
    _importer: ImportProcess | None = None
    _search: Search | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def library(self) -> Library:
        """The library, opened by whoever asks first. Raises LibraryUnavailable."""
        with self._lock:
            if self._library is None:
                from kbapp.library.database import Library

                self._library = Library(self.folder)
            return self._library

    @property
    def importer(self) -> ImportProcess:
        """The process that imports."""
        with self._lock:
            if self._importer is None:
                from kbapp.importing.import_process import ImportProcess

                self._importer = ImportProcess(self.folder, self.settings.names_model)
            return self._importer

    def renew_importer(self) -> None:
        """A process that is started from now on follows the settings as they are now."""
        with self._lock:
            importer, self._importer = self._importer, None
        if importer is not None:
            importer.retire()

    @property
    def search(self) -> Search:
        """The search, loaded in a thread beside the window: NumPy and Whoosh take a while."""
        with self._lock:
            if self._search is None:
                from kbapp.search.index.index import SearchIndex
                from kbapp.search.service import Search

                self._search = Search(SearchIndex(self.library, self.settings.cache_mb << 20))
            return self._search

    @property
    def index(self) -> SearchIndex:
        return self.search.index

    def close(self) -> None:
        if self._importer is not None:
            self._importer.close()
        if self._library is not None:
            self._library.close()
