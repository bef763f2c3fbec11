"""What a person is called in a few words."""

from tests.conftest import people_in


def test_little_words_of_other_languages_are_no_part_of_an_office():
    text = "La mer monte\n\nElle veut que l’ancien ingénieur Karl-Heinz Brandt relise les registres. Brandt accepte.\n"
    assert people_in(text)["Karl-Heinz Brandt"].description in (None, "ancien ingénieur")
