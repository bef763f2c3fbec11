"""Which words of a segment are forms of one word: for each language the terms by their stem, one file beside the segment.

Layout: eight bytes of mark, a length, JSON that tells where each language's arrays lie, then for each language the entries
(``stem NUL term NUL term``, sorted) one after the other and where each begins.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

EXTENSION = ".stm"
_MARK = b"kbstm\x00\x01\n"
Groups = Mapping[str, Mapping[bytes, Iterable[bytes]]]
"""Language -> stem -> terms."""


@dataclass(slots=True)
class StemTable:
    """The stems of one language in one segment."""

    blob: bytes | memoryview
    starts: npt.NDArray[np.uint32]

    def forms(self, stem: bytes) -> list[bytes]:
        """The terms that have a stem. A term that is its own stem and the only one is not listed."""
        at = bisect_left(_Entries(self), stem + b"\x00")
        if at >= len(self.starts) - 1:
            return []
        found, *terms = self.entry(at).split(b"\x00")
        return terms if found == stem else []

    def entry(self, index: int) -> bytes:
        return bytes(self.blob[self.starts[index] : self.starts[index + 1]])


class _Entries:
    """The entries as the sequence that ``bisect`` wants."""

    def __init__(self, table: StemTable) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table.starts) - 1

    def __getitem__(self, index: int) -> bytes:
        return self._table.entry(index)


def tables(groups: Groups) -> dict[str, StemTable]:
    """The stems of each language as tables."""
    found = {}
    for language, stems in groups.items():
        entries = [b"\x00".join((stem, *sorted(terms))) for stem, terms in stems.items() if set(terms) != {stem}]
        entries.sort()
        ends = np.cumsum([0, *map(len, entries)]).astype("<u4")
        found[language] = StemTable(b"".join(entries), ends)
    return found


def write(groups: Groups, segment: Any, storage: Any) -> None:
    """Writes a segment's stems beside it."""
    directory: dict[str, list[int]] = {}
    parts: list[bytes] = []
    at = 0
    for language, table in tables(groups).items():
        starts = table.starts.tobytes()
        blob = bytes(table.blob) + b"\x00" * (-len(table.blob) % 8)
        starts += b"\x00" * (-len(starts) % 8)
        directory[language] = [at, len(table.blob), at + len(blob), len(table.starts)]
        parts += [blob, starts]
        at += len(blob) + len(starts)
    head = json.dumps(directory).encode()
    head += b" " * (-(len(_MARK) + 4 + len(head)) % 8)
    file = segment.create_file(storage, EXTENSION)
    try:
        file.write(_MARK + len(head).to_bytes(4, "little") + head + b"".join(parts))
    finally:
        file.close()


def read(path: Path) -> dict[str, StemTable]:
    """The stems of a segment by language; none for a segment that another program wrote. Raises ValueError for damage."""
    try:
        with path.open("rb") as file:
            buffer = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError:
        return {}
    if bytes(buffer[: len(_MARK)]) != _MARK:
        raise ValueError("not a table of stems")
    base = len(_MARK) + 4 + int.from_bytes(buffer[len(_MARK) : len(_MARK) + 4], "little")
    directory: dict[str, list[int]] = json.loads(bytes(buffer[len(_MARK) + 4 : base]))
    return {
        language: StemTable(
            buffer[base + at : base + at + size], np.frombuffer(buffer, np.dtype("<u4"), count, base + starts)
        )
        for language, (at, size, starts, count) in directory.items()
    }
