"""Who signed a page, in layouts of many kinds; never who commented, photographed or wrote something else."""

from __future__ import annotations

import pytest

from kbapp.reading import read

BODY = "".join(
    f"<p>Paragraph {number} tells how the bell of the old church was lost at sea and found again by divers.</p>"
    for number in range(5)
)
PERSON = '{{"@type":"Person","name":"{}"}}'


def authors(byline: str = "", head: str = "", after: str = "") -> list[str]:
    page = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>The bell - Coast Post</title><meta property='og:site_name' content='Coast Post'>{head}</head><body><article><h1>The bell</h1>{byline}{BODY}</article>{after}</body></html>"
    return [author.name for author in read(page.encode(), "bell.html")[0].authors]


def declared(*names: str) -> str:
    people = ",".join(PERSON.format(name) for name in names)
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The bell","author":[{people}]}}</script>'


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p class='byline'>By <a href='/ida'>Ida Moor</a><time>4 May 2024</time></p>", ["Ida Moor"]),
        ("<div class='articleAuthorName'>Ida Moor</div>", ["Ida Moor"]),
        ("<p class='x1'>By <span class='x2'>Ida Moor</span>, <span class='x2'>Per Lund</span> and <span class='x2 last-byline'>Eva Dahl</span></p>", ["Ida Moor", "Per Lund", "Eva Dahl"]),
        ("<div class='byline'>By Ida Moor <a class='handle' href='https://s.example'>Instagram</a></div>", ["Ida Moor"]),
        ("<div class='byline'>Text by <a>Ida Moor</a> Photos by <a>Per Lund</a></div>", ["Ida Moor"]),
        ("<div class='byline'><a>Ida Moor</a><span class='role'>Chief Reporter</span></div>", ["Ida Moor"]),
        ("<div class='byline'>By <a>Ida Moor</a> <span>COAST DAILY POST</span></div>", ["Ida Moor"]),
        ("<span class='author'>Ida Moor</span><span class='author'>, Per Lund</span>", ["Ida Moor", "Per Lund"]),
        ("<span class='byline'>by <a rel='author' href='/a/brook'>Brook</a></span>", ["Brook"]),
        ("<p><a href='/authors/ida-moor'>Ida Moor</a></p>", ["Ida Moor"]),
        ("<div><img alt='Photo of Ida Moor' src='i.png'><p>Ida Moor</p></div>", ["Ida Moor"]),
        ("<p class='byline'>Ida Moor in Oslo and Per Lund in Bergen</p>", ["Ida Moor", "Per Lund"]),
        ("<p class='byline'>EFE | Updated: 4 May 2024</p>", ["EFE"]),
        ("<p class='author'>佐藤花子</p>", ["佐藤花子"]),
        ("<p>4 May 2024</p>", []),
    ],
)  # fmt: skip
def test_the_byline_on_the_page(byline: str, names: list[str]):
    assert authors(byline) == names


@pytest.mark.parametrize(
    "after",
    [
        "<div id='comments'><p class='comment-author vcard'><cite class='fn'>Rolf Berg</cite></p><p>Well said.</p></div>",
        "<section class='related'><div itemscope itemtype='https://schema.org/Article'><span itemprop='author'>Rolf Berg</span></div></section>",
        "<figure itemscope itemtype='https://schema.org/ImageObject'><span itemprop='author'>Rolf Berg</span></figure>",
        "<aside><p class='author'>By Rolf Berg</p></aside>",
        "<div class='teaser'><div class='teaser-author'>By Rolf Berg</div></div>",
    ],
)
def test_strangers_on_the_page_did_not_write_it(after: str):
    assert authors("<p class='byline'>By Ida Moor</p>", after=after) == ["Ida Moor"]
    assert authors(after=after) == []


def test_a_byline_that_names_fewer_is_believed():
    assert authors("<p class='byline'>By Ida Moor</p>", declared("Ida Moor", "Per Lund")) == ["Ida Moor"]
    assert authors("<p class='byline'>By Ida Moor and 2 others</p>", declared("Ida Moor", "Per Lund")) == ["Ida Moor", "Per Lund"]  # fmt: skip


def test_a_byline_that_names_more_is_believed():
    assert authors("<p class='byline'>By Ida Moor and Per Lund</p>", declared("Ida Moor")) == ["Ida Moor", "Per Lund"]


def test_the_paper_signs_only_where_no_person_does():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Coast Post"}}</script>'
    assert authors("<p class='byline'>By Ida Moor</p>", head) == ["Ida Moor"]
    assert authors("", head) == ["Coast Post"]
    assert authors("", "<meta name='author' content='admin'>") == []
