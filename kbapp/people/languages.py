"""Names in languages other than English, where a capital says less: a full name needs a known given name, an initial, a
title or an office, and what stands before the first of them is none of the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kbapp.people.lexicon import Lexicon
from kbapp.people.segmentation import Segment
from kbapp.people.tokens import Token

_JOINERS = frozenset("y e und og och et en i".split())
_JOIN_SURNAMES = {"es": "y", "pt": "e", "ca": "i"}  # "Ortega y Gasset", "Costa e Silva"
_INITIAL_TITLES = {"fr": frozenset(("m.", "mm.")), "nl": frozenset(("h.",)), "es": frozenset(("d.",))}
_SURNAMES = {"es": 2, "pt": 3, "ca": 2, "gl": 2}  # how many surnames follow the given names; elsewhere one
_BEFORE_PEOPLE = {
    language: re.compile(rf"(?:^|[\s(])(?:{words}) $")
    for language, words in {
        "nl": "en|door|met|als|zoals", "fr": "et|par|avec|comme", "es": "y|con|como|por", "it": "e|di|da|con|come",
        "pt": "e|por|com|como", "sv": "och|av|med|som", "da": "og|af|med|som", "no": "og|av|med|som",
    }.items()
}  # fmt: skip
"""The small words after which two unknown capitalised words are rather a person than a place or a firm."""
_NUMERAL = re.compile(r"[IVX]+")  # "Juan Carlos I", "Karl XII"
_RARE = 2  # a name at home in no more languages than this, and not in the text's, is none where words have capitals
_CASES = frozenset(("ru", "uk", "be", "bg", "sr", "mk"))
_CASE_ENDINGS = (
    "ом",
    "ем",
    "ои",
    "еи",
    "ою",
    "ею",
    "ови",
    "еви",
    "а",
    "у",
    "е",
    "я",
    "ю",
    "ы",
    "и",
    "і",
)  # folded: й is и
_CAPITAL_NOUNS = frozenset(("de", "lb"))


def narrowed(segment: Segment, text: str, language: str, lex: Lexicon, lowercase: set[str]) -> Iterator[Segment]:
    """The segment as names of this language: cut at joiners, begun at the first given name, ended after the surname.
    What cannot be a full name comes as ``unlikely``. ``lowercase`` holds the words that the text writes small."""
    if segment.org or segment.doubtful:
        yield segment
        return
    opens = segment.opens
    for number, tokens in enumerate(_without_joiners(segment.tokens, language, lex)):
        first = number == 0
        part = replace(segment, tokens=tokens, opens=opens and first)
        if not first:
            part = replace(part, cue="", lead=[])
        yield from _begun(part, text, language, lex, lowercase)


def _without_joiners(tokens: Sequence[Token], language: str, lex: Lexicon) -> Iterator[list[Token]]:
    """The tokens, cut where "y", "e" or "und" joins two people rather than two surnames."""
    part: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == "particle" and token.folded in _JOINERS:
            following = tokens[index + 1].folded if index + 1 < len(tokens) else ""
            surnames = (
                _JOIN_SURNAMES.get(language) == token.folded
                and following in lex.family
                and following not in lex.given
                and len(part) > 1
            )
            if not surnames:
                if part:
                    yield part
                part = []
                continue
        part.append(token)
    if part:
        yield part


def _begun(segment: Segment, text: str, language: str, lex: Lexicon, lowercase: set[str]) -> Iterator[Segment]:
    if len(segment.tokens) > 1 and segment.tokens[0].kind == "initials" and "." not in segment.tokens[0].form:
        segment = replace(segment, tokens=segment.tokens[1:], opens=False)  # the article in "O Reino Unido"
    tokens = segment.tokens
    if tokens[0].folded in lex.place_heads and len(tokens) > 1:
        yield replace(segment, org=True)
        return
    if tokens[0].kind == "initials" and len(tokens) == 2 and tokens[0].folded in _INITIAL_TITLES.get(language, ()):
        yield replace(segment, tokens=tokens[1:], cue="title", lead=[*segment.lead, tokens[0]], opens=False)
        return
    start = next((index for index, token in enumerate(tokens) if is_given(token, language, lex, lowercase)), None)
    if start is None and _may_be_foreign(segment, text, language, lex, lowercase):
        start = 0
    if start is None or start == len(tokens) - 1 or not _may_stand_before(tokens[:start], language, lex):
        yield replace(segment, unlikely=segment.cue == "" and len(tokens) > 1)
        return
    end = _end_of_name(tokens, start, language, lex, lowercase)
    if start:
        yield replace(segment, tokens=tokens[start:end], opens=False, cue="", lead=[])
    else:
        yield replace(segment, tokens=tokens[:end])


def _may_be_foreign(segment: Segment, text: str, language: str, lex: Lexicon, lowercase: set[str]) -> bool:
    """Two or three words that nobody knows but as names somewhere: "Wigand Gerstenberg", "Semmy Schilt"."""
    tokens = [token for token in segment.tokens if not (language == "nl" and token.kind == "particle")]
    if not 2 <= len(tokens) <= 3 or any(token.kind != "word" for token in tokens):
        return False
    words = [token.folded for token in tokens]
    if words[0] in lex.cities or any(
        word in lowercase or word in lex.sentence_words or word in lex.places or word in lex.orgs
        or word in lex.place_heads or word in lex.brands or word in lex.nationalities
        for word in words
    ):  # fmt: skip
        return False
    if segment.opens:
        return words[0] in lex.given and (words[-1] in lex.family or words[-1] in lex.given)
    if words[-1] in lex.cities and words[-1] not in lex.family:
        return False
    if words[0] in lex.given or words[-1] in lex.family or words[-1] in lex.given:
        return True
    before = _BEFORE_PEOPLE.get(language)
    return before is not None and before.search(text, max(0, segment.start - 20), segment.start) is not None


def _may_stand_before(tokens: Sequence[Token], language: str, lex: Lexicon) -> bool:
    """Whether these words may stand before a name that begins after them, as a sentence's first word or an
    office may, but no "Stadio", "São" or "Monte"."""
    if not tokens:
        return True
    if any(token.folded in lex.place_heads for token in tokens):
        return False
    return language in _CAPITAL_NOUNS or len(tokens) <= 2 or tokens[-1].kind == "particle"


def is_given(token: Token, language: str, lex: Lexicon, lowercase: set[str]) -> bool:
    """Whether a token is a given name or an initial in a text of this language."""
    if token.kind == "initials":
        return "." in token.form and token.folded not in lex.places
    word = token.folded
    if token.kind != "word" or word in lex.sentence_words or word in lex.places:
        return False
    if language in _CASES and word not in lex.given:
        return any(language in lex.languages.get(form, "").split(",") for form in _nominatives(word))
    if word not in lex.given:
        head, _, tail = word.partition("-")
        return bool(tail) and head in lex.given and tail in lex.given
    homes = lex.languages.get(word, "").split(",")
    if language in homes:
        return True
    if word in lowercase or word in lex.cities:
        return False
    return len(homes) > _RARE or (language not in _CAPITAL_NOUNS and word not in lex.words)


def _end_of_name(tokens: Sequence[Token], start: int, language: str, lex: Lexicon, lowercase: set[str]) -> int:
    """Where the name that begins at ``start`` ends: after its given names, their particles and the surnames."""
    left = _SURNAMES.get(language, 1)
    index, surnames = start + 1, False
    while index < len(tokens):
        token = tokens[index]
        if token.folded in lex.particles:
            if surnames and not _goes_on(tokens[index + 1 :], lex):
                break
        elif token.kind == "word" and not (token.folded in lex.suffixes or _NUMERAL.fullmatch(token.form)):
            given = token.folded in lex.given and token.folded not in lowercase
            if not left and not (token.folded in lex.family and tokens[index - 1].folded in lex.family):
                break
            if not given:
                left, surnames = max(0, left - 1), True
        index += 1
    while index - 1 > start and (tokens[index - 1].kind == "nick" or tokens[index - 1].folded in lex.particles):
        index -= 1
    return index


def _goes_on(tokens: Sequence[Token], lex: Lexicon) -> bool:
    """Whether a known surname follows the particle: "Juan Pérez de la Cruz", not "Nancy Wilson do Heart"."""
    following = next((token.folded for token in tokens if token.folded not in lex.particles), "")
    return following in lex.family


def _nominatives(word: str) -> Iterator[str]:
    """What a Russian, Ukrainian or Bulgarian given name may be in the nominative: "владимира", "марией"."""
    for ending in _CASE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word[: len(word) - len(ending)]
            yield from (stem, stem + "а", stem + "я", stem + "и", stem + "ь")
