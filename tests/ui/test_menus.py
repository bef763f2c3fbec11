"""What right clicks offer and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.pages.requests import PageSpot
from tests.ui.hands import answer, offers


def test_articles_are_starred_and_trashed_from_their_menu(parts: WindowParts, qtbot: QtBot):
    rows = parts.rows
    first, second = (rows.rows.target(at)[1] for at in (0, 1))
    rows.selectionModel().select(rows.rows.index(0), QItemSelectionModel.SelectionFlag.Select)
    rows.selectionModel().select(rows.rows.index(1), QItemSelectionModel.SelectionFlag.Select)
    several = offers(parts.article_commands.list_menu(parts.actions))
    assert "Open the original file" not in several  # for one article only
    assert "Restore from the trash" not in several  # they are not there
    several["Star"].trigger()
    assert sorted(article_list.ids(parts.context.library, where="starred")) == sorted([first, second])
    qtbot.waitUntil(lambda: sorted(row.id for row in map(rows.rows.row, range(16)) if row.starred) == sorted([first, second]))  # fmt: skip
    assert sorted(rows.selected_articles()) == sorted([first, second])  # for what is to be done next
    rows.selectionModel().clear()
    rows.selectionModel().select(rows.rows.index(0), QItemSelectionModel.SelectionFlag.Select)
    one = offers(parts.article_commands.list_menu(parts.actions))
    assert "Open the original file" in one
    one["Move to trash"].trigger()
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 15)


def test_a_missed_name_is_marked_from_the_page_and_taken_back(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    article = next(number for number in article_list.ids(library) if "council" in articles.get(library, number).article.text)  # fmt: skip
    parts.tabs.visit(Address("article", str(article)))
    qtbot.waitUntil(lambda: "council" in parts.tabs.view.toPlainText())
    answer("Pip Council")
    offers(parts.page_menu.menu_at(PageSpot(None, parts.tabs.address, "council")))["This is a person…"].trigger()
    qtbot.waitUntil(
        lambda: library.db.execute("SELECT 1 FROM people WHERE name = 'Pip Council'").fetchone() is not None
    )
    person = people.find(library, "Pip Council")
    qtbot.waitUntil(lambda: f"kb:person/{person}" in parts.tabs.view.html_shown)
    parts.undo.stack.undo()
    qtbot.waitUntil(lambda: f"kb:person/{person}" not in parts.tabs.view.html_shown)


def test_a_name_in_the_text_offers_its_corrections(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    brandt = people.find(library, "Karl-Heinz Brandt")
    parts.tabs.visit(Address("article", str(article_list.ids(library)[3])))
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None)
    found = offers(parts.page_menu.menu_at(PageSpot(Address("person", str(brandt)), parts.tabs.address)))
    assert {"Merge Karl-Heinz Brandt with…", "Rename Karl-Heinz Brandt…", "This is a different person…", "Not a person here"} <= set(found)  # fmt: skip


def test_long_work_is_done_one_after_another_and_none_is_dropped(parts: WindowParts, qtbot: QtBot):
    done: list[int] = []
    for number in range(5):
        parts.importing.run(lambda number=number: number, done.append)
    qtbot.waitUntil(lambda: done == [0, 1, 2, 3, 4])
