"""The menu bar: all commands of a window with their shortcuts, and what they do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox, QPlainTextEdit

from kbapp.rendering.addresses import Address
from kbapp.settings import save as save_settings
from kbapp.ui.notes.lock_menu import LockMenu
from kbapp.ui.pages.context_menus import COLOURS, ContextMenus

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk
    from kbapp.ui.main_window import MainWindow


class Menus(QObject):
    """All commands of a window; each is in a menu, most have a shortcut, all are in the palette."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self.window, self.desk = window, desk
        self.commands: list[QAction] = []
        self.context = ContextMenus(window, desk, self)
        self.locking = LockMenu(window, desk, self)
        self._file_menu()
        self._edit_menu()
        self._view_menu()
        self._go_menu()
        self._help_menu()

    def _add(
        self, menu: QMenu, words: str, run: Callable[[], object], shortcut: str | QKeySequence.StandardKey | None = None
    ) -> QAction:
        action = QAction(words, self.window)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked=False: run())
        menu.addAction(action)
        self.commands.append(action)
        return action

    # --- the menu bar -----------------------------------------------------------------------------------------------------
    def _file_menu(self) -> None:
        menu = self.window.menu["file"]
        self._add(menu, self.tr("New &window"), self.new_window, "Ctrl+Shift+N")
        self._add(menu, self.tr("&Import files…"), self.choose_files, QKeySequence.StandardKey.Open)
        self._add(menu, self.tr("Import a &folder…"), self.choose_folder, "Ctrl+Shift+O")
        self._add(menu, self.tr("Import &notes from a folder…"), self.import_notes)
        self._add(menu, self.tr("&Add the sample articles"), lambda: self.desk.follow("kb:list/samples"))
        menu.addSeparator()
        self._add(menu, self.tr("&Export everything as Markdown…"), self.export)
        self._add(menu, self.tr("&Back up the library…"), self.backup)
        self._add(menu, self.tr("&Print the page…"), self.print_page, QKeySequence.StandardKey.Print)
        self._add(menu, self.tr("Save the page as P&DF…"), self.save_pdf)
        menu.addSeparator()
        self.locking.fill(menu.addMenu(self.tr("&Lock the notes")), self._add)
        menu.addSeparator()
        self._add(
            menu, self.tr("&Close tab"), lambda: self.window.tabs.close_tab(self.window.tabs.currentIndex()), "Ctrl+W"
        )
        self._add(menu, self.tr("&Quit"), QApplication.closeAllWindows, QKeySequence.StandardKey.Quit)

    def _edit_menu(self) -> None:
        menu = self.window.menu["edit"]
        stack = self.desk.changes.stack
        for action, key in (
            (stack.createUndoAction(self.window), QKeySequence.StandardKey.Undo),
            (stack.createRedoAction(self.window), QKeySequence.StandardKey.Redo),
        ):
            action.setShortcut(QKeySequence(key))
            menu.addAction(action)
            self.commands.append(action)
        menu.addSeparator()
        self._add(menu, self.tr("&Copy"), self.copy, QKeySequence.StandardKey.Copy)
        self._add(menu, self.tr("&Paste as an article"), self.paste, QKeySequence.StandardKey.Paste)
        menu.addSeparator()
        self._add(menu, self.tr("&New note"), lambda: self.window.panel.begin(), "Ctrl+N")
        self._add(menu, self.tr("New note on this sea&rch"), self.note_on_search, "Ctrl+Alt+N")
        marks = menu.addMenu(self.tr("&Highlight the selection"))
        for number, (colour, name) in enumerate(COLOURS, 1):
            self._add(marks, self.tr(name), lambda colour=colour: self.highlight(colour), f"Ctrl+{number}")
        menu.addSeparator()
        self._add(menu, self.tr("Settings…"), self.show_settings, "Ctrl+,")
        menu.addSeparator()
        self._add(
            menu, self.tr("&Star"), lambda: self._on_articles(lambda ids: self.desk.changes.star(ids, True)), "Ctrl+D"
        )
        self._add(
            menu,
            self.tr("Mark as &unread"),
            lambda: self._on_articles(lambda ids: self.desk.changes.read(ids, False)),
            "Ctrl+U",
        )
        self._add(menu, self.tr("Add a &tag…"), lambda: self._on_articles(self.context.ask_tag), "Ctrl+T")
        self._add(menu, self.tr("Move to trash"), lambda: self._on_articles(self.desk.changes.trash), "Ctrl+Backspace")

    def _view_menu(self) -> None:
        menu = self.window.menu["view"]
        self._add(menu, self.tr("&Sidebar"), self.window.buttons["sidebar"].click, "F9")
        self._add(menu, self.tr("&Notes"), self.window.buttons["panel"].click, "F10")
        menu.addSeparator()
        self._add(menu, self.tr("Larger text"), lambda: self.resize_text(1), QKeySequence.StandardKey.ZoomIn)
        self._add(menu, self.tr("Smaller text"), lambda: self.resize_text(-1), QKeySequence.StandardKey.ZoomOut)
        colours = menu.addMenu(self.tr("&Colours"))
        for value, name in (
            ("system", self.tr("As the desktop")),
            ("light", self.tr("Paper")),
            ("sepia", self.tr("Sepia")),
            ("dark", self.tr("Dark")),
        ):
            self._add(colours, name, lambda value=value: self.set(theme=value))

    def _go_menu(self) -> None:
        menu = self.window.menu["go"]
        self._add(menu, self.tr("&Back"), lambda: self.window.tabs.step(-1), "Alt+Left")
        self._add(menu, self.tr("&Forward"), lambda: self.window.tabs.step(1), "Alt+Right")
        menu.addSeparator()
        self._add(menu, self.tr("&Search"), self._to_search, "Ctrl+F")
        self._add(menu, self.tr("Find in &page"), self._to_find, "Ctrl+Shift+F")
        self._add(menu, self.tr("Next place found"), lambda: self.window.tabs.view.next_place(1), "F3")
        self._add(menu, self.tr("Previous place found"), lambda: self.window.tabs.view.next_place(-1), "Shift+F3")
        self._add(menu, self.tr("Sa&ve this search…"), self.ask_save_search, "Ctrl+S")
        self.recent = menu.addMenu(self.tr("&Recent searches"))
        self.recent.aboutToShow.connect(lambda: self._fill_recent(self.recent))
        self._add(menu, self.tr("&Jump to…"), self.show_palette, "Ctrl+K")
        menu.addSeparator()
        for number, (place, name) in enumerate((("people", self.tr("P&eople")), ("authors", self.tr("&Authors")), ("notes", self.tr("&Notes")), ("merges", self.tr("Suggested &merges"))), 1):  # fmt: skip
            self._add(menu, name, lambda place=place: self.desk.open(Address("list", place)), f"Alt+{number}")
        self._add(menu, self.tr("The &list"), self.window.rows.setFocus, "Alt+L")
        self._add(menu, self.tr("The pa&ge"), lambda: self.window.tabs.view.setFocus(), "Alt+P")

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        searches = self.window.session.searches
        for query in searches:
            text = menu.fontMetrics().elidedText(query.replace("&", "&&"), Qt.TextElideMode.ElideRight, 360)
            menu.addAction(text, lambda query=query: self.window.search_box.setText(query))
        if searches:
            menu.addSeparator()
            menu.addAction(self.tr("Forget these searches"), searches.clear)
        else:
            menu.addAction(self.tr("None yet: a search that you open a hit of stays here")).setEnabled(False)

    def show_recent_searches(self) -> None:
        """Lists the recent searches under the search box."""
        box = self.window.search_box
        self.recent.popup(box.mapToGlobal(box.rect().bottomLeft()))

    def _help_menu(self) -> None:
        menu = self.window.menu["help"]
        self._add(menu, self.tr("&Keys and searching"), self.show_help, "F1")
        self._add(menu, self.tr("Open the settings &file"), self.open_settings)
        self._add(menu, self.tr("&Rebuild the search index"), self.desk.follower.rebuild)
        self._add(menu, self.tr("&About kbapp"), lambda: self.desk.open(Address("about", "kbapp"), new_tab=True))

    def print_page(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        from kbapp.ui.pages.printing import paper, print_page

        printer = paper()
        dialog = QPrintDialog(printer, self.window)
        if dialog.exec():
            print_page(self._printable(), printer)

    def save_pdf(self) -> None:
        from kbapp.ui.pages.printing import paper, print_page

        page = self.window.tabs.view.page
        name = re.sub(r'[\\/:*?"<>|]+', " ", page.title if page else "kbapp")[:80]
        file, _ = QFileDialog.getSaveFileName(
            self.window, self.tr("Save the page as PDF"), f"{name}.pdf", "PDF (*.pdf)"
        )
        if file:
            print_page(self._printable(), paper(file))
            self.desk.message.emit(self.tr("Written: {0}").format(file))

    def _printable(self) -> str:
        """The page in front; with the user's notes on it only when he says so now."""
        view = self.window.tabs.view
        address = view.page.address if view.page is not None else None
        if address is None or not self.desk.noting.has_notes(view.page.subject):
            return view.html_shown
        with_notes = QMessageBox.question(self.window, "kbapp", self.tr("Put your private notes on the paper too?"))
        return (
            view.html_shown
            if with_notes == QMessageBox.StandardButton.Yes
            else self.desk.reader.page_without_notes(address)
        )

    def new_window(self) -> None:
        """One more window on the same library; it shows the page of this one."""
        window = type(self.window).of(self.window.services, new=True)
        here = self.window.tabs.history.current
        window.show()
        if here is not None:
            window.desk.open(here)

    # --- what the commands do -------------------------------------------------------------------------------------------------
    def choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self.window, self.tr("Import articles"))
        if names:
            self.desk.intake.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window, self.tr("Import a folder"))
        if name:
            self.desk.intake.import_paths([Path(name)])

    def import_notes(self) -> None:
        name = QFileDialog.getExistingDirectory(self.window, self.tr("Import notes from a folder"))
        if name:
            self.desk.intake.import_notes(Path(name))

    def export(self) -> None:
        from kbapp.export.markdown import export_library

        name = QFileDialog.getExistingDirectory(self.window, self.tr("Export to this folder"))
        if not name:
            return
        with_notes = (
            QMessageBox.question(self.window, self.tr("Export"), self.tr("Export your private notes too?"))
            == QMessageBox.StandardButton.Yes
        )
        self.desk.intake.run(
            lambda: len(list(export_library(self.desk.library, Path(name), with_notes=with_notes))),
            lambda number: self.desk.message.emit(self.tr("{0} files written to {1}").format(number, name)),
        )  # fmt: skip

    def backup(self) -> None:
        from kbapp.library import maintenance

        name, _ = QFileDialog.getSaveFileName(self.window, self.tr("Back up to this file"), "kbapp-backup.tar")
        if name:
            self.desk.intake.run(
                lambda: maintenance.backup(self.desk.library, Path(name)),
                lambda path: self.desk.message.emit(self.tr("Backup written: {0}").format(path)),
            )  # fmt: skip

    def copy(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.copy()
        else:
            self.window.tabs.view.copy()

    def paste(self) -> None:
        """Into a text field as text, anywhere else as an article."""
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.paste()
        else:
            self.window.desk.intake.take(QGuiApplication.clipboard().mimeData())

    def note_on_search(self) -> None:
        """Begins a note that links to what is searched for; it is found by the same search."""
        query = self.desk.finder.query
        if not query:
            self.desk.message.emit(self.tr("Search for something first; then a note on it can begin."))
            return
        words = re.sub(r"([\[\]])", r"\\\1", query)
        self.window.panel.begin(f"[{words}]({Address('search', query)})\n\n")

    def highlight(self, colour: str) -> None:
        note = self.desk.noting.highlight(*self.window.tabs.view.body_selection(), colour)
        if note is not None:
            self.window.panel.setVisible(True)

    def ask_save_search(self) -> None:
        if self.desk.finder.query:
            self.context.ask(
                self.tr("Name of the search “{0}”").format(self.desk.finder.query),
                self.desk.finder.query,
                self.desk.finder.save_search,
            )
        else:
            self.desk.message.emit(self.tr("Type a search first; then it can be saved."))

    def resize_text(self, by: int) -> None:
        self.set(font_size=max(8, min(32, self.window.services.settings.font_size + by)))

    def set(self, **values: object) -> None:
        """Changes a setting, in the window and in the file."""
        from dataclasses import replace

        services = self.window.services
        services.settings = replace(services.settings, **values)  # type: ignore[arg-type]
        if "recogniser" in values:
            services.renew_importer()
        if "spelling" in values:
            from kbapp.ui.notes.spell_checker import Speller

            speller = Speller.renew(services)
            for window in services.windows:
                window.panel.spell_with(speller)
        for window in services.windows:
            window.apply_settings()
        try:
            save_settings(services.settings_file, services.settings)
        except OSError as error:
            self.desk.message.emit(self.tr("The settings could not be written: {0}").format(error.strerror))

    def show_palette(self) -> None:
        from kbapp.ui.search.command_palette import Choice, CommandPalette

        commands = [
            Choice(action.text().replace("&", ""), self.tr("command"), action.trigger) for action in self.commands
        ]
        palette = CommandPalette(commands, self.window)
        palette.asked.connect(lambda text: self.desk.finder.jump(text, palette.offer))
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.show()
        palette.box.setFocus()

    def show_help(self) -> None:
        from kbapp.rendering.router import help_page

        keys = [
            (action.text().replace("&", ""), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in self.commands
        ]
        view = self.window.tabs.add_tab()
        self.window.tabs.setTabText(self.window.tabs.indexOf(view), self.tr("Help"))
        view.show_html(help_page([(name, key) for name, key in keys if key]))

    def show_settings(self) -> None:
        from kbapp.ui.settings.settings_window import SettingsWindow

        services = self.window.services
        dialog = SettingsWindow(services.settings, str(services.settings_file), self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(lambda name, value: self.set(**{name: value}))
        dialog.show()

    def open_settings(self) -> None:
        from PySide6.QtCore import QUrl

        services = self.window.services
        if not services.settings_file.exists():
            save_settings(services.settings_file, services.settings)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(services.settings_file)))

    def _on_articles(self, run: Callable[[list[int]], object]) -> None:
        """Acts on the selected articles, else on the one that is shown."""
        ids = self.window.rows.selected_articles()
        here = self.window.tabs.history.current
        if not ids and here is not None and here.kind == "article":
            ids = [here.number]
        if ids:
            run(ids)

    def _to_search(self) -> None:
        self.window.search_box.setFocus()
        self.window.search_box.selectAll()

    def _to_find(self) -> None:
        self.window.find_box.show()
        self.window.find_box.setFocus()
        self.window.find_box.selectAll()
