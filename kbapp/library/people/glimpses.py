"""A few words on many people at once: who they are and the last passages that name them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from kbapp.library.database import Library
from kbapp.library.people.passages import passages

_ARTICLES = 3
_MENTIONS = 20  # of an article that are looked at for its first passage


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A person in short: ``description`` and ``passages`` are from the latest articles, one passage each."""

    id: int
    name: str
    description: str | None
    passages: tuple[str, ...]


def glimpses(library: Library, people: Iterable[int]) -> dict[int, Glimpse]:
    """What is known of people in short, by id; those that are not there are left out. Takes four queries for them all."""
    db = library.db
    ids = (json.dumps(sorted(set(people))),)
    these = "IN (SELECT value FROM json_each(?))"
    names = dict(db.execute(f"SELECT id, name FROM people WHERE id {these}", ids).fetchall())
    latest = db.execute(
        "SELECT person, article, description, nth FROM (SELECT person, article, description, row_number() OVER "
        f"(PARTITION BY person ORDER BY published_key DESC, article DESC) AS nth FROM article_people WHERE person {these}) "
        "WHERE nth <= 30 ORDER BY person, nth",
        ids,
    ).fetchall()
    described: dict[int, str] = {}
    shown: dict[int, list[int]] = {}
    for person, article, description, nth in latest:
        if description:
            described.setdefault(person, description)
        if nth <= _ARTICLES:
            shown.setdefault(person, []).append(article)
    articles = (json.dumps(sorted({article for each in shown.values() for article in each})),)
    texts = dict(db.execute(f"SELECT id, text FROM articles WHERE id {these}", articles).fetchall())
    places: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for person, article, start, end in db.execute(
        f"SELECT person, article, start, end FROM mentions WHERE field = 'text' AND person {these} AND article {these} ORDER BY start",
        (*ids, *articles),
    ):
        places.setdefault((person, article), []).append((start, end))
    return {
        person: Glimpse(
            person,
            name,
            described.get(person),
            tuple(
                passage
                for article in shown.get(person, ())
                for passage in passages(texts[article], places.get((person, article), [])[:_MENTIONS], 1)
            ),
        )
        for person, name in names.items()
    }


def mention_reasons(db: Connection, article: int, person: int) -> tuple[str, ...]:
    """Why the places of an article that mean a person were taken for them, each reason once."""
    rows = db.execute(
        "SELECT reason FROM mentions WHERE article = ? AND person = ? AND reason <> '' GROUP BY reason ORDER BY min(start)",
        (article, person),
    )
    return tuple(row[0] for row in rows)
