"""Whose words a quotation is, read from the letters around it (see ``clauses``): after it first, then before it.

Each answer is a speaker, a pronoun still to be resolved, or NOBODY: somebody without a name speaks ("officials said"), and
then nobody else may be guessed. None says that the words around tell nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbapp.people.quotations.clauses import Clause
from kbapp.people.reasons import Reason

HE, SHE, NOBODY = -1, -2, -3
_PRONOUNS = {"H": HE, "S": SHE}
_NEAR = 60  # letters before or after a quotation that are read
_APPOSITION = r"(?:\([^.)]{1,12}\),?)?(?:,?[^.:;QV]{1,36},)?"
_NOUN_PHRASE = r"[TXRwdAP]{0,9}(?:o[TXRwdP]{1,6})?(?:O[TXRwdP]{1,6},)?,?(?:N[wX]{0,2}R[wXR]{0,3},?)?"
_VERB_FIRST = re.compile(rf"[,\-]?A{{0,2}}VA{{0,3}}(?P<np>{_NOUN_PHRASE})(?P<n>N)(?P<more>[wX]{{0,2}}R[wXR]{{0,2}}N)?")
_NAME_FIRST = re.compile(rf"[,\-]?(?P<np>{_NOUN_PHRASE})(?P<n>N){_APPOSITION},?A{{0,3}}V")
_PRONOUN = re.compile(r"[,\-]?(?:A{0,2}V(?:A{0,2})(?P<b>[HSE])|(?P<a>[HSE])A{0,3}V)")
_ACCORDING = re.compile(rf"[,\-]?CO?(?P<np>{_NOUN_PHRASE})(?P<n>N)")
_SIGNED = re.compile(r"-(?P<np>[TXRwd]{0,4})(?P<n>N)(?:$|[.,Q])")
_LATER = re.compile(rf",(?P<np>{_NOUN_PHRASE})(?P<n>N){_APPOSITION},?A{{0,3}}V(?=[^VQNHS]{{0,12}}(?:\.|$))")
_SOMEBODY = re.compile(r"[,\-]?(?:A{0,2}V(?!A{0,2}(?:\.|$))|[TXRwdPNoO]{1,8},?[^,.:;QV]{0,8},?A{0,3}V|C)")
_SUBJECT = re.compile(rf"(?P<s>[NHSE]|W),?{_APPOSITION}A{{0,3}}$")
_MODIFIES = re.compile(r"N[wX]{0,2}R$")
_OF_SOMEBODY = re.compile(r"(?:[Rw]O[TXRwA]{0,4}|[Rw]oT?R{0,2})$")
_FIRST_SUBJECT = re.compile(r"^(?:A?[OGw][^,NHS]{0,14}(?:N[^,]{0,8})?,)?(?:[&,AoTXRwd]{0,9}),?(?P<s>[NHS])")


@dataclass(frozen=True, slots=True)
class Answer:
    """``speaker`` is a person's number, HE, SHE or NOBODY. ``beside`` when only the verb stands between the two, so that
    even two quoted words are speech. ``likely`` is the subject of the sentence in which a pronoun speaks, if there is one;
    ``sentence`` is the letter with which that sentence begins, -1 for the quotation itself."""

    speaker: int
    reason: Reason
    beside: bool = True
    likely: int | None = None
    sentence: int = -1


def speaker_after(clause: Clause, index: int, ends_sentence: bool) -> Answer | None:
    """The speaker named after the quotation with letter number ``index``; ``ends_sentence`` when its last words do."""
    letters = clause.letters[index + 1 : index + 1 + _NEAR]
    if match := _SIGNED.match(letters):  # “We stayed.” — Jane Hollis, nurse
        return _named(clause, index + 1, letters, match, Reason.SIGNED)
    if ends_sentence and letters[:1] not in (",", "-") and not re.match(r"A?V", letters):
        return None
    if match := _PRONOUN.match(letters):
        return Answer(_PRONOUNS.get(match["a"] or match["b"], NOBODY), Reason.ONLY_ONE_MEANT)
    for pattern, reason in ((_VERB_FIRST, Reason.SAID_BESIDE), (_ACCORDING, Reason.ACCORDING_TO)):
        if match := pattern.match(letters):
            return _named(clause, index + 1, letters, match, reason)
    if match := _NAME_FIRST.match(letters):
        return _named(clause, index + 1, letters, match, Reason.SAID_BESIDE)
    if _SOMEBODY.match(letters):
        return Answer(NOBODY, Reason.SAID_BESIDE)
    return None


def speaker_at_the_end(clause: Clause, index: int) -> Answer | None:
    """The speaker whom the rest of the sentence names: '"A disaster" for families, Lee said.'"""
    letters = clause.letters[index + 1 : index + 1 + _NEAR].split(".", 1)[0]
    match = _LATER.search(letters)
    found = _named(clause, index + 1, letters, match, Reason.SAID_BESIDE) if match else None
    return Answer(found.speaker, found.reason, beside=False) if found else None


def reported_speaker(clause: Clause, index: int) -> Answer | None:
    """Whoever the sentence that ends before letter number ``index`` has speak in the reporter's words, "..., Lee said."; a
    bare quotation after it goes on with their words."""
    stop = index - 1 if clause.letters[index - 1 : index] == "." else index
    begin = max(0, stop - _NEAR, clause.letters.rfind(".", 0, stop) + 1)
    letters = clause.letters[begin:stop]
    if "Q" in letters:
        return None
    if (match := _LATER.search(letters)) and match.end() >= len(letters) - 8:
        return _named(clause, begin, letters, match, Reason.SPEECH_GOES_ON)
    match = re.match(
        rf"(?:[TXRwdO]{{0,6}},)?[TXRwd]{{0,8}}(?:N[wX]{{0,2}}R[wXR]{{0,3}})?(?P<s>[NHS]){_APPOSITION}A{{0,3}}V", letters
    )
    if match is None:
        return None
    place = match.start("s")
    if letters[place] in "HS":
        return Answer(_PRONOUNS[letters[place]], Reason.ONLY_ONE_MEANT)
    return Answer(clause.names[begin + place].person, Reason.SPEECH_GOES_ON)


def speaker_before(clause: Clause, index: int) -> Answer | None:
    """The speaker of the clause that leads to the quotation with letter number ``index``."""
    begin = max(0, index - _NEAR)
    begin = max(begin, clause.letters.rfind(".", begin, index) + 1)
    letters = clause.letters[begin:index]
    beside = letters[-1:] in (",", ":") or letters[-2:] in ("OX",)
    if match := re.fullmatch(rf"[TXRwd]{{0,6}}(?P<s>N){_APPOSITION}:", letters):
        return Answer(clause.names[begin + match.start("s")].person, Reason.NAME_AND_COLON)
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] == "V" and letters[place - 1 : place] != "O":
            return _subject(clause, begin, letters, place, beside)
        if letters[place] in "GV":
            return _first_subject(clause, begin, letters, place, beside)
        if letters[place] == "C":
            match = _ACCORDING.match(letters, place)
            nobody = Answer(NOBODY, Reason.ACCORDING_TO)
            return _named(clause, begin, letters, match, Reason.ACCORDING_TO) if match else nobody
    if letters.endswith(":"):  # the verb is none that we know: "Her rival, Omar Haddad, disagreed:"
        match = re.search(rf"(?:^|[,&])[TXRwdA]{{0,6}},?(?P<s>N){_APPOSITION},?[wA]{{1,4}}:$", letters)
        if match:
            return Answer(clause.names[begin + match.start("s")].person, Reason.SAID_BEFORE)
    return None


def _named(clause: Clause, begin: int, letters: str, match: re.Match[str], reason: Reason) -> Answer:
    """The person that ``match`` names, unless the name only says whose spokesman or friend speaks."""
    place = match.end("n") - 1
    more = match.groupdict().get("more")
    phrase = match["np"]
    if more:
        place = match.end("more") - 1
    elif (
        (letters[place + 1 : place + 2] == "&" and letters[place + 2 : place + 3] in ("N", "X"))
        or re.match(r"[wX]{0,2}R", letters[place + 1 :])
        or (phrase.endswith("T") and letters[place + 1 : place + 2] == "w")
    ):
        return Answer(NOBODY, reason)
    if _OF_SOMEBODY.search(phrase) or phrase.endswith("P"):
        return Answer(NOBODY, reason)
    return Answer(clause.names[begin + place].person, reason)


def _subject(clause: Clause, begin: int, letters: str, verb: int, beside: bool) -> Answer:
    """Who does the saying of the verb at ``letters[verb]``."""
    reason = Reason.SAID_BEFORE
    before = letters[:verb]
    if re.search(r"&A{0,3}$", before):  # "Lee, the mayor, came and said"
        return _first_subject(clause, begin, letters, verb, beside)
    match = _SUBJECT.search(before)
    if match and match["s"] == "W":
        match = re.search(rf"(?P<s>N),?W{_APPOSITION}A{{0,3}}$", before)
    if match is None:
        following = _VERB_FIRST.match(letters, verb)
        if following and (
            not before.rstrip(",&A") or re.search(r"Q[,-]?A{0,2}$", before)
        ):  # '"...", sagte Eva Lund, "..."'
            return _named(clause, begin, letters, following, reason)
        return Answer(NOBODY, reason)
    place = match.start("s")
    if letters[place] in "HSE":
        main = _first_subject(clause, begin, letters, place, beside)
        likely = main.speaker if main.speaker >= 0 else None
        return Answer(_PRONOUNS.get(letters[place], NOBODY), Reason.ONLY_ONE_MEANT, beside, likely, begin)
    if _OF_SOMEBODY.search(before[:place]) or before[max(0, place - 2) : place] == "N&" or _MODIFIES.search(before):
        return Answer(NOBODY, reason)
    return Answer(clause.names[begin + place].person, reason, beside)


def _first_subject(clause: Clause, begin: int, letters: str, until: int, beside: bool) -> Answer:
    """The subject of a sentence that goes on "..., saying" or "and said" at ``letters[until]``: the name just before it, who
    speaks before it, or the sentence's first name or pronoun."""
    before = letters[:until]
    match = (
        re.search(r"(?P<s>N)A?$", before)
        or re.search(rf"(?:^|[.,:Q&])[TXRwd]{{0,6}}(?P<s>[NHS]){_APPOSITION}A{{0,3}}V[^NHS]*$", before)
        or re.search(r"Q,?A?V[TXRwd]{0,6}(?P<s>[NHS])[^NHS]*$", before)
        or _FIRST_SUBJECT.match(before)
    )
    if match is None:
        return Answer(NOBODY, Reason.SAID_BEFORE)
    place = match.start("s")
    if letters[place] in "HS":
        return Answer(_PRONOUNS[letters[place]], Reason.ONLY_ONE_MEANT, beside, sentence=begin)
    if _OF_SOMEBODY.search(letters[:place]) or re.match(r"[wX]{0,2}R", letters[place + 1 :]):
        return Answer(NOBODY, Reason.SAID_BEFORE)
    return Answer(clause.names[begin + place].person, Reason.SAID_BEFORE, beside)
