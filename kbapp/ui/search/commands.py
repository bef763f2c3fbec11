"""The actions of searching, and the menu of recent searches."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.core.undo import UndoController
from kbapp.ui.search.controller import SearchController
from kbapp.ui.search.search_box import SearchBox
from kbapp.ui.widgets.questions import ask_line


class SearchCommands(QObject):
    """What menus and keys do with searches. ``palette_wanted`` asks for the palette, ``note_wanted`` carries a search that a
    note is to be begun about."""

    message = Signal(str)
    palette_wanted = Signal()
    note_wanted = Signal(str)

    def __init__(
        self,
        search: SearchController,
        undo: UndoController,
        box: SearchBox,
        recent: Callable[[], list[str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent, self._search, self._undo, self._box, self._recent = parent, search, undo, box, recent
        self.recent_menu = QMenu(self.tr("&Recent searches"), parent)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        box.recent_wanted.connect(self.show_recent)

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        return [
            ActionSpec("search.begin", self.tr("&Search"), self._box.begin, "Ctrl+F"),
            ActionSpec("search.save", self.tr("Sa&ve this search…"), self.ask_save, "Ctrl+S"),
            ActionSpec("search.jump", self.tr("&Jump to…"), self.palette_wanted.emit, "Ctrl+K"),
            ActionSpec("search.note", self.tr("New note on this sea&rch"), self._want_note, "Ctrl+Alt+N"),
        ]

    def ask_save(self) -> None:
        """Asks for a name and keeps the search in the sidebar."""
        query = self._search.query
        if not query:
            self.message.emit(self.tr("Type a search first; then it can be saved."))
        elif (name := ask_line(self._parent, self.tr("Name of the search “{0}”").format(query), query)) is not None:
            self._undo.save_search(name, query)

    def _want_note(self) -> None:
        if self._search.query:
            self.note_wanted.emit(self._search.query)
        else:
            self.message.emit(self.tr("Search for something first; then a note on it can begin."))

    def _fill_recent(self) -> None:
        menu = self.recent_menu
        menu.clear()
        searches = self._recent()
        for query in searches:
            text = menu.fontMetrics().elidedText(query.replace("&", "&&"), Qt.TextElideMode.ElideRight, 360)
            menu.addAction(text, partial(self._box.setText, query))
        if searches:
            menu.addSeparator()
            menu.addAction(self.tr("Forget these searches"), searches.clear)
        else:
            menu.addAction(self.tr("None yet: a search that you open a hit of stays here")).setEnabled(False)

    def show_recent(self) -> None:
        """Lists the recent searches under the search box."""
        self.recent_menu.popup(self._box.mapToGlobal(self._box.rect().bottomLeft()))
