"""What the user does to the library from the window, with undo and redo: each command holds the id of a change in the
library's journal, so that the window takes back its own changes and nobody else's."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from kbapp.domain import Anchor, Subject
from kbapp.errors import UserError
from kbapp.i18n import joined, plural, translated
from kbapp.library.articles import repository as articles
from kbapp.library.commands import Commands
from kbapp.library.undo import Change, Command
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind

_OF_PEOPLE = ChangeSet.of_kinds(Kind.PERSON, Kind.ARTICLE)
_OF_TAGS = ChangeSet.of_kinds(Kind.TAG, Kind.ARTICLE, Kind.NOTE)
_OF_SEARCHES = ChangeSet.of_kinds(Kind.SEARCH)
_OF_BOARDS = ChangeSet.of_kinds(Kind.BOARD)

Make = Callable[[], Change | None]
SAID = {
    Command.TRASH: "Moved to the trash",
    Command.RESTORE: "Restored from the trash",
    Command.STAR: "Starred",
    Command.UNSTAR: "Star removed",
    Command.MARK_READ: "Marked as read",
    Command.MARK_UNREAD: "Marked as unread",
    Command.ADD_TAG: "Tag added",
    Command.REMOVE_TAG: "Tag removed",
    Command.RENAME_TAG: "Tag renamed",
    Command.DELETE_TAG: "Tag deleted",
    Command.MERGE: "People merged",
    Command.SPLIT: "Now two people",
    Command.RENAME: "Person renamed",
    Command.ADD_ALIAS: "Alias added",
    Command.NOT_A_PERSON: "No longer a person",
    Command.MARK_PERSON: "Marked as a person",
    Command.KEEP_APART: "Kept separate",
    Command.SET_PORTRAIT: "Portrait changed",
    Command.ADD_NOTE: "Note added",
    Command.EDIT_NOTE: "Note changed",
    Command.DELETE_NOTE: "Note deleted",
    Command.ATTACH_NOTE: "Note attached",
    Command.SAVE_SEARCH: "Search saved",
    Command.FORGET_SEARCH: "Saved search removed",
    Command.ARRANGE_BOARD: "Board changed",
    Command.RENAME_BOARD: "Board renamed",
    Command.REMOVE_BOARD: "Board deleted",
}


class _JournalCommand(QUndoCommand):
    """A change of the journal, made by its first redo. One that changed nothing or failed leaves the stack."""

    def __init__(
        self, owner: UndoController, command: Command, make: Make, touched: ChangeSet, said: str, *, slow: bool
    ) -> None:
        super().__init__(translated(command.value))
        self._owner, self._make, self._touched, self._slow, self._said = owner, make, touched, slow, said
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
        is_new, self._change = self._change is None, change.id
        self._owner.context.events.changed.emit(self._touched)
        if is_new:
            self._owner.made.emit(self._said)

    def _failed(self, error: UserError) -> None:
        self.setObsolete(True)
        self._owner.forget_obsolete()
        self._owner.failed.emit(error)


class UndoController(Controller):
    """The window's way to write. Each change is told to all windows through ``context.events``; ``made`` says in words what
    was just done, while it is the one that undo takes back."""

    made = Signal(str)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.commands = Commands(context.library, f"window {uuid.uuid4().hex[:12]}")
        self.stack = QUndoStack(self)
        self._lane = self.lane("corrections")  # one of a person with 10,000 mentions takes seconds
        self.run = self._lane.submit

    def push(
        self, command: Command, make: Make, touched: ChangeSet, *, slow: bool = False, about: str = "", said: str = ""
    ) -> None:
        """Makes a change that can be undone.

        Args:
            command: Its type, which the Edit menu names.
            make: Calls a method of ``commands``; may raise UserError.
            touched: What it changes.
            slow: Whether it takes long and is made beside the window.
            about: What it was done to, in words.
            said: What was done, where the usual words for the command do not say it.
        """
        words = joined((said or translated(SAID.get(command, command.value)), about))
        self.stack.push(_JournalCommand(self, command, make, touched, words, slow=slow))

    def forget_obsolete(self) -> None:
        """Takes a command off the stack that turned out to change nothing."""
        last = self.stack.command(self.stack.index() - 1)
        if last is not None and last.isObsolete():
            self.stack.undo()  # does nothing but take it off the stack

    # --- articles -----------------------------------------------------------------------------------------------------
    def trash(self, ids: Sequence[int]) -> None:
        self.push(Command.TRASH, lambda: self.commands.trash(ids), ChangeSet.of_articles(ids), about=_many(ids))

    def restore(self, ids: Sequence[int]) -> None:
        self.push(Command.RESTORE, lambda: self.commands.restore(ids), ChangeSet.of_articles(ids), about=_many(ids))

    def star(self, ids: Sequence[int], on: bool) -> None:
        command = Command.STAR if on else Command.UNSTAR
        self.push(command, lambda: self.commands.set_starred(ids, on), ChangeSet.of_articles(ids), about=_many(ids))

    def read(self, ids: Sequence[int], on: bool) -> None:
        command = Command.MARK_READ if on else Command.MARK_UNREAD
        self.push(command, lambda: self.commands.set_read(ids, on), ChangeSet.of_articles(ids), about=_many(ids))

    def tag(self, ids: Sequence[int], tag: str) -> None:
        about = joined((tag, _many(ids)))
        self.push(Command.ADD_TAG, lambda: self.commands.add_tag(ids, tag), ChangeSet.of_articles(ids), about=about)

    def rename_tag(self, tag: str, into: str) -> None:
        """Gives a tag another name; one that is in use already makes one tag of two."""
        self.push(Command.RENAME_TAG, lambda: self.commands.rename_tag(tag, into), _OF_TAGS, about=into)

    def delete_tag(self, tag: str) -> None:
        self.push(Command.DELETE_TAG, lambda: self.commands.delete_tag(tag), _OF_TAGS, about=tag)

    # --- notes, searches, boards ----------------------------------------------------------------------------------------
    def highlight(self, article: int, anchor: Anchor, colour: str, made: Callable[[int], object]) -> None:
        """Puts a note without text on a passage; ``made`` is called with its id once it is there."""

        def add() -> Change:
            change = self.commands.add_note("", Subject("article", article), anchor, colour)
            if change.subject is not None:
                made(change.subject)
            return change

        touched = ChangeSet(articles=frozenset([article]), kinds=frozenset([Kind.NOTE]))
        self.push(Command.ADD_NOTE, add, touched, said=self.tr("Highlighted"))

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

    def put_articles_on_board(self, board: int, ids: Sequence[int]) -> None:
        """Puts articles on a board: a board holds notes, so that each gets a note that leads to it."""
        for number in ids:
            made: list[int] = []
            (title,) = articles.titles(self.context.library.db, [number]) or ("",)
            text = f"[{title.replace('[', '(').replace(']', ')')}](kb:article/{number})"

            def add(number: int = number, text: str = text, made: list[int] = made) -> Change:
                change = self.commands.add_note(text, Subject("article", number))
                made.extend([change.subject] if change.subject is not None else [])
                return change

            self.push(Command.ADD_NOTE, add, ChangeSet(articles=frozenset([number]), kinds=frozenset([Kind.NOTE])))
            for note in made:
                self.add_to_board(board, note)

    def rename_board(self, board: int, title: str) -> None:
        self.push(Command.RENAME_BOARD, lambda: self.commands.rename_board(board, title), _OF_BOARDS, about=title)

    def remove_board(self, board: int) -> None:
        self.push(Command.REMOVE_BOARD, lambda: self.commands.remove_board(board), _OF_BOARDS)

    # --- people -------------------------------------------------------------------------------------------------------
    def merge(self, person: int, into: int) -> None:
        self._correct(Command.MERGE, lambda: self.commands.merge(person, into))

    def merge_named(self, person: int, into: int, name: str) -> None:
        """Makes one person of two, who carries this name; undo takes both back at once."""
        self.stack.beginMacro(translated(Command.MERGE.value))
        self.merge(person, into)
        self.rename(into, name)
        self.stack.endMacro()

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


def _many(ids: Sequence[int]) -> str:
    """How many articles, where they are several."""
    return plural(len(ids), "article") if len(ids) > 1 else ""
