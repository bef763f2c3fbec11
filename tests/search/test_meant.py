"""The word that was meant: forms, names, signs, compounds, spellings; and people and titles before all else."""

from __future__ import annotations

import time

import pytest

from kbapp.library import Library
from kbapp.search.codec.memory_segment import MemorySegment
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import schema
from kbapp.search.query.parser import parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from kbapp.search.snippets import QueryHighlighter


def article(title: str, author: str, body: str) -> str:
    return f"{title}\n\nBy {author}\n\n3 June 2021\n\n{body}\n"


@pytest.fixture
def search(library: Library, add) -> Search:
    add(
        article("The baker of Lund", "Elin Hughes", "Hugh baked bread. The bakers sold loaves in the old mill by the river, and nobody else did."),
        article("Mill wheels", "Tom Hugh", "The wheel of the mill turned all day. Vitamin D was in the milk of the mill, said the owner of the place."),
        article("On vitamins", "Ada Woods", "He asked: to be or not to be healthy? Vitamin E is in the nuts that the people of the town eat daily."),
        article("Lund", "Ivo Wood", "A long article on the town of Lund and of all that has happened there in the last hundred years of its life."),
    )  # fmt: skip
    index = SearchIndex(library)
    index.follow()
    return Search(index)


def titles(search: Search, query: str) -> list[str]:
    return [hit.title for hit in search.search(query, kinds=["article"]).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("author:Hughes", {"The baker of Lund"}),
        ("author:Hugh", {"Mill wheels"}),
        ("author:Woods", {"On vitamins"}),
        ('author:"Ivo Wood"', {"Lund"}),
        ("baking", {"The baker of Lund"}),
        ("=bakers", {"The baker of Lund"}),
        ("=bake", set()),
        ('"bakers sold"', {"The baker of Lund"}),
        ('"baker sold"', set()),
        ('"vitamin E"', {"On vitamins"}),
        ("vitamin E", {"On vitamins"}),
        ('"to be or not to be"', {"On vitamins"}),
        ("to be or not to be", {"On vitamins"}),
        ('"of the mill"', {"Mill wheels"}),
    ],
)
def test_the_word_that_was_meant(search: Search, query: str, expected: set[str]):
    assert set(titles(search, query)) == expected


def test_titles_and_people_that_are_named_come_first(search: Search):
    assert titles(search, "lund")[0] == "Lund"
    hits = search.search("elin hughes").hits
    assert (hits[0].kind, hits[0].title) == ("person", "Elin Hughes")
    assert search.search("mill").hits[0].kind == "article"  # no name
    scores = [hit.score for hit in search.search("lund").hits]
    assert scores == sorted(scores, reverse=True)
    pages = [hit.id for at in range(4) for hit in search.search("lund", limit=1, offset=at).hits]
    assert pages == [hit.id for hit in search.search("lund", limit=4).hits]


def test_what_may_have_been_meant_is_offered_names_first(search: Search):
    assert search.search("hughez").suggestion == "hughes"
    assert search.search("vitmain nuts").suggestion == "vitamin nuts"
    found = search.search("vitmain nuts", correct=True)
    assert found.total and found.corrected == "vitamin nuts" and found.query == "vitmain nuts"
    assert search.search("lund").suggestion is None


def test_parts_of_compounds_are_found_where_nothing_else_is_and_said(library: Library, add):
    add(
        "Der Damm\n\nVon Jana Ruhl\n\n3. Juni 2021\n\nDie Hochwasserschutzanlage hält. Der Bürgermeister und die Leute sind froh, dass sie nicht bricht.\n"
    )
    search = Search(SearchIndex(library))
    found = search.search("schutzanlage")
    assert found.total == 1 and "stands nowhere by itself" in str(found.problems[0])
    hit = found.hits[0]
    assert [hit.snippet[start:end] for start, end in hit.matches] == ["Hochwasserschutzanlage"]
    assert search.search("wasserschutz").total == 0  # neither its beginning nor its end


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("图书馆", "中央图书馆延长开放", ["图书馆"]),
        ("หอสมุด", "คนไปหอสมุดทุกวัน", ["หอสมุด"]),
        ("スミス", "ジョン・スミス氏", ["スミス"]),
        ("cooperate", "They co-operate.", ["co-operate"]),
        ("C++", "in C++ and C#", ["C++"]),
        ("müller", "Herr Mu\u0308ller kam", ["Mu\u0308ller"]),
        ("محمد", "قال مُحَمَّد ذلك", ["مُحَمَّد"]),
        ("замок", "один за́мок стоит", ["за́мок"]),
        ('"to be"', "to go, to be, to do", ["to be"]),
        ("O'Brien", "Mr O’Brien’s hat", ["O’Brien"]),
        ("finance", "the ﬁnance floor", ["ﬁnance"]),
    ],
)
def test_marks_stand_where_the_word_stands(query: str, text: str, marked: list[str]):
    snippet = QueryHighlighter(parse(query).words).snippet(text)
    assert [snippet.text[start:end] for start, end in snippet.matches] == marked


LONG = "harbour " * 50_000 + "中" * 20_000


@pytest.mark.parametrize(
    "query",
    [
        "x" * 100_000, "harbour " * 50_000, '"' + "harbour " * 50_000 + '"', "中" * 20_000, "title:" * 3_000, "(" * 20_000, '"' * 20_000,
        "NOT " * 5_000, "a-" * 10_000, "\u0301" * 20_000, "א\u202e" * 10_000, "a~ " * 6_000, "a*" * 10_000,
    ],
)  # fmt: skip
def test_nothing_is_worse_than_linear(query: str):
    analyzer = TermAnalyzer()
    document = {"key": "article/1", "kind": "article", "kind_number": 0, "ref": 1, "body": LONG, "stemming": "en"}
    begun = time.process_time()
    ranker = Ranker([MemorySegment([document], schema(), analyzer, {})], schema())
    for typing in (False, True):
        parsed = parse(query, typing=typing)
        ranker.rank(parsed.query, 10)
    QueryHighlighter(parsed.words, analyzer).snippet(LONG, language="en")
    assert time.process_time() - begun < 6
