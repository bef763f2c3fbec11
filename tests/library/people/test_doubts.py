"""One name that may be two people."""

from __future__ import annotations

import pytest

from kbapp.library import Library, corrections
from kbapp.library.people import repository as people
from kbapp.library.people.doubts import may_be_two
from kbapp.people.reasons import Reason
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render


def dated(year: int, text: str) -> tuple[str, str]:
    return (
        f"article{year}{len(text)}.html",
        f"<html><head><title>Notes of {year}: {text[:12]}</title><meta property='article:published_time' content='{year}-05-01'></head><body><article><h1>Notes of {year}: {text[:12]}</h1><p>{text}</p><p>The harbour was quiet all day and nobody came to see the new wall that the town had paid for.</p></article></body></html>",
    )


@pytest.mark.parametrize(
    ("articles", "reason"),
    [
        ([(2019, "Robert Vance, 71, a judge, spoke of the wall."), (2021, "Robert Vance, 22, a drummer, sang at the wall.")], Reason.AGES_DIFFER),
        ([(1899, "The captain, Robert Vance, said that he would sail."), (2021, "The pilot, Robert Vance, said that he would fly.")], Reason.CENTURIES_DIFFER),
        ([(2020, "The judge, Robert Vance, said that the wall was old."), (2021, "The drummer, Robert Vance, said that the wall was old.")], Reason.CALLINGS_DIFFER),
        ([(2019, "Robert Vance, 71, a judge, spoke of the wall."), (2021, "Robert Vance, 72, a judge, spoke of the wall.")], None),
        ([(2019, "The mayor, Robert Vance, spoke of the wall."), (2021, "The pilot, Robert Vance, said that he would fly.")], None),
        ([(2019, "Robert Vance, 71, a judge, spoke of the wall.")], None),
    ],
)  # fmt: skip
def test_what_speaks_for_two(library: Library, add, articles: list[tuple[int, str]], reason: Reason | None):
    add(*(dated(year, text) for year, text in articles))
    doubt = may_be_two(library, people.find(library, "Robert Vance"))
    assert (doubt.reason if doubt else None) == reason


def test_the_evidence_stands_side_by_side_and_splits_in_one_go(library: Library, add):
    add(
        dated(2019, "Robert Vance, 71, a judge, spoke of the wall."),
        dated(2020, "Robert Vance, 72, a judge, said that it was old."),
        dated(2021, "Robert Vance, 22, sang at the wall."),
    )
    person = people.find(library, "Robert Vance")
    doubt = may_be_two(library, person)
    assert doubt is not None and (doubt.one.words, doubt.other.words) == ("71 (2019)", "22 (2021)")
    assert (len(doubt.one.articles), len(doubt.other.articles)) == (2, 1)
    change = corrections.split(library, person, list(doubt.other.articles))
    assert change is not None and may_be_two(library, person) is None
    assert sorted(entry.articles for entry in people.entries(library, "people")) == [1, 2]


def test_the_page_shows_both_sides_and_one_link_that_splits(library: Library, add):
    add(
        dated(2019, "Robert Vance, 71, a judge, spoke of the wall."), dated(2021, "Robert Vance, 22, sang at the wall.")
    )
    person = people.find(library, "Robert Vance")
    page = render(library, Address("person", str(person)))
    doubt = may_be_two(library, person)
    assert doubt is not None and "71 (2019)" in page.html and "22 (2021)" in page.html
    assert f"action:{page.nonce}/split/{person}/{doubt.other.articles[0]}" in page.html
