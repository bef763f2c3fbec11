"""The actions on notes, highlights and boards, and what they add to the context menu of pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from kbapp.errors import UserError
from kbapp.rendering.addresses import Address
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.notes.boards_controller import BoardsController
from kbapp.ui.notes.controller import NotesController
from kbapp.ui.notes.drafts import Passage
from kbapp.ui.notes.notes_panel import NotesPanel
from kbapp.ui.widgets.questions import ask_line

COLOURS = (("yellow", "Yellow"), ("green", "Green"), ("blue", "Blue"), ("pink", "Pink"), ("purple", "Purple"))
_MOST_BOARDS = 12  # offered in a menu
PassageOf = Callable[[], Passage | None]


class NoteCommands(QObject):
    """What menus and keys do with notes. ``passage`` tells what is selected on the page in front."""

    def __init__(
        self,
        notes: NotesController,
        boards: BoardsController,
        panel: NotesPanel,
        passage: PassageOf,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent, self._notes, self._boards, self._panel, self._passage = parent, notes, boards, panel, passage

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        colours = [
            ActionSpec(f"highlight.{colour}", self.tr(name), partial(self.highlight, colour), f"Ctrl+{number}")
            for number, (colour, name) in enumerate(COLOURS, 1)
        ]
        return [ActionSpec("note.new", self.tr("&New note"), self._panel.begin, "Ctrl+N"), *colours]

    def highlight_selection(self) -> None:
        """Highlights what is selected, in the usual colour."""
        self.highlight(COLOURS[0][0])

    def highlight(self, colour: str) -> None:
        """Highlights what is selected on the page in front."""
        if (passage := self._passage()) is not None:
            try:
                self._notes.highlight(passage, colour)
            except UserError as error:
                self._notes.failed.emit(error)

    def begin_on_search(self, query: str) -> None:
        """Begins a note that links to a search; it is found by the same search."""
        words = re.sub(r"([\[\]])", r"\\\1", query)
        self._panel.begin(f"[{words}]({Address('search', query)})\n\n")

    # --- context menu of pages ----------------------------------------------------------------------------------------
    def add_board_lines(self, menu: QMenu, note: int) -> None:
        """Offers the boards that a note can be put on."""
        here = menu.addMenu(self.tr("Put on a board"))
        for board, title, _ in self._boards.listed()[:_MOST_BOARDS]:
            here.addAction(title, partial(self._boards.put_note, board, note))
        here.addSeparator()
        here.addAction(self.tr("New board…"), partial(self.ask_new_board, note))

    def add_highlight_lines(self, menu: QMenu, passage: Passage) -> None:
        """Offers the colours for the selected words, and notes that have lost theirs."""
        marks = menu.addMenu(self.tr("Highlight"))
        for colour, name in COLOURS:
            marks.addAction(self.tr(name), partial(self._notes.highlight, passage, colour))
        for number, title in self._notes.lost(passage.article):
            menu.addAction(self.tr("Attach “{0}” here").format(title), partial(self._notes.attach, number, passage))

    # --- boards -------------------------------------------------------------------------------------------------------
    def ask_new_board(self, note: int | None = None) -> None:
        """Asks for a title and begins a board, with a note on it if one is given."""
        title = ask_line(self._parent, self.tr("What are the notes on this board about?"))
        if title is not None:
            self._boards.create(title, note)

    def ask_save_board(self, board: int) -> None:
        """Asks where to and saves the board as one document."""
        try:
            title = self._boards.get(board).title
        except UserError as error:
            self._boards.failed.emit(error)
            return
        name, _ = QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the board as one document"), f"{title}.md", "Markdown (*.md)"
        )
        if name:
            self._boards.save_document(board, Path(name))
