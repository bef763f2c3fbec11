"""Tags on articles, and the lists of tags and sources with how many articles have each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kbapp.library import change_log
from kbapp.library.database import Library


def add(db: sqlite3.Connection, articles: Iterable[int], tag: str) -> list[int]:
    """Puts a tag on articles within the caller's transaction; returns those that did not have it."""
    added = []
    for article in articles:
        sql = "INSERT OR IGNORE INTO article_tags VALUES (?, ?)"
        if db.execute(sql, (article, tag.strip().lstrip("#"))).rowcount:
            change_log.record(db, "article", [article])
            added.append(article)
    return added


def remove(db: sqlite3.Connection, articles: Iterable[int], tag: str) -> None:
    """Takes a tag off articles."""
    for article in articles:
        db.execute("DELETE FROM article_tags WHERE article = ? AND tag = ?", (article, tag.strip().lstrip("#")))
        change_log.record(db, "article", [article])


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
