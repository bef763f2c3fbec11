"""People in the window: the network walked, months brushed, a portrait, two compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from kbapp.errors import UserError
from kbapp.library import Library
from kbapp.library.people import cooccurrence, portraits, profiles
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.people.network_dialog import NetworkDialog
from tests.ui.hands import click


@pytest.fixture
def brandt(samples: Library) -> int:
    return people.find(samples, "Karl-Heinz Brandt")


def test_the_network_counts_shared_articles(samples: Library, brandt: int):
    found = cooccurrence.network(samples, brandt, 5)
    assert found.people[0][0] == brandt and len(found.people) == 6
    counts = [count for _, _, count in found.people[1:]]
    assert counts == sorted(counts, reverse=True)
    for one, other, count in found.edges:
        both = samples.db.execute(
            "SELECT count(*) FROM article_people a JOIN article_people b ON a.article = b.article WHERE a.person = ? AND b.person = ?",
            (one, other),
        ).fetchone()[0]
        assert 0 < count <= both


def test_the_network_is_walked_by_mouse_and_keys(parts: WindowParts, qtbot: QtBot, brandt: int):
    parts.tabs.visit(Address("person", str(brandt)))
    qtbot.waitUntil(lambda: "Network" in parts.tabs.view.toPlainText())
    click(parts, "Network")
    dialog = parts.window.findChild(NetworkDialog)
    qtbot.waitUntil(lambda: len(dialog.view._network.people) > 2)
    second, third = (dialog.view._network.people[at][0] for at in (1, 2))
    qtbot.mouseClick(dialog.view, Qt.MouseButton.LeftButton, pos=dialog.view.place_of(1).toPoint())
    qtbot.waitUntil(lambda: dialog.view._network.people[0][0] == second)
    dialog.step_back()
    qtbot.waitUntil(lambda: dialog.view._network.people[0][0] == brandt)
    for _ in range(2):
        qtbot.keyClick(dialog.view, Qt.Key.Key_Right)
    assert dialog.view.person == third
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert parts.tabs.history.current == Address("person", str(third))
    dialog.close()


def test_brushing_months_shows_only_their_passages(parts: WindowParts, qtbot: QtBot, brandt: int):
    parts.tabs.visit(Address("person", str(brandt)))
    qtbot.waitUntil(lambda: parts.tabs.view.chart_place("months") is not None)
    view = parts.tabs.view
    chart = view.page.charts["months"]
    months, text = [month for month, _ in chart.counts], view.toPlainText()
    corner = view.chart_place("months")
    at = QPoint(corner.x() + 3, corner.y() + 30)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: "Show all again" in view.toPlainText())
    passages = view.toPlainText().split("Passages", 1)[1]
    assert len(passages) < len(text.split("Passages", 1)[1])
    assert parts.tabs.history.current == Address("person", str(brandt), f"t{months[0]}..{months[0]}")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Show all again" not in view.toPlainText())
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: view.chart_place("months") is None)


def test_a_portrait_is_shown_undone_and_checked(parts: WindowParts, qtbot: QtBot, brandt: int, tmp_path: Path):
    library = parts.context.library
    image = QImage(40, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    image.save(str(tmp_path / "face.png"))
    parts.tabs.visit(Address("person", str(brandt)))
    parts.people.add_portrait(brandt, tmp_path / "face.png")
    qtbot.waitUntil(lambda: '<img src="kb:picture/' in parts.tabs.view.html_shown)
    key = portraits.portrait(library, brandt)
    assert parts.tabs.view.loadResource(2, f"kb:picture/{key}").width() > 0
    parts.undo.stack.undo()
    assert portraits.portrait(library, brandt) is None
    with pytest.raises(UserError, match="PNG, JPEG"):
        portraits.keep_portrait(library, b"MZ no picture")


def test_two_people_side_by_side(samples: Library, brandt: int):
    other = cooccurrence.network(samples, brandt, 1).people[1][0]
    html = render(samples, Address("compare", f"{brandt},{other}")).html
    names = [profiles.profile(samples, each).name for each in (brandt, other)]
    assert all(name in html for name in names)
    for each in cooccurrence.shared_articles(samples, brandt, other):
        assert each.title in html and each.snippets


def test_what_an_author_writes_about_more_than_others(samples: Library):
    author = people.entries(samples, "authors", limit=1)[0].id
    found = cooccurrence.distinctive_people(samples, author)
    assert all(each.times > 1 and each.articles > 1 for each in found)
    assert ("More than other authors" in render(samples, Address("author", str(author))).html) == bool(found)
