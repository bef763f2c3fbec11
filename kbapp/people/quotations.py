"""Who said what: direct speech in quotation marks and reported speech, given to its speaker."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from kbapp.domain import Person, Quote
from kbapp.people.lexicon import lexicon

_QUOTED = re.compile(r"“[^“”]{8,1500}”|\"[^\"\n]{8,1500}\"|«[^«»]{8,1500}»|„[^„“”]{8,1500}[“”]")
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*(?=\s|$)|\n\n")
_ABBREVIATION = re.compile(
    r"(?:(?<![A-Za-z])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Adm|Sgt|Prof|Rev|Jr|Sr|Inc|Corp|Co|Ltd|No|vs))\.$"
)
_UNNAMED = re.compile(
    r"(?i)\b(?:one|another|an?) (?:[\w-]+ ){1,3}?(?:said|says|added|told|noted|commented|predicted|warned)\b|\b(?:said|added) (?:one|another|an?) \w+"
)
_PRONOUN_SAID = re.compile(r"^,?\s*(?:he|she)\s+(?:\w+ly\s+)?(\w+)")
_SAID_PRONOUN = re.compile(r"^,?\s*(\w+)\s+(?:he|she)\b")
_REPORT = re.compile(r"^(?:,[^,.]{2,80},)?\s+(?:also |later |then |has |had |\w+ly )?(\w+)(?P<rest>.{0,60})", re.S)
HE = -1
_MAX_QUOTES = 200
_LONGEST_SENTENCE = 2000


def attribute_quotes(text: str, people: list[Person]) -> list[Person]:
    """The people with the quotes that are theirs; ``text`` is the article's body."""
    spots = sorted(
        ((mention.start, mention.end, number) for number, person in enumerate(people) for mention in person.mentions if mention.field == "text")
    )  # fmt: skip
    if not spots:
        return people
    starts = [spot[0] for spot in spots]
    said: dict[int, list[Quote]] = {}
    ends = [0, *_sentence_ends(text), len(text)]
    taken: set[tuple[int, int]] = set()
    last_speaker: int | None = None
    last_end = -1
    for match in _QUOTED.finditer(text):
        speaker = _speaker(text, match.start(), match.end(), spots, starts, ends)
        if speaker == HE:
            speaker = _meant_by_he(text, match.start(), spots, starts, ends)
        if speaker is None and _continues(text, last_end, match):
            speaker = last_speaker
        if speaker is None:
            continue
        last_speaker, last_end = speaker, match.end()
        quoted = Quote(match.group(), match.start(), match.end())
        said.setdefault(speaker, []).append(quoted)
        taken.add(_sentence(ends, match.start()))
    for start, end, number in spots:
        sentence = _sentence(ends, start)
        if sentence in taken or start - sentence[0] > 120 or sentence[1] - sentence[0] > _LONGEST_SENTENCE:
            continue
        if text[sentence[0] : start].count(" ") > 8:  # the subject of a report stands early
            continue
        if _reports(text[end : sentence[1]]):
            taken.add(sentence)
            words = text[sentence[0] : sentence[1]].strip()
            offset = text.index(words, sentence[0])
            said.setdefault(number, []).append(Quote(words, offset, offset + len(words)))
    return [
        replace(person, quotes=tuple(sorted(said[number], key=lambda quote: quote.start)[:_MAX_QUOTES]))
        if number in said
        else person
        for number, person in enumerate(people)
    ]


def _sentence_ends(text: str) -> Iterator[int]:
    """Where sentences end; the full stop of "U.S." or "Sen." ends none unless a paragraph ends with it."""
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if match.group() != "." or text.startswith("\n", end) or not _ABBREVIATION.search(text, max(0, end - 6), end):
            yield end


def _meant_by_he(
    text: str, start: int, spots: list[tuple[int, int, int]], starts: list[int], ends: list[int]
) -> int | None:
    """Whom "he said" after a quotation means: the one who spoke or acted first in the nearest sentence that names
    someone; nobody when an unnamed speaker came in between."""
    index = bisect_right(starts, start) - 1
    if index < 0 or start - spots[index][0] > 700:
        return None
    sentence = _sentence(ends, spots[index][0])
    if _UNNAMED.search(text[spots[index][1] : start]):
        return None
    first = index
    while first > 0 and spots[first - 1][0] >= sentence[0]:
        first -= 1
    for spot in spots[first : index + 1]:
        following = re.match(
            r"(?:,[^,.]{2,80},)?\s+(?:also |later |then |has |had |\w+ly )?(\w+)", text[spot[1] : spot[1] + 120]
        )
        before = re.search(r"(\w+) (?:[\w.]+ ){0,4}$", text[max(sentence[0], spot[0] - 40) : spot[0]])
        if (following and following[1].lower() in lexicon().speech) or (
            before and before[1].lower() in lexicon().speech
        ):
            return spot[2]
    return spots[first][2] if text[spots[first][1] : spots[first][1] + 2] not in ("'s", "’s") else spots[index][2]


def _sentence(ends: list[int], position: int) -> tuple[int, int]:
    index = bisect_right(ends, position)
    return ends[index - 1], ends[min(index, len(ends) - 1)]


def _reports(after: str) -> bool:
    """ "X told Y that", "X said the ..." right after the name."""
    match = _REPORT.match(after)
    if not match or match[1].lower() not in lexicon().speech:
        return False
    return len(after) > 30 and not match["rest"].lstrip().startswith(("to ", "by ", "in a statement."))


def _speaker(
    text: str, start: int, end: int, spots: list[tuple[int, int, int]], starts: list[int], ends: list[int]
) -> int | None:
    """The person whom the words around a quotation name as its speaker, HE where they say "he" or "she"."""
    after = text[end : end + 120]
    here = bisect_right(starts, end - 1)
    if here < len(spots) and spots[here][0] - end < 90:
        between = text[end : spots[here][0]]
        following = text[spots[here][1] : spots[here][1] + 60]
        if "\n\n" not in between and not re.search(r"[.!?]\s", between):
            words = re.findall(r"[a-z]+", between)
            if any(word in lexicon().speech for word in words[:3]) or (len(words) <= 4 and _reports_briefly(following)):
                return spots[here][2]
    if (match := _PRONOUN_SAID.match(after) or _SAID_PRONOUN.match(after)) and match[1].lower() in lexicon().speech:
        return HE
    index = bisect_right(starts, start) - 1
    if index >= 0:
        sentence = _sentence(ends, start)
        first = next((spot for spot in spots[max(0, index - 3) : index + 1] if spot[0] >= sentence[0]), None)
        if first is not None:
            between = text[first[1] : start]
            if any(word in lexicon().speech for word in re.findall(r"[a-z]+", between[:200])):
                return first[2]
    return None


def _reports_briefly(following: str) -> bool:
    match = re.match(r"^(?:,[^,.]{2,50},)?\s+(?:\w+ly\s+)?(\w+)", following)
    return bool(match) and match is not None and match[1].lower() in lexicon().speech


def _continues(text: str, last_end: int, match: re.Match[str]) -> bool:
    """A second part of one quotation: 'The bank," she said, "is sound.'"""
    return last_end >= 0 and 0 < match.start() - last_end < 120 and "\n\n" not in text[last_end : match.start()]
