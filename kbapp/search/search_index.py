"""The index folder: opening, following the library's changes, rebuilding, and the searcher of the present generation.

The library's database is the truth. The index lies in the platform's cache folder and is loaded only from there, so that a
library that came from somebody else never brings one along. The database keeps a mark of it: the version of the schema, the
name of its folder and the digest of its table of contents. A missing, older, foreign or half-written index fits no mark and
is rebuilt in a folder of its own, while the one before goes on answering; the database then names the new folder.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import secrets
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from whoosh.util.filelock import FileLock

from kbapp.errors import Code, LibraryUnavailable
from kbapp.library import change_log
from kbapp.library.database import Library
from kbapp.search.codec import checksums
from kbapp.search.codec.combined_reader import combine_small
from kbapp.search.codec.segment_reader import SegmentReader
from kbapp.search.codec.whoosh_internals import UNREADABLE, IndexFiles, LockError, Toc
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import documents, key_of
from kbapp.search.index.schema import KINDS, schema
from kbapp.search.index.writer import FastSegmentWriter
from kbapp.search.ranking.bm25 import CACHE_BYTES, Ranker

VERSION = "3"
SEGMENT = 50_000
"""Documents in a segment when many are written: bounds the memory."""
_BATCH = 500
_TRIES = 4  # times that a search is begun when files vanish under it
_SMALL, _MOST_SMALL, _TOO_MANY = 2_000, 8, 40
_CHEAP = 300  # documents that may be written again with a change; more wait for ``compact``
_WAIT = 10.0  # seconds to wait for another process that writes
_MARK = re.compile(rf"{VERSION}-([0-9a-f]{{16}})-([0-9a-f]{{64}})")
Progress = Callable[[int, int], bool]
"""Called with (done, total); a false answer cancels."""

_Found = TypeVar("_Found")
_log = logging.getLogger(__name__)
warnings.filterwarnings("ignore", category=SyntaxWarning, module="whoosh")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Which index the database means: a folder and the digest of its table of contents."""

    folder: str
    digest: str

    def __str__(self) -> str:
        return f"{VERSION}-{self.folder}-{self.digest}"

    @classmethod
    def of(cls, text: str) -> _Mark | None:
        """The mark that the database keeps; None for none, and for those of other versions."""
        match = _MARK.fullmatch(text)
        return cls(match[1], match[2]) if match else None


class SearchIndex:
    """One library's index. ``ranker`` is cheap to ask for: it is opened once a generation.

    Args:
        library: The library that is followed.
        cache_bytes: How much decoded postings may take.
    """

    def __init__(self, library: Library, cache_bytes: int = CACHE_BYTES) -> None:
        self.library = library
        self.folder = library.index_folder
        self._cache_bytes = cache_bytes
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._ranker: Ranker | None = None
        self._opened: str | None = None
        self._readers: dict[str, tuple[int, SegmentReader]] = {}
        self._analyzer = TermAnalyzer()

    # --- reading ----------------------------------------------------------------------------------------------------
    def ranker(self) -> Ranker:
        """The searcher over what is on disk now. An index that cannot be read counts as empty until it is rebuilt."""
        with self._lock:
            known = change_log.marks(self.library)[0]
            if self._ranker is not None and known == self._opened:
                return self._ranker
            try:
                files, toc = self._current_toc()
                segments = combine_small(self._segment_readers(files.folder, toc))
            except FileNotFoundError:
                raise
            except UNREADABLE as error:
                _log.info("no index to search: %s", error)
                return Ranker([], schema(), self._cache_bytes)
            self._ranker, self._opened = Ranker(segments, toc.schema, self._cache_bytes), known
            return self._ranker

    def reading(self, work: Callable[[Ranker], _Found]) -> _Found:
        """What ``work`` finds with the present searcher; it is done again when another process has replaced files meanwhile."""
        for _ in range(_TRIES):
            try:
                return work(self.ranker())
            except FileNotFoundError:
                self._forget()
        return work(Ranker([], schema(), self._cache_bytes))

    def _forget(self) -> None:
        with self._lock:
            self._ranker, self._opened, self._readers = None, None, {}

    def _current_toc(self) -> tuple[IndexFiles, Toc]:
        """The table of contents that the database means. Raises one of UNREADABLE when there is none, or another one."""
        found = None
        for text in change_log.marks(self.library):
            mark = _Mark.of(text)
            if mark is None:
                continue
            files = IndexFiles(self.folder / mark.folder)
            generation = files.generation()
            found = files.digest(generation)
            if found == mark.digest:
                return files, files.toc()
        raise ValueError("there is no index" if found is None else "the index is not the one that the library knows")

    def _segment_readers(self, folder: Path, toc: Toc) -> list[SegmentReader]:
        """Readers of the segments; those of segments that did not change are kept, and with them what they decoded."""
        readers: dict[str, tuple[int, SegmentReader]] = {}
        for segment in toc.segments:
            name, deleted = segment.segment_id(), segment.deleted_count()
            there = self._readers.get(name)
            if there is None or there[0] != deleted:
                there = (deleted, SegmentReader(folder, segment, toc.schema))
            readers[name] = there
        self._readers = readers
        return [reader for _, reader in readers.values()]

    def identity(self) -> str:
        """The mark of the index that answers now, empty when there is none."""
        try:
            return self._mark_of(self._current_toc()[0])
        except UNREADABLE:
            return ""

    @staticmethod
    def _mark_of(files: IndexFiles) -> str:
        return str(_Mark(files.folder.name, files.digest(files.generation())))

    def invalidate(self) -> None:
        """The index turned out to be damaged: the next ``follow`` rebuilds it."""
        self._forget()
        with contextlib.suppress(LibraryUnavailable):
            change_log.forget_index(self.library)

    def is_current(self) -> bool:
        """Whether the index on disk is the one that the library's database knows, so that catching up is enough."""
        try:
            files, toc = self._current_toc()
            return all(checksums.same_sizes(files.folder, segment.segment_id()) for segment in toc.segments)
        except UNREADABLE as error:
            _log.info("the index has to be rebuilt: %s", error)
            return False

    def damage(self) -> list[str]:
        """The files of the index whose content is not what was written; reads all of it."""
        try:
            files, toc = self._current_toc()
        except UNREADABLE:
            return [self.folder.name]
        return [name for segment in toc.segments for name in checksums.changed(files.folder, segment.segment_id())]

    # --- writing ----------------------------------------------------------------------------------------------------
    def follow(self, progress: Progress | None = None) -> int:
        """Brings the index up to the library's last change; returns how many changes were followed.

        An index that is missing, damaged, foreign or of another version is rebuilt. Where another process is writing it,
        that is waited for some seconds; after them the changes are left to that process.

        Raises:
            LibraryUnavailable: The cache folder or the library cannot be written.
        """
        with self._writing, self._alone(_WAIT) as alone:
            if not alone:
                return 0
            if not self.is_current():
                self._rebuild(progress)
            followed = 0
            total = change_log.lag(self.library)
            while batch := change_log.pending(self.library, SEGMENT):
                self._write(batch)
                followed += len(batch)
                if progress is not None and not progress(followed, max(total, followed)):
                    break
            return followed

    def rebuild(self, progress: Progress | None = None) -> None:
        """Rebuilds the index beside the old one, which is searched meanwhile, and switches to it when it is complete.

        Where another process is rebuilding it already, its index is taken.

        Raises:
            LibraryUnavailable: The cache folder or the library cannot be written.
        """
        before = change_log.marks(self.library)[0]
        with self._writing, self._alone(None) as alone:
            folder = (_Mark.of(before) or _Mark("", "")).folder
            now = _Mark.of(change_log.marks(self.library)[0])
            if alone and now is not None and now.folder != folder and self.is_current():
                return
            self._rebuild(progress)

    def compact(self) -> bool:
        """Writes small segments together; for moments when nobody waits. Returns True when there was something to do."""
        with self._writing, self._alone(0.0) as alone:
            if not alone or not self.is_current():
                return False
            files, toc = self._current_toc()
            readers = self._segment_readers(files.folder, toc)
            worn = _worn_segments(readers, 0, everything=True)
            if len(worn) < 2 and not any(len(readers[number].deleted) for number in worn):
                return False
            self._write([], everything=True)
            return True

    @contextlib.contextmanager
    def _alone(self, seconds: float | None) -> Iterator[bool]:
        """While this runs no other process writes the index; false when one still does after ``seconds`` (None: no limit)."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(str(self.folder / "LOCK"))
            end = None if seconds is None else time.monotonic() + seconds
            while not (held := lock.acquire()) and (end is None or time.monotonic() < end):
                time.sleep(0.05)
        except OSError as error:
            raise LibraryUnavailable(
                Code.INDEX_NOT_WRITTEN, folder=self.folder, reason=error.strerror or str(error)
            ) from error
        try:
            yield held
        finally:
            if held:
                lock.release()

    def _rebuild(self, progress: Progress | None) -> None:
        fresh = self.folder / secrets.token_hex(8)
        try:
            fresh.mkdir(mode=0o700)
            up_to = change_log.newest(self.library)
            files = IndexFiles.create(fresh, schema())
            if not self._write_all(files, progress):
                shutil.rmtree(fresh, ignore_errors=True)
                return
            change_log.done(self.library, up_to, self._mark_of(files))
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise LibraryUnavailable(
                Code.INDEX_NOT_WRITTEN, folder=self.folder, reason=error.strerror or str(error)
            ) from error
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._forget()
        self._remove_all_but(fresh.name)

    def _remove_all_but(self, name: str) -> None:
        """Removes the indexes before this one, half-written ones, and the one that older versions kept in the library."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)
        for old in ("index", "index.new", "index.old"):
            if (folder := self.library.folder / old).is_dir() and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)

    def _write_all(self, files: IndexFiles, progress: Progress | None) -> bool:
        subjects = [(kind, change_log.subjects(self.library, kind)) for kind in KINDS]
        total, done = sum(len(refs) for _, refs in subjects), 0
        writer = FastSegmentWriter(files.index(), self._analyzer)
        written = 0
        for kind, refs in subjects:
            for at in range(0, len(refs), _BATCH):
                for document in documents(self.library, kind, refs[at : at + _BATCH]).values():
                    writer.add_document(**document)
                    written += 1
                done += len(refs[at : at + _BATCH])
                if progress is not None and not progress(done, total):
                    writer.cancel()
                    return False
                if written >= SEGMENT:
                    writer.commit(merge=False)
                    writer, written = FastSegmentWriter(files.index(), self._analyzer), 0
        writer.commit(merge=False)
        return True

    def _write(self, batch: list[tuple[int, str, int]], everything: bool = False) -> None:
        """Writes a batch of changes as one segment; small segments are written into it again when there are many."""
        files, toc = self._current_toc()
        subjects = dict.fromkeys((kind, ref) for _, kind, ref in batch)
        publishing = functools.partial(self._publish, files.folder.name)
        try:
            writer = FastSegmentWriter(files.index(), self._analyzer, publishing, timeout=_WAIT)
        except LockError:
            return
        try:
            readers = self._segment_readers(files.folder, toc)
            merged = _worn_segments(readers, len(subjects), everything)
            gone = _documents_of([key_of(kind, ref) for kind, ref in subjects], readers)
            for number, ids in gone.items():
                for at in ids:
                    writer.segments[number].delete_document(at)
            for number in merged:
                subjects.update(dict.fromkeys(_live_subjects(readers[number])))
            writer.segments = [segment for number, segment in enumerate(writer.segments) if number not in merged]
            for kind in KINDS:
                refs = [ref for each, ref in subjects if each == kind]
                for at in range(0, len(refs), _BATCH):
                    for document in documents(self.library, kind, refs[at : at + _BATCH]).values():
                        writer.add_document(**document)
            writer.commit(merge=False)
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise
        up_to = batch[-1][0] if batch else 0
        change_log.done(self.library, up_to, self._mark_of(files))

    def _publish(self, folder: str, digest: str) -> None:
        """Tells the database which table of contents comes next, so that a crash before or after it leaves a known one."""
        change_log.announce(self.library, str(_Mark(folder, digest)))


def _documents_of(keys: Iterable[str], readers: list[SegmentReader]) -> dict[int, list[int]]:
    """Where the documents with these keys are: document numbers by segment."""
    found: dict[int, list[int]] = {}
    for key in keys:
        for number, reader in enumerate(readers):
            postings = reader.postings("key", key.encode())
            if postings is not None:
                found.setdefault(number, []).extend(
                    int(i) for i in postings.ids if reader.live is None or reader.live[i]
                )
    return found


def _worn_segments(readers: list[SegmentReader], incoming: int, everything: bool = False) -> set[int]:
    """Segments to write again: those that are mostly deleted, and small ones when there are many.

    With a change only so many documents are written again that nobody waits for it; ``everything`` takes all small ones.
    """
    live = [reader.count - len(reader.deleted) for reader in readers]
    budget = max(_CHEAP, 4 * incoming)
    worn = {
        number
        for number, reader in enumerate(readers)
        if len(reader.deleted) * 2 > reader.count and (everything or live[number] <= budget)
    }
    small = sorted((number for number in range(len(readers)) if live[number] < _SMALL), key=live.__getitem__)
    if everything or len(small) > _TOO_MANY:
        worn.update(small)
    elif len(small) > _MOST_SMALL:
        for number in small:
            budget -= live[number]
            if budget < 0:
                break
            worn.add(number)
    return {number for number in worn if live[number] <= SEGMENT}


def _live_subjects(reader: SegmentReader) -> list[tuple[str, int]]:
    kinds, refs = reader.column("kind_number").tolist(), reader.column("ref").tolist()
    return [(KINDS[kinds[i]], refs[i]) for i in range(reader.count) if reader.live is None or reader.live[i]]
