"""Texts -> the places in them that name people. Evidence is gathered from all texts before anything is decided.

Runs of capitalised words are cut into segments and judged by rules. In English the learned weights, which know the
rules' cues and opinion, have the last word; in other languages a full name needs a known given name, initial or title.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kbapp.domain import FieldName
from kbapp.people.features import Key, Place, keys_of_run
from kbapp.people.languages import narrowed
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.rules import (
    GIVEN_NAME,
    MISSPELT,
    SURNAME,
    UNSURE,
    Passage,
    Verdict,
    candidates_of,
    is_place,
    judge,
    surnames_of,
)
from kbapp.people.scoring import COMPANY, ENOUGH, names_alone
from kbapp.people.segmentation import PARTICIPLE, Segment, cut
from kbapp.people.tagger import tagger
from kbapp.people.tokens import Token, find_runs
from kbapp.people.uncased import find_uncased

_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'])")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_AND = re.compile(r" (?:and|&|und|et|y|e) ")
_NEVER = frozenset(
    "The It In But And This That They We If As At On For Of With There She Our Their Its These Those When While After "
    "Before Since From Although However Also Some Other Others Many Most All Both What Which Who Why How Then Now Not".split()
)  # words alone that begin sentences and name nobody
_LONGEST_HEADLINE = 200
AROUND = "the words around it are those of a name"
_THINGS = frozenset(("thing before", "company after", "its after"))
_SUFFIXES = frozenset(("jr", "sr"))
SURE = 2.0  # points with which the rules need no second opinion
_KINDS = {SURNAME: "surname", GIVEN_NAME: "given", MISSPELT: "surname", UNSURE: "unsure"}
_TOLD = frozenset(
    ["title", "office", "role before", "speech before", "speech after", "age", "who", "party", "kin", "explained",
     "place preposition", "article before", "company after", "thing before", "thing after", "its after", "verb after"]
)  # fmt: skip


def find_candidates(fields: Iterable[tuple[FieldName, str]], language: str | None = None) -> list[MentionCandidate]:
    """The places in the fields that name people, in order; offsets are exact. ``language`` is that of the article."""
    fields = list(fields)
    evidence = evidence_of(fields, language)
    if language in (None, "en"):
        found = _learned(evidence)
    else:
        found = [candidate for opinion in evidence.opinions for candidates in opinion for candidate in candidates]
    _by_full_names(found)
    found = _left_to_families(found, dict(fields))
    found += find_uncased(fields)
    found.sort(key=lambda candidate: (("title", "subtitle", "text").index(candidate.field), candidate.start))
    return found


def _learned(evidence: Evidence) -> list[MentionCandidate]:
    """The names that the learned weights make of the evidence. Where capitals tell nothing, the rules decide; and a name
    that the rules are sure of stays where the weights see nothing at all."""
    found: list[MentionCandidate] = []
    tags = iter(tagger().tags(evidence.keys()))
    for passage, opinion, asked in zip(evidence.passages, evidence.opinions, evidence.asked, strict=True):
        rules = [candidate for candidates in opinion for candidate in candidates]
        own = next(tags) if asked else []
        if not own or passage.headline:
            found += rules
            continue
        names = _tagged(passage, rules, own)
        found += names
        found += _kept_from_rules(passage, rules, names, own)
    return [*found, *_surnames_alone(evidence, found)]


def _kept_from_rules(
    passage: Passage, rules: list[MentionCandidate], names: list[MentionCandidate], tags: list[str]
) -> Iterator[MentionCandidate]:
    """What the rules found and the tags did not: parts of words, names after a title, and what the rules are sure of
    where the tags see nothing at all."""
    seen = [token for token, tag in zip(passage.run.tokens, tags, strict=True) if tag != "O"]
    for candidate in rules:
        if any(name.start < candidate.end and candidate.start < name.end for name in names):
            continue
        if (
            _inside(candidate, passage)
            or candidate.cue == "title"
            or (candidate.key[0] in lexicon().mononyms and candidate.points >= SURE)
            or (
                candidate.points >= SURE
                and not any(token.start < candidate.end and candidate.start < token.end for token in seen)
            )
        ):
            yield candidate


def _surnames_alone(evidence: Evidence, found: list[MentionCandidate]) -> Iterator[MentionCandidate]:
    """The surnames of those who were found by their full names, and single names of which the rules are sure, where they
    stand alone and nobody saw them."""
    lex = lexicon()
    surnames = {word for candidate in found if len(candidate.key) > 1 for word in surnames_of(candidate.key, lex)}
    single = {
        candidate.key[0]: candidate for candidate in found if len(candidate.key) == 1 and candidate.points >= SURE
    }
    starts = {(candidate.field, candidate.start) for candidate in found}
    for passage in evidence.passages:
        for segment in passage.segments:
            key = segment.key
            if (
                len(key) == 1
                and (key[0] in surnames or key[0] in single)
                and not segment.org
                and (passage.field, segment.start) not in starts
                and key[0] not in lex.places
                and not COMPANY.match(passage.text, segment.end)
                and (not segment.doubtful or names_alone(segment, passage.text))
            ):
                lead = segment.lead[0].start if segment.lead else -1
                reason = SURNAME if key[0] in surnames else single[key[0]].reason
                yield MentionCandidate(
                    passage.field, segment.start, segment.end, key, ENOUGH, reason, segment.cue, lead
                )


def _inside(candidate: MentionCandidate, passage: Passage) -> bool:
    """Whether the name is a part of a word: "the Reagan-appointed commission"."""
    return all((token.start, token.end) != (candidate.start, candidate.end) for token in passage.run.tokens) and (
        len(candidate.key) == 1
    )


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
            segments = cut(run, lex, style == "capitals", headline, foreign)
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


def _tagged(passage: Passage, rules: list[MentionCandidate], tags: list[str]) -> list[MentionCandidate]:
    """The names that the tags make of a run; where the rules have the same name, with their reason."""
    tokens = passage.run.tokens
    known = {(candidate.start, candidate.end): candidate for candidate in rules}
    found = []
    index = 0
    while index < len(tokens):
        if not tags[index].endswith("PER"):
            index += 1
            continue
        first = index
        index += 1
        while index < len(tokens) and tags[index] == "I-PER":
            index += 1
        while index < len(tokens) and tokens[index].folded in _SUFFIXES:
            index += 1
        start, end = tokens[first].start, tokens[index - 1].end
        end += tokens[index - 1].folded in ("jr", "sr") and passage.text[end : end + 1] == "."
        candidate = known.get((start, end))
        if candidate is None:
            candidate = _unknown_to_rules(passage, tokens[first:index], end)
        if candidate is not None:
            found.append(candidate)
    return found


def _unknown_to_rules(passage: Passage, tokens: list[Token], end: int) -> MentionCandidate | None:
    """A name that the rules have not found, with what they know of the place; None where they know that a thing is
    meant."""
    at = bisect_right([segment.start for segment in passage.segments], tokens[0].start) - 1
    key = tuple(token.folded for token in tokens if token.kind != "nick")
    if at < 0:
        return MentionCandidate(passage.field, tokens[0].start, end, key, ENOUGH, AROUND)
    segment, score = passage.segments[at], passage.scores[at]
    if _THINGS.intersection(score.cues) or any(PARTICIPLE.search(token.form) for token in tokens):
        return None
    lex = lexicon()
    if len(key) == 1 and (key[0] in lex.towns or key[0] in lex.places) and is_place(passage, segment, lex):
        return None
    reason = ", ".join(score.reasons[:3]) or AROUND
    lead = segment.lead[0].start if segment.lead else -1
    return MentionCandidate(
        passage.field, tokens[0].start, end, key, max(ENOUGH, score.points), reason, segment.cue, lead
    )


def _left_to_families(found: list[MentionCandidate], texts: dict[FieldName, str]) -> list[MentionCandidate]:
    """Without the given names that share the surname after them: "Paul and David Tolliver"."""
    lex = lexicon()
    full = {(candidate.field, candidate.start) for candidate in found if len(candidate.key) > 1}
    kept = []
    for candidate in found:
        joined = _AND.match(texts[candidate.field], candidate.end) if len(candidate.key) == 1 else None
        shared = joined is not None and (candidate.field, joined.end()) in full
        if not (shared and candidate.key[0] in lex.given):
            kept.append(candidate)
    return kept


def _by_full_names(found: list[MentionCandidate]) -> None:
    """Gives the later words of somebody's full name ("García Márquez") the key of the whole."""
    whole = {candidate.key[start:]: candidate.key for candidate in found for start in range(1, len(candidate.key) - 1)}
    for candidate in found:
        candidate.key = whole.get(candidate.key, candidate.key)


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
