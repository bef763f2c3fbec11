"""What stands above and among the results of a search."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kbapp.ui.composition.parts import WindowParts


def kinds(parts: WindowParts) -> list[str]:
    return [parts.rows.rows.row(at).kind for at in range(parts.rows.rows.rowCount())]


def test_people_stand_above_articles_with_what_their_list_says(parts: WindowParts, qtbot: QtBot) -> None:
    qtbot.keyClicks(parts.search_box, "brandt")
    qtbot.waitUntil(lambda: kinds(parts)[:3] == ["heading", "person", "person"])
    found = kinds(parts)
    assert found[3] == "heading" and set(found[4:]) == {"article"}
    person = parts.rows.rows.row(1)
    assert person.title == "Karl-Heinz Brandt" and person.count == "10" and person.about
    assert parts.rows.rows.target(0) is None  # a heading leads nowhere
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and parts.tabs.view.page.title == "Karl-Heinz Brandt")


def test_a_misspelt_word_is_corrected_and_said_and_can_be_searched_for_all_the_same(
    parts: WindowParts, qtbot: QtBot
) -> None:
    hint = parts.layout.head.hint
    qtbot.keyClicks(parts.search_box, "herbour")
    qtbot.waitUntil(lambda: "Showing <b>harbour</b>" in hint.text() and parts.rows.rows.rowCount() > 3)
    assert parts.search_box.text() == "herbour"
    hint.linkActivated.emit("exactly:")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "Nothing found")
    assert "Did you mean" in hint.text()
    hint.linkActivated.emit("harbour")
    qtbot.waitUntil(lambda: parts.rows.rows.rowCount() > 3 and not hint.isVisible())
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: parts.rows.rows.rowCount() == 16)
    assert parts.layout.list_title.text() == "All articles" and not hint.isVisible()


def test_what_is_typed_is_shown_as_it_is_and_never_as_markup(parts: WindowParts, qtbot: QtBot) -> None:
    parts.search_box.setText("<b>zzyzx</b>")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "Nothing found")
    assert "<b>zzyzx" not in parts.layout.head.hint.text()
