"""The actions on articles: on those that are selected, else on the one that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from kbapp.errors import Code, UserError
from kbapp.i18n import plural
from kbapp.rendering.addresses import Address
from kbapp.ui.articles.article_list import ArticleList
from kbapp.ui.articles.controller import ListController
from kbapp.ui.articles.outgoing import Outgoing
from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.articles.trash_controller import TrashController
from kbapp.ui.core.actions import Actions, ActionSpec
from kbapp.ui.core.undo import UndoController
from kbapp.ui.widgets.questions import ask_line, confirm

_LIST_MENU = (
    "article.open_in_tab", "article.original", "article.like", "",
    "article.star", "article.unstar", "article.read", "article.unread", "article.tag", "",
    "article.cite", "article.export", "article.restore", "article.purge", "article.trash",
)  # fmt: skip
_MOST_COUNTED = 500  # articles whose notes are counted before they are deleted
_FOR_ONE = frozenset(["article.open_in_tab", "article.original", "article.like"])


class ArticleCommands(QObject):
    """What menus and keys do with articles. ``shown`` tells which article the page shows, 0 for none.

    ``original_wanted`` and ``similar_wanted`` carry an article whose file is to be opened, or that others are compared to.
    """

    tab_requested = Signal(Address)
    original_wanted = Signal(int)
    similar_wanted = Signal(int)

    def __init__(
        self,
        lists: ListController,
        trash: TrashController,
        undo: UndoController,
        outgoing: Outgoing,
        rows: ArticleList,
        sidebar: Sidebar,
        shown: Callable[[], int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent, self._lists, self._undo, self._rows, self._sidebar = parent, lists, undo, rows, sidebar
        self._shown, self._outgoing, self._trash = shown, outgoing, trash
        sidebar.menu_wanted.connect(self.show_sidebar_menu)

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        undo = self._undo
        return [
            ActionSpec("article.star", self.tr("&Star"), self._on(lambda ids: undo.star(ids, True)), "Ctrl+D"),
            ActionSpec("article.unstar", self.tr("Remove star"), self._on(lambda ids: undo.star(ids, False))),
            ActionSpec("article.read", self.tr("Mark as read"), self._on(lambda ids: undo.read(ids, True))),
            ActionSpec(
                "article.unread", self.tr("Mark as &unread"), self._on(lambda ids: undo.read(ids, False)), "Ctrl+U"
            ),
            ActionSpec("article.tag", self.tr("Add a &tag…"), self._on(self.ask_tag), "Ctrl+T"),
            ActionSpec(
                "article.trash", self.tr("Move to trash"), self._on(undo.trash), "Ctrl+Backspace", self._is_here
            ),
            ActionSpec(
                "article.restore", self.tr("Restore from the trash"), self._on(undo.restore), None, self._is_trash
            ),
            ActionSpec("article.purge", self.tr("Delete for good…"), self._on(self.ask_purge), None, self._is_trash),
            ActionSpec("trash.empty", self.tr("Empty the trash…"), self.ask_empty),
            ActionSpec("article.export", self.tr("Export citations…"), self._on(self._export_citations)),
            ActionSpec("article.cite", self.tr("Copy citation"), self._on(self._copy_citations)),
            ActionSpec("article.open_in_tab", self.tr("Open in a new tab"), self._on_one(self._open_in_tab)),
            ActionSpec("article.original", self.tr("Open the original file"), self._on_one(self.original_wanted.emit)),
            ActionSpec("article.like", self.tr("More like this"), self._on_one(self.similar_wanted.emit)),
            ActionSpec("list.focus", self.tr("The &list"), self._rows.setFocus, "Alt+L"),
            ActionSpec("sidebar.focus", self.tr("The side&bar"), self._sidebar.setFocus, "Alt+B"),
        ]

    def articles(self) -> list[int]:
        """The articles that are meant: selected in the list, else the one that is shown."""
        selected = self._rows.selected_articles()
        return selected or [each for each in [self._shown()] if each]

    def _on(self, run: Callable[[list[int]], object]) -> Callable[[], None]:
        def act() -> None:
            if ids := self.articles():
                run(ids)

        return act

    def _on_one(self, run: Callable[[int], object]) -> Callable[[], None]:
        def act() -> None:
            if ids := self.articles():
                run(ids[0])

        return act

    def _is_trash(self) -> bool:
        return self._lists.place[0] == "trash"

    def _is_here(self) -> bool:
        return not self._is_trash()

    def _open_in_tab(self, article: int) -> None:
        self.tab_requested.emit(Address("article", str(article)))

    def _copy_citations(self, ids: list[int]) -> None:
        QGuiApplication.clipboard().setText(self._outgoing.citations(ids))

    def _export_citations(self, ids: list[int]) -> None:
        name, _ = QFileDialog.getSaveFileName(self._parent, self.tr("Export citations"), "kbapp.ris", "RIS (*.ris)")
        if name:
            try:
                Path(name).write_text(self._outgoing.citations(ids), "utf-8")
            except OSError as error:
                self._lists.failed.emit(UserError(Code.FILE_NOT_WRITTEN, file=name, reason=error.strerror))
            else:
                self._lists.message.emit(self.tr("Written: {0}").format(name))

    def ask_purge(self, ids: list[int]) -> None:
        """Asks whether articles are to be deleted for good, and says what goes with them."""
        what = plural(len(ids), "article")
        if confirm(
            self._parent, self.tr("Delete {0} for good?").format(what), self._goes_too(ids), self.tr("Delete for good")
        ):
            self._trash.purge(ids)

    def ask_empty(self) -> None:
        """Asks whether the trash is to be emptied."""
        title, verb = self.tr("Empty the trash?"), self.tr("Empty trash")
        words = self.tr(
            "All articles and notes in it are deleted for good, with their highlights, earlier versions, pictures and original "
            "files. This cannot be undone."
        )
        if confirm(self._parent, title, words, verb):
            self._trash.empty()

    def _goes_too(self, ids: list[int]) -> str:
        notes = self._trash.notes_on(ids[:_MOST_COUNTED])
        words = self.tr(
            "Highlights, earlier versions, pictures and original files go with them. This cannot be undone; only backups still "
            "have them."
        )
        return f"{self.tr('{0} about them are deleted too.').format(plural(notes, 'note'))} {words}" if notes else words

    def delete_selected(self) -> None:
        """What the Delete key does: to the trash with articles, and from there for good."""
        if ids := self._rows.selected_articles():
            self.ask_purge(ids) if self._is_trash() else self._undo.trash(ids)

    def ask_tag(self, ids: list[int]) -> None:
        if (tag := ask_line(self._parent, self.tr("Tag"))) is not None:
            self._undo.tag(ids, tag)

    # --- context menus ------------------------------------------------------------------------------------------------
    def show_list_menu(self, actions: Actions, at: QPoint) -> None:
        menu = self.list_menu(actions)
        if not menu.isEmpty():
            menu.exec(at)
        menu.deleteLater()

    def list_menu(self, actions: Actions) -> QMenu:
        """What can be done with the selected articles."""
        menu = QMenu(self._parent)
        count = len(self._rows.selected_articles())
        actions.refresh()
        for name in _LIST_MENU if count else ():
            if not name:
                menu.addSeparator()
            elif (count == 1 or name not in _FOR_ONE) and actions[name].isEnabled():
                menu.addAction(actions[name])
        return menu

    def show_sidebar_menu(self, place: str, value: str, at: QPoint) -> None:
        menu = self.sidebar_menu(place, value)
        if not menu.isEmpty():
            menu.exec(at)
        menu.deleteLater()

    def sidebar_menu(self, place: str, value: str) -> QMenu:
        """What can be done with a tag, a board, a saved search or the trash."""
        menu, undo = QMenu(self._parent), self._undo
        if place == "searches" and value:
            menu.addAction(self.tr("Remove this saved search"), partial(undo.forget_search, value))
        elif place == "tags" and value:
            menu.addAction(self.tr("Rename…"), partial(self._rename_tag, value))
            menu.addAction(self.tr("Merge into…"), partial(self._merge_tag, value))
            menu.addAction(self.tr("Delete tag"), partial(undo.delete_tag, value))
        elif place == "boards" and value:
            menu.addAction(self.tr("Open the board"), partial(self._rows.opened.emit, "board", int(value)))
            menu.addAction(self.tr("Rename…"), partial(self._rename_board, int(value)))
            menu.addAction(self.tr("Delete board"), partial(undo.remove_board, int(value)))
        elif place == "trash":
            menu.addAction(self.tr("Empty the trash…"), self.ask_empty)
        return menu

    def _rename_tag(self, tag: str) -> None:
        if (name := ask_line(self._parent, self.tr("New name of the tag"), tag)) is not None and name != tag:
            self._undo.rename_tag(tag, name)

    def _merge_tag(self, tag: str) -> None:
        others = [name for name in self._sidebar.tags if name != tag]
        title = self.tr("Merge “{0}” into").format(tag)
        name, agreed = QInputDialog.getItem(self._parent, title, title, others, 0, False) if others else ("", False)
        if agreed and name:
            self._undo.rename_tag(tag, name)

    def _rename_board(self, board: int) -> None:
        if (title := ask_line(self._parent, self.tr("Title of the board"))) is not None:
            self._undo.rename_board(board, title)

    def take_rows(self, place: str, value: str, rows: list[tuple[str, int]]) -> None:
        """Puts what was dropped in the sidebar where it was dropped: articles on a tag, notes and articles on a board."""
        articles = [number for kind, number in rows if kind == "article"]
        if place == "tags" and articles:
            self._undo.tag(articles, value)
        elif place == "boards":
            for number in (number for kind, number in rows if kind == "note"):
                self._undo.add_to_board(int(value), number)
            if articles:
                self._undo.put_articles_on_board(int(value), articles)
