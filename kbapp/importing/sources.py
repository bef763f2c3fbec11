"""What the user dropped or named, unfolded into single files: folders, archives, saved pages with their folders."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kbapp.errors import Code, UnreadableFile, UserError
from kbapp.importing import omnivore
from kbapp.importing.reference_attachments import attached, attached_files, is_list
from kbapp.reading import MAX_BYTES

MOST_MEMBERS = 50_000
MOST_UNPACKED = 4 << 30
_DEEPEST_ARCHIVE = 2
_RATIO = 1000  # a member that unpacks to more than this many times its size is a bomb
_NEVER_ARTICLES = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .css .js .mjs .map .woff .woff2 .ttf .otf .eot .mp3 .mp4 .m4a .ogg .wav .webm "
    ".avi .mov .exe .dll .so .o .pyc .class .jar .iso .dmg .db .sqlite .lock .tmp .part .crdownload .ds_store .ini .log .bak".split()
)
_PAGE_FOLDER = r"(?:files|dateien|fichiers|archivos|bestanden|file)"
_PICTURE, _PICTURES = 8 << 20, 40 << 20  # bytes of one, and of all that come with a page
_DOCUMENT_ZIPS = (b"mimetype", b"[Content_Types].xml", b"word/")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read: how it is called in reports, and its bytes or why they cannot be had.

    ``explicit`` is true for what the user named himself; files met in a folder that are no articles are passed over quietly.
    ``url`` is where a fetched page came from, whatever address it gives itself, ``companions``
    what lies companions it: pictures in the folder that was saved with a page, texts attached to references, by their names.
    """

    path: str
    name: str
    data: bytes = b""
    error: UserError | None = None
    explicit: bool = True
    url: str | None = None
    companions: dict[str, bytes] = field(default_factory=dict)


def expand_sources(paths: Iterable[str | Path]) -> Iterator[SourceFile]:
    """The files in these paths; a folder gives all files below it, an archive its members. Never raises."""
    for each in paths:
        path = Path(each)
        if path.is_dir():
            yield from _folder(path)
        else:
            yield from _file(path, explicit=True)


def count(paths: Iterable[str | Path]) -> int:
    """About how many files there are to read, for the progress bar; folders are counted, archives not opened."""
    total = 0
    for each in paths:
        path = Path(each)
        if path.is_dir():
            total += sum(len([name for name in names if _is_candidate(name)]) for _, _, names in os.walk(path))
        else:
            total += 1
    return total


def _folder(folder: Path) -> Iterator[SourceFile]:
    empty = True
    attachments: set[Path] = set()
    for root, folders, names in os.walk(folder, onerror=None, followlinks=False):
        pages = {Path(name).stem for name in names if name.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(
            name for name in folders
            if not name.startswith(".") and not (re.search(rf"[_-]{_PAGE_FOLDER}$", name) and re.sub(r"[_-]\w+$", "", name) in pages)
        )  # fmt: skip
        known = _omnivore_items(Path(root).parent) if Path(root).name == "content" else {}
        attachments |= attached_files(root, names)
        for name in sorted(names):
            path = Path(root) / name
            if (
                _is_candidate(name)
                and path.is_file()
                and not omnivore.is_metadata(name)
                and path.resolve() not in attachments
            ):
                empty = False
                yield from _file(path, explicit=False, known=known)
    if empty:
        readable = os.access(folder, os.R_OK | os.X_OK)
        code = Code.FOLDER_WITHOUT_ARTICLES if readable else Code.FOLDER_FORBIDDEN
        yield SourceFile(str(folder), folder.name, error=UserError(code))


def _is_candidate(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() not in _NEVER_ARTICLES


def _omnivore_items(folder: Path) -> omnivore.Items:
    try:
        return omnivore.items({each.name: _read(each) for each in folder.iterdir() if omnivore.is_metadata(each.name)})
    except (OSError, UserError):
        return {}


def _file(path: Path, explicit: bool, known: omnivore.Items | None = None) -> Iterator[SourceFile]:
    try:
        data = _read(path)
    except UserError as error:
        yield SourceFile(str(path), path.name, error=error, explicit=explicit)
        return
    if data[:4] == b"PK\x03\x04" and not any(mark in data[:200] for mark in _DOCUMENT_ZIPS):
        yield from _archive(str(path), data, 1)
    else:
        companions = _saved_with(path) if path.suffix.lower() in (".html", ".htm", ".xhtml") else {}
        if is_list(path.name):
            companions = attached(path, data)
        if known:
            data = omnivore.with_head(f"content/{path.name}", data, known)
        yield SourceFile(str(path), path.name, data, explicit=explicit, companions=companions)


def _saved_with(page: Path) -> dict[str, bytes]:
    """The pictures in the folder that a browser saved with a page; large or many ones are left out."""
    found: dict[str, bytes] = {}
    for folder in page.parent.glob(f"{_glob_safe(page.stem)}[_-]*"):
        if not (folder.is_dir() and re.fullmatch(_PAGE_FOLDER, folder.name[len(page.stem) + 1 :])):
            continue
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)[:300]:
            if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= _PICTURE and sum(map(len, found.values())) < _PICTURES:  # fmt: skip
                data = Path(entry.path).read_bytes()
                if data[:4] in (b"\x89PNG", b"GIF8", b"RIFF") or data.startswith(b"\xff\xd8\xff"):
                    found[f"{folder.name}/{entry.name}"] = data
    return found


def _glob_safe(name: str) -> str:
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > MAX_BYTES:
                raise UnreadableFile(Code.FILE_TOO_LARGE, megabytes=MAX_BYTES >> 20)
            data = file.read(MAX_BYTES + 1)
            if len(data) != before.st_size and os.fstat(file.fileno()).st_mtime_ns != before.st_mtime_ns:
                raise UnreadableFile(Code.FILE_CHANGED)
            return data
    except FileNotFoundError as error:
        raise UnreadableFile(Code.NO_SUCH_FILE) from error
    except PermissionError as error:
        raise UnreadableFile(Code.FILE_FORBIDDEN) from error
    except OSError as error:
        raise UnreadableFile(Code.FILE_UNREADABLE, reason=error.strerror) from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A small member's bytes; none when it is damaged or large."""
    if member.file_size > 50 << 20 or member.file_size > max(1 << 20, member.compress_size * _RATIO):
        return b""
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return b""


def _archive(path: str, data: bytes, depth: int) -> Iterator[SourceFile]:
    """The members of a zip archive, read one at a time within bounds; names are only names, nothing is unpacked to disk."""
    name = PurePosixPath(path).name
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        yield SourceFile(path, name, error=UserError(Code.ARCHIVE_DAMAGED))
        return
    if len(members) > MOST_MEMBERS:
        yield SourceFile(path, name, error=UserError(Code.ARCHIVE_TOO_MANY_FILES, count=f"{MOST_MEMBERS:,}"))
        return
    unpacked = 0
    empty = True
    known = omnivore.items(
        {each.filename: _member(archive, each) for each in members if omnivore.is_metadata(each.filename)}
    )
    for member in members:
        base = PurePosixPath(member.filename.replace("\\", "/")).name
        if not base or not _is_candidate(base) or "__MACOSX" in member.filename or omnivore.is_metadata(base):
            continue
        empty = False
        where = f"{path}/{member.filename}"
        unpacked += member.file_size
        if (
            unpacked > MOST_UNPACKED
            or member.file_size > MAX_BYTES
            or member.file_size > max(1 << 20, member.compress_size * _RATIO)
        ):
            yield SourceFile(where, base, error=UserError(Code.MEMBER_TOO_LARGE))
            if unpacked > MOST_UNPACKED:
                return
            continue
        try:
            with archive.open(member) as opened:
                inner = opened.read(min(member.file_size, MAX_BYTES) + 1)
            if len(inner) > member.file_size:
                raise zipfile.BadZipFile
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
            code = Code.MEMBER_PASSWORD if member.flag_bits & 1 else Code.MEMBER_DAMAGED
            yield SourceFile(where, base, error=UserError(code))
            continue
        if inner[:4] == b"PK\x03\x04" and not any(mark in inner[:200] for mark in _DOCUMENT_ZIPS):
            if depth >= _DEEPEST_ARCHIVE:
                yield SourceFile(where, base, error=UserError(Code.ARCHIVE_TOO_DEEP))
            else:
                yield from _archive(where, inner, depth + 1)
        else:
            yield SourceFile(where, base, omnivore.with_head(member.filename, inner, known), explicit=False)
    if empty:
        yield SourceFile(path, name, error=UserError(Code.ARCHIVE_WITHOUT_ARTICLES))
