"""Which names of one article mean the same person."""

import pytest

from tests.conftest import people_in


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Robert Vance Jr. met Robert Vance. The older man smiled.", {"Robert Vance Jr.": 1, "Robert Vance": 1}),
        ("Robert Vance Jr. ran the mill. Vance was tired. Robert Vance left it.", {"Robert Vance Jr.": 3}),
        ("Robert Vance Sr. and Robert Vance Jr. fished.", {"Robert Vance Sr.": 1, "Robert Vance Jr.": 1}),
        ("Governor Karl Ostrow freed his brother Peter Ostrow on Friday. Ostrow said it was right.", {"Karl Ostrow": 2, "Peter Ostrow": 1}),
        ("Laura Ostrow and Peter Ostrow came. Ms. Ostrow sang while Mr. Ostrow slept.", {"Laura Ostrow": 2, "Peter Ostrow": 2}),
        ("Karl Ostrow and his son Peter Ostrow fish. The younger Ostrow is 12; the elder Ostrow is 60.", {"Karl Ostrow": 2, "Peter Ostrow": 2}),
        ("Joseph Mbewane spoke. Mrs. Mbewana sang.", {"Joseph Mbewane": 1, "Mbewana": 1}),
        ("She leaves two sons, Martin and Peter Ostrow.", {"Martin Ostrow": 1, "Peter Ostrow": 1}),
        ("The sisters Laura, Helen and Clara Ostrow sang.", {"Laura Ostrow": 1, "Helen Ostrow": 1, "Clara Ostrow": 1}),
        ("Martin Lund came. Martin and Peter Ostrow were there.", {"Martin Lund": 1, "Peter Ostrow": 1}),
    ],
)  # fmt: skip
def test_who_is_one_and_who_is_not(text: str, mentions: dict[str, int]):
    assert {name: len(person.mentions) for name, person in people_in(f"Headline\n\n{text}").items()} == mentions


def test_a_relative_is_mentioned_by_the_given_name_that_stands_there():
    found = people_in("Headline\n\nShe leaves two sons, Martin and Peter Ostrow.")
    assert [mention.surface for mention in found["Martin Ostrow"].mentions] == ["Martin"]
