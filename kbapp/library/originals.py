"""The files that articles came from, and their pictures: kept as they came, by the SHA-256 of their bytes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import threading
from pathlib import Path, PurePath

from kbapp.errors import Code, LibraryUnavailable, UserError

_KEY = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9]{1,9})?")


def keep(folder: Path, data: bytes, name: str) -> str:
    """Writes bytes into a folder of originals and returns their key; what is there already, and whole, is left alone.

    Args:
        folder: The folder of originals.
        data: The file's bytes.
        name: The file's name, whose suffix becomes part of the key.

    Raises:
        LibraryUnavailable: The file cannot be written.
    """
    suffix = PurePath(name).suffix.lower()
    key = hashlib.sha256(data).hexdigest()
    key += suffix if _KEY.fullmatch(key + suffix) else ""
    target = path(folder, key)
    partial = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        if target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return key
        target.parent.mkdir(exist_ok=True, mode=0o700)
        with open(partial, "wb", opener=_owner_only) as file:  # Path.open takes no opener
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise LibraryUnavailable(Code.ORIGINAL_DISK_FULL, folder=folder.parent) from error
        raise LibraryUnavailable(
            Code.LIBRARY_FOLDER_NOT_WRITTEN, folder=folder.parent, reason=error.strerror
        ) from error
    return key


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
