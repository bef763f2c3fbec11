"""Whether the computer is about to sleep: told by logind on Linux and by Windows; elsewhere noticed on waking."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QCoreApplication, QObject, Signal, Slot

_POWER_BROADCAST, _SUSPEND = 0x218, 4  # WM_POWERBROADCAST, PBT_APMSUSPEND
LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")


class SleepWatch(QObject):
    """``sleeping`` comes just before the computer sleeps. ``bus`` is the D-Bus connection to listen on, the system's if
    none is given."""

    sleeping = Signal()

    def __init__(self, parent: QObject | None = None, bus: Any = None) -> None:
        super().__init__(parent)
        self._filter: _PowerFilter | None = None
        application = QCoreApplication.instance()
        if sys.platform == "win32" and application is not None:
            self._filter = _PowerFilter(self)
            application.installNativeEventFilter(self._filter)
        elif sys.platform.startswith("linux"):
            try:
                from PySide6.QtDBus import QDBusConnection
            except ImportError:  # a Qt without D-Bus
                return
            self._bus = bus or QDBusConnection.systemBus()
            if self._bus.isConnected():
                self._bus.connect(*LOGIND, self, SLOT("prepare(bool)"))  # type: ignore[call-overload]  # the stubs want bytes, Qt a str

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """logind's signal: true before sleeping, false after waking."""
        if begins:
            self.sleeping.emit()


class _PowerFilter(QAbstractNativeEventFilter):
    """Reads Windows' messages about power."""

    def __init__(self, watch: SleepWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            from ctypes.wintypes import MSG

            found = ctypes.cast(int(message), ctypes.POINTER(MSG)).contents
            if found.message == _POWER_BROADCAST and found.wParam == _SUSPEND:
                self._watch.sleeping.emit()
        return False, 0
