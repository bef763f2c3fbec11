"""Pages as people write them, with tags left open, read as browsers show them."""

from __future__ import annotations

import time

import pytest

from kbapp.errors import UnreadableFile
from kbapp.reading import read
from kbapp.reading.webpage.parsing import parse

STORY = "".join(
    f"<p>Sentence number {number} of the story tells how the old lighthouse was sold to the village for one coin.</p>"
    for number in range(5)
)


@pytest.mark.parametrize(
    "before",
    [
        "<nav><div><ul><li><a href='/'>Start</a></li></ul></nav>",
        "<nav><ul><li><div><a href='/'>Start</a></li></ul></nav>",
        "<button><div><span>Menu</div></button>",
        "<menu><li><div>One</menu>",
        "<table><tr><td>Weather: <nav>here</td></tr></table>",
    ],
)
def test_an_open_element_in_a_menu_does_not_swallow_the_article(before: str):
    article = read(f"<!doctype html><title>Sold</title>{before}<main><h1>Sold</h1>{STORY}</main>".encode(), "a.html")[0]
    assert [block.text[:17] for block in article.blocks] == [f"Sentence number {number}" for number in range(5)]


def test_a_page_may_leave_out_the_tags_that_html_lets_it_leave_out():
    article = read(f"<!doctype html><title>Sold</title><article><h1>Sold</h1>{STORY}</article>".encode(), "a.html")[0]
    assert (article.title, len(article.blocks)) == ("Sold", 5)


@pytest.mark.parametrize("source", ["<div>", "<div><p>", "<b><i>", "<table><tr><td>", "<ul><li>"])
def test_deep_nesting_takes_linear_time(source: str):
    def seconds(times: int) -> float:
        begun = time.process_time()
        parse("<html><body>" + source * times + "words")
        return time.process_time() - begun

    seconds(1000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.02)


def test_nothing_to_parse_is_said():
    with pytest.raises(UnreadableFile):
        read(b"<!-- -->", "a.html")
