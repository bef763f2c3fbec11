"""The index folder: opening, following the library's changes, rebuilding, and the searcher of the present generation.

The database is the truth. The folder carries an identity in a file of its own; the database remembers the identity
and the last change that the index has followed, so that a missing, foreign or older index is noticed and rebuilt.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import shutil
import threading
import warnings
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import whoosh.index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError

from kbapp.errors import Code, LibraryUnavailable
from kbapp.library import change_log
from kbapp.library.database import Library
from kbapp.search.codec.combined_reader import combine_small
from kbapp.search.codec.segment_reader import SegmentReader
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import documents, key_of
from kbapp.search.index.schema import KINDS, schema
from kbapp.search.index.writer import FastSegmentWriter
from kbapp.search.ranking.bm25 import CACHE_BYTES, Ranker

VERSION = "2"
_BATCH = 500
_SEGMENT = 50_000  # documents in a segment when many are written: bounds the memory
_TRIES = 4  # times that a search is begun when files vanish under it
_SMALL, _MOST_SMALL = 2_000, 8
Progress = Callable[[int, int], bool]
"""Called with (done, total); a false answer cancels."""

_Found = TypeVar("_Found")
_log = logging.getLogger(__name__)
warnings.filterwarnings("ignore", category=SyntaxWarning, module="whoosh")


class SearchIndex:
    """One library's index. ``ranker`` is cheap to ask for: it is opened once a generation."""

    def __init__(self, library: Library, cache_bytes: int = CACHE_BYTES) -> None:
        self.library = library
        self.folder = library.index_folder
        self._cache_bytes = cache_bytes
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._ranker: Ranker | None = None
        self._opened: tuple[str, int] | None = None
        self._readers: dict[str, tuple[int, SegmentReader]] = {}
        self._folder_of_words = TermAnalyzer()

    # --- reading ----------------------------------------------------------------------------------------------------
    def ranker(self) -> Ranker:
        """The searcher over what is on disk now. A folder that cannot be read counts as empty until it is rebuilt."""
        with self._lock:
            try:
                index = self._open()
            except (OSError, whoosh.index.IndexError, ValueError, EOFError, KeyError, ImportError, AttributeError):
                index = None
            if index is None:
                return Ranker([], schema(), self._cache_bytes)
            state = (self.identity(), index.latest_generation())
            if self._ranker is None or state != self._opened:
                toc = index._read_toc()
                self._ranker = Ranker(combine_small(self._segment_readers(toc)), toc.schema, self._cache_bytes)
                self._opened = state
            return self._ranker

    def reading(self, work: Callable[[Ranker], _Found]) -> _Found:
        """What ``work`` finds with the present searcher; it is done anew when another process has replaced files meanwhile."""
        for _ in range(_TRIES - 1):
            try:
                return work(self.ranker())
            except FileNotFoundError:
                with self._lock:
                    self._ranker, self._opened, self._readers = None, None, {}
        return work(self.ranker())

    def _segment_readers(self, toc: Any) -> list[SegmentReader]:
        """Readers of the segments; those of segments that did not change are kept, and with them what they decoded."""
        readers: dict[str, tuple[int, SegmentReader]] = {}
        for segment in toc.segments:
            name, deleted = segment.segment_id(), len(list(segment.deleted_docs()))
            there = self._readers.get(name)
            if there is None or there[0] != deleted:
                there = (deleted, SegmentReader(self.folder, segment, toc.schema))
            readers[name] = there
        self._readers = readers
        return [reader for _, reader in readers.values()]

    def identity(self) -> str:
        """The mark of this index folder, empty when there is none."""
        try:
            return (self.folder / "IDENTITY").read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def invalidate(self) -> None:
        """The index turned out to be damaged: the next ``follow`` makes it anew."""
        with contextlib.suppress(OSError):
            (self.folder / "IDENTITY").unlink(missing_ok=True)

    def is_current(self) -> bool:
        """Whether the folder is the one that the library's database knows, so that catching up is enough."""
        known = change_log.generation(self.library)[1]
        if not known or known != self.identity() or not known.startswith(f"{VERSION}-"):
            return False
        try:
            return self._open() is not None
        except Exception as error:  # a damaged index raises whatever its bytes lead to
            _log.warning("index cannot be opened: %s", error)
            return False

    # --- writing ----------------------------------------------------------------------------------------------------
    def follow(self, progress: Progress | None = None) -> int:
        """Brings the index up to the library's last change; returns how many changes were followed.

        A folder that is missing, damaged, foreign or of another version is rebuilt. When another process is writing
        the index, nothing is done: that process follows the same changes.
        """
        with self._writing:
            if not self.is_current():
                self._rebuild(progress)
                return 0
            followed = 0
            total = change_log.lag(self.library)
            while batch := change_log.pending(self.library, _SEGMENT):
                try:
                    self._write(batch)
                except LockError:
                    return followed
                change_log.done(self.library, batch[-1][0], self.identity())
                followed += len(batch)
                if progress is not None and not progress(followed, max(total, followed)):
                    break
            return followed

    def rebuild(self, progress: Progress | None = None) -> None:
        """Makes the index anew beside the old one, which is searched meanwhile, and swaps it in when it is complete."""
        with self._writing:
            self._rebuild(progress)

    def _rebuild(self, progress: Progress | None) -> None:
        fresh = self.folder.with_name("index.new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            fresh.mkdir(mode=0o700)
            up_to = self.library.db.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()[0]
            up_to = max(up_to, change_log.generation(self.library)[0])
            index = FileIndex.create(FileStorage(str(fresh)), schema(), "MAIN")
            if not self._write_all(index, progress):
                shutil.rmtree(fresh, ignore_errors=True)
                return
            identity = f"{VERSION}-{secrets.token_hex(8)}"
            (fresh / "IDENTITY").write_text(identity, "utf-8")
            with self._lock:
                old = self.folder.with_name("index.old")
                shutil.rmtree(old, ignore_errors=True)
                if self.folder.exists():
                    self.folder.rename(old)
                fresh.rename(self.folder)
                self._ranker, self._opened, self._readers = None, None, {}
            shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise LibraryUnavailable(Code.INDEX_NOT_WRITTEN, folder=self.folder, reason=error.strerror) from error
        change_log.done(self.library, up_to, identity)

    def _write_all(self, index: FileIndex, progress: Progress | None) -> bool:
        subjects = [
            (kind, [row[0] for row in self.library.db.execute(sql)])
            for kind, sql in (
                ("article", "SELECT id FROM articles WHERE deleted IS NULL ORDER BY id"),
                ("person", "SELECT id FROM people WHERE articles > 0 OR authored > 0 ORDER BY id"),
                ("note", "SELECT id FROM notes WHERE deleted IS NULL ORDER BY id"),
            )
        ]
        total, done = sum(len(refs) for _, refs in subjects), 0
        writer = FastSegmentWriter(index, self._folder_of_words)
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
                if written >= _SEGMENT:
                    _commit(writer)
                    writer, written = FastSegmentWriter(index, self._folder_of_words), 0
        _commit(writer)
        return True

    def _write(self, batch: list[tuple[int, str, int]]) -> None:
        """Writes a batch of changes as one segment; small segments are written into it again when there are many."""
        index = self._open()
        assert index is not None
        subjects = list(dict.fromkeys((kind, ref) for _, kind, ref in batch))
        writer = FastSegmentWriter(index, self._folder_of_words, timeout=10.0)
        try:
            readers = self._segment_readers(index._read_toc())
            merged = self._worn_segments(readers, len(subjects))
            gone = self._documents_of([key_of(kind, ref) for kind, ref in subjects], readers)
            for number, ids in gone.items():
                for at in ids:
                    writer.segments[number].delete_document(at)
            for number in merged:
                for kind, ref in _live_subjects(readers[number]):
                    if (kind, ref) not in subjects:
                        subjects.append((kind, ref))
            writer.segments = [segment for number, segment in enumerate(writer.segments) if number not in merged]
            for kind in ("article", "person", "note"):
                refs = [ref for each, ref in subjects if each == kind]
                for at in range(0, len(refs), _BATCH):
                    for document in documents(self.library, kind, refs[at : at + _BATCH]).values():
                        writer.add_document(**document)
            _commit(writer)
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise

    @staticmethod
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

    @staticmethod
    def _worn_segments(readers: list[SegmentReader], incoming: int) -> set[int]:
        """Segments to write anew: small ones when there are more than eight, and those that are mostly deleted."""
        worn = {number for number, reader in enumerate(readers) if len(reader.deleted) * 2 > reader.count}
        size = max(_SMALL, 4 * incoming)
        small = [number for number, reader in enumerate(readers) if reader.count - len(reader.deleted) < size]
        if len(small) > _MOST_SMALL:
            worn.update(small)
        return {number for number in worn if readers[number].count - len(readers[number].deleted) <= _SEGMENT}

    def _open(self) -> FileIndex | None:
        if not self.folder.is_dir():
            return None
        storage = FileStorage(str(self.folder))
        return FileIndex(storage) if whoosh.index.exists(storage) else None


def _live_subjects(reader: SegmentReader) -> list[tuple[str, int]]:

    kinds, refs = reader.column("kind_number").tolist(), reader.column("ref").tolist()
    return [(KINDS[kinds[i]], refs[i]) for i in range(reader.count) if reader.live is None or reader.live[i]]


def _commit(writer: FastSegmentWriter) -> None:
    """Commits without merging. The writer has synced the segment's files, so the table of contents never names less."""
    writer.commit(merge=False)
