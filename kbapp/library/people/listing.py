"""Lists of people and authors: their ids in an order, and what a row shows of those in view."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kbapp.library.database import Library
from kbapp.text.folding import fold

Side = Literal["people", "authors"]
PeopleOrder = Literal["named", "name", "seen"]
_SIDES = {"people": "articles > 0 AND NOT is_agency", "authors": "authored > 0"}
_SEEN = {
    "people": "(SELECT published_key FROM article_people WHERE person = people.id ORDER BY published_key DESC LIMIT 1)",
    "authors": "(SELECT published_key FROM authorships WHERE person = people.id ORDER BY published_key DESC LIMIT 1)",
}
_ROLES_LOOKED_AT = 40  # the latest descriptions of a person, among which one in the reader's language is looked for
_ROLE = (
    "(SELECT description FROM (SELECT m.description, substr(coalesce(a.language, 'en'), 1, 2) = :language AS readable, "
    "m.published_key, m.article FROM article_people m JOIN articles a ON a.id = m.article WHERE m.person = people.id AND "
    f"m.description IS NOT NULL ORDER BY m.published_key DESC, m.article DESC LIMIT {_ROLES_LOOKED_AT}) "
    "ORDER BY readable DESC, published_key DESC, article DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What a list shows of a person.

    Attributes:
        id: Of the person.
        name: As it is shown.
        role: The latest description, one in the reader's language before any other; "" for none.
        articles: How many mention the person or, in a list of authors, are by that author.
        last_seen: Date of the latest of them, "2026-02-20"; "" when none has a date.
    """

    id: int
    name: str
    role: str
    articles: int
    last_seen: str


def ids(library: Library, side: Side, order: PeopleOrder = "named", text: str = "") -> list[int]:
    """The ids of people or authors in an order; with ``text`` of those whose name, other name or role contains it."""
    count = "articles" if side == "people" else "authored"
    orders = {
        "named": f"{count} DESC, id",
        "name": "name COLLATE NOCASE, id",
        "seen": f"{_SEEN[side]} DESC, {count} DESC, id",
    }
    rows = library.db.execute(f"SELECT id FROM people WHERE {_SIDES[side]} ORDER BY {orders[order]}")
    found = [row[0] for row in rows]
    if not text.strip():
        return found
    matching = _matching(library.db, fold(text.strip()))
    return [each for each in found if each in matching]


def cards(library: Library, side: Side, ids: Sequence[int], language: str = "en") -> list[PersonCard]:
    """The rows of these people in the same order; people who are gone are left out."""
    count = "articles" if side == "people" else "authored"
    sql = (
        f"SELECT id, name, {count}, {_SEEN[side]}, {_ROLE} FROM people WHERE id IN (SELECT value FROM json_each(:ids))"
    )
    rows = library.db.execute(sql, {"ids": json.dumps(list(ids)), "language": language[:2]})
    found = {row[0]: PersonCard(row[0], row[1], row[4] or "", row[2], (row[3] or "")[:10]) for row in rows}
    return [found[each] for each in ids if each in found]


def _matching(db: sqlite3.Connection, text: str) -> set[int]:
    """Everybody whose name, other name or role contains the folded text."""
    named = "SELECT id, name FROM people UNION ALL SELECT person, form FROM name_forms"
    found = {row[0] for row in db.execute(named) if text in fold(row[1])}
    described = "SELECT DISTINCT description FROM article_people WHERE description IS NOT NULL"
    roles = [row[0] for row in db.execute(described) if text in fold(row[0])]
    these = "SELECT DISTINCT person FROM article_people WHERE description IN (SELECT value FROM json_each(?))"
    return found | {row[0] for row in db.execute(these, (json.dumps(roles),))}
