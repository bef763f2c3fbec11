"""Small questions that several features ask."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QInputDialog, QLabel, QPushButton, QVBoxLayout, QWidget

_WIDTH = 440  # pixels


def ask_line(parent: QWidget, question: str, text: str = "") -> str | None:
    """Asks for a line of text, ``text`` being there to begin with; None when nothing was typed or it was cancelled."""
    answer, agreed = QInputDialog.getText(parent, "kbapp", question, text=text)
    return answer.strip() or None if agreed else None


class Question(QDialog):
    """A question whose title says what is asked, with a verb on each button; Enter and Escape cancel."""

    def __init__(self, parent: QWidget, title: str, words: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH)
        head, body = QLabel(title), QLabel(words)
        head.setObjectName("dialogtitle")
        for label in (head, body):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        cancel, act = QPushButton(self.tr("Cancel")), QPushButton(verb)
        act.setObjectName("danger")
        act.setAutoDefault(False)
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        act.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(body)
        layout.addSpacing(8)
        layout.addLayout(row)
        cancel.setFocus()


def confirm(parent: QWidget, title: str, words: str, verb: str) -> bool:
    """Asks whether something that cannot be undone is to be done; anything but a click on the verb says no."""
    return Question(parent, title, words, verb).exec() == QDialog.DialogCode.Accepted
