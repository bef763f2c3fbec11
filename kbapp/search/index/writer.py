"""Writes segments of a plain Whoosh index, several times as fast as stock Whoosh and posting for posting the same.

Where the time goes in stock Whoosh, and what is done instead: a chain of generators for every token (one regular
expression and a dictionary of words already stemmed); a tuple, a pickle and an external sort for every posting (a flat
list a term, encoded to a block when it is full); Whoosh's own per-posting block writer (``posting_blocks.encode``).

Beside each segment lies its lexicon (``lexicon.py``), from which NumPy finds terms without a walk over Whoosh's hash.
"""

from __future__ import annotations

import os
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.fields import TEXT, FieldType
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from kbapp.search.codec import posting_blocks
from kbapp.search.codec.term_dictionary import LexiconWriter
from kbapp.search.index.analysis import WordFolder

_SHORT = struct.Struct("!H").pack
_EXTENT = struct.Struct("!qi").pack
_CACHED_VALUES = 100_000


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


class FastSegmentWriter(SegmentWriter):  # type: ignore[misc]
    """A Whoosh ``SegmentWriter`` for this program's schema; ``commit(merge=False)`` adds one segment."""

    def __init__(self, ix: Any, folder: WordFolder | None = None, **kwargs: Any) -> None:
        super().__init__(ix, codec=W3Codec(blocklimit=posting_blocks.BLOCK, compression=0), compound=False, **kwargs)
        self._folder = folder or WordFolder()
        self._inverted: dict[str, _Field] = {}
        self._values: dict[tuple[str, Any], list[Any]] = {}

    def add_document(self, **fields: Any) -> None:
        """Adds one document. A document whose fields are wrong is left out whole."""
        self._check_fields(self.schema, fields)
        document = self.docnum
        prepared = [(name, self.schema[name], value) for name, value in sorted(fields.items()) if value is not None]
        self.perdocwriter.start_doc(document)
        for name, field, value in prepared:
            length = 0
            if field.indexed:
                inverted = self._inverted.get(name)
                if inverted is None:
                    inverted = self._inverted[name] = _Field(field)
                length = (
                    self._add_text(inverted, document, value)
                    if type(field) is TEXT
                    else self._add_value(inverted, name, document, value)
                )
            self.perdocwriter.add_field(name, field, value if field.stored else None, length)
            if field.column_type:
                self.perdocwriter.add_column_value(name, field.column_type, field.to_column_value(value))
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _add_text(self, inverted: _Field, document: int, text: str) -> int:
        """Inverts a text with positions and returns its length in words."""
        positions, length = self._folder.positions(text)
        if not length:
            return 0
        self._set_length(inverted, document, length)
        postings = inverted.postings
        value_of = posting_blocks.positions_value
        limit = 3 * posting_blocks.BLOCK
        for term, places in positions.items():
            entry = postings.get(term)
            if entry is None:
                postings[term] = [document, len(places), value_of(places)]
            else:
                entry += (document, len(places), value_of(places))
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

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        lexicon = LexiconWriter(self.docnum)
        terms, posts = self.fieldwriter._tindex, self.fieldwriter._postfile
        for name in sorted(self._inverted):
            inverted = self._inverted.pop(name)
            self.fieldwriter.start_field(name, inverted.field)
            number = _SHORT(self.fieldwriter._fieldid)
            lexicon.start(name)
            for term in sorted(inverted.postings):
                entry = inverted.postings[term]
                if type(inverted.field) is TEXT:
                    lexicon.mark(term, self._documents_of(inverted, term, entry))
                if len(entry) == 3 and term not in inverted.full:
                    info, count, at, size = self._inlined(inverted, entry), 1, -1, 0
                else:
                    info, count, at, size = self._write_postings(inverted, term, entry, posts)
                terms.add(number + term, info)
                lexicon.add(term, count, at, size)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        lexicon.write(self.newsegment, self.storage)
        self._sync_files()

    def _sync_files(self) -> None:
        """Puts the segment on the disk before a table of contents can name it; power may fail at any moment."""
        for name in self.newsegment.list_files(self.storage):
            with open(Path(self.storage.folder) / name, "rb+") as file:  # noqa: PTH123  # fsync wants a descriptor
                os.fsync(file.fileno())

    @staticmethod
    def _documents_of(inverted: _Field, term: bytes, entry: list[Any]) -> Any:
        """The documents of a term: those waiting in its list and those in blocks that are full."""
        full = inverted.full.get(term)
        if full is None:
            return entry[0::3]
        ids = [
            posting_blocks.decode(
                memoryview(
                    WHOOSH3_HEADER_MAGIC + struct.pack("!i", -abs(struct.unpack("!i", block[:4])[0])) + block[4:]
                ),
                0,
            )[0].ids
            for block in full.blocks
        ]
        return np.concatenate([*ids, np.array(entry[0::3], np.int32)])

    @staticmethod
    def _inlined(inverted: _Field, entry: list[Any]) -> bytes:
        """A term of one posting keeps it in the term's own record."""
        document, weight, value = entry
        length = inverted.lengths[document] if inverted.lengths else 0
        values = (value,) if inverted.fixed else (b"",)
        head = W3TermInfo._struct.pack(1, weight, 1, length, length, weight, document, document)
        return bytes(head) + pickle.dumps(((document,), (float(weight),), values), 2)

    def _write_postings(
        self, inverted: _Field, term: bytes, entry: list[Any], posts: Any
    ) -> tuple[bytes, int, int, int]:
        if entry:
            self._close_block(inverted, term, entry, last=True)
            last_id = entry[0]
            full = inverted.full.pop(term)
        else:
            full = inverted.full.pop(term)
            last_id = pickle.loads(full.blocks[-1][4:100])[1]
            size = struct.unpack("!i", full.blocks[-1][:4])[0]
            full.blocks[-1] = struct.pack("!i", -size) + full.blocks[-1][4:]
        at = posts.tell()
        posts.write(WHOOSH3_HEADER_MAGIC)
        for block in full.blocks:
            posts.write(block)
        size = posts.tell() - at
        head = W3TermInfo._struct.pack(
            0, full.weight, full.count, full.shortest, full.longest, full.high, full.first, last_id
        )
        return bytes(head) + _EXTENT(at, size), full.count, at, size
