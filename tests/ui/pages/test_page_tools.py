"""The buttons above an article."""

from pytestqt.qtbot import QtBot

from kbapp.library.articles import repository as articles
from kbapp.rendering.addresses import Address
from kbapp.ui.composition.parts import WindowParts


def test_the_star_above_an_article_is_that_of_the_page_and_not_of_the_list(parts: WindowParts, qtbot: QtBot) -> None:
    library, star = parts.context.library, parts.layout.buttons["star"]
    parts.tabs.visit(Address("article", "2"))
    qtbot.waitUntil(lambda: parts.tabs.view.page is not None and star.isVisibleTo(parts.window))
    parts.rows.setCurrentIndex(parts.rows.model().index(5, 0))
    star.click()
    qtbot.waitUntil(lambda: articles.get(library, 2).starred)
    qtbot.waitUntil(lambda: star.accessibleName() == "Remove star")
    assert sum(articles.get(library, number).starred for number in range(1, 17)) == 1
    star.click()
    qtbot.waitUntil(lambda: not articles.get(library, 2).starred)


def test_the_buttons_of_an_article_are_on_articles_only(parts: WindowParts, qtbot: QtBot) -> None:
    buttons = [parts.layout.buttons[name] for name in ("star", "tag", "cite", "original")]
    parts.tabs.visit(Address("article", "1"))
    qtbot.waitUntil(lambda: all(button.isVisibleTo(parts.window) for button in buttons))
    parts.tabs.visit(Address("about", "kbapp"))
    qtbot.waitUntil(lambda: not any(button.isVisibleTo(parts.window) for button in buttons))
