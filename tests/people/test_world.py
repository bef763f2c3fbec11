"""Twelve articles from twelve countries, every profile read: who is false, missed, split, merged, wrongly described or quoted."""

from __future__ import annotations

from collections import Counter

import pytest

from kbapp.domain import Article, Block
from kbapp.people import recognise
from tests.people.world import STORIES, Story


def faults(story: Story) -> Counter[str]:
    """How often each kind of fault happens in a story, with "right quotes" and "descriptions" beside them."""
    blocks = tuple(Block("paragraph", paragraph) for paragraph in story.paragraphs)
    found = {person.name: person for person in recognise(Article(story.title, blocks, language=story.language)).people}
    counts: Counter[str] = Counter()
    for name, person in found.items():
        known = story.people.get(name)
        words = {quote.text for quote in person.quotes}
        if known is None:
            namesakes = [story.people[other] for other in story.people if set(name.split()) & set(other.split())]
            theirs = {quote for each in namesakes for quote in each.quotes}
            counts["split" if namesakes else "false"] += 1
            counts["right quotes"] += len(words & theirs)
            counts["wrong quotes"] += len(words - theirs)
            continue
        counts["right quotes"] += len(words & set(known.quotes))
        counts["wrong quotes"] += len(words - set(known.quotes))
        counts["missed quotes"] += len(set(known.quotes) - words)
        counts["descriptions"] += person.description in known.descriptions
        counts["missed descriptions"] += person.description is None and bool(known.descriptions)
        counts["wrong descriptions"] += person.description is not None and person.description not in known.descriptions
    for name in story.people.keys() - found.keys():
        counts["missed"] += 1
        counts["missed quotes"] += len(story.people[name].quotes)
    return counts


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.country)
def test_nobody_is_given_words_or_offices_that_are_not_theirs(story: Story):
    counts = faults(story)
    assert (counts["wrong quotes"], counts["wrong descriptions"]) == (0, 0)


def test_nearly_everybody_is_found_with_their_words():
    counts = sum(map(faults, STORIES), Counter())
    people = sum(len(story.people) for story in STORIES)
    quotes = sum(len(known.quotes) for story in STORIES for known in story.people.values())
    assert counts["missed"] + counts["split"] <= 0.25 * people
    assert counts["false"] <= 0.1 * people
    assert counts["right quotes"] >= 0.85 * quotes
