"""Reading in worker processes: a file that crashes, hangs or eats memory costs itself and nothing else."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from kbapp.domain import Article
from kbapp.errors import Code, UserError
from kbapp.importing.source_file import SourceFile

SECONDS = 30.0
_OCR_TIMES = 20  # more time where scans are read too: a page takes seconds
_MEGABYTES = 30  # for which the time is doubled, and so on: a mailbox of 200 MB holds forty thousand messages
_PART, _PART_SECONDS = 250, 2.0  # articles of one file, and seconds, after which a worker hands on what it has
MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, or a part of one that holds many articles.

    Args:
        source: The file.
        articles: Its articles with their people.
        error: Why there are none, or no more.
        first: Which article of the file the first of these is.
        is_last: Whether nothing more comes of this file.
    """

    source: SourceFile
    articles: tuple[Article, ...] = ()
    error: UserError | None = None
    first: int = 0
    is_last: bool = True


def read_one(
    data: bytes, name: str, companions: Mapping[str, bytes] | None = None, model: str = "", ocr: bool = False
) -> tuple[Article, ...]:
    """Reads a file's bytes and recognises its people (with spaCy's ``model`` if one is named); ``ocr`` reads scans too. Raises UserError."""
    return tuple(article for part in read_in_parts(data, name, companions, model, ocr) for article in part)


def read_in_parts(
    data: bytes, name: str, companions: Mapping[str, bytes] | None, model: str, ocr: bool
) -> Iterator[tuple[Article, ...]]:
    """The same for a file of many articles, which can be stored and counted as they come; at least one part. Raises UserError."""
    from kbapp.people import recognise
    from kbapp.reading import read

    part: list[Article] = []
    since = time.monotonic()
    for article in read(data, name, companions, ocr=ocr):
        if len(part) >= _PART or (part and time.monotonic() - since > _PART_SECONDS):
            yield tuple(part)
            part, since = [], time.monotonic()
        part.append(recognise(article, model))
    yield tuple(part)


class WorkerPool:
    """Worker processes that are started when first needed and replaced when they die or overstay their time."""

    def __init__(
        self,
        size: int | None = None,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        model: str = "",
        ocr: bool = False,
    ) -> None:
        self.size = size or max(1, min(4, os.cpu_count() or 2))
        self._seconds = seconds * (_OCR_TIMES if ocr else 1)
        self._memory, self._model, self._ocr = memory, model, ocr
        self._idle: list[_Worker] = []

    def read(self, files: Iterable[SourceFile], cancelled: Any = None) -> Iterator[ReadFile]:
        """Reads files as they come, several at a time; results come as they are ready. ``cancelled()`` true ends it."""
        waiting = iter(files)
        busy: dict[Connection, _Worker] = {}
        done: deque[ReadFile] = deque()
        more = True
        try:
            while True:
                while more and len(busy) < self.size and not (cancelled is not None and cancelled()):
                    found = next(waiting, None)
                    if found is None:
                        more = False
                    elif found.error is not None:
                        done.append(ReadFile(found, error=found.error))
                    else:
                        worker = self._idle.pop() if self._idle else _Worker(self._memory, self._model, self._ocr)
                        worker.start(found)
                        busy[worker.connection] = worker
                yield from done
                done.clear()
                if cancelled is not None and cancelled():
                    return
                if not busy:
                    if not more:
                        return
                    continue
                for worker in self._settled(busy):
                    if worker.result.is_last:
                        del busy[worker.connection]
                    yield worker.result
                    if worker.result.is_last and worker.alive:
                        self._idle.append(worker)
        finally:
            for worker in busy.values():
                worker.kill()

    def _settled(self, busy: dict[Connection, _Worker]) -> list[_Worker]:
        """The workers that are done with their file or a part of it, have died or have run out of time."""
        soonest = min(worker.since + self._allowed(worker) for worker in busy.values()) - time.monotonic()
        ready = wait(list(busy), timeout=max(0.0, min(soonest, 0.2)))
        settled = []
        for connection in ready:
            worker = busy[connection]  # type: ignore[index]  # only connections were waited for
            if worker.receive():
                settled.append(worker)
        now = time.monotonic()
        for worker in busy.values():
            if worker not in settled and now - worker.since > self._allowed(worker):
                worker.give_up(UserError(Code.READING_TOO_SLOW, seconds=round(self._allowed(worker))))
                settled.append(worker)
        return settled

    def _allowed(self, worker: _Worker) -> float:
        """How many seconds a worker may take until it hands on the next part of its file."""
        return self._seconds * (1 + worker.megabytes / _MEGABYTES)

    def warm_up(self) -> None:
        """Starts one worker ahead of need."""
        if not self._idle:
            self._idle.append(_Worker(self._memory, self._model, self._ocr))

    def close(self) -> None:
        for worker in self._idle:
            worker.kill()
        self._idle.clear()


class _Worker:
    """One process and the file that it has in hand."""

    def __init__(self, memory: int, model: str, ocr: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, memory, model, ocr), daemon=True, name="kbapp-reader"
        )
        self._process.start()
        theirs.close()
        self.alive = True
        self.since = self.megabytes = 0.0
        self._source = SourceFile("", "")
        self._read = 0  # articles of the file so far
        self.result = ReadFile(self._source)

    def start(self, source: SourceFile) -> None:
        self._source, self.since, self._read = source, time.monotonic(), 0
        self.megabytes = len(source.data) / 1e6
        with contextlib.suppress(OSError):
            self.connection.send((source.data, source.name, source.companions))

    def receive(self) -> bool:
        """Takes what the worker sent; whether it is a result. Its first word says that it is ready: its time runs from then."""
        try:
            said = self.connection.recv()
            self.since = time.monotonic()
            if said is None:
                return False
            articles, error, is_last = said
            self.result = ReadFile(self._source, articles, error, self._read, is_last)
            self._read += len(articles)
        except (EOFError, OSError):
            self.give_up(UserError(Code.READER_BROKE_DOWN))
        return True

    def give_up(self, why: UserError) -> None:
        self.result = ReadFile(self._source, error=why, first=self._read)
        self.kill()

    def kill(self) -> None:
        self.alive = False
        self._process.kill()
        self._process.join(5)
        self.connection.close()


def end_with_parent() -> None:
    """Ends this process at once when the one that started it is killed, whatever it is doing."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_for_end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True, name="parent-watch").start()


def _serve(connection: Connection, memory: int, model: str, ocr: bool) -> None:
    """The worker's loop: bytes in, articles in parts or an error out; ends when nobody listens any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _limit_memory(memory, model)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.send(None)  # ready
        _answer(connection, model, ocr)


def _answer(connection: Connection, model: str, ocr: bool) -> None:
    while True:
        try:
            data, name, companions = connection.recv()
        except (EOFError, OSError):
            return
        part: tuple[Article, ...] = ()
        failed: UserError | None = None
        try:
            for number, following in enumerate(read_in_parts(data, name, companions, model, ocr)):
                if number:
                    connection.send((part, None, False))
                part = following
        except UserError as error:
            failed = error
        except MemoryError:
            failed = UserError(Code.READING_NEEDS_MEMORY)
        except RecursionError:
            failed = UserError(Code.NESTED_TOO_DEEPLY)
        except Exception as error:  # a bug in a parser costs one file; the log has it
            import logging

            logging.getLogger(__name__).exception("reading %s", name)
            failed = UserError(Code.READING_FAILED, kind=type(error).__name__)
        connection.send((part, failed, True))


def _limit_memory(memory: int, model: str) -> None:
    """At most so many bytes beyond what the program itself has mapped; not to be had on Windows."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        for module in (
            "kbapp.people.recogniser",
            "kbapp.reading.webpage.reader",
        ):  # what every reader loads counts before the limit
            importlib.import_module(module)
        if model:
            from kbapp.people.spacy_recogniser import pipeline

            with contextlib.suppress(UserError):
                pipeline(model)
        with open("/proc/self/statm") as file:  # noqa: PTH123
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))
