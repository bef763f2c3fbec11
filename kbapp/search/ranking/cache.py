"""What the ranker keeps between queries: decoded postings with scores and results put together, within a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from kbapp.search.codec.posting_blocks import Floats, Ids
from kbapp.search.codec.segment_reader import Postings

Key = tuple[int, Any, Any]
"""Segment; field and term, or what else tells one entry from all others."""


@dataclass(slots=True)
class ScoredPostings:
    """A term's postings in a segment and what each adds to a document's score."""

    postings: Postings
    scores: Floats | None = None

    @property
    def nbytes(self) -> int:
        return self.postings.nbytes + (0 if self.scores is None else self.scores.nbytes)


@dataclass(slots=True)
class MergedHits:
    """The documents that have one word in any of several fields, and what it adds to each."""

    ids: Ids
    scores: Floats

    @property
    def nbytes(self) -> int:
        return self.ids.nbytes + self.scores.nbytes


class Cache:
    """The longest unused entries go first; ``None`` is an entry too (a term that is not there)."""

    def __init__(self, limit: int) -> None:
        self._entries: OrderedDict[Key, ScoredPostings | MergedHits | None] = OrderedDict()
        self._sizes: dict[Key, int] = {}
        self.bytes, self._limit = 0, limit

    def __contains__(self, key: Key) -> bool:
        return key in self._entries

    def get(self, key: Key) -> ScoredPostings | MergedHits | None:
        """The entry, which counts as used now."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key]

    def merged(self, key: Key) -> MergedHits | None:
        """The entry when it is a result put together."""
        entry = self.get(key)
        return entry if isinstance(entry, MergedHits) else None

    def put(self, key: Key, entry: ScoredPostings | MergedHits | None) -> None:
        self._entries[key] = entry
        self.account(key)

    def account(self, key: Key) -> None:
        """Counts what an entry holds now, and lets the longest unused go while there is too much."""
        if key not in self._entries:
            return
        entry = self._entries[key]
        size = 200 + (0 if entry is None else entry.nbytes)
        self.bytes += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        while self.bytes > self._limit and len(self._entries) > 1:
            dropped, _ = self._entries.popitem(last=False)
            self.bytes -= self._sizes.pop(dropped)
