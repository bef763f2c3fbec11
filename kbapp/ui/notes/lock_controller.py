"""Locking the notes: the passphrase, the recovery key, and locking by itself when nobody is there."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from kbapp.errors import UserError
from kbapp.library.encryption import is_protected
from kbapp.library.notes import highlights, locking
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import EVERYTHING
from kbapp.ui.core.suspend_watch import SleepWatch

_LOOK = 15  # seconds between looks at the clock
_SLEPT = 90  # seconds that the clock jumps when the computer was suspended


class LockController(Controller):
    """One for a library. ``changed`` says that notes were locked, unlocked or protected; ``about_to_lock`` that what is
    unsaved must be saved now; ``recovery_key_made`` carries the key to be shown; ``cleaned`` says that nothing in the clear
    is left on the disk."""

    changed = Signal()
    about_to_lock = Signal()
    recovery_key_made = Signal(str)
    cleaned = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self._work = self.lane("lock")
        self._sleep: SleepWatch | None = None
        self._used = self._looked = time.time()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK * 1000)
        self._clock.timeout.connect(self.look)
        self._watch()

    @property
    def protected(self) -> bool:
        return is_protected(self.library.db)

    @property
    def locked(self) -> bool:
        return self.protected and not self.library.vault.unlocked

    def protect(self, passphrase: str) -> None:
        """Encrypts the notes; copies and the index, which hold their words, are gone before the key is shown."""
        self._work.submit(lambda: locking.protect(self.library, passphrase), self._show_key)

    def _show_key(self, key: str) -> None:
        def finish() -> None:
            self.context.search.index.rebuild()
            locking.clean(self.library)

        self._tell()
        self._work.submit(finish, lambda _: self.cleaned.emit())
        self.recovery_key_made.emit(key)

    def change_passphrase(self, passphrase: str) -> None:
        """Encrypts the notes with a new key, for which there is a new recovery key, too."""
        self._work.submit(lambda: locking.change_passphrase(self.library, passphrase), self._show_key)

    def unlock(self, secret: str, on_error: Callable[[UserError], object] | None = None) -> None:
        """With the passphrase or the recovery key; the quarter of a second that it takes passes in a thread. ``on_error`` is told
        why it did not open, in the place of ``failed``."""
        library = self.library

        def unlock() -> None:
            library.vault.unlock(library.db, secret)
            highlights.release(library)

        self._work.submit(unlock, lambda _: self._tell(), on_error)

    def lock(self) -> None:
        if self.protected and self.library.vault.unlocked:
            self.about_to_lock.emit()
            self.library.vault.lock()
            self._tell()

    def look(self) -> None:
        """Locks when nothing was touched for the time that is set, or when the computer has slept."""
        now, before = time.time(), self._looked
        self._looked = now
        minutes = self.context.settings.values.lock_after
        if now - before > _LOOK + _SLEPT or (minutes and now - self._used > minutes * 60):
            self.lock()

    def _tell(self) -> None:
        self._watch()
        self.changed.emit()
        self.context.events.changed.emit(EVERYTHING)

    def _watch(self) -> None:
        """Looks for hands only while there is something to lock."""
        self._used = self._looked = time.time()
        if (application := QCoreApplication.instance()) is None:
            return
        application.removeEventFilter(self)
        if self.protected and not self.locked:
            application.installEventFilter(self)
            self._clock.start()
            if self._sleep is None:
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
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)
        super().close()
