"""The actions that change settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence

from kbapp.settings import RANGES, Settings
from kbapp.ui.core.actions import ActionSpec
from kbapp.ui.core.settings_store import SettingsStore


class SettingsCommands(QObject):
    """What menus and keys do with settings. ``dialog_wanted`` asks for the dialog."""

    dialog_wanted = Signal()

    def __init__(self, store: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store

    def actions(self) -> list[ActionSpec]:
        """What this feature offers."""
        larger, smaller = QKeySequence.StandardKey.ZoomIn, QKeySequence.StandardKey.ZoomOut
        themes = (
            ("system", self.tr("As the desktop")),
            ("light", self.tr("Paper")),
            ("sepia", self.tr("Sepia")),
            ("dark", self.tr("Dark")),
        )
        return [
            ActionSpec("settings.open", self.tr("Settings…"), self.dialog_wanted.emit, "Ctrl+,"),
            ActionSpec("settings.larger", self.tr("Larger text"), partial(self.resize_text, 1), larger),
            ActionSpec("settings.smaller", self.tr("Smaller text"), partial(self.resize_text, -1), smaller),
            ActionSpec("settings.usual", self.tr("Usual text size"), self.reset_text, "Ctrl+0"),
            ActionSpec("settings.file", self.tr("Open the settings &file"), self.open_file),
            *(ActionSpec(f"theme.{value}", name, self._chooser(value)) for value, name in themes),
        ]

    def _chooser(self, theme: str) -> Callable[[], None]:
        return lambda: self._store.set("theme", theme)

    def resize_text(self, by: int) -> None:
        """Makes the text of pages larger or smaller, in points."""
        least, most = RANGES["font_size"]
        self._store.set("font_size", max(least, min(most, self._store.values.font_size + by)))

    def reset_text(self) -> None:
        """Gives the text of pages the size that it has before anybody changes it."""
        self._store.set("font_size", Settings().font_size)

    def open_file(self) -> None:
        """Opens the settings in the system's editor."""
        if not self._store.file.exists():
            self._store.write()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._store.file)))
