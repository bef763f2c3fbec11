"""What right clicks offer and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.main_window import MainWindow


def offers(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions()}


def answer(text: str) -> None:
    """Types an answer into the question that comes up next."""

    def type_it() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog):
            dialog.setTextValue(text)
            dialog.accept()
        else:
            QTimer.singleShot(50, type_it)

    QTimer.singleShot(50, type_it)


def test_articles_are_starred_and_trashed_from_their_menu(window: MainWindow, qtbot: QtBot):
    ids = article_list.ids(window.services.library)[:2]
    several = offers(window.menus.context.of_articles(ids))
    assert "Open the original file" not in several  # for one article only
    several["Star"].trigger()
    assert sorted(article_list.ids(window.services.library, where="starred")) == sorted(ids)
    one = offers(window.menus.context.of_articles(ids[:1]))
    assert "Open the original file" in one
    one["Move to trash"].trigger()
    qtbot.waitUntil(lambda: window.rows.model().rowCount() == 15)


def test_a_missed_name_is_marked_from_the_page_and_taken_back(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    article = next(number for number in article_list.ids(library) if "council" in articles.get(library, number).article.text)  # fmt: skip
    window.desk.open(Address("article", str(article)))
    qtbot.waitUntil(lambda: "council" in window.tabs.view.toPlainText())
    answer("Pip Council")
    offers(window.menus.context.of_page("", "council"))["This is a person…"].trigger()
    qtbot.waitUntil(
        lambda: library.db.execute("SELECT 1 FROM people WHERE name = 'Pip Council'").fetchone() is not None
    )
    person = people.find(library, "Pip Council")
    qtbot.waitUntil(lambda: f"kb:person/{person}" in window.tabs.view.html_shown)
    window.desk.changes.stack.undo()
    qtbot.waitUntil(lambda: f"kb:person/{person}" not in window.tabs.view.html_shown)


def test_a_name_in_the_text_offers_its_corrections(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    brandt = people.find(library, "Karl-Heinz Brandt")
    window.desk.open(Address("article", str(article_list.ids(library)[3])))
    qtbot.waitUntil(lambda: window.tabs.view.page is not None)
    found = offers(window.menus.context.of_page(f"kb:person/{brandt}", ""))
    assert {"Merge Karl-Heinz Brandt with…", "Rename Karl-Heinz Brandt…", "This is someone else…", "Not a person here"} <= set(found)  # fmt: skip


def test_long_work_is_done_one_after_another_and_none_is_dropped(window: MainWindow, qtbot: QtBot):
    done: list[int] = []
    for number in range(5):
        window.desk.intake.run(lambda number=number: number, done.append)
    qtbot.waitUntil(lambda: done == [0, 1, 2, 3, 4])
