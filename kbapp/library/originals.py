"""The files that articles came from, and their pictures: kept as they came, by the SHA-256 of their bytes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath

from kbapp.errors import Code, LibraryUnavailable, UserError

_SYNCS = 8  # files that are synced at a time
_KEY = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9]{1,9})?")


def keep(folder: Path, data: bytes, name: str) -> str:
    """Writes one file as ``keep_all`` does and returns its key."""
    return keep_all(folder, [(data, name)])[0]


def keep_all(folder: Path, files: Sequence[tuple[bytes, str]]) -> list[str]:
    """Writes files into a folder of originals and returns their keys; what is there already, and whole, is left alone.

    All of them are on disk, with their names, when this returns. They are synced side by side, which lets the file
    system put many into one write of its journal, and each folder once.

    Args:
        folder: The folder of originals.
        files: The bytes and the name of each file, whose suffix becomes part of the key.

    Raises:
        LibraryUnavailable: A file cannot be written.
    """
    keys = [_key(data, name) for data, name in files]
    partials: dict[Path, Path] = {}
    try:
        for key, (data, _) in dict(zip(keys, files, strict=True)).items():
            target = path(folder, key)
            if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
                continue
            partials[target] = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
            target.parent.mkdir(exist_ok=True, mode=0o700)
            with open(partials[target], "wb", opener=_owner_only) as file:  # Path.open takes no opener
                file.write(data)
        _side_by_side(_sync_file, partials.values())
        for target, partial in partials.items():
            partial.replace(target)
        parents = {target.parent for target in partials}
        _side_by_side(sync_folder, parents | {folder} if parents else ())
    except OSError as error:
        for partial in partials.values():
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise LibraryUnavailable(Code.ORIGINAL_DISK_FULL, folder=folder.parent) from error
        raise LibraryUnavailable(
            Code.LIBRARY_FOLDER_NOT_WRITTEN, folder=folder.parent, reason=error.strerror
        ) from error
    return keys


def _key(data: bytes, name: str) -> str:
    key = hashlib.sha256(data).hexdigest()
    suffix = PurePath(name).suffix.lower()
    return key + suffix if _KEY.fullmatch(key + suffix) else key


def _side_by_side(sync: Callable[[Path], None], paths: Collection[Path]) -> None:
    """Calls ``sync`` for all paths, several at a time where there are several. Raises OSError of the first that fails."""
    if len(paths) < 2:
        for each in paths:
            sync(each)
        return
    with ThreadPoolExecutor(_SYNCS, "kbapp-sync") as threads:
        for _ in threads.map(sync, paths):
            pass


def _sync_file(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def path(folder: Path, key: str) -> Path:
    """Where the original with this key lies, whether it is there or not.

    A database may come from a stranger: a key that leads anywhere else, by its letters or by a link in the folder, is
    refused. Raises UserError.
    """
    target = folder / key[:2] / key
    if not _KEY.fullmatch(key) or target.parent.is_symlink() or target.is_symlink():
        raise UserError(Code.ORIGINAL_NOT_OURS, key=key[:80])
    return target


def sync_folder(folder: Path) -> None:
    """Makes sure that names in a folder are on disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _owner_only(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
