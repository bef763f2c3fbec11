"""Writes segments of a plain Whoosh index, several times as fast as stock Whoosh and posting for posting the same.

Where the time goes in stock Whoosh, and what is done instead: a chain of generators for every token (one regular
expression and a dictionary of words already analysed); a tuple, a pickle and an external sort for every posting (a flat
list a term, encoded to a block when it is full); Whoosh's own per-posting block writer (``posting_blocks.encode``).

Beside each segment lies its term dictionary (``term_dictionary.py``), from which NumPy finds terms without a walk over
Whoosh's hash.
"""

from __future__ import annotations

import gc
import struct
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from whoosh.fields import TEXT, FieldType
from whoosh.util.numeric import length_to_byte

from kbapp.search.codec import posting_blocks, stem_table, whoosh_internals
from kbapp.search.codec.term_dictionary import LexiconWriter
from kbapp.search.codec.whoosh_internals import BLOCK_MAGIC, RestrictedSegmentWriter
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import STEMMED_FIELDS
from kbapp.search.index.stemming import stem_groups

_CACHED_VALUES = 100_000
_FROZEN_EVERY = 1000  # documents
_LENGTH = struct.Struct("!i")


class Analyzer(Protocol):
    """What the writer asks of an analyser."""

    def positions(self, text: str, seen: set[str | bytes] | None = None) -> tuple[dict[bytes, list[int]], int]:
        """The positions of each term in a text, and how many words it has; ``seen`` gathers the words as they stand."""


class _Term:
    """The blocks of one term that are full already, and the figures over them."""

    __slots__ = ("blocks", "count", "first", "high", "longest", "shortest", "weight")

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.weight = 0.0
        self.count = 0
        self.shortest, self.longest, self.high = 255, 0, 0.0
        self.first = 0


class _Field:
    """The inverted field: for each term a flat list of id, weight, value, id, ...; and the length byte of each document."""

    __slots__ = ("field", "fixed", "full", "lengths", "postings")

    def __init__(self, field: FieldType) -> None:
        self.field = field
        size = field.format.fixed_value_size()
        self.fixed = -1 if size is None else size
        self.postings: dict[bytes, list[Any]] = {}
        self.full: dict[bytes, _Term] = {}
        self.lengths = bytearray()


class FastSegmentWriter(RestrictedSegmentWriter):
    """A Whoosh ``SegmentWriter`` for this program's schema; ``commit(merge=False)`` adds one segment."""

    def __init__(
        self,
        index: Any,
        analyzer: Analyzer | None = None,
        publishing: Callable[[str], None] | None = None,
        timeout: float = 0.0,
    ) -> None:
        super().__init__(index, posting_blocks.BLOCK, publishing, timeout)
        self._analyzer = analyzer or TermAnalyzer()
        self._inverted: dict[str, _Field] = {}
        self._values: dict[tuple[str, Any], list[Any]] = {}
        self._seen: dict[str, set[str | bytes]] = {}

    def add_document(self, **fields: Any) -> None:
        """Adds one document. A document whose fields are wrong is left out whole."""
        self.check_fields(fields)
        document = self.docnum
        prepared = [(name, self.schema[name], value) for name, value in sorted(fields.items()) if value is not None]
        language = fields.get("stemming")
        seen = None if not language else self._seen.setdefault(language, set())
        self.begin_document()
        for name, field, value in prepared:
            length = 0
            if field.indexed:
                inverted = self._inverted.get(name)
                if inverted is None:
                    inverted = self._inverted[name] = _Field(field)
                length = (
                    self._add_text(inverted, document, value, seen if name in STEMMED_FIELDS else None)
                    if type(field) is TEXT
                    else self._add_value(inverted, name, document, value)
                )
            self.put_field(name, field, value, length)
        self.end_document()
        if document % _FROZEN_EVERY == _FROZEN_EVERY - 1:
            gc.freeze()  # millions of lists that live until the commit, through which the collector would walk for nothing

    def _add_text(self, inverted: _Field, document: int, text: str, seen: set[str | bytes] | None) -> int:
        """Inverts a text with positions and returns its length in words."""
        positions, length = self._analyzer.positions(text, seen)
        if not length:
            return 0
        self._set_length(inverted, document, length)
        postings = inverted.postings
        value_of, once = posting_blocks.positions_value, posting_blocks.ONE_POSITION
        limit, known = 3 * posting_blocks.BLOCK, len(posting_blocks.ONE_POSITION)
        for term, places in positions.items():
            count = len(places)
            value = once[places[0]] if count == 1 and places[0] < known else value_of(places)
            entry = postings.get(term)
            if entry is None:
                postings[term] = [document, count, value]
            else:
                entry += (document, count, value)
                if len(entry) >= limit:
                    self._close_block(inverted, term, entry, last=False)
        return length

    def _add_value(self, inverted: _Field, name: str, document: int, value: Any) -> int:
        """Inverts a field that has no positions, by the field's own rules."""
        field = inverted.field
        items = self._values.get((name, value))
        if items is None:
            items = list(field.index(value))
            if not field.unique and len(self._values) < _CACHED_VALUES:
                self._values[name, value] = items
        length = 0
        for term, frequency, weight, vbytes in items:
            length += frequency
            entry = inverted.postings.setdefault(term, [])
            entry += (document, weight, vbytes)
            if len(entry) >= 3 * posting_blocks.BLOCK:
                self._close_block(inverted, term, entry, last=False)
        if not field.scorable:
            return 0
        self._set_length(inverted, document, length)
        return length

    @staticmethod
    def _set_length(inverted: _Field, document: int, length: int) -> None:
        lengths = inverted.lengths
        if len(lengths) < document:
            lengths.extend(bytes(document - len(lengths)))
        lengths.append(length_to_byte(length))

    @staticmethod
    def _close_block(inverted: _Field, term: bytes, entry: list[Any], last: bool) -> None:
        """Encodes the postings gathered for a term as one block."""
        ids, weights, values = entry[0::3], entry[1::3], entry[2::3]
        lengths = inverted.lengths
        bytes_of = [lengths[i] for i in ids] if lengths else [0]
        full = inverted.full.get(term)
        if full is None:
            full = inverted.full[term] = _Term()
            full.first = ids[0]
        full.blocks.append(posting_blocks.encode(ids, weights, values, bytes_of, last, inverted.fixed))
        full.weight += float(sum(weights))
        full.count += len(ids)
        full.shortest = min(full.shortest, min(bytes_of))
        full.longest = max(full.longest, max(bytes_of))
        full.high = max(full.high, float(max(weights)))
        last_id = ids[-1]
        entry.clear()
        if last:
            entry.append(last_id)

    def flush(self, posts: Any) -> None:
        lexicon = LexiconWriter(self.docnum)
        for name in sorted(self._inverted):
            inverted = self._inverted.pop(name)
            prefix = self.begin_field(name, inverted.field)
            lexicon.start(name)
            for term in sorted(inverted.postings):
                entry = inverted.postings[term]
                if type(inverted.field) is TEXT:
                    lexicon.mark(term, self._documents_of(inverted, term, entry))
                if len(entry) == 3 and term not in inverted.full:
                    record, count, at, size = self._inlined(inverted, entry), 1, -1, 0
                else:
                    record, count, at, size = self._write_postings(inverted, term, entry, posts)
                self.put_term(prefix + term, record)
                lexicon.add(term, count, at, size)
            self.end_field()
        self.end_terms()
        lexicon.write(self.newsegment, self.storage)
        if isinstance(self._analyzer, TermAnalyzer):
            stem_table.write(stem_groups(self._analyzer, self._seen), self.newsegment, self.storage)
        if self.docnum >= _FROZEN_EVERY:
            gc.unfreeze()

    @staticmethod
    def _documents_of(inverted: _Field, term: bytes, entry: list[Any]) -> Any:
        """The documents of a term: those waiting in its list and those in blocks that are full."""
        full = inverted.full.get(term)
        if full is None:
            return entry[0::3]
        ids = [
            posting_blocks.decode(
                memoryview(BLOCK_MAGIC + _LENGTH.pack(-abs(_LENGTH.unpack(block[:4])[0])) + block[4:]), 0
            )[0].ids
            for block in full.blocks
        ]
        return np.concatenate([*ids, np.array(entry[0::3], np.int32)])

    @staticmethod
    def _inlined(inverted: _Field, entry: list[Any]) -> bytes:
        """A term of one posting keeps it in the term's own record."""
        document, weight, value = entry
        length = inverted.lengths[document] if inverted.lengths else 0
        return whoosh_internals.inlined_record(
            document,
            weight,
            length,
            posting_blocks.unframed(value) if inverted.fixed < 0 else value if inverted.fixed else b"",
        )

    def _write_postings(
        self, inverted: _Field, term: bytes, entry: list[Any], posts: Any
    ) -> tuple[bytes, int, int, int]:
        if entry:
            self._close_block(inverted, term, entry, last=True)
            last = entry[0]
            full = inverted.full.pop(term)
        else:
            full = inverted.full.pop(term)
            block = full.blocks[-1]
            last = posting_blocks.last_id(block)
            full.blocks[-1] = _LENGTH.pack(-_LENGTH.unpack(block[:4])[0]) + block[4:]
        at = posts.tell()
        posts.write(BLOCK_MAGIC)
        for block in full.blocks:
            posts.write(block)
        size = posts.tell() - at
        record = whoosh_internals.term_record(
            full.weight, full.count, full.shortest, full.longest, full.high, full.first, last, at, size
        )
        return record, full.count, at, size
