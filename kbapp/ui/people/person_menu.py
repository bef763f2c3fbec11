"""What can be done with a person from the context menu of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from kbapp.ui.core.undo import UndoController
from kbapp.ui.people.controller import PeopleController
from kbapp.ui.widgets.questions import ask_line


class PersonMenu(QObject):
    """Corrections, comparing, the network, a portrait. ``network_wanted`` carries a person whose network is to be shown."""

    network_wanted = Signal(int)

    def __init__(self, people: PeopleController, undo: UndoController, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._people, self._undo = parent, people, undo

    def add_lines(self, menu: QMenu, person: int, article: int) -> None:
        """Adds what can be done with a person, in an article (0 for none)."""
        undo, name = self._undo, self._people.name(person)
        menu.addAction(self.tr("Merge {0} with…").format(name), partial(self.ask_merge, person, name))
        self._add_question(
            menu, self.tr("Rename {0}…").format(name), self.tr("New name"), name, partial(undo.rename, person)
        )
        question = self.tr("Another name of {0}").format(name)
        self._add_question(menu, self.tr("Add another name…"), question, "", partial(undo.add_alias, person))
        if article:
            question = self.tr("Who is meant in this article?")
            split = partial(undo.split, person, article)
            self._add_question(menu, self.tr("This is someone else…"), question, name, split)
            menu.addAction(self.tr("Not a person here"), partial(undo.not_a_person, person, article))
        menu.addAction(self.tr("Not a person anywhere"), partial(undo.not_a_person, person, None))
        menu.addSeparator()
        question = self.tr("Compare {0} with").format(name)
        self._add_question(menu, self.tr("Compare with…"), question, "", partial(self._people.compare, person))
        menu.addAction(self.tr("See the network"), partial(self.network_wanted.emit, person))
        menu.addAction(self.tr("Choose a portrait…"), partial(self.ask_portrait, person, name))
        if self._people.has_portrait(person):
            menu.addAction(self.tr("Remove the portrait"), partial(self._people.set_portrait, person, None))

    def add_mark_line(self, menu: QMenu, article: int, words: str) -> None:
        """Offers to mark selected words of an article as a person."""
        menu.addAction(self.tr("This is a person…"), partial(self.ask_mark, article, words))

    def ask_mark(self, article: int, words: str) -> None:
        """Asks who the selected words of an article mean, and marks them as that person."""
        if (name := ask_line(self._parent, self.tr("Who is “{0}”?").format(words), words)) is not None:
            self._undo.mark_person(article, words, name)

    def _add_question(self, menu: QMenu, text: str, question: str, begin: str, then: Callable[[str], object]) -> None:
        """A line that asks for a name and does something with it."""

        def ask() -> None:
            if (answer := ask_line(self._parent, question, begin)) is not None:
                then(answer)

        menu.addAction(text, ask)

    def ask_merge(self, person: int, name: str) -> None:
        """Asks who is the same person; nobody is chosen to begin with."""
        others = {f"{other}  ({number})": number for number, other in self._people.others(person)}
        question = self.tr("{0} is the same person as").format(name)
        chosen, agreed = QInputDialog.getItem(self._parent, self.tr("Merge"), question, ["", *others], 0, True)
        if agreed and chosen.strip():
            into = others.get(chosen) or self._people.find(chosen)
            if into is not None:
                self._undo.merge(person, into)

    def ask_portrait(self, person: int, name: str) -> None:
        """Asks for a picture file and puts it on the person's page."""
        title, kinds = self.tr("A portrait of {0}").format(name), self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp)")
        file, _ = QFileDialog.getOpenFileName(self._parent, title, "", kinds)
        if file:
            self._people.add_portrait(person, Path(file))
