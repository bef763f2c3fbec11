"""Narrowing a list of articles by what they have in common: a person, a source, a year, and so on."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields, replace
from typing import Literal

from kbapp.text.folding import fold

Field = Literal["person", "author", "source", "year", "tag"]
FIELDS: tuple[Field, ...] = ("person", "author", "source", "year", "tag")
_CONDITIONS = {
    "person": "id IN (SELECT m.article FROM article_people m JOIN people p ON p.id = m.person WHERE p.name = :by_person)",
    "author": "id IN (SELECT s.article FROM authorships s JOIN people p ON p.id = s.person WHERE p.name = :by_author)",
    "source": "source = :by_source",
    "year": "substr(published_key, 1, 4) = :by_year",
    "tag": "id IN (SELECT article FROM article_tags WHERE tag = :by_tag)",
}
_VALUES = {
    "person": "SELECT p.name, count(DISTINCT m.article) AS n FROM article_people m JOIN people p ON p.id = m.person "
    "WHERE m.article IN ({ids}) AND NOT p.is_agency GROUP BY p.name ORDER BY n DESC, p.name",
    "author": "SELECT p.name, count(DISTINCT s.article) AS n FROM authorships s JOIN people p ON p.id = s.person "
    "WHERE s.article IN ({ids}) GROUP BY p.name ORDER BY n DESC, p.name",
    "source": "SELECT source, count(*) AS n FROM articles WHERE id IN ({ids}) AND source IS NOT NULL GROUP BY source "
    "ORDER BY n DESC, source",
    "year": "SELECT substr(published_key, 1, 4) AS year, count(*) FROM articles WHERE id IN ({ids}) AND published_key <> '' "
    "GROUP BY year ORDER BY year DESC",
    "tag": "SELECT tag, count(*) AS n FROM article_tags WHERE article IN ({ids}) GROUP BY tag ORDER BY n DESC, tag",
}
_MOST = 60  # values that are offered


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed to: values of fields ("" for any), whether unread only, and letters in titles and authors."""

    person: str = ""
    author: str = ""
    source: str = ""
    year: str = ""
    tag: str = ""
    unread: bool = False
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def without(self, field: Field) -> Narrowing:
        """The same for any value of a field, and without letters."""
        return replace(self.having(field, ""), text="")

    def having(self, field: Field, value: str) -> Narrowing:
        """The same with another value of a field, "" for any."""
        kept = {each: getattr(self, each) for each in FIELDS} | {field: value}
        return Narrowing(unread=self.unread, text=self.text, **kept)

    def sql(self) -> str:
        """Conditions on a row of articles, each after " AND "."""
        conditions = [_CONDITIONS[field] for field in FIELDS if getattr(self, field)]
        return "".join(f" AND {each}" for each in [*conditions, *(["is_read = 0"] if self.unread else [])])

    def parameters(self) -> dict[str, str | int | None]:
        """The named parameters of ``sql``."""
        return {f"by_{field}": getattr(self, field) for field in FIELDS}

    def query(self) -> str:
        """The same in the language of searches, except for ``text``."""
        names = {"year": "date"}
        words = [f'{names.get(field, field)}:"{getattr(self, field)}"' for field in FIELDS if getattr(self, field)]
        words = [word.replace('"', "") if word.startswith("date:") else word for word in words]
        return " ".join([*words, *(["is:unread"] if self.unread else [])])


def with_text(db: sqlite3.Connection, ids: list[int], text: str) -> list[int]:
    """Those articles whose title, subtitle or author contains the text, whatever its case and marks."""
    wanted = fold(" ".join(text.split()))
    if not wanted:
        return ids
    sql = "SELECT id, title FROM articles UNION ALL SELECT id, subtitle FROM articles WHERE subtitle IS NOT NULL "
    sql += "UNION ALL SELECT article, name FROM authorships"
    found = {row[0] for row in db.execute(sql) if wanted in fold(row[1])}
    return [each for each in ids if each in found]


def values(
    db: sqlite3.Connection, field: Field, ids: str, parameters: dict[str, str | int | None]
) -> list[tuple[str, int]]:
    """The commonest values of a field among articles, whose ids the SQL ``ids`` selects, each with its number; years the
    latest first."""
    sql = f"{_VALUES[field].format(ids=ids)} LIMIT {_MOST}"
    return [(row[0], row[1]) for row in db.execute(sql, parameters)]
