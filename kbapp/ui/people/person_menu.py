"""What can be done with a person from the context menu of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from kbapp.ui.core.undo import UndoController
from kbapp.ui.people.controller import PeopleController
from kbapp.ui.people.merge_dialog import MergeDialog, PersonPicker
from kbapp.ui.people.merge_evidence import MergeEvidence
from kbapp.ui.style.schemes import Scheme
from kbapp.ui.widgets.questions import ask_line


class PersonMenu(QObject):
    """Corrections, comparing, the network, a portrait. ``network_wanted`` carries a person whose network is to be shown."""

    network_wanted = Signal(int)

    def __init__(
        self, people: PeopleController, undo: UndoController, scheme: Callable[[], Scheme], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._parent, self._people, self._undo, self._scheme = parent, people, undo, scheme
        people.evidence_ready.connect(self.show_evidence)

    def add_lines(self, menu: QMenu, person: int, article: int) -> None:
        """Adds what can be done with a person, in an article (0 for none)."""
        undo, name = self._undo, self._people.name(person)
        menu.addAction(self.tr("Merge {0} with…").format(name), partial(self.ask_merge, person, name))
        self._add_question(
            menu, self.tr("Rename {0}…").format(name), self.tr("New name"), name, partial(undo.rename, person)
        )
        question = self.tr("Alias for {0}").format(name)
        self._add_question(menu, self.tr("Add alias…"), question, "", partial(undo.add_alias, person))
        if article:
            question = self.tr("Who is it in this article?")
            split = partial(undo.split, person, article)
            self._add_question(menu, self.tr("This is a different person…"), question, name, split)
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
        title = self.tr("Who is the same person as {0}?").format(name)
        picker = PersonPicker(self._parent, title, self.tr("Compare…"), self._people.others(person))
        picker.chosen.connect(partial(self._people.gather_evidence, person))
        picker.open()

    def show_evidence(self, evidence: MergeEvidence) -> None:
        """Asks whether two people are one, with what speaks for it."""
        dialog = MergeDialog(self._parent, evidence, self._scheme())
        dialog.merge_wanted.connect(self._undo.merge_named)
        dialog.apart_wanted.connect(self._undo.refuse_merge)
        dialog.open()

    def ask_portrait(self, person: int, name: str) -> None:
        """Asks for a picture file and puts it on the person's page."""
        title, kinds = self.tr("A portrait of {0}").format(name), self.tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp)")
        file, _ = QFileDialog.getOpenFileName(self._parent, title, "", kinds)
        if file:
            self._people.add_portrait(person, Path(file))
