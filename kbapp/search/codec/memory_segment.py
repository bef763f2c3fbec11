"""A segment that is written nowhere: documents that the index has not followed yet, and notes that may stand in no file.

It answers what ``SegmentReader`` answers, so that a query finds and ranks the same before and after it is indexed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from whoosh.fields import TEXT
from whoosh.util.numeric import length_to_byte

from kbapp.search.codec import expansion, stem_table
from kbapp.search.codec.posting_blocks import Floats, Ids, Ints
from kbapp.search.codec.segment_reader import Postings
from kbapp.search.codec.stem_table import StemTable
from kbapp.search.codec.term_dictionary import FieldLexicon


class Analyzer(Protocol):
    """What is asked of the analyser."""

    def positions(self, text: str, seen: set[str | bytes] | None = None) -> tuple[dict[bytes, list[int]], int]:
        """The places of each term of a text, and how many places it has."""


class MemorySegment:
    """Documents in memory.

    Args:
        documents: The documents, by the schema's names.
        schema: The index's schema.
        analyzer: Cuts texts into terms.
        groups: Language -> stem -> terms of the documents' words.
    """

    def __init__(
        self, documents: Iterable[Mapping[str, Any]], schema: Any, analyzer: Analyzer, groups: stem_table.Groups
    ) -> None:
        self._documents = list(documents)
        self._schema = schema
        self.count = len(self._documents)
        self.live: npt.NDArray[np.bool_] | None = None
        self.deleted: Ids = np.empty(0, np.int32)
        self._stems = stem_table.tables(groups)
        self._places: dict[str, dict[bytes, list[tuple[int, float, list[int]]]]] = {}
        self._lengths: dict[str, npt.NDArray[np.uint8]] = {}
        self._totals: dict[str, int] = {}
        self._lexicons: dict[str, FieldLexicon] = {}
        for number, document in enumerate(self._documents):
            for name, value in document.items():
                if value is not None and schema[name].indexed:
                    self._add(number, name, value, analyzer)

    def _add(self, number: int, name: str, value: Any, analyzer: Analyzer) -> None:
        field = self._schema[name]
        places = self._places.setdefault(name, {})
        length = 0
        if type(field) is TEXT:
            positions, length = analyzer.positions(value)
            for term, at in positions.items():
                places.setdefault(term, []).append((number, float(len(at)), at))
        else:
            for term, frequency, weight, _ in field.index(value):
                length += frequency
                places.setdefault(term, []).append((number, float(weight), []))
        if field.scorable:
            lengths = self._lengths.setdefault(name, np.zeros(self.count, np.uint8))
            lengths[number] = length_to_byte(length)
            self._totals[name] = self._totals.get(name, 0) + length

    def stem_tables(self) -> list[Mapping[str, StemTable]]:
        return [self._stems]

    def lexicons(self, name: str) -> list[FieldLexicon]:
        if name not in self._places:
            return []
        if name not in self._lexicons:
            terms = sorted(self._places[name])
            self._lexicons[name] = FieldLexicon(
                b"".join(terms), np.cumsum([0, *map(len, terms)]).astype(np.uint32),
                np.array([len(self._places[name][term]) for term in terms], np.uint32),
                np.full(len(terms), -1, np.int64), np.zeros(len(terms), np.uint32),
            )  # fmt: skip
        return [self._lexicons[name]]

    def document_frequency(self, name: str, term: bytes) -> int:
        return len(self._places.get(name, {}).get(term, ()))

    def postings(self, name: str, term: bytes) -> Postings | None:
        found = self._places.get(name, {}).get(term)
        if not found:
            return None
        ids: Ids = np.array([number for number, _, _ in found], np.int32)
        weights: Floats = np.array([weight for _, weight, _ in found], np.float64)
        keys: Ints = np.array([(number << 32) + at for number, _, places in found for at in places], np.int64)
        return Postings(ids, weights, keys=keys)

    def position_keys(self, postings: Postings, within: Ids | None = None) -> Ints:  # noqa: ARG002  # as SegmentReader
        assert postings.keys is not None  # made with them
        return postings.keys

    def matching_terms(self, query: Any) -> Ids:
        mask = np.zeros(self.count, np.bool_)
        for terms in self.lexicons(query.fieldname):
            for index in expansion.expand(query, terms):
                for number, _, _ in self._places[query.fieldname][terms.term(index)]:
                    mask[number] = True
        return np.flatnonzero(mask).astype(np.int32)

    def lengths(self, name: str) -> npt.NDArray[np.uint8]:
        return self._lengths.get(name, np.zeros(self.count, np.uint8))

    def column(self, name: str) -> Ints:
        default = self._schema[name].column_type.default_value()
        return np.array([document.get(name, default) for document in self._documents], np.int64)

    def field_length(self, name: str) -> int:
        return self._totals.get(name, 0)
