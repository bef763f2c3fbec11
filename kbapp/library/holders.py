"""Who has a library open: every process holds a shared lock, so that a restore can tell whether it is alone.

The lock is that of a small SQLite database beside the library's own, as SQLite's locks work on all systems and end with the
process that held them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

_NAME = "open.lock"


class Holder:
    """One process's share in a library."""

    def __init__(self, folder: Path) -> None:
        """Holds the library of this folder until ``release``. A folder that cannot be written is held by nobody."""
        self._lock: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error, OSError):
            self._lock = _connect(folder, 5.0)
            self._lock.execute("BEGIN")
            self._lock.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the shared lock

    def release(self) -> None:
        """Lets go of the library."""
        if self._lock is not None:
            with contextlib.suppress(sqlite3.Error):
                self._lock.close()
            self._lock = None


def is_held(folder: Path) -> bool:
    """Whether a process, this one too, has the library of this folder open."""
    if not (folder / _NAME).exists():
        return False
    lock = _connect(folder, 0.0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        lock.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    except sqlite3.Error:
        return False
    finally:
        lock.close()
    return False


def _connect(folder: Path, timeout: float) -> sqlite3.Connection:
    path = folder / _NAME
    new = not path.exists()
    lock = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    if new:
        lock.execute("CREATE TABLE IF NOT EXISTS holders (id INTEGER PRIMARY KEY)")
        path.chmod(0o600)
    return lock
