"""Texts -> the places in them that name people. Evidence is gathered from all texts before anything is decided.

1. Runs of capitalised words are cut into segments, and each segment's evidence is weighed.
2. Names of two and more words with enough evidence are people; their surnames carry over to the rest of the article.
3. A single word becomes a person on its own strength (a title, "said ...") when no full name claims it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kbapp.domain import FieldName
from kbapp.people.coreference import misspelt
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.scoring import COMPANY, ENOUGH, names_alone, weigh
from kbapp.people.segmentation import Segment, cut
from kbapp.people.tokens import find_runs
from kbapp.text.folding import fold

_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'])")
_PARTS = re.compile(r"[-‑]")
_MAX_COMPARED = 200  # surnames of an article that slips of the pen are compared with


def find_candidates(fields: Iterable[tuple[FieldName, str]], *, foreign: bool = False) -> list[MentionCandidate]:
    """The places in the fields that name people, in order; offsets are exact. ``foreign`` texts are not English."""
    lex = lexicon()
    texts = [(name, text) for name, text in fields if text]
    lowercase = {word for _, text in texts for word in _LOWER_WORD.findall(text)}
    segments: list[tuple[FieldName, str, Segment, bool]] = []
    for name, text in texts:
        capitals, headline = _case_of(text, name)
        for run in find_runs(text):
            segments += [
                (name, text, _trimmed(segment, text, lex, foreign), headline)
                for segment in cut(run, lex, capitals, headline)
            ]
    full, surnames = _full_names(segments, lex, lowercase)
    single = _single_names(segments, lex, lowercase, surnames)
    found = []
    for name, text, segment, headline in segments:
        found += _candidates_of(name, text, segment, headline, full, surnames, single)
    found.sort(key=lambda candidate: (("title", "subtitle", "text").index(candidate.field), candidate.start))
    return found


def _trimmed(segment: Segment, text: str, lex: Lexicon, foreign: bool) -> Segment:
    """Without a leading word that is none of the name: "the Exchequer Nigel Lawson", "Wenn Karl-Heinz Brandt"."""
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
        and (foreign or text[max(0, segment.start - 4) : segment.start].lower() == "the ")
        and tokens[0].kind == "word"
        and tokens[0].folded not in lex.given
        and tokens[0].folded not in lex.family
        and tokens[1].folded in lex.given
        and not segment.org
    ):
        return replace(segment, tokens=tokens[1:], opens=False)
    return segment


def _case_of(text: str, name: FieldName) -> tuple[bool, bool]:
    """(all in capitals, case tells nothing): for headlines in capitals or with Capitals On Each Word."""
    sample = text[:4000]
    letters = [c for c in sample if c.isalpha()]
    upper = sum(map(str.isupper, letters))
    if letters and upper > 0.8 * len(letters):
        return True, True
    words = re.findall(r"[^\W\d_][^\s]*", sample)
    long_words = [word for word in words if len(word) > 3]
    title_case = len(long_words) >= 3 and sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)
    return False, title_case and name != "text"


def _full_names(
    segments: list[tuple[FieldName, str, Segment, bool]], lex: Lexicon, lowercase: set[str]
) -> tuple[dict[tuple[str, ...], tuple[float, str]], dict[str, float]]:
    """Keys of two and more words that are people, with points and reason; and the words that carry over alone."""
    points: dict[tuple[str, ...], list[float]] = defaultdict(list)
    reasons: dict[tuple[str, ...], str] = {}
    best: dict[tuple[str, ...], float] = {}
    orgs: set[tuple[str, ...]] = set()
    for _, text, segment, headline in segments:
        if segment.org or COMPANY.match(text[segment.end : segment.end + 30]):
            orgs.update(segment.key[:length] for length in range(1, 4))
        if segment.org or segment.doubtful:
            continue
        key = segment.key
        if len(key) < 2 or len(key) > 7:
            continue
        score = weigh(segment, text, lex, lowercase)
        points[key].append(score.points - (0.4 if headline else 0.0))
        if score.reasons and score.points > best.get(key, -9.0):
            best[key] = score.points
            reasons[key] = ", ".join(score.reasons[:3])
    full = {}
    for key, values in points.items():
        total = max(values) + min(0.6, 0.2 * (len(values) - 1)) + min(0.0, min(values)) * 0.3
        if key in orgs or (key[-1:] in orgs and key[0] not in lex.given and max(values) < 2 * ENOUGH):
            total -= 2.5
        if total >= ENOUGH:
            full[key] = (total, reasons.get(key, "a full name"))
    surnames: dict[str, float] = {}
    for key, (total, _) in full.items():
        last = next((word for word in reversed(key) if word not in lex.suffixes and len(word) > 1), key[-1])
        for word in {last, bare(last)}:
            surnames[word] = max(surnames.get(word, 0.0), total)
        if len(key[0]) > 2 and (key[0] not in lex.words or total > 3):
            surnames.setdefault(key[0], -1.0)  # a given name, which needs a closer look
    return full, surnames


def bare(word: str) -> str:
    """A surname without its article: "al-sadr" -> "sadr"."""
    return re.sub(r"^(?:al|el|ad|as|ash|at|an|ar|az|ul)[-'](?=\w{3})", "", word)


def _single_names(
    segments: list[tuple[FieldName, str, Segment, bool]], lex: Lexicon, lowercase: set[str], surnames: dict[str, float]
) -> dict[str, tuple[float, str]]:
    """Single words that are people on their own strength."""
    points: dict[str, list[float]] = defaultdict(list)
    reasons: dict[str, str] = {}
    best: dict[str, float] = {}
    against: dict[str, int] = defaultdict(int)
    for _, text, segment, headline in segments:
        key = segment.key
        if segment.org:
            for word in key[:2]:
                against[word] += 1
            continue
        if segment.doubtful:
            continue
        if len(key) != 1 or headline:
            continue
        if COMPANY.match(text[segment.end : segment.end + 30]):
            against[key[0]] += 1
        score = weigh(segment, text, lex, lowercase)
        points[key[0]].append(score.points)
        if score.reasons and score.points > best.get(key[0], -9.0):
            best[key[0]] = score.points
            reasons[key[0]] = ", ".join(score.reasons[:3])
    found = {}
    for word, values in points.items():
        if surnames.get(word, 0.0) > 0:
            continue
        total = (
            max(values)
            + min(0.8, 0.2 * (len(values) - 1))
            + min(0.0, min(values) + 0.5) * 0.4
            - 2.0 * (against[word] > 0)
        )
        if total >= ENOUGH:
            found[word] = (total, reasons.get(word, "a name"))
    return found


def _candidates_of(
    name: FieldName, text: str, segment: Segment, headline: bool,
    full: dict[tuple[str, ...], tuple[float, str]], surnames: dict[str, float], single: dict[str, tuple[float, str]],
) -> list[MentionCandidate]:  # fmt: skip
    key = segment.key
    if segment.org:
        return _in_compounds(name, segment, surnames, single)
    lead = segment.lead[0].start if segment.lead else -1
    if segment.doubtful and (surnames.get(key[0], 0.0) <= 0 or not names_alone(segment, text)):
        return []
    if key in full:
        points, reason = full[key]
        return [MentionCandidate(name, segment.start, segment.end_in(text), key, points, reason, segment.cue, lead)]
    lex = lexicon()
    if len(key) > 1 and surnames.get(key[-1], 0.0) > 0 and all(word in lex.particles for word in key[:-1]):
        reason = "the surname of someone named in full"
        return [MentionCandidate(name, segment.start, segment.end, key, 2.0, reason, segment.cue, lead)]
    found = []
    tokens = [token for token in segment.tokens if token.kind != "nick"]
    loose = headline or len(tokens) > 1
    for token in tokens:
        for start, end, word in _words_of(token.form, token.start, token.folded):
            if len(tokens) == 1 or loose:
                known = surnames.get(word, 0.0) > 0 or surnames.get(bare(word), 0.0) > 0
                given = word in surnames and len(tokens) == 1
                if known or given:
                    reason = (
                        "the surname of someone named in full" if known else "the given name of someone named in full"
                    )
                    found.append(
                        MentionCandidate(name, start, end, (word,), 2.0 if known else 1.7, reason, segment.cue, lead)
                    )
                elif len(tokens) == 1 and _is_slip(word, surnames, lex):
                    reason = "the surname of someone named in full, misspelt"
                    found.append(MentionCandidate(name, start, end, (word,), 1.6, reason, segment.cue, lead))
                elif word in single and (len(tokens) == 1 or headline):
                    points, reason = single[word]
                    found.append(MentionCandidate(name, start, end, (word,), points, reason, segment.cue, lead))
    return found


def _is_slip(word: str, surnames: dict[str, float], lex: Lexicon) -> bool:
    """Whether an unknown word is a slip of the pen for the surname of someone named in full."""
    if len(word) < 7 or len(surnames) > _MAX_COMPARED or word in lex.words or word in lex.places or word in lex.cities:
        return False
    meant = misspelt(word, surnames)
    return meant is not None and surnames[meant] > 0


def _in_compounds(
    name: FieldName, segment: Segment, surnames: dict[str, float], single: dict[str, tuple[float, str]]
) -> list[MentionCandidate]:
    """People inside the compounds of a name that is none: "the Reagan-appointed Kissinger Commission"."""
    found = []
    for token in segment.tokens:
        first, _, second = token.form.partition("-")
        word = fold(first)
        if second[:1].islower() and len(first) > 2 and (surnames.get(word, 0.0) > 0 or word in single):
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
