"""A window on a real library, offscreen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbapp.library import Library, change_log
from kbapp.settings import Settings
from kbapp.ui.composition.engines import make_context
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.window_manager import WindowManager

OpenWindow = Callable[..., WindowParts]


@pytest.fixture
def open_manager(tmp_path: Path) -> Iterator[Callable[..., WindowManager]]:
    """Makes window managers on the test's library folder; their windows are closed at the end."""
    opened: list[WindowManager] = []

    def opener(folder: Path | None = None, **settings: object) -> WindowManager:
        store = SettingsStore(Settings(**settings), tmp_path / "settings.yaml")
        manager = WindowManager(make_context(folder or tmp_path / "library", store, tmp_path / "windows.json"))
        opened.append(manager)
        return manager

    yield opener
    for manager in opened:
        for parts in list(manager.windows):
            parts.window.close()
        manager.context.close()
    QApplication.processEvents()


@pytest.fixture
def open_window(qtbot: QtBot, open_manager: Callable[..., WindowManager]) -> OpenWindow:
    """Opens a complete window on the test's library folder."""

    def opener(folder: Path | None = None, **settings: object) -> WindowParts:
        manager = open_manager(folder, **settings)
        with qtbot.waitSignal(manager.ready):
            parts = manager.open_window()
            parts.window.resize(1280, 800)
        return parts

    return opener


@pytest.fixture
def parts(samples: Library, open_window: OpenWindow, qtbot: QtBot) -> WindowParts:
    """A complete window on a library with the sample articles, whose index is up to date."""
    found = open_window(samples.folder)
    qtbot.waitUntil(lambda: found.rows.model().rowCount() == 16)
    qtbot.waitUntil(lambda: change_log.lag(samples) == 0 and change_log.marks(samples)[0] != "", timeout=20_000)
    return found
