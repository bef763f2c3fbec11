"""When a page was published: the article's own date, not that of a change, a teaser or the archive."""

from __future__ import annotations

import pytest

from kbapp.reading import read

BODY = "".join(
    f"<p>Paragraph {number} tells how the clock of the town hall stood still for a year and why.</p>"
    for number in range(5)
)


def published(line: str = "", head: str = "", lang: str = "en", after: str = "") -> str | None:
    page = f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>The clock</title>{head}</head><body><article><h1>The clock</h1>{line}{BODY}</article>{after}</body></html>"
    return read(page.encode(), "clock.html")[0].published


@pytest.mark.parametrize(
    ("line", "lang", "iso"),
    [
        ("<p class='date'>07/05/2023</p>", "en-GB", "2023-05-07"),
        ("<p class='date'>07/05/2023</p>", "fr", "2023-05-07"),
        ("<p class='date'>07/05/2023</p>", "en-US", "2023-07-05"),
        ("<span class='itemPostDate'>07.05.23</span>", "de", "2023-05-07"),
        ("<p>Updated 9 June 2023 | First published 7 May 2023</p>", "en", "2023-05-07"),
        ("<time datetime='2023-06-09' class='updated'>9 June</time><time datetime='2023-05-07'>7 May</time>", "en", "2023-05-07"),
        ("<div><h4>Reviewed</h4><time datetime='2024-01-02'>2 Jan</time></div><div><h4>Published</h4><time datetime='2023-05-07'>7 May</time></div>", "en", "2023-05-07"),
        ("<p>Report for May 2023</p><p>07.05.2023</p>", "de", "2023-05-07"),
        ("<aside><time datetime='2020-01-01'>1 January 2020</time></aside>", "en", None),
        ("<div class='related'><time datetime='2020-01-01'>1 January 2020</time></div>", "en", None),
    ],
)  # fmt: skip
def test_dates_that_the_page_shows(line: str, lang: str, iso: str | None):
    assert published(line, lang=lang) == iso


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='pubdate' content='20230507'>",
        "<meta property='article:published_time' content='1970-01-01T00:00:00Z'><meta name='date' content='2023-05-07'>",
        "<meta property='article:modified_time' content='2023-06-09'><meta property='article:published_time' content='2023-05-07'>",
        '<script type="application/ld+json">{"@type":"Recipe","name":"x","datePublished":"2023-05-07"}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The "great" clock","datePublished":"2023-05-07"}</script>',
    ],
)
def test_dates_that_are_declared(head: str):
    assert published(head=head) == "2023-05-07"
