"""Direct speech, and whose it is."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbapp.domain import Article, Block
from kbapp.people import recognise
from kbapp.people.quotations.marks import find_quotations
from kbapp.people.reasons import Reason


def quotes_in(*paragraphs: str, language: str = "en") -> dict[str, list[str]]:
    """Who says what in an article of these paragraphs; the silent are left out."""
    article = recognise(Article("", tuple(Block("paragraph", each) for each in paragraphs), language=language))
    return {person.name: [quote.text for quote in person.quotes] for person in article.people if person.quotes}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            'He said the plan was "bold" and then read from "the book of rules" aloud.',
            ['"bold"', '"the book of rules"'],
        ),
        (
            "„Wir gehen“, »wir bleiben«, ‚so ist es‘, « jamais », ‹non›",
            ["„Wir gehen“", "»wir bleiben«", "‚so ist es‘", "« jamais »", "‹non›"],
        ),
        ("‘The miners’ hall is shut,’ he said of the ‘dump’.", ["‘The miners’ hall is shut,’", "‘dump’"]),
        ("It's the boys' fault, isn't it?", []),
        ('The pipe is 6" wide and 4" long.', []),
        ("彼は「行きます」と言った。她说：“走吧。”", ["「行きます」", "“走吧。”"]),
        ("”Vi går nu”, sade hon.", ["”Vi går nu”"]),
        ('"Straight opens and curly closes,” she said.', ['"Straight opens and curly closes,”']),
    ],
)
def test_marks_pair_by_what_stands_beside_them(text: str, found: list[str]):
    assert [text[each.start : each.end] for each in find_quotations(text)] == found


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "Nora Finch runs the ferry. “The engine is forty years old,” Ms. Finch said.",
            "Nora Finch",
            "“The engine is forty years old,”",
        ),
        ("“The dam will hold,” said Gov. Nora Finch, a former diver.", "Nora Finch", "“The dam will hold,”"),
        (
            "“The dam will hold,” Nora Finch, the governor of the state, told Omar Haddad.",
            "Nora Finch",
            "“The dam will hold,”",
        ),
        ("“The dam will hold,” said the head of the river board, Nora Finch.", "Nora Finch", "“The dam will hold,”"),
        ("Nora Finch, who had come by boat, shouted: “Open the gates!”", "Nora Finch", "“Open the gates!”"),
        (
            "‘We were never asked about the road,’ Nora Finch, a farmer, said.",
            "Nora Finch",
            "‘We were never asked about the road,’",
        ),
        (
            "According to Nora Finch, “nobody had looked at the gates for years”.",
            "Nora Finch",
            "“nobody had looked at the gates for years”",
        ),
        (
            "Nora Finch told the committee that the gates were “older than any of the guards”.",
            "Nora Finch",
            "“older than any of the guards”",
        ),
        (
            "The gates “are older than any of the guards” at the dam, Nora Finch said on Monday.",
            "Nora Finch",
            "“are older than any of the guards”",
        ),
        ("“We stayed until the water came.” — Nora Finch, nurse", "Nora Finch", "“We stayed until the water came.”"),
    ],
)
def test_speech_goes_to_the_one_who_is_named_as_its_speaker(text: str, speaker: str, words: str):
    assert quotes_in(text) == {speaker: [words]}


def test_each_sentence_has_its_own_speaker():
    found = quotes_in(
        "Nora Finch said: “The gates are old.” Her rival, Omar Haddad, disagreed: “They are not.” "
        "In a letter, Lina Vogt wrote that she was “deeply sorry about the gates”. Her lawyer, Ola Berg, described it otherwise."
    )
    assert found == {
        "Nora Finch": ["“The gates are old.”"],
        "Omar Haddad": ["“They are not.”"],
        "Lina Vogt": ["“deeply sorry about the gates”"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Nora Finch told reporters that the dam would hold until spring.",
        "Nora Finch cannot shake off claims that her dam is “a danger to us all”.",
        "Nora Finch said the “so-called” experts were wrong.",
        "“We have nothing to say,” said a spokesman for Nora Finch.",
        "“We have nothing to say,” said a friend of Nora Finch.",
        "“We have nothing to say,” a Finch spokeswoman said. Nora Finch was away.",
        "“We have nothing to say today,” one of Nora Finch’s engineers told the paper.",
        "“We will marry in May,” Nora Finch and Omar Haddad said.",
        "Nora Finch called. Officials said the dam was “about to give way at any moment”.",
    ],
)
def test_what_nobody_named_says_is_nobodys(text: str):
    assert quotes_in(text) == {}


def test_speech_goes_on_after_the_verb_and_over_paragraphs():
    found = quotes_in(
        "“The water,” said Nora Finch, “came at night.” She had slept. “Nobody rang a bell.”",
        "Omar Haddad saw it too. “It took the mill first.",
        "“Then it took the school,” Haddad said.",
    )
    assert found["Nora Finch"] == ["“The water,”", "“came at night.”", "“Nobody rang a bell.”"]
    assert found["Omar Haddad"] == ["“It took the mill first.", "“Then it took the school,”"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Claire Holm backed the dam. Paul Adler did not. “It will cost too much,” he said.", {"Paul Adler"}),
        ("Claire Holm met Anna Berg. “It will cost too much,” she said.", set()),
        ("Paul Adler left. One neighbour saw it. “Nobody waved,” he said.", set()),
        ("Mrs. Adler wept. Mr. Adler did not. “It will cost too much,” she said.", {"Adler"}),
        ("Paul Adler told the court that Tom Berg had lied. “I saw him take it,” he said.", {"Paul Adler"}),
        (
            "Kim Oduya spoke of her years at sea. “It was cold there,” she said. Oduya lives with her son.",
            {"Kim Oduya"},
        ),
    ],
)
def test_he_and_she_are_somebody_only_where_one_person_fits(text: str, speakers: set[str]):
    assert {name.split()[-1] for name in quotes_in(text)} == {name.split()[-1] for name in speakers}
    assert speakers == set() or list(quotes_in(text)) == list(speakers) or len(speakers) == 1


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Der Damm hält“, sagte Karin Mohr. „Das glaube ich nicht“, erwiderte der Bürgermeister Tom Berg.", {"Karin Mohr": ["„Der Damm hält“"], "Tom Berg": ["„Das glaube ich nicht“"]}),
        ("de", "»Der Damm hält«, sagte Karin Mohr, »aber nicht lange.«", {"Karin Mohr": ["»Der Damm hält«", "»aber nicht lange.«"]}),
        ("fr", "« Le barrage tiendra », a assuré Jeanne Morel. — Je n’en suis pas sûr.", {"Jeanne Morel": ["« Le barrage tiendra »"]}),
        ("fr", "— Le barrage ne tiendra pas, dit Jeanne Morel.", {"Jeanne Morel": ["Le barrage ne tiendra pas"]}),
        ("es", "—La presa no va a caer —dijo Ana Ruiz—. Nadie debe irse.", {"Ana Ruiz": ["La presa no va a caer", "Nadie debe irse."]}),
        ("es", "“La presa aguanta”, aseguró Ana Ruiz a Pedro Salas.", {"Ana Ruiz": ["“La presa aguanta”"]}),
        ("it", "«La diga tiene», ha detto Paolo Bassi.", {"Paolo Bassi": ["«La diga tiene»"]}),
        ("pt", "“A barragem vai aguentar”, afirmou Maria Costa.", {"Maria Costa": ["“A barragem vai aguentar”"]}),
        ("nl", "„De dam houdt het wel”, zei Eva Smit.", {"Eva Smit": ["„De dam houdt het wel”"]}),
        ("en", "“As-sadd qawi jiddan,” qala Omar Haddad.", {"Omar Haddad": ["“As-sadd qawi jiddan,”"]}),
    ],
)  # fmt: skip
def test_marks_and_verbs_of_other_languages(language: str, text: str, expected: dict[str, list[str]]):
    assert quotes_in(text, language=language) == expected


def test_the_answers_of_an_interview():
    found = quotes_in(
        "Omar Haddad: Why did the dam break?",
        "Nora Finch: It was old. Nobody had paid for new gates.",
        "Omar Haddad: And who was told?",
        "Nora Finch: The minister was told twice.",
    )
    assert found["Nora Finch"] == ["It was old. Nobody had paid for new gates.", "The minister was told twice."]
    assert quotes_in("Nora Finch: a life in five dams and one bridge.", "The dam was built in spring.") == {}


def test_a_quotation_says_why_it_is_theirs():
    (person,) = recognise(Article("", (Block("paragraph", "“The dam will hold,” said Nora Finch."),))).people
    assert person.quotes[0].reason == Reason.SAID_BESIDE


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("“”\"'‘’«»„—:,. \nAb"), max_size=300))
def test_quotations_never_overlap_nor_leave_the_text(text: str):
    found = find_quotations(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["“", "\"a ", "„x ", "‘as’ ", "“Yes,” Nora Finch said. ", "Nora Finch, ", "“x,” he said. ", "— a, ", "Nora Finch: so it is.\n\n"],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str):
    text = "Nora Finch spoke. " + piece * (60_000 // len(piece)) + "“w x y z”"
    begun = time.process_time()
    recognise(Article("", tuple(Block("paragraph", each) for each in text.split("\n\n")), language="fr"))
    assert time.process_time() - begun < 8
