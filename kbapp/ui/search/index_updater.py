"""Keeps the search index up with the library in a thread of its own, soon after each change."""

from __future__ import annotations

import logging
import threading

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError
from kbapp.library import change_log
from kbapp.ui.core.context import AppContext

_log = logging.getLogger(__name__)
_QUIET = 0.15  # seconds after a change before it is indexed, so that a burst becomes one segment
_IDLE = 60.0  # seconds without a change after which small segments are written together


class IndexUpdater(QObject):
    """One for a library. ``lag_changed`` tells how many changes the index has yet to follow; 0 means that it is up to date.
    ``caught_up`` says that it has just become so."""

    lag_changed = Signal(int)
    caught_up = Signal()
    failed = Signal(UserError)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._rebuild = False
        self._was_behind = True
        self.imports = 0  # imports that run, in all windows
        self._thread = threading.Thread(target=self._run, name="kbapp-index", daemon=True)
        self.lag_changed.connect(self._watch)

    def start(self) -> None:
        self._wake.set()
        if not self._thread.is_alive():
            self._thread.start()

    def schedule(self) -> None:
        """Something changed: the index follows soon."""
        self._was_behind = True
        self._wake.set()

    def import_began(self) -> None:
        """While imports run, their process keeps the index up; here it is only rebuilt when it is missing or stale."""
        self.imports += 1
        self._wake.set()

    def import_ended(self) -> None:
        self.imports -= 1
        self._wake.set()

    def rebuild(self) -> None:
        self._rebuild = True
        self._wake.set()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(20)

    def _watch(self, behind: int) -> None:
        if behind == 0 and self._was_behind:
            self.caught_up.emit()
        self._was_behind = behind > 0

    def _run(self) -> None:
        compact = True
        while not self._stop.is_set():
            changed = self._wake.wait(None if compact else _IDLE)
            if changed:
                self._stop.wait(_QUIET)
                self._wake.clear()
            if self._stop.is_set():
                return
            try:
                if changed:
                    self._update()
                    compact = False
                elif not self.imports:
                    compact = True
                    self._context.search.index.compact()
            except UserError as error:
                self.failed.emit(error)
            except Exception:  # noqa: BLE001
                _log.exception("index")
                self._context.search.index.invalidate()
                self.failed.emit(UserError(Code.INDEX_NOT_UPDATED))

    def _update(self) -> None:
        index = self._context.search.index
        if self._rebuild:
            self._rebuild = False
            index.rebuild(self._progress)
        if not self.imports or not index.is_current():
            index.follow(self._progress)
        self.lag_changed.emit(change_log.lag(self._context.library))

    def _progress(self, done: int, total: int) -> bool:
        self.lag_changed.emit(max(0, total - done))
        return not self._stop.is_set()
