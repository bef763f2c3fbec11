"""Boards from the menus: beginning one, arranging it, saving it as a document, putting a note on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from kbapp.library.notes import boards

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk
    from kbapp.ui.main_window import MainWindow


class BoardMenu(QObject):
    """What pages and menus ask for boards."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self.window, self.desk = window, desk
        desk.board_wanted.connect(self.do)

    def do(self, what: str, board: int) -> None:
        """Does what a link on a page says."""
        if what == "newboard":
            self.ask_new()
        elif what == "arrange":
            self.desk.noting.arrange_board(board)
        else:
            self.ask_export(board)

    def ask_new(self, note: int | None = None) -> None:
        """Asks for a title and begins a board, with a note on it if one is given."""
        title, agreed = QInputDialog.getText(self.window, "kbapp", self.tr("What are the notes on this board about?"))
        if agreed and title.strip():
            self.desk.noting.new_board(title, note)

    def ask_export(self, board: int) -> None:
        """Asks where to and saves the board as one document."""
        title = boards.get(self.desk.library, board).title
        name, _ = QFileDialog.getSaveFileName(
            self.window, self.tr("Save the board as one document"), f"{title}.md", "Markdown (*.md)"
        )
        if name:
            self.export(board, Path(name))

    def export(self, board: int, file: Path) -> None:
        """Writes the board's document and its pictures beside it."""
        from kbapp.export.boards import write_board

        self.desk.intake.run(
            lambda: write_board(self.desk.library, board, file),
            lambda _: self.desk.message.emit(self.tr("Written: {0}").format(file)),
        )

    def of_note(self, menu: QMenu, note: int) -> None:
        """Adds the boards that a note can be put on to its menu."""
        here = menu.addMenu(self.tr("Put on a board"))
        for board, title, _ in boards.listed(self.desk.library)[:12]:
            here.addAction(title, lambda board=board: self.desk.noting.put_on_board(board, note))
        here.addSeparator()
        here.addAction(self.tr("New board…"), lambda: self.ask_new(note))
