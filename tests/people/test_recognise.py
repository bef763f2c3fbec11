"""People found, told apart, described and quoted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.domain import Article, Block
from kbapp.people import recognise
from kbapp.people.identity import identity_key
from tests.conftest import people_in


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Prime Minister Nouri al-Maliki met Ayatollah Ali Khamenei on Sunday.", {"Nouri al-Maliki", "Ali Khamenei"}),
        ("The painter Ludwig van der Meer lives with Maria de la Cruz.", {"Ludwig van der Meer", "Maria de la Cruz"}),
        (
            "J. R. Hartley and George W. Bell shook hands, said Dr. Anna O’Neill.",
            {"J. R. Hartley", "George W. Bell", "Anna O’Neill"},
        ),
        ("Martin Luther Smith Jr. spoke first.", {"Martin Luther Smith Jr."}),
        ("Treasury Secretary James Baker said rates would fall.", {"James Baker"}),
        ("“It is over,” said Jean-Paul Lefebvre’s wife, Claire Lefebvre.", {"Jean-Paul Lefebvre", "Claire Lefebvre"}),
        ("President Lula arrived late.", {"Lula"}),
        ("Gabriel García Márquez wrote it; García Márquez later regretted it.", {"Gabriel García Márquez"}),
    ],
)
def test_names_of_many_forms(sentence: str, names: set[str]):
    assert set(people_in(f"Headline\n\n{sentence}")) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "The Bank of England and Goldman Sachs Group Inc raised the price in New York on Monday.",
        "The Supreme Leader read the Toronto Star at the University of Michigan.",
        "Hurricane Katrina hit the Gulf Coast. The Clean Water Act did not.",
        "But The American Conservative and Responsible Statecraft are magazines.",
        "On Tuesday, Microsoft and General Motors met at Wembley Stadium in South Africa.",
    ],
)
def test_what_is_no_person(sentence: str):
    assert people_in(f"Headline\n\n{sentence}") == {}


def test_surnames_compounds_and_titles_lead_to_the_full_name():
    found = people_in(
        "Headline\n\nMoqtada al-Sadr came. A Sadr-less government was not possible. Mr. Sadr’s men waited; Sadr did not."
    )
    assert [mention.surface for mention in found["Moqtada al-Sadr"].mentions] == [
        "Moqtada al-Sadr",
        "Sadr",
        "Sadr",
        "Sadr",
    ]


def test_two_people_of_one_surname_are_told_apart_by_title():
    found = people_in("Headline\n\nMr. Peter Novak met Mrs. Eva Novak. Mrs. Novak smiled and Mr. Novak did not.")
    assert len(found["Peter Novak"].mentions) == 2 and len(found["Eva Novak"].mentions) == 2


def test_capital_headlines_get_their_people_from_the_body():
    found = people_in(
        "SOLBERG OPENS TERMINAL\n\nMayor Henrik Solberg opened it. Solberg cut the ribbon himself on Monday morning, in the rain."
    )
    assert next((m.field, m.surface) for m in found["Henrik Solberg"].mentions) == ("title", "SOLBERG")


def test_descriptions():
    found = people_in(
        "Headline\n\nIraqi Prime Minister Nouri al-Maliki met Anna Lee, the head of the harbour board, and the bank’s chief economist Omar Haddad."
    )
    assert found["Nouri al-Maliki"].description == "Iraqi Prime Minister"
    assert found["Anna Lee"].description == "head of the harbour board"
    assert "chief economist" in (found["Omar Haddad"].description or "")


def test_quotes_go_to_their_speakers():
    found = people_in(
        "Headline\n\n“The wall will hold,” said Anna Lee. Omar Haddad told reporters that nobody had asked him about the wall at all.\n\n"
        "“I would have said no,” Haddad added."
    )
    assert [quote.text for quote in found["Anna Lee"].quotes] == ["“The wall will hold,”"]
    assert any("“I would have said no,”" in quote.text for quote in found["Omar Haddad"].quotes)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Moqtada al-Sadr", "Muqtada al-Sadr", True),
        ("Sayyid Moqtada al-Sadr", "Muqtada Al Sadr", True),
        ("José García", "Jose Garcia", True),
        ("John D. Smith", "John Smith", True),
        ("John Smith", "James Smith", False),
        ("George W. Bush", "George H. W. Bush", False),
        ("Dr. Anna Lee", "Anna Lee", True),
    ],
)
def test_identity_across_articles_is_cautious(one: str, other: str, same: bool):
    assert (identity_key(one) == identity_key(other)) is same


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("AbÇé ’'-.\n\"“”(),أבĲα Mr JoSmith0\u0301"), max_size=400))
def test_offsets_are_exact_whatever_the_text(text: str):
    article = recognise(Article("Title", (Block("paragraph", text),), subtitle=text[:50]))
    for person in article.people:
        for mention in person.mentions:
            assert article.field(mention.field)[mention.start : mention.end] == mention.surface
        for quote in person.quotes:
            assert article.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "text",
    [
        "Capital " * 200_000,
        " ".join(
            f"John Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)} said no."
            for n in range(60_000)
        ),
        "John Smith and " * 60_000,
        "A. " * 100_000,
        "O’" * 100_000,
        "“" * 50_000 + "x" * 50_000,
    ],
    ids=["capitalised words", "distinct names", "one name", "initials", "apostrophes", "quotation marks"],
)
def test_hostile_texts_take_bounded_time(text: str):
    begun = time.process_time()
    recognise(Article("Title", (Block("paragraph", text),)))
    assert time.process_time() - begun < 30
