"""Saved web pages: fields from whichever witness the page has, the body without its furniture."""

from __future__ import annotations

import pytest

from kbapp.errors import UnreadableFile
from kbapp.reading import read

BODY = "".join(
    f"<p>Paragraph {number} of the article tells what happened at the harbour on that day, and who was there to see it happen.</p>"
    for number in range(6)
)


def page(head: str = "", before: str = "", after: str = "", title: str = "Waves break the pier") -> bytes:
    furniture = "<nav><a href='/'>Home</a><a href='/news'>News</a></nav>"
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} - The Pier Paper</title>{head}</head><body>{furniture}"
        f"<article><h1>{title}</h1>{before}{BODY}{after}</article><footer>All rights reserved. Terms. Privacy.</footer></body></html>"
    ).encode()


def one(data: bytes):
    return read(data, "page.html")[0]


JSON_LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"The Pier Paper"},
{"@type":"NewsArticle","headline":"Waves break the pier","datePublished":"2021-02-03T08:00:00Z","author":[{"@id":"#anna"},{"@type":"Person","name":"Omar Haddad"}],
"publisher":{"@type":"Organization","name":"The Pier Paper"}},{"@id":"#anna","@type":"Person","name":"Anna Lee","description":"Anna Lee covers the coast for The Pier Paper."}]}</script>"""


@pytest.mark.parametrize(
    ("head", "before", "authors", "published"),
    [
        (JSON_LD, "", ["Anna Lee", "Omar Haddad"], "2021-02-03T08:00:00Z"),
        ("<meta name='author' content='Anna Lee'><meta property='article:published_time' content='2021-02-03T08:00:00+01:00'>", "", ["Anna Lee"], "2021-02-03T08:00:00+01:00"),
        ("", "<p class='byline'>By Anna Lee and Omar Haddad</p><time datetime='2021-02-03'>Wednesday</time>", ["Anna Lee", "Omar Haddad"], "2021-02-03"),
        ("", "<div><span itemprop='author'>Anna Lee</span> <span itemprop='datePublished' content='2021-02-03'>3 Feb</span></div>", ["Anna Lee"], "2021-02-03"),
        ("", "<p>By <a rel='author' href='/anna'>Anna Lee</a>, 3 February 2021</p>", ["Anna Lee"], "2021-02-03"),
        ("<meta name='author' content='The Pier Paper'><meta property='og:site_name' content='The Pier Paper'>", "<p class='author'>By Anna Lee</p><p class='date'>3 February 2021</p>", ["Anna Lee"], "2021-02-03"),
    ],
)  # fmt: skip
def test_authors_and_dates_from_every_kind_of_witness(head: str, before: str, authors: list[str], published: str):
    article = one(page(head, before))
    assert article.title == "Waves break the pier"
    assert [author.name for author in article.authors] == authors
    assert article.published == published


def test_the_body_is_the_article_alone():
    article = one(
        page(before="<p class='byline'>By Anna Lee</p>", after="<p>Anna Lee is a reporter for The Pier Paper.</p>")
    )
    assert len(article.blocks) == 6
    assert article.blocks[0].text.startswith("Paragraph 0") and article.blocks[-1].text.startswith("Paragraph 5")
    assert article.authors[0].bio == "Anna Lee is a reporter for The Pier Paper."


def test_the_headline_is_not_the_name_of_the_paper():
    data = (
        b"<html><head><title>The Pier Paper: Ferry sinks at its moorings</title></head><body><h1>The Pier Paper</h1><h2>Ferry sinks at its moorings</h2>"
        + BODY.encode()
    )
    assert one(data).title == "Ferry sinks at its moorings"


def test_scripts_and_styles_never_reach_the_text():
    article = one(
        page(
            before="<script>alert('x')</script><style>p{color:red}</style>",
            after="<iframe src='https://evil.example'></iframe>",
        )
    )
    assert "alert" not in article.text and "color:red" not in article.text


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<html><body><script>1</script></body></html>", b"<!doctype html>"]
)
def test_a_page_without_text_is_said_in_words(data: bytes):
    with pytest.raises(UnreadableFile, match="no article|empty or damaged"):
        read(data, "page.html")


def test_deep_nesting_and_broken_markup_cost_nothing():
    deep = (
        b"<html><body>"
        + b"<div>" * 5000
        + b"<p>"
        + b"The text lies deep below many boxes, and it is still a text to read. " * 20
        + b"</p>"
    )
    try:
        assert read(deep, "deep.html")[0].text
    except UnreadableFile as error:
        assert "article" in str(error)
