"""What the windows on one library share beside the context."""

from __future__ import annotations

from kbapp.ui.core.context import AppContext
from kbapp.ui.notes.lock_controller import LockController
from kbapp.ui.notes.spell_checker import SpellChecker
from kbapp.ui.search.index_updater import IndexUpdater


class SharedParts:
    """Built once, with the first window; ends with the last."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.index, self.lock = IndexUpdater(context), LockController(context)
        self.spelling = SpellChecker(context.tasks, context.settings.values.spelling)
        context.events.changed.connect(self.index.schedule)

    def renew_spelling(self) -> None:
        """Takes another language for notes."""
        self.spelling.close()
        self.spelling = SpellChecker(self._context.tasks, self._context.settings.values.spelling)

    def close(self) -> None:
        self.index.close()
        self.lock.close()
        self.spelling.close()
