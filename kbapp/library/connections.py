"""Connections to a library's database: lent to a thread for as long as it lives, or to a block, and given back."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator

from kbapp.errors import Code, LibraryUnavailable
from kbapp.library.encryption import Vault

_IDLE = 4  # connections that are kept for the next to ask; each has a cache


class Connection(sqlite3.Connection):
    """A connection that knows the lock of the library's notes."""

    vault: Vault


class LibraryClosed(LibraryUnavailable):
    """Something was asked of a library that has been closed."""

    def __init__(self) -> None:
        super().__init__(Code.LIBRARY_CLOSED)

    def __reduce__(self) -> tuple[object, ...]:
        return LibraryClosed, ()


class ConnectionPool:
    """The open connections of one library in one process."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """Opens connections with ``connect`` when none is idle."""
        self._connect = connect
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._lent: set[Connection] = set()
        self._local = threading.local()
        self._closed = False

    def of_this_thread(self) -> Connection:
        """This thread's connection, which is given back when the thread ends. Raises LibraryClosed."""
        loan: _Loan | None = getattr(self._local, "loan", None)
        if loan is None or self._closed:
            loan = _Loan(self)
            self._local.loan = loan
        return loan.connection

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[Connection]:
        """A connection for a block of code. Raises LibraryClosed."""
        connection = self.take()
        try:
            yield connection
        finally:
            self.give_back(connection)

    def take(self) -> Connection:
        """An idle connection, or a new one; it must be given back. Raises LibraryClosed."""
        with self._lock:
            if self._closed:
                raise LibraryClosed
            if self._idle:
                connection = self._idle.pop()
                self._lent.add(connection)
                return connection
        connection = self._connect()
        with self._lock:
            if self._closed:
                connection.close()
                raise LibraryClosed
            self._lent.add(connection)
        return connection

    def give_back(self, connection: Connection) -> None:
        """Takes back what was lent; a transaction that was left open is rolled back."""
        with contextlib.suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        with self._lock:
            self._lent.discard(connection)
            if not self._closed and len(self._idle) < _IDLE:
                self._idle.append(connection)
                return
        with contextlib.suppress(sqlite3.Error):
            connection.close()

    def close(self) -> None:
        """Closes all connections, those in use too, and refuses whatever comes after."""
        with self._lock:
            self._closed = True
            connections = [*self._idle, *self._lent]
            self._idle.clear()
            self._lent.clear()
        for connection in connections:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def __len__(self) -> int:
        """How many connections are open."""
        with self._lock:
            return len(self._idle) + len(self._lent)


class _Loan:
    """A connection in the keeping of a thread: Python drops what is local to a thread when it ends."""

    def __init__(self, pool: ConnectionPool) -> None:
        self.connection = pool.take()
        self._pool = pool

    def __del__(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None:
            self._pool.give_back(connection)
