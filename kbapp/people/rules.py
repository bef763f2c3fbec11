"""The rules' opinion of a text: which segments of its runs name people, and why.

1. Names of two and more words with enough evidence are people; their surnames carry over to the rest of the article.
2. A single word becomes a person on its own strength (a title, "said ...") when no full name claims it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kbapp.domain import FieldName
from kbapp.people.coreference import misspelt
from kbapp.people.lexicon import Lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.scoring import ENOUGH, Score, is_company, names_alone, weigh
from kbapp.people.segmentation import Segment
from kbapp.people.tokens import Run
from kbapp.text.folding import fold

_PARTS = re.compile(r"[-‑]")
UNSURE = "a full name"
SURNAME = "the surname of someone named in full"
GIVEN_NAME = "the given name of someone named in full"
MISSPELT = "the surname of someone named in full, misspelt"
_TO_A_PLACE = re.compile(r"\b(?:in|to|from|at|near|visited|visit|left|through|around) $")
_PLACE_AFTER = re.compile(r" borders? |, ([A-Z]\w+(?: [A-Z]\w+)?)\b")
_STRONG = frozenset(("role before", "age", "party"))  # with these even a name of unknown words is one
_MAX_COMPARED = 200  # surnames of an article that slips of the pen are compared with


@dataclass(slots=True)
class Passage:
    """A run of a field's text with its segments, their scores beside them; ``style`` tells how the paragraph writes
    capitals: "" as usual, "capitals" throughout, "title" On Each Word."""

    field: FieldName
    text: str
    run: Run
    segments: list[Segment]
    style: str
    scores: list[Score] = dataclasses.field(default_factory=list)

    @property
    def headline(self) -> bool:
        """Whether capitals tell nothing here."""
        return self.style == "capitals" or (self.style == "title" and self.field != "text")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is named in the texts: full names (points and reason by key), the words of them that carry over alone (-1 for
    a given name, which needs a closer look), and single words that are people on their own strength."""

    full: dict[tuple[str, ...], tuple[float, str]]
    surnames: dict[str, float]
    single: dict[str, tuple[float, str]]


def judge(passages: Sequence[Passage], lex: Lexicon, lowercase: set[str], english: bool) -> Verdict:
    """Weighs every segment (filling ``scores``), then decides for the texts as a whole."""
    for passage in passages:
        passage.scores = [
            Score() if segment.doubtful else weigh(segment, passage.text, lex, lowercase, english)
            for segment in passage.segments
        ]
    full = _full_names(passages, lex)
    surnames = _carried_over(full, lex)
    return Verdict(full, surnames, _single_names(passages, surnames))


class _Tally:
    """The points of each name at its places, and the reasons of the best of them."""

    def __init__(self) -> None:
        self.points: dict[tuple[str, ...], list[float]] = defaultdict(list)
        self._best: dict[tuple[str, ...], Score] = {}

    def add(self, key: tuple[str, ...], score: Score, less: float = 0.0) -> None:
        self.points[key].append(score.points - less)
        if score.reasons and (key not in self._best or score.points > self._best[key].points):
            self._best[key] = score

    def reason(self, key: tuple[str, ...], otherwise: str) -> str:
        return ", ".join(self._best[key].reasons[:3]) if key in self._best else otherwise


def _full_names(passages: Sequence[Passage], lex: Lexicon) -> dict[tuple[str, ...], tuple[float, str]]:
    """Keys of two and more words that are people, with points and reason."""
    tally = _Tally()
    things: set[tuple[str, ...]] = set()
    for passage, segment, score in _weighed(passages):
        key = segment.key
        if segment.org or is_company(passage.text[segment.end : segment.end + 30]):
            things.update(key[:length] for length in range(1, 4))
        unlikely = segment.doubtful or (segment.unlikely and not _STRONG.intersection(score.cues))
        if not segment.org and not unlikely and 2 <= len(key) <= 7:
            tally.add(key, score, 0.4 if passage.headline else 0.0)
    full = {}
    for key, values in tally.points.items():
        total = max(values) + min(0.6, 0.2 * (len(values) - 1)) + min(0.0, min(values)) * 0.3
        if key in things or (key[-1:] in things and key[0] not in lex.given and max(values) < 2 * ENOUGH):
            total -= 2.5
        if total >= ENOUGH:
            full[key] = (total, tally.reason(key, UNSURE))
    return full


def _carried_over(full: dict[tuple[str, ...], tuple[float, str]], lex: Lexicon) -> dict[str, float]:
    """The words of full names by which the rest of the text may call their bearers; see ``Verdict.surnames``."""
    carried: dict[str, float] = {}
    for key, (total, _) in full.items():
        for word in surnames_of(key, lex):
            carried[word] = max(carried.get(word, 0.0), total)
        first = key[0]
        if (
            len(first) > 2
            and (first not in lex.words or total > 3)
            and not (first in lex.places or first in lex.cities)
        ):
            carried.setdefault(first, -1.0)
    return carried


def surnames_of(key: tuple[str, ...], lex: Lexicon) -> list[str]:
    """The words of a full name by which its bearer may be called alone: the surname, or the surnames."""
    words = [w for w in key if w not in lex.suffixes and w not in lex.particles and len(w) > 1] or list(key)
    surnames = [words[-1], bare(words[-1])]
    if words[0] in lex.surnames_first and len(words) in (2, 3):
        surnames.append(words[0])
    if len(words) == 3 and words[1] in lex.surnames_first and "-" in words[2]:
        surnames.append(words[1])  # "Tony Leung Chiu-wai"
    if len(words) == 3 and not (words[1] in lex.words or words[1] in lex.given or words[1] in lex.cities):
        surnames.append(words[1])  # "Claudia Sheinbaum Pardo"
    return surnames


def bare(word: str) -> str:
    """A surname without its article: "al-sadr" -> "sadr"."""
    return re.sub(r"^(?:al|el|ad|as|ash|at|an|ar|az|ul)[-'](?=\w{3})", "", word)


def _single_names(passages: Sequence[Passage], surnames: dict[str, float]) -> dict[str, tuple[float, str]]:
    """Single words that are people on their own strength."""
    tally = _Tally()
    against: set[str] = set()
    for passage, segment, score in _weighed(passages):
        key = segment.key
        if segment.org:
            against.update(key[:2])
        elif not segment.doubtful and len(key) == 1 and not passage.headline:
            if is_company(passage.text[segment.end : segment.end + 30]):
                against.add(key[0])
            tally.add(key, score)
    found = {}
    for key, values in tally.points.items():
        word = key[0]
        total = max(values) + min(0.8, 0.2 * (len(values) - 1)) + min(0.0, min(values) + 0.5) * 0.4
        if surnames.get(word, 0.0) <= 0 and total - 2.0 * (word in against) >= ENOUGH:
            found[word] = (total - 2.0 * (word in against), tally.reason(key, "a name"))
    return found


def _weighed(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Segment, Score]]:
    for passage in passages:
        for segment, score in zip(passage.segments, passage.scores, strict=True):
            yield passage, segment, score


def candidates_of(passage: Passage, segment: Segment, verdict: Verdict, lex: Lexicon) -> list[MentionCandidate]:
    """The places of a segment that name people by the verdict on the whole text."""
    key, text = segment.key, passage.text
    if segment.org:
        return _in_compounds(passage.field, segment, verdict)
    if segment.doubtful and (verdict.surnames.get(key[0], 0.0) <= 0 or not names_alone(segment, text)):
        return []
    lead = segment.lead[0].start if segment.lead else -1
    if key in verdict.full:
        points, reason = verdict.full[key]
        end = segment.end_in(text)
        return [MentionCandidate(passage.field, segment.start, end, key, points, reason, segment.cue, lead)]
    if len(key) > 1 and verdict.surnames.get(key[-1], 0.0) > 0 and all(word in lex.particles for word in key[:-1]):
        return [MentionCandidate(passage.field, segment.start, segment.end, key, 2.0, SURNAME, segment.cue, lead)]
    tokens = [token for token in segment.tokens if token.kind != "nick"]
    alone = len(tokens) == 1
    found = []
    for token in tokens:
        for start, end, word in _words_of(token.form, token.start, token.folded):
            opinion = _opinion(word, alone, passage.headline, verdict, lex)
            if opinion is not None and not (opinion[1] == GIVEN_NAME and is_place(passage, segment, lex)):
                points, reason = opinion
                found.append(MentionCandidate(passage.field, start, end, (word,), points, reason, segment.cue, lead))
    return found


def is_place(passage: Passage, segment: Segment, lex: Lexicon) -> bool:
    """Whether a given name stands where a place does: "in Elizabeth, New Jersey", "flew to Paris", "Jordan borders"."""
    word, text = segment.key[0], passage.text
    if _TO_A_PLACE.search(text, max(0, segment.start - 12), segment.start) and (
        word in lex.towns or word in lex.places or text[segment.end : segment.end + 1] == ","
    ):
        return True
    following = _PLACE_AFTER.match(text, segment.end)
    return following is not None and (following[1] is None or fold(following[1]) in lex.places | lex.cities)


def _opinion(word: str, alone: bool, headline: bool, verdict: Verdict, lex: Lexicon) -> tuple[float, str] | None:
    """Points and reason for a word to name somebody; ``alone`` when nothing else stands in its segment."""
    surnames = verdict.surnames
    if surnames.get(word, 0.0) > 0 or surnames.get(bare(word), 0.0) > 0:
        return 2.0, SURNAME
    if not alone and not headline:
        return None
    if alone and word in surnames:
        return 1.7, GIVEN_NAME
    if alone and _is_slip(word, surnames, lex):
        return 1.6, MISSPELT
    return verdict.single.get(word)


def _is_slip(word: str, surnames: dict[str, float], lex: Lexicon) -> bool:
    """Whether an unknown word is a slip of the pen for the surname of someone named in full."""
    if len(word) < 7 or len(surnames) > _MAX_COMPARED or word in lex.words or word in lex.places or word in lex.cities:
        return False
    meant = misspelt(word, surnames)
    return meant is not None and surnames[meant] > 0


def _in_compounds(name: FieldName, segment: Segment, verdict: Verdict) -> list[MentionCandidate]:
    """People inside the compounds of a name that is none: "the Reagan-appointed Kissinger Commission"."""
    found = []
    for token in segment.tokens:
        first, _, second = token.form.partition("-")
        word = fold(first)
        if second[:1].islower() and len(first) > 2 and (verdict.surnames.get(word, 0.0) > 0 or word in verdict.single):
            found.append(
                MentionCandidate(
                    name, token.start, token.start + len(first), (word,), 1.8, "named elsewhere in the text"
                )
            )
    return found


def _words_of(form: str, start: int, folded: str) -> Iterable[tuple[int, int, str]]:
    """The word itself, and the parts of a compound such as "Sadr-less"."""
    yield start, start + len(form), folded
    if "-" in form[1:-1] and not re.match(r"(?:al|el|ad|as|ash|an|ar|az)-", folded):
        offset = start
        for part in _PARTS.split(form):
            if len(part) > 2 and part[0].isupper():
                yield offset, offset + len(part), fold(part)
            offset += len(part) + 1
