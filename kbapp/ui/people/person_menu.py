"""What can be done with a person from the menus of pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from kbapp.errors import Code, UserError
from kbapp.library.people import cooccurrence
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.style import theme

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk
    from kbapp.ui.main_window import MainWindow

Ask = Callable[[str, str, Callable[[str], object]], None]


class PersonMenu(QObject):
    """``ask`` shows a question with a text to begin with, and hands on the answer."""

    def __init__(self, window: MainWindow, desk: Desk, ask: Ask) -> None:
        super().__init__(window)
        self.window, self.desk, self._ask = window, desk, ask
        desk.network_wanted.connect(self.show_network)

    def of_person(self, menu: QMenu, person: int, article: int | None) -> None:
        """What can be done with a person: corrections, comparing, the network, a portrait."""
        changes = self.desk.changes
        name = self.desk.reader.person_name(person)
        menu.addAction(self.tr("Merge {0} with…").format(name), lambda: self.ask_merge(person, name))
        menu.addAction(
            self.tr("Rename {0}…").format(name),
            lambda: self._ask(self.tr("New name"), name, lambda text: changes.rename(person, text)),
        )
        menu.addAction(
            self.tr("Add another name…"),
            lambda: self._ask(
                self.tr("Another name of {0}").format(name), "", lambda text: changes.add_alias(person, text)
            ),
        )
        if article is not None:
            menu.addAction(
                self.tr("This is someone else…"),
                lambda: self._ask(
                    self.tr("Who is meant in this article?"), name, lambda text: changes.split(person, article, text)
                ),
            )
            menu.addAction(self.tr("Not a person here"), lambda: changes.not_a_person(person, article))
        menu.addAction(self.tr("Not a person anywhere"), lambda: changes.not_a_person(person, None))
        menu.addSeparator()
        menu.addAction(
            self.tr("Compare with…"),
            lambda: self._ask(self.tr("Compare {0} with").format(name), "", lambda other: self.compare(person, other)),
        )
        menu.addAction(self.tr("See the network"), lambda: self.show_network(person))
        menu.addAction(self.tr("Choose a portrait…"), lambda: self.ask_portrait(person, name))
        if cooccurrence.portrait(self.desk.library, person) is not None:
            menu.addAction(self.tr("Remove the portrait"), lambda: self.set_portrait(person, None))

    def ask_merge(self, person: int, name: str) -> None:
        """Asks who is the same person."""
        entries = [entry for entry in people.entries(self.desk.library, "people", limit=2000) if entry.id != person]
        names = [f"{entry.name}  ({entry.id})" for entry in entries]
        chosen, agreed = QInputDialog.getItem(
            self.window, self.tr("Merge"), self.tr("{0} is the same person as").format(name), names, 0, True
        )
        if agreed and chosen in names:
            self.desk.changes.merge(person, entries[names.index(chosen)].id)
        elif agreed and chosen.strip():
            try:
                self.desk.changes.merge(person, people.find(self.desk.library, chosen))
            except UserError as error:
                self.desk.message.emit(str(error))

    def compare(self, person: int, name: str) -> None:
        """Shows a person beside another, who is named in words."""
        try:
            other = people.find(self.desk.library, name)
        except UserError as error:
            self.desk.message.emit(str(error))
            return
        self.desk.open(Address("compare", f"{person},{other}"))

    def show_network(self, person: int) -> None:
        """Opens the network around a person."""
        from kbapp.ui.people.network_window import NetworkWindow

        scheme = theme.scheme_for(self.desk.services.settings.theme)
        window = NetworkWindow(lambda each: cooccurrence.network(self.desk.library, each), person, scheme, self.window)
        window.opened.connect(lambda each: self.desk.open(Address("person", str(each))))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()

    def ask_portrait(self, person: int, name: str) -> None:
        """Asks for a picture file and puts it on the person's page."""
        file, _ = QFileDialog.getOpenFileName(
            self.window,
            self.tr("A portrait of {0}").format(name),
            "",
            self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp)"),
        )
        if file:
            self.add_portrait(person, Path(file))

    def add_portrait(self, person: int, file: Path) -> None:
        """Keeps a picture in the library and puts it on the person's page."""

        def keep() -> str:
            try:
                return cooccurrence.keep_portrait(self.desk.library, file.read_bytes())
            except OSError as error:
                raise UserError(Code.FILE_NOT_READ, file=file, reason=error.strerror) from error

        self.desk.intake.run(keep, lambda key: self.set_portrait(person, key))

    def set_portrait(self, person: int, key: str | None) -> None:
        before = cooccurrence.portrait(self.desk.library, person)

        def put(original: str | None) -> None:
            with self.desk.library.transaction() as db:
                cooccurrence.set_portrait(db, person, original)

        self.desk.changes.push(self.tr("Portrait"), lambda: put(key), lambda: put(before))
