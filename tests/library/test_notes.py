"""Notes: versions, trash, tags and links, two windows, anchors that hold."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.domain import Anchor, Subject
from kbapp.errors import NotFound
from kbapp.library import Library, notes
from kbapp.library.anchors import find_anchor, make_anchor
from tests.conftest import HARBOUR


def put(library: Library, text: str, about: Subject = Subject("library")) -> int:  # noqa: B008  # frozen
    with library.transaction() as db:
        return notes.add(db, text, about)


def test_tags_and_links_are_read_from_the_text(library: Library, add):
    (outcome,) = add(HARBOUR)
    note = notes.get(
        library,
        put(
            library,
            f"See kb:article/{outcome.article} #harbour and #sea-wall, not a#tag",
            Subject("article", outcome.article),
        ),
    )
    assert note.tags == ("harbour", "sea-wall")
    assert note.links == (Subject("article", outcome.article),)
    assert [each.id for each in notes.linking_to(library, "article", outcome.article)] == [note.id]


def test_every_version_is_kept(library: Library):
    number = put(library, "first")
    with library.transaction() as db:
        notes.edit(db, number, "second")
    assert [text for _, text in notes.versions(library, number)] == ["first"]


def test_two_windows_do_not_overwrite_each_other(library: Library):
    number = put(library, "first")
    seen = notes.revision(library, number)
    with library.transaction() as db:
        notes.edit(db, number, "from the other window", seen)
    with pytest.raises(notes.ChangedElsewhere) as caught, library.transaction() as db:
        notes.edit(db, number, "from this window", seen)
    assert caught.value.current.text == "from the other window"


def test_a_deleted_note_can_be_restored(library: Library):
    number = put(library, "gone")
    with library.transaction() as db:
        notes.delete(db, number)
    assert notes.listed(library) == [] and [each.id for each in notes.listed(library, trash=True)] == [number]
    with library.transaction() as db:
        notes.restore(db, number)
    assert [each.text for each in notes.listed(library)] == ["gone"]


def test_a_note_needs_something_to_be_about(library: Library):
    with pytest.raises(NotFound, match="no article 7"):
        put(library, "x", Subject("article", 7))


SENTENCES = [f"Sentence number {n} says that the {w} was seen near the {v} on that morning." for n, (w, v) in enumerate(
    [("ferry", "pier"), ("mayor", "wall"), ("engineer", "pump"), ("captain", "quay"), ("judge", "cellar"), ("float", "chain"), ("pilot", "barrier"), ("pen", "paper")] * 4
)]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000))
def test_anchors_hold_through_edits_and_never_land_on_a_wrong_sentence(seed: int):
    chance = random.Random(seed)
    at = chance.randrange(len(SENTENCES))
    text = " ".join(SENTENCES)
    start = text.index(SENTENCES[at])
    anchor = make_anchor(text, start, start + len(SENTENCES[at]))
    edited = list(SENTENCES)
    for _ in range(chance.randrange(1, 8)):
        other = chance.randrange(len(edited))
        if edited[other] != SENTENCES[at]:
            action = chance.choice(["drop", "change", "insert"])
            if action == "drop":
                del edited[other]
            elif action == "change":
                edited[other] = edited[other].upper()
            else:
                edited.insert(other, f"New words {seed} were put in here by a later edition of the paper.")
    changed = " ".join(edited)
    assert SENTENCES[at] in edited
    found = find_anchor(changed, anchor)
    assert found is not None and changed[slice(*found)] == SENTENCES[at]


def test_a_passage_that_is_gone_is_not_guessed():
    text = " ".join(SENTENCES)
    anchor = make_anchor(text, 0, len(SENTENCES[0]))
    assert (
        find_anchor(
            "An altogether different text about the weather in the mountains, with goats and a cable car. " * 5, anchor
        )
        is None
    )
    assert find_anchor("", anchor) is None and find_anchor(text, Anchor("")) is None
