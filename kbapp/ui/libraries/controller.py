"""Libraries as a whole. Another one opens in a program of its own, beside this one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from kbapp.errors import Code, UserError
from kbapp.i18n import message
from kbapp.library import archive, maintenance
from kbapp.library.archive import BackupContents
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller

_MOST_RECENT = 10


class LibraryController(Controller):
    """``program_wanted`` carries the folder of a library that is to be opened; ``looked_into`` a backup and what is in it;
    ``checked`` what was found wrong, in words."""

    program_wanted = Signal(Path)
    looked_into = Signal(Path, BackupContents)
    checked = Signal(list)

    def __init__(self, context: AppContext, known: Callable[[], list[str]], parent: QObject | None = None) -> None:
        """``known`` tells the folders of the libraries that were open in a window."""
        super().__init__(context, parent)
        self._known = known
        self._work = self.lane("libraries")

    def recent(self) -> list[Path]:
        """Other libraries that were open in a window, by name."""
        here = self.context.folder
        known = [Path(folder) for folder in self._known()]
        found = [folder for folder in known if folder != here and (folder / "library.db").is_file()]
        return sorted(found, key=lambda folder: folder.name.casefold())[:_MOST_RECENT]

    def open(self, folder: Path) -> None:
        """Opens the library in a folder; says so when there is none."""
        if (folder / "library.db").is_file():
            self.program_wanted.emit(folder)
        else:
            self.failed.emit(UserError(Code.NO_LIBRARY_HERE, folder=folder))

    def make(self, folder: Path) -> None:
        """Makes a library in an empty folder and opens it; one that is there already is opened."""
        try:
            strange = not (folder / "library.db").is_file() and any(folder.iterdir())
        except OSError:
            strange = False  # it is made when it is opened
        if strange:
            self.failed.emit(UserError(Code.FOLDER_NOT_EMPTY, folder=folder))
        else:
            self.program_wanted.emit(folder)

    def look_into(self, file: Path) -> None:
        """Reads what a backup holds; the answer comes as ``looked_into``."""
        self._work.submit(lambda: archive.look_into(file), lambda found: self.looked_into.emit(file, found))

    def restore(self, file: Path, folder: Path) -> None:
        """Unpacks a backup into a folder that is empty or missing, and opens it."""

        def unpack() -> None:
            try:
                if folder.is_dir():
                    folder.rmdir()  # an empty one, which would else be kept beside
            except OSError as error:
                raise UserError(Code.FOLDER_NOT_EMPTY, folder=folder) from error
            archive.restore(folder, file)

        self._work.submit(unpack, lambda _: self.program_wanted.emit(folder))

    def check(self) -> None:
        """Looks for what is damaged; the answer comes as ``checked``."""
        library = self.context.library
        self._work.submit(
            lambda: [message(problem.notice) for problem in maintenance.check(library)], self.checked.emit
        )

    def write_citations(self, file: Path) -> None:
        """Writes all articles for reference managers; the file's ending says in which form."""
        library, engines = self.context.library, self.context.engines
        self._work.submit(
            lambda: engines.write_citations(library, file),
            lambda count: self.message.emit(self.tr("{0} citations written to {1}").format(count, file)),
        )


def start_program(folder: Path) -> None:
    """Opens a library in a program of its own."""
    arguments = [] if getattr(sys, "frozen", False) else ["-m", "kbapp"]
    QProcess.startDetached(sys.executable, [*arguments, "--library", str(folder)])
