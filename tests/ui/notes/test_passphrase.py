"""A wrong passphrase is told where it was typed."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.passphrase_dialog import PassphraseDialog


def test_a_wrong_passphrase_leaves_the_dialog_open_and_is_told_in_it(parts: WindowParts, qtbot: QtBot) -> None:
    lock = parts.shared.lock
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
        lock.protect("correct horse")
    lock.lock()
    parts.lock_commands.unlock_notes()
    dialog = parts.window.findChild(PassphraseDialog)
    assert isinstance(dialog, PassphraseDialog)
    qtbot.keyClicks(dialog.first, "wrong donkey")
    qtbot.keyClick(dialog.first, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=10_000)
    assert dialog.isVisible()
    assert lock.locked
    assert dialog.trouble.text()
    qtbot.keyClicks(dialog.first, "correct horse")  # what was typed is selected
    assert not dialog.trouble.isVisible()
    qtbot.keyClick(dialog.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    assert not lock.locked
