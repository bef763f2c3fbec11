"""Article -> the people in it: names are found, gathered into people, described and quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kbapp.domain import Article, FieldName, Mention, Person
from kbapp.people.coreference import NameForm, resolve
from kbapp.people.descriptions import describe
from kbapp.people.families import relatives
from kbapp.people.identity import title_of_one
from kbapp.people.mentions import MentionCandidate
from kbapp.people.name_finder import find_candidates
from kbapp.people.quotations import attribute_quotes
from kbapp.people.spacy_recogniser import find_candidates as find_by_spacy
from kbapp.text.folding import fold

_MAX_PEOPLE = 2000


def recognise(article: Article, model: str = "") -> Article:
    """The same article with its people, each with every mention, a description and quotes; see ``kbapp.people``."""
    fields: list[tuple[FieldName, str]] = [
        ("title", article.title),
        ("subtitle", article.subtitle or ""),
        ("text", article.text),
    ]
    candidates = find_by_spacy(fields, model) if model else find_candidates(fields, article.language)
    return replace(article, people=tuple(people_of(article, candidates)))


def people_of(article: Article, candidates: list[MentionCandidate]) -> list[Person]:
    """Candidates gathered into people, with descriptions and quotes."""
    fields: dict[FieldName, str] = {"title": article.title, "subtitle": article.subtitle or "", "text": article.text}
    shared = list(relatives(fields, candidates))
    full_names = {(each.field, each.start): name for each, name in shared}
    candidates = sorted([*candidates, *(each for each, _ in shared)], key=_reading_order)
    forms = [
        NameForm(
            candidate.key,
            full_names.get(
                (candidate.field, candidate.start), fields[candidate.field][candidate.start : candidate.end]
            ),
            _honorific(fields[candidate.field], candidate),
            index,
            _word_before(fields[candidate.field], candidate.start),
            candidate.field,
        )
        for index, candidate in enumerate(candidates)
    ]
    names: dict[FieldName, list[tuple[int, int]]] = defaultdict(list)
    for candidate in candidates:
        names[candidate.field].append((candidate.start, candidate.end))
    for places in names.values():
        places.sort()
    people = []
    for group in resolve(forms)[:_MAX_PEOPLE]:
        mentions = tuple(_mention(fields, candidates[index]) for index in _without_overlaps(group.mentions, candidates))
        description, reason = describe(fields, [candidates[index] for index in group.mentions], names) or (None, "")
        people.append(
            Person(
                group.name, description, mentions, description_reason=str(reason), title=title_of_one(group.honorifics)
            )
        )
    return attribute_quotes(article.text, people, article.language)


def _reading_order(candidate: MentionCandidate) -> tuple[int, int]:
    return ("title", "subtitle", "text").index(candidate.field), candidate.start


def _without_overlaps(indexes: Iterable[int], candidates: list[MentionCandidate]) -> list[int]:
    kept: list[int] = []
    for index in sorted(indexes, key=lambda i: (candidates[i].field, candidates[i].start, -candidates[i].end)):
        if (
            kept
            and candidates[kept[-1]].field == candidates[index].field
            and candidates[index].start < candidates[kept[-1]].end
        ):
            continue
        kept.append(index)
    return sorted(kept)


def _honorific(text: str, candidate: MentionCandidate) -> str:
    if candidate.lead_start < 0:
        return ""
    words = fold(text[candidate.lead_start : candidate.start]).replace(".", " ").split()
    return words[-1] if words else ""


def _word_before(text: str, start: int) -> str:
    words = fold(text[max(0, start - 20) : start]).split()
    return words[-1] if words else ""


def _mention(fields: dict[FieldName, str], candidate: MentionCandidate) -> Mention:
    confidence = round(min(0.99, 0.5 + candidate.points * 0.12), 2)
    return Mention(
        candidate.start,
        candidate.end,
        fields[candidate.field][candidate.start : candidate.end],
        candidate.field,
        confidence,
        candidate.reason,
    )
