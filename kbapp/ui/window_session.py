"""What a window begins with and leaves behind: its size and panes, its tabs, what was searched for lately."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QWidget

from kbapp.rendering.addresses import parse
from kbapp.ui import window_state
from kbapp.ui.window_layout import WindowLayout

_MOST_TABS = 20


class WindowSession:
    """Reads and keeps the state of a window; ``searches`` are the recent ones, the latest first, ``table`` says whether the list is
    a table, ``columns`` what its columns look like."""

    def __init__(self, window: QMainWindow, layout: WindowLayout, kept: dict[str, Any]) -> None:
        self._window, self._layout, self._kept = window, layout, kept
        self.searches = window_state.strings(kept, "searches")
        self.table = kept.get("table") is True
        self.columns = kept["columns"] if isinstance(kept.get("columns"), str) else ""

    def restore_panes(self) -> None:
        """Gives the panes the sizes that they had."""
        layout, kept = self._layout, self._kept
        if isinstance(kept.get("splitter"), str):
            layout.splitter.restoreState(QByteArray.fromBase64(kept["splitter"].encode()))
        layout.side_pane.setVisible(kept.get("sidebar", True) is not False)
        layout.inspector.setVisible(kept.get("panel", True) is not False)

    def restore_tabs(self) -> None:
        """Opens the pages that were open, each scrolled to where it was."""
        kept, tabs = self._kept, self._layout.tabs
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

    def save(self, file: Path, library: Path) -> None:
        """Keeps the state for the next start on this library."""
        window, layout = self._window, self._layout
        session = layout.tabs.session()
        kept = {
            "geometry": window.saveGeometry().toBase64().toStdString(),
            "splitter": layout.splitter.saveState().toBase64().toStdString(),
            "sidebar": layout.panes.is_wanted(layout.side_pane),
            "panel": layout.panes.is_wanted(layout.inspector),
            "tabs": [str(address) for address, _, _ in session],
            "scrolls": [scroll for _, scroll, _ in session],
            "titles": [title for _, _, title in session],
            "front": layout.tabs.currentIndex(),
            "searches": self.searches,
            "table": self.table,
            "columns": self.columns,
            "panes": [_edges(window, pane) for pane in (layout.list_pane, layout.page_pane)],
        }
        with contextlib.suppress(OSError):  # a read-only home costs the layout, nothing else
            window_state.write(file, library, kept)

    def remember_search(self, query: str) -> None:
        """Puts what is searched for among the recent searches; called when a search has led somewhere."""
        self.searches = window_state.with_recent(self.searches, query)


def _edges(window: QWidget, pane: QWidget) -> list[int]:
    """Where a pane is in its window: left, top, width and height, in pixels."""
    at = pane.mapTo(window, pane.rect().topLeft())
    return [at.x(), at.y(), pane.width(), pane.height()]
