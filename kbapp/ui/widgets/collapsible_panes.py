"""The panes at the sides of a window: shown and hidden by the user, and out of the way where there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_MIDDLE = 380 + 240  # pixels that the page and the list keep


class CollapsiblePanes:
    """In a narrow window first the notes and then the sidebar step aside; they come back when there is room again."""

    def __init__(self, sidebar: QWidget, notes: QWidget) -> None:
        self._needed = ((notes, 190 + 220), (sidebar, 190))  # with what stands beside it, in pixels
        self._aside: set[QWidget] = set()
        self._held: set[QWidget] = set()  # out of the way whatever room there is

    def make_room(self, width: int) -> None:
        """Hides and shows them for a window of this width."""
        for pane, needed in self._needed:
            if pane in self._held:
                continue
            if width - _MIDDLE < needed and pane.isVisibleTo(pane.window()):
                pane.hide()
                self._aside.add(pane)
            elif width - _MIDDLE >= needed and pane in self._aside:
                pane.show()
                self._aside.discard(pane)

    def hold(self, pane: QWidget, away: bool) -> None:
        """Keeps a pane out of the way while something else has its place, or lets it come back."""
        if away and pane.isVisibleTo(pane.window()):
            self._held.add(pane)
            pane.hide()
        elif not away and pane in self._held:
            self._held.discard(pane)
            pane.show()

    def toggle(self, pane: QWidget) -> None:
        """Shows or hides a pane as the user wants it, whatever room there is."""
        self._aside.discard(pane)
        self._held.discard(pane)
        pane.setVisible(not pane.isVisible())

    def is_wanted(self, pane: QWidget) -> bool:
        """Whether the user wants to see it, were there room."""
        return pane.isVisible() or pane in self._aside or pane in self._held
