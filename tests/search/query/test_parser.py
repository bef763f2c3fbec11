"""What users type: forgiving, exact, and a mistake is said in words."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.library import Library
from kbapp.search.index.scripts import WORDS
from kbapp.search.index.stemming import stems
from kbapp.search.query.dates import date_range
from kbapp.search.query.parser import LONGEST, parse
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from kbapp.search.snippets import QueryHighlighter
from tests.conftest import SAMPLES


@pytest.fixture
def search(samples: Library) -> Search:
    index = SearchIndex(samples)
    index.follow()
    return Search(index)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("hairdryer", {"Yusuf Demir’s first winter"}),
        ('"bend her knees"', {"Thirty-One Years, 1,612 Rolls of Paper"}),
        ("bend near/3 knees", {"Thirty-One Years, 1,612 Rolls of Paper"}),
        ("hairdr*", {"Yusuf Demir’s first winter"}),
        ("hair?ryer", {"Yusuf Demir’s first winter"}),
        ("hairdrier~", {"Yusuf Demir’s first winter"}),
        ("title:wall", {"A wall is not a plan", "Council Backs New Harbour Wall After Night of Storms"}),
        ("author:dubreuil", {"À Port Ellery, la mer a voté"}),
        ("by:vogt", {"Eine Mauer gegen das Jahrhundert"}),
        ("lang:de", {"Eine Mauer gegen das Jahrhundert"}),
        ("person:sørensen lang:en", {"Nwosu holds Port Ellery by 311 votes"}),
        ("date:2022", {"CITY NEED NOT PAY FOR FLOODED CELLARS, COURT RULES"}),
        ("date:2026..2027", {"Yusuf Demir’s first winter"}),
        ("tag:storms", {"The Man Who Counts Waves"}),
        ('source:"le phare"', {"À Port Ellery, la mer a voté"}),
        ("hairdryer OR goats", {"Yusuf Demir’s first winter"}),
        ("(hairdryer OR bucket) demir", {"Yusuf Demir’s first winter"}),
        ("hairdryer -demir", set()),
        ("Sorensen mauer", set()),
    ],
)
def test_the_language(search: Search, query: str, titles: set[str]):
    found = search.search(query, kinds=["article"], limit=50)
    assert {hit.title for hit in found.hits} == titles and found.total == len(titles)


def test_marks(search: Search, samples: Library):
    assert search.search("is:unread").total == 16
    assert search.search("is:starred").total == 0 and search.search("is:read").total == 0


def test_people_and_articles_are_found_together(search: Search):
    kinds = {hit.kind for hit in search.search("brandt", limit=50).hits}
    assert kinds == {"person", "article"}


@pytest.mark.parametrize("text", ["h", "ha", "hai", "hairdr", "hairdryer"])
def test_as_you_type(search: Search, text: str):
    assert "Yusuf Demir’s first winter" in {hit.title for hit in search.search(text, typing=True, limit=100).hits}


@pytest.mark.parametrize(
    "text",
    [
        '"half a phrase',
        "(open",
        "close)",
        "AND",
        "OR OR",
        "NOT",
        "author:",
        "*",
        "***a",
        "a^",
        "-",
        "~",
        "x AND",
        '""',
        "is:",
        "date:..",
        "\x00\x07",
        "((((((",
        "title:(wall",
    ],
)
def test_a_half_typed_query_is_never_an_error(search: Search, text: str):
    search.search(text)
    search.search(text, typing=True)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab \"()*?~^-:/.AND ORNOTtitle:date:is:near/5[]{}<>'\x00é"), max_size=60))
def test_no_text_at_all_breaks_the_parser(text: str):
    parse(text)
    parse(text, typing=True)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("wall is:purple", "after is: write", "is:purple"),
        ("date:sometime wall", "after date: write", "date:sometime"),
        ("colour:red wall", "no field “colour:”", "colour:"),
        ('wall "open', "quotation mark is not closed", '"open'),
        ("(wall", "bracket is not closed", "("),
        ("wall OR", "needs words on both sides", "OR"),
        ("kind:thing", "after kind: write", "kind:thing"),
    ],
)
def test_mistakes_are_said_in_words_with_their_place(text: str, words: str, place: str):
    (problem,) = parse(text).problems
    assert words in str(problem) and text[problem.start : problem.end] == place


@pytest.mark.parametrize("text", ['wall "open', "(wall", "wall OR", "wall AND"])
def test_what_is_not_finished_is_no_mistake_while_it_is_typed(text: str):
    assert parse(text, typing=True).problems == ()


def test_huge_queries_are_bounded(search: Search):
    assert "first 20,000" in str(search.search("x" * 100_000).problems[0])
    assert search.search(" OR ".join(f"word{n}" for n in range(1000)) + " OR hairdryer").total >= 1
    assert LONGEST == 20_000


def test_did_you_mean(search: Search):
    assert search.search("harbuor hairdryer").suggestion is not None


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [("2010", "2010-01-01", "2011-01-01"), ("2010-02", "2010-02-01", "2010-03-01"), ("last-month", "2026-10-01", "2026-11-01"), ("yesterday", "2026-11-23", "2026-11-24"), ("this-year", "2026-01-01", "2026-11-25")],
)  # fmt: skip
def test_dates(text: str, first: str, after: str):
    found = date_range(text, datetime.date(2026, 11, 24))
    assert found is not None
    days = [datetime.date(1970, 1, 1) + datetime.timedelta(minutes=value) for value in found]
    assert [day.isoformat() for day in days] == [first, after]


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        (("wave",), "The waves came.", ["waves"]),
        (("sail*",), "They sailed; sailing is fun.", ["sailed", "sailing"]),
        (("supreme leader",), "Iran’s Supreme Leader met a leader.", ["Supreme Leader"]),
        (("cafe",), "In the Café", ["Café"]),
    ],
)
def test_snippets_mark_what_matched(words: tuple[str, ...], text: str, marked: list[str]):
    snippet = QueryHighlighter(words).snippet(text)
    assert [snippet.text[start:end] for start, end in snippet.matches] == marked


def test_the_snippet_is_the_passage_with_most_words():
    text = (
        "The wall is old. "
        + "Nothing here at all. " * 60
        + "The storm broke the wall of the harbour. "
        + "More nothing. " * 60
    )
    snippet = QueryHighlighter(("storm", "wall", "harbour")).snippet(text)
    assert {snippet.text[s:e] for s, e in snippet.matches} == {"storm", "wall", "harbour"}


def test_facets_count_exactly(search: Search):
    found = {facet.name: dict(facet.values) for facet in search.facets("brandt")}
    total = search.search("brandt", kinds=["article"], limit=0).total
    assert found["Person"]["Karl-Heinz Brandt"] <= total and found["Author"]["Miriam Okafor"] >= 2
    for author, count in found["Author"].items():
        assert search.search(f'brandt author:"{author}"', kinds=["article"]).total == count


def test_more_like_this(search: Search, samples: Library):
    won = search.search("title:appeal", kinds=["article"]).hits[0].id
    like = search.more_like(won)
    assert like[0].title in ("CITY NEED NOT PAY FOR FLOODED CELLARS, COURT RULES", "The judge who reads aloud")
    assert won not in [hit.id for hit in like]


def test_why_a_hit_was_found(search: Search):
    hit = search.search("hairdryer demir", kinds=["article"]).hits[0]
    why = search.why("hairdryer demir", hit.kind, hit.id)
    assert {("hairdryer", "body"), ("demir", "title"), ("demir", "people")} <= {
        (word.rstrip("*"), field) for word, field, _ in why
    }
    assert search.why("zebra", hit.kind, hit.id) == []


def test_every_form_of_a_word_is_marked_and_no_other():
    text = "\n".join(path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    spans: dict[str, list[tuple[int, int]]] = {}
    for match in re.finditer("[a-z]{3,}", text):
        before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
        if not (before.isspace() and (after.isspace() or after in ",;")):
            continue
        for stem in stems("en", match.group()):
            spans.setdefault(stem, []).append(match.span())
    assert len(spans) > 300 and WORDS.match("harbour-wall")
    for stem, places in list(spans.items())[::9]:
        word = text[slice(*places[0])]
        marked = {(start, end) for start, end, _ in QueryHighlighter([word]).matches(text, "en")}
        assert set(places) <= marked, (word, stem)
        for start, end in marked - set(places):
            assert stem in stems("en", text[start:end].strip("’")), (word, text[start:end])
