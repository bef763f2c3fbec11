"""The actions that lock and unlock the notes, and what they ask and show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from kbapp.i18n import message
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.notes.lock_controller import LockController
from kbapp.ui.notes.passphrase_dialog import PassphraseDialog
from kbapp.ui.widgets.dialog import Dialog


class LockCommands(QObject):
    """Offers what can be done with the lock as it is now. ``save_all`` saves what is being written."""

    def __init__(self, lock: LockController, save_all: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._parent, self._lock, self._save_all = parent, lock, save_all

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        lock = self._lock
        return [
            ActionSpec("lock.protect", self.tr("Lock the notes with a &passphrase…"), self.protect_notes, None, lambda: not lock.protected),
            ActionSpec("lock.unlock", self.tr("&Unlock the notes…"), self.unlock_notes, None, lambda: lock.locked),
            ActionSpec("lock.now", self.tr("&Lock the notes now"), lock.lock, "Ctrl+L", self._is_open),
            ActionSpec("lock.change", self.tr("&Change the passphrase…"), self.change_passphrase, None, self._is_open),
        ]  # fmt: skip

    def _is_open(self) -> bool:
        return self._lock.protected and not self._lock.locked

    def protect_notes(self) -> None:
        words = self.tr(
            "They will be encrypted and can be read only with this passphrase, of eight characters or more. Nobody can recover "
            "it for you. You'll get a recovery key next. Print it."
        )
        dialog = PassphraseDialog(self.tr("Lock your notes?"), words, self.tr("Lock"), self._parent, new=True)

        def protect(passphrase: str) -> None:
            dialog.accept()
            self._save_all()
            self._lock.protect(passphrase)

        dialog.given.connect(protect)
        dialog.open()

    def unlock_notes(self) -> None:
        words = self.tr("Type your passphrase, or the recovery key that you printed.")
        dialog = PassphraseDialog(self.tr("Unlock your notes"), words, self.tr("Unlock"), self._parent)
        dialog.given.connect(
            lambda secret: self._lock.unlock(secret, lambda error: dialog.show_trouble(message(error)))
        )
        self._lock.changed.connect(dialog.accept)
        dialog.open()

    def change_passphrase(self) -> None:
        words = self.tr("Eight characters or more. You'll get a new recovery key; the old one no longer works.")
        title, verb = self.tr("Change the passphrase?"), self.tr("Change")
        dialog = PassphraseDialog(title, words, verb, self._parent, new=True)

        def change(passphrase: str) -> None:
            dialog.accept()
            self._lock.change_passphrase(passphrase)

        dialog.given.connect(change)
        dialog.open()

    def show_recovery_key(self, key: str) -> None:
        words = self.tr("Print or write down this key and keep it away from the computer. You won't see it again.")
        dialog = Dialog(self._parent, self.tr("Your recovery key"), words)
        shown = QLabel(key)
        shown.setObjectName("heading")
        shown.setWordWrap(True)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        dialog.body.addWidget(shown)
        copy = dialog.add_button(self.tr("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(key))
        dialog.cancel.setText(self.tr("I have kept it"))
        dialog.open()
