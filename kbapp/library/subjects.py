"""What notes are about, by name: many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kbapp.domain import Subject
from kbapp.library.database import Library

_TABLES = (("articles", "title", ("article",)), ("people", "name", ("person", "author")))


def titles(library: Library, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """The titles of articles and the names of people; what is not there, and the library as a whole, has none."""
    wanted = set(subjects)
    found: dict[Subject, str] = {}
    for table, column, kinds in _TABLES:
        these = [each for each in wanted if each.kind in kinds and each.id is not None]
        if not these:
            continue
        ids = json.dumps(sorted({each.id for each in these if each.id is not None}))
        sql = f"SELECT id, {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        names = dict(library.db.execute(sql, (ids,)).fetchall())
        found |= {each: names[each.id] for each in these if each.id in names}
    return found


def title(library: Library, subject: Subject) -> str | None:
    """The title of one, None when there is none."""
    return titles(library, [subject]).get(subject)
