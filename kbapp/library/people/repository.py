"""People and authors, one record seen from two sides: finding them by id, name or alias, and listing them."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from kbapp.errors import Code, NotFound
from kbapp.library.database import Library
from kbapp.library.ids import number_of
from kbapp.people.identity import identity_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of people or authors."""

    id: int
    name: str
    articles: int
    mentions: int
    authored: int
    is_agency: bool


def find(library: Library, ref: int | str) -> int:
    """The id of the person with this id, name or alias. Raises NotFound."""
    db = library.db
    text = str(ref).strip()
    row = None
    if (number := number_of(text)) is not None:
        row = db.execute("SELECT id FROM people WHERE id = ?", (number,)).fetchone()
    if row is None:
        row = db.execute("SELECT person FROM aliases WHERE key = ? AND key <> ''", (identity_key(text),)).fetchone()
        if row is None:
            row = db.execute(
                "SELECT id FROM people WHERE name = ? COLLATE NOCASE ORDER BY articles DESC LIMIT 1", (text,)
            ).fetchone()
    if row is None:
        raise NotFound(Code.NO_SUCH_PERSON, ref=ref)
    return int(row[0])


def entries(library: Library, side: str, limit: int = -1, offset: int = 0, starts: str = "") -> list[Entry]:
    """People that articles mention (``side`` "people") or authors ("authors"), those in most articles first."""
    condition, order = (
        ("authored > 0", "authored DESC, id")
        if side == "authors"
        else ("articles > 0 AND NOT is_agency", "articles DESC, id")
    )
    pattern = "%" + re.sub(r"([%_\\])", r"\\\1", starts) + "%" if starts else "%"
    rows = library.db.execute(
        f"SELECT id, name, articles, mentions, authored, is_agency FROM people WHERE {condition} AND name LIKE ? ESCAPE '\\' "
        f"ORDER BY {order} LIMIT ? OFFSET ?",
        (pattern, limit, offset),
    )
    return [Entry(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows]


def aliases(db: sqlite3.Connection, person: int, limit: int = 40) -> tuple[str, ...]:
    """The other forms in which the person is named, the commonest first."""
    rows = db.execute(
        "SELECT form FROM name_forms WHERE person = ? AND form <> (SELECT name FROM people WHERE id = ?) ORDER BY by_user DESC, uses DESC, form LIMIT ?",
        (person, person, limit),
    )
    return tuple(row[0] for row in rows)


def all_aliases(library: Library, limit: int = 40) -> dict[int, tuple[str, ...]]:
    """The same for everybody at once, by id."""
    rows = library.db.execute(
        "SELECT person, form FROM (SELECT f.person, f.form, row_number() OVER (PARTITION BY f.person ORDER BY f.by_user DESC, f.uses DESC, "
        "f.form) AS nth FROM name_forms f JOIN people p ON p.id = f.person WHERE f.form <> p.name) WHERE nth <= ? ORDER BY person, nth",
        (limit,),
    )
    found: dict[int, list[str]] = {}
    for person, form in rows:
        found.setdefault(person, []).append(form)
    return {person: tuple(forms) for person, forms in found.items()}


def names(library: Library, ids: list[int]) -> dict[int, str]:
    """Names by id."""
    sql = "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in library.db.execute(sql, (json.dumps(ids),))}
