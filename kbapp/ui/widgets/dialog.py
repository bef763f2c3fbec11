"""Dialogs of our own: the title is the question, a verb is on each button, the safe one has the focus, Escape cancels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

NARROW, WIDE = 440, 800  # pixels: a question, a question with evidence


@dataclass(frozen=True, slots=True)
class Verb:
    """A button of a question: ``key`` is the answer, ``look`` its name in the style sheet ("primary", "danger", "")."""

    key: str
    words: str
    look: str = ""


class Dialog(QDialog):
    """A dialog with its title, a sentence below it, ``body`` for what a subclass puts in, and buttons at its foot."""

    def __init__(self, parent: QWidget, title: str, words: str = "", width: int = NARROW) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(min(width, parent.window().width() - 16) if parent is not None else width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        head = QLabel(title)
        head.setObjectName("dialogtitle")
        self.words = QLabel(words)
        for label in (head, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.words.setVisible(bool(words))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        layout.addLayout(self.body)
        layout.addSpacing(6)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch()
        layout.addLayout(self._foot)
        self.cancel = self.add_button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.make_safe(self.cancel)

    def add_button(self, words: str, look: str = "") -> QPushButton:
        """Adds a button after the others; Enter presses it only once it is made safe."""
        button = QPushButton(words)
        button.setObjectName(look)
        button.setAutoDefault(False)
        self._foot.addWidget(button)
        return button

    def make_safe(self, button: QPushButton) -> None:
        """Enter presses this button, which has the focus to begin with."""
        button.setDefault(True)
        button.setFocus()


class ChoiceDialog(Dialog):
    """A question with several answers; ``answer`` is "" until one is given."""

    def __init__(self, parent: QWidget, title: str, words: str, verbs: Sequence[Verb], safe: str = "") -> None:
        super().__init__(parent, title, words)
        self.answer = ""
        self.buttons: dict[str, QPushButton] = {}
        for verb in verbs:
            button = self.buttons[verb.key] = self.add_button(verb.words, verb.look)
            button.clicked.connect(lambda _checked=False, key=verb.key: self._give(key))
        if safe:
            self.make_safe(self.buttons[safe])

    def _give(self, key: str) -> None:
        self.answer = key
        self.accept()


def choose(parent: QWidget, title: str, words: str, verbs: Sequence[Verb], safe: str = "") -> str:
    """The key of the verb that was chosen; "" when it was cancelled. Enter chooses ``safe``, or cancels."""
    dialog = ChoiceDialog(parent, title, words, verbs, safe)
    dialog.exec()
    return dialog.answer
