"""Questions of our own: Escape gives no answer, Enter the safe one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.widgets.dialog import ChoiceDialog, Verb

VERBS = (Verb("with", "Include"), Verb("without", "Leave out", "primary"))


def _asked(parts: WindowParts) -> ChoiceDialog:
    dialog = ChoiceDialog(parts.window, "Include private notes?", "Anyone can read them.", VERBS, "without")
    dialog.show()
    return dialog


def test_enter_leaves_out_and_escape_calls_off(parts: WindowParts, qtbot: QtBot) -> None:
    dialog = _asked(parts)
    assert dialog.findChild(QLabel, "dialogtitle").text() == "Include private notes?"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.answer, dialog.isVisible()) == ("", False)
    dialog = _asked(parts)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert (dialog.answer, dialog.isVisible()) == ("without", False)
    dialog = _asked(parts)
    qtbot.mouseClick(dialog.buttons["with"], Qt.MouseButton.LeftButton)
    assert dialog.answer == "with"
