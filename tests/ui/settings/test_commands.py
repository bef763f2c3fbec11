"""The text goes back to its usual size; the help can be scrolled as soon as it is there."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kbapp.settings import Settings
from kbapp.ui.composition.parts import WindowParts


def test_the_text_has_its_usual_size_again(parts: WindowParts) -> None:
    settings = parts.context.settings
    for _ in range(3):
        parts.actions["settings.larger"].trigger()
    assert settings.values.font_size == Settings().font_size + 3
    parts.actions["settings.usual"].trigger()
    assert settings.values.font_size == Settings().font_size


def test_page_down_scrolls_the_help_that_was_just_opened(parts: WindowParts, qtbot: QtBot) -> None:
    parts.search_box.setFocus()
    parts.actions["help.keys"].trigger()
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.verticalScrollBar().maximum() > 0)
    focus = parts.window.focusWidget()
    assert focus is parts.tabs.view
    qtbot.keyClick(focus, Qt.Key.Key_PageDown)
    assert parts.tabs.view.verticalScrollBar().value() > 0
