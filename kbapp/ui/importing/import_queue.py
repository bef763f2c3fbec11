"""Importing from the window: a thread that has one import after another done by the process for it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError
from kbapp.i18n import message
from kbapp.importing.results import ImportResult
from kbapp.importing.source_file import SourceFile
from kbapp.ui.core.context import AppContext

_log = logging.getLogger(__name__)


class ImportQueue(QObject):
    """Runs one import after another in a thread of its own."""

    began = Signal()
    progressed = Signal(int, int)
    stored = Signal(list)
    finished = Signal(list, str)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._cancels: list[threading.Event] = []  # of what waits or runs; what comes after a cancellation is imported
        self._waiting: list[tuple[list[Path], list[SourceFile], threading.Event]] = []
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, paths: list[Path], found: list[SourceFile] | None = None) -> None:
        """Imports these; while an import runs they wait their turn."""
        with self._lock:
            self._waiting.append((paths, found or [], cancel := threading.Event()))
            self._cancels.append(cancel)
            if not self.running:
                self.began.emit()
                self._thread = threading.Thread(target=self._run, name="kbapp-import", daemon=True)
                self._thread.start()

    def cancel(self) -> None:
        """Ends what runs and waits now; what is started after this is imported."""
        with self._lock:
            for cancel in self._cancels:
                cancel.set()
            self._cancels.clear()

    def close(self) -> None:
        """Cancels and waits for what is in hand to be stored."""
        self.cancel()
        if (thread := self._thread) is not None:
            thread.join(10)

    def _run(self) -> None:
        outcomes: list[ImportResult] = []
        trouble = ""
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    self._cancels.clear()
                    break
                paths, found, cancel = self._waiting.pop(0)
            try:
                before = len(outcomes)
                for step in self._context.importer.run(paths, found, cancel.is_set):
                    outcomes += step.outcomes
                    done = len(outcomes) - before
                    self.progressed.emit(done, max(step.total, done))
                    self.stored.emit(list(step.outcomes))
            except UserError as error:
                trouble = message(error)
            except Exception:  # noqa: BLE001
                _log.exception("import")
                trouble = message(UserError(Code.IMPORT_BROKE_OFF))
        self.finished.emit(outcomes, trouble)
