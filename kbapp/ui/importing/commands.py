"""The actions that bring things into the library and out of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.importing.controller import ImportController
from kbapp.ui.widgets.dialog import Verb, choose


class ImportCommands(QObject):
    """What menus and keys do with files."""

    def __init__(self, importing: ImportController, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._importing = parent, importing

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        return [
            ActionSpec("import.files", self.tr("&Import files…"), self.choose_files, QKeySequence.StandardKey.Open),
            ActionSpec("import.folder", self.tr("Import a &folder…"), self.choose_folder, "Ctrl+Shift+O"),
            ActionSpec("import.notes", self.tr("Import &notes from a folder…"), self.choose_notes),
            ActionSpec("import.samples", self.tr("&Add the sample articles"), self._importing.import_samples),
            ActionSpec("import.paste", self.tr("&Paste as an article"), self.paste, QKeySequence.StandardKey.Paste),
            ActionSpec("export.markdown", self.tr("&Export everything as Markdown…"), self.choose_export),
            ActionSpec("export.backup", self.tr("&Back up the library…"), self.choose_backup),
        ]

    def choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._parent, self.tr("Import articles"))
        if names:
            self._importing.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._parent, self.tr("Import a folder")):
            self._importing.import_paths([Path(name)])

    def choose_notes(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._parent, self.tr("Import notes from a folder")):
            self._importing.import_notes(Path(name))

    def paste(self) -> None:
        """Into a text field as text, anywhere else as an article."""
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.paste()
        else:
            self._importing.import_mime(QGuiApplication.clipboard().mimeData())

    def choose_export(self) -> None:
        """Asks where to, and whether private notes go along; Escape calls it off, Enter leaves them out."""
        name = QFileDialog.getExistingDirectory(self._parent, self.tr("Export to this folder"))
        if not name:
            return
        verbs = (Verb("with", self.tr("Include")), Verb("without", self.tr("Leave out"), "primary"))
        title = self.tr("Include private notes in the export?")
        answer = choose(
            self._parent, title, self.tr("Anyone who gets the folder can read what is in it."), verbs, "without"
        )
        if answer:
            self._importing.export(Path(name), with_notes=answer == "with")

    def choose_backup(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._parent, self.tr("Back up to this file"), "kbapp-backup.tar")
        if name:
            self._importing.back_up(Path(name))
