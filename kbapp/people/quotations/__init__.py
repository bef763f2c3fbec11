"""Who said what: direct speech alone, given to the person whom the words around it name as its speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbapp.domain import Person, Quote
from kbapp.people.quotations.attribution import (
    HE,
    NOBODY,
    SHE,
    Answer,
    reported_speaker,
    speaker_after,
    speaker_at_the_end,
    speaker_before,
)
from kbapp.people.quotations.clauses import Clause, Name, read_clause
from kbapp.people.quotations.marks import Quotation, find_quotations, paragraphs
from kbapp.people.quotations.pronouns import meant
from kbapp.people.quotations.unmarked import Spoken, dash_speech, interview_answers
from kbapp.people.reasons import Reason
from kbapp.people.sex import sex_of_person
from kbapp.people.speech import Speech, speech_of

_MOST_QUOTES = 200  # of one person in one article
_MOST_PLACES = 60  # of one person, which are searched for titles and pronouns
_FEWEST_WORDS = 4  # fewer quoted words are a borrowed term, unless the verb stands right beside them


def attribute_quotes(text: str, people: list[Person], language: str | None = None) -> list[Person]:
    """The people with the quotes that are theirs; ``text`` is the article's body, ``language`` its ISO 639-1 code."""
    if not people:
        return people
    said: dict[int, list[Quote]] = {}
    for quotation, speaker, reason in sorted(_spoken(text, people, language), key=lambda spoken: spoken[0].start):
        quote = Quote(text[quotation.start : quotation.end], quotation.start, quotation.end, reason)
        said.setdefault(speaker, []).append(quote)
    return [
        replace(person, quotes=tuple(said[number][:_MOST_QUOTES])) if number in said else person
        for number, person in enumerate(people)
    ]


def _spoken(text: str, people: list[Person], language: str | None) -> list[Spoken]:
    quotations = find_quotations(text)
    reader = _Reader(text, people, quotations, language)
    marked = reader.attributed() if quotations else []
    unmarked = list(interview_answers(text, reader.bounds, reader.names))
    if language not in (None, "en"):  # in English a dash opens a list or an afterthought
        unmarked += dash_speech(text, reader.bounds, reader.names, reader.speech)
    taken = [spoken[0] for spoken in unmarked]
    return unmarked + [
        spoken
        for spoken in marked
        if not any(each.start <= spoken[0].start < each.end for each in _near(taken, spoken[0]))
    ]


def _near(ordered: list[Quotation], quotation: Quotation) -> list[Quotation]:
    index = bisect_right(ordered, quotation.start, key=_start)
    return ordered[max(0, index - 1) : index]


@dataclass(slots=True)
class _Last:
    """Who spoke last: the person, where their words end, and whether the speech runs on into the next paragraph."""

    speaker: int
    end: int
    runs_on: bool


class _Reader:
    """Goes through the quotations of one article in order; what was said before helps to read what comes."""

    def __init__(self, text: str, people: list[Person], quotations: list[Quotation], language: str | None) -> None:
        self.text, self.people, self.language = text, people, language
        self.quotations = quotations
        self.speech: Speech = speech_of(language)
        self.names = _outside(_names(people), quotations)
        self.bounds = list(paragraphs(text))
        self.paragraph_starts = [start for start, _ in self.bounds]
        self.clauses: dict[int, Clause] = {}
        self.sexes: dict[int, str] = {}
        self.last: _Last | None = None

    def attributed(self) -> list[Spoken]:
        """Each quotation that somebody of the article speaks, with the person's number and why."""
        found: list[Spoken] = []
        open_ones: list[Quotation] = []  # run on into the next paragraph, and nobody is known to speak yet
        first = 0
        for number, (_, end) in enumerate(self.bounds):
            own = self.quotations[first : bisect_left(self.quotations, end, key=_start)]
            first += len(own)
            open_ones = open_ones if own else []
            for quotation in own:
                answer = self._answer(number, quotation)
                speaker = self._person(answer, number, quotation)
                if speaker is None or answer is None:
                    self.last = None if answer else self.last
                    open_ones = [*open_ones, quotation] if quotation.runs_on else []
                    continue
                found += [(each, speaker, Reason.SPEECH_GOES_ON) for each in open_ones]
                open_ones = []
                self.last = _Last(speaker, quotation.end, quotation.runs_on)
                if answer.beside or self._is_sentence(quotation) or len(self._words(quotation)) >= _FEWEST_WORDS:
                    found.append((quotation, speaker, answer.reason))
        return found

    def _answer(self, number: int, quotation: Quotation) -> Answer | None:
        """What the words around a quotation tell of its speaker."""
        clause = self._clause(number)
        index = clause.index_of(quotation.start)
        if self._runs_on_into(number, quotation) and self.last:
            return Answer(self.last.speaker, Reason.SPEECH_GOES_ON)
        before = self._before(number, clause, index)
        last = self._last_mark(quotation)
        if before and before.beside and last in ".!?…。！？":
            return before
        answer = (
            speaker_after(clause, index, ends_sentence=last in ".…。") or before or speaker_at_the_end(clause, index)
        )
        answer = answer or self._goes_on(number, clause, index)
        if answer is None and last in ".!?…。！？":
            answer = self._after_report(number, clause, index) or self._next_paragraph(number, clause, quotation)
        return answer

    def _next_paragraph(self, number: int, clause: Clause, quotation: Quotation) -> Answer | None:
        """The speaker of the paragraph before, when this one is nothing but a quotation that answers no question."""
        last = self.last
        if last is None or clause.letters.strip("Q."):
            return None
        previous = self._clause(number - 1) if number else None
        if previous is None or not self.bounds[number - 1][0] < last.end <= self.bounds[number - 1][1]:
            return None
        tail = previous.letters[previous.index_of(last.end) :]
        if "?" in self.text[last.end - 2 : last.end] or len(self._words(quotation)) <= _FEWEST_WORDS or len(tail) > 40:
            return None
        if any(
            name.person != last.speaker for place, name in previous.names.items() if previous.starts[place] > last.end
        ):
            return None
        return Answer(last.speaker, Reason.SPEECH_GOES_ON, beside=False)

    def _after_report(self, number: int, clause: Clause, index: int) -> Answer | None:
        """The speaker of the reported sentence right before a quotation that nothing else attributes."""
        if index:
            return reported_speaker(clause, index) if clause.letters[index - 1] == "." else None
        if not number or "\n" in self.text[self.bounds[number][0] : self.bounds[number][1]]:
            return None
        previous = self._clause(number - 1)
        return reported_speaker(previous, len(previous.letters))

    def _before(self, number: int, clause: Clause, index: int) -> Answer | None:
        if index == 0:
            if number and self.text[self.bounds[number - 1][1] - 1] in ":：":
                previous = self._clause(number - 1)
                return speaker_before(previous, len(previous.letters))
            return None
        return speaker_before(clause, index)

    def _goes_on(self, number: int, clause: Clause, index: int) -> Answer | None:
        """The speaker of the quotation before in this paragraph, when at most one sentence stands between."""
        if self.last is None:
            return None
        previous = bisect_left(clause.starts, self.last.end)
        if self.last.end <= self.paragraph_starts[number] or previous > index:
            return None
        between = clause.letters[previous:index].removeprefix(".")
        own = max(
            previous, clause.letters.rfind(".", previous, index) + 1
        )  # where the sentence of this quotation begins
        if any(clause.names[place].person != self.last.speaker for place in range(own, index) if place in clause.names):
            return None
        others = {self.clauses[number].names[place].person for place in range(previous, index) if place in clause.names}
        sentences = between.count(".")
        if (sentences <= 1 and len(between) <= 60) or (
            sentences == 2 and not others - {self.last.speaker} and "V" not in between[between.index(".") :]
        ):
            return Answer(self.last.speaker, Reason.SPEECH_GOES_ON, beside=False)
        return None

    def _runs_on_into(self, number: int, quotation: Quotation) -> bool:
        """Whether this quotation continues one that the paragraph before left open."""
        last = self.last
        return bool(
            last and last.runs_on and number and last.end == self.bounds[number - 1][1]
            and quotation.start - self.paragraph_starts[number] <= 2
        )  # fmt: skip

    def _person(self, answer: Answer | None, number: int, quotation: Quotation) -> int | None:
        if answer is None or answer.speaker == NOBODY:
            return None
        if answer.speaker not in (HE, SHE):
            return answer.speaker
        wanted = "m" if answer.speaker == HE else "f"
        if answer.likely is not None and self._sex_of(answer.likely) in (wanted, ""):
            return answer.likely
        last = (self.last.speaker, self.last.end) if self.last else None
        clause = self._clause(number)
        position = clause.starts[answer.sentence] if answer.sentence >= 0 else quotation.start
        return meant(
            answer.speaker,
            self.text,
            self.names,
            position,
            self._sex_of,
            last,
            self._reporting(number, clause, answer, quotation),
            self.paragraph_starts,
        )

    def _reporting(self, number: int, clause: Clause, answer: Answer, quotation: Quotation) -> int | None:
        """The person whom the sentence before has speak."""
        index = answer.sentence if answer.sentence >= 0 else clause.index_of(quotation.start)
        report = self._after_report(number, clause, index)
        return report.speaker if report and report.speaker >= 0 else None

    def _sex_of(self, person: int) -> str:
        if person not in self.sexes:
            one = self.people[person]
            places = [
                (mention.start, mention.end, self._next_name(mention.end))
                for mention in one.mentions
                if mention.field == "text"
            ][:_MOST_PLACES]
            self.sexes[person] = sex_of_person(self.text, one.name, places, one.description, self.language)
        return self.sexes[person]

    def _is_sentence(self, quotation: Quotation) -> bool:
        return self.text[quotation.start + 1 : quotation.start + 2].isupper() and self._last_mark(quotation) in ".!?…"

    def _words(self, quotation: Quotation) -> list[str]:
        """The quoted words; those of a script without spaces are counted by their letters."""
        words = self.text[quotation.start : quotation.end].split()
        return list(words[0]) if len(words) == 1 and words[0][1:2] > "\u2e80" else words

    def _next_name(self, position: int) -> int:
        index = bisect_left(self.names, position, key=_start)
        return self.names[index].start if index < len(self.names) else len(self.text)

    def _last_mark(self, quotation: Quotation) -> str:
        """The last character inside the marks."""
        return self.text[quotation.start : quotation.end].rstrip("”\"’'»“«」』 ")[-1:] or " "

    def _clause(self, number: int) -> Clause:
        if number not in self.clauses:
            start, end = self.bounds[number]
            quotations = self.quotations[
                bisect_left(self.quotations, start, key=_start) : bisect_left(self.quotations, end, key=_start)
            ]
            names = self.names[bisect_left(self.names, start, key=_start) : bisect_left(self.names, end, key=_start)]
            self.clauses[number] = read_clause(self.text, start, end, quotations, names, self.speech)
        return self.clauses[number]


def _names(people: Sequence[Person]) -> list[Name]:
    """All places of the text that name somebody, in order."""
    places = [
        Name(mention.start, mention.end, number)
        for number, person in enumerate(people)
        for mention in person.mentions
        if mention.field == "text"
    ]
    return sorted(places, key=lambda name: (name.start, -name.end))


def _outside(names: list[Name], quotations: list[Quotation]) -> list[Name]:
    """The names that stand in no quotation."""
    kept: list[Name] = []
    for name in names:
        index = bisect_right(quotations, name.start, key=_start) - 1
        inside = index >= 0 and name.start < quotations[index].end
        if not inside and not (kept and name.start < kept[-1].end):
            kept.append(name)
    return kept


def _start(item: Quotation | Name) -> int:
    return item.start
