"""Citations, read back by parsers of others and by kbapp's own import."""

from __future__ import annotations

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

from kbapp.domain import Article, Author, Block
from kbapp.export.author_names import AuthorName, parse_name
from kbapp.export.citations import citations
from kbapp.reading.reader import read


@pytest.mark.parametrize(
    ("name", "family", "given", "particle", "suffix"),
    [
        ("Jane Doe, Jr.", "Doe", "Jane", "", "Jr."), ("Martin Luther King III", "King", "Martin Luther", "", "III"),
        ("Doe, Jane", "Doe", "Jane", "", ""), ("Ludwig van Beethoven", "Beethoven", "Ludwig", "van", ""),
        ("Ursula von der Leyen", "Leyen", "Ursula", "von der", ""), ("Vincent Van Gogh", "Van Gogh", "Vincent", "", ""),
        ("Charles de Gaulle", "Gaulle", "Charles", "de", ""), ("Van Morrison", "Morrison", "Van", "", ""),
        ("Anna-Lena Ødegård", "Ødegård", "Anna-Lena", "", ""), ("van Beethoven, Ludwig", "Beethoven", "Ludwig", "van", ""),
    ],
)  # fmt: skip
def test_a_name_in_its_parts(name: str, family: str, given: str, particle: str, suffix: str):
    assert parse_name(name) == AuthorName(family, given, particle, suffix)


@pytest.mark.parametrize(
    "name", ["Associated Press", "Reuters", "Plato", "毛泽东", "Acme Corp, Inc.", "Deutsche Presse-Agentur"]
)
def test_what_has_no_parts_is_one(name: str):
    assert parse_name(name) == AuthorName(name, literal=True)


MADE = [
    Article(
        "A “title” with 100 % & {braces}, $5 \\ #1 ~ ^_^", (Block("paragraph", "text"),), "A subtitle",
        (Author("Jane Doe, Jr."), Author("Ludwig van Beethoven"), Author("Associated Press")), "2010", "Paper & Sons",
        "https://x.org/a_b?c=d&e={f}", "en",
    ),
    Article("Zweiter", (Block("paragraph", "text"),), authors=(Author("Barnes and Noble Staff"),), published="2010-10"),
    Article("第三", (Block("paragraph", "text"),), authors=(Author("毛泽东"),), published="2010-10-18T14:05:00+02:00", source="报"),
    Article("No author\nand no date", (Block("paragraph", "text"),)),
]  # fmt: skip


def written(form: str) -> str:
    return citations(enumerate(MADE, 1), form)


def test_ris_is_read_by_others():
    first, second, third, last = rispy.loads(written("ris"))
    assert first["authors"] == ["Doe, Jane, Jr.", "van Beethoven, Ludwig", "Associated Press"]
    assert (first["title"], first["year"], first["journal_name"]) == (MADE[0].title, "2010", "Paper & Sons")
    assert "date" not in first and second["date"] == "2010/10//" and third["date"] == "2010/10/18/"
    assert last["title"] == "No author and no date"


def test_bibtex_is_read_by_others():
    library = bibtexparser.parse_string(written("bibtex"), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks and len(library.entries) == 4
    names = library.entries[0]["author"]
    assert (names[0].last, names[0].first, names[0].jr) == (["Doe"], ["Jane"], ["Jr."])
    assert (names[1].von, names[1].last) == (["van"], ["Beethoven"])
    assert len(names) == 3 and names[2].last == ["{Associated Press}"] and len(library.entries[1]["author"]) == 1
    assert library.entries[0]["date"] == "2010" and library.entries[2]["date"] == "2010-10-18"


def test_csl_json_keeps_names_and_years():
    first: dict[str, Any] = json.loads(written("csl-json"))[0]
    assert first["author"] == [
        {"family": "Doe", "given": "Jane", "suffix": "Jr."},
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "Associated Press"},
    ]
    assert first["issued"] == {"date-parts": [[2010]]}


@pytest.mark.parametrize(("form", "name"), [("ris", "a.ris"), ("bibtex", "a.bib"), ("csl-json", "a.json")])
def test_kbapp_reads_its_own_citations(form: str, name: str):
    found = read(written(form).encode(), name)
    assert [article.published for article in found] == ["2010", "2010-10", "2010-10-18", None]
    assert [author.name for author in found[0].authors][1:] == ["Ludwig van Beethoven", "Associated Press"]
    assert found[0].authors[0].name.replace(",", "") == "Jane Doe Jr." and found[0].source == "Paper & Sons"
    title = (
        MADE[0].title if form != "bibtex" else MADE[0].title.translate({ord("{"): None, ord("}"): None, ord("^"): "ˆ"})
    )
    assert found[0].title == title and found[2].title == "第三"
