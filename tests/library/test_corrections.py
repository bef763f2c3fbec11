"""Who is who, corrected: each correction holds at once and for later imports, and can be taken back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbapp.domain import Article, Block
from kbapp.errors import NotFound
from kbapp.importing.pipeline import run
from kbapp.library import Library, corrections, maintenance
from kbapp.library.articles import repository as articles
from kbapp.library.people import linking, merge_suggestions, profiles
from kbapp.library.people import repository as people
from kbapp.library.undo import Command
from kbapp.people import recognise
from kbapp.people.identity import identity_key, why_same
from kbapp.people.reasons import Reason
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
    profile = profiles.profile(samples, "Lucien Marchetti")
    assert profile.wrote and profile.mentioned_in and profile.written_about_by


def test_merge_and_undo(samples: Library):
    before = state(samples)
    nwosu, adaeze = people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")
    mentions = profiles.profile(samples, adaeze, limit=100)
    corrections.merge(samples, nwosu, adaeze)
    assert "Nwosu" not in names(samples)
    assert len(profiles.profile(samples, adaeze, limit=100).mentioned_in) > len(mentions.mentioned_in)
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
    there = profiles.profile(samples, wei).mentioned_in
    corrections.not_a_person(samples, wei, there[0].id)
    assert [each.id for each in profiles.profile(samples, wei).mentioned_in] == [each.id for each in there[1:]]
    corrections.undo_last(samples)
    assert profiles.profile(samples, wei).mentioned_in == there


def test_split_rename_and_alias(samples: Library):
    wei = people.find(samples, "Wei Lin")
    article = profiles.profile(samples, wei).mentioned_in[0].id
    other = corrections.split(samples, wei, [article], "Another Wei Lin").subject
    assert [each.id for each in profiles.profile(samples, other).mentioned_in] == [article]
    corrections.undo_last(samples)
    corrections.rename(samples, wei, "Lin Wei (Tianjin)")
    assert profiles.profile(samples, wei).name == "Lin Wei (Tianjin)"
    corrections.alias(samples, wei, "Professor L.")
    assert people.find(samples, "Professor L.") == wei
    corrections.undo_last(samples)
    corrections.undo_last(samples)
    assert profiles.profile(samples, wei).name == "Wei Lin"


def test_nothing_to_undo_is_said_in_words(library: Library):
    with pytest.raises(NotFound, match="no change"):
        corrections.undo_last(library)


def test_suggestions_can_be_refused_for_ever_or_until_that_is_taken_back(samples: Library):
    pair = {people.find(samples, "Nwosu"), people.find(samples, "Adaeze Nwosu")}
    assert pair in [{one, other} for one, other, _ in merge_suggestions.suggestions(samples)]
    corrections.refuse(samples, *pair)
    assert pair not in [{one, other} for one, other, _ in merge_suggestions.suggestions(samples)]
    assert corrections.undo_last(samples).command is Command.KEEP_APART
    assert pair in [{one, other} for one, other, _ in merge_suggestions.suggestions(samples)]


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


def test_a_single_word_is_somebody_in_its_own_article_only(library: Library, add):
    add(
        "Harbour\n\nMr. Ostrow said that the wall was old. Ostrow left.",
        "Mill\n\nMr. Ostrow said that the mill was sold. Ostrow wept.",
    )
    assert [entry.name for entry in people.entries(library, "people")] == ["Ostrow", "Ostrow"]
    assert [why for *_, why in merge_suggestions.suggestions(library)] == [Reason.SAME_NAME]


def test_a_single_word_joins_nobody_whom_the_user_did_not_name_so(library: Library, add):
    with library.transaction() as db:
        by_another_way = linking.new_person(db, "Ostrow", "ostrow")
    add("Harbour\n\nMr. Ostrow said that the wall was old. Ostrow left.")
    assert people.entries(library, "people")[0].id != by_another_way
    corrections.alias(library, by_another_way, "Ostrow")
    assert people.entries(library, "people")[0].id == by_another_way


def test_a_pope_is_one_in_all_articles_and_no_schoolboy(library: Library, add):
    add(
        "Rome\n\nPope Francis said that peace was near. Francis prayed.",
        "Lima\n\nPope Francis told the crowd to go home. Francis waved.",
        "School\n\nFrancis, 9, said that he liked the ferry. Francis laughed.",
    )
    counts = sorted(entry.articles for entry in people.entries(library, "people"))
    assert counts in ([1, 2], [2])


def test_a_single_name_that_is_known_everywhere_is_one_person(library: Library, add):
    add("Rio\n\nPresident Lula said that the wall was old.", "Belem\n\nLula said that the mill was sold. Lula left.")
    assert [(entry.name, entry.articles) for entry in people.entries(library, "people")] == [("Lula", 2)]


def test_what_is_no_person_stays_away_in_whichever_article(library: Library, add):
    add("Harbour\n\nMr. Petrovax said that the wall was old.", "Mill\n\nMr. Petrovax said that the mill was sold.")
    corrections.not_a_person(library, people.entries(library, "people")[0].id)
    assert people.entries(library, "people") == []
    add("Quay\n\nMr. Petrovax said that the quay was gone.")
    assert people.entries(library, "people") == []


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Olena Zelenko", "Olena Zelenkoo", Reason.SPELLED_ALIKE),
        ("Bob Tarrant", "Robert Tarrant", Reason.SHORT_OR_OTHER_SPELLING),
        ("R. Tarrant", "Robert Tarrant", Reason.SAME_INITIAL),
        ("Robert Vance Jr.", "Robert Vance Sr.", None),
        ("Robert Vance Jr.", "Robert Vance", Reason.SAME_GIVEN_NAME),
        ("Anna Berg", "Karin Berg", None),
    ],
)
def test_who_may_be_one(one: str, other: str, why: Reason | None):
    assert why_same(identity_key(one), identity_key(other)) is why
    assert identity_key(one) != identity_key(other)


def test_hyphens_do_not_make_two_people():
    assert identity_key("Park Chan-ho") == identity_key("Park Chan Ho")


def test_the_surest_suggestions_come_first(library: Library, add):
    add(
        "One\n\nThe mayor, Robert Tarrant, said that the wall was old.",
        "Two\n\nThe mayor, Bob Tarrant, said that the wall was old.",
        "Three\n\nThe pilot, Olena Zelenko, said that the wall was old.",
        "Four\n\nThe pilot, Olena Zelenkoo, said that the wall was old.",
        "Five\n\nMr. Tarrant said that the wall was old.",
    )
    found = [why for *_, why in merge_suggestions.suggestions(library)]
    assert found[:2] == [Reason.SPELLED_ALIKE, Reason.SHORT_OR_OTHER_SPELLING] and set(found[2:]) == {
        Reason.SURNAME_ALONE
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)))
def test_the_order_of_import_changes_nothing(order: list[int], tmp_path_factory: pytest.TempPathFactory):
    texts = [
        "Robert Vance Jr. met Pope Francis. Vance wept.",
        "Robert Vance, 71, a judge, said that Bob Vance had left.",
        "Pope Francis saw Kim Jong-su. Mr. Vance did not.",
        "Kim Jong Su said that Anna Lee was there. Lee laughed.",
        "Mr. Vance said that Vance and Lee had gone.",
    ]
    library = Library(tmp_path_factory.mktemp("order") / "library")
    for number in order:
        article = recognise(Article(f"Number {number}", (Block("paragraph", texts[number]),)))
        with library.transaction() as db:
            articles.add(db, article, f"{number:064x}.txt", 0, f"{number}.txt")
    rows = library.db.execute(
        "SELECT a.title, m.start, p.name, p.id FROM mentions m JOIN articles a ON a.id = m.article JOIN people p ON p.id = m.person"
    ).fetchall()
    library.close()
    groups: dict[int, set[tuple[str, int, str]]] = {}
    for title, start, name, person in rows:
        groups.setdefault(person, set()).add((title, start, name))
    known = _seen.setdefault("groups", sorted(map(sorted, groups.values())))
    assert sorted(map(sorted, groups.values())) == known


_seen: dict[str, list[list[tuple[str, int, str]]]] = {}


def test_profiles_read_in_the_readers_language(library: Library, add):
    add(
        "The Wall\n\nThe city’s chief engineer, Karl Ostrow, said that the wall was old and that nobody had paid for it in years.",
        "The Mill\n\nThe city's chief engineer, Karl Ostrow, said that the mill was older than the wall and would have to go.",
    )
    profile = profiles.profile(library, "Karl Ostrow")
    assert len(profile.descriptions) == 1 and profile.descriptions[0].reason == Reason.OFFICE_BEFORE
    assert profile.descriptions[0].article == 2


def test_the_head_of_a_profile_is_in_the_readers_language(library: Library, add):
    add(
        ("a.html", "<html lang='en'><head><meta property='article:published_time' content='2020-01-01'></head><body><article><h1>The Wall</h1><p>The pilot, Karl Ostrow, said that the wall was old and that nobody in the town had paid for it for years.</p></article></body></html>"),
        ("b.html", "<html lang='de'><head><meta property='article:published_time' content='2022-01-01'></head><body><article><h1>Die Mauer</h1><p>Der Ingenieur Karl Ostrow sagte, dass die Mauer alt ist und dass niemand in der Stadt sie seit Jahren bezahlt hat.</p></article></body></html>"),
    )  # fmt: skip
    assert profiles.profile(library, "Karl Ostrow").description == "pilot"
    german = profiles.profile(library, "Karl Ostrow", language="de")
    assert (german.description, len(german.descriptions)) == ("Ingenieur", 2)


def test_a_quote_of_a_profile_ends_without_the_comma_of_its_sentence(library: Library, add):
    add("The Wall\n\n“The wall is old,” said Karl Ostrow. “It will go.”")
    quotes = profiles.profile(library, "Karl Ostrow").quotes
    assert [quote.text for quote in quotes] == ["“The wall is old”", "“It will go.”"]
    assert quotes[0].reason == Reason.SAID_BESIDE
