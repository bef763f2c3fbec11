"""Importing in a process of its own: reading, storing and indexing keep an interpreter busy, and a window needs its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbapp.errors import Code, UserError
from kbapp.importing.pipeline import run, run_found
from kbapp.importing.results import ImportResult
from kbapp.importing.source_file import SourceFile
from kbapp.importing.sources import count
from kbapp.importing.worker_pool import WorkerPool, end_with_parent
from kbapp.library.database import Library

if TYPE_CHECKING:
    from kbapp.search.search_index import SearchIndex

_NICE = 10  # how far the process steps back before others on POSIX
_BELOW_NORMAL = 0x4000  # the same on Windows: BELOW_NORMAL_PRIORITY_CLASS
_LOOK = 0.1  # seconds between looks whether the user has cancelled
_FOLLOW = 0.5  # seconds after which the search index follows what has been stored


@dataclass(frozen=True, slots=True)
class Step:
    """What has happened since the last one: ``outcomes`` are safe on disk; ``total`` is how many files there are."""

    total: int
    outcomes: tuple[ImportResult, ...] = ()


class ImportStopped(UserError):
    """The process ended in the midst of an import."""

    def __init__(self) -> None:
        super().__init__(Code.IMPORT_STOPPED)


class ImportProcess:
    """The process, started when it is first needed and anew when it has died. It runs one import at a time."""

    def __init__(self, folder: Path, model: str = "", ocr: bool = False) -> None:
        self._folder, self._model, self._ocr = folder, model, ocr
        self._process: Any = None
        self._connection: Connection | None = None
        self._starting, self._running = threading.Lock(), threading.Lock()

    def warm_up(self) -> None:
        """Starts it ahead of need."""
        with self._starting:
            if self._process is not None and self._process.is_alive():
                return
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            # Not a daemon, as it has reading processes of its own; it ends when its pipe is closed.
            weakref.finalize(self, self._connection.close)
            self._process = context.Process(target=_serve, args=(theirs, str(self._folder), self._model, self._ocr))
            self._process.start()
            theirs.close()

    def run(self, paths: Sequence[Path], found: Sequence[SourceFile], cancelled: Callable[[], bool]) -> Iterator[Step]:
        """Imports files and folders, and what is in memory, after what is in hand. Raises ImportStopped and UserError."""
        with self._running:
            yield from self._run(paths, found, cancelled)

    def _run(self, paths: Sequence[Path], found: Sequence[SourceFile], cancelled: Callable[[], bool]) -> Iterator[Step]:
        self.warm_up()
        connection = self._connection
        assert connection is not None
        told = False
        try:
            connection.send((list(paths), list(found)))
            while True:
                if not told and cancelled():
                    connection.send(None)
                    told = True
                if not connection.poll(_LOOK):
                    continue
                message = connection.recv()
                if isinstance(message, Step):
                    yield message
                elif isinstance(message, UserError):
                    raise message
                else:
                    return
        except (EOFError, OSError) as error:
            self.close()
            raise ImportStopped from error

    def retire(self) -> None:
        """Ends it after what is in hand, in a thread."""

        def wait() -> None:
            with self._running:
                self.close()

        threading.Thread(target=wait, daemon=True).start()

    def close(self) -> None:
        """Ends it; an import in hand is cancelled."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join(5)
            self._process.kill()
        self._process = self._connection = None


def _serve(connection: Connection, folder: str, model: str, ocr: bool) -> None:
    """The process's loop: files in, steps out; a message during an import cancels it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _step_back()
    pool = WorkerPool(model=model, ocr=ocr)
    pool.warm_up()
    library: Library | None = None
    try:
        while True:
            job = connection.recv()
            if job is None:  # came after the end of what it was to cancel
                continue
            try:
                library = library or Library(Path(folder))
                _import(connection, library, pool, *job)
            except UserError as error:
                connection.send(error)
            else:
                connection.send(None)
    except (EOFError, OSError):
        pass  # the window is gone
    finally:
        pool.close()
        if library is not None:
            library.close()


def _import(
    connection: Connection, library: Library, pool: WorkerPool, paths: list[Path], found: list[SourceFile]
) -> None:
    total = len(found) + count(paths)
    connection.send(Step(total))
    fresh: list[ImportResult] = []
    follow = _follower(library)

    def report() -> None:
        connection.send(Step(total, tuple(fresh)))
        fresh.clear()
        follow()

    options: dict[str, Any] = {"pool": pool, "cancelled": connection.poll, "index": report}
    for outcome in run(library, paths, **options) if paths else run_found(library, found, **options):
        fresh.append(outcome)
    if fresh:
        connection.send(Step(total, tuple(fresh)))


def _follower(library: Library) -> Callable[[], None]:
    """Brings the search index up to what is stored, now and then; the end of it, and an index that has to be made anew,
    are left to the window."""
    index: SearchIndex | None = None
    last = time.monotonic()

    def follow() -> None:
        nonlocal index, last
        if time.monotonic() - last < _FOLLOW:
            return
        if index is None:
            from kbapp.search.search_index import SearchIndex

            index = SearchIndex(library)
        with contextlib.suppress(UserError):
            if index.is_current():
                index.follow()
        last = time.monotonic()

    return follow


def _step_back() -> None:
    """Lets what the user does come first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(_NICE)
