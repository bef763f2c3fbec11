"""What a window begins with and leaves behind: its size and panes, its tabs, what was searched for lately."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

from kbapp.ui import window_state

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kbapp.ui.main_window import MainWindow

_MOST_TABS = 20


class Session:
    """Reads and keeps the state of a window; ``searches`` are the recent ones, the latest first."""

    def __init__(self, window: MainWindow, kept: dict[str, Any]) -> None:
        self._window, self._kept = window, kept
        self.searches = window_state.strings(kept, "searches")

    def restore_panes(self) -> None:
        """Gives the panes the sizes that they had."""
        window, kept = self._window, self._kept
        if isinstance(kept.get("splitter"), str):
            window.frame.splitter.restoreState(QByteArray.fromBase64(kept["splitter"].encode()))
        window.sidebar.setVisible(kept.get("sidebar", True) is not False)
        window.panel.setVisible(kept.get("panel", True) is not False)

    def restore_tabs(self) -> None:
        """Opens the pages that were open, each scrolled to where it was."""
        from kbapp.rendering.addresses import parse

        kept, tabs = self._kept, self._window.tabs
        session = zip(
            window_state.strings(kept, "tabs")[:_MOST_TABS],
            window_state.numbers(kept, "scrolls"),
            window_state.strings(kept, "titles"),
            strict=False,
        )
        tabs.restore([(address, scroll, title) for text, scroll, title in session if (address := parse(text))])
        front = kept.get("front")
        if isinstance(front, int) and 0 <= front < tabs.count():
            tabs.setCurrentIndex(front)

    def save(self) -> None:
        """Keeps the state for the next start."""
        window = self._window
        session = window.tabs.session()
        kept = {
            "geometry": window.saveGeometry().toBase64().toStdString(),
            "splitter": window.frame.splitter.saveState().toBase64().toStdString(),
            "sidebar": window.panes.is_wanted(window.sidebar),
            "panel": window.panes.is_wanted(window.panel),
            "tabs": [str(address) for address, _, _ in session],
            "scrolls": [scroll for _, scroll, _ in session],
            "titles": [title for _, _, title in session],
            "front": window.tabs.currentIndex(),
            "searches": self.searches,
            "panes": [_edges(window, pane) for pane in (window.frame.list_pane, window.frame.page_pane)],
        }
        with contextlib.suppress(OSError):  # a read-only home costs the layout, nothing else
            window_state.write(window.services.state_file, window.services.folder, kept)

    def remember_search(self, query: str) -> None:
        """Puts what is searched for among the recent searches; called when a search has led somewhere."""
        self.searches = window_state.with_recent(self.searches, query)


def _edges(window: MainWindow, pane: QWidget) -> list[int]:
    """Where a pane is in its window: left, top, width and height, in pixels."""
    at = pane.mapTo(window, pane.rect().topLeft())
    return [at.x(), at.y(), pane.width(), pane.height()]
