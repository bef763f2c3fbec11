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
        "The state oil company Petrovax said in February that it would cut output. Petrovax sells abroad.",
        "Talks opened in Porto do Sal and in Rio del Norte.",
        "Kellner and Vogt Inc said it has sold its mill. Kellner, a private investment firm, bought it last year.",
        "Dale Kessler Inc faces claims. Owners of Kessler Publications sued Dale Kessler Inc again.",
        "The dispute over the Linden Grove development and its J.R. Nickel property went on.",
        "The village of Alma Kogan lies near the Lev Tarn mine.",
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


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        (
            "Dennis Long runs the mill. Long said it would close. Critics of Long’s plan met.",
            ["Dennis Long", "Long", "Long"],
        ),
        (
            "They voted for the Halloran-appointed Tidal Commission. President Halloran thanked them.",
            ["Halloran", "Halloran"],
        ),
        ("Its president, J.R.Moreau, resigned. Moreau gave no reason.", ["J.R.Moreau", "Moreau"]),
        (
            "Commissioner Pieter De Clerck spoke.\n\nDe Clerck told reporters that talks went on.",
            ["Pieter De Clerck", "De Clerck"],
        ),
        ("S. Lawrence Penderghast spoke. Pendergast said he would go.", ["S. Lawrence Penderghast", "Pendergast"]),
        ("Emir Zayed bin Sultan al-Nuaim arrived.", ["Zayed bin Sultan al-Nuaim"]),
    ],
)
def test_short_and_odd_forms_join_the_full_name(text: str, surfaces: list[str]):
    (person,) = people_in(f"Headline\n\n{text}").values()
    assert [mention.surface for mention in person.mentions] == surfaces


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


@pytest.mark.parametrize(
    ("text", "office"),
    [
        (
            "U.S. Undersecretary of State for Economic Affairs Allen Wardle said no.",
            "U.S. Undersecretary of State for Economic Affairs",
        ),
        ("EC External Trade Commissioner, Pieter De Clerck has written.", "EC External Trade Commissioner"),
        (
            "The firm’s corporate vice president and treasurer Anna Prender left.",
            "firm’s corporate vice president and treasurer",
        ),
        ("Only 18 pct supported opposition leader John Harrow on Monday.", "opposition leader"),
        ("Criticism of Prime Minister Eva Lund grew.", "Prime Minister"),
        (
            "The company named Cody Geddes as vice president and chief financial officer, it said.",
            "vice president and chief financial officer",
        ),
        ("Gary Edwin, 41, a former vice-president at a bank, was charged.", "former vice-president at a bank"),
        ("Sen. Mary Crane, D-Wis., voted no.", "Senator (D-Wis.)"),
        ("Studies by Nelson Gant of the University of Tarn showed it.", "University of Tarn"),
        ("Visitors saw Ola Berg, then head of the Harbour Council (HC), leave.", "head of the Harbour Council"),
    ],
)
def test_descriptions_are_whole_offices(text: str, office: str):
    people = people_in(f"Headline\n\n{text}")
    assert office in {person.description for person in people.values()}


def test_he_means_the_speaker_before_and_not_the_one_spoken_of():
    found = people_in(
        "Headline\n\nWitness Ada Kron told the judges that Tom Wu kept her out. “Wu shut the door on me,” she said. "
        "One trader said it was late. “Nobody answers,” he added."
    )
    assert "“Wu shut the door on me,”" in [quote.text for quote in found["Ada Kron"].quotes]
    assert not found["Tom Wu"].quotes


def test_quotes_go_to_their_speakers():
    found = people_in(
        "Headline\n\n“The wall will hold,” said Anna Lee. Omar Haddad told reporters that nobody had asked him about the wall at all.\n\n"
        "“I would have said no,” Haddad added."
    )
    assert [quote.text for quote in found["Anna Lee"].quotes] == ["“The wall will hold,”"]
    assert [quote.text for quote in found["Omar Haddad"].quotes] == ["“I would have said no,”"]


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
