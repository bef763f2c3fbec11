"""What holds the window together: requests that know what they ask, views that are told apart, one program a library."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.errors import Code, UserError
from kbapp.library import Library
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.tasks import TaskRunner
from kbapp.ui.handover import Receiver, hand_over
from kbapp.ui.people.network_dialog import NetworkDialog
from kbapp.ui.single_instance import SingleInstance
from tests.conftest import ROOT
from tests.ui.hands import shown

_OPTIMISED = """
import sys
from PySide6.QtCore import QTimer
from kbapp.launcher import WindowRequest
from kbapp.ui import application
started, manager = application.start(WindowRequest(sys.argv[1]))
def complete():
    parts = manager.last
    print(sum(len(menu.actions()) for menu in parts.layout.menus.values()), parts.pages is not None)
    parts.window.close()
    started.quit()
manager.ready.connect(complete)
QTimer.singleShot(30_000, started.quit)
started.exec()
manager.context.close()
"""


def test_without_asserts_the_window_is_complete(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        **{name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")},
    }
    command = [sys.executable, "-O", "-c", _OPTIMISED, str(tmp_path / "library")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True)
    count, has_pages = done.stdout.split()
    assert int(count) > 40 and has_pages == "True"


def test_an_answer_nobody_waits_for_is_dropped_its_error_too(qtbot: QtBot) -> None:
    runner, told = TaskRunner(), []
    lane = runner.lane("test", lambda error: told.append(str(error)), latest=True)
    go = threading.Event()

    def fail() -> None:
        go.wait(10)
        raise UserError(Code.NO_SUCH_PAGE, address="kb:gone/1")

    lane.submit(fail, told.append, key="one")
    lane.submit(lambda: "of another key", told.append, key="two")
    lane.submit(lambda: "newest", told.append, key="one")
    go.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    qtbot.wait(100)
    assert told == ["of another key", "newest"]
    lane.submit(lambda: "too late", told.append)
    lane.close()
    qtbot.wait(100)
    assert "too late" not in told
    runner.close()


def test_a_page_that_comes_late_is_shown_in_the_tab_that_asked(parts: WindowParts, qtbot: QtBot) -> None:
    first, second = article_list.ids(parts.context.library)[:2]
    titles = [articles.get(parts.context.library, each).article.title for each in (first, second)]
    parts.tabs.visit(Address("article", str(first)))
    parts.tabs.visit_in_new_tab(Address("article", str(second)))
    views = [parts.tabs.widget(at) for at in (0, 1)]
    qtbot.waitUntil(lambda: all(view.page is not None for view in views))
    assert [view.page.title for view in views] == titles
    assert parts.panel.subject == Subject("article", second)
    parts.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("article", first))


def test_menu_and_highlighting_work_in_every_new_tab(parts: WindowParts, qtbot: QtBot) -> None:
    menus, highlights = [], []
    parts.tabs.menu_wanted.connect(lambda link, _at: menus.append(link))
    parts.tabs.highlight_wanted.connect(lambda: highlights.append(1))
    for _ in range(25):
        view = parts.tabs.add_tab()
        view.setHtml("words to select")
        view.selectAll()
        qtbot.keyClick(view, Qt.Key.Key_H)
        view.setHtml("")
        view.customContextMenuRequested.emit(view.pos())  # on nothing, where no menu comes up
        parts.tabs.close_front()
        QCoreApplication.sendPostedEvents(None, 52)  # DeferredDelete: Python reuses the address of the view
    assert len(highlights) == len(menus) == 25


def test_many_networks_leave_no_thread_behind(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    person = samples.db.execute("SELECT id FROM people ORDER BY mentions DESC LIMIT 1").fetchone()[0]
    before = threading.active_count()
    for _ in range(25):
        parts.person_menu.network_wanted.emit(person)
        dialog = parts.window.findChildren(NetworkDialog)[-1]
        qtbot.waitUntil(lambda dialog=dialog: len(dialog.view._network.people) > 0)
        dialog.close()
        QCoreApplication.sendPostedEvents(dialog, 52)
    assert threading.active_count() <= before + 8
    assert sum(thread.name.startswith("kbapp-task") for thread in threading.enumerate()) <= 8


def test_a_second_start_is_handed_to_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    library, folder = tmp_path / "a library", tmp_path / "run"
    folder.mkdir(mode=0o700)
    first, second = SingleInstance(library, folder), SingleInstance(library, folder)
    assert first.acquire() and not second.acquire()
    assert Path(first.socket).parent == folder
    receiver = Receiver(first.socket)
    code = "import sys; from PySide6.QtCore import QCoreApplication; a = QCoreApplication([]); from kbapp.ui.handover import hand_over; print(hand_over(sys.argv[1], ['kb:person/5', '--new-window', 'Ü.html']))"
    with qtbot.waitSignal(receiver.received, timeout=20_000) as got:
        started = subprocess.Popen(
            [sys.executable, "-c", code, second.socket], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
    assert got.args == [["kb:person/5", "--new-window", "Ü.html"]]
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=20_000)
    assert started.stdout is not None and started.stdout.read().strip() == "True"
    receiver.close()
    assert not hand_over(first.socket, ["nobody listens"])
    first.release()
    assert second.acquire()
    second.release()


@pytest.mark.skipif(sys.platform == "win32", reason="folders of users are told by their owner")
def test_nothing_of_it_lies_where_others_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "everybody"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    instance = SingleInstance(tmp_path / "library")
    assert not list(shared.iterdir())
    assert str(tmp_path / "state") in instance.socket
    assert (Path(instance.socket).parent.stat().st_mode & 0o077) == 0


def test_a_note_changed_elsewhere_is_not_saved_over(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    with samples.transaction() as db:
        number = notes.add(db, "as it was", Subject("article", 1))
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: any(card.note_id == number for card in parts.panel._shown))
    with samples.transaction() as db:
        notes.edit(db, number, "the other window's words")
    card = next(card for card in parts.panel._shown if card.note_id == number)
    card.editor.setPlainText("this window's words")
    card.save()
    assert notes.get(samples, number).text == "the other window's words"
    assert "changed in another window" in card.state.text() and card.editor.toPlainText() == "this window's words"


def test_locked_words_are_in_no_tab_behind(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    lock = parts.shared.lock
    with samples.transaction() as db:
        notes.add(db, "zanzibar is where it begins", Subject("article", 1))
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: "zanzibar" in parts.tabs.view.toPlainText())
    parts.tabs.visit_in_new_tab(Address("article", "2"))
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
        lock.protect("correct horse")
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None)
    lock.lock()
    qtbot.wait(800)
    assert all("zanzibar" not in parts.tabs.widget(at).html_shown for at in range(parts.tabs.count()))
    parts.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: shown(parts) != "")
    qtbot.wait(500)
    assert "zanzibar" not in parts.tabs.view.toPlainText()


def test_highlighting_while_notes_are_locked_says_so(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    lock = parts.shared.lock
    with qtbot.waitSignal(lock.recovery_key_made, timeout=20_000):
        lock.protect("correct horse")
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: shown(parts) != "")
    lock.lock()
    qtbot.waitUntil(lambda: parts.panel.unlock.isVisible())
    words = articles.get(samples, 1).article.blocks[0].text[:12]
    assert parts.tabs.view.find(words)
    qtbot.keyClick(parts.tabs.view, Qt.Key.Key_H)
    assert "locked" in parts.window.statusBar().currentMessage()


def test_the_list_is_searched_again_when_the_index_has_caught_up(
    parts: WindowParts, samples: Library, qtbot: QtBot
) -> None:
    parts.search_box.setText("quokka")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "Nothing found")
    parts.shared.index.import_began()  # the index is somebody else's to update
    with samples.transaction() as db:
        notes.add(db, "a quokka at the harbour", Subject("library"))
    parts.shared.index.import_ended()
    parts.shared.index.schedule()
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found", timeout=10_000)


def test_window_threads_read_no_database_while_painting(
    parts: WindowParts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("the window's thread reads the library")

    window_thread = threading.current_thread()
    real = article_list.cards

    def cards(*arguments: object) -> object:
        if threading.current_thread() is window_thread:
            read()
        return real(*arguments)

    monkeypatch.setattr(article_list, "cards", cards)
    parts.lists.set_order("oldest")
    qtbot.waitUntil(lambda: parts.rows.rows.row(0) is not None)
    parts.rows.viewport().repaint()
    parts.window.grab()


def test_files_that_a_desktop_hands_over_as_events_are_kept_until_somebody_listens(tmp_path: Path) -> None:
    """Finder sends what was double-clicked as an event, often before the window is there."""
    code = (
        "from PySide6.QtCore import QUrl\n"
        "from PySide6.QtGui import QFileOpenEvent\n"
        "from kbapp.ui.application import Application\n"
        "application = Application(['kbapp'])\n"
        "heard = []\n"
        "application.opened.connect(heard.append)\n"
        "application.event(QFileOpenEvent('/tmp/a saved page.html'))\n"
        "application.event(QFileOpenEvent(QUrl('kb:person/5')))\n"
        "print(application.waiting == heard == ['/tmp/a saved page.html', 'kb:person/5'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.strip() == "True", done.stderr
