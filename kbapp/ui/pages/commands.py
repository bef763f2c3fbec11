"""The actions of pages: going back, finding words, printing."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from kbapp.rendering.addresses import Address
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.pages.controller import PageController
from kbapp.ui.pages.page_tabs import PageTabs
from kbapp.ui.pages.printing import paper, print_page
from kbapp.ui.widgets.dialog import Verb, choose
from kbapp.ui.widgets.find_bar import FindBar

_LISTS = ("people", "authors", "notes")


class PageCommands(QObject):
    """What menus and keys do with the page in front. ``place_wanted`` carries a place of the sidebar to be listed."""

    message = Signal(str)
    place_wanted = Signal(str, str)

    def __init__(self, controller: PageController, tabs: PageTabs, find_bar: FindBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._controller, self._tabs, self._find_bar = parent, controller, tabs, find_bar
        find_bar.returnPressed.connect(lambda: tabs.view.find_text(find_bar.text()))
        find_bar.left.connect(self.focus_page)

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        names = (self.tr("P&eople"), self.tr("&Authors"), self.tr("&Notes"))
        lists = [
            ActionSpec(f"page.{place}", name, partial(self.place_wanted.emit, place, ""), f"Alt+{number}")
            for number, (place, name) in enumerate(zip(_LISTS, names, strict=True), 1)
        ]
        return [
            ActionSpec("page.print", self.tr("&Print the page…"), self.print_page, QKeySequence.StandardKey.Print),
            ActionSpec("page.pdf", self.tr("Save the page as P&DF…"), self.save_pdf),
            ActionSpec("page.close", self.tr("&Close tab"), self._tabs.close_front, "Ctrl+W"),
            ActionSpec("page.copy", self.tr("&Copy"), self.copy, QKeySequence.StandardKey.Copy),
            ActionSpec("page.back", self.tr("&Back"), self._tabs.back, "Alt+Left"),
            ActionSpec("page.forward", self.tr("&Forward"), self._tabs.forward, "Alt+Right"),
            ActionSpec("page.find", self.tr("Find in &page"), self._find_bar.begin, "Ctrl+Shift+F"),
            ActionSpec("page.next", self.tr("Next place found"), lambda: self._tabs.view.next_place(1), "F3"),
            ActionSpec("page.previous", self.tr("Previous place found"), self._previous_place, "Shift+F3"),
            ActionSpec("page.focus", self.tr("The pa&ge"), self.focus_page, "Alt+P"),
            *lists,
            ActionSpec("page.merges", self.tr("Suggested &merges"), self._open_merges, "Alt+4"),
        ]

    def _open_merges(self) -> None:
        self._controller.page_requested.emit(Address("list", "merges"))

    def _previous_place(self) -> None:
        self._tabs.view.next_place(-1)

    def focus_page(self) -> None:
        self._tabs.view.setFocus()

    def copy(self) -> None:
        """Copies from the text field that is being written in, else from the page."""
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.copy()
        else:
            self._tabs.view.copy()

    def print_page(self) -> None:
        printer = paper()
        if QPrintDialog(printer, self._parent).exec() and (html := self._printable()) is not None:
            print_page(html, printer)

    def save_pdf(self) -> None:
        page = self._tabs.view.page
        name = re.sub(r'[\\/:*?"<>|]+', " ", page.title if page else "kbapp")[:80]
        file, _ = QFileDialog.getSaveFileName(
            self._parent, self.tr("Save the page as PDF"), f"{name}.pdf", "PDF (*.pdf)"
        )
        if file and (html := self._printable()) is not None:
            print_page(html, paper(file))
            self.message.emit(self.tr("Written: {0}").format(file))

    def _printable(self) -> str | None:
        """The page in front, with the user's notes on it only when he says so now; None when he thinks better of it."""
        view = self._tabs.view
        if view.page is None or not self._controller.has_notes(view.page.subject):
            return view.html_shown
        verbs = (Verb("with", self.tr("Include")), Verb("without", self.tr("Leave out"), "primary"))
        title = self.tr("Include your private notes in the printout?")
        answer = choose(self._parent, title, self.tr("Anyone who gets the printout can read them."), verbs, "without")
        if not answer:
            return None
        return view.html_shown if answer == "with" else self._controller.page_without_notes(view.page.address)
