"""What every controller is given: the library, the search, the importer, the settings, events and tasks. No widgets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from kbapp.ui.core.events import LibraryEvents
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.core.tasks import TaskRunner

if TYPE_CHECKING:
    from kbapp.domain import Article
    from kbapp.importing.import_process import ImportProcess
    from kbapp.library.database import Library
    from kbapp.search.service import Search
    from kbapp.settings import Settings

_T = TypeVar("_T")


class _Lazy(Generic[_T]):
    """Something made by whoever asks first, in whatever thread; each has a lock of its own, so that the window never waits
    for the loading of what it does not need."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make, self._lock = make, threading.Lock()
        self.made: _T | None = None

    def get(self) -> _T:
        with self._lock:
            if self.made is None:
                self.made = self._make()
            return self.made

    def take(self) -> _T | None:
        """Gives up what was made."""
        with self._lock:
            made, self.made = self.made, None
            return made


@dataclass(frozen=True, slots=True)
class Engines:
    """Parts of the core that take long to load. The composition root provides them and loads each when it is first used.

    Attributes:
        library: Opens a library folder.
        importer: Makes the process that imports.
        search: Makes the search on a library.
        cite: An article with its id as a record for reference managers (RIS).
        find_places: Where the words of a search stand in a text: the first and the last offset of each place.
        export_library: Writes everything as Markdown into a folder, with notes or without; returns how many files.
        import_notes: Takes notes back from a folder; returns how many had which outcome.
        write_board: Writes a board as one document.
        back_up: Writes the library into one file.
        write_citations: Writes all articles for reference managers, in the form that the file's ending names; returns how many.
    """

    library: Callable[[Path], Library]
    importer: Callable[[Path, Settings], ImportProcess]
    search: Callable[[Library, Settings], Search]
    cite: Callable[[int, Article], str]
    find_places: Callable[[tuple[str, ...], str], list[tuple[int, int]]]
    export_library: Callable[[Library, Path, bool], int]
    import_notes: Callable[[Library, Path], dict[str, int]]
    write_board: Callable[[Library, int, Path], None]
    back_up: Callable[[Library, Path], Path]
    write_citations: Callable[[Library, Path], int]


class AppContext:
    """A library folder and what serves it, shared by all windows on it.

    Attributes:
        folder: Where the library lies.
        settings: The settings in force.
        state_file: Where windows remember their sizes and pages.
        engines: Parts of the core that are loaded when they are first used.
        events: Tells all windows what changed.
        tasks: Runs what takes long.
    """

    def __init__(self, folder: Path, settings: SettingsStore, state_file: Path, engines: Engines) -> None:
        self.folder, self.settings, self.state_file, self.engines = folder, settings, state_file, engines
        self.events = LibraryEvents()
        self.tasks = TaskRunner()
        self._library = _Lazy(lambda: engines.library(folder))
        self._importer = _Lazy(lambda: engines.importer(folder, settings.values))
        self._search = _Lazy(lambda: engines.search(self.library, settings.values))

    @property
    def library(self) -> Library:
        """The library. Raises LibraryUnavailable when it cannot be opened."""
        return self._library.get()

    @property
    def importer(self) -> ImportProcess:
        """The process that imports."""
        return self._importer.get()

    @property
    def search(self) -> Search:
        """The search; ask for it in a task, as NumPy and Whoosh take a while to load."""
        return self._search.get()

    def renew_importer(self) -> None:
        """Makes imports that begin from now on follow the settings as they are now."""
        if (importer := self._importer.take()) is not None:
            importer.retire()

    def close(self) -> None:
        """Ends all work and closes the library; the last thing that is done with it."""
        self.tasks.close()
        if (importer := self._importer.take()) is not None:
            importer.close()
        if (library := self._library.take()) is not None:
            library.close()
