"""Who is who, corrected: each correction holds at once and for later imports, and can be taken back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kbapp.errors import NotFound
from kbapp.importing import run
from kbapp.library import Library, maintenance
from kbapp.library.articles import repository as articles
from kbapp.library.people import corrections
from kbapp.library.people import repository as people
from kbapp.library.undo import Command
from tests.conftest import SAMPLES


def names(library: Library) -> set[str]:
    return {entry.name for entry in people.entries(library, "people")}


def state(library: Library) -> list[tuple]:
    rows = library.db.execute(
        "SELECT p.name, m.article, m.field, m.start FROM mentions m JOIN people p ON p.id = m.person"
    )
    return sorted(tuple(row) for row in rows)


def test_two_brandts_and_two_weis_are_kept_apart(samples: Library):
    assert {"Karl-Heinz Brandt", "Sofia Brandt", "Wei Lin", "Li Wei", "Lucien Marchetti", "Chiara Marchetti"} <= names(
        samples
    )


def test_spellings_and_diacritics_are_one_person(samples: Library):
    assert people.find(samples, "Muhammad Farouk") == people.find(samples, "Mohammed Farouk")
    assert people.find(samples, "Nadia al-Rashid") == people.find(samples, "Nadia Al-Rashid")
    assert people.find(samples, "Einar Bø") == people.find(samples, "Einar Bo")


def test_author_and_subject_are_one_record(samples: Library):
    profile = people.profile(samples, "Lucien Marchetti")
    assert profile.wrote and profile.mentioned_in and profile.written_about_by


def test_merge_and_undo(samples: Library):
    before = state(samples)
    nwosu, adaeze = people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")
    mentions = people.profile(samples, adaeze, limit=100)
    corrections.merge(samples, nwosu, adaeze)
    assert "Nwosu" not in names(samples)
    assert len(people.profile(samples, adaeze, limit=100).mentioned_in) > len(mentions.mentioned_in)
    assert maintenance.check(samples) == []
    corrections.undo_last(samples)
    assert state(samples) == before and maintenance.check(samples) == []


def test_a_merge_is_remembered_by_later_imports(samples: Library, add):
    corrections.merge(samples, people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu"))
    (outcome,) = add(
        "Mayor Speaks Again\n\nMayor Nwosu said that the wall would be finished in time, and that nobody should doubt it any more."
    )
    assert [person.name for person in articles.get(samples, outcome.article).article.people] == ["Adaeze Nwosu"]


def test_not_a_person_everywhere_and_undo(samples: Library, add):
    before = state(samples)
    corrections.not_a_person(samples, people.find(samples, "Otto Friis"))
    assert "Otto Friis" not in names(samples)
    (outcome,) = add(
        "The Old Float\n\nThe engineer Otto Friis bought the float in a year that nobody remembers, from a dredger."
    )
    assert articles.get(samples, outcome.article).article.people == ()
    with samples.transaction() as db:
        articles.trash(db, [outcome.article])
    corrections.undo_last(samples)
    assert state(samples) == before


def test_not_a_person_in_one_article(samples: Library):
    wei = people.find(samples, "Wei Lin")
    there = people.profile(samples, wei).mentioned_in
    corrections.not_a_person(samples, wei, there[0]["id"])
    assert [each["id"] for each in people.profile(samples, wei).mentioned_in] == [each["id"] for each in there[1:]]
    corrections.undo_last(samples)
    assert people.profile(samples, wei).mentioned_in == there


def test_split_rename_and_alias(samples: Library):
    wei = people.find(samples, "Wei Lin")
    article = people.profile(samples, wei).mentioned_in[0]["id"]
    other = corrections.split(samples, wei, [article], "Another Wei Lin").subject
    assert [each["id"] for each in people.profile(samples, other).mentioned_in] == [article]
    corrections.undo_last(samples)
    corrections.rename(samples, wei, "Lin Wei (Tianjin)")
    assert people.profile(samples, wei).name == "Lin Wei (Tianjin)"
    corrections.alias(samples, wei, "Professor L.")
    assert people.find(samples, "Professor L.") == wei
    corrections.undo_last(samples)
    corrections.undo_last(samples)
    assert people.profile(samples, wei).name == "Wei Lin"


def test_nothing_to_undo_is_said_in_words(library: Library):
    with pytest.raises(NotFound, match="no change"):
        corrections.undo_last(library)


def test_suggestions_can_be_refused_for_ever_or_until_that_is_taken_back(samples: Library):
    pair = {people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")}
    assert pair in [{one, other} for one, other, _ in corrections.suggestions(samples)]
    corrections.refuse(samples, *pair)
    assert pair not in [{one, other} for one, other, _ in corrections.suggestions(samples)]
    assert corrections.undo_last(samples).command is Command.KEEP_APART
    assert pair in [{one, other} for one, other, _ in corrections.suggestions(samples)]


def test_the_order_of_importing_changes_nothing(pool, tmp_path: Path):
    def clusters(folder: Path, files: list[Path]) -> list[tuple]:
        library = Library(folder)
        for file in files:
            list(run(library, [file], pool=pool))
        rows = library.db.execute(
            "SELECT p.name, a.source_file, m.field, m.start FROM mentions m JOIN people p ON p.id = m.person JOIN articles a ON a.id = m.article"
        )
        found = sorted(tuple(row) for row in rows)
        library.close()
        return found

    files = sorted(SAMPLES.iterdir())
    first = clusters(tmp_path / "one", files)
    random.Random(5).shuffle(files)
    assert clusters(tmp_path / "two", files) == first


def test_a_missed_name_is_known_everywhere_later_too_and_taken_back(library: Library, add):
    first = "Ferry news\n\nOne Ek Bet Tar sat on the pier. The pier of Ek Bet Tar is old."
    add(first, "Other news\n\nNobody had seen Ek Bet Tar since March.")
    corrections.mark(library, 1, "Ek Bet Tar", "Ek Bet Tar")
    person = people.find(library, "Ek Bet Tar")
    add("Third news\n\nA letter came from Ek Bet Tar in the spring.")

    def places() -> set[tuple[int, str]]:
        rows = library.db.execute(
            "SELECT m.article, substr(a.text, m.start + 1, m.end - m.start) FROM mentions m JOIN articles a ON a.id = m.article WHERE m.person = ?",
            (person,),
        )
        return {tuple(row) for row in rows}

    assert places() == {(number, "Ek Bet Tar") for number in (1, 2, 3)}
    corrections.undo_last(library)
    assert "Ek Bet Tar" not in {entry.name for entry in people.entries(library, "people") if entry.articles}


def test_a_single_missed_word_is_a_person_in_its_article_only(library: Library, add):
    add("One\n\nIn the yard sat rose, the mason.", "Two\n\nIn the yard grew a rose.")
    corrections.mark(library, 1, "rose", "Rose")
    assert [row[0] for row in library.db.execute("SELECT article FROM mentions")] == [1]
