"""Writing a note: styled as it is typed, linked by a few letters, pasted HTML as Markdown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QTextCharFormat
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.note_editor import NoteEditor


def editor_of(parts: WindowParts, qtbot: QtBot) -> NoteEditor:
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: parts.panel.subject == Subject("article", 1))
    parts.window.activateWindow()
    parts.panel.begin()
    editor = parts.panel.findChildren(NoteEditor)[-1]
    qtbot.waitUntil(editor.hasFocus)
    return editor


def test_at_completes_to_a_person_and_the_link_is_kept(parts: WindowParts, qtbot: QtBot):
    library = parts.context.library
    brandt = people.find(library, "Karl-Heinz Brandt")
    editor = editor_of(parts, qtbot)
    qtbot.keyClicks(editor, "Ask @Karl-H")
    qtbot.waitUntil(editor.completer.popup().isVisible)
    qtbot.keyClick(editor.completer.popup(), Qt.Key.Key_Return)
    assert editor.toPlainText() == f"Ask [Karl-Heinz Brandt](kb:person/{brandt}) "
    qtbot.keyClicks(editor, "and [[Rolls")
    qtbot.waitUntil(editor.completer.popup().isVisible)
    qtbot.keyClick(editor.completer.popup(), Qt.Key.Key_Return)
    parts.panel.save_all()
    (note,) = notes.about(library, Subject("article", 1))
    assert {(link.kind) for link in note.links} == {"person", "article"}
    assert note in notes.linking_to(library, "person", brandt)


def test_letters_that_fit_nothing_and_plain_text_offer_nothing(parts: WindowParts, qtbot: QtBot):
    editor = editor_of(parts, qtbot)
    qtbot.keyClicks(editor, "mail me@example.org, @zzzzqqqq")
    qtbot.wait(300)
    assert not editor.completer.popup().isVisible()
    assert editor.toPlainText() == "mail me@example.org, @zzzzqqqq"


def forms(editor: NoteEditor, line: int) -> dict[str, object]:
    """The formats set in a line, by the text that they cover."""
    block = editor.document().findBlockByNumber(line)
    text = block.text()
    return {
        text[each.start : each.start + each.length]: QTextCharFormat(each.format) for each in block.layout().formats()
    }


def test_markdown_is_styled_as_it_is_written(qtbot: QtBot):
    editor = NoteEditor("# Head\nA **bold** and *slanted* `x` #tag\n- [x] done\n```\n# no head\n```\nplain", "")
    qtbot.addWidget(editor)
    qtbot.waitUntil(lambda: "# Head" in forms(editor, 0))
    assert forms(editor, 0)["# Head"].fontWeight() == QFont.Weight.Bold
    line = forms(editor, 1)
    assert line["**bold**"].fontWeight() == QFont.Weight.Bold and line["*slanted*"].fontItalic()
    assert line["#tag"].foreground().color() != line["**bold**"].foreground().color()
    assert forms(editor, 2)["done"].fontStrikeOut()
    assert forms(editor, 4)["# no head"].fontWeight() != QFont.Weight.Bold
    assert forms(editor, 6) == {}


def test_html_is_pasted_as_markdown_and_harmless(qtbot: QtBot):
    editor = NoteEditor("", "")
    qtbot.addWidget(editor)
    mime = QMimeData()
    mime.setHtml(
        '<h2>Head</h2><script>evil()</script><p>One <b>bold</b> <a href="https://ex.org/a">link</a><img src="https://ex.org/spy.png"></p><ul><li>a</li><li>b</li></ul>'
    )
    editor.insertFromMimeData(mime)
    text = editor.toPlainText()
    assert "## Head" in text and "**bold**" in text and "[link](https://ex.org/a)" in text and "- a" in text
    assert "evil" not in text and "spy" not in text


def test_a_large_paste_does_not_hang(qtbot: QtBot):
    editor = NoteEditor("", "")
    qtbot.addWidget(editor)
    mime = QMimeData()
    mime.setHtml("<ul><li>" * 300 + "deep" + "</li></ul>" * 300)
    editor.insertFromMimeData(mime)
    assert "deep" in editor.toPlainText()
