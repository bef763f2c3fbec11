"""A paragraph as a line of letters, one for each word or mark, on which the patterns of attribution are matched.

| letter | stands for | letter | stands for |
|---|---|---|---|
| Q | a quotation | V G | a verb of saying, its gerund |
| N P | a name, a name with 's | A | what may stand between speaker and verb |
| H S | he, she | T & | article, "and" |
| E W | another pronoun, "who" | O o | preposition, "of" |
| R | the word of an office | C | "according to" |
| X w d | capitalised word, other word, number | , . : ; - ( ) | punctuation; "." ends a sentence |
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kbapp.people.lexicon import lexicon
from kbapp.people.quotations.marks import Quotation
from kbapp.people.speech import ARTICLE, BETWEEN, HE, OTHER, SHE, VERB, Speech
from kbapp.people.titles import is_role
from kbapp.text.folding import fold

_TOKEN = re.compile(r"[’']s\b|[^\W_]+(?:[-’'.][^\W_]+)*|[.!?…。！？]+|\n|[,:;()\[\]，：—–―-]")
_PUNCTUATION = {
    ",": ",", "，": ",", ":": ":", "：": ":", ";": ";", "(": "(", "[": "(", ")": ")", "]": ")",
    "—": "-", "–": "-", "―": "-", "-": "-",
}  # fmt: skip
_NEW_SENTENCE = re.compile(r"[.…][\"”’'»“]{1,2}\s+[^\W\d_a-z]")  # “..., that is all.” Then
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A place of the text that names a person of the article, by the person's number."""

    start: int
    end: int
    person: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The letters of a paragraph, where each begins, and what the Q and N among them are."""

    letters: str
    starts: list[int]
    names: dict[int, Name]
    quotations: dict[int, Quotation]

    def index_of(self, position: int) -> int:
        """The number of the first letter at or after a position of the text."""
        return bisect_left(self.starts, position)


def read_clause(
    text: str, start: int, end: int, quotations: Sequence[Quotation], names: Sequence[Name], speech: Speech
) -> Clause:
    """The paragraph ``text[start:end]``; ``quotations`` and ``names`` are those inside it, in order, without overlaps."""
    letters: list[str] = []
    starts: list[int] = []
    named: dict[int, Name] = {}
    quoted: dict[int, Quotation] = {}
    items: list[Quotation | Name] = sorted([*quotations, *names], key=lambda item: item.start)
    position = start
    for item in items:
        _read_words(text, position, item.start, letters, starts, speech)
        starts.append(item.start)
        if isinstance(item, Name):
            named[len(letters)] = item
            letters.append("N")
        else:
            quoted[len(letters)] = item
            letters.append("Q")
            if _NEW_SENTENCE.match(text, item.end - 2) or _NEW_SENTENCE.match(text, item.end - 3):
                starts.append(item.end)
                letters.append(".")
        position = item.end
    _read_words(text, position, end, letters, starts, speech)
    return Clause("".join(letters), starts, named, quoted)


def _read_words(text: str, start: int, end: int, letters: list[str], starts: list[int], speech: Speech) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        letter = _PUNCTUATION.get(word) or _letter(text, match, letters, speech)
        if letter == "P":
            if letters and letters[-1] == "N" and match.start() == start:
                letters[-1] = "P"
            continue
        for each in letter:
            starts.append(match.start())
            letters.append(each)


def _letter(text: str, match: re.Match[str], letters: list[str], speech: Speech) -> str:
    word = match.group()
    if word[0] in "’'":
        return "P"
    if word == "\n":
        return "."
    if not word[0].isalnum():
        return "." if word[0] not in ".…" or _ends_sentence(text, match.start(), match.end()) else ""
    if word[0].isdigit():
        return "d"
    folded = fold(word)
    code = speech.codes.get(word.lower()) or speech.codes.get(folded)  # French "à" is not "a"
    if (
        code == VERB
        and folded in _NOUNS_TOO
        and letters[-1:] not in (["N"], ["H"], ["S"], ["E"], ["W"], [")"], [","], ["A"], ["Q"])
    ):
        return "w"
    if code:
        return code if code != ARTICLE or word[0].islower() or not letters or letters[-1] in ".Q" else "X"
    if word[0] > "\u1100":
        return VERB if word.startswith(speech.final) else "w"
    if "-" in folded and (pair := _verb_and_pronoun(folded, speech)):
        return pair
    if is_role(folded, lexicon()):
        return "R"
    if word[0].isupper():
        return "X"
    return BETWEEN if folded.endswith("ly") else "w"


def _verb_and_pronoun(folded: str, speech: Speech) -> str:
    """ "dit-il", "a-t-elle": the letters of both words."""
    first, _, rest = folded.partition("-")
    pronoun = speech.codes.get(rest.removeprefix("t-"), "")
    return speech.codes[first] + pronoun if pronoun in (HE, SHE, OTHER) and first in speech.codes else ""


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    """Whether a full stop ends a sentence: not that of "Mr. Carver" or "Rep. Dana Whitlow"."""
    following = text[stop : stop + 2]
    if stop >= len(text) or following.startswith("\n") or not following[:1].isspace():
        return True if stop >= len(text) or following.startswith("\n") else following[:1] in '"”’»'
    word = re.search(rf"(?<![\w.])[^\W\d_][\w.]{{0,{_LONGEST_ABBREVIATION}}}$", text[max(0, start - 8) : start])
    if word is None:
        return True
    plain = fold(word.group()).rstrip(".")
    return not (plain in _ABBREVIATED or len(plain) == 1 or re.fullmatch(r"(?:\w\.)+\w", plain))


_ABBREVIATED = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov lt gen col maj capt cmdr adm sgt cpl brig rev fr st jr sr hon sec supt insp det "
    "pres inc corp co ltd no vs mme mlle mm m hr fr frl sra sr srta dra dott ing avv sig on adv".split()
)
_NOUNS_TOO = frozenset(
    "tweets posts comments reports claims states notes calls demands estimates hints offers pledges promises reads points boasts "
    "jokes replies vows warns cries laughs muses asserts report claim comment post note call state thought blasts slams".split()
)
