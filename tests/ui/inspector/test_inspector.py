"""What is known of an article, corrected where it stands."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kbapp.library.articles import repository as articles
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.inspector.field_row import FieldRow
from tests.ui.hands import shown

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
VOTE = "Council Backs New Harbour Wall After Night of Storms"


def _open(parts: WindowParts, qtbot: QtBot, title: str, page: str = "info") -> int:
    """Opens an article beside a page of the inspector; returns its id."""
    library = parts.context.library
    number = articles.get(library, title).id
    parts.window.activateWindow()
    qtbot.mouseClick(parts.layout.inspector.buttons[page], LEFT)
    parts.tabs.visit(Address("article", str(number)))
    qtbot.waitUntil(lambda: shown(parts) == title and parts.info_page.article == number)
    return number


def _row(parts: WindowParts, name: str) -> FieldRow:
    return parts.info_page.rows[name]


def test_a_field_is_edited_where_it_stands_and_says_who_set_it(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    row = _row(parts, "source")
    assert row.value.text() == "The Harbour Gazette"
    qtbot.mouseClick(row, LEFT)
    assert parts.window.focusWidget() is row.box
    assert row.box.text() == "The Harbour Gazette"
    qtbot.keyClicks(row.box, "Port Ellery Mail")
    qtbot.keyClick(row.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.value.text() == "Port Ellery Mail" and row.found.text() == "you")
    assert articles.get(parts.context.library, number).article.source == "Port Ellery Mail"
    assert row.found.objectName() == "yours"
    parts.actions["edit.undo"].trigger()
    qtbot.waitUntil(lambda: row.value.text() == "The Harbour Gazette" and row.found.text() != "you")


def test_what_was_read_comes_back_with_one_click(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    row = _row(parts, "authors")
    read = row.value.text()
    assert not row.back.isVisible()
    qtbot.mouseClick(row, LEFT)
    qtbot.keyClicks(row.box, "Ada Lind; Bo Ek")
    qtbot.keyClick(row.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.value.text() == "Ada Lind; Bo Ek" and row.back.isVisible())
    names = [author.name for author in articles.get(parts.context.library, number).article.authors]
    assert names == ["Ada Lind", "Bo Ek"]
    qtbot.mouseClick(row.back, LEFT)
    qtbot.waitUntil(lambda: row.value.text() == read and not row.back.isVisible())


def test_tab_saves_and_goes_on_and_escape_keeps_nothing(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    title, subtitle = _row(parts, "title"), _row(parts, "subtitle")
    title.setFocus()
    qtbot.keyClick(title, KEY.Key_Return)
    qtbot.keyClicks(title.box, "A wall at last")
    qtbot.keyClick(title.box, KEY.Key_Tab)
    qtbot.waitUntil(lambda: parts.window.focusWidget() is subtitle.box)
    qtbot.waitUntil(lambda: title.value.text() == "A wall at last")
    assert subtitle.is_editing  # the page was read again, and the box stays
    qtbot.keyClicks(subtitle.box, "nonsense")
    qtbot.keyClick(subtitle.box, KEY.Key_Escape)
    assert not subtitle.is_editing
    assert parts.window.focusWidget() is subtitle
    article = articles.get(parts.context.library, number).article
    assert article.title == "A wall at last"
    assert article.subtitle != "nonsense"


def test_what_cannot_be_kept_stays_in_the_box_with_the_reason(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    row = _row(parts, "published")
    before = row.value.text()
    qtbot.mouseClick(row, LEFT)
    qtbot.keyClicks(row.box, "some day")
    qtbot.keyClick(row.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.hint.objectName() == "warn")
    assert row.box.isVisible()
    assert row.box.text() == "some day"
    assert "some day" in row.hint.text()
    qtbot.keyClick(row.box, KEY.Key_Escape)
    assert row.value.text() == before
    qtbot.mouseClick(row, LEFT)
    qtbot.keyClicks(row.box, "3 May 2021")
    qtbot.keyClick(row.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.value.text() == "3 May 2021")
    assert articles.get(parts.context.library, number).article.published == "2021-05-03"


def test_a_language_is_typed_as_a_word(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    row = _row(parts, "language")
    qtbot.mouseClick(row, LEFT)
    qtbot.keyClicks(row.box, "Deutsch")
    qtbot.keyClick(row.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: row.value.text() == "German")
    assert articles.get(parts.context.library, number).article.language == "de"


def test_an_edit_left_by_the_mouse_is_kept_with_the_article_it_was_typed_for(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    row = _row(parts, "source")
    qtbot.mouseClick(row, LEFT)
    qtbot.keyClicks(row.box, "The Tide")
    _open(parts, qtbot, "The judge who reads aloud", "people")
    qtbot.waitUntil(lambda: articles.get(parts.context.library, number).article.source == "The Tide")
    assert articles.get(parts.context.library, "The judge who reads aloud").article.source != "The Tide"


def test_tags_come_and_go(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot, VOTE)
    tags = parts.info_page.tags
    qtbot.keyClicks(tags.box, "#walls")
    qtbot.keyClick(tags.box, KEY.Key_Return)
    qtbot.waitUntil(lambda: list(tags.chips) == ["walls"])
    qtbot.mouseClick(tags.chips["walls"], LEFT)
    qtbot.waitUntil(lambda: list(tags.chips) == [])
    parts.actions["edit.undo"].trigger()
    qtbot.waitUntil(lambda: list(tags.chips) == ["walls"])
    assert articles.get(parts.context.library, number).article.tags == ("walls",)


def test_people_open_their_page_and_say_why(parts: WindowParts, qtbot: QtBot) -> None:
    _open(parts, qtbot, VOTE, "people")
    qtbot.waitUntil(lambda: bool(parts.people_page.rows))
    rows = {row.person.name: row for row in parts.people_page.rows}
    assert parts.layout.inspector.buttons["people"].text() == f"People {len(rows)}"
    brandt = rows["Karl-Heinz Brandt"]
    qtbot.waitUntil(lambda: brandt.why.height() > 0 and brandt.why.isVisible() and brandt.y() > 0)
    qtbot.mouseClick(brandt.why, LEFT)
    assert brandt.reasons.isVisible()
    assert brandt.reasons.text()
    qtbot.mouseClick(brandt.name, LEFT)
    qtbot.waitUntil(lambda: shown(parts) == "Karl-Heinz Brandt")


def test_a_new_note_brings_its_page_back(parts: WindowParts, qtbot: QtBot) -> None:
    _open(parts, qtbot, VOTE)
    parts.layout.inspector.hide()
    parts.actions["note.new"].trigger()
    assert parts.panel.isVisible()
    assert parts.layout.inspector.page == "notes"
