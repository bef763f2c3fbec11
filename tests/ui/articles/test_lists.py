"""What the list shows, and what of a search stays when it is over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from kbapp.library import Library
from kbapp.ui.composition.parts import WindowParts
from tests.ui.hands import answer


def places(parts: WindowParts, place: str) -> list[str]:
    """The values of a place that the sidebar lists, such as the names of sources."""
    items = QTreeWidgetItemIterator(parts.sidebar)
    found = []
    while items.value():
        of, value = parts.sidebar.place_of(items.value())
        if of == place and value:
            found.append(value)
        items += 1
    return found


def test_a_saved_search_leaves_nothing_behind(parts: WindowParts, qtbot: QtBot) -> None:
    parts.search_box.setText("hairdryer")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found")
    answer("hair")
    parts.actions["search.save"].trigger()
    qtbot.waitUntil(lambda: places(parts, "searches") == ["hairdryer"])
    parts.search_box.clear()
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16)
    parts.sidebar.chosen.emit("searches", "")  # the section itself lists nothing, and asks for nothing
    parts.sidebar.chosen.emit("searches", "hairdryer")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "hair" and bool(parts.search.words))
    assert parts.layout.list_about.text() == "1 found"  # a saved search is headed by its name
    assert parts.search_box.text() == "hairdryer"
    parts.sidebar.chosen.emit("all", "")
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16)
    assert parts.search_box.text() == "" and parts.search.words == ()
    parts.search_box.setText("wall")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "6 found")
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16)


def test_trashed_articles_leave_the_list(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    parts.undo.trash([parts.rows.rows.target(0)[1]])
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 15)


def test_a_chosen_source_stays_chosen_when_the_counts_come_in(parts: WindowParts, qtbot: QtBot) -> None:
    sidebar = parts.sidebar
    qtbot.waitUntil(lambda: len(places(parts, "sources")) > 1)
    sidebar.select("sources", places(parts, "sources")[1])
    chosen = sidebar.place()
    with qtbot.waitSignal(parts.counts.counted):
        parts.counts.recount()
    assert sidebar.place() == chosen and chosen[1]


def test_tab_leads_out_of_the_list(parts: WindowParts, qtbot: QtBot) -> None:
    parts.window.activateWindow()
    parts.rows.setFocus()
    qtbot.waitUntil(parts.rows.hasFocus)
    qtbot.keyClick(parts.rows, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not parts.rows


def test_the_best_hits_are_in_sight(parts: WindowParts, qtbot: QtBot) -> None:
    parts.window.resize(1000, 480)
    last = parts.rows.rows.target(15)
    parts.rows.opened.emit(*last)
    qtbot.waitUntil(lambda: parts.tabs.address is not None and parts.tabs.view.page is not None)
    parts.search_box.setText("the")
    qtbot.waitUntil(lambda: parts.layout.list_title.text().endswith("found"))
    assert parts.rows.verticalScrollBar().value() == 0
