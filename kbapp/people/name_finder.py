"""Texts -> the places in them that name people. Evidence is gathered from all texts before anything is decided.

Runs of capitalised words are cut into segments and judged by rules. In English the learned weights, which know the
rules' cues and opinion, have the last word; in other languages a full name needs a known given name, initial or title.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kbapp.domain import FieldName
from kbapp.people.evidence import Evidence, evidence_of
from kbapp.people.lexicon import lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.rules import SURNAME, Passage, is_place, surnames_of
from kbapp.people.scoring import COMPANY, ENOUGH, names_alone
from kbapp.people.segmentation import PARTICIPLE
from kbapp.people.tagger import tagger
from kbapp.people.tokens import Token
from kbapp.people.uncased import find_uncased

_AND = re.compile(r" (?:and|&|und|et|y|e) ")
AROUND = "the words around it are those of a name"
_THINGS = frozenset(("thing before", "company after", "its after"))
_SUFFIXES = frozenset(("jr", "sr"))
SURE = 2.0  # points with which the rules need no second opinion


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
