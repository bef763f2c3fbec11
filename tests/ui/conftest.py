"""A window on a real library, offscreen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kbapp.library import Library, change_log
from kbapp.settings import Settings
from kbapp.ui.core.context import Services
from kbapp.ui.main_window import MainWindow


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows on the test's library folder; all are closed at the end."""
    opened: list[tuple[MainWindow, Services]] = []

    def opener(folder: Path | None = None, **settings: object) -> MainWindow:
        services = Services(
            folder or tmp_path / "library",
            Settings(**settings),
            tmp_path / "settings.yaml",
            tmp_path / "windows.json",
        )
        window = MainWindow(services)
        opened.append((window, services))
        window.resize(1280, 800)
        with qtbot.waitSignal(window.furnished):
            window.show()
        return window

    yield opener
    for window, services in opened:
        window.close()
        services.close()
    QApplication.processEvents()


@pytest.fixture
def window(samples: Library, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    """A window on a library with the sample articles."""
    shown = open_window(samples.folder)
    qtbot.waitUntil(lambda: shown.rows.model().rowCount() == 16)
    qtbot.waitUntil(lambda: change_log.lag(samples) == 0 and change_log.marks(samples)[0] != "", timeout=20_000)
    return shown
