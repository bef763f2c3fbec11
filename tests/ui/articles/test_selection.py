"""Several rows at once, the keyboard in the list, the trash, and toasts that take back."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from kbapp.library import Library
from kbapp.library.articles import listing
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.widgets.questions import Question


def choose(parts: WindowParts, *places: int) -> None:
    model = parts.rows.selectionModel()
    model.clear()
    for at in places:
        model.select(parts.rows.rows.index(at), QItemSelectionModel.SelectionFlag.Select)


def verb(parts: WindowParts, words: str) -> QToolButton:
    return next(each for each in parts.selection_bar.findChildren(QToolButton) if each.toolTip() == words)


def press_in_question(words: str) -> None:
    """Presses a button of the question that comes up next."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Question):
            next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()
        else:
            QTimer.singleShot(50, press)

    QTimer.singleShot(50, press)


def test_several_rows_are_starred_from_the_bar_and_the_toast_takes_it_back(
    parts: WindowParts, samples: Library, qtbot: QtBot
) -> None:
    bar = parts.selection_bar
    choose(parts, 0)
    assert not bar.isVisible()
    choose(parts, 0, 2, 3)
    assert bar.isVisible() and bar.findChild(object, "section").text() == "3 selected"
    verb(parts, "Star").click()
    qtbot.waitUntil(lambda: len(listing.ids(samples, where="starred")) == 3)
    assert bar.isVisible()  # the rows stay selected for what is to be done next
    assert parts.toast.isVisible() and "Starred" in parts.toast.text() and "3" in parts.toast.text()
    parts.toast.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: listing.ids(samples, where="starred") == [])
    assert not parts.toast.isVisible()


def test_delete_puts_into_the_trash_and_from_there_deletes_for_good_once_it_is_said(
    parts: WindowParts, samples: Library, qtbot: QtBot
) -> None:
    parts.rows.setFocus()
    choose(parts, 1)
    gone = parts.rows.rows.target(1)[1]
    qtbot.keyClick(parts.rows, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listing.ids(samples, where="trash") == [gone])
    parts.sidebar.chosen.emit("trash", "")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "Trash" and parts.rows.rows.rowCount() == 1)
    assert "Empty trash" in parts.layout.head.hint.text()
    choose(parts, 0)
    press_in_question("Cancel")
    qtbot.keyClick(parts.rows, Qt.Key.Key_Delete)
    assert listing.ids(samples, where="trash") == [gone]
    press_in_question("Empty trash")
    parts.layout.head.link_clicked.emit("empty:")
    qtbot.waitUntil(lambda: listing.ids(samples, where="trash") == [] and parts.rows.rows.rowCount() == 0)
    assert len(listing.ids(samples)) == 15


def test_enter_in_a_question_that_deletes_says_no(parts: WindowParts, qtbot: QtBot) -> None:
    question = Question(parts.window, "Delete it?", "It is gone then.", "Delete")
    question.show()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert question.result() == 0


def test_enter_leads_to_the_page_and_letters_to_a_title(parts: WindowParts, qtbot: QtBot) -> None:
    parts.window.activateWindow()
    parts.rows.setFocus()
    qtbot.waitUntil(parts.rows.hasFocus)
    qtbot.keyClicks(parts.rows, "small d")
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.page.title == "Small dish, long ear")
    qtbot.keyClick(parts.rows, Qt.Key.Key_Return)
    qtbot.waitUntil(parts.tabs.view.hasFocus)


def test_f6_goes_round_the_panes(parts: WindowParts, qtbot: QtBot) -> None:
    parts.window.activateWindow()
    parts.sidebar.setFocus()
    qtbot.waitUntil(parts.sidebar.hasFocus)
    visited = []
    for _ in range(4):
        parts.actions["window.next_pane"].trigger()
        focus = parts.window.focusWidget()
        visited.append(next(name for name, pane in (("side", parts.layout.side_pane), ("list", parts.layout.list_pane), ("page", parts.layout.page_pane), ("notes", parts.layout.inspector)) if pane.isAncestorOf(focus) or pane is focus))  # fmt: skip
    assert visited == ["list", "page", "notes", "side"]
    parts.actions["window.previous_pane"].trigger()
    assert parts.layout.inspector.isAncestorOf(parts.window.focusWidget())


def test_an_article_is_read_after_a_while_in_front_not_by_passing_over(
    parts: WindowParts, samples: Library, qtbot: QtBot
) -> None:
    before = set(listing.ids(samples, where="unread"))
    first, second = (next(at for at in range(n, 16) if parts.rows.rows.target(at)[1] in before) for n in (0, 8))
    parts.rows.opened.emit(*parts.rows.rows.target(first))
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.page.address.number == parts.rows.rows.target(first)[1])  # fmt: skip
    parts.rows.opened.emit(*parts.rows.rows.target(second))
    qtbot.waitUntil(lambda: set(listing.ids(samples, where="unread")) != before, timeout=5000)
    assert before - set(listing.ids(samples, where="unread")) == {parts.rows.rows.target(second)[1]}
    qtbot.wait(2200)
    assert before - set(listing.ids(samples, where="unread")) == {parts.rows.rows.target(second)[1]}
