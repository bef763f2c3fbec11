"""The controllers and widgets of one window, built in two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from kbapp.errors import UserError
from kbapp.rendering.addresses import Address
from kbapp.ui import window_state
from kbapp.ui.core.context import AppContext
from kbapp.ui.main_window import MainWindow

if TYPE_CHECKING:
    from kbapp.domain import Note, Subject
    from kbapp.ui.composition.shared import SharedParts
    from kbapp.ui.core.controller import Controller
    from kbapp.ui.core.rows import Listing
    from kbapp.ui.notes.drafts import Passage
    from kbapp.ui.notes.note_card import NoteCard
    from kbapp.ui.pages.page_view import PageView
    from kbapp.ui.style.schemes import Scheme


class WindowParts(QObject):
    """Everything of one window.

    ``listed`` says that the first list is there, ``ready`` that the window is complete, ``unusable`` that the library cannot
    be opened, ``closed`` that the window was closed; ``window_requested`` carries the address that another window is to
    show ("" for none).
    """

    listed = Signal()
    ready = Signal()
    unusable = Signal(UserError)
    closed = Signal()
    window_requested = Signal(str)

    def __init__(self, context: AppContext, shared: Callable[[], SharedParts]) -> None:
        self._remembered = window_state.read(context.state_file, context.folder)
        self.window = MainWindow(self._remembered, context.settings.values.theme)
        super().__init__(self.window)
        self.context = context
        self.is_open, self.is_complete = True, False
        self._make_shared, self._is_begun = shared, False
        self.window.closing.connect(self._close)

    # --- first step: what is seen -------------------------------------------------------------------------------------
    def build_list(self) -> None:
        """Puts in the panes and the first list."""
        if self._is_begun:
            return
        self._is_begun = True
        from kbapp.ui.articles.controller import ListController
        from kbapp.ui.style import theme
        from kbapp.ui.window_layout import WindowLayout
        from kbapp.ui.window_session import WindowSession

        theme.load_typefaces()
        self.window.setFont(
            QApplication.font()
        )  # made before they were known, it hands the desktop's font to its parts
        layout = self.layout = WindowLayout(self.window, _make_card, _make_view)
        layout.library_name.setText(self.context.folder.name)
        layout.library_name.setToolTip(str(self.context.folder))
        self.sidebar, self.rows, self.tabs, self.panel = layout.sidebar, layout.rows, layout.tabs, layout.panel
        self.search_box, self.facets, self.sort_box = layout.search_box, layout.facets, layout.sort_box
        self.session = WindowSession(self.window, layout, self._remembered)
        self.apply_scheme()
        self.session.restore_panes()
        layout.panes.make_room(self.window.width())
        self.window.resized.connect(layout.panes.make_room)
        self.window.remove_placeholder()
        try:
            self.lists = ListController(self.context, self)
        except UserError as error:
            self.unusable.emit(error)
            return
        self.sort_box.offer("articles", self.lists.order)
        self.lists.list_ready.connect(self.show_list)
        self.lists.rows_ready.connect(self.rows.rows.put_rows)
        self.lists.show_first()
        self.listed.emit()

    def show_list(self, found: Listing) -> None:
        """Shows a list and what it is called."""
        self.rows.show_list(found)
        self.layout.show_listed(found.title, found.about)

    # --- second step: what acts ---------------------------------------------------------------------------------------
    def build_rest(self) -> None:
        """Puts in all that acts."""
        self._build_controllers()
        self._build_commands()
        self._build_menus()
        self.is_complete = True

    def _build_controllers(self) -> None:
        from kbapp.ui.articles.counts import CountsController
        from kbapp.ui.articles.trash_controller import TrashController
        from kbapp.ui.core.actions import Actions
        from kbapp.ui.core.undo import UndoController
        from kbapp.ui.importing.controller import ImportController
        from kbapp.ui.inspector.controller import InspectorController
        from kbapp.ui.inspector.info_page import InfoPage
        from kbapp.ui.inspector.people_page import PeoplePage
        from kbapp.ui.libraries.controller import LibraryController
        from kbapp.ui.notes.boards_controller import BoardsController
        from kbapp.ui.notes.controller import NotesController
        from kbapp.ui.pages.controller import PageController
        from kbapp.ui.people.controller import PeopleController
        from kbapp.ui.people.list_controller import PeopleListController
        from kbapp.ui.search.controller import SearchController

        context = self.context
        self.shared = self._make_shared()
        self.actions = Actions(self.window)
        self.undo = UndoController(context, self)
        self.counts, self.search = CountsController(context, self), SearchController(context, self)
        self.trash = TrashController(context, self)
        self.pages, self.importing = PageController(context, self), ImportController(context, self)
        self.notes, self.boards = NotesController(context, self.undo, self), BoardsController(context, self.undo, self)
        self.people, self.people_lists = PeopleController(context, self.undo, self), PeopleListController(context, self)
        self.inspector = InspectorController(context, self.undo, self)
        self.info_page, self.people_page = InfoPage(), PeoplePage()
        self.people_page.show_scheme(self.scheme)
        self.libraries = LibraryController(context, lambda: window_state.libraries(context.state_file), self)
        self.controllers: tuple[Controller, ...] = (
            self.lists, self.undo, self.counts, self.search, self.pages, self.importing, self.notes, self.boards, self.people,
            self.people_lists, self.trash, self.inspector, self.libraries,
        )  # fmt: skip

    def _build_commands(self) -> None:
        from kbapp.ui.articles.commands import ArticleCommands
        from kbapp.ui.articles.outgoing import Outgoing
        from kbapp.ui.importing.commands import ImportCommands
        from kbapp.ui.libraries.commands import LibraryCommands
        from kbapp.ui.notes.commands import NoteCommands
        from kbapp.ui.notes.lock_commands import LockCommands
        from kbapp.ui.pages.commands import PageCommands
        from kbapp.ui.search.commands import SearchCommands
        from kbapp.ui.settings.commands import SettingsCommands

        window, undo, shared = self.window, self.undo, self.shared
        self.outgoing = Outgoing(self.context)
        self.article_commands = ArticleCommands(
            self.lists, self.trash, undo, self.outgoing, self.rows, self.sidebar, self.article_shown, window
        )
        self.page_commands = PageCommands(self.pages, self.tabs, self.layout.find_bar, window)
        self.note_commands = NoteCommands(self.notes, self.boards, self.panel, self.passage, window)
        self.lock_commands = LockCommands(shared.lock, self.panel.save_all, window)
        self.search_commands = SearchCommands(self.search, undo, self.search_box, lambda: self.session.searches, window)
        self.import_commands = ImportCommands(self.importing, window)
        self.library_commands = LibraryCommands(self.libraries, window)
        self.settings_commands = SettingsCommands(self.context.settings, window)
        for feature in (
            self.article_commands, self.page_commands, self.note_commands, self.lock_commands, self.search_commands,
            self.import_commands, self.settings_commands, self.library_commands,
        ):  # fmt: skip
            self.actions.add(feature.actions())
        self._add_own_actions()

    def _add_own_actions(self) -> None:
        """The actions that concern the window as a whole."""
        from kbapp.ui.core.actions import ActionSpec

        layout, keys, stack = self.layout, QKeySequence.StandardKey, self.undo.stack
        for name, action, key in (
            ("edit.undo", stack.createUndoAction(self.window), keys.Undo),
            ("edit.redo", stack.createRedoAction(self.window), keys.Redo),
        ):
            action.setShortcut(QKeySequence(key))
            self.actions.add_action(name, action)
        self.actions.add([
            ActionSpec("window.new", self.tr("New &window"), self._request_window, "Ctrl+Shift+N"),
            ActionSpec("window.quit", self.tr("&Quit"), QApplication.closeAllWindows, keys.Quit),
            ActionSpec("window.sidebar", self.tr("&Sidebar"), layout.toggle_sidebar, "F9"),
            ActionSpec("window.panel", self.tr("&Inspector"), layout.toggle_panel, "F8"),
            ActionSpec("window.next_pane", self.tr("Next pane"), lambda: layout.go_round(1), "F6"),
            ActionSpec("window.previous_pane", self.tr("Previous pane"), lambda: layout.go_round(-1), "Shift+F6"),
            ActionSpec("list.table", self.tr("Ta&ble"), layout.buttons["table"].click, "Ctrl+Shift+L"),
            ActionSpec("window.menu", self.tr("&Menu"), layout.show_menu, "F10"),
            ActionSpec("help.keys", self.tr("&Keys and searching"), self._show_help, "F1"),
            ActionSpec("help.rebuild", self.tr("&Rebuild the search index"), self.shared.index.rebuild),
            ActionSpec("help.about", self.tr("&About kbapp"), lambda: self.tabs.visit_in_new_tab(Address("about", "kbapp"))),
        ])  # fmt: skip

    def _build_menus(self) -> None:
        from kbapp.ui import menu_bar
        from kbapp.ui.articles.selection_bar import SelectionBar
        from kbapp.ui.notes.aligner import NotesAligner
        from kbapp.ui.pages.context_menu import PageMenu
        from kbapp.ui.pages.selection_bar import TextBar
        from kbapp.ui.people.person_card import PersonCard
        from kbapp.ui.people.person_menu import PersonMenu
        from kbapp.ui.widgets.drop_overlay import DropOverlay
        from kbapp.ui.widgets.toast import Toast

        self.page_menu = PageMenu(self.tabs, self.actions["page.copy"], self.window)
        self.text_bar, self.person_card = TextBar(self.window), PersonCard(self.window)
        for part in (self.text_bar, self.person_card):
            part.show_scheme(self.scheme)
        self.person_menu = PersonMenu(self.people, self.undo, lambda: self.scheme, self.window)
        self.drop_overlay = DropOverlay(self.window)
        self.facets.build()
        self.selection_bar = SelectionBar()
        self.selection_bar.show_scheme(self.scheme)
        self.layout.add_below_rows(self.selection_bar)
        self.toast = Toast(self.window, self.layout.page_pane)
        self.aligner = NotesAligner(self.panel, self.window)
        titles = {
            "menu.lock": self.tr("&Lock the notes"),
            "menu.highlight": self.tr("&Highlight the selection"),
            "menu.theme": self.tr("&Colours"),
        }
        self.window.addActions(list(self.actions))  # their keys work whether a menu is in sight or not
        menu_bar.fill(
            self.layout.menus,
            self.actions,
            titles,
            {"menu.recent": self.search_commands.recent_menu, "menu.libraries": self.library_commands.recent_menu},
        )

    # --- what several parts ask ---------------------------------------------------------------------------------------
    def article_shown(self) -> int:
        """The article in front; 0 for any other page."""
        here = self.tabs.address
        return here.number if here is not None and here.kind == "article" else 0

    def passage(self) -> Passage | None:
        """What is selected on the article in front; None while nothing is."""
        from kbapp.ui.notes.drafts import Passage

        words, occurrence = self.tabs.view.body_selection()
        article = self.article_shown()
        return Passage(article, words, occurrence) if article and words else None

    def _show_help(self) -> None:
        """Shows the help, with the focus on it, so that its keys scroll it at once."""
        from kbapp.rendering.router import HELP

        self.tabs.visit_in_new_tab(HELP)
        self.tabs.view.setFocus()

    def _request_window(self) -> None:
        here = self.tabs.address
        self.window_requested.emit(str(here) if here is not None else "")

    # --- looks --------------------------------------------------------------------------------------------------------
    @property
    def scheme(self) -> Scheme:
        """The colours in force."""
        from kbapp.ui.style import theme

        return theme.scheme_for(self.context.settings.values.theme)

    def apply_scheme(self) -> None:
        """Puts the settings and the desktop's colours into force."""
        from kbapp.ui.style import theme

        settings, scheme = self.context.settings.values, self.scheme
        theme.apply_theme(self.window, scheme)
        self.window.setWindowIcon(theme.app_icon())
        for part in (self.sidebar, self.panel, self.rows):
            part.show_scheme(scheme)
        self.tabs.show_style(scheme, settings.font, settings.font_size, settings.measure)
        for name, picture in self.layout.mirrored_icons().items():
            self.layout.buttons[name].setIcon(theme.icon(picture, scheme.quiet))
        if self.is_complete:
            for each in (self.people_page, self.text_bar, self.person_card, self.selection_bar):
                each.show_scheme(scheme)
            self.tabs.reload()

    # --- the end ------------------------------------------------------------------------------------------------------
    def save_session(self) -> None:
        """Keeps what the window shows for the next start."""
        if self._is_begun:
            self.session.save(self.context.state_file, self.context.folder)

    def _close(self) -> None:
        self.is_open = False
        if self.is_complete:
            self.panel.save_all()
            for controller in self.controllers:
                controller.close()
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply_scheme)
        self.closed.emit()


def _make_card(note: Note | None, subject: Subject | None, scheme: Scheme, hint: str, parent: QWidget) -> NoteCard:
    from kbapp.ui.notes.note_card import NoteCard

    return NoteCard(note, subject, scheme, hint, parent)


def _make_view(number: int) -> PageView:
    from kbapp.ui.pages.page_view import PageView

    return PageView(number)
