"""Single files of this computer, read so that an odd one (a pipe, a device, one that grows) costs no more than itself."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from kbapp.errors import Code, UnreadableFile
from kbapp.reading.limits import MAX_BYTES
from kbapp.text.media_types import image_media_type

_PAGE_FOLDER = re.compile(r"(?P<page>.+)[_-](?:files|dateien|fichiers|archivos|bestanden|file|filer|pliki|arquivos)")
_MAX_IMAGE, _MAX_IMAGES = 8 << 20, 40 << 20  # bytes of one picture, and of all that come with a page
_MAX_IMAGE_COUNT = 300


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableFile with the reason: missing, forbidden, no regular file, too large, changing."""
    try:
        # A pipe is opened without waiting for its other end; devices are never read.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableFile(Code.NOT_A_REGULAR_FILE)
            if before.st_size > MAX_BYTES:
                raise UnreadableFile(Code.FILE_TOO_LARGE, megabytes=MAX_BYTES >> 20)
            data = file.read(MAX_BYTES + 1)
            if len(data) != before.st_size and os.fstat(file.fileno()).st_mtime_ns != before.st_mtime_ns:
                raise UnreadableFile(Code.FILE_CHANGED)
            if len(data) > MAX_BYTES:
                raise UnreadableFile(Code.FILE_TOO_LARGE, megabytes=MAX_BYTES >> 20)
            return data
    except FileNotFoundError as error:
        raise UnreadableFile(Code.NO_SUCH_FILE) from error
    except PermissionError as error:
        raise UnreadableFile(Code.FILE_FORBIDDEN) from error
    except ValueError as error:  # a null byte in the name
        raise UnreadableFile(Code.NO_SUCH_FILE) from error
    except OSError as error:
        if stat_mode(path) is not None and not stat.S_ISREG(stat_mode(path) or 0):
            raise UnreadableFile(Code.NOT_A_REGULAR_FILE) from error  # a socket cannot even be opened
        raise UnreadableFile(Code.FILE_UNREADABLE, reason=error.strerror or type(error).__name__) from error


def stat_mode(path: Path) -> int | None:
    """The mode of what is at a path, links followed; None where nothing can be said of it."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def is_directory(path: Path) -> bool:
    """Whether a path leads to a folder; False for any name that the system finds too odd to answer for."""
    mode = stat_mode(path)
    return mode is not None and stat.S_ISDIR(mode)


def shown_path(path: str | Path) -> str:
    """A path for reports and the library: bytes of a name that are no UTF-8 are shown as Western letters."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def page_folders(folders: Iterable[str]) -> dict[str, list[str]]:
    """The folders that browsers save beside pages, by the name of the page without its suffix."""
    found: dict[str, list[str]] = {}
    for name in folders:
        if match := _PAGE_FOLDER.fullmatch(name):
            found.setdefault(match["page"], []).append(name)
    return found


def saved_images(parent: Path, folders: Iterable[str]) -> tuple[dict[str, bytes], Mapping[str, UnreadableFile]]:
    """The pictures in the folders that a browser saved with a page, and those that cannot be read, by their paths.

    Large ones and very many are left out.
    """
    found: dict[str, bytes] = {}
    unreadable: dict[str, UnreadableFile] = {}
    total = 0
    for folder in folders:
        try:
            entries = sorted(os.scandir(parent / folder), key=lambda entry: entry.name)[:_MAX_IMAGE_COUNT]
        except OSError:
            unreadable[str(parent / folder)] = UnreadableFile(Code.FOLDER_FORBIDDEN)
            continue
        for entry in entries:
            try:
                if not entry.is_file(follow_symlinks=False) or entry.stat().st_size > _MAX_IMAGE or total > _MAX_IMAGES:
                    continue
                data = read_file(Path(entry.path))
            except UnreadableFile as error:
                unreadable[entry.path] = error
                continue
            except OSError:
                continue
            if image_media_type(data) is not None:
                found[f"{folder}/{entry.name}"] = data
                total += len(data)
    return found, unreadable
