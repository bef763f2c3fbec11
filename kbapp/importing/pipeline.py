"""The one way in: files are read in workers, stored in transactions, indexed; each outcome is reported when it is safe."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kbapp.errors import Code
from kbapp.importing import export_folder
from kbapp.importing.results import ImportResult
from kbapp.importing.source_file import SourceFile
from kbapp.importing.sources import expand_sources
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.notes import highlights

if TYPE_CHECKING:
    from kbapp.importing.worker_pool import ReadFile, WorkerPool

_BATCH_FILES = 64
_BATCH_ARTICLES = 256  # a file of many articles is stored, told and cancelled in parts
_AHEAD_FILES = 64  # read files that may wait to be stored
_LARGE = 1 << 20
_BATCH_SECONDS = 0.25


def run(
    library: Library, paths: Iterable[str | Path], *, pool: WorkerPool | None = None, cancelled: Callable[[], bool] | None = None,
    index: Callable[[], object] | None = None,
) -> Iterator[ImportResult]:  # fmt: skip
    """Imports files, folders, archives and what kbapp exported; yields an outcome for each article once it is safe on disk.

    ``index`` is called after batches, so that the search index can follow. Raises LibraryUnavailable when the library
    cannot be written (a full disk); what was reported before stays.
    """
    given = list(paths)
    exports = [path for each in given if str(each) and export_folder.is_export(path := Path(each))]
    for folder in exports:
        yield from export_folder.take_in(library, folder)
        if index is not None:
            index()
    others = [each for each in given if Path(each) not in exports or not str(each)]
    if others:
        yield from run_found(library, expand_sources(others), pool=pool, cancelled=cancelled, index=index)


def run_found(
    library: Library, files: Iterable[SourceFile], *, pool: WorkerPool | None = None, cancelled: Callable[[], bool] | None = None,
    index: Callable[[], object] | None = None,
) -> Iterator[ImportResult]:  # fmt: skip
    """The same for files that are in memory already, such as what was pasted."""
    own = pool is None
    if pool is None:
        from kbapp.importing.worker_pool import WorkerPool

        pool = WorkerPool()
    batch: list[ReadFile] = []
    originals: dict[int, str] = {}
    since = time.monotonic()
    reading = _ahead(pool, files, cancelled)
    try:
        for done in reading:
            # Files in a folder that were never articles (pictures without a suffix, programs) need no line in the report.
            if done.error is not None and not done.source.explicit and done.error.code is Code.NOT_AN_ARTICLE:
                continue
            batch.append(done)
            many = len(batch) >= _BATCH_FILES or sum(len(each.articles) for each in batch) >= _BATCH_ARTICLES
            if many or time.monotonic() - since > _BATCH_SECONDS:
                yield from _store(library, batch, originals)
                batch, since = [], time.monotonic()
                if index is not None:
                    index()
                if cancelled is not None and cancelled():
                    break  # what was read ahead is not stored
        if batch:
            yield from _store(library, batch, originals)
            if index is not None:
                index()
    finally:
        reading.close()
        if own:
            pool.close()


def _ahead(
    pool: WorkerPool, files: Iterable[SourceFile], cancelled: Callable[[], bool] | None
) -> Generator[ReadFile, None, None]:
    """What the pool reads, by a thread that keeps the workers busy while what came before is stored."""
    ready: queue.Queue[ReadFile | BaseException | None] = queue.Queue(_AHEAD_FILES)
    stopped = threading.Event()

    def read() -> None:
        end: BaseException | None = None
        try:
            for done in pool.read(files, lambda: stopped.is_set() or (cancelled is not None and cancelled())):
                while len(done.source.data) > _LARGE and not (ready.empty() or stopped.is_set()):
                    time.sleep(0.01)  # so that the memory holds one large file at a time
                ready.put(done)
                if stopped.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 (raised where the results are taken)
            end = error
        ready.put(end)

    thread = threading.Thread(target=read, name="kbapp-reading", daemon=True)
    thread.start()
    try:
        while (done := ready.get()) is not None and not isinstance(done, BaseException):
            yield done
        if done is not None:
            raise done
    finally:
        stopped.set()
        while thread.is_alive():
            with contextlib.suppress(queue.Empty):
                ready.get(timeout=0.05)
        thread.join()


def _store(library: Library, batch: list[ReadFile], originals: dict[int, str]) -> list[ImportResult]:
    """Writes a batch in one transaction: originals first, then the rows that name them.

    ``originals`` are the keys of files of which more is to come, by their identity.
    """
    outcomes: list[ImportResult] = []
    fresh = {id(each.source): each.source for each in batch if each.articles and id(each.source) not in originals}
    keys = library.keep_originals([(source.data, source.name) for source in fresh.values()])
    originals.update(zip(fresh, keys, strict=True))
    kept = [originals.get(id(each.source), "") for each in batch]
    for each in batch:
        if each.is_last:
            originals.pop(id(each.source), None)
    shown = _keep_pictures(library, batch)
    with library.transaction() as db:
        for index, each in enumerate(batch):
            if each.error is not None:
                outcomes.append(ImportResult(each.source.path, "failed", error=each.error))
            for part, article in enumerate(each.articles):
                if each.source.url is not None:
                    article = replace(article, url=each.source.url)
                added = articles.add(db, article, kept[index], each.first + part, each.source.name)
                highlights.keep(db, added.id, article.highlights)
                if article.pictures and added.status != "duplicate":
                    articles.set_pictures(db, added.id, shown[index, part])
                warnings = (*article.warnings, *added.notices)
                outcomes.append(
                    ImportResult(each.source.path, added.status, added.id, title=article.title, warnings=warnings)
                )
    return outcomes


def _keep_pictures(library: Library, batch: list[ReadFile]) -> dict[tuple[int, int], list[tuple[str, str, int]]]:
    """The key, text and block of each picture, by the number of its file in the batch and its article in the file."""
    pictures = [
        ((index, part), picture)
        for index, each in enumerate(batch)
        for part, article in enumerate(each.articles)
        for picture in article.pictures
    ]
    keys = library.keep_originals([(picture.data, f"x.{picture.media[6:]}") for _, picture in pictures])
    shown: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    for (place, picture), key in zip(pictures, keys, strict=True):
        shown.setdefault(place, []).append((key, picture.alt_text, picture.block))
    return shown
