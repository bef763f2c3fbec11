"""Article -> the people in it. Evidence is gathered from the whole article before anything is decided.

1. Runs of capitalised words are cut into segments, and each segment's evidence is weighed.
2. Names of two and more words with enough evidence are people; their surnames carry over to the rest of the article.
3. A single word becomes a person on its own strength (a title, "said ...") when no full name claims it.
4. ``resolve`` gathers the names that mean one person; descriptions and quotes are read around the mentions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kbapp.domain import Article, FieldName, Mention, Person
from kbapp.people.coreference import NameForm, misspelt, resolve
from kbapp.people.descriptions import describe
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.quotations import attribute_quotes
from kbapp.people.scoring import COMPANY, ENOUGH, names_alone, weigh
from kbapp.people.segmentation import Segment, cut
from kbapp.people.tokens import find_runs
from kbapp.text.folding import fold

_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'])")
_PARTS = re.compile(r"[-‑]")
_MAX_PEOPLE = 2000
_MAX_COMPARED = 200  # surnames of an article that slips of the pen are compared with


@dataclass(slots=True)
class Spot:
    """A place that names someone: offsets into a field, and the folded words found there."""

    field: FieldName
    start: int
    end: int
    key: tuple[str, ...]
    points: float
    reason: str
    cue: str = ""
    lead_start: int = -1


def recognise(article: Article, model: str = "") -> Article:
    """The same article with its people, each with every mention, a description and quotes; see ``kbapp.people``."""
    fields: list[tuple[FieldName, str]] = [
        ("title", article.title),
        ("subtitle", article.subtitle or ""),
        ("text", article.text),
    ]
    if model:
        from kbapp.people.spacy_recogniser import find_spots as found_by_spacy

        spots = found_by_spacy(fields, model)
    else:
        spots = find_spots(fields, foreign=article.language not in (None, "en"))
    return replace(article, people=tuple(people_of(article, spots)))


def find_spots(fields: Iterable[tuple[FieldName, str]], *, foreign: bool = False) -> list[Spot]:
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
    spots = []
    for name, text, segment, headline in segments:
        spots += _spots_of(name, text, segment, headline, full, surnames, single)
    spots.sort(key=lambda spot: (("title", "subtitle", "text").index(spot.field), spot.start))
    return spots


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


def _spots_of(
    name: FieldName, text: str, segment: Segment, headline: bool,
    full: dict[tuple[str, ...], tuple[float, str]], surnames: dict[str, float], single: dict[str, tuple[float, str]],
) -> list[Spot]:  # fmt: skip
    key = segment.key
    if segment.org:
        return _in_compounds(name, segment, surnames, single)
    lead = segment.lead[0].start if segment.lead else -1
    if segment.doubtful and (surnames.get(key[0], 0.0) <= 0 or not names_alone(segment, text)):
        return []
    if key in full:
        points, reason = full[key]
        return [Spot(name, segment.start, segment.end_in(text), key, points, reason, segment.cue, lead)]
    lex = lexicon()
    if len(key) > 1 and surnames.get(key[-1], 0.0) > 0 and all(word in lex.particles for word in key[:-1]):
        reason = "the surname of someone named in full"
        return [Spot(name, segment.start, segment.end, key, 2.0, reason, segment.cue, lead)]
    spots = []
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
                    spots.append(Spot(name, start, end, (word,), 2.0 if known else 1.7, reason, segment.cue, lead))
                elif len(tokens) == 1 and _is_slip(word, surnames, lex):
                    reason = "the surname of someone named in full, misspelt"
                    spots.append(Spot(name, start, end, (word,), 1.6, reason, segment.cue, lead))
                elif word in single and (len(tokens) == 1 or headline):
                    points, reason = single[word]
                    spots.append(Spot(name, start, end, (word,), points, reason, segment.cue, lead))
    return spots


def _is_slip(word: str, surnames: dict[str, float], lex: Lexicon) -> bool:
    """Whether an unknown word is a slip of the pen for the surname of someone named in full."""
    if len(word) < 7 or len(surnames) > _MAX_COMPARED or word in lex.words or word in lex.places or word in lex.cities:
        return False
    meant = misspelt(word, surnames)
    return meant is not None and surnames[meant] > 0


def _in_compounds(
    name: FieldName, segment: Segment, surnames: dict[str, float], single: dict[str, tuple[float, str]]
) -> list[Spot]:
    """People inside the compounds of a name that is none: "the Reagan-appointed Kissinger Commission"."""
    spots = []
    for token in segment.tokens:
        first, _, second = token.form.partition("-")
        word = fold(first)
        if second[:1].islower() and len(first) > 2 and (surnames.get(word, 0.0) > 0 or word in single):
            spots.append(Spot(name, token.start, token.start + len(first), (word,), 1.8, "named elsewhere in the text"))
    return spots


def _words_of(form: str, start: int, folded: str) -> Iterable[tuple[int, int, str]]:
    """The word itself, and the parts of a compound such as "Sadr-less"."""
    yield start, start + len(form), folded
    if "-" in form[1:-1] and not re.match(r"(?:al|el|ad|as|ash|an|ar|az)-", folded):
        offset = start
        for part in _PARTS.split(form):
            if len(part) > 2 and part[0].isupper():
                yield offset, offset + len(part), fold(part)
            offset += len(part) + 1


def people_of(article: Article, spots: list[Spot]) -> list[Person]:
    """Spots gathered into people, with descriptions and quotes."""
    fields: dict[FieldName, str] = {"title": article.title, "subtitle": article.subtitle or "", "text": article.text}
    forms = [
        NameForm(spot.key, fields[spot.field][spot.start : spot.end], _honorific(fields[spot.field], spot), index)
        for index, spot in enumerate(spots)
    ]
    places: dict[FieldName, list[int]] = defaultdict(list)
    for spot in spots:
        places[spot.field].append(spot.end)
    for ends in places.values():
        ends.sort()
    people = []
    for group in resolve(forms)[:_MAX_PEOPLE]:
        mentions = tuple(_mention(fields, spots[index]) for index in _without_overlaps(group.spots, spots))
        description = describe(fields, [spots[index] for index in group.spots], places)
        people.append(Person(group.name, description, mentions))
    return attribute_quotes(article.text, people)


def _without_overlaps(indexes: Iterable[int], spots: list[Spot]) -> list[int]:
    kept: list[int] = []
    for index in sorted(indexes, key=lambda i: (spots[i].field, spots[i].start, -spots[i].end)):
        if kept and spots[kept[-1]].field == spots[index].field and spots[index].start < spots[kept[-1]].end:
            continue
        kept.append(index)
    return sorted(kept)


def _honorific(text: str, spot: Spot) -> str:
    if spot.lead_start < 0:
        return ""
    words = fold(text[spot.lead_start : spot.start]).replace(".", " ").split()
    return words[-1] if words else ""


def _mention(fields: dict[FieldName, str], spot: Spot) -> Mention:
    confidence = round(min(0.99, 0.5 + spot.points * 0.12), 2)
    return Mention(spot.start, spot.end, fields[spot.field][spot.start : spot.end], spot.field, confidence, spot.reason)
