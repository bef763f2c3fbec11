"""Work off the event loop: a function runs in a thread, its answer comes back in the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError

_log = logging.getLogger(__name__)


class Background(QObject):
    """A lane of work with one thread: what is asked last matters, so a job that has not begun is dropped for a newer one
    when ``latest`` is set."""

    failed = Signal(str)
    _answer = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None, *, latest: bool = False) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"kbapp-{name}")
        self._latest = latest
        self._newest = 0
        self._closed = False
        self._answer.connect(self._deliver)  # a method of this object, so that it runs in the window's thread

    def ask(
        self, work: Callable[[], Any], then: Callable[[Any], None], on_error: Callable[[str], None] | None = None
    ) -> None:
        """Runs ``work`` in the lane's thread and ``then`` with its answer in the window's thread."""
        if self._closed:
            return
        self._newest += 1
        number = self._newest

        def run() -> None:
            if self._latest and number != self._newest:
                return
            try:
                value = work()
            except UserError as error:
                self._answer.emit(on_error or self.failed.emit, str(error))
                return
            except Exception:
                _log.exception("background work failed")
                self._answer.emit(on_error or self.failed.emit, "Something went wrong; what happened is in the log.")
                return
            if not self._latest or number == self._newest:
                self._answer.emit(then, value)

        self._pool.submit(run)

    def _deliver(self, then: Callable[[Any], None], value: Any) -> None:
        if not self._closed:
            then(value)

    def close(self) -> None:
        """Lets the job in hand end and drops the rest."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
