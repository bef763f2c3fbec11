"""Deleting for good what is in the trash."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kbapp.i18n import plural
from kbapp.library import deletion
from kbapp.library.articles import listing
from kbapp.library.deletion import Deleted
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind


class TrashController(Controller):
    """Deletes beside the window, and tells all windows."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self._deleting = self.lane("deleting")

    def purge(self, ids: list[int]) -> None:
        """Deletes articles for good."""
        self._deleting.submit(lambda: deletion.purge(self.library, ids), self._tell)

    def empty(self) -> None:
        """Deletes for good all that is in the trash."""
        self._deleting.submit(lambda: deletion.empty_trash(self.library), self._tell)

    def notes_on(self, ids: list[int]) -> int:
        """How many notes are about these articles."""
        return sum(card.notes for card in listing.cards(self.library, ids))

    def _tell(self, gone: Deleted) -> None:
        self.message.emit(self.tr("Deleted for good: {0}").format(plural(len(gone.articles), "article")))
        self.context.events.changed.emit(ChangeSet.of_kinds(Kind.ARTICLE, Kind.NOTE, Kind.PERSON, Kind.TAG))
