"""What is printed is read again as it was: kerned letters and double names at the end of a line keep together."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from kbapp.reading import read
from kbapp.ui.pages.printing import paper, print_page
from kbapp.ui.style.theme import load_typefaces

TEXT = (
    "They waited for the ferry in the fog, Karl-Heinz Brandt and Anne-Sophie Vogt, and talked of the years before the wall. "
    "AVATAR, To, Way, fifty efforts for 2020: such letters stand close. "
)


def test_a_printed_page_is_read_again(qtbot: QtBot, tmp_path: Path):
    load_typefaces()
    file = tmp_path / "printed.pdf"
    words = " ".join((TEXT * 3).split())
    print_page(f"<h1>A Page Printed</h1><p>{words}</p><p>{words}</p>", paper(str(file)))
    (article,) = read(file.read_bytes(), file.name)
    assert article.title == "A Page Printed"
    assert [block.text for block in article.blocks] == [words, words]
