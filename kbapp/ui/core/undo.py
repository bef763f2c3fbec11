"""What the user does to the library from the window, with undo and redo: each command holds the id of a change in the
library's journal, so that the window takes back its own changes and nobody else's."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from kbapp.domain import Anchor, Subject
from kbapp.errors import UserError
from kbapp.i18n import translated
from kbapp.library.commands import Commands
from kbapp.library.undo import Change, Command
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind

_OF_PEOPLE = ChangeSet.of_kinds(Kind.PERSON, Kind.ARTICLE)
_OF_SEARCHES = ChangeSet.of_kinds(Kind.SEARCH)
_OF_BOARDS = ChangeSet.of_kinds(Kind.BOARD)

Make = Callable[[], Change | None]


class _JournalCommand(QUndoCommand):
    """A change of the journal, made by its first redo. One that changed nothing or failed leaves the stack."""

    def __init__(self, owner: UndoController, command: Command, make: Make, touched: ChangeSet, *, slow: bool) -> None:
        super().__init__(translated(command.value))
        self._owner, self._make, self._touched, self._slow = owner, make, touched, slow
        self._change: int | None = None

    def redo(self) -> None:
        change = self._change
        if not self.isObsolete():
            self._run(self._make if change is None else lambda: self._owner.commands.redo(change))

    def undo(self) -> None:
        change = self._change
        if not self.isObsolete() and change is not None:
            self._run(lambda: self._owner.commands.undo(change))

    def _run(self, work: Make) -> None:
        if self._slow:
            self._owner.run(work, self._done, self._failed)
            return
        try:
            change = work()
        except UserError as error:  # raised through Qt it would only be printed
            self._failed(error)
        else:
            self._done(change)

    def _done(self, change: Change | None) -> None:
        if change is None:
            self.setObsolete(True)
            self._owner.forget_obsolete()
            return
        self._change = change.id
        self._owner.context.events.changed.emit(self._touched)

    def _failed(self, error: UserError) -> None:
        self.setObsolete(True)
        self._owner.forget_obsolete()
        self._owner.failed.emit(error)


class UndoController(Controller):
    """The window's way to write. Each change is told to all windows through ``context.events``."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.commands = Commands(context.library, f"window {uuid.uuid4().hex[:12]}")
        self.stack = QUndoStack(self)
        self._lane = self.lane("corrections")  # one of a person with 10,000 mentions takes seconds
        self.run = self._lane.submit

    def push(self, command: Command, make: Make, touched: ChangeSet, *, slow: bool = False) -> None:
        """Makes a change that can be undone.

        Args:
            command: Its type, which the Edit menu names.
            make: Calls a method of ``commands``; may raise UserError.
            touched: What it changes.
            slow: Whether it takes long and is made beside the window.
        """
        self.stack.push(_JournalCommand(self, command, make, touched, slow=slow))

    def forget_obsolete(self) -> None:
        """Takes a command off the stack that turned out to change nothing."""
        last = self.stack.command(self.stack.index() - 1)
        if last is not None and last.isObsolete():
            self.stack.undo()  # does nothing but take it off the stack

    # --- articles -----------------------------------------------------------------------------------------------------
    def trash(self, ids: Sequence[int]) -> None:
        self.push(Command.TRASH, lambda: self.commands.trash(ids), ChangeSet.of_articles(ids))

    def restore(self, ids: Sequence[int]) -> None:
        self.push(Command.RESTORE, lambda: self.commands.restore(ids), ChangeSet.of_articles(ids))

    def star(self, ids: Sequence[int], on: bool) -> None:
        command = Command.STAR if on else Command.UNSTAR
        self.push(command, lambda: self.commands.set_starred(ids, on), ChangeSet.of_articles(ids))

    def read(self, ids: Sequence[int], on: bool) -> None:
        command = Command.MARK_READ if on else Command.MARK_UNREAD
        self.push(command, lambda: self.commands.set_read(ids, on), ChangeSet.of_articles(ids))

    def tag(self, ids: Sequence[int], tag: str) -> None:
        self.push(Command.ADD_TAG, lambda: self.commands.add_tag(ids, tag), ChangeSet.of_articles(ids))

    # --- notes, searches, boards ----------------------------------------------------------------------------------------
    def highlight(self, article: int, anchor: Anchor, colour: str, made: Callable[[int], object]) -> None:
        """Puts a note without text on a passage; ``made`` is called with its id once it is there."""

        def add() -> Change:
            change = self.commands.add_note("", Subject("article", article), anchor, colour)
            if change.subject is not None:
                made(change.subject)
            return change

        touched = ChangeSet(articles=frozenset([article]), kinds=frozenset([Kind.NOTE]))
        self.push(Command.ADD_NOTE, add, touched)

    def attach_note(self, note: int, anchor: Anchor) -> None:
        touched = ChangeSet(notes=frozenset([note]), kinds=frozenset([Kind.ARTICLE]))
        self.push(Command.ATTACH_NOTE, lambda: self.commands.attach_note(note, anchor), touched)

    def edit_note(self, note: int, text: str) -> None:
        self.push(Command.EDIT_NOTE, lambda: self.commands.edit_note(note, text), ChangeSet.of_notes(note))

    def delete_note(self, note: int) -> None:
        self.push(Command.DELETE_NOTE, lambda: self.commands.delete_note(note), ChangeSet.of_notes(note))

    def save_search(self, name: str, query: str) -> None:
        """Keeps a search under a name, in place of another one that may be called so."""
        self.push(Command.SAVE_SEARCH, lambda: self.commands.save_search(name, query), _OF_SEARCHES)

    def forget_search(self, query: str) -> None:
        self.push(Command.FORGET_SEARCH, lambda: self.commands.forget_search(query), _OF_SEARCHES)

    def add_to_board(self, board: int, note: int) -> None:
        self.push(Command.ARRANGE_BOARD, lambda: self.commands.add_to_board(board, note), _OF_BOARDS)

    # --- people -------------------------------------------------------------------------------------------------------
    def merge(self, person: int, into: int) -> None:
        self._correct(Command.MERGE, lambda: self.commands.merge(person, into))

    def rename(self, person: int, name: str) -> None:
        self._correct(Command.RENAME, lambda: self.commands.rename(person, name))

    def add_alias(self, person: int, name: str) -> None:
        self._correct(Command.ADD_ALIAS, lambda: self.commands.add_alias(person, name))

    def split(self, person: int, article: int, name: str) -> None:
        self._correct(Command.SPLIT, lambda: self.commands.split(person, [article], name or None))

    def split_off(self, person: int, articles: tuple[int, ...]) -> None:
        """In all these articles the name means somebody else."""
        self._correct(Command.SPLIT, lambda: self.commands.split(person, articles))

    def not_a_person(self, person: int, article: int | None) -> None:
        self._correct(Command.NOT_A_PERSON, lambda: self.commands.not_a_person(person, article))

    def mark_person(self, article: int, words: str, name: str) -> None:
        self._correct(Command.MARK_PERSON, lambda: self.commands.mark_person(article, words, name))

    def refuse_merge(self, one: int, other: int) -> None:
        self._correct(Command.KEEP_APART, lambda: self.commands.refuse_merge(one, other))

    def set_portrait(self, person: int, original: str | None) -> None:
        touched = ChangeSet(people=frozenset([person]))
        self.push(Command.SET_PORTRAIT, lambda: self.commands.set_portrait(person, original), touched)

    def _correct(self, command: Command, make: Make) -> None:
        self.push(command, make, _OF_PEOPLE, slow=True)
