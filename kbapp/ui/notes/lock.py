"""Locking the notes from the window: the passphrase, the recovery key, and locking by itself when nobody is there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kbapp.library import maintenance
from kbapp.library.notes import repository as notes
from kbapp.library.notes.encryption import clean, is_protected
from kbapp.ui.core.tasks import Background

if TYPE_CHECKING:
    from kbapp.ui.core.context import Services
    from kbapp.ui.core.suspend_watch import SleepWatch

_LOOK = 15  # seconds between looks at the clock
_SLEPT = 90  # seconds that the clock jumps when the computer was suspended


class NotesLock(QObject):
    """``changed`` says that notes were locked, unlocked or protected; ``about_to_lock`` that what is unsaved must be saved now."""

    changed = Signal()
    about_to_lock = Signal()
    failed = Signal(str)
    recovery = Signal(str)
    cleaned = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._work = Background("lock", self)
        self._sleep: SleepWatch | None = None
        self._work.failed.connect(self.failed)
        self._used = self._looked = time.time()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK * 1000)
        self._clock.timeout.connect(self.look)
        self.changed.connect(self._watch)
        self._watch()

    @classmethod
    def of(cls, services: Services) -> NotesLock:
        """The one lock of a library, which its windows share."""
        if services.lock is None:
            services.lock = cls(services)
        return services.lock

    @property
    def protected(self) -> bool:
        return is_protected(self._services.library.db)

    @property
    def locked(self) -> bool:
        return self.protected and not self._services.library.vault.unlocked

    def protect(self, passphrase: str) -> None:
        """Encrypts the notes; daily copies and the index, which hold their words, are made anew."""

        library = self._services.library

        def clear_traces() -> None:
            self._services.index.rebuild()
            maintenance.forget_daily_backups(library)
            clean(library)

        def done(key: str) -> None:  # the key is shown whatever becomes of the rest
            self.changed.emit()
            self._work.ask(clear_traces, lambda _: self.cleaned.emit())
            self.recovery.emit(key)

        self._work.ask(lambda: notes.protect(library, passphrase), done)

    def change_passphrase(self, passphrase: str) -> None:
        self._work.ask(
            lambda: notes.change_passphrase(self._services.library, passphrase), lambda _: self.changed.emit()
        )

    def unlock(self, secret: str) -> None:
        """With the passphrase or the recovery key; the quarter of a second that it takes passes in a thread."""
        library = self._services.library
        self._work.ask(lambda: library.vault.unlock(library.db, secret), lambda _: self.changed.emit())

    def lock(self) -> None:
        if self.protected and self._services.library.vault.unlocked:
            self.about_to_lock.emit()
            self._services.library.vault.lock()
            self.changed.emit()

    def look(self) -> None:
        """Locks when nothing was touched for the time that is set, or when the computer has slept."""
        now, before = time.time(), self._looked
        self._looked = now
        minutes = self._services.settings.lock_after
        if now - before > _LOOK + _SLEPT or (minutes and now - self._used > minutes * 60):
            self.lock()

    def _watch(self) -> None:
        """Looks for hands only while there is something to lock."""
        self._used = self._looked = time.time()
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        if self.protected and not self.locked:
            application.installEventFilter(self)
            self._clock.start()
            if self._sleep is None:
                from kbapp.ui.core.suspend_watch import SleepWatch

                self._sleep = SleepWatch(self)
                self._sleep.sleeping.connect(self.lock)
        else:
            self._clock.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._used = time.time()
        return super().eventFilter(watched, event)

    def close(self) -> None:
        self._clock.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._work.close()


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
