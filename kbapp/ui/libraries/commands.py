"""The actions on libraries as a whole, and what they ask."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QWidget

from kbapp.i18n import plain_date, plural
from kbapp.library.archive import BackupContents
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.libraries.controller import LibraryController
from kbapp.ui.widgets.dialog import Dialog, Verb, choose

_MOST_PROBLEMS = 20  # that are told one by one


class LibraryCommands(QObject):
    """What menus do with libraries."""

    def __init__(self, libraries: LibraryController, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._libraries = parent, libraries
        libraries.looked_into.connect(self.ask_restore)
        libraries.checked.connect(self.show_checked)
        self.recent_menu = QMenu(self.tr("Recent libraries"), parent)
        self.recent_menu.aboutToShow.connect(self._fill_recent)

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        return [
            ActionSpec("library.open", self.tr("&Open library…"), self.choose_library),
            ActionSpec("library.new", self.tr("New &library…"), self.choose_new),
            ActionSpec("library.restore", self.tr("&Restore a backup…"), self.choose_backup),
            ActionSpec("library.check", self.tr("&Check the library"), self._libraries.check),
            ActionSpec("export.citations", self.tr("Export all &citations…"), self.choose_citations),
        ]

    def choose_library(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._parent, self.tr("Open library")):
            self._libraries.open(Path(name))

    def choose_new(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._parent, self.tr("An empty folder for the new library")):
            self._libraries.make(Path(name))

    def choose_backup(self) -> None:
        kinds = self.tr("Backups (*.tar)")
        name, _ = QFileDialog.getOpenFileName(self._parent, self.tr("Restore a backup"), "", kinds)
        if name:
            self._libraries.look_into(Path(name))

    def ask_restore(self, file: Path, found: BackupContents) -> None:
        """Says what is in a backup, and asks where it shall go."""
        words = self.tr("It holds {0}; the latest was added on {1}. Your present library stays as it is.").format(
            plural(found.articles, "article"), plain_date(found.latest) or "—"
        )
        title, verb = self.tr("Restore this backup?"), self.tr("Choose a folder…")
        if not choose(self._parent, title, words, (Verb("restore", verb, "primary"),)):
            return
        if name := QFileDialog.getExistingDirectory(self._parent, self.tr("An empty folder for the restored library")):
            self._libraries.restore(file, Path(name))

    def show_checked(self, problems: list[str]) -> None:
        """Says what was found wrong with the library."""
        title = self.tr("The library has problems") if problems else self.tr("The library is in order")
        words = "" if problems else self.tr("The database, the original files and the index fit together.")
        dialog = Dialog(self._parent, title, words)
        for problem in problems[:_MOST_PROBLEMS]:
            label = QLabel(problem)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            dialog.body.addWidget(label)
        dialog.cancel.setText(self.tr("Close"))
        dialog.open()

    def choose_citations(self) -> None:
        kinds = "RIS (*.ris);;BibTeX (*.bib);;CSL JSON (*.json)"
        name, kind = QFileDialog.getSaveFileName(self._parent, self.tr("Export citations"), "citations.ris", kinds)
        if name:
            ending = kind.partition("(*")[2].rstrip(")")
            self._libraries.write_citations(Path(name) if Path(name).suffix else Path(name + ending))

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for folder in self._libraries.recent():
            self.recent_menu.addAction(folder.name, partial(self._libraries.open, folder)).setToolTip(str(folder))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No other libraries yet")).setEnabled(False)
