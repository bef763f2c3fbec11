"""Sizes and checksums of a segment's files, written beside them: what was cut off is noticed at once, what decayed by a check."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

EXTENSION = ".sum"
_CHUNK = 1 << 20


def write(segment: str, paths: Iterable[Path]) -> Path:
    """Writes the sizes and checksums of a segment's files, and returns the file that holds them."""
    paths = list(paths)
    found = {path.name: [path.stat().st_size, _checksum(path)] for path in paths}
    target = paths[0].parent / (segment + EXTENSION)
    target.write_text(json.dumps(found), "ascii")
    return target


def same_sizes(folder: Path, segment: str) -> bool:
    """Whether the segment's files are there with the sizes they were written with."""
    try:
        return all((folder / name).stat().st_size == size for name, (size, _) in _read(folder, segment).items())
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def changed(folder: Path, segment: str) -> list[str]:
    """The segment's files that are missing or hold other bytes than were written."""
    try:
        written = _read(folder, segment)
    except (OSError, ValueError):
        return [segment + EXTENSION]
    return [name for name, (_, checksum) in written.items() if _checksum(folder / name) != checksum]


def _read(folder: Path, segment: str) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = json.loads((folder / (segment + EXTENSION)).read_text("ascii"))
    if any("/" in name or "\\" in name for name in found):
        raise ValueError("not a list of file names")
    return found


def _checksum(path: Path) -> int:
    value = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                value = zlib.crc32(chunk, value)
    except OSError:
        return -1
    return value
