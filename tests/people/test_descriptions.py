"""What a person is called in a few words."""

import pytest

from kbapp.domain import Article, Block
from kbapp.people import recognise
from kbapp.people.reasons import Reason
from tests.conftest import people_in


def test_little_words_of_other_languages_are_no_part_of_an_office():
    text = "La mer monte\n\nElle veut que l’ancien ingénieur Karl-Heinz Brandt relise les registres. Brandt accepte.\n"
    assert people_in(text)["Karl-Heinz Brandt"].description in (None, "ancien ingénieur")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guests were Nora Finch, singer Omar Haddad and painter Lina Vogt.", {"Nora Finch": None, "Omar Haddad": "singer", "Lina Vogt": "painter"}),
        ("Ola Berg, an adviser to South Dakota Gov. Nora Finch, left.", {"Ola Berg": "adviser to South Dakota Gov. Nora Finch", "Nora Finch": "South Dakota Governor"}),
        ("Nora Finch, the mayor of Tarn and Omar Haddad met.", {"Nora Finch": "mayor of Tarn"}),
        ("New Mexico Governor Nora Finch met UK Senator Lina Vogt.", {"Nora Finch": "New Mexico Governor", "Lina Vogt": "UK Senator"}),
        ("Norway's Secretary of Labour, Ola Berg, spoke.", {"Ola Berg": "Norway's Secretary of Labour"}),
        ("Three marine biologists, Nora Finch, Omar Haddad and Ola Berg, dived.", {"Nora Finch": "marine biologist", "Omar Haddad": "marine biologist", "Ola Berg": "marine biologist"}),
        ("The crew, including captain Ola Berg, slept.", {"Ola Berg": "captain"}),
        ("Lina Vogt, who replaced Ola Berg as harbour commissioner, spoke.", {"Lina Vogt": "harbour commissioner", "Ola Berg": None}),
        ("Omar Haddad came with his wife, Nora Finch.", {"Omar Haddad": None, "Nora Finch": None}),
        ("Nora Finch, her brother Omar Haddad and a friend, Ola Berg, sang.", {"Nora Finch": None, "Omar Haddad": None, "Ola Berg": None}),
        ("Unlike Nora Finch, Democrats used every boat they had.", {"Nora Finch": None}),
        ("Nora Finch, the Republican tax consultant, is a pilot.", {"Nora Finch": "Republican tax consultant"}),
        ("Present were Nora Finch, state counsel, Omar Haddad and Ola Berg.", {"Nora Finch": "state counsel", "Omar Haddad": None}),
        ("He met Nora Finch, and Interior Minister Omar Haddad.", {"Nora Finch": None, "Omar Haddad": "Interior Minister"}),
        ("Nora Finch, head of the coast guard and her crew, slept.", {"Nora Finch": "head of the coast guard"}),
        ("The Mayor of Oslo Sen. Nora Finch came.", {"Nora Finch": "Mayor of Oslo"}),
        ("Former chancellor Ola Berg left. “Never,” mutters goalkeeper Lina Vogt.", {"Ola Berg": "Former chancellor", "Lina Vogt": "goalkeeper"}),
        ("Nora Finch, a carpenter who builds boats, sang.", {"Nora Finch": "carpenter"}),
        ("Nora Finch, Omar Haddad's lawyer, waited.", {"Nora Finch": "Omar Haddad's lawyer", "Omar Haddad": None}),
    ],
)  # fmt: skip
def test_a_description_is_whole_and_its_owners(text: str, expected: dict[str, str | None]):
    people = people_in(f"Headline\n\n{text}")
    assert {name: people[name].description for name in expected} == expected


def test_a_description_says_why_it_is_theirs():
    found = people_in("Headline\n\nHarbour pilot Ola Berg met Nora Finch, the mayor of Tarn.")
    assert found["Ola Berg"].description_reason == Reason.OFFICE_BEFORE
    assert found["Nora Finch"].description_reason == Reason.WORDS_AFTER


@pytest.mark.parametrize(
    ("language", "text", "description"),
    [
        ("de", "Der frühere Bürgermeister Tom Berg schwieg, und Tom Berg ging.", "frühere Bürgermeister"),
        ("de", "Karin Mohr, Ministerin für Umwelt, schwieg.", "Ministerin für Umwelt"),
        ("fr", "La maire, Jeanne Morel, a signé. Jeanne Morel est partie.", "maire"),
        ("es", "La escritora Ana Ruiz llegó. Ana Ruiz calló.", "escritora"),
        ("pt", "O secretário de Saúde, Paulo Lima, saiu. Paulo Lima voltou.", "secretário de Saúde"),
        ("it", "Il sindaco Paolo Bassi ha firmato. Paolo Bassi tace.", "sindaco"),
        ("nl", "Burgemeester Eva Smit zwijgt. Eva Smit vertrekt.", "Burgemeester"),
    ],
)
def test_offices_of_other_languages(language: str, text: str, description: str):
    (person,) = recognise(Article("", (Block("paragraph", text),), language=language)).people
    assert person.description == description
