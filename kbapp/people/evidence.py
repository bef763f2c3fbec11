"""What is known of an article's names before anything is decided: its runs, their segments, the rules' opinion of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kbapp.domain import FieldName
from kbapp.people.features import Key, Place, keys_of_run
from kbapp.people.languages import narrowed
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.rules import GIVEN_NAME, MISSPELT, SURNAME, UNSURE, Passage, Verdict, candidates_of, judge
from kbapp.people.segmentation import Segment, cut
from kbapp.people.tokens import find_runs

_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'])")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NEVER = frozenset(
    "The It In But And This That They We If As At On For Of With There She Our Their Its These Those When While After "
    "Before Since From Although However Also Some Other Others Many Most All Both What Which Who Why How Then Now Not".split()
)  # words alone that begin sentences and name nobody
_LONGEST_HEADLINE = 200
_KINDS = {SURNAME: "surname", GIVEN_NAME: "given", MISSPELT: "surname", UNSURE: "unsure"}
_TOLD = frozenset(
    ["title", "office", "role before", "speech before", "speech after", "age", "who", "party", "kin", "explained",
     "place preposition", "article before", "company after", "thing before", "thing after", "its after", "verb after"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an article's names before the learned weights decide: its passages, the rules' candidates by
    segment, what the rules and the texts say of single words, and which passages the weights are asked about."""

    passages: list[Passage]
    opinions: list[list[list[MentionCandidate]]]
    verdict: Verdict
    lowercase: set[str]
    asked: list[bool]

    def keys(self) -> Iterator[Iterator[Key]]:
        """For each run that is asked about the keys of its words, by which the learned weights know them."""
        said = _said_of_words(self.passages, self.verdict, self.lowercase)
        for passage, opinion, asked in zip(self.passages, self.opinions, self.asked, strict=True):
            if asked:
                yield keys_of_run(passage.text, passage.run, _places(passage, opinion), said, passage.style)


def _is_open(passage: Passage) -> bool:
    """Whether anything is to be decided: a first word such as "The" and a country alone are no people, by rule."""
    return any(
        not (segment.doubtful or (len(segment.tokens) == 1 and not segment.cue and "single place" in score.cues))
        for segment, score in zip(passage.segments, passage.scores, strict=True)
    )


def evidence_of(fields: Iterable[tuple[FieldName, str]], language: str | None) -> Evidence:
    """Everything that the rules find in the texts of an article."""
    lex = lexicon()
    texts = [(name, text) for name, text in fields if text]
    lowercase = {word for _, text in texts for word in _LOWER_WORD.findall(text)}
    passages = passages_of(texts, language or "en", lowercase)
    verdict = judge(passages, lex, lowercase, language in (None, "en"))
    opinions = [[candidates_of(p, segment, verdict, lex) for segment in p.segments] for p in passages]
    return Evidence(passages, opinions, verdict, lowercase, [_is_open(passage) for passage in passages])


def passages_of(fields: Iterable[tuple[FieldName, str]], language: str, lowercase: set[str]) -> list[Passage]:
    """The runs of the texts, cut into segments."""
    lex = lexicon()
    foreign = language != "en"
    passages = []
    for name, text in fields:
        style, end = "", -1
        for run in find_runs(text):
            if len(run.tokens) == 1 and run.tokens[0].form in _NEVER:
                continue
            if run.tokens[0].start >= end:
                begin = text.rfind("\n", 0, run.tokens[0].start) + 1
                end = text.find("\n", run.tokens[0].start)
                end = len(text) if end < 0 else end
                style = _style(text[begin:end])
            headline = style == "capitals" or (style == "title" and name != "text")
            segments = cut(run, text, lex, style == "capitals", headline, foreign)
            if foreign:
                segments = [part for segment in segments for part in narrowed(segment, text, language, lex, lowercase)]
            else:
                segments = [_trimmed(segment, text, lex) for segment in segments]
            passages.append(Passage(name, text, run, segments, style))
    return passages


def _style(paragraph: str) -> str:
    """How a paragraph writes capitals: "capitals", "title" (On Each Word) or ""."""
    if paragraph.isupper():
        return "capitals"
    if len(paragraph) > _LONGEST_HEADLINE:
        return ""
    words = _LONG_WORD.findall(paragraph)
    capitals = sum(word[0].isupper() for word in words)
    if len(words) < 3 or capitals <= 0.7 * len(words):
        return ""
    return "capitals" if sum(word.isupper() for word in words) > 0.8 * len(words) else "title"


def _places(passage: Passage, opinion: list[list[MentionCandidate]]) -> list[Place]:
    places = {token.start: Place(token.kind) for token in passage.run.tokens}
    for segment, score, candidates in zip(passage.segments, passage.scores, opinion, strict=True):
        points = max(-5, min(7, round(score.points)))
        cue = "thing" if segment.org else "doubtful" if segment.doubtful else segment.cue
        last = len(segment.tokens) - 1
        for index, token in enumerate(segment.tokens):
            place = places[token.start]
            place.part = "U" if not last else "B" if not index else "L" if index == last else "I"
            place.cue, place.points, place.cues = cue, points, tuple(score.cues)
            for candidate in candidates:
                if candidate.start <= token.start < candidate.end:
                    place.tag = ("B " if candidate.start == token.start else "I ") + (
                        _KINDS.get(candidate.reason) or ("full" if len(candidate.key) > 1 else "single")
                    )
    return list(places.values())


def _said_of_words(passages: list[Passage], verdict: Verdict, lowercase: set[str]) -> dict[str, tuple[str, ...]]:
    """What the texts as a whole say of each folded word of their names."""
    said: dict[str, set[str]] = defaultdict(set)
    for passage in passages:
        for segment, score in zip(passage.segments, passage.scores, strict=True):
            words = [token.folded for token in segment.tokens]
            told = _TOLD.intersection(score.cues)
            many = len(words) > 1
            if segment.org:
                for word in words:
                    said[word].add("thing")
            elif many:
                said[words[0]].add("first")
                said[words[-1]].add("last")
            else:
                said[words[0]].add("again" if "alone" in said[words[0]] else "alone")
            if told:
                said[words[-1]].update(told)
    for word, marks in said.items():
        if word in lowercase:
            marks.add("small")
        if word in verdict.surnames:
            marks.add("surname" if verdict.surnames[word] > 0 else "given")
        if word in verdict.single:
            marks.add("single")
    return {word: tuple(sorted(marks)) for word, marks in said.items()}


def _trimmed(segment: Segment, text: str, lex: Lexicon) -> Segment:
    """Without a leading word that is none of the name: "the Exchequer Nigel Lawson"."""
    tokens = segment.tokens
    if (
        len(tokens) > 2
        and tokens[0].folded in lex.places
        and not segment.org
        and all(token.kind == "word" for token in tokens)
    ):
        return replace(segment, tokens=tokens[1:], opens=False)
    if (
        len(tokens) > 2
        and text[max(0, segment.start - 4) : segment.start].lower() == "the "
        and tokens[0].kind == "word"
        and tokens[0].folded not in lex.given
        and tokens[0].folded not in lex.family
        and tokens[1].folded in lex.given
        and not segment.org
    ):
        return replace(segment, tokens=tokens[1:], opens=False)
    return segment
