"""Asks for the passphrase of the notes, and says itself when it is the wrong one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from kbapp.ui.widgets.dialog import Dialog

_SHORTEST = 8  # letters


class PassphraseDialog(Dialog):
    """Asks for a passphrase, twice when it is a new one. ``given`` carries what was typed; the dialog stays until it is closed."""

    given = Signal(str)

    def __init__(self, title: str, words: str, verb: str, parent: QWidget, *, new: bool = False) -> None:
        super().__init__(parent, title, words)
        form = QFormLayout()
        self.first, self.second = QLineEdit(), QLineEdit()
        name = self.tr("New passphrase") if new else self.tr("Passphrase or recovery key")
        for box, label in ((self.first, name), (self.second, self.tr("Repeat passphrase"))):
            box.setEchoMode(QLineEdit.EchoMode.Password)
            box.setAccessibleName(label)
            box.textChanged.connect(self._check)
            if box is self.first or new:
                form.addRow(label, box)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.body.addLayout(form)
        self.trouble = QLabel()
        self.trouble.setObjectName("warn")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._new = new
        self.act = self.add_button(verb, "primary")
        self.act.clicked.connect(self._give)
        self.act.setDefault(True)
        self.first.setFocus()
        self._check()

    def _check(self) -> None:
        text = self.first.text()
        good = bool(text.strip()) and (not self._new or (len(text) >= _SHORTEST and text == self.second.text()))
        self.act.setEnabled(good)
        self.trouble.hide()

    def _give(self) -> None:
        self.act.setEnabled(False)
        self.given.emit(self.first.text())

    def show_trouble(self, why: str) -> None:
        """Says why what was typed was not taken; it can be typed again."""
        self.trouble.setText(why)
        self.trouble.show()
        self.act.setEnabled(True)
        self.first.selectAll()
        self.first.setFocus()
