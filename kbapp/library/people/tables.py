"""Who is mentioned where, when, and beside whom: the whole library as rows, for programs that count and draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbapp.library.database import Library


@dataclass(frozen=True, slots=True)
class MentionOfPerson:
    """One place where an article names a person; ``start`` and ``end`` are offsets into the field."""

    person: int
    name: str
    article: int
    title: str
    published: str | None
    field: str
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class CoMention:
    """Two people whom the same articles name, the one with the lower id first."""

    one: int
    other: int
    articles: int


@dataclass(frozen=True, slots=True)
class MonthOfPerson:
    """How many articles of a month ("2010-10") name a person."""

    person: int
    name: str
    month: str
    articles: int


def mentions(library: Library) -> Iterator[MentionOfPerson]:
    """Every mention, by person and article."""
    rows = library.db.execute(
        "SELECT m.person, p.name, m.article, a.title, a.published, m.field, m.start, m.end, "
        "substr(CASE m.field WHEN 'title' THEN a.title WHEN 'subtitle' THEN a.subtitle ELSE a.text END, m.start + 1, m.end - m.start) "
        "FROM mentions m JOIN people p ON p.id = m.person JOIN articles a ON a.id = m.article "
        "ORDER BY m.person, m.article, m.field, m.start"
    )
    return (MentionOfPerson(*row) for row in rows)


def co_mentions(library: Library) -> Iterator[CoMention]:
    """Every two people whom at least one article names both."""
    rows = library.db.execute(
        "SELECT one.person, other.person, count(*) FROM article_people one "
        "JOIN article_people other ON other.article = one.article AND other.person > one.person "
        "GROUP BY one.person, other.person ORDER BY one.person, other.person"
    )
    return (CoMention(*row) for row in rows)


def months(library: Library) -> Iterator[MonthOfPerson]:
    """The timeline of everybody, by person and month; articles without a month are left out."""
    rows = library.db.execute(
        "SELECT m.person, p.name, substr(m.published_key, 1, 7) AS month, count(*) FROM article_people m "
        "JOIN people p ON p.id = m.person WHERE length(m.published_key) >= 7 GROUP BY m.person, month ORDER BY m.person, month"
    )
    return (MonthOfPerson(*row) for row in rows)
