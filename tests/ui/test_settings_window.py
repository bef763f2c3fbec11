"""The settings window: what is changed there shows at once and is in the file."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbapp.settings import Settings, load
from kbapp.ui.main_window import MainWindow
from kbapp.ui.settings.settings_window import SettingsWindow


def test_changes_show_at_once_and_are_written(window: MainWindow, qtbot: QtBot):
    window.menus.show_settings()
    dialog = window.findChild(SettingsWindow)
    assert isinstance(dialog, SettingsWindow)
    dialog.point_size.setValue(18)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.lock.setValue(0)
    before = window.services.importer
    dialog.recogniser.setCurrentIndex(dialog.recogniser.findData("spacy"))
    assert window.services.settings.names_model == "en_core_web_sm" and window.services.importer is not before
    assert window.tabs.view.font().pointSize() == 18
    kept = load(window.services.settings_file)
    assert (kept.font_size, kept.theme, kept.lock_after) == (18, "dark", 0) and dialog.lock.text() == "never"
    dialog.restore_defaults()
    assert window.services.settings == Settings() and load(window.services.settings_file) == Settings()
    dialog.close()
    QApplication.processEvents()


def test_every_control_has_a_name(window: MainWindow, qtbot: QtBot):
    dialog = SettingsWindow(Settings(), "settings.yaml", window)
    for box in (
        dialog.theme,
        dialog.font_box,
        dialog.point_size,
        dialog.measure,
        dialog.lock,
        dialog.cache,
        dialog.recogniser,
        dialog.spelling,
    ):
        assert isinstance(box, QWidget) and box.accessibleName()
