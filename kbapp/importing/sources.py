"""What the user dropped or named, expanded into single files: folders, archives, saved pages with their folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kbapp.errors import Code, UserError
from kbapp.importing import archives
from kbapp.importing.export_bundles import gathered
from kbapp.importing.export_manifest import MANIFEST, UNFINISHED
from kbapp.importing.local_files import is_directory, page_folders, read_file, saved_images, shown_path
from kbapp.importing.reference_attachments import attached, attached_files, is_list
from kbapp.importing.source_file import SourceFile

_NEVER_ARTICLES = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .css .js .mjs .map .woff .woff2 .ttf .otf .eot .mp3 .mp4 .m4a .ogg .wav .webm "
    ".avi .mov .exe .dll .so .o .pyc .class .jar .iso .dmg .db .sqlite .lock .tmp .part .crdownload .ds_store .ini .log .bak".split()
)
_PAGES = (".html", ".htm", ".xhtml")


def expand_sources(paths: Iterable[str | Path]) -> Iterator[SourceFile]:
    """The files in these paths; a folder gives all files below it, an archive its members. Never raises."""
    for each in paths:
        if not str(each):
            yield SourceFile("", "", error=UserError(Code.EMPTY_PATH))
            continue
        path = Path(each)
        if is_directory(path):
            yield from gathered(_folder(path))
        else:
            beside = page_folders(_folders_beside(path)) if path.suffix.lower() in _PAGES else {}
            yield from gathered(_file(path, explicit=True, folders=beside.get(path.stem, ())))


def count(paths: Iterable[str | Path]) -> int:
    """About how many files there are to read, for the progress bar; folders are counted, archives not opened."""
    total = 0
    for each in paths:
        path = Path(each)
        if str(each) and is_directory(path):
            total += sum(len([name for name in names if is_candidate(name)]) for _, _, names in os.walk(path))
        else:
            total += 1
    return total


def is_candidate(name: str) -> bool:
    """Whether a file of this name may hold an article; those of programs, pictures and sounds never do."""
    return not name.startswith(".") and Path(name).suffix.lower() not in _NEVER_ARTICLES


def _folder(folder: Path) -> Iterator[SourceFile]:
    empty = True
    forbidden: list[str] = []
    attachments: set[Path] = set()
    for root, folders, names in os.walk(
        folder, onerror=lambda error: forbidden.append(str(error.filename)), followlinks=False
    ):
        if MANIFEST in names or UNFINISHED in names:  # an export of kbapp, whose other pages tell of its articles
            folders[:], names = [name for name in folders if name == "articles"], []
        pages = {Path(name).stem for name in names if name.lower().endswith(_PAGES)}
        saved = {page: beside for page, beside in page_folders(folders).items() if page in pages}
        belonging = {name for beside in saved.values() for name in beside}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in belonging)
        attachments |= attached_files(root, names)
        for name in sorted(names):
            path = Path(root) / name
            if not is_candidate(name):
                continue
            if attachments and path.resolve() in attachments:
                continue
            if path.is_symlink() and not _stays_below(path, folder):
                continue
            empty = False
            yield from _file(path, explicit=False, folders=saved.get(path.stem, ()))
    for each in forbidden:
        empty = False
        yield SourceFile(shown_path(each), Path(each).name, error=UserError(Code.FOLDER_FORBIDDEN))
    if empty:
        yield SourceFile(shown_path(folder), folder.name, error=UserError(Code.FOLDER_WITHOUT_ARTICLES))


def _stays_below(link: Path, folder: Path) -> bool:
    """Whether a link leads to a file below the folder that is imported; nothing else was meant to be."""
    try:
        return link.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _folders_beside(path: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(path.parent) if entry.is_dir() and entry.name.startswith(path.stem)]
    except OSError:
        return []


def _file(path: Path, explicit: bool, folders: Iterable[str] = ()) -> Iterator[SourceFile]:
    shown = shown_path(path)
    name = Path(shown).name
    try:
        data = read_file(path)
    except UserError as error:
        yield SourceFile(shown, name, error=error, explicit=explicit)
        return
    if archives.is_archive(data):
        yield from _members(shown, data)
        return
    companions, unreadable = saved_images(path.parent, folders)
    if is_list(path.name):
        companions = attached(path, data)
    yield SourceFile(shown, name, data, explicit=explicit, companions=companions)
    for each, reason in unreadable.items():
        yield SourceFile(shown_path(each), Path(each).name, error=reason, explicit=False)


def _members(path: str, data: bytes) -> Iterator[SourceFile]:
    """The files in an archive, told of as files in a folder of its name."""
    for member in archives.expand_archive(path, data, is_candidate):
        yield SourceFile(
            member.path,
            member.name,
            member.data,
            error=member.error,
            explicit=member.error is not None or member.path == path,
        )
