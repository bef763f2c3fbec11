"""Lists of articles narrowed to a person, a source, a year, what is unread, or letters of titles and authors."""

from __future__ import annotations

import pytest

from kbapp.library import Library
from kbapp.library.articles import listing
from kbapp.library.articles.narrowing import Field, Narrowing


@pytest.mark.parametrize("field", ["person", "author", "source", "year", "tag"])
def test_each_value_offered_finds_as_many_as_it_says(samples: Library, field: Field) -> None:
    offered = listing.values(samples, field)
    assert offered
    for value, count in offered:
        assert len(listing.ids(samples, narrowing=Narrowing(**{field: value}))) == count


def test_years_stand_in_their_order_and_narrowings_go_together(samples: Library) -> None:
    years = [year for year, _ in listing.values(samples, "year")]
    assert years == sorted(years, reverse=True)
    both = Narrowing(author="Miriam Okafor", year="2023")
    assert 0 < len(listing.ids(samples, narrowing=both)) < len(listing.ids(samples, narrowing=both.without("year")))
    assert both.query() == 'author:"Miriam Okafor" date:2023'


def test_letters_are_looked_for_in_titles_and_authors_whatever_their_marks(samples: Library) -> None:
    titles = {card.title for card in listing.cards(samples, listing.ids(samples, narrowing=Narrowing(text="tomas h")))}
    assert "The Man Who Counts Waves" in titles and len(titles) < 6
    assert listing.ids(samples, narrowing=Narrowing(text="eine mauer")) != []
    assert listing.ids(samples, narrowing=Narrowing(text="xyzzy")) == []
