"""Keeps the search index up with the library in a thread of its own, soon after each change."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError
from kbapp.library import change_log
from kbapp.ui.core.context import Services

_log = logging.getLogger(__name__)
_QUIET = 0.15  # seconds after a change before it is indexed, so that a burst becomes one segment


class IndexFollower(QObject):
    """``lag`` tells how many changes the index has yet to follow; 0 means that it is up to date."""

    lag = Signal(int)
    failed = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._rebuild = False
        self._imports = 0
        self._thread = threading.Thread(target=self._run, name="kbapp-index", daemon=True)

    @classmethod
    def of(cls, services: Services) -> IndexFollower:
        """The one follower of a library, which its windows share."""
        if services.follower is None:
            services.follower = cls(services)
        return services.follower

    def start(self) -> None:
        self._wake.set()
        if not self._thread.is_alive():
            self._thread.start()

    def poke(self) -> None:
        """Something changed."""
        self._wake.set()

    def leave_to_import(self, running: bool) -> None:
        """While imports run, their process keeps the index up; only one that has to be made anew is made here."""
        self._imports += 1 if running else -1
        self._wake.set()

    def rebuild(self) -> None:
        self._rebuild = True
        self._wake.set()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(20)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait()
            self._stop.wait(_QUIET)
            self._wake.clear()
            if self._stop.is_set():
                return
            try:
                if self._rebuild:
                    self._rebuild = False
                    self._services.index.rebuild(self._progress)
                if not self._imports or not self._services.index.is_current():
                    self._services.index.follow(self._progress)
                self.lag.emit(change_log.lag(self._services.library))
            except UserError as error:
                self.failed.emit(str(error))
            except Exception:
                _log.exception("index")
                self._services.index.invalidate()
                self.failed.emit(
                    self.tr("The search index could not be brought up to date; it is made anew at the next start.")
                )

    def _progress(self, done: int, total: int) -> bool:
        self.lag.emit(max(0, total - done))
        return not self._stop.is_set()
