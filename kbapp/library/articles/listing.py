"""Lists of articles: their ids in an order, and the cards of those that are shown."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kbapp.library.articles.narrowing import Field, Narrowing, with_text
from kbapp.library.articles.narrowing import values as narrowed_values
from kbapp.library.database import Library

EVERYTHING = Narrowing()
Order = Literal[
    "newest", "oldest", "imported", "imported_up", "title", "title_down", "source", "source_down", "author", "author_down"
]  # fmt: skip
_AUTHOR = "(SELECT name FROM authorships WHERE article = articles.id ORDER BY position LIMIT 1)"
_ORDERS = {
    "newest": "published_key DESC, id DESC",
    "oldest": "published_key ASC, id ASC",
    "imported": "imported DESC, id DESC",
    "title": "title COLLATE NOCASE, id",
    "source": "source, published_key DESC, id DESC",
    "imported_up": "imported, id",
    "title_down": "title COLLATE NOCASE DESC, id DESC",
    "source_down": "source DESC, published_key DESC, id DESC",
    "author": f"{_AUTHOR} IS NULL, {_AUTHOR} COLLATE NOCASE, published_key DESC, id DESC",
    "author_down": f"{_AUTHOR} IS NULL, {_AUTHOR} COLLATE NOCASE DESC, published_key DESC, id DESC",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One line of a list of articles."""

    id: int
    title: str
    authors: tuple[str, ...]
    published: str | None
    source: str | None
    is_read: bool
    starred: bool
    notes: int
    source_file: str
    subtitle: str | None = None


def cards(library: Library, ids: Sequence[int]) -> list[Card]:
    """The cards of these articles in the same order; articles that are gone are left out."""
    db = library.db
    marks = ",".join("?" * len(ids))
    rows = {
        row["id"]: row
        for row in db.execute(
            f"SELECT id, title, subtitle, published, source, is_read, starred, notes, source_file FROM articles WHERE id IN ({marks})",
            list(ids),
        )
    }
    authors: dict[int, list[str]] = {}
    for article, name in db.execute(
        f"SELECT article, name FROM authorships WHERE article IN ({marks}) ORDER BY article, position", list(ids)
    ):
        authors.setdefault(article, []).append(name)
    return [
        Card(
            id=number, title=rows[number]["title"], authors=tuple(authors.get(number, ())), published=rows[number]["published"],
            source=rows[number]["source"], is_read=bool(rows[number]["is_read"]), starred=bool(rows[number]["starred"]),
            notes=rows[number]["notes"], source_file=rows[number]["source_file"], subtitle=rows[number]["subtitle"],
        )
        for number in ids
        if number in rows
    ]  # fmt: skip


def titles(library: Library, ids: Sequence[int]) -> dict[int, str]:
    """The titles of these articles."""
    sql = "SELECT id, title FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    rows = library.db.execute(sql, (json.dumps(list(ids)),))
    return {row["id"]: row["title"] for row in rows}


_PLACES = {
    "all": "deleted IS NULL",
    "recent": "deleted IS NULL AND opened IS NOT NULL",
    "unread": "deleted IS NULL AND is_read = 0",
    "starred": "deleted IS NULL AND starred = 1",
    "trash": "deleted IS NOT NULL",
    "source": "deleted IS NULL AND source = :value",
    "tag": "deleted IS NULL AND id IN (SELECT article FROM article_tags WHERE tag = :value)",
    "person": "deleted IS NULL AND id IN (SELECT article FROM article_people WHERE person = :value)",
    "author": "deleted IS NULL AND id IN (SELECT article FROM authorships WHERE person = :value)",
}
_RECENT = 200  # articles that "recent" lists at most


def ids(
    library: Library, order: Order = "newest", where: str = "all", value: str | int | None = None, most: int = -1,
    narrowing: Narrowing = EVERYTHING,
) -> list[int]:  # fmt: skip
    """The ids of a list in its order; ``where`` is one of the sidebar's places, ``value`` its tag, source or person,
    ``most`` how many are wanted (-1: all).

    Ids alone are cheap (100,000 in some 30 ms); rows are loaded as they are shown.
    """
    sorting = _ORDERS[order]
    if where == "recent":
        sorting, most = "opened DESC, id DESC", _RECENT
    sql = f"SELECT id FROM articles WHERE {_PLACES[where]}{narrowing.sql()} ORDER BY {sorting} LIMIT :most"
    parameters: dict[str, str | int | None] = {"value": value, "most": most}
    rows = library.db.execute(sql, parameters | narrowing.parameters())
    found = [row[0] for row in rows]
    return with_text(library.db, found, narrowing.text) if narrowing.text else found


@dataclass(frozen=True, slots=True)
class Record:
    """What a table shows of an article beyond its card: when it was added (ISO 8601), how many words it has, its tags."""

    card: Card
    added: str
    words: int
    tags: tuple[str, ...]


def records(library: Library, ids: Sequence[int]) -> list[Record]:
    """The records of these articles in the same order; articles that are gone are left out."""
    these = json.dumps(list(ids))
    chosen = "IN (SELECT value FROM json_each(?))"
    texts = {
        row[0]: (row[1], len(row[2].split()))
        for row in library.db.execute(f"SELECT id, imported, text FROM articles WHERE id {chosen}", (these,))
    }
    tags: dict[int, list[str]] = {}
    for article, tag in library.db.execute(
        f"SELECT article, tag FROM article_tags WHERE article {chosen} ORDER BY article, tag", (these,)
    ):
        tags.setdefault(article, []).append(tag)
    return [Record(card, *texts[card.id], tuple(tags.get(card.id, ()))) for card in cards(library, ids)]


def titled(library: Library, letters: str, most: int = 2000) -> list[int]:
    """The ids of articles whose title begins with these letters, capitals or not; by an index."""
    rows = library.db.execute(
        "SELECT id FROM articles WHERE deleted IS NULL AND title COLLATE NOCASE >= ?1 AND title COLLATE NOCASE < ?1 || char(1114111) "
        "LIMIT ?2",
        (letters, most),
    )
    return [row[0] for row in rows]


def values(
    library: Library,
    field: Field,
    where: str = "all",
    value: str | int | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[tuple[str, int]]:
    """What a list can be narrowed to by a field, with how many of its articles have it, the commonest first."""
    chosen = f"SELECT id FROM articles WHERE {_PLACES[where]}{narrowing.sql()}"
    return narrowed_values(library.db, field, chosen, narrowing.parameters() | {"value": value})


def months(
    library: Library, where: str = "all", value: str | int | None = None, narrowing: Narrowing = EVERYTHING
) -> list[tuple[str, list[int]]]:
    """The ids of a list, newest first, by month of publication as ("2026-11", ids); "" gathers those without a date."""
    keys = dict(library.db.execute("SELECT id, substr(published_key, 1, 7) FROM articles INDEXED BY articles_by_published WHERE deleted IS NULL"))  # fmt: skip
    found = ids(library, "newest", where, value, narrowing=narrowing)
    return [(month, list(group)) for month, group in itertools.groupby(found, key=lambda number: keys.get(number, ""))]
