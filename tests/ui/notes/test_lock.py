"""Locking the notes in the parts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library.notes import repository as notes
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.note_editor import NoteEditor
from kbapp.ui.notes.passphrase_dialog import PassphraseDialog


def shown(parts: WindowParts) -> str:
    editors = [editor.toPlainText() for editor in parts.panel.findChildren(NoteEditor) if editor.isVisible()]
    return " ".join([parts.tabs.view.toPlainText(), *editors])


def test_locking_takes_all_words_of_notes_off_the_window(parts: WindowParts, qtbot: QtBot):
    library, lock = parts.context.library, parts.shared.lock
    with library.transaction() as db:
        notes.add(db, "zanzibar is where it begins", Subject("article", 1))
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: "zanzibar" in shown(parts))
    parts.tabs.visit(Address("article", "2"), new_tab=True)
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000) as made:
        lock.protect("correct horse")
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None)
    parts.search_box.setText("zanzibar")
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 1)
    parts.session.remember_search(parts.search.query)
    lock.lock()
    assert lock.locked and parts.search_box.text() == "" and parts.session.searches == []
    parts.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.panel.unlock.isVisible())
    assert "zanzibar" not in shown(parts)
    assert all("zanzibar" not in view._html for view in parts.tabs._histories)
    with qtbot.waitSignal(lock.failed):
        lock.unlock("wrong words")
    with qtbot.waitSignal(lock.changed):
        lock.unlock(made.args[0])
    qtbot.waitUntil(lambda: "zanzibar" in shown(parts) and not parts.panel.unlock.isVisible())


def test_what_is_being_written_is_saved_before_locking_and_a_locked_window_takes_no_note(
    parts: WindowParts, qtbot: QtBot
):
    library, lock = parts.context.library, parts.shared.lock
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
        lock.protect("correct horse")
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("article", 1))
    parts.panel.begin()
    parts.panel.findChildren(NoteEditor)[-1].setPlainText("half a thought")
    lock.lock()
    library.vault.unlock(library.db, "correct horse")
    assert [note.text for note in notes.about(library, Subject("article", 1))] == ["half a thought"]


def test_notes_lock_themselves(parts: WindowParts, qtbot: QtBot, monkeypatch: object):
    lock = parts.shared.lock
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
        lock.protect("correct horse")
    lock.look()
    assert not lock.locked
    lock._used -= 11 * 60  # nobody touched anything for eleven minutes
    lock.look()
    assert lock.locked
    lock.unlock("correct horse")
    qtbot.waitUntil(lambda: not lock.locked)
    lock._looked -= 3600  # the computer slept for an hour
    lock.look()
    assert lock.locked


def test_a_new_passphrase_is_asked_for_twice(qtbot: QtBot, open_window: Callable[..., WindowParts]):
    dialog = PassphraseDialog("Lock your notes?", "Words", "Lock", open_window().window, new=True)
    ok = dialog.act
    dialog.first.setText("correct horse")
    assert not ok.isEnabled() and dialog.first.echoMode() == QLineEdit.EchoMode.Password
    dialog.second.setText("correct horse")
    assert ok.isEnabled()


@pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs a D-Bus of its own")
def test_notes_lock_before_the_computer_sleeps(parts: WindowParts, qtbot: QtBot):
    QtDBus = pytest.importorskip("PySide6.QtDBus")
    from kbapp.ui.core.suspend_watch import LOGIND, SleepWatch

    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        ours = QtDBus.QDBusConnection.connectToBus(address, "ours")
        logind = QtDBus.QDBusConnection.connectToBus(address, "logind")
        assert logind.registerService(LOGIND[0])
        lock = parts.shared.lock
        with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
            lock.protect("correct horse")
        watch = SleepWatch(bus=ours)
        watch.sleeping.connect(lock.lock)
        for begins in (False, True):
            assert not lock.locked
            signal = QtDBus.QDBusMessage.createSignal(*LOGIND[1:])
            signal.setArguments([begins])
            logind.send(signal)
            qtbot.wait(200)
        qtbot.waitUntil(lambda: lock.locked)
    finally:
        daemon.kill()
        daemon.wait()
