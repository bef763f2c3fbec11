"""The settings in force, and the file that keeps them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kbapp.errors import Code, UserError
from kbapp.settings import Settings, save

Value = str | int


class SettingsStore(QObject):
    """Holds the settings. ``changed`` carries the name of one that was changed; ``failed`` why the file was not written.

    A file with a mistake in it is left as it is, so that the user can mend it: what is changed meanwhile holds until the
    program ends.
    """

    changed = Signal(str)
    failed = Signal(UserError)

    def __init__(self, values: Settings, file: Path, *, faulty: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values, self.file, self._faulty = values, file, faulty

    def set(self, name: str, value: Value) -> None:
        """Changes a setting, in all windows and in the file."""
        self.values = Settings(**(asdict(self.values) | {name: value}))
        self.changed.emit(name)
        self.write()

    def write(self) -> None:
        """Writes the file, unless it has a mistake."""
        if self._faulty:
            self.failed.emit(UserError(Code.SETTINGS_LEFT_AS_THEY_ARE, file=self.file))
            return
        try:
            save(self.file, self.values)
        except OSError as error:
            self.failed.emit(UserError(Code.SETTINGS_NOT_WRITTEN, reason=error.strerror))
