"""The library folder: its database connections, its originals, and what can go wrong in opening it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

from kbapp import paths
from kbapp.errors import Code, LibraryUnavailable
from kbapp.library.backup import copy_before_migration
from kbapp.library.migrations import migrate
from kbapp.library.notes.encryption import Vault
from kbapp.library.unfinished_work import fill_url_keys

_BUSY_SECONDS = 30


class Connection(sqlite3.Connection):
    """A connection that knows the lock of the library's notes."""

    vault: Vault


class Library:
    """One library folder. Each thread has a connection of its own; writing goes through ``transaction``."""

    def __init__(self, folder: Path) -> None:
        """Opens the folder, making it with permissions for its owner alone. Raises LibraryUnavailable."""
        self.folder = folder.expanduser().absolute()
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._lock = threading.Lock()
        self._index_folder: Path | None = None
        self.vault = Vault()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.name == "posix" and not (self.folder / "library.db").exists():
                self.folder.chmod(0o700)
            for name in ("originals", "backups"):
                (self.folder / name).mkdir(exist_ok=True, mode=0o700)
            backups = self.folder / "backups"
            migrate(self.db, lambda version: copy_before_migration(self.folder / "library.db", backups, version))
            fill_url_keys(self.db)
        except FileExistsError as error:
            raise LibraryUnavailable(Code.LIBRARY_IS_A_FILE, folder=self.folder) from error
        except OSError as error:
            raise LibraryUnavailable(Code.LIBRARY_FOLDER_UNUSABLE, folder=self.folder, reason=error.strerror) from error
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    @property
    def db(self) -> Connection:
        """This thread's connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    @property
    def index_folder(self) -> Path:
        """Where this library's search index lies: in the platform's cache, under the library's id and where it is now.

        Copies of a library have the same id; each has an index of its own.
        """
        if self._index_folder is None:
            row = self.db.execute("SELECT value FROM library_identity").fetchone()
            place = hashlib.sha256(f"{row[0] if row else ''}\n{self.folder}".encode("utf-8", "replace")).hexdigest()
            self._index_folder = paths.index_cache() / place[:32]
        return self._index_folder

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write that is on disk when the block ends, or has not happened. Raises LibraryUnavailable."""
        db = self.db
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._unavailable(error) from error
        try:
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back(db)
            raise self._unavailable(error) from error
        except BaseException:
            self._roll_back(db)
            raise

    def keep_original(self, data: bytes, name: str) -> str:
        """Writes the bytes under their SHA-256 and returns that key; a file that is there already is left alone."""
        digest = hashlib.sha256(data).hexdigest()
        suffix = PurePath(name).suffix.lower()
        key = digest + (suffix if len(suffix) <= 10 and suffix[1:].isalnum() else "")
        path = self.original(key)
        if path.exists():
            return key
        try:
            path.parent.mkdir(exist_ok=True, mode=0o700)
            partial = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
            with open(partial, "wb", opener=_owner_only) as file:  # Path.open takes no opener
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            with contextlib.suppress(OSError, UnboundLocalError):
                partial.unlink(missing_ok=True)
            raise _not_written(self.folder, error) from error
        return key

    def original(self, key: str) -> Path:
        """Where the original with this key lies."""
        return self.folder / "originals" / key[:2] / key

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _connect(self) -> Connection:
        path = self.folder / "library.db"
        new = not path.exists()
        try:
            db = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=Connection
            )
            db.vault = self.vault
            if new and os.name == "posix":
                path.chmod(0o600)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cache_size = -32000")
        except sqlite3.Error as error:
            raise self._unavailable(error) from error
        db.row_factory = sqlite3.Row
        with self._lock:
            self._connections.append(db)
        return db

    @staticmethod
    def _roll_back(db: sqlite3.Connection) -> None:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")

    def _unavailable(self, error: sqlite3.Error) -> LibraryUnavailable:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary result code
        where = self.folder / "library.db"
        if code == sqlite3.SQLITE_READONLY:
            return LibraryUnavailable(Code.LIBRARY_READ_ONLY, file=where)
        if code == sqlite3.SQLITE_FULL:
            return LibraryUnavailable(Code.DISK_FULL, folder=self.folder)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LibraryUnavailable(Code.LIBRARY_BUSY, file=where)
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return LibraryUnavailable(Code.LIBRARY_DAMAGED, file=where)
        return LibraryUnavailable(Code.LIBRARY_FAILED, file=where, reason=error)


def now() -> str:
    """The time as ISO 8601 in UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(folder: Path, error: OSError) -> LibraryUnavailable:
    if error.errno == errno.ENOSPC:
        return LibraryUnavailable(Code.ORIGINAL_DISK_FULL, folder=folder)
    return LibraryUnavailable(Code.LIBRARY_FOLDER_NOT_WRITTEN, folder=folder, reason=error.strerror)
