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
from kbapp.ui.main_window import MainWindow
from kbapp.ui.notes.board_window import BoardWindow


@pytest.fixture
def noted(window: MainWindow) -> tuple[int, int]:
    """A note on a passage of the first article and one on the library as a whole."""
    library = window.services.library
    text = articles.get(library, 1).article.text
    with library.transaction() as db:
        one = notes.add(db, "On a passage #sea", Subject("article", 1), make_anchor(text, 10, 40), "green")
        other = notes.add(db, "Free thought", Subject("library"))
    return one, other


def titles(window: MainWindow) -> list[str]:
    model = window.rows.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_all_notes_are_listed_in_groups_and_opened_at_their_place(window: MainWindow, qtbot: QtBot, noted):
    window.sidebar.select("notes")
    window.desk.go("notes")
    qtbot.waitUntil(lambda: window.rows.model().rowCount() == 3)
    assert set(titles(window)[1:]) == {"On a passage #sea", "Free thought"} and window.list_about.text() == "2 notes"
    window.order.setCurrentIndex(window.order.findData("colour"))
    qtbot.waitUntil(lambda: titles(window) == ["Green", "On a passage #sea", "No colour", "Free thought"])
    assert not window.rows.model().flags(window.rows.model().index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    window.rows.opened.emit("note", noted[0])
    qtbot.waitUntil(
        lambda: window.tabs.view.page is not None and str(window.tabs.view.page.address.page) == "kb:article/1"
    )
    assert window.tabs.history.current == Address("article", "1", f"n{noted[0]}")


def test_typing_filters_the_notes(window: MainWindow, qtbot: QtBot, noted):
    window.sidebar.select("notes")
    window.desk.go("notes")
    window.desk.poke()
    qtbot.waitUntil(lambda: window.rows.model().rowCount() == 3)
    window.search_box.setText("thought")
    qtbot.waitUntil(lambda: titles(window) == ["Free thought"], timeout=10_000)


def test_articles_by_month(window: MainWindow, qtbot: QtBot):
    window.order.setCurrentIndex(window.order.findData("months"))
    qtbot.waitUntil(lambda: window.rows.model().rowCount() > 16)
    headings = [title for row, title in enumerate(titles(window)) if not window.rows.model().flags(window.rows.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled]  # fmt: skip
    assert window.rows.model().rowCount() == 16 + len(headings) and any("20" in heading for heading in headings)


def test_a_pasted_picture_is_kept_shown_and_private(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    window.desk.open(Address("article", "1"))
    qtbot.waitUntil(lambda: window.panel.subject == Subject("article", 1))
    card = window.panel._last()
    card.editor.setPlainText("A drawing")
    picture = QMimeData()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    picture.setImageData(image)
    assert card.editor.canInsertFromMimeData(picture)
    card.editor.insertFromMimeData(picture)
    qtbot.waitUntil(lambda: "](kb:image/1)" in notes.get(library, 1).text)
    assert QImage.fromData(attachments.get(library, 1)[1]).size() == image.size()
    qtbot.waitUntil(lambda: '<img src="kb:image/1"' in window.tabs.view.html_shown)
    assert window.tabs.view.loadResource(2, "kb:image/1").width() == 8
    assert window.tabs.view.loadResource(2, "kb:image/99") is None


def test_a_former_text_is_compared_and_brought_back(window: MainWindow, qtbot: QtBot, noted):
    library = window.services.library
    with library.transaction() as db:
        notes.edit(db, noted[1], "Free thought, second go")
    ((saved, _),) = note_versions.versions(library, noted[1])
    window.desk.open(Address("notediff", f"{noted[1]},{saved},now"))
    qtbot.waitUntil(lambda: '<span class="new">' in window.tabs.view.html_shown)
    assert "second go" in window.tabs.view.html_shown.split('<span class="new">', 2)[2].split("</span>")[0]
    window.desk.follow(f"kb:more/restore,{noted[1]},{saved}")
    assert notes.get(library, noted[1]).text == "Free thought"
    window.desk.changes.stack.undo()
    assert notes.get(library, noted[1]).text == "Free thought, second go"


def test_a_lost_note_is_attached_to_selected_words(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    with library.transaction() as db:
        note = notes.add(db, "Lost", Subject("article", 1), Anchor("words that never stood there", "", "", 3, 31))
    window.desk.open(Address("article", "1"))
    qtbot.waitUntil(lambda: "passage not found" in window.tabs.view.toPlainText())
    words = articles.get(library, 1).article.blocks[0].text.split(".")[0]
    offers = {action.text(): action for action in window.menus.context.of_page("", words).actions()}
    window.tabs.view.find(words[:30])
    words = window.tabs.view.body_selection()[0]
    offers["Attach “Lost” here"].trigger()
    qtbot.waitUntil(lambda: "passage not found" not in window.tabs.view.toPlainText())
    assert notes.get(library, note).quote.exact == words
    window.desk.changes.stack.undo()
    assert notes.get(library, note).quote.exact == "words that never stood there"


def test_copying_a_page_leaves_the_notes_out(window: MainWindow, qtbot: QtBot, noted):
    window.desk.open(Address("article", "1"))
    qtbot.waitUntil(lambda: "On a passage" in window.tabs.view.toPlainText())
    view = window.tabs.view
    view.selectAll()
    mime = view.createMimeDataFromSelection()
    assert "On a passage" not in mime.text() + mime.html() and "Read from" in mime.text()
    assert articles.get(window.services.library, 1).article.title in mime.text()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find("On a passage")
    assert view.createMimeDataFromSelection().text() == "On a passage"


def test_a_board_is_arranged_undone_and_read(window: MainWindow, qtbot: QtBot, noted):
    library = window.services.library
    window.desk.noting.new_board("The sea", noted[0])
    qtbot.waitUntil(
        lambda: "The sea" in window.tabs.view.toPlainText() and "On a passage" in window.tabs.view.toPlainText()
    )
    dialog = BoardWindow(window.desk, 1, window)
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
    qtbot.waitUntil(lambda: 0 < window.tabs.view.toPlainText().find("Free thought") < window.tabs.view.toPlainText().find("On a passage"))  # fmt: skip


def test_a_note_on_a_search_links_to_it(window: MainWindow, qtbot: QtBot):
    window.desk.open(Address("article", "1"))
    qtbot.waitUntil(lambda: window.panel.subject == Subject("article", 1))
    window.search_box.setText("author:okafor [wall")
    qtbot.waitUntil(lambda: window.desk.finder.query == "author:okafor [wall")
    window.menus.note_on_search()
    editor = window.panel._last().editor
    assert editor.toPlainText().startswith("[author:okafor \\[wall](kb:search/author%3Aokafor%20%5Bwall)")
    window.desk.follow("kb:search/author%3Aokafor%20%5Bwall")
    assert window.desk.finder.query == "author:okafor [wall"


def test_notes_stand_at_the_height_of_their_passages_and_scroll_along(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    number = max(article_list.ids(library), key=lambda each: len(articles.get(library, each).article.text))
    text = articles.get(library, number).article.text
    with library.transaction() as db:
        late = notes.add(db, "late", Subject("article", number), make_anchor(text, len(text) - 80, len(text) - 40))
        early = notes.add(db, "early", Subject("article", number), make_anchor(text, 5, 30))
    window.resize(1100, 500)
    window.desk.open(Address("article", str(number)))
    qtbot.waitUntil(lambda: len(window.panel.passage_notes()) == 2)
    assert window.panel.passage_notes() == [early, late]
    view, panel = window.tabs.view, window.panel
    view.verticalScrollBar().setValue(view.heights({f"n{late}"})[f"n{late}"] - 100)

    def gap() -> int:
        card = next(card for card in panel._shown if card.note_id == late)
        passage = (
            view.viewport().mapTo(window, view.viewport().pos()).y()
            + view.heights({f"n{late}"})[f"n{late}"]
            - view.verticalScrollBar().value()
        )
        return abs(card.editor.mapTo(window, card.editor.rect().topLeft()).y() - passage)

    qtbot.waitUntil(lambda: gap() < 90)


def test_a_passage_is_not_lost_because_another_page_is_in_front(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    text = articles.get(library, 1).article.text
    with library.transaction() as db:
        notes.add(db, "here", Subject("article", 1), make_anchor(text, 5, 30))
    window.desk.open(Address("article", "1"))
    qtbot.waitUntil(lambda: len(window.panel.passage_notes()) == 1)
    window.menus.show_help()
    window.desk.noting.align()
    card = next(card for card in window.panel._shown if card.has_passage)
    assert card.lost.isHidden()


def test_two_notes_on_one_passage_and_one_on_a_name_are_all_found(window: MainWindow, qtbot: QtBot):
    library = window.services.library
    number = next(each for each in article_list.ids(library) if articles.get(library, each).article.people)
    article = articles.get(library, number).article
    name = next(
        each for person in article.people for each in person.mentions if each.field == "text" and each.start > 40
    )
    with library.transaction() as db:
        for start, end in ((5, 30), (5, 30), (name.start, name.end)):
            notes.add(db, "a thought", Subject("article", number), make_anchor(article.text, start, end))
    window.desk.open(Address("article", str(number)))
    qtbot.waitUntil(lambda: len(window.panel.passage_notes()) == 3)
    window.desk.noting.align()
    assert [card.lost.isHidden() for card in window.panel._shown if card.has_passage] == [True] * 3
    assert f'<span class="mark-yellow">{article.text[name.start : name.end]}</span></a>' in window.tabs.view.html_shown
