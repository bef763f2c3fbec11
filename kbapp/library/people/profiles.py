"""Profiles: everything that the library knows of one person, as subject and as author."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from typing import TypeVar

from kbapp.domain import BioRow, DescriptionRow, MentionRow, MonthRow, PersonRow, Profile, QuoteRow, WrittenRow
from kbapp.library.database import Library
from kbapp.library.people.passages import passages
from kbapp.library.people.repository import aliases, find
from kbapp.text.folding import fold

_STRAY_COMMA = re.compile(r",([”\"’'»“]?)$")
_Row = TypeVar("_Row")
_Worded = TypeVar("_Worded", DescriptionRow, BioRow)
PAGE = 50  # articles of a profile that are shown with their passages at first


def profile(library: Library, ref: int | str, limit: int = PAGE, offset: int = 0, language: str = "en") -> Profile:
    """Everything about a person on one page; ``limit`` and ``offset`` page through the articles that mention them. Descriptions
    in the reader's ``language`` come first, and the first of all is the one at the head."""
    person = find(library, ref)
    db = library.db
    row = db.execute("SELECT * FROM people WHERE id = ?", (person,)).fetchone()
    descriptions = _descriptions(db, person, language)
    first, last = (_edge(db, person, order) for order in ("ASC", "DESC"))
    return Profile(
        id=person,
        name=row["name"],
        aliases=aliases(db, person),
        description=descriptions[0].text if descriptions else None,
        descriptions=descriptions,
        bios=_bios(db, person),
        wrote=_rows(db, WrittenRow, "SELECT a.id, a.title, a.published FROM authorships s JOIN articles a ON a.id = s.article WHERE s.person = ? "
                        "ORDER BY s.published_key DESC, s.article DESC LIMIT ? OFFSET ?", person, limit, offset),
        mentioned_in=mentioned_in(db, person, limit, offset),
        often_with=_often_with(db, person),
        written_about_by=_rows(db, PersonRow, "SELECT p.id, p.name, count(*) AS articles FROM article_people m JOIN authorships s ON s.article = m.article "
                                   "JOIN people p ON p.id = s.person WHERE m.person = ? AND s.person <> m.person "
                                   "GROUP BY p.id ORDER BY articles DESC, p.name LIMIT 30", person),
        writes_about=_rows(db, PersonRow, "SELECT p.id, p.name, count(*) AS articles FROM authorships s JOIN article_people m ON m.article = s.article "
                               "JOIN people p ON p.id = m.person WHERE s.person = ? AND m.person <> s.person "
                               "GROUP BY p.id ORDER BY articles DESC, p.name LIMIT 30", person),
        quotes=_quotes(db, person),
        timeline=_rows(db, MonthRow, "SELECT substr(published_key, 1, 7) AS month, count(*) AS articles FROM article_people "
                           "WHERE person = ? AND length(published_key) >= 7 GROUP BY month ORDER BY month", person),
        notes=tuple(n for (n,) in db.execute("SELECT id FROM notes WHERE about_kind IN ('person', 'author') AND about_id = ? AND deleted IS NULL "
                                             "ORDER BY modified DESC", (person,))),
        first_seen=first,
        last_seen=last,
        is_agency=bool(row["is_agency"]),
    )  # fmt: skip


def _edge(db: sqlite3.Connection, person: int, order: str) -> str | None:
    """The date, as published, of the first (ASC) or last (DESC) article that has to do with a person."""
    row = db.execute(
        "SELECT published FROM articles WHERE id IN ("
        f"SELECT article FROM (SELECT article, published_key FROM article_people WHERE person = :p AND published_key <> '' ORDER BY published_key {order} LIMIT 1) "
        f"UNION SELECT article FROM (SELECT article, published_key FROM authorships WHERE person = :p AND published_key <> '' ORDER BY published_key {order} LIMIT 1)) "
        f"ORDER BY published_key {order} LIMIT 1",
        {"p": person},
    ).fetchone()
    return str(row[0])[:10] if row and row[0] else None


def _rows(db: sqlite3.Connection, kind: type[_Row], sql: str, *values: object) -> tuple[_Row, ...]:
    """Rows as values of a class whose fields are the columns."""
    return tuple(kind(**dict(row)) for row in db.execute(sql, values))


def _descriptions(db: sqlite3.Connection, person: int, language: str) -> tuple[DescriptionRow, ...]:
    """What the articles say the person is, each wording once with its newest article: those in the reader's language first,
    the latest first among them. An article of unknown language counts as English."""
    rows = _rows(
        db,
        DescriptionRow,
        "SELECT m.description AS text, m.article, a.published, a.title, a.language, m.description_reason AS reason "
        "FROM article_people m JOIN articles a ON a.id = m.article "
        "WHERE m.person = ? AND m.description IS NOT NULL ORDER BY m.published_key DESC, m.article DESC LIMIT 200",
        person,
    )
    return tuple(sorted(_each_wording_once(rows), key=lambda row: (row.language or "en")[:2] != language[:2]))


def _quotes(db: sqlite3.Connection, person: int) -> tuple[QuoteRow, ...]:
    """What the person said, the latest articles first, without the comma that led on to "he said"."""
    rows = _rows(
        db,
        QuoteRow,
        "SELECT substr(a.text, q.start + 1, q.end - q.start) AS text, q.article, a.title, a.published, q.start, q.reason FROM quotes q "
        "JOIN articles a ON a.id = q.article WHERE q.person = ? ORDER BY q.article DESC, q.start LIMIT 40",
        person,
    )
    return tuple(replace(row, text=_STRAY_COMMA.sub(r"\1", row.text)) for row in rows)


def _bios(db: sqlite3.Connection, person: int) -> tuple[BioRow, ...]:
    rows = _rows(
        db,
        BioRow,
        "SELECT s.bio AS text, s.article, a.published FROM authorships s JOIN articles a ON a.id = s.article "
        "WHERE s.person = ? AND s.bio IS NOT NULL ORDER BY s.published_key DESC, s.article DESC LIMIT 200",
        person,
    )
    return _each_wording_once(rows)


def _each_wording_once(rows: tuple[_Worded, ...]) -> tuple[_Worded, ...]:
    """The first row of each ``text``, whatever its capitals and apostrophes."""
    seen: dict[str, _Worded] = {}
    for row in rows:
        seen.setdefault(" ".join(fold(row.text).split()), row)
    return tuple(seen.values())[:20]


def mentioned_in(
    db: sqlite3.Connection, person: int, limit: int, offset: int, months: tuple[str, str] = ("", "\uffff")
) -> tuple[MentionRow, ...]:
    """The articles that mention a person, the newest first, with the sentences that do; ``months`` are the first and the
    last one ("2010-03")."""
    rows = db.execute(
        "SELECT a.id, a.title, a.published, a.source, a.text, a.subtitle, m.mentions FROM article_people m JOIN articles a ON a.id = m.article "
        "WHERE m.person = ? AND m.published_key >= ? AND m.published_key <= ? ORDER BY m.published_key DESC, m.article DESC LIMIT ? OFFSET ?",
        (person, months[0], f"{months[1]}~", limit, offset),
    ).fetchall()
    places: dict[int, list[tuple[int, int]]] = {}
    for article, start, end in db.execute(
        "SELECT article, start, end FROM mentions WHERE person = ? AND field = 'text' "
        "AND article IN (SELECT value FROM json_each(?)) ORDER BY article, start",
        (person, json.dumps([row["id"] for row in rows])),
    ):
        places.setdefault(article, []).append((start, end))
    return tuple(
        MentionRow(
            id=row["id"],
            title=row["title"],
            published=row["published"],
            mentions=row["mentions"],
            snippets=tuple(passages(row["text"], places.get(row["id"], [])[:40])),
            source=row["source"],
        )
        for row in rows
    )


def _often_with(db: sqlite3.Connection, person: int) -> tuple[PersonRow, ...]:
    """Who appears in the same articles, counted over the latest 500 so that the cost does not grow for ever."""
    return _rows(
        db,
        PersonRow,
        "WITH latest AS (SELECT article FROM article_people WHERE person = ? ORDER BY published_key DESC, article DESC LIMIT 500) "
        "SELECT p.id, p.name, count(*) AS articles FROM latest JOIN article_people o ON o.article = latest.article "
        "JOIN people p ON p.id = o.person WHERE o.person <> ? GROUP BY p.id ORDER BY articles DESC, p.name LIMIT 30",
        person,
        person,
    )
