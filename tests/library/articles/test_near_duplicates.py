"""Near-duplicates are linked, versions compared, missed names marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbapp.domain import Article, Block
from kbapp.errors import UserError
from kbapp.library import Library, corrections
from kbapp.library.articles import near_duplicates
from kbapp.library.articles import repository as articles
from kbapp.library.people import profiles
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render

STORY = """The council of Port Ellery voted on Monday to raise the harbour wall by two metres, after a night in which the sea came over it twice.
Engineers had asked for three metres, but the money that the ministry granted was enough for two, the mayor said after the vote.
Work is to begin in the spring, when the storms are over, and it will close the eastern quay to fishing boats until the autumn.
The fishermen were promised berths at the northern pier, where the cranes of the old shipyard have stood idle for eleven years."""


def article(text: str, title: str = "Wall", **fields: object) -> Article:
    return Article(title=title, blocks=tuple(Block("paragraph", line) for line in text.split("\n")), **fields)  # type: ignore[arg-type]


def add(library: Library, found: Article, original: str) -> int:
    with library.transaction() as db:
        return articles.add(db, found, original, 0, f"{original}.txt").id


def test_agency_text_in_two_papers_is_linked(library: Library):
    one = add(library, article(STORY, "Wall to rise"), "a")
    two = add(
        library,
        article("GAZETTE, Monday\n" + STORY.replace("twice", "again") + "\nSubscribe to the Gazette.", "Council votes"),
        "b",
    )
    other = add(library, article("\n".join(line[::-1] for line in STORY.split("\n")), "Another"), "c")
    assert [number for number, share in near_duplicates.find_similar(library, one) if share > 0.7] == [two]
    assert near_duplicates.find_similar(library, other) == []
    assert "Council votes" in render(library, Address("article", str(one))).html


def test_a_trashed_twin_is_not_shown(library: Library):
    one, two = add(library, article(STORY), "a"), add(library, article(STORY + "\nMore.", "Twin"), "b")
    with library.transaction() as db:
        articles.trash(db, [two])
    assert near_duplicates.find_similar(library, one) == []


def test_the_twins_are_found_among_many_without_reading_them_all(library: Library):
    lines = STORY.split()
    with library.transaction() as db:
        for number in range(300):
            words = [f"{word}{(number * 7 + at) % 50}" for at, word in enumerate(lines)]
            articles.add(db, article(" ".join(words), f"Other {number}"), f"o{number}", 0, "x")
    one, two = add(library, article(STORY), "a"), add(library, article(STORY.replace("spring", "summer"), "Twin"), "b")
    plan = library.db.execute("EXPLAIN QUERY PLAN SELECT o.article FROM minhash_bands s JOIN minhash_bands o ON o.band = s.band AND o.value = s.value WHERE s.article = 1").fetchall()  # fmt: skip
    assert not any("SCAN" in row[3] for row in plan)
    assert [number for number, _ in near_duplicates.find_similar(library, two)] == [one]


def test_a_new_version_shows_what_changed(library: Library):
    number = add(library, article(STORY, url="https://ex.org/wall"), "a")
    changed = article(STORY.replace("two metres", "three metres").replace("\nWork", "\nNobody objected.\nWork"), "Wall higher", url="https://ex.org/wall")  # fmt: skip
    assert add(library, changed, "b") == number
    page = render(library, Address("versions", str(number))).html
    assert '<s class="gone"> two</s><span class="new"> three</span>' in page
    assert '<span class="new">Nobody objected.</span>' in page and '<s class="gone">Wall</s>' in page
    assert "see what changed" in render(library, Address("article", str(number))).html


def test_a_missed_name_is_marked_everywhere_in_the_article_and_taken_back(library: Library):
    text = STORY + "\nPip of the pier said so. Pip, who is nine, was there; Pipworth was not."
    number = add(library, article(text), "a")
    before = people.entries(library, "people")
    person = corrections.mark(library, number, "Pip", "Pip Ashdown").subject
    stored = articles.get(library, number)
    mentions = stored.article.people[stored.people_ids.index(person)].mentions
    assert [mention.surface for mention in mentions] == ["Pip", "Pip"]
    assert profiles.profile(library, person).name == "Pip Ashdown"
    with library.transaction() as db:  # a new version keeps the mark
        articles.add(db, replace(article(text + "\nEnd."), url=None), "a", 0, "a.txt")
    assert corrections.undo_last(library).command.name == "MARK_PERSON"
    assert people.entries(library, "people") == before


def test_words_that_do_not_stand_there_cannot_be_marked(library: Library):
    number = add(library, article(STORY), "a")
    with pytest.raises(UserError, match="not in this article"):
        corrections.mark(library, number, "Nobody Such", "Nobody Such")
