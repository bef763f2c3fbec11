"""The context menus of the list, the page and the sidebar, and the small questions that they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QMenu

from kbapp.rendering.addresses import Address, parse
from kbapp.ui.notes.board_menu import BoardMenu
from kbapp.ui.people.person_menu import PersonMenu

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk
    from kbapp.ui.main_window import MainWindow
    from kbapp.ui.menu_bar import Menus

COLOURS = (("yellow", "Yellow"), ("green", "Green"), ("blue", "Blue"), ("pink", "Pink"), ("purple", "Purple"))


class ContextMenus(QObject):
    """What a right click offers, wherever it is."""

    def __init__(self, window: MainWindow, desk: Desk, menus: Menus) -> None:
        super().__init__(menus)
        self.window, self.desk, self.menus = window, desk, menus
        self.boards = BoardMenu(window, desk)
        self.people = PersonMenu(window, desk, self.ask)
        window.rows.wants_menu.connect(self.article_menu)
        window.sidebar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.sidebar.customContextMenuRequested.connect(self.sidebar_menu)
        window.tabs.moved.connect(self._wire_page)
        self._wired: set[int] = set()
        self._wire_page()

    def _wire_page(self) -> None:
        view = self.window.tabs.view
        if id(view) not in self._wired:
            self._wired.add(id(view))
            view.wants_menu.connect(self.page_menu)
            view.highlighted_text.connect(lambda words, number: self.desk.noting.highlight(words, number))

    def article_menu(self, ids: list[int], at: QPoint) -> None:
        if ids:
            self.of_articles(ids).exec(at)

    def of_articles(self, ids: list[int]) -> QMenu:
        """What can be done with these articles."""
        menu = QMenu(self.window)
        changes = self.desk.changes
        if len(ids) == 1:
            menu.addAction(
                self.tr("Open in a new tab"), lambda: self.desk.open(Address("article", str(ids[0])), new_tab=True)
            )
            menu.addAction(self.tr("Open the original file"), lambda: self.desk.reader.open_original(ids[0]))
            menu.addAction(self.tr("More like this"), lambda: self.desk.finder.more_like(ids[0]))
            menu.addSeparator()
        menu.addAction(self.tr("Star"), lambda: changes.star(ids, True))
        menu.addAction(self.tr("Remove star"), lambda: changes.star(ids, False))
        menu.addAction(self.tr("Mark as read"), lambda: changes.read(ids, True))
        menu.addAction(self.tr("Mark as unread"), lambda: changes.read(ids, False))
        menu.addAction(self.tr("Add a tag…"), lambda: self.ask_tag(ids))
        menu.addSeparator()
        menu.addAction(
            self.tr("Copy citation"),
            lambda: QGuiApplication.clipboard().setText("\n".join(self.desk.reader.citation(each) for each in ids)),
        )
        if self.window.sidebar.place()[0] == "trash":
            menu.addAction(self.tr("Restore from the trash"), lambda: changes.restore(ids))
        else:
            menu.addAction(self.tr("Move to trash"), lambda: changes.trash(ids))
        return menu

    def page_menu(self, link: str, words: str, at: QPoint) -> None:
        menu = self.of_page(link, words)
        if not menu.isEmpty():
            menu.exec(at)

    def of_page(self, link: str, words: str) -> QMenu:
        """What can be done with a link under the mouse and with the selected words."""
        menu = QMenu(self.window)
        address = parse(link) if link else None
        if address is not None and address.kind in ("person", "author", "article"):
            menu.addAction(self.tr("Open"), lambda: self.desk.open(address))
            menu.addAction(self.tr("Open in a new tab"), lambda: self.desk.open(address, new_tab=True))
            menu.addAction(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(str(address.page)))
        here = self.window.tabs.history.current
        note = address if address is not None and address.kind == "note" else here if here is not None and here.kind == "note" else None  # fmt: skip
        if note is not None and note.number:
            self.boards.of_note(menu, note.number)
        person = (
            address
            if address is not None and address.kind in ("person", "author")
            else here
            if here is not None and here.kind in ("person", "author")
            else None
        )
        if person is not None:
            menu.addSeparator()
            self.people.of_person(
                menu, person.number, here.number if here is not None and here.kind == "article" else None
            )
        if words:
            menu.addSeparator()
            menu.addAction(self.tr("Copy"), self.menus.copy)
            marks = menu.addMenu(self.tr("Highlight"))
            for colour, name in COLOURS:
                marks.addAction(self.tr(name), lambda colour=colour: self.menus.highlight(colour))
            for number, title in self.desk.noting.lost():
                menu.addAction(
                    self.tr("Attach “{0}” here").format(title),
                    lambda number=number: self.desk.noting.attach(number, *self.window.tabs.view.body_selection()),
                )
            if here is not None and here.kind == "article" and len(words) <= 80 and "\n" not in words:
                menu.addAction(
                    self.tr("This is a person…"),
                    lambda: self.ask(
                        self.tr("Who is “{0}”?").format(words), words,
                        lambda name: self.desk.changes.mark_person(here.number, words, name),
                    ),
                )  # fmt: skip
            menu.addAction(self.tr("Search for this"), lambda: self.window.search_box.setText(f'"{words[:80]}"'))
        return menu

    def sidebar_menu(self, at: QPoint) -> None:
        item = self.window.sidebar.itemAt(at)
        place, value = self.window.sidebar.place_of(item) if item is not None else ("", "")
        if place == "searches" and value:
            menu = QMenu(self.window)
            menu.addAction(self.tr("Remove this saved search"), lambda: self.desk.changes.forget_search(value))
            menu.exec(self.window.sidebar.viewport().mapToGlobal(at))

    def ask_tag(self, ids: list[int]) -> None:
        self.ask(self.tr("Tag"), "", lambda text: self.desk.changes.tag(ids, text))

    def ask(self, question: str, text: str, then: Callable[[str], object]) -> None:
        """Asks for a line of text and does something with what was typed."""
        answer, agreed = QInputDialog.getText(self.window, "kbapp", question, text=text)
        if agreed and answer.strip():
            then(answer.strip())
