"""The actions on articles: on those that are selected, else on the one that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from kbapp.rendering.addresses import Address
from kbapp.ui.articles.article_list import ArticleList
from kbapp.ui.articles.controller import ListController
from kbapp.ui.articles.outgoing import Outgoing
from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.core.actions import Actions, ActionSpec
from kbapp.ui.core.undo import UndoController
from kbapp.ui.widgets.questions import ask_line

_LIST_MENU = (
    "article.open_in_tab", "article.original", "article.like", "",
    "article.star", "article.unstar", "article.read", "article.unread", "article.tag", "",
    "article.cite", "article.restore", "article.trash",
)  # fmt: skip
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
        undo: UndoController,
        outgoing: Outgoing,
        rows: ArticleList,
        sidebar: Sidebar,
        shown: Callable[[], int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent, self._lists, self._undo, self._rows, self._sidebar = parent, lists, undo, rows, sidebar
        self._shown, self._outgoing = shown, outgoing
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
        if place == "searches" and value:
            menu = QMenu(self._parent)
            menu.addAction(self.tr("Remove this saved search"), lambda: self._undo.forget_search(value))
            menu.exec(at)
            menu.deleteLater()
