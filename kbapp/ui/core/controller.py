"""What the controllers of all features have in common."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.tasks import Lane


class Controller(QObject):
    """The part of a feature that acts: slots in, typed signals out. It knows neither widgets nor other features.

    ``message`` is a sentence for the status bar, ``failed`` an error to be said there, ``page_requested`` the address of a
    page to open in the tab in front. ``composition.py`` connects these three for every controller.
    """

    message = Signal(str)
    failed = Signal(UserError)
    page_requested = Signal(Address)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._lanes: list[Lane] = []

    def lane(self, name: str, *, latest: bool = False) -> Lane:
        """A lane of work that ends with this controller and reports errors through ``failed``."""
        lane = self.context.tasks.lane(name, self.failed.emit, latest=latest)
        self._lanes.append(lane)
        return lane

    def close(self) -> None:
        """Drops the work that is under way; called when the window closes."""
        for lane in self._lanes:
            lane.close()
