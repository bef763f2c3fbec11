"""What a window begins with: a size that fits, panes that have room, files that are nobody else's."""

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbapp.ui import window_state
from kbapp.ui.startup_placeholder import fit_screen, restore_geometry
from kbapp.ui.widgets.collapsible_panes import CollapsiblePanes


def test_a_new_window_fits_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    fit_screen(window)
    room = window.screen().availableGeometry()
    assert window.width() <= 0.9 * room.width() or window.width() == window.minimumWidth()
    assert window.height() <= 0.9 * room.height() or window.height() == window.minimumHeight()


def test_a_window_whose_screen_is_gone_is_brought_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(QRect(90_000, 90_000, 800, 600))
    restore_geometry(window, {})
    assert any(screen.availableGeometry().intersects(window.frameGeometry()) for screen in QApplication.screens())


def test_panes_of_a_narrow_window_step_aside_at_once(qtbot: QtBot) -> None:
    window, side, notes = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    side.setParent(window)
    notes.setParent(window)
    window.show()
    panes = CollapsiblePanes(side, notes)
    panes.make_room(820)
    assert not notes.isVisible() and panes.is_wanted(notes)
    panes.make_room(1400)
    assert notes.isVisible()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_the_state_of_windows_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "windows.json"
    file.write_text("{}")
    file.chmod(0o644)
    window_state.write(file, tmp_path / "library", {"searches": ["a secret"]})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
