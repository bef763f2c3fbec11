"""What the search needs of the library, in batches: records to index, records of hits, counts for facets."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kbapp.i18n import language
from kbapp.library.database import Library
from kbapp.library.encryption import is_sealed
from kbapp.library.notes import repository as notes

_FACET_VALUES = 30


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as it is indexed. Dates are keys ("2010-10-18T12:05:00"); people and authors by all their names."""

    id: int
    title: str
    subtitle: str | None
    text: str
    people: tuple[str, ...]
    authors: tuple[str, ...]
    source: str | None
    language: str | None
    format: str
    tags: tuple[str, ...]
    is_read: bool
    starred: bool
    has_notes: bool
    published_key: str
    imported: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person or author as they are indexed."""

    id: int
    name: str
    names: tuple[str, ...]
    articles: int
    authored: int


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note as it is indexed; ``about`` is the title or name of what it is on."""

    id: int
    text: str
    about: str | None
    modified: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitRecord:
    """What a hit shows. ``text`` is what the snippet is taken from."""

    title: str
    text: str
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()


def articles(library: Library, ids: Sequence[int]) -> list[ArticleRecord]:
    """The articles with these ids that are not in the trash."""
    if not ids:
        return []
    db, marks = library.db, _marks(ids)
    people = _grouped(
        db.execute(
            f"SELECT m.article, p.name || ' ' || m.name FROM article_people m JOIN people p ON p.id = m.person WHERE m.article IN ({marks})",
            ids,
        )
    )
    authors = _grouped(
        db.execute(
            f"SELECT s.article, p.name || ' ' || s.name FROM authorships s JOIN people p ON p.id = s.person WHERE s.article IN ({marks})",
            ids,
        )
    )
    tags = _grouped(db.execute(f"SELECT article, tag FROM article_tags WHERE article IN ({marks})", ids))
    return [
        ArticleRecord(
            row["id"], row["title"], row["subtitle"], row["text"], people[row["id"]], authors[row["id"]], row["source"], row["language"],
            row["format"], tags[row["id"]], bool(row["is_read"]), bool(row["starred"]), row["notes"] > 0, row["published_key"], row["imported"],
        )
        for row in db.execute(f"SELECT * FROM articles WHERE id IN ({marks}) AND deleted IS NULL", ids)
    ]  # fmt: skip


def people(library: Library, ids: Sequence[int]) -> list[PersonRecord]:
    """The people with these ids whom an article mentions or who wrote one."""
    if not ids:
        return []
    db, marks = library.db, _marks(ids)
    forms = _grouped(db.execute(f"SELECT person, form FROM name_forms WHERE person IN ({marks})", ids))
    rows = db.execute(
        f"SELECT id, name, articles, authored FROM people WHERE id IN ({marks}) AND (articles > 0 OR authored > 0)", ids
    )
    return [PersonRecord(row[0], row[1], forms[row[0]], row[2], row[3]) for row in rows]


def plain_notes(library: Library, ids: Sequence[int]) -> list[NoteRecord]:
    """The notes with these ids that are neither deleted nor encrypted."""
    return [note for note in _notes(library, ids) if not is_sealed(note.text)]


def unlocked_notes(library: Library) -> list[NoteRecord]:
    """The encrypted notes that the user has unlocked, with their texts; these may be written nowhere."""
    texts = notes.sealed_texts(library)
    return [
        NoteRecord(note.id, texts[note.id], note.about, note.modified, note.tags)
        for at in range(0, len(texts), 500)
        for note in _notes(library, list(texts)[at : at + 500])
    ]


def _notes(library: Library, ids: Sequence[int]) -> list[NoteRecord]:
    if not ids:
        return []
    db, marks = library.db, _marks(ids)
    tags = _grouped(db.execute(f"SELECT note, tag FROM note_tags WHERE note IN ({marks})", ids))
    rows = db.execute(
        f"SELECT n.id, n.text, coalesce(a.title, p.name), n.modified FROM notes n "
        f"LEFT JOIN articles a ON n.about_kind = 'article' AND a.id = n.about_id "
        f"LEFT JOIN people p ON n.about_kind IN ('person', 'author') AND p.id = n.about_id "
        f"WHERE n.id IN ({marks}) AND n.deleted IS NULL",
        ids,
    )
    return [NoteRecord(row[0], row[1], row[2], row[3], tags[row[0]]) for row in rows]


# --- hits -------------------------------------------------------------------------------------------------------------
def article_hits(library: Library, ids: Sequence[int]) -> dict[int, HitRecord]:
    """What hits on these articles show, by id."""
    if not ids:
        return {}
    db, marks = library.db, _marks(ids)
    authors = _grouped(
        db.execute(f"SELECT article, name FROM authorships WHERE article IN ({marks}) ORDER BY article, position", ids)
    )
    rows = db.execute(f"SELECT id, title, text, published, language FROM articles WHERE id IN ({marks})", ids)
    return {row[0]: HitRecord(row[1], row[2], row[3], row[4], authors[row[0]]) for row in rows}


def person_hits(library: Library, ids: Sequence[int]) -> dict[int, HitRecord]:
    """What hits on these people show, by id."""
    if not ids:
        return {}
    rows = library.db.execute(
        f"SELECT id, name, articles, authored, (SELECT m.description FROM article_people m JOIN articles a ON a.id = m.article "
        f"WHERE m.person = people.id AND m.description IS NOT NULL "
        f"ORDER BY substr(coalesce(a.language, 'en'), 1, 2) = ? DESC, m.published_key DESC, m.article DESC LIMIT 1) "
        f"FROM people WHERE id IN ({_marks(ids)})", [language(), *ids]
    )  # fmt: skip
    return {row[0]: HitRecord(row[1], _about_person(*row[1:])) for row in rows}


def note_hits(library: Library, ids: Sequence[int]) -> dict[int, HitRecord]:
    """What hits on these notes show, by id; encrypted ones only while they are unlocked."""
    sealed = notes.sealed_texts(library)
    return {
        note.id: HitRecord(note.about or "Note", sealed.get(note.id, "") if is_sealed(note.text) else note.text, note.modified)
        for note in _notes(library, ids)
    }  # fmt: skip


def _about_person(name: str, articles: int, authored: int, description: str | None) -> str:
    parts = [description] if description else []
    if articles:
        parts.append(f"mentioned in {articles} article{'s' if articles != 1 else ''}")
    if authored:
        parts.append(f"wrote {authored} article{'s' if authored != 1 else ''}")
    return f"{name}: " + ", ".join(parts)


# --- facets -----------------------------------------------------------------------------------------------------------
def facet_counts(library: Library, articles: Sequence[int]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """(name, field of the query, [(value, how many of these articles)]), the commonest values first."""
    hits = "SELECT value FROM json_each(?)"
    queries = (
        ("Author", "author", f"SELECT p.name, count(*) AS n FROM authorships s JOIN people p ON p.id = s.person WHERE s.article IN ({hits}) GROUP BY p.id"),
        ("Person", "person", f"SELECT p.name, count(*) AS n FROM article_people m JOIN people p ON p.id = m.person WHERE m.article IN ({hits}) GROUP BY p.id"),
        ("Source", "source", f"SELECT source, count(*) AS n FROM articles WHERE id IN ({hits}) AND source IS NOT NULL GROUP BY source"),
        ("Year", "date", f"SELECT substr(published_key, 1, 4) AS year, count(*) AS n FROM articles WHERE id IN ({hits}) AND published_key <> '' GROUP BY year"),
        ("Tag", "tag", f"SELECT tag, count(*) AS n FROM article_tags WHERE article IN ({hits}) GROUP BY tag"),
    )  # fmt: skip
    refs = json.dumps(list(articles))
    return [
        (name, field, [(row[0], row[1]) for row in library.db.execute(f"{sql} ORDER BY n DESC, 1 LIMIT {_FACET_VALUES}", (refs,))])
        for name, field, sql in queries
    ]  # fmt: skip


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


def _grouped(rows: Iterable[Any]) -> defaultdict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for number, value in rows:
        found.setdefault(number, []).append(value)
    return defaultdict(tuple, {number: tuple(values) for number, values in found.items()})
