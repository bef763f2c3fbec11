"""Rows dragged onto a tag or a board in the sidebar, and what a right click on these offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library import Library
from kbapp.library.articles import listing, tags
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.ui.composition.parts import WindowParts
from tests.ui.hands import answer, offers


def item_of(parts: WindowParts, section: str, name: str) -> QTreeWidgetItem | None:
    items = parts.sidebar._sections[section]
    return next((items.child(at) for at in range(items.childCount()) if items.child(at).text(0) == name), None)


def drop_on(parts: WindowParts, item: QTreeWidgetItem, *places: int) -> bool:
    """Drags rows of the list onto a row of the sidebar; whether it took them."""
    mime = parts.rows.rows.mimeData([parts.rows.rows.index(at) for at in places])
    at = parts.sidebar.visualItemRect(item).center()
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(parts.sidebar.viewport(), QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, button, keys))
    over = QDragMoveEvent(at, Qt.DropAction.CopyAction, mime, button, keys)
    QApplication.sendEvent(parts.sidebar.viewport(), over)
    if not over.isAccepted():
        return False
    QApplication.sendEvent(
        parts.sidebar.viewport(), QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, button, keys)
    )
    return True


def test_articles_dropped_on_a_tag_have_it_and_the_toast_says_so(
    parts: WindowParts, samples: Library, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: item_of(parts, "tags", "harbour") is not None)
    before = set(listing.ids(samples, where="tag", value="harbour"))
    ids = [parts.rows.rows.target(at)[1] for at in (0, 5, 7)]
    assert drop_on(parts, item_of(parts, "tags", "harbour"), 0, 5, 7)
    assert set(listing.ids(samples, where="tag", value="harbour")) == before | set(ids)
    assert "harbour" in parts.toast.text()
    assert not drop_on(parts, parts.sidebar._items["all"], 0)  # nothing but tags and boards takes any
    parts.undo.stack.undo()
    assert set(listing.ids(samples, where="tag", value="harbour")) == before


def test_notes_and_articles_dropped_on_a_board_stand_on_it(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    with samples.transaction() as db:
        board = boards.create(db, "The wall book")
        note = notes.add(db, "Who pays?", Subject("library"))
    parts.counts.recount()
    qtbot.waitUntil(lambda: item_of(parts, "notes", "The wall book") is not None)
    title = parts.rows.rows.row(0).title
    assert drop_on(parts, item_of(parts, "notes", "The wall book"), 0)
    cards = boards.get(samples, board).cards
    assert len(cards) == 1 and title in cards[0].note.text
    parts.article_commands.take_rows("boards", str(board), [("note", note)])
    assert [card.note.id for card in boards.get(samples, board).cards][-1] == note


@pytest.mark.parametrize(
    ("line", "left", "gone"), [("Rename…", "port", "harbour"), ("Delete tag", "engineering", "harbour")]
)
def test_a_right_click_on_a_tag(
    parts: WindowParts, samples: Library, qtbot: QtBot, line: str, left: str, gone: str
) -> None:
    menu = parts.article_commands.sidebar_menu("tags", "harbour")
    assert list(offers(menu)) == ["Rename…", "Merge into…", "Delete tag"]
    if line == "Rename…":
        answer("port")
    offers(menu)[line].trigger()
    names = [name for name, _ in tags.tags(samples)]
    assert left in names and gone not in names
    assert parts.toast.isVisible()
    parts.undo.stack.undo()
    assert gone in [name for name, _ in tags.tags(samples)]


def test_a_tag_merged_into_another_leaves_its_articles_there(parts: WindowParts, samples: Library) -> None:
    both = set(listing.ids(samples, where="tag", value="harbour")) | set(
        listing.ids(samples, where="tag", value="storms")
    )
    parts.undo.rename_tag("storms", "harbour")
    assert set(listing.ids(samples, where="tag", value="harbour")) == both
