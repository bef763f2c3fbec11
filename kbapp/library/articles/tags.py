"""Tags on articles, and the lists of tags and sources with how many articles have each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kbapp.errors import Code, UserError
from kbapp.library import change_log
from kbapp.library.database import Library


def tidy(tag: str) -> str:
    """A tag as it is kept: without the mark before it and spaces around. Raises UserError when nothing is left."""
    tag = " ".join(tag.split()).lstrip("#").strip()
    if not tag:
        raise UserError(Code.EMPTY_TAG)
    return tag


def add(db: sqlite3.Connection, articles: Iterable[int], tag: str) -> list[int]:
    """Puts a tag on articles within the caller's transaction; returns those that did not have it."""
    tag, added = tidy(tag), []
    for article in articles:
        sql = "INSERT OR IGNORE INTO article_tags (article, tag) VALUES (?, ?)"
        if db.execute(sql, (article, tag)).rowcount:
            change_log.record(db, "article", [article])
            added.append(article)
    return added


def remove(db: sqlite3.Connection, articles: Iterable[int], tag: str) -> list[int]:
    """Takes a tag off articles; returns those that had it."""
    tag, removed = tidy(tag), []
    for article in articles:
        if db.execute("DELETE FROM article_tags WHERE article = ? AND tag = ?", (article, tag)).rowcount:
            change_log.record(db, "article", [article])
            removed.append(article)
    return removed


def articles_with(db: sqlite3.Connection, tag: str) -> list[int]:
    """The articles that carry a tag, those in the trash too."""
    rows = db.execute("SELECT article FROM article_tags WHERE tag = ? ORDER BY article", (tidy(tag),))
    return [row[0] for row in rows]


def tags(library: Library) -> list[tuple[str, int]]:
    """(tag, number of articles and notes), in alphabetical order."""
    rows = library.db.execute(
        "SELECT tag, count(*) FROM (SELECT tag FROM article_tags UNION ALL SELECT tag FROM note_tags) GROUP BY tag COLLATE NOCASE ORDER BY tag COLLATE NOCASE"
    )
    return [(row[0], row[1]) for row in rows]


def sources(library: Library) -> list[tuple[str, int]]:
    """(source, number of articles), the commonest first."""
    rows = library.db.execute(
        "SELECT source, count(*) AS n FROM articles WHERE deleted IS NULL AND source IS NOT NULL GROUP BY source ORDER BY n DESC, source"
    )
    return [(row[0], row[1]) for row in rows]
