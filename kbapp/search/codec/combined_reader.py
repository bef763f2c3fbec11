"""Many small segments read as one: articles that come one by one leave a small segment each, and a query should not pay
for every one of them. What is put together is kept by the ranker like what a single segment decodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kbapp.search.codec.memory_segment import MemorySegment
from kbapp.search.codec.posting_blocks import Ids, Ints
from kbapp.search.codec.segment_reader import Postings, SegmentReader
from kbapp.search.codec.stem_table import StemTable
from kbapp.search.codec.term_dictionary import FieldLexicon

SMALL = 2_000
"""Documents; a segment with fewer is read together with its like."""


@dataclass(slots=True)
class _CombinedPostings(Postings):
    """Postings with those of each segment: (its place, its postings)."""

    parts: list[tuple[int, Postings]] = field(default_factory=list)


class CombinedReader:
    """Segments one after the other, their documents numbered through. Asked as a ``SegmentReader`` is."""

    def __init__(self, segments: list[SegmentReader]) -> None:
        self._segments = segments
        counts = [segment.count for segment in segments]
        self._firsts: list[int] = np.cumsum([0, *counts[:-1]]).tolist()
        self.count = sum(counts)
        self.live: npt.NDArray[np.bool_] | None = None
        if any(segment.live is not None for segment in segments):
            self.live = np.concatenate([np.ones(s.count, np.bool_) if s.live is None else s.live for s in segments])
        self._columns: dict[str, Ints] = {}

    def lexicons(self, name: str) -> list[FieldLexicon]:
        """The terms of a field, a lexicon a segment."""
        return [terms for segment in self._segments for terms in segment.lexicons(name)]

    def stem_tables(self) -> list[Mapping[str, StemTable]]:
        """The stems by language, a mapping a segment."""
        return [table for segment in self._segments for table in segment.stem_tables()]

    def document_frequency(self, name: str, term: bytes) -> int:
        return sum(segment.document_frequency(name, term) for segment in self._segments)

    def postings(self, name: str, term: bytes) -> Postings | None:
        found = [(at, each) for at, segment in enumerate(self._segments) if (each := segment.postings(name, term))]
        if not found:
            return None
        ids = np.concatenate([each.ids + self._firsts[at] for at, each in found]).astype(np.int32)
        return _CombinedPostings(ids, np.concatenate([each.weights for _, each in found]), parts=found)

    def position_keys(self, postings: Postings, within: Ids | None = None) -> Ints:
        if postings.keys is not None:
            return postings.keys
        assert isinstance(postings, _CombinedPostings)
        parts = [np.empty(0, np.int64)]
        for at, each in postings.parts:
            first = self._firsts[at]
            own = None
            if within is not None:
                begin, end = np.searchsorted(within, [first, first + self._segments[at].count])
                own = within[begin:end] - first
            keys = self._segments[at].position_keys(each, own)
            parts.append(keys + (first << 32))
        joined = np.concatenate(parts)
        if within is None:
            postings.keys = joined
        return joined

    def matching_terms(self, query: Any) -> Ids:
        """The documents that have one of the terms of a pattern."""
        parts = [
            segment.matching_terms(query) + first for segment, first in zip(self._segments, self._firsts, strict=True)
        ]
        return np.concatenate(parts).astype(np.int32)

    def lengths(self, name: str) -> npt.NDArray[np.uint8]:
        return np.concatenate([segment.lengths(name) for segment in self._segments])

    def column(self, name: str) -> Ints:
        if name not in self._columns:
            self._columns[name] = np.concatenate([segment.column(name) for segment in self._segments])
        return self._columns[name]

    def field_length(self, name: str) -> int:
        return sum(segment.field_length(name) for segment in self._segments)


Segment = SegmentReader | CombinedReader | MemorySegment


def combine_small(segments: list[SegmentReader]) -> list[Segment]:
    """The large segments, and the small ones as one where there are several."""
    small = [segment for segment in segments if segment.count < SMALL]
    if len(small) < 2:
        return list(segments)
    return [*(segment for segment in segments if segment.count >= SMALL), CombinedReader(small)]
