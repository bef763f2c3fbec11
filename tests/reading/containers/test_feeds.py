"""Feeds give every entry, with titles that were escaped twice set right."""

from __future__ import annotations

import json

import pytest

from kbapp.errors import Code
from kbapp.reading import limits, read

TEXT = "The tram depot becomes a market hall, says its owner, who has waited nine years for the permit."


def rss(items: str, encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Times</title>{items}</channel></rss>'.encode(
        encoding
    )


def item(title: str, more: str = "") -> str:
    return f"<item><title>{title}</title><description>{TEXT}</description>{more}</item>"


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Trams &amp;amp; ferries", "Trams & ferries"),
        ("Trams &amp;#8211; and ferries", "Trams – and ferries"),
        ("<![CDATA[<b>Trams</b> & ferries]]>", "Trams & ferries"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_titles_that_are_escaped_once_or_twice(title, right):
    (article,) = read(rss(item(title)), "f.xml")
    assert article.title == right and article.source == "Quay Times"
    assert article.provenance["title"] == article.provenance["source"] == "feed"


def test_authors_and_dates_of_several_makers():
    more = "<author>m@quay.example (Marta Quill)</author><dc:creator>Tom Eyk</dc:creator><pubDate>5 Mar 2024 10:00 EST</pubDate><link>https://quay.example/1</link>"
    (article,) = read(rss(item("Трамвай", more), "windows-1251"), "f.xml")
    assert [author.name for author in article.authors] == ["Marta Quill", "Tom Eyk"]
    assert (
        article.title == "Трамвай"
        and article.published == "2024-03-05T10:00:00-05:00"
        and article.url == "https://quay.example/1"
    )


def test_all_entries_are_read_and_what_is_beyond_the_limit_is_told(monkeypatch):
    assert len(read(rss("".join(item(f"Story {n}") for n in range(5_200))), "f.xml")) == 5_200
    monkeypatch.setattr(limits.take, "__defaults__", (2,))
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"title": f"S{n}", "content_text": TEXT} for n in range(3)],
    }
    for data in (rss("".join(item(f"Story {n}") for n in range(3))), json.dumps(feed).encode()):
        articles = read(data, "f")
        assert len(articles) == 2 and [notice.code for notice in articles[0].warnings] == [Code.ITEMS_LEFT_OUT]
