"""The bar over selected words and the card on a name."""

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.page_popovers import PagePopovers
from kbapp.ui.composition.parts import WindowParts
from tests.ui.hands import shown

VOTE = "Council Backs New Harbour Wall After Night of Storms"
LEFT = Qt.MouseButton.LeftButton


def _open(parts: WindowParts, qtbot: QtBot) -> int:
    number = articles.get(parts.context.library, VOTE).id
    parts.window.activateWindow()
    parts.tabs.visit(Address("article", str(number)))
    qtbot.waitUntil(lambda: shown(parts) == VOTE)
    return number


def _select(parts: WindowParts, words: str) -> None:
    view = parts.tabs.view
    at = view.toPlainText().index(words)
    cursor = QTextCursor(view.document())
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def _rest_on(parts: WindowParts, name: str) -> int:
    """Rests the pointer on the first of these names in the text; returns whose it is."""
    view = parts.tabs.view
    _select(parts, name)
    area = view.selection_area()
    cursor = view.textCursor()
    cursor.clearSelection()
    view.setTextCursor(cursor)
    at = QPoint(area.left() + 12, area.top() + 6)
    person = people.find(parts.context.library, name)
    assert view.anchorAt(at) == f"kb:person/{person}"
    popovers = parts.findChild(PagePopovers)
    assert popovers is not None
    popovers.rest_on(person, view, at)
    return person


def test_selected_words_are_highlighted_in_a_colour_and_the_note_can_be_typed(parts: WindowParts, qtbot: QtBot) -> None:
    number = _open(parts, qtbot)
    _select(parts, "a quarrel that has lasted")
    qtbot.waitUntil(parts.text_bar.isVisible)
    assert parts.window.focusWidget() not in parts.text_bar.findChildren(object)
    qtbot.mouseClick(parts.text_bar.buttons["green"], LEFT)
    assert not parts.text_bar.isVisible()
    about = Subject("article", number)
    qtbot.waitUntil(lambda: [n.colour for n in notes.about(parts.context.library, about)] == ["green"])
    qtbot.waitUntil(lambda: parts.panel.isAncestorOf(parts.window.focusWidget()))
    qtbot.keyClicks(parts.window.focusWidget(), "who quarrels?")
    qtbot.waitUntil(lambda: notes.about(parts.context.library, about)[0].text == "who quarrels?")


def test_the_words_are_copied_with_who_said_them_where_and_when(parts: WindowParts, qtbot: QtBot) -> None:
    _open(parts, qtbot)
    _select(parts, "a quarrel that has lasted")
    qtbot.waitUntil(parts.text_bar.isVisible)
    qtbot.mouseClick(parts.text_bar.buttons["cite"], LEFT)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0] == "“a quarrel that has lasted”"
    assert copied[1] == f"Miriam Okafor · {VOTE} · The Harbour Gazette · 14 March 2023"


def test_the_bar_goes_with_the_selection_and_is_not_there_for_what_a_search_found(
    parts: WindowParts, qtbot: QtBot
) -> None:
    _open(parts, qtbot)
    _select(parts, "a quarrel that has lasted")
    qtbot.waitUntil(parts.text_bar.isVisible)
    cursor = parts.tabs.view.textCursor()
    cursor.clearSelection()
    parts.tabs.view.setTextCursor(cursor)
    assert not parts.text_bar.isVisible()
    at = parts.tabs.view.toPlainText().index("quarrel")
    parts.tabs.view.mark_places([(at, at + 7)])
    qtbot.wait(300)
    assert not parts.text_bar.isVisible()


def test_a_card_says_who_is_named_after_a_while_and_escape_closes_it(parts: WindowParts, qtbot: QtBot) -> None:
    _open(parts, qtbot)
    person = _rest_on(parts, "Karl-Heinz Brandt")
    assert not parts.person_card.isVisible()
    qtbot.waitUntil(parts.person_card.isVisible)
    words = parts.person_card.accessibleName()
    assert words.startswith("Karl-Heinz Brandt, ")
    assert "articles, last " in words
    assert not parts.person_card.reasons.isVisible()
    qtbot.mouseClick(parts.person_card.why, LEFT)
    assert parts.person_card.reasons.isVisible()
    qtbot.keyClick(parts.tabs.view, Qt.Key.Key_Escape)
    assert not parts.person_card.isVisible()
    _rest_on(parts, "Karl-Heinz Brandt")
    qtbot.waitUntil(parts.person_card.isVisible)
    qtbot.mouseClick(parts.person_card.open, LEFT)
    qtbot.waitUntil(lambda: parts.tabs.address == Address("person", str(person)))


def test_a_pointer_that_moves_on_brings_no_card(parts: WindowParts, qtbot: QtBot) -> None:
    _open(parts, qtbot)
    _rest_on(parts, "Karl-Heinz Brandt")
    parts.tabs.view.highlighted.emit(QUrl())
    qtbot.wait(700)
    assert not parts.person_card.isVisible()
