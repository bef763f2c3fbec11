"""Keeps the notes of an article beside their passages as the page scrolls or changes its size."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from kbapp.ui.notes.notes_panel import NotesPanel

_PAUSE = 30  # milliseconds after which sizes are settled


class PageOfNotes(Protocol):
    """A page that knows where its passages are."""

    def scrolled(self) -> int:
        """How far it is scrolled down, in pixels."""

    def heights(self, names: set[str]) -> dict[str, int]:
        """How far below the top of the page, in pixels, named places are."""

    def whole_height(self) -> int:
        """How high the whole page is, in pixels."""


class NotesAligner(QObject):
    """Aligns the panel to the page that it is told to follow."""

    def __init__(self, panel: NotesPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._page: PageOfNotes | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.align)

    def follow(self, page: PageOfNotes | None) -> None:
        """Aligns to this page from now on; None while the one in front has no passages."""
        self._page = page
        self.align_soon()

    def align_soon(self) -> None:
        """Aligns the notes once their sizes are known."""
        self._timer.start()

    def align(self) -> None:
        if (page := self._page) is None:
            return
        ids = self._panel.passage_notes()
        heights = {int(name[1:]): at for name, at in page.heights({f"n{number}" for number in ids}).items()}
        if not self._panel.align(heights, page.whole_height() if ids else 0):
            self._timer.start()
        self.scroll()

    def scroll(self) -> None:
        """Scrolls the notes with the page."""
        if self._page is not None:
            self._panel.follow(self._page.scrolled())
