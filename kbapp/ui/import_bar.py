"""Importing seen from the window: a thread that runs it, a bar that tells how far it is, a report at the end."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from kbapp.errors import UserError
from kbapp.importing import Found, Outcome, WorkerPool, count, run_found, unfold
from kbapp.library.store import Library
from kbapp.ui.theme import SPACE

_log = logging.getLogger(__name__)


class ImportJob(QObject):
    """Runs one import after another in a thread of its own."""

    progressed = Signal(int, int)
    stored = Signal(list)
    finished = Signal(list, str)

    def __init__(self, library: Library, pool: WorkerPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._pool = library, pool
        self._cancel = threading.Event()
        self._waiting: list[tuple[list[Path], list[Found]]] = []
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self, paths: list[Path], found: list[Found] | None = None) -> None:
        """Imports these; while an import runs they wait their turn."""
        with self._lock:
            self._waiting.append((paths, found or []))
            if not self.running:
                self._cancel.clear()
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
                total = len(found) + count(paths)
                self.progressed.emit(0, total)
                fresh: list[Outcome] = []
                files = [*found] if not paths else unfold(paths)
                for number, outcome in enumerate(
                    run_found(self._library, files, pool=self._pool, cancelled=self._cancel.is_set), 1
                ):
                    outcomes.append(outcome)
                    fresh.append(outcome)
                    self.progressed.emit(number, max(total, number))
                    if len(fresh) >= 32:
                        self.stored.emit(fresh)
                        fresh = []
                self.stored.emit(fresh)
            except UserError as error:
                trouble = str(error)
            except Exception:
                _log.exception("import")
                trouble = "The import stopped because of a mistake in kbapp; what happened is in the log."
        self.finished.emit(outcomes, trouble)


class ImportBar(QFrame):
    """The bar below the page while an import runs and after it."""

    cancelled = Signal()
    wants_report = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importbar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        self.words = QLabel()
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress of the import"))
        self.progress.setMaximumWidth(320)
        self.stop = QPushButton(self.tr("Cancel"))
        self.report = QPushButton(self.tr("Report"))
        self.hide_button = QPushButton(self.tr("Close"))
        for widget in (self.words, self.progress):
            layout.addWidget(widget)
        layout.addStretch()
        for button in (self.stop, self.report, self.hide_button):
            layout.addWidget(button)
        self.stop.clicked.connect(self.cancelled)
        self.report.clicked.connect(self.wants_report)
        self.hide_button.clicked.connect(self.hide)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        self.words.setText(
            self.tr("Reading {0} of {1}").format(f"{min(done + 1, total):,}", f"{total:,}")
            if total
            else self.tr("Reading…")
        )
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)
        self.progress.show()
        self.stop.show()
        self.report.hide()
        self.hide_button.hide()
        self.show()

    def show_result(self, outcomes: list[Outcome], trouble: str) -> None:
        counts = Counter(outcome.status for outcome in outcomes)
        names = {
            "imported": self.tr("imported"),
            "updated": self.tr("updated"),
            "duplicate": self.tr("already there"),
            "failed": self.tr("not read"),
        }
        words = ", ".join(f"{counts[status]:,} {name}" for status, name in names.items() if counts[status])
        self.words.setText(trouble or words or self.tr("Nothing to import was found."))
        self.progress.hide()
        self.stop.hide()
        self.report.setVisible(bool(outcomes))
        self.hide_button.show()
        self.show()
