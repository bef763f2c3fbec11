"""Which text of a page is the article: sections of page builders, hidden parts, readers' comments, and what is told of the rest."""

from __future__ import annotations

import pytest

from kbapp.errors import Code
from kbapp.reading import read

WORDS = "The mill at {} was built by two brothers, who ground rye in winter and oats in summer, and sold both at the market."
PROSE = [WORDS.format(name) for name in ("Aldry", "Bermoor", "Castlewick", "Dunholt", "Elmstead", "Farrow", "Glen")]


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Mills</title>{head}</head><body>{body}</body></html>".encode()


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "mills.html")[0].blocks if block.kind == "paragraph"]


def paragraphs(some: list[str], start: str = "<p>", end: str = "</p>") -> str:
    return "".join(f"{start}{text}{end}" for text in some)


@pytest.mark.parametrize(
    "article",
    [
        paragraphs(PROSE, "<section class='row'><div class='col'><div class='module'><p>", "</p></div></div></section>"),
        paragraphs(PROSE, "<p class='subscriber-only widget'>"),
        paragraphs(PROSE, "<div class='field__item label-hidden'><div><h2>A mill</h2><p>", "</p></div></div>"),
        "<div class='sidebar-layout'>" + paragraphs(PROSE) + "</div>",
        "<div hidden id='late'>" + paragraphs(PROSE) + "</div><div>Please wait.</div>",
        "<noscript>" + paragraphs(PROSE) + "</noscript>",
        "<div style='display: none'>" + paragraphs(PROSE) + "</div>",
        "<div class='part1'>" + paragraphs(PROSE[:3]) + "</div><div class='part2 end'>" + paragraphs(PROSE[3:]) + "</div>",
        "<div>" + "<br><br>".join(PROSE) + "</div>",
    ],
)  # fmt: skip
def test_the_whole_article_is_the_body(article: str):
    data = page(
        f"<nav><a href='/'>Home</a></nav><h1>Mills</h1>{article}<footer><p>All rights reserved. Ask us.</p></footer>"
    )
    assert texts(data) == PROSE


@pytest.mark.parametrize("name", ["comments", "user-posts", "reply-list", "disqus_thread", "readers-letters"])
def test_readers_do_not_outweigh_the_author(name: str):
    said = paragraphs([f"I was there in the year {year}, and what I saw was another thing altogether, dear editor." for year in range(1950, 1970)])  # fmt: skip
    assert texts(page(f"<h1>Mills</h1><div class='entry'>{paragraphs(PROSE[:2])}</div><div class='{name}'>{said}</div>")) == PROSE[:2]  # fmt: skip


def test_cards_of_other_articles_are_no_second_half():
    cards = paragraphs([f"<a href='/{number}'>Read how number {number} of the great bridges was built</a></h3><p>Engineers told us, over a cup of tea, how it was done in the end, and why it took them so long to finish." for number in range(20)], "<div class='item'><h3>", "</p></div>")  # fmt: skip
    assert texts(page(f"<h1>Mills</h1><article>{paragraphs(PROSE)}</article><section>{cards}</section>")) == PROSE


def test_a_hidden_copy_is_not_said_twice():
    body = f"<h1>Mills</h1><div>{paragraphs(PROSE)}</div><div hidden>{paragraphs(PROSE)}</div>"
    assert texts(page(body)) == PROSE


def test_a_dek_that_is_all_there_is_stays_as_the_body():
    head = f"<meta property='og:description' content='{PROSE[0]}'>"
    article = read(page(f"<main><h1>Mills</h1><p class='intro'>{PROSE[0]}</p></main>", head), "mills.html")[0]
    assert article.text == PROSE[0] and article.subtitle is None


def test_what_was_left_out_is_told():
    more = paragraphs([f"Ships of the year {year} came from the north, with timber, tar and a great many letters." for year in range(1900, 1960)])  # fmt: skip
    data = page(f"<h1>Mills</h1><article>{paragraphs(PROSE)}</article><table><tr><td>{more}</td></tr></table>")
    article = read(data, "mills.html")[0]
    whole = "letters" in article.text
    assert whole or [notice.code for notice in article.warnings] == [Code.PAGE_MOSTLY_LEFT_OUT]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Page not found", "We could not find what you asked for. Perhaps it has moved, or was never here at all."),
        ("Mills", "The mill at Aldry was sold. Subscribe to continue reading this article, or sign in."),
        ("Mühlen", "Die Mühle in Aldry wurde verkauft. Jetzt abonnieren und weiterlesen."),
    ],
)
def test_a_page_in_the_place_of_an_article_says_so(title: str, text: str):
    article = read(page(f"<h1>{title}</h1><p>{text}</p>"), "a.html")[0]
    assert [notice.code for notice in article.warnings] == [Code.ARTICLE_IS_STUB]
