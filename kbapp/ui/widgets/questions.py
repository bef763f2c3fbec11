"""Small questions that several features ask."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from kbapp.ui.widgets.dialog import Dialog


class LineQuestion(Dialog):
    """A question that is answered with a line of text; Enter in the box gives it."""

    def __init__(self, parent: QWidget, question: str, text: str = "") -> None:
        super().__init__(parent, question)
        self.box = QLineEdit(text)
        self.box.setAccessibleName(question)
        self.body.addWidget(self.box)
        self.act = self.add_button(self.tr("OK"), "primary")
        self.act.clicked.connect(self.accept)
        self.act.setDefault(True)
        self.box.textChanged.connect(self._check)
        self.box.selectAll()
        self.box.setFocus()
        self._check()

    def _check(self) -> None:
        self.act.setEnabled(bool(self.box.text().strip()))


def ask_line(parent: QWidget, question: str, text: str = "") -> str | None:
    """Asks for a line of text, ``text`` being there to begin with; None when nothing was typed or it was cancelled."""
    dialog = LineQuestion(parent, question, text)
    return dialog.box.text().strip() or None if dialog.exec() == QDialog.DialogCode.Accepted else None


class Question(Dialog):
    """A question whose title says what is asked, with a verb on each button; Enter and Escape cancel."""

    def __init__(self, parent: QWidget, title: str, words: str, verb: str) -> None:
        super().__init__(parent, title, words)
        self.act = self.add_button(verb, "danger")
        self.act.clicked.connect(self.accept)


def confirm(parent: QWidget, title: str, words: str, verb: str) -> bool:
    """Asks whether something that cannot be undone is to be done; anything but a click on the verb says no."""
    return Question(parent, title, words, verb).exec() == QDialog.DialogCode.Accepted
