"""Reading segments of a plain Whoosh index into NumPy arrays: postings, lengths, columns. Nothing is copied that is not used."""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.query import Prefix
from whoosh.util.numeric import byte_to_length

from kbapp.search.codec import expansion, posting_blocks, stem_table, whoosh_internals
from kbapp.search.codec import term_dictionary as lexicons
from kbapp.search.codec.posting_blocks import Floats, Ids, Ints
from kbapp.search.codec.stem_table import StemTable
from kbapp.search.codec.term_dictionary import FieldLexicon

LENGTH_OF_BYTE: Floats = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
_NUMBER: dict[str, np.dtype[Any]] = {
    "B": np.dtype("u1"),
    "I": np.dtype(">u4"),
    "i": np.dtype(">i4"),
    "q": np.dtype(">i8"),
    "H": np.dtype(">u2"),
}
_EMPTY: Ids = np.empty(0, np.int32)


@dataclass(slots=True)
class Postings:
    """The documents of one term in one segment, ascending, with the term's weight in each."""

    ids: Ids
    weights: Floats
    blocks: list[posting_blocks.Block] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    keys: Ints | None = None
    asked: int = 0

    @property
    def nbytes(self) -> int:
        return self.ids.nbytes + self.weights.nbytes + (0 if self.keys is None else self.keys.nbytes)


class SegmentReader:
    """One segment. Opening reads only the segment's directory; arrays are mapped from the files."""

    def __init__(self, folder: Path, segment: Any, schema: Any) -> None:
        self.segment, self.schema = segment, schema
        self.count: int = segment.doc_count_all()
        self._storage = whoosh_internals.segment_storage(folder, segment)
        self._codec = segment.codec()
        self._folder = folder
        self._lexicons = lexicons.read(str(folder / segment.make_filename(lexicons.EXTENSION)))
        self._stems = stem_table.read(folder / segment.make_filename(stem_table.EXTENSION))
        self._lock = threading.RLock()
        self._terms: Any = None
        self._map: memoryview | None = None
        self._per_document: Any = None
        self._lengths: dict[str, npt.NDArray[np.uint8]] = {}
        self._columns: dict[str, Ints] = {}
        deleted = sorted(segment.deleted_docs())
        self.deleted: Ids = np.array(deleted, np.int32)
        self.live: npt.NDArray[np.bool_] | None = None
        if deleted:
            self.live = np.ones(self.count, np.bool_)
            self.live[self.deleted] = False

    def lexicon(self, name: str) -> FieldLexicon | None:
        """The terms of a field, or None when no document has it."""
        with self._lock:  # Whoosh's files have one position, which two threads would move
            if self._lexicons is None:
                self._lexicons = lexicons.from_whoosh(self._terms_reader())
        return self._lexicons.get(name)

    def lexicons(self, name: str) -> list[FieldLexicon]:
        """The terms of a field as a list of at most one lexicon, as readers of several segments have more."""
        found = self.lexicon(name)
        return [] if found is None else [found]

    def stem_tables(self) -> list[Mapping[str, StemTable]]:
        """The stems of the segment's words by language."""
        return [self._stems]

    def matching_terms(self, query: Any) -> Ids:
        """The documents that have one of the terms of a prefix, wildcard or misspelling."""
        terms = self.lexicon(query.fieldname)
        if terms is None:
            return _EMPTY
        if isinstance(query, Prefix) and terms.prefixes is not None:
            bits = terms.prefixes.get(query.text.encode())
            if bits is not None:
                return np.flatnonzero(np.unpackbits(bits, count=self.count)).astype(np.int32)
        mask = np.zeros(self.count, np.bool_)
        for index in expansion.expand(query, terms):
            mask[self.postings_at(query.fieldname, terms, index).ids] = True
        return np.flatnonzero(mask).astype(np.int32)

    def document_frequency(self, name: str, term: bytes) -> int:
        """In how many documents a term stands, deleted ones included (as Whoosh counts)."""
        terms = self.lexicon(name)
        index = terms.find(term) if terms is not None else -1
        return int(terms.counts[index]) if terms is not None and index >= 0 else 0

    def postings(self, name: str, term: bytes) -> Postings | None:
        """The postings of a term, or None."""
        terms = self.lexicon(name)
        index = terms.find(term) if terms is not None else -1
        return self.postings_at(name, terms, index) if terms is not None and index >= 0 else None

    def postings_at(self, name: str, terms: FieldLexicon, index: int) -> Postings:
        """The postings of the term with this index in the field's lexicon."""
        place = int(terms.places[index])
        if place < 0:
            with self._lock:
                ids, weights, values = whoosh_internals.inlined_postings(self._terms_reader(), name, terms.term(index))
            block = posting_blocks.Block(np.array(ids, np.int32), np.array(weights, np.float64), list(values))
            return Postings(block.ids, block.weights, [block], [0])
        found = posting_blocks.decode(self._buffer(), place)
        if len(found) == 1:
            return Postings(found[0].ids, found[0].weights, found, [0])
        firsts = np.cumsum([0, *(len(block.ids) for block in found[:-1])]).tolist()
        return Postings(
            np.concatenate([b.ids for b in found]), np.concatenate([b.weights for b in found]), found, firsts
        )

    def position_keys(self, postings: Postings, within: Ids | None = None) -> Ints:
        """``id << 32 | position`` for each occurrence, ascending; only of the documents ``within`` where given."""
        if postings.keys is not None:
            return postings.keys
        postings.asked += 1
        if postings.asked > 1:
            within = None  # asked again: decode all, and keep it
        parts = []
        for block in postings.blocks:
            chosen = None
            if within is not None:
                if len(within) * 4 < len(block.ids):
                    at = np.searchsorted(block.ids, within)
                    at[at == len(block.ids)] = 0
                    chosen = np.unique(at[block.ids[at] == within])
                    if not len(chosen):
                        continue
                elif not len(within) or block.ids[-1] < within[0] or block.ids[0] > within[-1]:
                    continue
            parts.append(posting_blocks.position_keys(self._buffer(), block, chosen))
        keys = np.concatenate(parts) if parts else np.empty(0, np.int64)
        if within is None:
            postings.keys = keys
        return keys

    def lengths(self, name: str) -> npt.NDArray[np.uint8]:
        """The length byte of a field in each document."""
        found = self._lengths.get(name)
        if found is None:
            found = np.zeros(self.count, np.uint8)
            stored = self._raw_column(*whoosh_internals.lengths_column(name))
            found[: len(stored)] = stored[: self.count]
            self._lengths[name] = found
        return found

    def column(self, name: str) -> Ints:
        """A numeric column as one value a document, defaults filled in."""
        found = self._columns.get(name)
        if found is None:
            column, default, code = whoosh_internals.numeric_column(self.schema[name])
            found = np.full(self.count, default, np.int64)
            stored = self._raw_column(name, column, code)
            found[: len(stored)] = stored[: self.count]
            self._columns[name] = found
        return found

    def field_length(self, name: str) -> int:
        """The words of a field over all documents."""
        return whoosh_internals.field_length(self.segment, name)

    def _raw_column(self, name: str, column: Any, code: str) -> npt.NDArray[Any]:
        if self._per_document is None:
            self._per_document = self._codec.per_document_reader(self._storage, self.segment)
        return np.frombuffer(whoosh_internals.raw_column(self._per_document, name, column), _NUMBER[code])

    def _terms_reader(self) -> Any:
        if self._terms is None:
            self._terms = self._codec.terms_reader(self._storage, self.segment)
        return self._terms

    def _buffer(self) -> memoryview:
        if self._map is None:
            name = whoosh_internals.postings_name(self.segment)
            if self.segment.is_compound():
                file = self._storage.open_file(name)
                self._map = memoryview(bytes(file.get(0, self._storage.file_length(name))))
            else:
                with (self._folder / name).open("rb") as opened:
                    empty = not os.fstat(opened.fileno()).st_size  # every term has its postings in its record
                    self._map = memoryview(b"" if empty else mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
        return self._map
