"""Pairs of people who may be one: the surest first, those in most articles first among equals."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kbapp.library.database import Library
from kbapp.people.identity import key_everywhere, surname_key, why_same
from kbapp.people.reasons import Reason

_SURENESS = {
    Reason.SAME_NAME: 5, Reason.SPELLED_ALIKE: 5, Reason.SHORT_OR_OTHER_SPELLING: 4, Reason.SAME_GIVEN_NAME: 3,
    Reason.SAME_INITIAL: 2, Reason.SURNAME_ALONE: 1,
}  # fmt: skip
_MOST_KEYS = 5000  # of the people in most articles
_MOST_ALIKE = 24  # keys of one beginning that are compared with each other
_PREFIX = 4

Suggestion = tuple[int, int, Reason]
"""Two people's ids, the smaller first, and why."""


def suggestions(library: Library, limit: int = 50) -> list[Suggestion]:
    """Pairs that may be one person. Refused pairs are left out."""
    rows = library.db.execute(
        "SELECT a.key, p.id, p.articles FROM people p JOIN aliases a ON a.person = p.id WHERE p.articles > 0 AND NOT p.is_agency "
        "ORDER BY p.articles DESC, p.id, a.key LIMIT ?",
        (_MOST_KEYS,),
    ).fetchall()
    buckets: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for key, person, articles in rows:
        bucket = buckets[surname_key(key)[:_PREFIX]]
        if len(bucket) < _MOST_ALIKE:
            bucket.append((key, person, articles))
    pairs = (pair for bucket in buckets.values() for pair in combinations(bucket, 2))
    return _ranked(library.db, pairs, limit)


def suggestions_for(library: Library, person: int, limit: int = 5) -> list[Suggestion]:
    """Pairs with this person that may be one."""
    db = library.db
    own = db.execute(
        "SELECT a.key, p.id, p.articles FROM aliases a JOIN people p ON p.id = a.person WHERE p.id = ?", (person,)
    ).fetchall()
    pairs = []
    for mine in own:
        prefix = surname_key(mine[0])[:_PREFIX]
        rows = db.execute(
            "SELECT a.key, p.id, p.articles FROM surnames s JOIN aliases a ON a.key = s.key JOIN people p ON p.id = a.person "
            "WHERE s.surname >= ? AND s.surname < ? AND p.id <> ? AND p.articles > 0 ORDER BY p.articles DESC, p.id LIMIT ?",
            (prefix, f"{prefix}\U0010ffff", person, _MOST_ALIKE),
        ).fetchall()
        pairs += [(tuple(mine), tuple(other)) for other in rows]
    return _ranked(db, pairs, limit)


def _ranked(
    db: sqlite3.Connection, pairs: Iterable[tuple[tuple[str, int, int], tuple[str, int, int]]], limit: int
) -> list[Suggestion]:
    refused = {(row[0], row[1]) for row in db.execute("SELECT one, other FROM refused_merges")}
    best: dict[tuple[int, int], tuple[tuple[int, int], Reason]] = {}
    for pair, weight, reason in _compared(pairs):
        if pair not in refused and (pair not in best or weight > best[pair][0]):
            best[pair] = (weight, reason)
    order = sorted(best.items(), key=lambda item: (tuple(-number for number in item[1][0]), item[0]))
    return [(*pair, reason) for pair, (_, reason) in order[:limit]]


def _compared(
    pairs: Iterable[tuple[tuple[str, int, int], tuple[str, int, int]]],
) -> Iterator[tuple[tuple[int, int], tuple[int, int], Reason]]:
    for (key, person, articles), (other_key, other, other_articles) in pairs:
        if person == other:
            continue
        reason = why_same(key, other_key)
        if reason is None or (
            reason is Reason.SURNAME_ALONE and " " not in key_everywhere(key) + key_everywhere(other_key)
        ):
            continue
        yield (min(person, other), max(person, other)), (_SURENESS[reason], articles + other_articles), reason
