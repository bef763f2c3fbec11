"""The library folder: opening it, its database, and what can go wrong in that."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kbapp import paths
from kbapp.errors import Code, LibraryUnavailable, Notice, UserError
from kbapp.library import migrations, originals, restored, wiping
from kbapp.library.backup import copy_before_migration
from kbapp.library.connections import Connection, ConnectionPool
from kbapp.library.encryption import Vault
from kbapp.library.holders import Holder
from kbapp.library.unfinished_work import WIPE, fill_url_keys, is_pending

_BUSY_SECONDS = 30
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(slots=True)
class UnrecordedIndex:
    """How far the index of a read-only library is, which cannot be written into its database."""

    followed: int = 0
    marks: tuple[str, str] | None = None


class Library:
    """One library folder. Each thread has a connection of its own; writing goes through ``transaction``.

    Attributes:
        folder: Where the library lies.
        read_only: Whether it can only be read, as its folder or its disk cannot be written.
        notices: What the user should know of the folder.
        vault: The lock of the notes.
        unrecorded_index: For change_log alone.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the folder, making it with permissions for its owner alone. Raises LibraryUnavailable.

        A folder that is there keeps the permissions that it has. One that cannot be written is opened for reading.
        """
        self.folder = folder.expanduser().absolute()
        self.vault = Vault()
        self.read_only = False
        self.notices: tuple[Notice, ...] = ()
        self.unrecorded_index = UnrecordedIndex()
        self._index_folder: Path | None = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._database = self.folder / "library.db"
        self._pool = ConnectionPool(self._connect)
        self._holder: Holder | None = None
        self._writing = threading.Condition()
        self._writers = 0
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        try:
            self._open_folder()
            self._open_database()
        except FileExistsError as error:
            raise LibraryUnavailable(Code.LIBRARY_IS_A_FILE, folder=self.folder) from error
        except OSError as error:
            raise LibraryUnavailable(Code.LIBRARY_FOLDER_UNUSABLE, folder=self.folder, reason=error.strerror) from error
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def _open_folder(self) -> None:
        with contextlib.suppress(OSError):
            restored.put_in_place(self.folder)
        there = self.folder.exists()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in ("originals", "backups"):
                (self.folder / name).mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            if error.errno not in _READ_ONLY or not self._database.exists():
                raise
            self.read_only = True
        if os.name == "posix" and not self._database.exists():
            if not there:
                self.folder.chmod(0o700)
            elif self.folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                self.notices = (Notice(Code.LIBRARY_OTHERS_CAN_READ, {"folder": str(self.folder)}),)
        if self._database.exists() and not (os.access(self.folder, os.W_OK) and os.access(self._database, os.W_OK)):
            self.read_only = True
        if self.read_only:
            self.notices = (Notice(Code.LIBRARY_OPENED_READ_ONLY, {"folder": str(self.folder)}),)

    def _open_database(self) -> None:
        if not self.read_only:
            self._holder = Holder(self.folder)
        else:
            self._find_readable()
        self._check_schema()
        if self.read_only and self._copy is None and migrations.version_of(self.db) < migrations.newest_version():
            self._use_copy()
        backups = self.folder / "backups"
        keep = None if self.read_only else lambda version: copy_before_migration(self._database, backups, version)
        migrations.migrate(self.db, keep)
        if not self.read_only or self._copy is not None:
            fill_url_keys(self.db)
        if not self.read_only and is_pending(self.db, WIPE):
            wiping.finish(self.db, backups, self.index_folder)

    def _check_schema(self) -> None:
        """Refuses a database with triggers, views or tables that kbapp never made, before anything of it is used or changed."""
        if not self._database.exists():
            return
        with contextlib.closing(self._plain_connection()) as db:
            foreign = migrations.foreign_object(db)
        if foreign is not None:
            raise LibraryUnavailable(Code.LIBRARY_NOT_OURS, file=self._database, what=foreign)

    def _find_readable(self) -> None:
        """A database that is read-only may need files beside it that cannot be made: then a copy is read."""
        log = self._database.with_name("library.db-wal")
        if log.exists() and log.stat().st_size:
            self._use_copy()

    def _use_copy(self) -> None:
        self._pool.close()
        self._pool = ConnectionPool(self._connect)
        self._copy = tempfile.TemporaryDirectory(prefix="kbapp-read-only-")
        for path in self.folder.glob("library.db*"):
            if not path.name.endswith("-shm"):
                shutil.copyfile(path, Path(self._copy.name) / path.name)
        self._database = Path(self._copy.name) / "library.db"

    @property
    def db(self) -> Connection:
        """This thread's connection, given back when the thread ends. Raises LibraryClosed."""
        return self._pool.of_this_thread()

    @contextlib.contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection for a block of code, given back at its end. Raises LibraryClosed."""
        with self._pool.borrowed() as db:
            yield db

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._pool)

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
        if self.read_only:
            raise LibraryUnavailable(Code.LIBRARY_READ_ONLY, file=self.folder / "library.db")
        with self._writing:
            self._writers += 1
        try:
            with self._transaction() as db:
                yield db
        finally:
            with self._writing:
                self._writers -= 1
                self._writing.notify_all()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
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
        """Writes the bytes under their SHA-256 and returns that key; a file that is there already, and whole, is left alone."""
        return self.keep_originals([(data, name)])[0]

    def keep_originals(self, files: Sequence[tuple[bytes, str]]) -> list[str]:
        """The same for many files (bytes and name) at once, which is several times as fast."""
        if self.read_only:
            raise LibraryUnavailable(Code.LIBRARY_READ_ONLY, file=self.folder / "library.db")
        return originals.keep_all(self.folder / "originals", files)

    def original(self, key: str) -> Path:
        """Where the original with this key lies. Raises UserError for a key that leads out of the library."""
        return originals.path(self.folder / "originals", key)

    def has_original(self, key: str) -> bool:
        """Whether the original with this key is there; one that leads out of the library never is."""
        try:
            return self.original(key).is_file()
        except UserError:
            return False

    def close(self) -> None:
        """Closes the connections of all threads once what is being written is; refuses whatever comes after."""
        with self._writing:
            self._writing.wait_for(lambda: self._writers == 0, timeout=5)
        self._pool.close()
        if self._holder is not None:
            self._holder.release()
        if self._copy is not None:
            self._copy.cleanup()

    def _plain_connection(self) -> Connection:
        """A connection that changes nothing by being opened."""
        as_it_is = self.read_only and self._copy is None
        name: str | Path = f"{self._database.as_uri()}?immutable=1" if as_it_is else self._database
        db = sqlite3.connect(
            name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=Connection, uri=as_it_is
        )  # fmt: skip
        db.vault = self.vault
        db.execute("PRAGMA trusted_schema = OFF")  # what a stranger wrote into the schema calls no function
        return db

    def _connect(self) -> Connection:
        new = not self._database.exists()
        try:
            db = self._plain_connection()
            if new and os.name == "posix":
                self._database.chmod(0o600)
            if not self.read_only or self._copy is not None:
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA cache_size = -32000")
        except sqlite3.Error as error:
            raise self._unavailable(error) from error
        db.row_factory = sqlite3.Row
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
