"""The bytes of Whoosh posting blocks, written and read without Whoosh's detour over a Python object a posting.

A block is what ``whoosh.codec.whoosh3`` defines: a length, a pickled tuple of figures, a pickled tuple of ids (as
deltas), weights and position values. Whoosh reads any pickle there; these are built so that NumPy finds its arrays at
fixed places: ids and weights are pickled ``array`` objects, each value is a ``bytes`` whose deltas stand one byte each
(or, for steps over 255, as two-byte integers in a tuple).
"""

from __future__ import annotations

import operator
import pickle
import struct
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kbapp.search.codec.whoosh_internals import safe_loads

BLOCK = 4096
"""Postings in a full block: the more, the fewer steps in decoding; Whoosh reads any number."""

_UINT = struct.Struct("!I").pack
_LITTLE = struct.Struct("<I")
_BLOCK_LENGTH = struct.Struct("!i")
_ARRAY_CODE = {"B": 0, "H": 2, "I": 6, "f": 14}  # the machine formats of array's own pickling, little endian
_ARRAY_TYPE: dict[int, np.dtype[Any]] = {
    ord("B"): np.dtype("u1"),
    ord("H"): np.dtype("<u2"),
    ord("I"): np.dtype("<u4"),
    ord("f"): np.dtype("<f4"),
}
_ARRAY_HEAD = b"carray\n_array_reconstructor\n(carray\narray\nX\x01\x00\x00\x00"
_CLOSED, _WIDE, _STOP = ord("C"), ord("("), ord(".")
_ONES = 4096


def _framed(value: bytes) -> bytes:
    """A value with the length that a block keeps before it."""
    size = len(value)
    return (b"C" + bytes((size,)) if size < 256 else b"B" + _LITTLE.pack(size)) + value


def unframed(value: bytes) -> bytes:
    """The value without its length, as a term's own record keeps it."""
    return value[2:] if value[0] == _CLOSED else value[5:]


ONE_POSITION = [
    _framed(
        _UINT(1)
        + (b"C\x01" + bytes((position,)) + b"." if position < 256 else b"(M" + position.to_bytes(2, "little") + b"t.")
    )
    for position in range(_ONES)
]
"""The framed value of a word that stands once in a document, by its position."""
_COUNT = [_UINT(count) + b"C" + bytes((count,)) for count in range(256)]
_SHORT_COUNT = [
    _framed(_COUNT[count] + bytes(count) + b".")[: 2 + len(_COUNT[count])] if count < 249 else b""
    for count in range(256)
]
_OPCODE_SIZE = {ord("K"): 2, ord("M"): 3, ord("J"): 5, ord("G"): 9, ord("("): 1, ord("t"): 1, ord("q"): 2, ord("N"): 1}
_INTEGERS = frozenset([ord("K"), ord("M"), ord("J")])

Ints = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def positions_value(positions: Sequence[int]) -> bytes:
    """The positions of one word in one document as Whoosh's Positions format reads them, framed for a block."""
    count = len(positions)
    if count == 1 and positions[0] < _ONES:
        return ONE_POSITION[positions[0]]
    deltas = [positions[0], *map(operator.sub, positions[1:], positions)]
    if max(deltas) < 256:
        if count < 249:
            return _SHORT_COUNT[count] + bytes(deltas) + b"."
        if count < 256:
            return _framed(_COUNT[count] + bytes(deltas) + b".")
    if max(deltas) < 65536:
        return _framed(_UINT(count) + b"(" + b"".join([b"M" + delta.to_bytes(2, "little") for delta in deltas]) + b"t.")
    return _framed(_UINT(count) + pickle.dumps(deltas, 2))


def encode(
    ids: Sequence[int],
    weights: Sequence[float],
    values: Sequence[bytes],
    lengths: Sequence[int],
    last: bool,
    fixed: int,
) -> bytes:
    """One block; ``lengths`` are the length bytes of the documents, ``fixed`` the format's size of a value (-1: it varies,
    and the values are framed as ``positions_value`` gives them)."""
    deltas = [ids[0], *map(operator.sub, ids[1:], ids)]
    narrow = max(deltas) < 65536
    parts = [b"\x80\x03", _pickled_array("H" if narrow else "I", array("H" if narrow else "I", deltas).tobytes())]
    highest = max(weights)
    if highest == 1.0 and min(weights) == 1.0:
        parts.append(b"N")
    else:
        try:
            parts.append(_pickled_array("B", bytes(weights)))  # type: ignore[arg-type]  # whole numbers under 256
        except (TypeError, ValueError):
            parts.append(_pickled_array("f", array("f", weights).tobytes()))
    if fixed == 0:
        parts.append(b"N")
    elif fixed > 0:
        joined = b"".join(values)
        parts.append(b"B" + _LITTLE.pack(len(joined)) + joined)
    else:
        parts.append(b"(")
        parts += values
        parts.append(b"t")
    parts.append(b"\x87.")
    data = b"".join(parts)
    figures = pickle.dumps((len(ids), ids[-1], float(highest), 0, min(lengths), max(lengths)), 2)
    size = len(figures) + len(data)
    return _BLOCK_LENGTH.pack(-size if last else size) + figures + data


@dataclass(slots=True)
class Block:
    """One decoded block: absolute ids, weights, and where in the buffer its values lie (or the values themselves)."""

    ids: Ids
    weights: Floats
    values: tuple[int, int] | Sequence[bytes] | None


def decode(buffer: memoryview, start: int) -> list[Block]:
    """The blocks of a posting list that begins at ``start`` (at its four-byte mark)."""
    found: list[Block] = []
    position = start + 4
    while True:
        size = _BLOCK_LENGTH.unpack_from(buffer, position)[0]
        end = position + 4 + abs(size)
        found.append(_decode_block(buffer, position + 4, end))
        if size < 0:
            return found
        position = end


def _decode_block(buffer: memoryview, start: int, end: int) -> Block:
    count, compressed, data = _figures(buffer, start)
    if not compressed and bytes(buffer[data + 2 : data + 2 + len(_ARRAY_HEAD)]) == _ARRAY_HEAD:
        deltas, position = _read_array(buffer, data + 2)
        if buffer[position] == ord("N"):
            weights = np.ones(count)
            position += 1
        else:
            raw, position = _read_array(buffer, position)
            weights = raw.astype(np.float64)
        values: tuple[int, int] | Sequence[bytes] | None = (
            (position + 1, end - 3) if buffer[position] == _WIDE else None
        )  # "(" opens the tuple of values
    else:
        raw_bytes = bytes(buffer[data:end])
        if compressed:
            raw_bytes = zlib.decompress(raw_bytes)
        ids, stored, values = safe_loads(raw_bytes)
        deltas = np.asarray(ids, dtype=np.int64)
        weights = np.ones(count) if stored is None else np.broadcast_to(np.asarray(stored, np.float64), (count,)).copy()
    return Block(
        np.cumsum(deltas, dtype=np.int64).astype(np.int32), weights, values
    )  # each block begins with an absolute id


def _figures(buffer: memoryview, start: int) -> tuple[int, int, int]:
    """(postings, compression, where the data begin) of a block that begins at ``start``.

    The figures are a small pickle, six numbers in a tuple. Only its numbers are read, opcode by opcode: whatever else it
    might say is damage. Raises KeyError or IndexError.
    """
    position, found = start + 2, []
    while (code := buffer[position]) != _STOP:
        size = _OPCODE_SIZE[code]
        if code in _INTEGERS:
            found.append(int.from_bytes(buffer[position + 1 : position + size], "little"))
        elif size == 9:
            found.append(0)  # a float
        position += size
    return found[0], found[3], position + 1


def last_id(block: bytes) -> int:
    """The last document of an encoded block."""
    position, found = 6, []
    while (code := block[position]) != _STOP:
        size = _OPCODE_SIZE[code]
        if code in _INTEGERS:
            found.append(int.from_bytes(block[position + 1 : position + size], "little"))
        position += size
    return found[1]


def _pickled_array(code: str, raw: bytes) -> bytes:
    return (
        _ARRAY_HEAD + code.encode() + b"K" + bytes((_ARRAY_CODE[code],)) + b"B" + _LITTLE.pack(len(raw)) + raw + b"tR"
    )


def _read_array(buffer: memoryview, start: int) -> tuple[npt.NDArray[Any], int]:
    at = start + len(_ARRAY_HEAD)
    kind = _ARRAY_TYPE[buffer[at]]
    size = _LITTLE.unpack_from(buffer, at + 4)[0]
    begin = at + 8
    return np.frombuffer(buffer, kind, size // kind.itemsize, begin), begin + size + 2


def position_keys(buffer: memoryview, block: Block, chosen: Ints | None = None) -> Ints:
    """For each occurrence ``id << 32 | position``, in ascending order; ``chosen`` are indexes into the block's ids."""
    ids = block.ids.astype(np.int64)
    if block.values is None:
        return np.empty(0, np.int64)
    if not (isinstance(block.values, tuple) and len(block.values) == 2 and isinstance(block.values[0], int)):
        values = block.values
        indexes = range(len(ids)) if chosen is None else chosen.tolist()
        keys = [(int(ids[i]) << 32) + position for i in indexes for position in _slow_positions(values[i])]
        return np.sort(np.array(keys, np.int64))
    begin, end = block.values
    raw = np.frombuffer(buffer, np.uint8, end - begin, begin)
    counts = block.weights.astype(np.int64)
    starts = _value_starts(raw, counts)
    if chosen is not None:
        ids, counts, starts = ids[chosen], counts[chosen], starts[chosen]
    return _keys_of(raw, ids, counts, starts)


def _value_starts(raw: npt.NDArray[np.uint8], counts: Ints) -> Ints:
    """Where each framed value begins; the short form has a known size, else the frames are walked."""
    sizes = counts + 9
    starts = np.cumsum(sizes) - sizes
    if (
        len(starts)
        and starts[-1] + sizes[-1] == len(raw)
        and (raw[starts] == _CLOSED).all()
        and (raw[starts + 6] == _CLOSED).all()
    ):
        return starts
    data = raw.tobytes()
    position = 0
    walked = []
    for _ in range(len(counts)):
        walked.append(position)
        position += (
            2 + data[position + 1] if data[position] == _CLOSED else 5 + _LITTLE.unpack_from(data, position + 1)[0]
        )
    return np.array(walked, np.int64)


def _keys_of(raw: npt.NDArray[np.uint8], ids: Ints, counts: Ints, starts: Ints) -> Ints:
    """Decodes the values that begin at ``starts``: one-byte steps, two-byte steps, and the rest one by one."""
    if not len(starts):
        return np.empty(0, np.int64)
    short_frame = raw[starts] == _CLOSED
    inner = starts + np.where(short_frame, 6, 9)
    form = raw[inner]
    one_byte = form == _CLOSED
    two_bytes = form == _WIDE
    parts = []
    for mask, first, width in ((one_byte, 2, 1), (two_bytes, 2, 3)):
        if not mask.any():
            continue
        number, begin, owner = counts[mask], inner[mask] + first, ids[mask]
        ends = np.cumsum(number)
        offsets = np.arange(int(ends[-1])) - np.repeat(ends - number, number)
        at = np.repeat(begin, number) + offsets * width
        steps = raw[at].astype(np.int64)
        if width == 3:
            steps += raw[at + 1].astype(np.int64) << 8
        running = np.cumsum(steps)
        before = running[ends - number] - steps[ends - number]
        parts.append(np.repeat((owner << 32) - before, number) + running)
    odd = np.flatnonzero(~(one_byte | two_bytes))
    if len(odd):
        data = raw.tobytes()
        keys = []
        for i in odd.tolist():
            start = int(starts[i])
            size, head = (
                (data[start + 1], 2) if data[start] == _CLOSED else (_LITTLE.unpack_from(data, start + 1)[0], 5)
            )
            keys += [
                (int(ids[i]) << 32) + position for position in _slow_positions(data[start + head : start + head + size])
            ]
        parts.append(np.array(keys, np.int64))
    keys_array = parts[0] if len(parts) == 1 else np.concatenate(parts)
    if len(parts) > 1:
        keys_array.sort()
    return keys_array


def _slow_positions(value: bytes) -> list[int]:
    deltas = safe_loads(value[4:] if value.endswith(b".") else value[4:] + b".")
    positions, position = [], 0
    for delta in deltas:
        position += delta
        positions.append(position)
    return positions
