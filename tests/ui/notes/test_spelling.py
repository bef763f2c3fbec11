"""Spelling in notes: what the system's checker says is underlined, and a right click mends it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from kbapp.ui.core.tasks import TaskRunner
from kbapp.ui.notes.note_editor import NoteEditor
from kbapp.ui.notes.spell_checker import OFF, WORD, SpellChecker

SPELL = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


def underlined(editor: NoteEditor) -> list[str]:
    block, found = editor.document().begin(), []
    while block.isValid():
        for part in block.layout().formats():
            if part.format.underlineStyle() == SPELL:
                found.append(block.text()[part.start : part.start + part.length])
        block = block.next()
    return found


@pytest.fixture
def speller(qtbot: QtBot):
    made = SpellChecker(TaskRunner(), "en_US")
    if not made.works:
        pytest.skip("no spelling checker here")
    yield made
    made.close()


def test_misspelt_words_are_underlined_and_mended(speller: SpellChecker, qtbot: QtBot):
    editor = NoteEditor("The habour is `habourr` at [Teh](kb:article/1), www.habour.org #habour NATO", "")
    qtbot.addWidget(editor)
    editor.resize(500, 100)
    editor.show()
    editor.spell_with(speller)
    qtbot.waitUntil(lambda: "habour" in underlined(editor), timeout=10_000)
    assert underlined(editor) == ["habour", "Teh"]
    cursor = editor.textCursor()
    cursor.setPosition(6)
    editor.setTextCursor(cursor)
    menu = editor.menu_at(editor.cursorRect().center())
    next(action for action in menu.actions() if action.text() == "harbor").trigger()
    assert editor.toPlainText().startswith("The harbor is")
    qtbot.waitUntil(lambda: underlined(editor) == ["Teh"])


def test_without_a_checker_nothing_is_underlined(qtbot: QtBot):
    speller = SpellChecker(TaskRunner(), OFF)
    assert not speller.works and not speller.is_wrong("habour")
    speller.close()


def test_what_counts_as_a_word():
    assert WORD.findall("It’s a wall-to-wall e.g. #tag kb:person/5 a@b.de x1 naïve") == ["It’s", "a", "naïve"]
