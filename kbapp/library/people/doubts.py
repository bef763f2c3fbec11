"""One name, perhaps two people: articles whose ages, life dates or callings cannot be one person's, side by side."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kbapp.library.database import Library
from kbapp.people.reasons import Reason
from kbapp.text.folding import fold

_AGE = re.compile(r"(?:, (?:aged )?|,? aged? (?:of )?| \()(\d{1,3})(?=[,.;)]| ?-year| and )")
_LIFE = re.compile(r"\s?\((?:born |b\. ?)?(\d{4})(?:\s?[-–]\s?(\d{4}))?\)")
_MOST_ARTICLES = 300
_MOST_PLACES = 20
_YEARS_APART = 4  # an age is given in whole years, and articles are saved later than they were written
_LONGEST_CAREER = 95  # years between the first and the last article about one living person
_CALLINGS = {
    "court": "judge justice magistrate prosecutor",
    "music": "drummer guitarist bassist singer rapper pianist violinist cellist conductor composer musician frontman",
    "sport": "striker midfielder defender goalkeeper footballer quarterback pitcher sprinter swimmer cyclist skier boxer golfer "
    "jockey batsman bowler wrestler gymnast goaltender winger",
    "science": "physicist chemist biologist geologist mathematician virologist epidemiologist oceanographer astronomer",
    "clergy": "priest bishop archbishop cardinal pope rabbi imam pastor nun monk",
    "school": "schoolboy schoolgirl pupil toddler",
    "crime": "gunman murderer robber burglar",
    "medicine": "surgeon dentist nurse midwife physician psychiatrist",
}
_CALLING_OF = {word: calling for calling, words in _CALLINGS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Side:
    """The articles that speak of one of the two, by id, and the words that show it."""

    articles: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person may be two; ``other`` is the side with fewer articles, which is to be split off."""

    reason: Reason
    one: Side
    other: Side


@dataclass(frozen=True, slots=True)
class _Trace:
    article: int
    year: int | None
    born: int | None
    callings: frozenset[str]
    words: str


def may_be_two(library: Library, person: int) -> Doubt | None:
    """What speaks against all articles of a person being about one; None where nothing does."""
    traces = _traces(library.db, person)
    return _by_birth(traces) or _by_century(traces) or _by_calling(traces)


def _traces(db: sqlite3.Connection, person: int) -> list[_Trace]:
    rows = db.execute(
        "SELECT p.article, p.description, p.published_key, a.text FROM article_people p JOIN articles a ON a.id = p.article "
        "WHERE p.person = ? ORDER BY p.published_key, p.article LIMIT ?",
        (person, _MOST_ARTICLES),
    ).fetchall()
    places: dict[int, list[int]] = {}
    for article, end in db.execute(
        "SELECT article, end FROM mentions WHERE person = ? AND field = 'text' AND article IN (SELECT value FROM json_each(?)) "
        "ORDER BY article, start",
        (person, json.dumps([row[0] for row in rows])),
    ):
        places.setdefault(article, []).append(end)
    found = []
    for article, description, published, text in rows:
        year = int(published[:4]) if published[:4].isdigit() else None
        born, words = _birth(text, places.get(article, [])[:_MOST_PLACES], year)
        callings = frozenset(_CALLING_OF[word] for word in fold(description or "").split() if word in _CALLING_OF)
        found.append(_Trace(article, year, born, callings, words or description or ""))
    return found


def _birth(text: str, ends: Sequence[int], year: int | None) -> tuple[int | None, str]:
    """The year of birth that an article gives or lets one reckon, and its words."""
    for end in ends:
        if match := _LIFE.match(text, end):
            return int(match[1]), match.group().strip()
        if year and (match := _AGE.match(text, end)) and 0 < int(match[1]) < 116:
            return year - int(match[1]), f"{match[1]} ({year})"
    return None, ""


def _by_birth(traces: list[_Trace]) -> Doubt | None:
    """Two groups of birth years with a gap between them that no slip of the pen explains."""
    known = sorted((trace.born, trace.article, trace) for trace in traces if trace.born is not None)
    gaps = [(after[0] - before[0], index) for index, (before, after) in enumerate(pairwise(known), 1)]
    if not gaps or max(gaps)[0] < _YEARS_APART:
        return None
    cut = max(gaps)[1]
    return _doubt(Reason.AGES_DIFFER, [each[2] for each in known[:cut]], [each[2] for each in known[cut:]])


def _by_century(traces: list[_Trace]) -> Doubt | None:
    dated = sorted((trace.year, trace.article, trace) for trace in traces if trace.year)
    if len(dated) < 2 or dated[-1][0] - dated[0][0] <= _LONGEST_CAREER:
        return None
    early = [each[2] for each in dated if each[0] - dated[0][0] <= _LONGEST_CAREER // 2]
    late = [each[2] for each in dated if each[0] - dated[0][0] > _LONGEST_CAREER // 2]
    return _doubt(Reason.CENTURIES_DIFFER, early, late)


def _by_calling(traces: list[_Trace]) -> Doubt | None:
    """Articles of one calling beside articles of another, none of which names both."""
    groups: dict[str, list[_Trace]] = {}
    for trace in traces:
        if len(trace.callings) > 1:
            return None
        for calling in trace.callings:
            groups.setdefault(calling, []).append(trace)
    if len(groups) < 2:
        return None
    first, second = sorted(groups.values(), key=lambda group: (-len(group), group[0].article))[:2]
    return _doubt(Reason.CALLINGS_DIFFER, first, second)


def _doubt(reason: Reason, one: list[_Trace], other: list[_Trace]) -> Doubt:
    for side in (one, other):
        side.sort(key=lambda trace: (trace.year or 0, trace.article))
    more, fewer = sorted((one, other), key=lambda side: (-len(side), side[0].article))
    return Doubt(reason, *(Side(tuple(trace.article for trace in side), side[0].words) for side in (more, fewer)))
