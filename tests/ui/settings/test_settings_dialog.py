"""The settings window: what is changed there shows at once and is in the file."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kbapp.settings import Settings, load
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.settings.settings_dialog import SettingsDialog


def test_changes_show_at_once_and_are_written(parts: WindowParts, qtbot: QtBot):
    parts.actions["settings.open"].trigger()
    dialog = parts.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.point_size.setValue(18)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.lock.setValue(0)
    before = parts.context.importer
    dialog.recogniser.setCurrentIndex(dialog.recogniser.findData("spacy"))
    assert parts.context.settings.values.names_model == "en_core_web_sm" and parts.context.importer is not before
    assert parts.tabs.view.font().pointSize() == 18
    kept = load(parts.context.settings.file)
    assert (kept.font_size, kept.theme, kept.lock_after) == (18, "dark", 0) and dialog.lock.text() == "never"
    dialog.restore_defaults()
    assert parts.context.settings.values == Settings() and load(parts.context.settings.file) == Settings()
    dialog.close()
    QApplication.processEvents()


def test_every_control_has_a_name(parts: WindowParts, qtbot: QtBot):
    dialog = SettingsDialog(parts.context.settings, [], parts.window)
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
