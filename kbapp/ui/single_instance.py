"""One program for each library: a lock file and the name of a socket, in a folder that only the user can write.

A second start finds the lock taken and hands what it was given over the socket to the first (``handover.py``). Neither lies
in a folder for everybody, where another user of the computer could wait under the same name.
"""

from __future__ import annotations

import binascii
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLockFile

from kbapp import paths

_LONGEST_SOCKET = 100  # bytes of a socket's path that every system takes


class SingleInstance:
    """The lock of a library's program. ``socket`` is the name at which the program that holds it listens."""

    def __init__(self, library: Path, folder: Path | None = None) -> None:
        digest = f"{binascii.crc32(os.fsencode(library)):08x}"
        folder = private_folder() if folder is None else folder
        self.socket = _socket_name(folder, digest)
        self._lock = QLockFile(str(folder / f"{digest}.lock"))
        self._lock.setStaleLockTime(0)  # held as long as its program runs, however long that is

    def acquire(self) -> bool:
        """Whether this is the first program on the library."""
        return self._lock.tryLock(0)

    def release(self) -> None:
        self._lock.unlock()


def private_folder() -> Path:
    """A folder of the user's own for what lives as long as the program: the session's, else one beside the window's state."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    is_safe = bool(session) and _is_private(Path(session))
    folder = Path(session) / paths.APP if is_safe else paths.state_file().parent / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and _is_own(folder):
        folder.chmod(0o700)
    return folder


def _is_private(folder: Path) -> bool:
    """Whether a folder belongs to the user and nobody else may write in it."""
    try:
        return _is_own(folder) and not folder.stat().st_mode & 0o022
    except OSError:
        return False


def _is_own(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _socket_name(folder: Path, digest: str) -> str:
    """The full path of the socket; on Windows the name of a pipe, which other users cannot open."""
    if sys.platform == "win32":
        return f"{paths.APP}-{os.environ.get('USERNAME', '')}-{digest}"
    path = folder / digest
    return str(path) if len(os.fsencode(path)) <= _LONGEST_SOCKET else os.path.relpath(path)
