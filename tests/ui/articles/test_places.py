"""Everything in the sidebar fills the list, and leaves the page alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library import Library
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.ui.composition.parts import WindowParts
from tests.ui.hands import open_page


def go_to(parts: WindowParts, place: str, value: str = "") -> None:
    parts.sidebar.select(place, value)
    parts.sidebar.chosen.emit(place, value)


def titles(parts: WindowParts) -> list[str]:
    return [parts.rows.rows.row(at).title for at in range(parts.rows.rows.rowCount()) if parts.rows.rows.row(at)]


def headed(parts: WindowParts, qtbot: QtBot, title: str) -> None:
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == title and all(titles(parts)))


def test_people_are_listed_with_role_and_number_and_the_page_stays(parts: WindowParts, qtbot: QtBot) -> None:
    open_page(parts, qtbot, "article", 1, parts.rows.rows.row(parts.rows.rows.position("article", 1)).title)
    before = parts.tabs.address
    go_to(parts, "people")
    headed(parts, qtbot, "People")
    first = parts.rows.rows.row(0)
    assert (
        (first.kind, first.title, first.count) == ("person", "Karl-Heinz Brandt", "10") and first.about and first.date
    )
    assert parts.tabs.address == before
    parts.sort_box.setCurrentIndex(parts.sort_box.findData("name"))
    qtbot.waitUntil(lambda: titles(parts)[0] == "Adaeze Nwosu")
    go_to(parts, "authors")
    headed(parts, qtbot, "Authors")
    assert parts.rows.rows.kind == "author" and parts.tabs.address == before


def test_a_person_in_the_list_is_opened_and_stays_marked(parts: WindowParts, qtbot: QtBot) -> None:
    go_to(parts, "people")
    headed(parts, qtbot, "People")
    parts.rows.opened.emit(*parts.rows.rows.target(1))
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.page.address.kind == "person")
    assert parts.rows.currentIndex().row() == 1


def test_slash_filters_people_by_role_and_escape_brings_all_back(parts: WindowParts, qtbot: QtBot) -> None:
    go_to(parts, "people")
    headed(parts, qtbot, "People")
    everybody = parts.rows.rows.rowCount()
    parts.rows.setFocus()
    qtbot.keyClick(parts.rows, "/")
    box = parts.layout.head.filter
    assert box.isVisible()
    qtbot.keyClicks(box, "judge")
    qtbot.waitUntil(lambda: 0 < parts.rows.rows.rowCount() < everybody)
    assert any("judge" in parts.rows.rows.row(at).about.lower() for at in range(parts.rows.rows.rowCount()))
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: parts.rows.rows.rowCount() == everybody)
    assert box.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_articles_are_filtered_by_title_and_author(parts: WindowParts, qtbot: QtBot) -> None:
    parts.layout.head.filter.begin()
    qtbot.keyClicks(parts.layout.head.filter, "herrera")
    qtbot.waitUntil(lambda: parts.rows.rows.rowCount() == 3)
    go_to(parts, "unread")  # another list is not filtered
    qtbot.waitUntil(lambda: parts.rows.rows.rowCount() > 3)
    assert not parts.layout.head.filter.isVisible()


def test_a_board_lists_its_notes_under_notes(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    with samples.transaction() as db:
        board = boards.create(db, "The wall book")
        note = notes.add(db, "Who pays?", Subject("library"))
        boards.arrange(db, board, [(None, "For"), (note, "")])
    parts.counts.recount()
    notes_section = parts.sidebar._sections["notes"]
    qtbot.waitUntil(lambda: [notes_section.child(at).text(0) for at in range(notes_section.childCount())] == ["All notes", "Boards", "The wall book"])  # fmt: skip
    go_to(parts, "boards", str(board))
    headed(parts, qtbot, "The wall book")
    assert titles(parts) == ["Open the board", "For", "Who pays?"]
    go_to(parts, "boards")
    headed(parts, qtbot, "Boards")
    parts.rows.opened.emit(*parts.rows.rows.target(0))
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.page.address.kind == "board")


def test_all_sources_are_a_list_that_leads_to_each(parts: WindowParts, qtbot: QtBot) -> None:
    go_to(parts, "sources")
    headed(parts, qtbot, "Sources")
    name, count = parts.rows.rows.row(0).title, int(parts.rows.rows.row(0).count)
    parts.rows.clicked.emit(parts.rows.rows.index(0))
    headed(parts, qtbot, name)
    assert parts.rows.rows.rowCount() == count and parts.sidebar.place() == ("sources", name)


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_arrow_keys_through_the_sidebar_change_no_page(
    parts: WindowParts, samples: Library, qtbot: QtBot, key: Qt.Key
) -> None:
    parts.undo.save_search("Waves", "waves")
    open_page(parts, qtbot, "article", 1, parts.rows.rows.row(parts.rows.rows.position("article", 1)).title)
    before, sidebar = parts.tabs.address, parts.sidebar
    qtbot.waitUntil(lambda: sidebar._sections["searches"].childCount() == 1)
    items = QTreeWidgetItemIterator(sidebar)
    rows = 0
    while items.value():
        rows, items = rows + 1, items.__iadd__(1)
    parts.window.activateWindow()
    sidebar.setFocus()
    if key == Qt.Key.Key_Up:
        qtbot.keyClick(sidebar, Qt.Key.Key_End)
    for _ in range(rows):
        qtbot.keyClick(sidebar, key)
        qtbot.wait(30)
    assert parts.tabs.address == before and parts.tabs.count() == 1
