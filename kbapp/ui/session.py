"""What a window begins with and leaves behind: its size and panes, its tabs, what was searched for lately."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from kbapp.pages.address import parse
from kbapp.ui import state

if TYPE_CHECKING:
    from kbapp.ui.window import MainWindow

_MOST_TABS = 20


class Session:
    """Reads and keeps the state of a window; ``searches`` are the recent ones, the latest first."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._kept = state.read(window.services.state_file, window.services.folder)
        self.searches = state.strings(self._kept, "searches")

    def restore_layout(self) -> None:
        """Gives window and panes the sizes that they had."""
        window, kept = self._window, self._kept
        for key, restore in (("geometry", window.restoreGeometry), ("splitter", window.splitter.restoreState)):
            if isinstance(kept.get(key), str):
                restore(QByteArray.fromBase64(kept[key].encode()))
        window.sidebar.setVisible(kept.get("sidebar", True) is not False)
        window.panel.setVisible(kept.get("panel", True) is not False)

    def restore_tabs(self) -> None:
        """Opens the pages that were open, each scrolled to where it was."""
        kept, tabs = self._kept, self._window.tabs
        session = zip(
            state.strings(kept, "tabs")[:_MOST_TABS],
            state.numbers(kept, "scrolls"),
            state.strings(kept, "titles"),
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
            "splitter": window.splitter.saveState().toBase64().toStdString(),
            "sidebar": window.panes.is_wanted(window.sidebar),
            "panel": window.panes.is_wanted(window.panel),
            "tabs": [str(address) for address, _, _ in session],
            "scrolls": [scroll for _, scroll, _ in session],
            "titles": [title for _, _, title in session],
            "front": window.tabs.currentIndex(),
            "searches": self.searches,
        }
        with contextlib.suppress(OSError):  # a read-only home costs the layout, nothing else
            state.write(window.services.state_file, window.services.folder, kept)

    def remember_search(self, query: str) -> None:
        """Puts what is searched for among the recent searches; called when a search has led somewhere."""
        self.searches = state.with_recent(self.searches, query)
