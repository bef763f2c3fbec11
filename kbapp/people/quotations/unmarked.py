"""Direct speech without quotation marks: the answers of an interview ("Name: ..."), and speech that a dash opens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from kbapp.people.quotations.attribution import NOBODY, speaker_after
from kbapp.people.quotations.clauses import Name, read_clause
from kbapp.people.quotations.marks import Quotation
from kbapp.people.reasons import Reason
from kbapp.people.speech import Speech

_LABEL = re.compile(r"(?:(?:[A-Z][a-z]{0,4}\.?|[A-Z]\w+) ){0,2}$")
_ANY_LABEL = re.compile(r"[^\W\d_][^\n:.?!,;]{0,40}[:：]\s")
_SENTENCE = re.compile(r"[.!?…。！？][”\"’»)]?$")
_DASH = re.compile(r"[—–―][ \u00a0]?(?=[^\W\d_]|[¿¡«“])")
_PAUSE = re.compile(r"[,!?…—–―]\s?[—–―]?")
_LONGEST, _MOST_PAUSES = 2000, 40  # what is searched for the speaker
_FEWEST_WORDS = 3
_FEWEST_LABELS = 2  # paragraphs that begin with a name and a colon; one alone may be anything

Spoken = tuple[Quotation, int, Reason]


def interview_answers(text: str, bounds: Sequence[tuple[int, int]], names: Sequence[Name]) -> Iterator[Spoken]:
    """Paragraphs that a speaker's name and a colon open, in a text where at least two speakers are labelled so."""
    by_start = {name.start: name for name in names}
    labelled: list[Spoken] = []
    labels: set[str] = set()
    for start, end in bounds:
        match = _ANY_LABEL.match(text, start, min(end, start + 60))
        if match is None or not _SENTENCE.search(text, max(start, end - 3), end):
            continue
        labels.add(match.group().strip())
        colon = match.end() - 2
        name = next((by_start[place] for place in range(start, colon) if place in by_start), None)
        if name and name.end == colon and _LABEL.fullmatch(text, start, name.start) is not None:
            spoken = Quotation(match.end(), end)
            if len(text[spoken.start : end].split()) >= _FEWEST_WORDS:
                labelled.append((spoken, name.person, Reason.NAME_AND_COLON))
    if len(labels) >= _FEWEST_LABELS and len(labelled) >= _FEWEST_LABELS:
        yield from labelled


def dash_speech(
    text: str, bounds: Sequence[tuple[int, int]], names: Sequence[Name], speech: Speech
) -> Iterator[Spoken]:
    """Speech that a dash opens at the beginning of a paragraph, whose speaker stands after a verb of saying in it:
    "– Vi drar nå, sier Ola Berg."; "—No sé —dijo Ana—. Mañana."."""
    for start, end in bounds:
        match = _DASH.match(text, start, end)
        if match is None:
            continue
        begin = match.end()
        inside = names[bisect_left(names, begin, key=_start) : bisect_left(names, end, key=_start)]
        for place in islice(_PAUSE.finditer(text[begin : begin + _LONGEST]), _MOST_PAUSES):
            stop = begin + len(text[begin : begin + place.start()].rstrip()) + (place.group()[0] in "!?…")
            spoken = Quotation(begin, stop)
            after = [name for name in inside[:_MOST_PAUSES] if stop <= name.start < min(end, stop + 200)]
            clause = read_clause(text, begin, min(end, stop + 200), [spoken], after, speech)
            answer = speaker_after(clause, 0, ends_sentence=False)
            if answer is None:
                continue
            if answer.speaker >= 0 and len(text[begin:stop].split()) >= _FEWEST_WORDS:
                yield spoken, answer.speaker, Reason.DASH_SPEECH
                yield from _second_part(text, stop, end, answer.speaker)
            if answer.speaker >= 0 or answer.speaker == NOBODY:
                break


def _second_part(text: str, stop: int, end: int, speaker: int) -> Iterator[Spoken]:
    """What follows the second dash of "—No sé —dijo Ana—. Mañana volvemos."."""
    match = re.compile(r"[^—–―]{0,120}[—–―]?[^—–―]{1,120}[—–―][.,]?\s+").match(text, stop, end)
    if match and len(text[match.end() : end].split()) >= _FEWEST_WORDS:
        yield Quotation(match.end(), end), speaker, Reason.SPEECH_GOES_ON


def _start(name: Name) -> int:
    return name.start
