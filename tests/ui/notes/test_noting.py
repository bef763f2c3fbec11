"""Notes in the window: listed, opened at their place, with pictures, brought back, attached again, put on boards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QTextCursor
from pytestqt.qtbot import QtBot

from kbapp.domain import Anchor, Subject
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.notes import attachments, boards
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import make_anchor
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.board_dialog import BoardDialog
from tests.ui.hands import click, offers


@pytest.fixture
def noted(parts: WindowParts) -> tuple[int, int]:
    """A note on a passage of the first article and one on the library as a whole."""
    library = parts.context.library
    text = articles.get(library, 1).article.text
    with library.transaction() as db:
        one = notes.add(db, "On a passage #sea", Subject("article", 1), make_anchor(text, 10, 40), "green")
        other = notes.add(db, "Free thought", Subject("library"))
    return one, other


def titles(parts: WindowParts) -> list[str]:
    model = parts.rows.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_all_notes_are_listed_in_groups_and_opened_at_their_place(parts: WindowParts, qtbot: QtBot, noted):
    parts.sidebar.select("notes")
    parts.sidebar.chosen.emit("notes", "")
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 3)
    assert set(titles(parts)[1:]) == {"On a passage #sea", "Free thought"} and parts.layout.list_about.text() == "2"
    parts.sort_box.setCurrentIndex(parts.sort_box.findData("colour"))
    qtbot.waitUntil(lambda: titles(parts) == ["Green", "On a passage #sea", "No colour", "Free thought"])
    assert not parts.rows.model().flags(parts.rows.model().index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    parts.rows.opened.emit("note", noted[0])
    qtbot.waitUntil(
        lambda: parts.tabs.view.page is not None and str(parts.tabs.view.page.address.page) == "kb:article/1"
    )
    assert parts.tabs.history.current == Address("article", "1", f"n{noted[0]}")


def test_typing_filters_the_notes(parts: WindowParts, qtbot: QtBot, noted):
    parts.sidebar.select("notes")
    parts.sidebar.chosen.emit("notes", "")
    parts.shared.index.schedule()
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 3)
    parts.search_box.setText("thought")
    qtbot.waitUntil(lambda: titles(parts) == ["Free thought"], timeout=10_000)


def test_articles_by_month(parts: WindowParts, qtbot: QtBot):
    parts.sort_box.setCurrentIndex(parts.sort_box.findData("months"))
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() > 16)
    headings = [title for row, title in enumerate(titles(parts)) if not parts.rows.model().flags(parts.rows.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled]  # fmt: skip
    assert parts.rows.model().rowCount() == 16 + len(headings) and any("20" in heading for heading in headings)


def test_a_pasted_picture_is_kept_shown_and_private(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("article", 1))
    card = parts.panel._last()
    card.editor.setPlainText("A drawing")
    picture = QMimeData()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    picture.setImageData(image)
    assert card.editor.canInsertFromMimeData(picture)
    card.editor.insertFromMimeData(picture)
    qtbot.waitUntil(lambda: "](kb:image/1)" in notes.get(library, 1).text)
    assert QImage.fromData(attachments.get(library, 1)[1]).size() == image.size()
    qtbot.waitUntil(lambda: '<img src="kb:image/1"' in parts.tabs.view.html_shown)
    assert parts.tabs.view.loadResource(2, "kb:image/1").width() == 8
    assert parts.tabs.view.loadResource(2, "kb:image/99") is None


def test_a_former_text_is_compared_and_brought_back(parts: WindowParts, qtbot: QtBot, noted):
    library = parts.context.library
    with library.transaction() as db:
        notes.edit(db, noted[1], "Free thought, second go")
    ((saved, _),) = note_versions.versions(library, noted[1])
    parts.tabs.visit(Address("notediff", f"{noted[1]},{saved},now"))
    qtbot.waitUntil(lambda: '<span class="new">' in parts.tabs.view.html_shown)
    assert "second go" in parts.tabs.view.html_shown.split('<span class="new">', 2)[2].split("</span>")[0]
    click(parts, "Bring the older text back")
    assert notes.get(library, noted[1]).text == "Free thought"
    parts.undo.stack.undo()
    assert notes.get(library, noted[1]).text == "Free thought, second go"


def test_a_lost_note_is_attached_to_selected_words(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    with library.transaction() as db:
        note = notes.add(db, "Lost", Subject("article", 1), Anchor("words that never stood there", "", "", 3, 31))
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: "passage not found" in parts.tabs.view.toPlainText())
    words = articles.get(library, 1).article.blocks[0].text.split(".")[0]
    parts.tabs.view.find(words[:30])
    words = parts.tabs.view.body_selection()[0]
    offers(parts.page_menu.menu_at(parts.page_menu.spot()))["Attach “Lost” here"].trigger()
    qtbot.waitUntil(lambda: "passage not found" not in parts.tabs.view.toPlainText())
    assert notes.get(library, note).quote.exact == words
    parts.undo.stack.undo()
    assert notes.get(library, note).quote.exact == "words that never stood there"


def test_copying_a_page_leaves_the_notes_out(parts: WindowParts, qtbot: QtBot, noted):
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: "On a passage" in parts.tabs.view.toPlainText())
    view = parts.tabs.view
    view.selectAll()
    mime = view.createMimeDataFromSelection()
    assert "On a passage" not in mime.text() + mime.html() and "Imported from" in mime.text()
    assert articles.get(parts.context.library, 1).article.title in mime.text()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find("On a passage")
    assert view.createMimeDataFromSelection().text() == "On a passage"


def test_a_board_is_arranged_undone_and_read(parts: WindowParts, qtbot: QtBot, noted):
    library = parts.context.library
    parts.boards.create("The sea", noted[0])
    qtbot.waitUntil(
        lambda: "The sea" in parts.tabs.view.toPlainText() and "On a passage" in parts.tabs.view.toPlainText()
    )
    dialog = BoardDialog(parts.boards, 1, parts.window)
    qtbot.waitUntil(lambda: dialog.offered.count() == 1)
    dialog.cards.setCurrentRow(0)
    dialog._add_current()
    dialog.cards.setCurrentRow(1)
    dialog.move_card(-1)
    dialog.cards.setCurrentRow(1)
    dialog.add_heading("Below")

    def order() -> list[int | str]:
        return [card.note.id if card.note else card.heading for card in boards.get(library, 1).cards]

    assert order() == [noted[1], "Below", noted[0]]
    dialog.cards.model().moveRow(dialog.cards.rootIndex().parent(), 2, dialog.cards.rootIndex().parent(), 0)
    qtbot.waitUntil(lambda: order() == [noted[0], noted[1], "Below"])
    dialog.stack.undo()
    dialog.stack.undo()
    assert order() == [noted[1], noted[0]]
    dialog.accept()
    qtbot.waitUntil(lambda: 0 < parts.tabs.view.toPlainText().find("Free thought") < parts.tabs.view.toPlainText().find("On a passage"))  # fmt: skip


def test_a_note_on_a_search_links_to_it(parts: WindowParts, qtbot: QtBot):
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("article", 1))
    parts.search_box.setText("author:okafor [wall")
    qtbot.waitUntil(lambda: parts.search.query == "author:okafor [wall")
    parts.actions["search.note"].trigger()
    editor = parts.panel._last().editor
    assert editor.toPlainText().startswith("[author:okafor \\[wall](kb:search/author%3Aokafor%20%5Bwall)")
    parts.pages.follow("kb:search/author%3Aokafor%20%5Bwall")
    assert parts.search.query == "author:okafor [wall"


def test_notes_stand_at_the_height_of_their_passages_and_scroll_along(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    number = max(article_list.ids(library), key=lambda each: len(articles.get(library, each).article.text))
    text = articles.get(library, number).article.text
    with library.transaction() as db:
        late = notes.add(db, "late", Subject("article", number), make_anchor(text, len(text) - 80, len(text) - 40))
        early = notes.add(db, "early", Subject("article", number), make_anchor(text, 5, 30))
    parts.window.resize(1100, 500)
    parts.tabs.visit(Address("article", str(number)))
    qtbot.waitUntil(lambda: len(parts.panel.passage_notes()) == 2)
    assert parts.panel.passage_notes() == [early, late]
    view, panel = parts.tabs.view, parts.panel
    view.verticalScrollBar().setValue(view.heights({f"n{late}"})[f"n{late}"] - 100)

    def gap() -> int:
        card = next(card for card in panel._shown if card.note_id == late)
        passage = (
            view.viewport().mapTo(parts.window, view.viewport().pos()).y()
            + view.heights({f"n{late}"})[f"n{late}"]
            - view.verticalScrollBar().value()
        )
        return abs(card.editor.mapTo(parts.window, card.editor.rect().topLeft()).y() - passage)

    qtbot.waitUntil(lambda: gap() < 90)


def test_a_passage_is_not_lost_because_another_page_is_in_front(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    text = articles.get(library, 1).article.text
    with library.transaction() as db:
        notes.add(db, "here", Subject("article", 1), make_anchor(text, 5, 30))
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: len(parts.panel.passage_notes()) == 1)
    parts.actions["help.keys"].trigger()
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("library"))
    parts.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(parts.panel.passage_notes()) == 1)
    parts.aligner.align()
    card = next(card for card in parts.panel._shown if card.has_passage)
    assert card.lost.isHidden()


def test_two_notes_on_one_passage_and_one_on_a_name_are_all_found(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    number = next(each for each in article_list.ids(library) if articles.get(library, each).article.people)
    article = articles.get(library, number).article
    name = next(
        each for person in article.people for each in person.mentions if each.field == "text" and each.start > 40
    )
    with library.transaction() as db:
        for start, end in ((5, 30), (5, 30), (name.start, name.end)):
            notes.add(db, "a thought", Subject("article", number), make_anchor(article.text, start, end))
    parts.tabs.visit(Address("article", str(number)))
    qtbot.waitUntil(lambda: len(parts.panel.passage_notes()) == 3)
    parts.aligner.align()
    assert [card.lost.isHidden() for card in parts.panel._shown if card.has_passage] == [True] * 3
    assert f'<span class="mark-yellow">{article.text[name.start : name.end]}</span></a>' in parts.tabs.view.html_shown
