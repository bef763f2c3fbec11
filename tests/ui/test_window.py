"""What a user does in the parts, by mouse and by keyboard."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library import Library
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.core.rows import Group, Listing
from kbapp.ui.window_manager import WindowManager
from tests.conftest import HARBOUR, SAMPLES
from tests.ui.hands import answer, click, drop, open_page, shown


def test_an_empty_library_teaches_and_offers_samples(open_window: Callable[..., WindowParts], qtbot: QtBot):
    parts = open_window()
    qtbot.waitUntil(lambda: "Drop an article here" in parts.tabs.view.toPlainText())
    click(parts, "Add the sample articles")
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16, timeout=20_000)


def test_a_dropped_file_opens_its_page_linked_both_ways(
    open_window: Callable[..., WindowParts], qtbot: QtBot, tmp_path: Path
):
    parts = open_window()
    file = tmp_path / "harbour.txt"
    file.write_text(HARBOUR)
    drop(parts, file)
    qtbot.waitUntil(lambda: shown(parts) == "Mayor Opens New Ferry Terminal", timeout=20_000)
    solberg = people.find(parts.context.library, "Henrik Solberg")
    parts.pages.follow(f"kb:person/{solberg}")
    qtbot.waitUntil(lambda: shown(parts) == "Henrik Solberg")
    assert "Mayor Opens New Ferry Terminal" in parts.tabs.view.toPlainText()
    qtbot.mouseClick(parts.layout.buttons["back"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(parts) == "Mayor Opens New Ferry Terminal")
    qtbot.mouseClick(parts.layout.buttons["forward"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(parts) == "Henrik Solberg")


def test_the_report_tells_what_failed_and_why(open_window: Callable[..., WindowParts], qtbot: QtBot, tmp_path: Path):
    parts = open_window()
    (tmp_path / "good.txt").write_text(HARBOUR)
    (tmp_path / "empty.txt").touch()
    drop(parts, tmp_path / "good.txt", tmp_path / "empty.txt")
    qtbot.waitUntil(lambda: parts.layout.import_bar.report.isVisible(), timeout=20_000)
    assert "1 imported" in parts.layout.import_bar.words.text() and "1 not read" in parts.layout.import_bar.words.text()
    qtbot.mouseClick(parts.layout.import_bar.report, Qt.MouseButton.LeftButton)
    assert "The file is empty" in parts.tabs.view.toPlainText()


def test_searching_as_typed_and_into_the_page(parts: WindowParts, qtbot: QtBot):
    qtbot.keyClicks(parts.search_box, "hairdry")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found")
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(parts) == "Yusuf Demir’s first winter")
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16)


def test_a_note_saves_itself_and_is_found(parts: WindowParts, qtbot: QtBot):
    first = article_list.ids(parts.context.library)[0]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")
    parts.panel.begin()
    editor = parts.panel._last().editor
    qtbot.keyClicks(editor, "ask about the zeppelin #idea")
    qtbot.waitUntil(
        lambda: (
            [note.text for note in notes.about(parts.context.library, Subject("article", first))]
            == ["ask about the zeppelin #idea"]
        ),
        timeout=4000,
    )
    qtbot.keyClicks(parts.search_box, "zeppelin")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found")


def test_an_unsaved_note_is_saved_on_leaving_the_page(parts: WindowParts, qtbot: QtBot):
    first, second = article_list.ids(parts.context.library)[:2]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")
    parts.panel._last().editor.setPlainText("written at the last moment")
    open_page(parts, qtbot, "article", second, "À Port Ellery, la mer a voté")
    assert [note.text for note in notes.about(parts.context.library, Subject("article", first))] == [
        "written at the last moment"
    ]


def test_what_is_being_written_stays_when_the_page_is_shown_anew(parts: WindowParts, qtbot: QtBot):
    first = article_list.ids(parts.context.library)[0]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")
    parts.window.activateWindow()
    parts.panel.begin()
    editor = parts.panel._last().editor
    qtbot.waitUntil(editor.hasFocus)
    for words in ("half a ", "sentence"):  # the second is shown anew between its letters
        qtbot.keyClicks(editor, words)
        parts.tabs.reload()
        qtbot.wait(200)
        assert editor.hasFocus() and editor.isVisible()
    assert editor.toPlainText() == "half a sentence"
    written = notes.about(parts.context.library, Subject("article", first))
    assert [note.text for note in written] == ["half a sentence"]
    assert [card.note_id for card in parts.panel._shown] == [written[0].id, 0]


def test_a_passage_is_highlighted_by_one_key(parts: WindowParts, qtbot: QtBot):
    first = article_list.ids(parts.context.library)[0]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")
    view = parts.tabs.view
    assert view.find("Demir was asleep on the floor")
    qtbot.keyClick(view, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: bool(notes.about(parts.context.library, Subject("article", first))))
    (note,) = notes.about(parts.context.library, Subject("article", first))
    assert note.quote.exact == "Demir was asleep on the floor" and note.colour == "yellow"


def test_trash_and_undo(parts: WindowParts, qtbot: QtBot):
    first = article_list.ids(parts.context.library)[0]
    parts.undo.trash([first])
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 15)
    parts.undo.stack.undo()
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 16)


def test_undo_leaves_marks_that_were_there_before(parts: WindowParts):
    library, changes = parts.context.library, parts.undo
    first, second = article_list.ids(library)[:2]
    changes.star([first], True)
    changes.tag([first], "sea")
    changes.star([first, second], True)
    changes.tag([first, second], "sea")
    assert {first, second} == set(article_list.ids(library, "newest", "starred"))
    assert {first, second} == set(article_list.ids(library, "newest", "tag", "sea"))
    changes.stack.undo()
    changes.stack.undo()
    assert article_list.ids(library, "newest", "starred") == [first]
    assert article_list.ids(library, "newest", "tag", "sea") == [first]


def test_a_change_that_cannot_be_made_is_said_and_not_undone(parts: WindowParts, qtbot: QtBot):
    changes = parts.undo
    with qtbot.waitSignal(changes.failed) as said:
        changes.merge(1, 9999)
    assert "9999" in str(said.args[0])
    assert not changes.stack.canUndo()


def test_a_merge_from_the_page_and_undo(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    nwosu, adaeze = people.find(library, "Nwosu"), people.find(library, "Adaeze Nwosu")
    open_page(parts, qtbot, "person", adaeze, "Adaeze Nwosu")
    assert "Perhaps the same as Nwosu" in parts.tabs.view.toPlainText()
    click(parts, "Merge")
    qtbot.waitUntil(lambda: "Perhaps the same" not in parts.tabs.view.toPlainText())
    assert people.find(library, "Nwosu") == adaeze
    parts.undo.stack.undo()
    qtbot.waitUntil(lambda: people.find(library, "Nwosu") == nwosu)


def test_the_palette_jumps(parts: WindowParts, qtbot: QtBot):
    from kbapp.ui.search.command_palette import CommandPalette

    parts.actions["search.jump"].trigger()
    palette = parts.window.findChild(CommandPalette)
    qtbot.keyClicks(palette.box, "demir")
    qtbot.waitUntil(lambda: palette.list.count() > 0 and "Demir" in palette.list.item(0).text())
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Demir" in shown(parts))


def test_the_session_comes_back(samples: Library, open_window: Callable[..., WindowParts], qtbot: QtBot):
    first = open_window(samples.folder)
    open_page(first, qtbot, "article", article_list.ids(samples)[0], "Yusuf Demir’s first winter")
    first.window.close()
    second = open_window(samples.folder)
    qtbot.waitUntil(lambda: shown(second) == "Yusuf Demir’s first winter")


def test_recent_searches_are_kept_and_asked_again(
    samples: Library, open_window: Callable[..., WindowParts], qtbot: QtBot
):
    parts = open_window(samples.folder)
    for words in ("storm", "harbour wall"):
        parts.search_box.setText(words)
        qtbot.waitUntil(lambda: parts.rows.model().rowCount() > 0 and bool(parts.search.words))
        qtbot.keyClick(parts.search_box, Qt.Key.Key_Return)
    parts.window.close()
    again = open_window(samples.folder)
    assert again.session.searches == ["harbour wall", "storm"]
    again.search_box.setFocus()
    qtbot.keyClick(again.search_box, Qt.Key.Key_Down)
    menu = again.search_commands.recent_menu
    qtbot.waitUntil(menu.isVisible)
    assert [each.text() for each in menu.actions()][:2] == ["harbour wall", "storm"]
    menu.actions()[1].trigger()
    assert again.search_box.text() == "storm"
    menu.actions()[-1].trigger()
    menu.close()
    assert again.session.searches == []


def test_pasting_text_and_html_imports_them(open_window: Callable[..., WindowParts], qtbot: QtBot):
    parts = open_window()
    mime = QMimeData()
    mime.setText(HARBOUR)
    parts.importing.import_mime(mime)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 1, timeout=20_000)
    mime = QMimeData()
    mime.setHtml((SAMPLES / "barrier-opinion.html").read_text("utf-8"))
    parts.importing.import_mime(mime)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 2, timeout=20_000)
    mime = QMimeData()
    mime.setText("https://example.org/article")
    parts.importing.import_mime(mime)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == 3, timeout=20_000)
    qtbot.waitUntil(lambda: "Fetch the page now" in parts.tabs.view.toPlainText())


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """A web server of this test's own: its address and the requests that it got."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/story")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200 if self.path == "/story" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            page = (SAMPLES / "barrier-opinion.html").read_text("utf-8")
            self.wfile.write(
                page.replace("<body>", '<body><img src="/tracker.png"><script src="/spy.js"></script>').encode()
            )

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()


def test_a_link_is_kept_and_fetched_only_when_asked_in_one_request(
    open_window: Callable[..., WindowParts], qtbot: QtBot, site: tuple[str, list[str]]
):
    address, requests = site
    parts = open_window()
    mime = QMimeData()
    mime.setText(f"{address}/story")
    parts.importing.import_mime(mime)
    qtbot.waitUntil(lambda: "Fetch the page now" in parts.tabs.view.toPlainText(), timeout=20_000)
    assert requests == [] and f"{address}/story" in parts.tabs.view.toPlainText()
    click(parts, "Fetch the page now")
    qtbot.waitUntil(lambda: "A wall is not a plan" in parts.tabs.view.toPlainText(), timeout=20_000)
    assert requests == ["/story"] and parts.rows.model().rowCount() == 1
    parts.importing.fetch_page(f"{address}/moved")
    qtbot.waitUntil(lambda: "has moved" in parts.window.statusBar().currentMessage())
    assert requests == ["/story", "/moved"]
    parts.importing.fetch_page(f"{address}/gone")
    qtbot.waitUntil(lambda: "could not be fetched" in parts.window.statusBar().currentMessage())


def test_a_page_that_is_gone_says_so_in_the_window(parts: WindowParts, qtbot: QtBot):
    parts.pages.follow("kb:article/9999")
    qtbot.waitUntil(lambda: "There is no article “9999”" in parts.tabs.view.toPlainText())
    assert "kbapp list" not in parts.tabs.view.toPlainText()


def test_a_long_session_does_not_wear_the_interpreter_out(parts: WindowParts, qtbot: QtBot):
    """Some releases of Qt's bindings lose references to None, which ends the program after a few hundred pages."""
    open_page(parts, qtbot, "article", 3, articles.get(parts.context.library, 3).article.title)
    page = parts.tabs.view.page
    assert page is not None
    before = sys.getrefcount(None)
    for _ in range(200):
        parts.tabs.view.show_page(page)
    assert sys.getrefcount(None) > before - 200


def test_pages_load_nothing_from_anywhere(parts: WindowParts, tmp_path: Path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"which Qt's own browser would read")
    for address in (QUrl.fromLocalFile(str(picture)), QUrl("http://example.org/x.png")):
        assert parts.tabs.view.loadResource(2, address) is None


@pytest.mark.parametrize("theme", ["light", "dark", "sepia"])
def test_every_scheme_is_readable(theme: str, qtbot: QtBot):
    from PySide6.QtGui import QColor

    from kbapp.ui.style.theme import scheme_for

    def luminance(colour: str) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    s = scheme_for(theme)
    for ground in (s.paper, s.surface, s.sidebar):
        for words in (s.text, s.quiet, s.accent):
            assert contrast(words, ground) >= 4.5, (theme, words, ground)
    for _, mark in s.marks:
        assert contrast(s.text, mark) >= 4.5


def test_every_control_has_an_accessible_name(parts: WindowParts):
    nameless = [
        widget
        for widget in parts.window.findChildren(QWidget)
        if isinstance(widget, (QAbstractButton, QLineEdit, QComboBox, QTextEdit))
        and widget.objectName() not in ("qt_toolbar_ext_button",) and not widget.objectName().startswith("_q_")
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")() or widget.toolTip())
    ]  # fmt: skip
    assert [
        (type(widget).__name__, widget.objectName(), type(widget.parent()).__name__)
        for widget in nameless
        if type(widget.parent()).__name__ not in ("QTabBar",)
    ] == []


def test_the_list_holds_many_rows_without_loading_them(open_window: Callable[..., WindowParts], qtbot: QtBot):
    parts = open_window()
    qtbot.waitUntil(lambda: "Drop an article here" in parts.tabs.view.toPlainText())
    asked: list[int] = []
    parts.rows.rows.rows_wanted.connect(asked.extend)
    parts.rows.show_list(Listing("article", (Group("", tuple(range(1, 100_001))),)))
    qtbot.wait(100)
    assert parts.rows.model().rowCount() == 100_000 and 0 < len(asked) < 2000


def test_a_full_disk_keeps_the_note_in_the_window_and_a_copy_elsewhere(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    first = article_list.ids(parts.context.library)[0]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")

    card = parts.panel._last()
    text = "do not lose me " * 20_000  # more than the free pages that the file may have
    card.editor.setPlainText(text)
    library.db.execute(f"PRAGMA max_page_count = {library.db.execute('PRAGMA page_count').fetchone()[0]}")
    card.save()
    library.db.execute("PRAGMA max_page_count = 1073741823")
    assert card.editor.toPlainText() == text and "full" in card.state.text()
    (copy,) = library.folder.parent.glob("kbapp-unsaved-note-*.md")
    assert copy.read_text("utf-8") == text and str(copy) in card.state.text()
    card.save()
    assert [note.text for note in notes.about(library, Subject("article", first))] == [text]


def test_two_selections_of_the_same_words_are_told_apart(parts: WindowParts, qtbot: QtBot):
    first = article_list.ids(parts.context.library)[0]
    open_page(parts, qtbot, "article", first, "Yusuf Demir’s first winter")
    view = parts.tabs.view
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find("breathing on it") and view.find("breathing on it")
    qtbot.keyClick(view, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: bool(notes.about(parts.context.library, Subject("article", first))))
    (note,) = notes.about(parts.context.library, Subject("article", first))
    text = articles.get(parts.context.library, first).article.text
    assert note.quote.start == text.index("breathing on it", text.index("breathing on it") + 1)


def test_narrowing_by_clicking(parts: WindowParts, qtbot: QtBot):
    qtbot.keyClicks(parts.search_box, "wall")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "6 found")
    with qtbot.waitSignal(parts.search.values_ready) as found:
        parts.facets.values_wanted.emit("author")
    menu = parts.facets.menu_of("author", found.args[0])
    action = next(action for action in menu.actions() if action.text().startswith("Tomás Herrera"))
    count = int(action.text().split()[-1])
    action.trigger()
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == f"{count} found")
    assert parts.search_box.text() == "wall"  # the words are the user's own
    chip = next(each for each in parts.facets.findChildren(QAbstractButton) if each.text() == "Tomás Herrera ✕")
    chip.click()
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "6 found")


def test_a_list_is_narrowed_too_and_is_so_again_after_a_search(parts: WindowParts, qtbot: QtBot):
    with qtbot.waitSignal(parts.lists.values_ready) as found:
        parts.facets.values_wanted.emit("year")
    year, count = found.args[0][0]
    menu = parts.facets.menu_of("year", found.args[0])
    assert [action.text().split("\t")[0] for action in menu.actions()] == sorted(
        (each for each, _ in found.args[0]), reverse=True
    )
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == count)
    qtbot.keyClicks(parts.search_box, "wall")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "6 found")  # a search begins among everything
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: parts.rows.model().rowCount() == count)
    assert any(each.text() == f"{year} ✕" for each in parts.facets.findChildren(QAbstractButton))
    parts.sidebar.chosen.emit("people", "")
    qtbot.waitUntil(lambda: not parts.facets.isVisible())


def test_a_hit_opens_at_its_first_match_and_f3_goes_on(parts: WindowParts, qtbot: QtBot):
    qtbot.keyClicks(parts.search_box, "paper rolls")
    qtbot.waitUntil(lambda: parts.layout.list_title.text().endswith("found"))
    qtbot.keyClick(parts.search_box, Qt.Key.Key_Return)
    view = parts.tabs.view
    qtbot.waitUntil(lambda: len(view.extraSelections()) > 1)
    first = view.textCursor().selectedText()
    assert first.lower().rstrip("s") in ("paper", "roll")
    start = view.textCursor().selectionStart()
    view.next_place(1)
    assert view.textCursor().selectionStart() > start
    view.next_place(-1)
    assert view.textCursor().selectionStart() == start


def test_saved_searches_with_live_counts(parts: WindowParts, qtbot: QtBot):
    qtbot.keyClicks(parts.search_box, "hairdryer")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found")
    answer("hair")
    parts.actions["search.save"].trigger()
    item = parts.sidebar._sections["searches"]
    qtbot.waitUntil(lambda: item.childCount() == 1 and item.child(0).text(0) == "hair")
    parts.undo.forget_search("hairdryer")
    qtbot.waitUntil(lambda: item.childCount() == 0)
    parts.undo.stack.undo()
    qtbot.waitUntil(lambda: item.childCount() == 1)
    parts.undo.stack.undo()
    qtbot.waitUntil(lambda: item.childCount() == 0)


def test_why_a_hit_was_found_and_what_was_not_understood(parts: WindowParts, qtbot: QtBot):
    qtbot.keyClicks(parts.search_box, "hairdryer")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "1 found")
    row = parts.rows.rows.row(0)
    with qtbot.waitSignal(parts.search.explained) as explained:
        parts.rows.explanation_wanted.emit(row)
    assert explained.args[0].row == row and "hairdryer in text" in explained.args[0].words
    parts.search_box.setText("is:purple wall")
    qtbot.waitUntil(lambda: "after is: write" in parts.layout.head.hint.text())


def test_hits_are_sorted_by_what_is_chosen(parts: WindowParts, qtbot: QtBot):
    assert parts.sort_box.currentText() == "Newest first"
    qtbot.keyClicks(parts.search_box, "wall")
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "6 found")
    assert parts.sort_box.currentText() == "Best first"
    titles = [parts.rows.rows.row(at).title for at in range(6)]
    parts.sort_box.setCurrentIndex(parts.sort_box.findData("oldest"))
    qtbot.waitUntil(lambda: parts.rows.rows.row(0).title == "Council Backs New Harbour Wall After Night of Storms")
    parts.sort_box.setCurrentIndex(parts.sort_box.findData("relevance"))
    qtbot.waitUntil(lambda: [parts.rows.rows.row(at).title for at in range(6)] == titles)
    parts.search_box.clear()
    qtbot.waitUntil(lambda: parts.sort_box.currentText() == "Newest first" and parts.rows.model().rowCount() == 16)


def test_more_like_this(parts: WindowParts, qtbot: QtBot):
    parts.search.more_like(article_list.ids(parts.context.library)[0])
    qtbot.waitUntil(lambda: parts.layout.list_title.text() == "More like this" and parts.rows.model().rowCount() > 3)


def test_a_second_window_shows_what_the_first_changes(
    samples: Library, open_manager: Callable[..., WindowManager], qtbot: QtBot
):
    manager = open_manager(samples.folder)
    with qtbot.waitSignal(manager.ready):
        first = manager.open_window()
    open_page(first, qtbot, "article", 3, articles.get(samples, 3).article.title)
    first.actions["window.new"].trigger()
    second = manager.last
    with qtbot.waitSignal(second.ready):
        pass
    assert second is not first
    qtbot.waitUntil(lambda: second.rows.model().rowCount() == 16 and shown(second) == shown(first))
    first.undo.trash([first.rows.rows.target(0)[1]])
    qtbot.waitUntil(lambda: second.rows.model().rowCount() == 15)
    second.window.close()
    assert manager.windows == [first]
    first.undo.stack.undo()
    qtbot.waitUntil(lambda: first.rows.model().rowCount() == 16)


def test_a_window_closed_during_its_import_leaves_the_index_to_the_other(
    samples: Library, open_manager: Callable[..., WindowManager], qtbot: QtBot
):
    manager = open_manager(samples.folder)
    with qtbot.waitSignal(manager.ready):
        first = manager.open_window()
    second = manager.open_window()
    with qtbot.waitSignal(second.ready):
        pass
    second.importing.import_paths([SAMPLES])
    assert first.shared.index.imports == 1
    second.window.close()
    assert first.shared.index.imports == 0


def test_about_names_every_part_and_its_licence(parts: WindowParts, qtbot: QtBot):
    parts.tabs.visit(Address("about", "kbapp"))
    qtbot.waitUntil(lambda: "PySide6" in parts.tabs.view.toPlainText())
    parts.pages.follow("kb:licence/lxml")
    qtbot.waitUntil(lambda: "Redistribution and use" in parts.tabs.view.toPlainText())


def test_in_a_narrow_window_the_page_keeps_its_room(parts: WindowParts, qtbot: QtBot):
    parts.window.resize(800, 600)
    qtbot.waitUntil(lambda: not parts.panel.isVisible())
    assert parts.tabs.width() >= 380
    parts.window.resize(1280, 800)
    qtbot.waitUntil(lambda: parts.panel.isVisible() and parts.sidebar.isVisible())
    parts.layout.buttons["panel"].click()
    parts.window.resize(1000, 700)
    parts.window.resize(1280, 800)
    assert not parts.panel.isVisible()


def test_a_page_goes_to_pdf_with_notes_only_when_that_is_said(parts: WindowParts, qtbot: QtBot, tmp_path: Path):
    from kbapp.reading import read
    from kbapp.ui.pages.printing import paper, print_page

    article = article_list.ids(parts.context.library)[0]
    with parts.context.library.transaction() as db:
        notes.add(db, "zanzibar, for my eyes only", Subject("article", article))
    parts.tabs.visit(Address("article", str(article)))
    qtbot.waitUntil(lambda: "zanzibar" in parts.tabs.view.html_shown)
    title = parts.tabs.view.page.title
    public = parts.pages.page_without_notes(Address("article", str(article)))
    for name, html, private in (("all.pdf", parts.tabs.view.html_shown, True), ("public.pdf", public, False)):
        assert print_page(html, paper(str(tmp_path / name))) >= 1
        (found,) = read((tmp_path / name).read_bytes(), name)
        text = f"{found.title} {found.text}"
        assert title.split()[0] in text and ("zanzibar" in text) == private
