"""What the user does to the library from the window, each with undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from kbapp.errors import UserError
from kbapp.library import saved_searches
from kbapp.library.articles import repository as articles
from kbapp.library.articles import tags
from kbapp.library.database import Connection
from kbapp.library.notes import repository as notes
from kbapp.library.people import corrections
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.core.tasks import Lane

_Changed = TypeVar("_Changed")
_OF_PEOPLE = ChangeSet.of_kinds(Kind.PERSON, Kind.ARTICLE)
_OF_SEARCHES = ChangeSet.of_kinds(Kind.SEARCH)


class _Command(QUndoCommand):
    """Two functions and what to call when one has changed something, or could not. A command that failed leaves the stack."""

    def __init__(
        self,
        title: str,
        do: Callable[[], None],
        undo: Callable[[], None],
        changed: Callable[[], object],
        failed: Callable[[UserError], object],
        lane: Lane | None = None,
    ) -> None:
        super().__init__(title)
        self._do, self._undo, self._changed, self._failed, self._lane = do, undo, changed, failed, lane

    def redo(self) -> None:
        self._run(self._do)

    def undo(self) -> None:
        self._run(self._undo)

    def _run(self, action: Callable[[], None]) -> None:
        if self.isObsolete():
            return
        if self._lane is not None:
            self._lane.submit(action, lambda _: self._changed(), self._could_not)
            return
        try:
            action()
        except UserError as error:  # raised through Qt it would only be printed
            self._could_not(error)
        else:
            self._changed()

    def _could_not(self, why: UserError) -> None:
        self.setObsolete(True)
        self._failed(why)


class UndoController(Controller):
    """The window's way to write. Each change is told to all windows through ``context.events``."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self.stack = QUndoStack(self)
        self._lane = self.lane("corrections")  # one of a person with 10,000 mentions takes seconds

    # --- articles -----------------------------------------------------------------------------------------------------
    def trash(self, ids: list[int]) -> None:
        title, change = self.tr("Move to trash"), ChangeSet.of_articles(ids)
        self.push(title, lambda: self._write(articles.trash, ids), lambda: self._write(articles.restore, ids), change)

    def restore(self, ids: list[int]) -> None:
        title, change = self.tr("Restore from trash"), ChangeSet.of_articles(ids)
        self.push(title, lambda: self._write(articles.restore, ids), lambda: self._write(articles.trash, ids), change)

    def star(self, ids: list[int], on: bool) -> None:
        title = self.tr("Star") if on else self.tr("Remove star")
        self._push_marks(title, ids, partial(articles.mark, starred=on), partial(articles.mark, starred=not on))

    def read(self, ids: list[int], on: bool) -> None:
        title = self.tr("Mark as read") if on else self.tr("Mark as unread")
        self._push_marks(title, ids, partial(articles.mark, is_read=on), partial(articles.mark, is_read=not on))

    def tag(self, ids: list[int], tag: str) -> None:
        title = self.tr("Add tag {0}").format(tag)
        self._push_marks(title, ids, partial(tags.add, tag=tag), partial(tags.remove, tag=tag))

    # --- notes and searches -------------------------------------------------------------------------------------------
    def delete_note(self, note: int) -> None:
        def delete() -> None:
            with self.library.transaction() as db:
                notes.delete(db, note)

        def restore() -> None:
            with self.library.transaction() as db:
                notes.restore(db, note)

        self.push(self.tr("Delete note"), delete, restore, ChangeSet.of_notes(note))

    def save_search(self, name: str, query: str) -> None:
        """Keeps a search under a name, in place of another one that may be called so."""
        self._save_searches(self.tr("Save a search"), lambda db: saved_searches.save(db, name, query))

    def forget_search(self, query: str) -> None:
        self._save_searches(self.tr("Remove a saved search"), lambda db: saved_searches.delete(db, query))

    def _save_searches(self, title: str, change: Callable[[Connection], None]) -> None:
        before = saved_searches.saved(self.library)

        def do() -> None:
            with self.library.transaction() as db:
                change(db)

        def undo() -> None:
            with self.library.transaction() as db:
                saved_searches.replace(db, before)

        self.push(title, do, undo, _OF_SEARCHES)

    # --- people -------------------------------------------------------------------------------------------------------
    def merge(self, person: int, into: int) -> None:
        self._correct(self.tr("Merge people"), lambda: corrections.merge(self.library, person, into))

    def rename(self, person: int, name: str) -> None:
        self._correct(self.tr("Rename person"), lambda: corrections.rename(self.library, person, name))

    def add_alias(self, person: int, name: str) -> None:
        self._correct(self.tr("Add alias"), lambda: corrections.alias(self.library, person, name))

    def split(self, person: int, article: int, name: str) -> None:
        self._correct(self.tr("Someone else"), lambda: corrections.split(self.library, person, [article], name or None))

    def not_a_person(self, person: int, article: int | None) -> None:
        self._correct(self.tr("Not a person"), lambda: corrections.not_a_person(self.library, person, article))

    def mark_person(self, article: int, words: str, name: str) -> None:
        self._correct(self.tr("Mark a person"), lambda: corrections.mark(self.library, article, words, name))

    def refuse_merge(self, one: int, other: int) -> None:
        self._correct(self.tr("Keep two people apart"), lambda: corrections.refuse(self.library, one, other))

    def _correct(self, title: str, do: Callable[[], object]) -> None:
        """A correction, made beside the window."""

        def correct() -> None:
            do()

        def undo() -> None:
            corrections.undo_last(self.library)

        self.stack.push(_Command(title, correct, undo, partial(self._tell, _OF_PEOPLE), self._could_not, self._lane))

    def _could_not(self, why: UserError) -> None:
        last = self.stack.command(self.stack.index() - 1)
        if last is not None and last.isObsolete():
            self.stack.undo()  # does nothing but take it off the stack
        self.failed.emit(why)

    def _write(self, change: Callable[..., _Changed], ids: list[int]) -> _Changed:
        with self.library.transaction() as db:
            return change(db, ids)

    def _push_marks(
        self, title: str, ids: list[int], put: Callable[..., list[int]], take: Callable[..., object]
    ) -> None:
        """A mark on articles; undo takes it only off those that did not have it before."""
        changed: list[int] = []

        def do() -> None:
            changed[:] = self._write(put, ids)

        def undo() -> None:
            self._write(take, changed)

        self.push(title, do, undo, ChangeSet.of_articles(ids))

    def push(self, title: str, do: Callable[[], object], undo: Callable[[], object], change: ChangeSet) -> None:
        """Does something that can be undone.

        Args:
            title: What the Edit menu calls it.
            do: Makes the change; may raise UserError.
            undo: Takes it back.
            change: What either of them touches.
        """

        def run(action: Callable[[], object]) -> None:
            action()

        self.stack.push(
            _Command(title, partial(run, do), partial(run, undo), partial(self._tell, change), self._refused)
        )

    def _refused(self, why: UserError) -> None:
        self.failed.emit(why)

    def _tell(self, change: ChangeSet) -> None:
        self.context.events.changed.emit(change)
