"""The list as a table: its columns, sorting by their heads, opening, and that it comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from kbapp.library import Library
from kbapp.library.articles import listing
from kbapp.ui.articles.article_table import ArticleTable, TableModel
from kbapp.ui.composition.parts import WindowParts


def cells(table: ArticleTable, name: str) -> list[str]:
    column = TableModel.NAMES.index(name)
    return [table.rows.index(at, column).data() for at in range(table.rows.rowCount())]


def as_table(parts: WindowParts, qtbot: QtBot) -> ArticleTable:
    parts.actions["list.table"].trigger()
    qtbot.waitUntil(lambda: parts.layout.list_pane.findChild(ArticleTable) is not None)
    table = parts.layout.list_pane.findChild(ArticleTable)
    qtbot.waitUntil(lambda: len(cells(table, "title")) == 16 and all(cells(table, "title")))
    return table


def click_head(table: ArticleTable, name: str) -> None:
    table.horizontalHeader().sectionClicked.emit(TableModel.NAMES.index(name))


def test_a_table_shows_each_column_and_sorts_by_its_head(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    table = as_table(parts, qtbot)
    assert table.isVisible() and not parts.rows.isVisible() and not parts.layout.page_pane.isVisible()
    at = cells(table, "title").index("The Man Who Counts Waves")
    assert cells(table, "authors")[at] == "Tomás Herrera" and cells(table, "source")[at] == "Littoral"
    assert "2 May 2023" in cells(table, "date")[at] and int(cells(table, "words")[at]) > 100
    assert "harbour" in cells(table, "tags")[at] and cells(table, "added")[at]
    click_head(table, "title")
    qtbot.waitUntil(
        lambda: cells(table, "title") == sorted(cells(table, "title"), key=lambda each: (each or "").lower())
    )
    first = cells(table, "title")[0]
    click_head(table, "title")
    qtbot.waitUntil(lambda: cells(table, "title")[-1] == first)
    click_head(table, "authors")
    qtbot.waitUntil(lambda: all(cells(table, "authors")) and cells(table, "authors")[-1] == "—")


def test_rows_of_a_table_are_acted_on_and_opened(parts: WindowParts, samples: Library, qtbot: QtBot) -> None:
    table = as_table(parts, qtbot)
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    wanted = sorted(table.rows.ids[at] for at in (1, 4))
    for at in (1, 4):
        table.selectionModel().select(table.rows.index(at, 0), rows)
    assert parts.selection_bar.isVisible()
    parts.actions["article.star"].trigger()
    assert sorted(listing.ids(samples, where="starred")) == wanted
    qtbot.waitUntil(lambda: sorted(table.selected_articles()) == wanted)
    table.setCurrentIndex(table.rows.index(2, 0))
    article = table.rows.ids[2]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: parts.layout.page_pane.isVisible() and parts.article_shown() == article)
    assert parts.rows.isVisible() and not table.isVisible()


def test_other_lists_stay_cards_and_the_table_comes_back(
    parts: WindowParts, samples: Library, open_window: Callable[..., WindowParts], qtbot: QtBot
) -> None:
    table = as_table(parts, qtbot)
    parts.sidebar.chosen.emit("people", "")
    qtbot.waitUntil(lambda: not table.isVisible() and parts.rows.isVisible())
    parts.sidebar.chosen.emit("all", "")
    qtbot.waitUntil(table.isVisible)
    table.setColumnWidth(0, 300)
    parts.save_session()
    again = open_window(samples.folder)
    qtbot.waitUntil(lambda: again.layout.list_pane.findChild(ArticleTable) is not None)
    assert again.layout.list_pane.findChild(ArticleTable).columnWidth(0) == 300
