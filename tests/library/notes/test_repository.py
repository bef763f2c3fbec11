"""Notes: versions, trash, tags and links, two windows, anchors that hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.domain import Anchor, Subject
from kbapp.errors import NotFound, UserError
from kbapp.export.boards import write_board
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.library.commands import Commands
from kbapp.library.database import now
from kbapp.library.notes import attachments, boards
from kbapp.library.notes import listing as note_list
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import find_anchor, make_anchor
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
    assert [text for _, text in note_versions.versions(library, number)] == ["first"]


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


PNG = b"\x89PNG\r\n\x1a\n" + b"picturemarker" * 4


def test_a_note_that_lost_its_passage_can_be_attached_again(library: Library, add):
    add("Pier\n\nThe old pier fell into the sea on a windy night in March.")
    text = articles.get(library, 1).article.text
    with library.transaction() as db:
        note = notes.add(db, "sad", Subject("article", 1), Anchor("words that nobody wrote here", "", "", 5, 33))
        notes.attach(db, note, make_anchor(text, 4, 12))
    quote = notes.get(library, note).quote
    assert quote is not None and quote.exact == text[4:12] and notes.revision(library, note) == 2


def test_versions_are_thinned_as_they_grow_old(library: Library):
    note = put(library, "now")
    times = [
        "2026-01-05T10:00:00.000Z", "2026-01-05T12:00:00.000Z", "2026-01-05T12:30:00.000Z", "2026-01-06T09:00:00.000Z",
    ]  # fmt: skip
    fresh = now()
    with library.transaction() as db:
        for time in (*times, fresh):
            db.execute("INSERT INTO note_versions VALUES (?, ?, ?)", (note, time, time))
        note_versions.thin(db, note)
    kept = [saved for saved, _ in note_versions.versions(library, note)]
    assert kept == [fresh, times[3], times[2]]


def test_pictures_of_notes_are_checked_and_kept(library: Library):
    note = put(library, "with a picture")
    with library.transaction() as db:
        number = attachments.add(db, note, PNG)
        with pytest.raises(UserError, match="PNG, JPEG"):
            attachments.add(db, note, b"<svg onload=alert(1)>")
        with pytest.raises(UserError, match="MB"):
            attachments.add(db, note, PNG + bytes(attachments.LARGEST))
    assert attachments.get(library, number) == ("image/png", PNG)


def test_a_board_is_put_in_order_renamed_and_saved_as_one_document(library: Library, add, tmp_path: Path):
    add("Pier falls\nBy Ada Kron\n\nThe old pier fell into the sea on a windy night in March.")
    text = articles.get(library, 1).article.text
    start = text.index("old pier")
    with library.transaction() as db:
        first = notes.add(db, "A thought on it.", Subject("article", 1), make_anchor(text, start, start + 8))
        second = notes.add(db, "Free ![map](kb:image/1)", Subject("library"))
        attachments.add(db, second, PNG)
        board = boards.create(db, "  The   pier ")
        boards.add_note(db, board, first)
        boards.add_note(db, board, second)
        boards.add_note(db, board, first)
        boards.arrange(db, board, [(second, ""), (None, "Causes"), (first, "")])
    found = boards.get(library, board)
    assert found.title == "The pier" and [card.heading or card.note.id for card in found.cards if card.heading or card.note] == [second, "Causes", first]  # fmt: skip
    write_board(library, board, tmp_path / "pier.md")
    document = (tmp_path / "pier.md").read_text("utf-8")
    assert (
        document.index("pier-pictures/picture-1.png") < document.index("## Causes") < document.index("> old pier [1]")
    )
    assert document.rstrip().endswith("1. Ada Kron: Pier falls.") and "A thought on it." in document
    assert (tmp_path / "pier-pictures" / "picture-1.png").read_bytes() == PNG
    with library.transaction() as db:
        notes.delete(db, first)
        boards.rename(db, board, "Sea")
    assert boards.listed(library) == [(board, "Sea", 1)]
    with library.transaction() as db:
        boards.remove(db, board)
    assert not boards.listed(library) and notes.get(library, second).text.startswith("Free")


@pytest.mark.parametrize(
    ("order", "names"),
    [("date", {now()[:7]}), ("subject", {"Pier falls", None}), ("colour", {"green", None}), ("tag", {"sea", None})],
)
def test_all_notes_in_groups(library: Library, add, order: str, names: set[str | None]):
    add("Pier falls\n\nThe old pier fell into the sea on a windy night in March.")
    with library.transaction() as db:
        notes.add(db, "## **First** #sea", Subject("article", 1), None, "green")
        notes.add(db, "", Subject("library"))
    groups = note_list.grouped(library, order)
    assert {name for name, _ in groups} == names and sorted(n for _, ids in groups for n in ids) == [1, 2]
    assert [card.title for card in note_list.cards(library, [1, 2])] == ["First #sea", "An empty note"]


def test_neither_of_two_windows_texts_is_lost(library: Library) -> None:
    mine, theirs = Commands(library, "my window"), Commands(library, "their window")
    note = mine.add_note("first", Subject("library")).subject or 0
    seen = notes.revision(library, note)
    theirs.edit_note(note, "what they wrote", seen)
    with pytest.raises(notes.ChangedElsewhere) as caught:
        mine.edit_note(note, "what I wrote", seen)
    assert caught.value.current.text == "what they wrote" == notes.get(library, note).text
    mine.edit_note(note, "what I wrote", seen, replacing=True)
    assert notes.get(library, note).text == "what I wrote"
    assert "what they wrote" in [text for _, text in note_versions.versions(library, note)]


def test_a_link_to_a_person_is_seen_from_the_author_too(samples: Library) -> None:
    with samples.transaction() as db:
        one = notes.add(db, "see [them](kb:person/5)", Subject("library"))
        other = notes.add(db, "and [again](kb:author/5)", Subject("library"))
    for kind in ("person", "author"):
        assert {note.id for note in notes.linking_to(samples, kind, 5)} == {one, other}
