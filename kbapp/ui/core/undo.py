"""What the user does to the library from the window, each with undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from kbapp.errors import UserError
from kbapp.library import saved_searches
from kbapp.library.articles import repository as articles
from kbapp.library.articles import tags
from kbapp.library.database import Connection, Library
from kbapp.library.notes import repository as notes
from kbapp.library.people import corrections
from kbapp.ui.core.tasks import Background

_Changed = TypeVar("_Changed")


class _Command(QUndoCommand):
    """Two functions and what to call when one has changed something, or could not. A command that failed leaves the stack."""

    def __init__(
        self,
        title: str,
        do: Callable[[], None],
        undo: Callable[[], None],
        changed: Callable[[], None],
        failed: Callable[[str], None],
        lane: Background | None = None,
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
            self._lane.ask(action, lambda _: self._changed(), self._could_not)
            return
        try:
            action()
        except UserError as error:  # raised through Qt it would only be printed
            self._could_not(str(error))
        else:
            self._changed()

    def _could_not(self, why: str) -> None:
        self.setObsolete(True)
        self._failed(why)


class Changes(QObject):
    """The window's way to write; ``changed`` tells that lists and pages are to be shown anew."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.stack = QUndoStack(self)
        self._lane = Background("corrections", self)  # one of a person with 10,000 mentions takes seconds

    def close(self) -> None:
        """Lets a correction in hand end."""
        self._lane.close()

    def trash(self, ids: list[int]) -> None:
        title = self.tr("Move to trash")
        self.push(title, lambda: self._write(articles.trash, ids), lambda: self._write(articles.restore, ids))

    def restore(self, ids: list[int]) -> None:
        title = self.tr("Restore from trash")
        self.push(title, lambda: self._write(articles.restore, ids), lambda: self._write(articles.trash, ids))

    def star(self, ids: list[int], on: bool) -> None:
        title = self.tr("Star") if on else self.tr("Remove star")
        self._push_marks(title, ids, partial(articles.mark, starred=on), partial(articles.mark, starred=not on))

    def read(self, ids: list[int], on: bool) -> None:
        title = self.tr("Mark as read") if on else self.tr("Mark as unread")
        self._push_marks(title, ids, partial(articles.mark, is_read=on), partial(articles.mark, is_read=not on))

    def tag(self, ids: list[int], tag: str) -> None:
        self._push_marks(
            self.tr("Add tag {0}").format(tag), ids, partial(tags.add, tag=tag), partial(tags.remove, tag=tag)
        )

    def delete_note(self, note: int) -> None:
        def delete() -> None:
            with self.library.transaction() as db:
                notes.delete(db, note)

        def restore() -> None:
            with self.library.transaction() as db:
                notes.restore(db, note)

        self.push(self.tr("Delete note"), delete, restore)

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

        self.push(title, do, undo)

    def merge(self, person: int, into: int) -> None:
        self._correct(self.tr("Merge people"), lambda: corrections.merge(self.library, person, into))

    def rename(self, person: int, name: str) -> None:
        self._correct(self.tr("Rename person"), lambda: corrections.rename(self.library, person, name))

    def add_alias(self, person: int, name: str) -> None:
        self._correct(self.tr("Add alias"), lambda: corrections.alias(self.library, person, name))

    def split(self, person: int, article: int, name: str) -> None:
        def split() -> None:
            corrections.split(self.library, person, [article], name or None)

        self._correct(self.tr("Someone else"), split)

    def not_a_person(self, person: int, article: int | None) -> None:
        self._correct(self.tr("Not a person"), lambda: corrections.not_a_person(self.library, person, article))

    def mark_person(self, article: int, words: str, name: str) -> None:
        def mark() -> None:
            corrections.mark(self.library, article, words, name)

        self._correct(self.tr("Mark a person"), mark)

    def refuse_merge(self, one: int, other: int) -> None:
        self._correct(self.tr("Keep two people apart"), lambda: corrections.refuse(self.library, one, other))

    def _correct(self, title: str, do: Callable[[], None]) -> None:
        def undo() -> None:
            corrections.undo_last(self.library)

        self.stack.push(_Command(title, do, undo, self.changed.emit, self._could_not, self._lane))

    def _could_not(self, why: str) -> None:
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

        self.push(title, do, undo)

    def push(self, title: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        self.stack.push(_Command(title, do, undo, self.changed.emit, self.failed.emit))
