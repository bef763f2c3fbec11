"""7z archives, read as a stream: what 7-Zip makes of texts (LZMA, LZMA2, Deflate, BZip2 or stored; solid or not).

py7zr, the only library for it, is under the LGPL and brings a dozen compiled packages for methods that texts are not packed
by. Format: https://py7zr.readthedocs.io/en/latest/archive_format.html
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_SIGNATURE_HEADER = 32
_MAX_HEADER = 64 << 20
_MAX_ITEMS = 500_000
_MAX_DICTIONARY = 256 << 20
_CHUNK = 1 << 16
_END, _HEADER, _MAIN_STREAMS, _FILES, _PACK, _FOLDERS, _SUBSTREAMS, _SIZE, _CRC = 0, 1, 4, 5, 6, 7, 8, 9, 10
_FOLDER, _UNPACK_SIZES, _STREAM_COUNTS, _EMPTY, _NAMES, _ENCODED = 11, 12, 13, 14, 17, 23
_COPY, _LZMA2, _LZMA, _DEFLATE, _BZIP2 = b"\x00", b"\x21", b"\x03\x01\x01", b"\x04\x01\x08", b"\x04\x02\x02"
_X86, _DELTA = b"\x03\x03\x01\x03", b"\x03"  # filters that 7-Zip puts before a method


class Unsupported(Exception):
    """The archive is packed by a method that is not read here, or locked by a password."""


@dataclass(frozen=True, slots=True)
class SevenZipMember:
    """A file in the archive. ``read`` gives up to so many of its bytes and works only until the next member is asked for."""

    name: str
    size: int
    read: Callable[[int], bytes]


@dataclass(slots=True)
class _Block:
    """Members packed together ("folder" in the format's own words).

    ``coders`` are the methods with their settings, the one that gives the members first; ``main`` is its place in the header.
    """

    coders: list[tuple[bytes, bytes]]
    main: int = 0
    size: int = 0
    members: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Layout:
    """Where the packed streams begin, their sizes, and the block in each."""

    start: int = 0
    packed: list[int] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)


def members(data: bytes, most: int) -> Iterator[SevenZipMember]:
    """The files of an archive in order.

    Args:
        data: The archive.
        most: How many bytes all members may unpack to.

    Raises:
        Unsupported: For a method that is not known.
        ValueError, IndexError, lzma.LZMAError, zlib.error, OSError, EOFError: For a damaged archive.
    """
    header = _header(data)
    layout, names = _read_header(header)
    sizes = [size for block in layout.blocks for size in block.members]
    if sum(sizes) > most or len(names) != len(sizes):
        raise ValueError("sizes do not fit")
    at = _SIGNATURE_HEADER + layout.start
    files = iter(names)
    for block, packed in zip(layout.blocks, layout.packed, strict=True):
        stream = _Unpacked(block, data[at : at + packed])
        at += packed
        for size in block.members:
            left = _Left(stream, size)
            yield SevenZipMember(next(files), size, left.read)
            left.skip()


def _header(data: bytes) -> bytes:
    """The archive's header, unpacked where it is packed itself."""
    offset, size = (int.from_bytes(data[at : at + 8], "little") for at in (12, 20))
    if size > _MAX_HEADER or offset > len(data):
        raise ValueError("the header is not in the file")
    header = data[_SIGNATURE_HEADER + offset : _SIGNATURE_HEADER + offset + size]
    for _ in range(4):
        if header[:1] != bytes([_ENCODED]):
            return header
        layout = _streams(_Reader(header, 1))
        block = layout.blocks[0]
        if block.size > _MAX_HEADER:
            raise ValueError("the header is too large")
        start = _SIGNATURE_HEADER + layout.start
        header = _Unpacked(block, data[start : start + layout.packed[0]]).read(block.size)
    raise ValueError("the header is packed too often")


def _read_header(header: bytes) -> tuple[_Layout, list[str]]:
    """The layout of the packed data and the names of the files that hold any."""
    reader = _Reader(header)
    if reader.byte() != _HEADER:
        raise ValueError("no header")
    layout = _Layout()
    while (kind := reader.byte()) != _END:
        if kind == _MAIN_STREAMS:
            layout = _streams(reader)
        elif kind == _FILES:
            return layout, _file_names(reader)
        else:
            raise Unsupported
    return layout, []


def _file_names(reader: _Reader) -> list[str]:
    total = reader.count()
    names: list[str] = []
    empty = [False] * total
    while (kind := reader.byte()) != _END:
        content = _Reader(reader.take(reader.number()))
        if kind == _EMPTY:
            empty = content.bits(total)
        elif kind == _NAMES and content.byte() == 0:
            names = content.rest().decode("utf-16-le", errors="replace").split("\0")[:total]
    return [name for name, without in zip(names, empty, strict=True) if not without]


def _streams(reader: _Reader) -> _Layout:
    layout = _Layout()
    while (kind := reader.byte()) != _END:
        if kind == _PACK:
            layout.start, count = reader.number(), reader.count()
            while (kind := reader.byte()) != _END:
                if kind == _SIZE:
                    layout.packed = [reader.number() for _ in range(count)]
                else:
                    reader.digests(count)
        elif kind == _FOLDERS:
            layout.blocks = _blocks(reader)
        elif kind == _SUBSTREAMS:
            _members_of_blocks(reader, layout.blocks)
        else:
            raise Unsupported
    for block in layout.blocks:
        block.members = block.members or [block.size]
    return layout


def _blocks(reader: _Reader) -> list[_Block]:
    if reader.byte() != _FOLDER:
        raise ValueError("no blocks")
    count = reader.count()
    if reader.byte() != 0:
        raise Unsupported
    blocks = [_block(reader) for _ in range(count)]
    while (kind := reader.byte()) != _END:
        if kind == _UNPACK_SIZES:
            for block in blocks:
                block.size = [reader.number() for _ in block.coders][block.main]
        else:
            reader.digests(count)
    return blocks


def _block(reader: _Reader) -> _Block:
    """The methods of a block, in a chain; what joins several streams (BCJ2) is not read."""
    count = reader.number()
    if not 1 <= count <= 4:
        raise Unsupported
    coders: list[tuple[bytes, bytes]] = []
    for _ in range(count):
        flags = reader.byte()
        if flags & 0x10:
            raise Unsupported
        method = reader.take(flags & 0x0F)
        coders.append((method, reader.take(reader.number()) if flags & 0x20 else b""))
    source = dict(sorted((reader.number(), reader.number()) for _ in range(count - 1)))  # whose output each one takes
    (main,) = set(range(count)) - set(source.values())
    order = [main]
    while order[-1] in source and len(order) < count:
        order.append(source[order[-1]])
    return _Block([coders[each] for each in order], main)


def _members_of_blocks(reader: _Reader, blocks: list[_Block]) -> None:
    counts = [1] * len(blocks)
    kind = reader.byte()
    if kind == _STREAM_COUNTS:
        counts = [reader.count() for _ in blocks]
        kind = reader.byte()
    for block, count in zip(blocks, counts, strict=True):
        sizes = [reader.number() for _ in range(count - 1)] if kind == _SIZE else []
        block.members = [*sizes, block.size - sum(sizes)] if count else []
        if any(size < 0 for size in block.members):
            raise ValueError("sizes do not fit")
    if kind == _SIZE:
        kind = reader.byte()
    while kind != _END:
        if kind != _CRC:
            raise ValueError("an unknown property")
        reader.digests(sum(counts))
        kind = reader.byte()


class _Reader:
    """Numbers and bits of a header."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data, self._at = data, at

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def take(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise ValueError("cut off")
        self._at += count
        return self._data[self._at - count : self._at]

    def rest(self) -> bytes:
        return self._data[self._at :]

    def number(self) -> int:
        """Up to eight bytes; the leading ones of the first say how many follow."""
        first, mask, value = self.byte(), 0x80, 0
        for position in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << (8 * position)
            value |= self.byte() << (8 * position)
            mask >>= 1
        return value

    def count(self) -> int:
        value = self.number()
        if value > _MAX_ITEMS:
            raise ValueError("too many items")
        return value

    def bits(self, count: int) -> list[bool]:
        packed = self.take((count + 7) // 8)
        return [bool(packed[at >> 3] & 0x80 >> (at & 7)) for at in range(count)]

    def digests(self, count: int) -> None:
        """Passes over checksums: members that do not unpack to their size are noticed anyway."""
        defined = count if self.byte() else sum(self.bits(count))
        self.take(4 * defined)


class _Unpacked:
    """The bytes of a block, unpacked as they are read."""

    def __init__(self, block: _Block, packed: bytes) -> None:
        self._source = io.BytesIO(packed)
        method, settings = block.coders[-1]
        filters = [_filter(*coder) for coder in block.coders[:-1]]
        self._unpacker: Any = None
        if method in (_LZMA, _LZMA2):
            last = _lzma_filter(settings) if method == _LZMA else _lzma2_filter(settings)
            self._unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[*filters, last])
        elif filters:
            raise Unsupported
        elif method == _BZIP2:
            self._unpacker = bz2.BZ2Decompressor()
        elif method == _DEFLATE:
            self._unpacker = zlib.decompressobj(-15)
        elif method != _COPY:
            raise Unsupported

    def read(self, count: int) -> bytes:
        """Exactly so many bytes, or as many as there are."""
        if self._unpacker is None:
            return self._source.read(count)
        pieces: list[bytes] = []
        while count > 0 and (piece := self._some(count)):
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def _some(self, most: int) -> bytes:
        while True:
            if isinstance(self._unpacker, (lzma.LZMADecompressor, bz2.BZ2Decompressor)):
                packed = self._source.read(_CHUNK) if self._unpacker.needs_input else b""
                piece: bytes = b"" if self._unpacker.eof else self._unpacker.decompress(packed, most)
                ended = self._unpacker.eof or (self._unpacker.needs_input and not packed)
            else:
                packed = self._unpacker.unconsumed_tail or self._source.read(_CHUNK)
                piece = self._unpacker.decompress(packed, most)
                ended = not packed
            if piece or ended:
                return piece


@dataclass(slots=True)
class _Left:
    """What is left of one member in a block."""

    stream: _Unpacked
    size: int

    def read(self, most: int) -> bytes:
        piece = self.stream.read(min(most, self.size))
        self.size -= len(piece)
        return piece

    def skip(self) -> None:
        while self.size > 0 and self.read(_CHUNK):
            pass


def _filter(method: bytes, settings: bytes) -> dict[str, int]:
    if method == _X86:
        return {"id": lzma.FILTER_X86}
    if method == _DELTA:
        return {"id": lzma.FILTER_DELTA, "dist": settings[0] + 1}
    raise Unsupported


def _lzma2_filter(settings: bytes) -> dict[str, int]:
    code = settings[0]
    size = 0xFFFFFFFF if code >= 40 else (2 | (code & 1)) << (code // 2 + 11)
    if size > _MAX_DICTIONARY:
        raise Unsupported
    return {"id": lzma.FILTER_LZMA2, "dict_size": size}


def _lzma_filter(settings: bytes) -> dict[str, int]:
    code, dictionary = settings[0], int.from_bytes(settings[1:5], "little")
    if code >= 225 or dictionary > _MAX_DICTIONARY:
        raise Unsupported
    return {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(4096, dictionary),
        "lc": code % 9,
        "lp": code // 9 % 5,
        "pb": code // 45,
    }
