"""Importing seen in the window: a bar that tells how far it is and what came of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from kbapp.ui.style.schemes import SPACE

if TYPE_CHECKING:
    from kbapp.importing.results import ImportResult


class ImportBar(QFrame):
    """The bar below the page while an import runs and after it."""

    cancelled = Signal()
    report_wanted = Signal()

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
        self.report.clicked.connect(self.report_wanted)
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

    def show_result(self, outcomes: list[ImportResult], trouble: str) -> None:
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
