"""The library folder: its database connections, its originals, and what can go wrong in opening it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath

from kbapp.errors import LibraryUnavailable
from kbapp.library.migrations import migrate
from kbapp.library.notes.encryption import Vault

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
        self.vault = Vault()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if os.name == "posix" and not (self.folder / "library.db").exists():
                self.folder.chmod(0o700)
            for name in ("originals", "backups"):
                (self.folder / name).mkdir(exist_ok=True, mode=0o700)
            migrate(self.db)
        except FileExistsError as error:
            raise LibraryUnavailable(
                f"{self.folder} is a file, not a folder; choose a folder for the library."
            ) from error
        except OSError as error:
            raise LibraryUnavailable(
                f"The library folder {self.folder} cannot be used ({error.strerror}); choose another one with --library."
            ) from error
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
        return self.folder / "index"

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
        import hashlib  # loads a library for cryptography, which who only reads need not wait for

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
            raise LibraryUnavailable(_disk_words(self.folder, error)) from error
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
        words = str(error).lower()
        where = self.folder / "library.db"
        if "readonly" in words or "read-only" in words:
            return LibraryUnavailable(
                f"{where} is read-only; give yourself the right to write it, or choose another library."
            )
        if "full" in words:
            return LibraryUnavailable(
                f"The disk that holds {self.folder} is full; free some space and try again. Nothing was lost."
            )
        if "locked" in words or "busy" in words:
            return LibraryUnavailable(f"Another program is writing to {where}; wait until it is done and try again.")
        if "malformed" in words or "not a database" in words:
            return LibraryUnavailable(
                f"{where} is damaged; restore the newest file from its backups folder with: kbapp restore FILE"
            )
        return LibraryUnavailable(f"{where} cannot be opened or written ({error}).")


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


def _disk_words(folder: Path, error: OSError) -> str:
    if error.errno == 28:
        return f"The disk that holds {folder} is full; free some space and import again. Nothing half-written was kept."
    return f"The library folder {folder} cannot be written ({error.strerror}); give yourself the right to write it."
