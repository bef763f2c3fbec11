"""What the index has not followed yet, searched as if it had: the same query, operators, order and counts.

The changed articles, people and notes are put into segments in memory, and what the index holds of them in its old state is
masked. Encrypted notes that are unlocked stand in no file at all; they are searched here too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from kbapp.library import change_log
from kbapp.library.database import Library
from kbapp.search.codec.memory_segment import MemorySegment
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import Document, documents, key_of, unlocked_notes
from kbapp.search.index.schema import KINDS, STEMMED_FIELDS, schema
from kbapp.search.index.stemming import stem_groups
from kbapp.search.ranking.bm25 import Ranker

MOST_CHANGES = 20_000
"""Changes that are searched before they are indexed; the newest of more are not, which ``Results.lag`` tells."""
_BATCH = 500


class UnindexedChanges:
    """Keeps the segments in memory while the index on disk stays as it is; each change is read once."""

    def __init__(self, library: Library, analyzer: TermAnalyzer) -> None:
        self._library, self._analyzer = library, analyzer
        self._lock = threading.Lock()
        self._base: Ranker | None = None
        self._ranker: Ranker | None = None
        self._last = 0
        self._unlocked: frozenset[tuple[int, str]] = frozenset()
        self._parts: list[MemorySegment] = []
        self._live: list[npt.NDArray[np.bool_]] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._changed: set[str] = set()

    def ranker(self, base: Ranker) -> tuple[Ranker, int]:
        """A searcher over the index and what it lacks, and how many changes neither has."""
        with self._lock:
            lag = change_log.lag(self._library)
            notes = unlocked_notes(self._library) if self._library.vault.unlocked else {}
            state = frozenset((number, str(note["note"])) for number, note in notes.items())
            if base is not self._base or state != self._unlocked:
                self._start(base, notes, state)
            changes = change_log.pending(self._library, MOST_CHANGES, after=self._last) if lag else []
            if changes:
                self._last = changes[-1][0]
                self._read(dict.fromkeys((kind, ref) for _, kind, ref in changes))
                self._ranker = None
            if self._ranker is None:
                self._ranker = self._over(base)
            return self._ranker, max(0, lag - MOST_CHANGES)

    def _start(self, base: Ranker, notes: dict[int, Document], state: frozenset[tuple[int, str]]) -> None:
        self._base, self._ranker, self._last, self._unlocked = base, None, 0, state
        self._parts, self._live, self._places, self._changed = [], [], {}, set()
        if notes:
            self._put(notes.values())

    def _read(self, subjects: Iterable[tuple[str, int]]) -> None:
        found: list[Document] = []
        subjects = list(subjects)
        for kind in KINDS:
            refs = [ref for each, ref in subjects if each == kind]
            for at in range(0, len(refs), _BATCH):
                found += documents(self._library, kind, refs[at : at + _BATCH]).values()
        for kind, ref in subjects:
            key = key_of(kind, ref)
            self._changed.add(key)
            if kind == "note" and ref in {number for number, _ in self._unlocked}:
                continue  # as it is unlocked
            if (place := self._places.pop(key, None)) is not None:
                self._live[place[0]][place[1]] = False
        if found:
            self._put(found)

    def _put(self, found: Iterable[Document]) -> None:
        found = list(found)
        seen: dict[str, set[str | bytes]] = {}
        for document in found:
            if language := document.get("stemming"):
                for name in STEMMED_FIELDS:
                    if document.get(name):
                        self._analyzer.positions(document[name], seen.setdefault(language, set()))
        groups = stem_groups(self._analyzer, seen)
        part = MemorySegment(found, schema(), self._analyzer, groups)
        for number, document in enumerate(found):
            self._places[document["key"]] = (len(self._parts), number)
        self._parts.append(part)
        self._live.append(np.ones(part.count, np.bool_))

    def _over(self, base: Ranker) -> Ranker:
        if not self._parts and not self._changed:
            return base
        live: list[Any] = list(base.live)
        for key in self._changed:
            for number, segment in enumerate(base.segments):
                postings = segment.postings("key", key.encode())
                if postings is None:
                    continue
                if live[number] is base.live[number]:
                    before = base.live[number]
                    live[number] = np.ones(segment.count, np.bool_) if before is None else before.copy()
                live[number][postings.ids] = False
        return Ranker([*base.segments, *self._parts], base.schema, live=[*live, *self._live], below=base)
