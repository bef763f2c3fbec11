"""Boards: begun, arranged, renamed, given notes, saved as documents."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.errors import UserError
from kbapp.library.connections import Connection
from kbapp.library.notes import boards
from kbapp.library.notes import listing as note_list
from kbapp.library.notes.boards import Board
from kbapp.rendering.addresses import Address
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.core.rows import Group, Listing, Row, row_of_note
from kbapp.ui.core.undo import UndoController

Cards = list[tuple[int | None, str]]  # a note, or None and the words of a heading
_MOST = 200  # notes offered at once
_OF_BOARDS = ChangeSet.of_kinds(Kind.BOARD)


class BoardsController(Controller):
    """What the window does with boards. ``arranging`` carries a board that is to be opened for arranging, ``notes_found``
    the notes that ``find_notes`` was asked for, ``list_ready`` what the list is to show."""

    arranging = Signal(int)
    notes_found = Signal(list)
    list_ready = Signal(Listing)

    def __init__(self, context: AppContext, undo: UndoController, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library, self._undo = context.library, undo
        self._writing = self.lane("board documents")
        self._finding = self.lane("notes for a board", latest=True)
        self._listing = self.lane("boards", latest=True)

    def get(self, board: int) -> Board:
        """A board. Raises NotFound."""
        return boards.get(self.library, board)

    def listed(self) -> list[tuple[int, str, int]]:
        """All boards: id, title, number of cards."""
        return boards.listed(self.library)

    def list_place(self, board: int | None) -> None:
        """Lists all boards, or one with its headings and notes in their order; the answer comes as ``list_ready``."""
        self._listing.submit(self._all if board is None else partial(self._one, board), self.list_ready.emit)

    def stop(self) -> None:
        """Drops a list that is under way: something else is shown in its place."""
        self._listing.cancel()

    def _all(self) -> Listing:
        rows = [Row("board", board, title, count=f"{count:,}") for board, title, count in self.listed()]
        group = Group("", tuple(row.id for row in rows))
        return Listing("", (group,), tuple(rows), self.tr("Boards"), f"{len(rows):,}", ("boards", ""))

    def _one(self, board: int) -> Listing:
        found = boards.get(self.library, board)
        noted = [card.note.id for card in found.cards if card.note is not None]
        notes = {card.id: row_of_note(card) for card in note_list.cards(self.library, noted)}
        rows = [Row("board", board, self.tr("Open the board"))]
        for card in found.cards:
            if card.note is None:
                rows.append(Row("heading", 0, card.heading))
            elif card.note.id in notes:
                rows.append(notes[card.note.id])
        group = Group("", tuple(noted))
        return Listing("", (group,), tuple(rows), found.title, f"{len(noted):,}", ("boards", str(board)))

    def note_cards(self, ids: list[int]) -> list[note_list.NoteCard]:
        return note_list.cards(self.library, ids)

    def create(self, title: str, first: int | None = None) -> None:
        """Begins a board, with a first note if one is given, and shows it."""
        try:
            with self.library.transaction() as db:
                board = boards.create(db, title)
                if first is not None:
                    boards.add_note(db, board, first)
        except UserError as error:
            self.failed.emit(error)
            return
        self.context.events.changed.emit(_OF_BOARDS)
        self.page_requested.emit(Address("board", str(board)))

    def put_note(self, board: int, note: int) -> None:
        """Puts a note on a board; it can be undone."""
        self._undo.add_to_board(board, note)

    def arrange(self, board: int, cards: Cards) -> None:
        """Writes the order of a board."""
        self._write(partial(_arrange, board=board, cards=cards))

    def rename(self, board: int, title: str) -> None:
        self._write(partial(_rename, board=board, title=title))

    def _write(self, change: partial[None]) -> None:
        try:
            with self.library.transaction() as db:
                change(db)
        except UserError as error:
            self.failed.emit(error)

    def tell(self) -> None:
        """Lets all windows show what was arranged."""
        self.context.events.changed.emit(_OF_BOARDS)

    def find_notes(self, text: str) -> None:
        """Finds notes by their words or ``#tag``, those changed last for no words; the answer comes as ``notes_found``."""
        words = text.split()
        query = " ".join(f"tag:{word[1:]}" if word.startswith("#") and len(word) > 1 else word for word in words)

        def look() -> list[note_list.NoteCard]:
            if query:
                found = self.context.search.search(query, limit=_MOST, kinds=("note",), typing=True, snippets=False)
                ids = [hit.id for hit in found.hits]
            else:
                ids = [number for _, grouped in note_list.grouped(self.library) for number in grouped][:_MOST]
            return note_list.cards(self.library, ids)

        self._finding.submit(look, self.notes_found.emit)

    def save_document(self, board: int, file: Path) -> None:
        """Writes a board as one document, and its pictures beside it."""
        self._writing.submit(
            lambda: self.context.engines.write_board(self.library, board, file),
            lambda _: self.message.emit(self.tr("Written: {0}").format(file)),
        )


def _arrange(db: Connection, board: int, cards: Cards) -> None:
    boards.arrange(db, board, cards)


def _rename(db: Connection, board: int, title: str) -> None:
    boards.rename(db, board, title)
