"""The one way in: files are read in workers, stored in transactions, indexed; each outcome is reported when it is safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
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

_BATCH_FILES = 32
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
    try:
        for done in pool.read(files, cancelled):
            # Files in a folder that were never articles (pictures without a suffix, programs) need no line in the report.
            if done.error is not None and not done.source.explicit and done.error.code is Code.NOT_AN_ARTICLE:
                continue
            batch.append(done)
            if len(batch) >= _BATCH_FILES or time.monotonic() - since > _BATCH_SECONDS:
                yield from _store(library, batch, originals)
                batch, since = [], time.monotonic()
                if index is not None:
                    index()
        if batch:
            yield from _store(library, batch, originals)
            if index is not None:
                index()
    finally:
        if own:
            pool.close()


def _store(library: Library, batch: list[ReadFile], originals: dict[int, str]) -> list[ImportResult]:
    """Writes a batch in one transaction: originals first, then the rows that name them.

    ``originals`` are the keys of files of which more is to come, by their identity.
    """
    outcomes: list[ImportResult] = []
    kept: dict[int, str] = {}
    for index, each in enumerate(batch):
        key = originals.pop(id(each.source), "")
        if each.articles:
            kept[index] = key or library.keep_original(each.source.data, each.source.name)
        if not each.is_last:
            originals[id(each.source)] = kept.get(index, key)
    shown = {
        (index, part): [
            (library.keep_original(picture.data, f"x.{picture.media[6:]}"), picture.alt_text, picture.block)
            for picture in article.pictures
        ]
        for index, each in enumerate(batch)
        for part, article in enumerate(each.articles)
        if article.pictures
    }
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
                outcomes.append(
                    ImportResult(
                        each.source.path, added.status, added.id, title=article.title, warnings=article.warnings
                    )
                )
    return outcomes
