"""Plain text as people keep it: headline, dek, byline, date, body, bio."""

from __future__ import annotations

import pytest

from kbapp.errors import UnreadableFile
from kbapp.reading import read
from tests.conftest import HARBOUR


def one(text: str | bytes, name: str = "article.txt"):
    return read(text.encode() if isinstance(text, str) else text, name)[0]


def test_every_field_of_a_plain_article():
    article = one(HARBOUR)
    assert article.title == "Mayor Opens New Ferry Terminal"
    assert article.subtitle == "Ships will sail to three islands"
    assert [(author.name, author.bio) for author in article.authors] == [
        ("Carla Mendes", "Carla Mendes is a reporter for the Island Post.")
    ]
    assert len(article.blocks) == 2
    assert article.text.startswith("Mayor Henrik Solberg opened")
    assert article.text.endswith("“the sea does not read timetables”.")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Anna Lee", ["Anna Lee"]),
        ("By ANNA LEE", ["Anna Lee"]),
        ("by Anna Lee and Omar Haddad", ["Anna Lee", "Omar Haddad"]),
        ("By Anna Lee, Omar Haddad and Jo Park", ["Anna Lee", "Omar Haddad", "Jo Park"]),
        ("By Anna Lee | The Northern Courier | 3 May 2020", ["Anna Lee"]),
        ("Author: Anna Lee", ["Anna Lee"]),
        ("Von Katharina Vogt", ["Katharina Vogt"]),
        ("Par Hélène Dubreuil", ["Hélène Dubreuil"]),
        ("By Ludwig van der Meer", ["Ludwig van der Meer"]),
    ],
)
def test_bylines(line: str, authors: list[str]):
    article = one(
        f"A Headline Of Some Kind\n\n{line}\n\n" + "The text of the article goes on for a while, as texts do. " * 5
    )
    assert [author.name for author in article.authors] == authors
    assert article.text.startswith("The text")


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("18 October 2010", "2010-10-18"),
        ("October 18, 2010", "2010-10-18"),
        ("Published: Monday, October 18, 2010", "2010-10-18"),
        ("Date: 2010-10", "2010-10"),
        ("2010-10-18T14:05:00+02:00", "2010-10-18T14:05:00+02:00"),
        ("18. Oktober 2010", "2010-10-18"),
        ("18 octobre 2010", "2010-10-18"),
    ],
)
def test_dates_keep_their_precision(line: str, iso: str):
    article = one(
        f"A Headline Of Some Kind\n\n{line}\n\n" + "The text of the article goes on for a while, as texts do. " * 5
    )
    assert article.published == iso


def test_a_dateline_gives_the_date():
    article = one(
        "SHIP LEAVES PORT\n\nOSLO, 9 November 2022 - The ship left the port on Wednesday with eleven people on board and one goat."
    )
    assert article.published == "2022-11-09"


def test_hard_wrapped_lines_are_joined():
    wrapped = "A Headline\n\nThe first paragraph of this text was wrapped at sixty columns\nby a mail program, and goes on over three lines until it\nends here.\n\nThe second one is short, but it\nis wrapped as well, as the mail\nprogram does not care at all."
    article = one(wrapped)
    assert len(article.blocks) == 2
    assert "columns by a mail program" in article.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str):
    text = "Größere Wellen\n\nDie Küste von Sylt hat im Winter vier Meter verloren, sagt der Küstenschützer Jörg Böhm. Übrig blieb Sand."
    assert "Küste von Sylt" in one(text.encode(encoding)).text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8_r", "Большие волны размыли берег у старого порта. " * 8),
        ("shift_jis", "大きな波が古い港の岸壁を壊しました。市長は新しい壁を建てると述べた。" * 8),
    ],
)
def test_undeclared_encodings_of_other_scripts(encoding: str, text: str):
    assert text[:12] in one(("Title\n\n" + text).encode(encoding)).text


def test_several_articles_in_one_file():
    first, second = HARBOUR, HARBOUR.replace("Mayor Opens", "Storm Shuts").replace("Carla Mendes", "Nils Aas")
    articles = read(f"{first}\n==========\n{second}".encode(), "two.txt")
    assert [article.title for article in articles] == [
        "Mayor Opens New Ferry Terminal",
        "Storm Shuts New Ferry Terminal",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\n ", "empty"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (b"\x7fELF" + b"\x01" * 50, "program"),
    ],
)
def test_what_is_no_article_is_said_in_words(data: bytes, words: str):
    with pytest.raises(UnreadableFile, match=words):
        read(data, "something.txt")
