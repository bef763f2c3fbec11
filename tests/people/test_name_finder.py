"""Which words name people: what the rules and the learned weights find in English."""

from __future__ import annotations

import pytest

from kbapp.people import tagger
from kbapp.people.name_finder import find_candidates


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_candidates([("text", text)])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Rice thanked Ms. Love, and Dr. Long left the hall before noon.", ["Rice", "Love", "Long"]),
        ("President Trump said that he would sign it.", ["Trump"]),
        ("Denise Washington smiled at the crowd in the hall.", ["Denise Washington"]),
        ("JD Harlan said the road would stay open.", ["JD Harlan"]),
        ("The singer K T Oslin wrote the songs for it.", ["K T Oslin"]),
        ("Solicitor-General Ruth Okafor testified on Monday.", ["Ruth Okafor"]),
        ("Tan Sri Hassan Marikan arrived before Datuk Seri Farid Osman.", ["Hassan Marikan", "Farid Osman"]),
        ("The Norwegian Petter Solvang won the race by a minute.", ["Petter Solvang"]),
        ("Son Jae-min scored twice and Son smiled afterwards.", ["Son Jae-min", "Son"]),
        ("President Xi Weiming met farmers. Xi said that rice would be cheap.", ["Xi Weiming", "Xi"]),
        ("The reporters met Gustav Hansen Chairman of the harbour board before noon.", ["Gustav Hansen"]),
        ("Rosa, 51, keeps bees. “They know the hill,” says Rosa.", ["Rosa", "Rosa"]),
        ("Robert Wayne Knox Jr. was born there.", ["Robert Wayne Knox Jr."]),
        ("Luis García Montoya spoke. García Montoya left.", ["Luis García Montoya", "García Montoya"]),
    ],
)
def test_words_that_are_names_where_they_stand(text: str, names: list[str]):
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jordan Pike scored again. Jordan borders Syria in the north.", ["Jordan Pike"]),
        ("Victoria Hale spoke in Victoria, British Columbia, last night.", ["Victoria Hale"]),
        ("Dario Melis, an engineer from Bergen, repaired the bridge.", ["Dario Melis"]),
        ("Owen Baird, an analyst at Miller Tabak, said prices would fall.", ["Owen Baird"]),
        ("Prize-winning poets met in German-occupied Lublin.", []),
        ("Lokoja, 1,250km away, is dry.", []),
        ("Sikhs, who came by sea, settled here.", []),
        ("New York Harriers met North Dakota Rangers on Monday evening.", []),
        ("El Universal and Le Figaro wrote so.", []),
    ],
)
def test_words_that_are_no_people_where_they_stand(text: str, names: list[str]):
    assert found(text) == names


def test_every_candidate_has_a_reason_without_jargon():
    text = "Mr. Rice thanked Eva Lindqvist. Lindqvist told Omar Haddad, 44, that Zelensky had called."
    candidates = find_candidates([("text", text)])
    assert len(candidates) == 5
    for candidate in candidates:
        assert candidate.reason and not {"token", "segment", "crf", "tag", "score"} & set(candidate.reason.split())


def test_a_paragraph_in_capitals_takes_its_people_from_the_rest():
    text = "NYBERG WINS AGAIN\n\nMayor Lena Nyberg won again, the council said on Monday."
    assert found(text) == ["NYBERG", "Lena Nyberg"]


def test_weights_survive_being_written():
    shipped = tagger.tagger()
    again = tagger.read(shipped.write())
    assert again.labels == shipped.labels and again.names == shipped.names
    assert abs(again.values - shipped.values).max() < 0.01


def test_weights_are_small():
    assert len(tagger.tagger().write()) < 2_000_000
