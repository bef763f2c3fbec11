"""The commands that lock and unlock the notes, and what they ask and show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from kbapp.ui.notes.lock import PassphraseDialog

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk
    from kbapp.ui.main_window import MainWindow
    from kbapp.ui.menu_bar import Menus


class LockMenu(QObject):
    """Offers what can be done with the lock as it is now."""

    def __init__(self, window: MainWindow, desk: Desk, menus: Menus) -> None:
        super().__init__(menus)
        self.window, self.desk = window, desk
        self._actions: tuple[QAction, ...] = ()
        desk.lock.changed.connect(self._offer)
        desk.lock.recovery.connect(self.show_recovery_key)
        window.panel.wants_unlock.connect(self.unlock_notes)

    def fill(self, menu: QMenu, add: Callable[..., QAction]) -> None:
        """Puts the commands into a menu."""
        self._actions = (
            add(menu, self.tr("Lock the notes with a &passphrase…"), self.protect_notes),
            add(menu, self.tr("&Unlock the notes…"), self.unlock_notes),
            add(menu, self.tr("&Lock the notes now"), self.desk.lock.lock, "Ctrl+L"),
            add(menu, self.tr("&Change the passphrase…"), self.change_passphrase),
        )
        menu.aboutToShow.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        protected, locked = self.desk.lock.protected, self.desk.lock.locked
        for action, offered in zip(
            self._actions, (not protected, locked, protected and not locked, protected and not locked), strict=True
        ):
            action.setEnabled(offered)

    def protect_notes(self) -> None:
        words = self.tr(
            "Your notes will be encrypted and can be read only with this passphrase (eight characters or more). "
            "Nobody can recover it for you; a recovery key is shown afterwards, print it."
        )
        if (passphrase := PassphraseDialog.ask(words, self.window, new=True)) is not None:
            self.window.panel.save_all()
            self.desk.lock.protect(passphrase)

    def unlock_notes(self) -> None:
        words = self.tr("Type your passphrase, or the recovery key that you printed.")
        if (secret := PassphraseDialog.ask(words, self.window)) is not None:
            self.desk.lock.unlock(secret)

    def change_passphrase(self) -> None:
        words = self.tr("The new passphrase, eight characters or more. The recovery key stays the same.")
        if (passphrase := PassphraseDialog.ask(words, self.window, new=True)) is not None:
            self.desk.lock.change_passphrase(passphrase)

    def show_recovery_key(self, key: str) -> None:
        if self.window is not self.window.services.windows[-1]:
            return
        words = self.tr(
            "Print or write down this recovery key and keep it away from the computer. It is shown only now:"
        )
        box = QMessageBox(
            QMessageBox.Icon.Information, self.tr("Recovery key"), f"{words}\n\n{key}", parent=self.window
        )
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.open()
