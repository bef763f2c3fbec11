"""The actions that lock and unlock the notes, and what they ask and show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.notes.lock_controller import LockController
from kbapp.ui.notes.passphrase_dialog import PassphraseDialog


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
            "Your notes will be encrypted and can be read only with this passphrase (eight characters or more). "
            "Nobody can recover it for you; a recovery key is shown afterwards, print it."
        )
        if (passphrase := PassphraseDialog.ask(words, self._parent, new=True)) is not None:
            self._save_all()
            self._lock.protect(passphrase)

    def unlock_notes(self) -> None:
        words = self.tr("Type your passphrase, or the recovery key that you printed.")
        if (secret := PassphraseDialog.ask(words, self._parent)) is not None:
            self._lock.unlock(secret)

    def change_passphrase(self) -> None:
        words = self.tr("The new passphrase, eight characters or more. The recovery key stays the same.")
        if (passphrase := PassphraseDialog.ask(words, self._parent, new=True)) is not None:
            self._lock.change_passphrase(passphrase)

    def show_recovery_key(self, key: str) -> None:
        words = self.tr(
            "Print or write down this recovery key and keep it away from the computer. It is shown only now:"
        )
        box = QMessageBox(
            QMessageBox.Icon.Information, self.tr("Recovery key"), f"{words}\n\n{key}", parent=self._parent
        )
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.open()
