"""The terms of a segment in a form that NumPy reads: sorted bytes with counts and places, one file beside the segment.

The file holds nothing that the segment does not; a segment without it (one that stock Whoosh wrote) is walked once.
Layout: eight bytes of mark, a length, JSON that tells where each field's arrays lie, then the arrays.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kbapp.search.codec.whoosh_internals import posting_extent

EXTENSION = ".lex"
MANY_TERMS = 64
"""A prefix of so many terms gets its documents written down, so that a first letter typed costs no more than a word."""
_PREFIXES = (1, 2, 3)
_MARK = b"kblex\x00\x02\n"
_ARRAYS = (
    ("starts", np.dtype("<u4")),
    ("counts", np.dtype("<u4")),
    ("places", np.dtype("<i8")),
    ("sizes", np.dtype("<u4")),
)


@dataclass(slots=True)
class FieldLexicon:
    """The terms of one field in byte order. ``places`` is where a posting list begins, -1 for one kept in the term's record."""

    blob: bytes | memoryview
    starts: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.uint32]
    prefixes: dict[bytes, npt.NDArray[np.uint8]] | None = (
        None  # short prefix -> the documents that have a term so, a bit each
    )

    def __len__(self) -> int:
        return len(self.counts)

    def term(self, index: int) -> bytes:
        return bytes(self.blob[self.starts[index] : self.starts[index + 1]])

    def find(self, term: bytes) -> int:
        """The index of a term, or -1."""
        index = self.lower(term)
        return index if index < len(self) and self.term(index) == term else -1

    def lower(self, term: bytes) -> int:
        """The index of the first term that is not less than this."""
        return bisect_left(_Terms(self), term)

    def prefix(self, prefix: bytes) -> range:
        """The indexes of the terms that begin so."""
        end = self.lower(prefix + b"\xff" * 4)
        return range(self.lower(prefix), end)

    def terms(self, indexes: range | None = None) -> Iterator[bytes]:
        for index in indexes if indexes is not None else range(len(self)):
            yield self.term(index)


class _Terms:
    """A field's terms as the sequence that ``bisect`` wants."""

    def __init__(self, lexicon: FieldLexicon) -> None:
        self._lexicon = lexicon

    def __len__(self) -> int:
        return len(self._lexicon)

    def __getitem__(self, index: int) -> bytes:
        return self._lexicon.term(index)


class LexiconWriter:
    """Gathers terms as the segment's writer writes them, and the documents of prefixes that very many terms share."""

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._fields: dict[str, list[list[Any]]] = {}
        self._current: list[list[Any]] = []
        self._bits: dict[str, dict[bytes, npt.NDArray[np.uint8]]] = {}
        self._open: dict[int, tuple[bytes, list[Any]]] = {}
        self._field = ""

    def start(self, field: str) -> None:
        self._close_prefixes()
        self._field = field
        self._current = self._fields[field] = [[], [], [], []]
        self._bits[field] = {}

    def mark(self, term: bytes, ids: Any) -> None:
        """Counts a term's documents towards its prefixes of one to three bytes; terms come in order."""
        for length in _PREFIXES:
            prefix = term[:length]
            there = self._open.get(length)
            if there is None or there[0] != prefix:
                if there is not None:
                    self._close_prefix(*there)
                there = self._open[length] = (prefix, [])
            there[1].append(ids)

    def _close_prefix(self, prefix: bytes, ids: list[Any]) -> None:
        if len(ids) >= MANY_TERMS:
            documents = np.zeros(self._documents, np.bool_)
            for each in ids:
                documents[each] = True
            self._bits[self._field][prefix] = np.packbits(documents)

    def _close_prefixes(self) -> None:
        for there in self._open.values():
            self._close_prefix(*there)
        self._open.clear()

    def add(self, term: bytes, count: int, place: int, size: int) -> None:
        terms, counts, places, sizes = self._current
        terms.append(term)
        counts.append(count)
        places.append(place)
        sizes.append(size)

    def write(self, segment: Any, storage: Any) -> None:
        self._close_prefixes()
        directory: dict[str, dict[str, Any]] = {}
        parts: list[bytes] = []
        at = 0
        for field, (terms, counts, places, sizes) in self._fields.items():
            lengths = np.fromiter((len(term) for term in terms), np.uint32, len(terms))
            starts = np.concatenate((np.zeros(1, "<u4"), np.cumsum(lengths, dtype=np.uint64).astype("<u4")))
            arrays = {
                "starts": starts,
                "counts": np.array(counts, "<u4"),
                "places": np.array(places, "<i8"),
                "sizes": np.array(sizes, "<u4"),
            }
            directory[field] = {}
            bits = self._bits[field]
            directory[field]["prefixes"] = [prefix.hex() for prefix in bits]
            parts_of_field = [
                ("blob", b"".join(terms)),
                *((name, array.tobytes()) for name, array in arrays.items()),
                ("bits", b"".join(row.tobytes() for row in bits.values())),
            ]
            for name, data in parts_of_field:
                padding = -at % 8
                parts.append(b"\x00" * padding + data)
                at += padding
                directory[field][name] = [at, len(data)]
                at += len(data)
        head = json.dumps(directory).encode()
        head += b" " * (-(len(_MARK) + 4 + len(head)) % 8)
        file = segment.create_file(storage, EXTENSION)
        try:
            file.write(_MARK + len(head).to_bytes(4, "little") + head + b"".join(parts))
        finally:
            file.close()


def read(path: str) -> dict[str, FieldLexicon] | None:
    """The lexicons of a segment by field, or None when its file is missing or foreign."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # a path that Whoosh's storage made
            buffer = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    if bytes(buffer[: len(_MARK)]) != _MARK:
        return None
    size = int.from_bytes(buffer[len(_MARK) : len(_MARK) + 4], "little")
    base = len(_MARK) + 4 + size
    directory = json.loads(bytes(buffer[len(_MARK) + 4 : base]))
    found = {}
    for field, where in directory.items():
        arrays: dict[str, Any] = {
            name: np.frombuffer(buffer, kind, where[name][1] // kind.itemsize, base + where[name][0])
            for name, kind in _ARRAYS
        }
        at, length = where["blob"]
        begin, size_of_bits = where["bits"]
        rows = np.frombuffer(buffer, np.uint8, size_of_bits, base + begin)
        names = [bytes.fromhex(name) for name in where["prefixes"]]
        prefixes = dict(zip(names, rows.reshape(len(names), -1), strict=True)) if names else {}
        found[field] = FieldLexicon(buffer[base + at : base + at + length], prefixes=prefixes, **arrays)
    return found


def from_whoosh(terms_reader: Any) -> dict[str, FieldLexicon]:
    """The same from any Whoosh segment, by walking over its terms (slow: once a segment that stock Whoosh wrote)."""
    gathered: dict[str, list[list[Any]]] = {}
    for (field, term), info in terms_reader.items():
        columns = gathered.setdefault(field, [[], [], [], []])
        place, size = posting_extent(info)
        for column, value in zip(columns, (term, info.doc_frequency(), place, size), strict=True):
            column.append(value)
    return {
        field: FieldLexicon(
            b"".join(terms),
            np.concatenate((np.zeros(1, np.uint32), np.cumsum([len(term) for term in terms]).astype(np.uint32))),
            np.array(counts, np.uint32), np.array(places, np.int64), np.array(sizes, np.uint32),
        )
        for field, (terms, counts, places, sizes) in gathered.items()
    }  # fmt: skip
