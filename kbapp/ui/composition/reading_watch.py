"""Marks an article as read once it has been in front for a while, never when it was only passed over."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from kbapp.ui.composition.parts import WindowParts

READ_AFTER = 2000  # milliseconds in front


class ReadingWatch(QObject):
    """Watches the page in front of one window."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts, self._article = parts, 0
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER)
        self._timer.timeout.connect(self._read)
        parts.tabs.front_changed.connect(self._look)
        parts.pages.opened.connect(self._show)

    def _look(self) -> None:
        page = self._parts.tabs.view.page
        article = page.address.number if page is not None and page.address.kind == "article" else 0
        if article != self._article:
            self._article = article
            self._timer.start() if article else self._timer.stop()

    def _read(self) -> None:
        if self._article and self._parts.is_open:
            self._parts.pages.mark_opened(self._article)

    def _show(self, article: int) -> None:
        self._parts.rows.rows.refresh(article)
        self._parts.counts.recount()
