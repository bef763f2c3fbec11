"""Asks for the passphrase of the notes."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget


class PassphraseDialog(QDialog):
    """Asks for a passphrase, twice when it is a new one."""

    def __init__(self, words: str, parent: QWidget | None = None, *, new: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Locked notes"))
        self.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        about = QLabel(words)
        about.setWordWrap(True)
        layout.addWidget(about)
        form = QFormLayout()
        self.first, self.second = QLineEdit(), QLineEdit()
        for box, name in ((self.first, self.tr("Passphrase")), (self.second, self.tr("The same again"))):
            box.setEchoMode(QLineEdit.EchoMode.Password)
            box.setAccessibleName(name)
            if box is self.first or new:
                form.addRow(name, box)
        layout.addLayout(form)
        self._new = new
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for button in self._buttons.buttons():
            button.setIcon(QIcon())
        layout.addWidget(self._buttons)
        for box in (self.first, self.second):
            box.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        text = self.first.text()
        good = bool(text.strip()) and (not self._new or (len(text) >= 8 and text == self.second.text()))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)

    @classmethod
    def ask(cls, words: str, parent: QWidget | None = None, *, new: bool = False) -> str | None:
        """The passphrase, or None when the user thinks better of it."""
        dialog = cls(words, parent, new=new)
        return dialog.first.text() if dialog.exec() == QDialog.DialogCode.Accepted else None
