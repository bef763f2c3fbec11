"""Importing from the window: a thread that has one import after another done by the process for it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError
from kbapp.importing import Outcome, SourceFile

if TYPE_CHECKING:
    from kbapp.ui.core.context import Services

_log = logging.getLogger(__name__)


class ImportJob(QObject):
    """Runs one import after another in a thread of its own."""

    began = Signal()
    progressed = Signal(int, int)
    stored = Signal(list)
    finished = Signal(list, str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._cancel = threading.Event()
        self._waiting: list[tuple[list[Path], list[SourceFile]]] = []
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, paths: list[Path], found: list[SourceFile] | None = None) -> None:
        """Imports these; while an import runs they wait their turn."""
        with self._lock:
            self._waiting.append((paths, found or []))
            if not self.running:
                self._cancel.clear()
                self.began.emit()
                self._thread = threading.Thread(target=self._run, name="kbapp-import", daemon=True)
                self._thread.start()

    def cancel(self) -> None:
        self._cancel.set()

    def close(self) -> None:
        """Cancels and waits for what is in hand to be stored."""
        self._cancel.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        outcomes: list[Outcome] = []
        trouble = ""
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    break
                paths, found = self._waiting.pop(0)
            try:
                before = len(outcomes)
                for step in self._services.importer.run(paths, found, self._cancel.is_set):
                    outcomes += step.outcomes
                    done = len(outcomes) - before
                    self.progressed.emit(done, max(step.total, done))
                    self.stored.emit(list(step.outcomes))
            except UserError as error:
                trouble = str(error)
            except Exception:
                _log.exception("import")
                trouble = "The import stopped because of a mistake in kbapp; what happened is in the log."
        self.finished.emit(outcomes, trouble)
