"""Archives (ZIP, TAR, 7z and what gzip, bzip2 and xz compressed), read member by member within bounds.

Nothing is unpacked to disk: the names of members are only names, and no member can unpack to more than its share. RAR has no
reader under a free licence.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from kbapp.errors import Code, UserError
from kbapp.importing import sevenzip
from kbapp.reading.limits import MAX_BYTES
from kbapp.reading.sniffing import is_warc
from kbapp.text.media_types import archive_kind

MAX_MEMBERS = 50_000
MAX_UNPACKED = 4 << 30  # bytes of all members together
_MAX_DEPTH = 2
_MAX_RATIO = 1000  # a member that unpacks to more than this many times its size is a bomb
_ALWAYS_UNPACKED = 1 << 20
_DOCUMENTS = (
    b"mimetype",
    b"[Content_Types].xml",
    b"word/",
)  # first members of documents that are zip archives themselves
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, OSError, ValueError, NotImplementedError,
           RuntimeError, EOFError, IndexError, KeyError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: how it is called in reports, its own name, its bytes or why they cannot be had."""

    path: str
    name: str
    data: bytes = b""
    error: UserError | None = None


class _TooMuch(Exception):
    """An archive unpacks to more than the bound."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member before its bytes are wanted; ``locked`` by a password."""

    name: str
    size: int
    packed: int
    locked: bool
    read: Callable[[int], bytes]


def is_archive(data: bytes) -> bool:
    """Whether bytes are an archive to look into; documents and web archives, which are packed too, are not."""
    kind = archive_kind(data)
    if kind == "zip":
        return not any(mark in data[:200] for mark in _DOCUMENTS)
    return kind is not None and not is_warc(data)


def expand_archive(path: str, data: bytes, is_candidate: Callable[[str], bool], depth: int = 1) -> Iterator[Member]:
    """The files in an archive that may hold articles, archives within it expanded too. Never raises."""
    name = PurePosixPath(path).name
    kind = archive_kind(data)
    found = False
    try:
        for member in _members(path, data, kind or "", is_candidate):
            found = True
            if member.error is None and is_archive(member.data):
                if depth >= _MAX_DEPTH:
                    yield Member(member.path, member.name, error=UserError(Code.ARCHIVE_TOO_DEEP))
                else:
                    yield from expand_archive(member.path, member.data, is_candidate, depth + 1)
            else:
                yield member
    except _TooMuch:
        yield Member(path, name, error=UserError(Code.MEMBER_TOO_LARGE))
        return
    except sevenzip.Unsupported:
        yield Member(path, name, error=UserError(Code.ARCHIVE_METHOD_UNKNOWN))
        return
    except _DAMAGE:
        yield Member(path, name, error=UserError(Code.ARCHIVE_DAMAGED))
        return
    if not found:
        yield Member(path, name, error=UserError(Code.ARCHIVE_WITHOUT_ARTICLES))


def _members(path: str, data: bytes, kind: str, is_candidate: Callable[[str], bool]) -> Iterator[Member]:
    """The candidates in one archive. Raises what its format raises where it is damaged."""
    if kind == "zip":
        entries = _zip_entries(data)
    elif kind == "7z":
        entries = _seven_zip_entries(data)
    elif kind == "tar":
        entries = _tar_entries(io.BytesIO(data))
    else:
        unpacked = _decompressor(kind, data)
        if archive_kind(unpacked.peek(512)) == "tar":
            entries = _tar_entries(unpacked)
        else:
            yield _single(path, unpacked)
            return
    yield from _read_entries(path, entries, is_candidate)


def _read_entries(path: str, entries: Iterator[_Entry], is_candidate: Callable[[str], bool]) -> Iterator[Member]:
    total = 0
    for number, entry in enumerate(entries):
        if number >= MAX_MEMBERS:
            name = PurePosixPath(path).name
            yield Member(path, name, error=UserError(Code.ARCHIVE_TOO_MANY_FILES, count=f"{MAX_MEMBERS:,}"))
            return
        base = PurePosixPath(entry.name.replace("\\", "/")).name
        where = f"{path}/{entry.name}"
        if not base or "__MACOSX" in entry.name or not is_candidate(base):
            continue
        total += entry.size
        if total > MAX_UNPACKED:
            raise _TooMuch
        if entry.size > min(MAX_BYTES, max(_ALWAYS_UNPACKED, entry.packed * _MAX_RATIO)):
            yield Member(where, base, error=UserError(Code.MEMBER_TOO_LARGE))
            continue
        try:
            data = entry.read(entry.size + 1)
            if len(data) != entry.size:
                raise zipfile.BadZipFile
        except _DAMAGE:
            code = Code.MEMBER_PASSWORD if entry.locked else Code.MEMBER_DAMAGED
            yield Member(where, base, error=UserError(code))
            continue
        yield Member(where, base, data)


def _zip_entries(data: bytes) -> Iterator[_Entry]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    for member in archive.infolist():
        if member.is_dir():
            continue

        def read(most: int, member: zipfile.ZipInfo = member) -> bytes:
            with archive.open(member) as opened:
                return opened.read(most)

        yield _Entry(_zip_name(member), member.file_size, member.compress_size, bool(member.flag_bits & 1), read)


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The member's name; old archives of Windows keep it in the encoding of their country and do not say so."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    raw = member.filename.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return member.filename


def _tar_entries(file: IO[bytes]) -> Iterator[_Entry]:
    # Read as a stream, each member when it comes: going back would mean unpacking everything again.
    with tarfile.open(fileobj=file, mode="r|", errors="replace", encoding="utf-8") as archive:
        for member in archive:
            if not member.isreg():
                continue
            opened = archive.extractfile(member)
            if opened is not None:
                yield _Entry(member.name, member.size, member.size, False, opened.read)


def _seven_zip_entries(data: bytes) -> Iterator[_Entry]:
    for member in sevenzip.members(data, MAX_UNPACKED):
        yield _Entry(member.name, member.size, member.size, False, member.read)


class _Bounded(io.BufferedReader):
    """Unpacks as it is read, up to the bound on all members together."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__(_Counted(raw), 1 << 16)


class _Counted(io.RawIOBase):
    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._left = source, MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise _TooMuch
        buffer[: len(data)] = data
        return len(data)


def _decompressor(kind: str, data: bytes) -> _Bounded:
    opened: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
        "gzip": lambda file: gzip.GzipFile(fileobj=file),  # type: ignore[dict-item,return-value]
        "bzip2": bz2.BZ2File,
        "xz": lzma.LZMAFile,
    }
    return _Bounded(opened[kind](io.BytesIO(data)))


def _single(path: str, file: _Bounded) -> Member:
    """The one file that was compressed without an archive ("page.html.gz")."""
    name = re.sub(r"\.(?:gz|bz2|xz)$", "", PurePosixPath(path).name, flags=re.I)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Member(path, name, error=UserError(Code.MEMBER_TOO_LARGE))
    return Member(path, name, data)
