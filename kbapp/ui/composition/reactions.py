"""What happens in one feature because of another: the slots that concern more than one of them."""

from __future__ import annotations

import html

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from kbapp.domain import Subject
from kbapp.i18n import message
from kbapp.rendering.addresses import Action, Address
from kbapp.rendering.router import HELP, REPORT, WELCOME, help_page
from kbapp.ui.articles.article_list_model import DragSource
from kbapp.ui.composition.list_reactions import ListReactions
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.importing.controller import ImportReport
from kbapp.ui.notes.board_dialog import BoardDialog
from kbapp.ui.notes.drafts import Passage
from kbapp.ui.notes.spell_checker import languages
from kbapp.ui.pages.page_view import PageView
from kbapp.ui.pages.requests import MissingPage, PageAnswer, PageSpot, SubjectNotes
from kbapp.ui.people.network_dialog import NetworkDialog
from kbapp.ui.settings.settings_dialog import SettingsDialog

_WARM = 1500  # milliseconds after which the process that imports is started, ahead of need
_LONGEST_NAME = 80  # letters of selected words that may be a name
_LOOKS = ("theme", "font", "font_size", "measure")  # settings that change what windows look like


class Reactions(QObject):
    """Slots of one window that ``connections`` connects."""

    def __init__(self, parts: WindowParts, lists: ListReactions) -> None:
        super().__init__(parts)
        self._parts, self._lists = parts, lists

    def begin(self) -> None:
        """The first requests of a complete window."""
        parts = self._parts
        parts.pages.provide(HELP, lambda: help_page(parts.actions.shortcuts()))
        parts.pages.provide(REPORT, parts.importing.report_page)
        parts.tabs.show_pictures_from(parts.notes.picture)
        parts.rows.rows.drag_source = DragSource(parts.outgoing.paths, parts.outgoing.citations)
        parts.page_menu.contribute(self._add_note_lines)
        parts.page_menu.contribute(self._add_person_lines)
        self.follow_view(parts.tabs.view)
        parts.actions.refresh()
        if not parts.lists.is_whole:
            parts.lists.reload()
        if parts.search_box.text():  # who typed before the window was complete keeps the search
            parts.search.search(parts.search_box.text())
        elif parts.lists.is_whole and not parts.rows.rows.rowCount():
            self._lists.welcome()
        parts.counts.recount()
        parts.counts.back_up()
        parts.shared.index.start()
        QTimer.singleShot(_WARM, self, self._warm_up)

    def _warm_up(self) -> None:
        if self._parts.is_open:
            self._parts.context.importer.warm_up()

    def refresh(self, change: ChangeSet) -> None:
        """Shows what was changed in any window."""
        parts = self._parts
        parts.counts.recount()
        if change.origin == parts.notes.origin:
            return
        if any(map(change.touches, (Kind.ARTICLE, Kind.PERSON, Kind.NOTE, Kind.TAG))):
            if parts.search.query:
                parts.search.repeat()
            else:
                parts.lists.reload()
        if any(change.touches(kind) for kind in Kind if kind is not Kind.SEARCH):
            parts.tabs.reload()

    # --- pages --------------------------------------------------------------------------------------------------------
    def follow_view(self, view: PageView) -> None:
        """Keeps the notes beside the passages of a page."""
        view.verticalScrollBar().valueChanged.connect(self._parts.aligner.scroll)
        view.resized.connect(self._parts.aligner.align_soon)

    def show_page(self, answer: PageAnswer) -> None:
        """Shows a page in its tab, and what belongs beside it if that is in front."""
        parts, page = self._parts, answer.page
        in_front = parts.tabs.is_in_front(answer.request)
        if in_front and page.subject == parts.panel.subject and parts.panel.save_all():
            parts.pages.fetch(answer.request)  # what was fetched did not know what has been written meanwhile
            return
        if not parts.tabs.show_page(answer):
            return
        if in_front:
            self.show_notes(answer.beside)
            self._lists.select_shown(scroll=True)
            if page.address.kind == "article" and not page.address.place:
                parts.search.find_places(parts.tabs.view.toPlainText())

    def show_missing(self, missing: MissingPage) -> None:
        title = self.tr("This page is not here")
        hint = self.tr("It may have been removed since, or the link is from another library. Alt+Left goes back.")
        words = html.escape(message(missing.error))
        self._parts.tabs.show_missing(missing, f"<h1>{title}</h1><p>{words}</p><p>{hint}</p>")
        self.switch_tab()

    def switch_tab(self) -> None:
        """Shows the notes that belong to the tab in front."""
        page = self._parts.tabs.view.page
        self._parts.pages.fetch_notes(page.subject if page is not None else Subject("library"))

    def show_front(self) -> None:
        """Shows what belongs to the page in front: its title, where Back and Forward lead."""
        parts, page, history = self._parts, self._parts.tabs.view.page, self._parts.tabs.history
        parts.layout.buttons["back"].setEnabled(history.at > 0)
        parts.layout.buttons["forward"].setEnabled(history.at < len(history.entries) - 1)
        parts.window.show_title(page.title if page is not None else "")

    def show_notes(self, beside: SubjectNotes) -> None:
        """Shows the notes about the page in front."""
        parts, page = self._parts, self._parts.tabs.view.page
        if beside.subject != (page.subject if page is not None else Subject("library")):
            return
        if beside.subject.id is None or page is None:
            title = self.tr("About the library as a whole")
        elif page.address.kind == beside.subject.kind:
            title = self.tr("About “{0}”").format(page.title)
        else:
            title = self.tr("About what this note is about")
        parts.panel.show_notes(beside.subject, title, beside.notes, locked=parts.shared.lock.locked)
        parts.aligner.follow(parts.tabs.view if page is not None and page.address.kind == "article" else None)

    def act(self, action: Action) -> None:
        """Does what a link on one of our own pages says."""
        parts, name = self._parts, action.name
        one, two = action.numbers(1), action.numbers(2)
        if name == "restore" and len(action.arguments) == 2 and action.arguments[0].isdecimal():
            parts.notes.bring_back(int(action.arguments[0][:18]), action.arguments[1])
        elif name == "samples":
            parts.importing.import_samples()
        elif name == "newboard":
            parts.note_commands.ask_new_board()
        elif two is not None and name in ("merge", "refuse"):
            {"merge": parts.undo.merge, "refuse": parts.undo.refuse_merge}[name](*two)
        elif name == "split" and (given := action.numbers(len(action.arguments))) and len(given) > 1:
            parts.undo.split_off(given[0], given[1:])
        elif one is not None and name in (
            acts := {
                "arrange": self.show_board,
                "exportboard": parts.note_commands.ask_save_board,
                "network": self.show_network,
                "fetch": parts.importing.fetch_article,
                "original": parts.pages.open_original,
            }
        ):
            acts[name](*one)

    # --- context menu -------------------------------------------------------------------------------------------------
    def _add_note_lines(self, menu: QMenu, spot: PageSpot) -> None:
        note = spot.target("note")
        if note is not None and note.number:
            self._parts.note_commands.add_board_lines(menu, note.number)
        if spot.words and (article := self._article(spot)):
            menu.addSeparator()
            self._parts.note_commands.add_highlight_lines(menu, Passage(article, spot.words, spot.occurrence))

    def _add_person_lines(self, menu: QMenu, spot: PageSpot) -> None:
        person, article = spot.target("person", "author"), self._article(spot)
        if person is not None:
            menu.addSeparator()
            self._parts.person_menu.add_lines(menu, person.number, article)
        if article and 0 < len(spot.words) <= _LONGEST_NAME and "\n" not in spot.words:
            self._parts.person_menu.add_mark_line(menu, article, spot.words)

    @staticmethod
    def _article(spot: PageSpot) -> int:
        return spot.here.number if spot.here is not None and spot.here.kind == "article" else 0

    # --- notes, imports -----------------------------------------------------------------------------------------------
    def show_passage(self, note: int) -> None:
        self._parts.tabs.view.scroll_to(f"n{note}")

    def show_lock(self) -> None:
        """Pages and searches show notes, or show them no more; nothing of them stays in tabs behind."""
        parts, locked = self._parts, self._parts.shared.lock.locked
        parts.tabs.forget_pages()
        if locked:  # what was searched for while the notes were open may be words of theirs
            parts.session.searches.clear()
            parts.search_box.clear()
        parts.actions.refresh()
        parts.window.show_message(self.tr("Your notes are locked.") if locked else self.tr("Your notes are open."))

    def show_stored(self) -> None:
        """Shows what an import has brought so far."""
        self._parts.counts.recount()
        if not self._parts.search.query:
            self._parts.lists.reload()

    def show_imported(self, report: ImportReport) -> None:
        """Says what became of an import; the first articles of a library are shown."""
        parts = self._parts
        parts.layout.import_bar.show_result(list(report.outcomes), report.trouble)
        if report.articles and parts.tabs.address in (None, WELCOME):
            parts.tabs.visit(Address("article", str(report.articles[-1])))

    def show_report(self) -> None:
        self._parts.tabs.visit_in_new_tab(REPORT)

    # --- dialogs ------------------------------------------------------------------------------------------------------
    def show_palette(self) -> None:
        from kbapp.ui.search.command_palette import CommandPalette  # loaded when it is first wanted

        parts = self._parts
        palette = CommandPalette(parts.actions, parts.window)
        palette.pages_wanted.connect(parts.search.jump)
        palette.page_requested.connect(parts.tabs.visit)
        parts.search.jumps_ready.connect(palette.offer)
        palette.show()
        palette.box.setFocus()

    def show_settings(self) -> None:
        SettingsDialog(self._parts.context.settings, languages(), self._parts.window).show()

    def show_network(self, person: int) -> None:
        """Opens the network around a person."""
        parts = self._parts
        dialog = NetworkDialog(parts.scheme, parts.window)
        dialog.network_wanted.connect(parts.people.find_network)
        parts.people.network_ready.connect(dialog.show_network)
        dialog.opened.connect(lambda each: parts.tabs.visit(Address("person", str(each))))
        dialog.walk_to(person)
        dialog.show()

    def show_board(self, board: int) -> None:
        """Opens a board for arranging."""
        dialog = BoardDialog(self._parts.boards, board, self._parts.window)
        dialog.note_wanted.connect(self._parts.notes.open_note)
        dialog.show()

    def apply_setting(self, name: str) -> None:
        if name in _LOOKS:
            self._parts.apply_scheme()
