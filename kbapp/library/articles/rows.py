"""An article to the columns of its row and back, with its links to people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kbapp.domain import Article, Author, Block, Mention, Person, Quote, Span
from kbapp.errors import Code, Notice
from kbapp.library.articles.dates import published_key
from kbapp.library.people import linking
from kbapp.text.address_keys import address_key


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what the library knows of it; ``people_ids`` and ``author_ids`` run beside the article's tuples."""

    id: int
    article: Article
    imported: str
    source_file: str
    original: str
    is_read: bool
    starred: bool
    deleted: str | None
    author_ids: tuple[int, ...]
    people_ids: tuple[int, ...]


def columns_of(article: Article) -> dict[str, Any]:
    """What of an article's row follows from the article alone."""
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "published": article.published,
        "published_key": published_key(article.published),
        "source": article.source,
        "url": article.url,
        "url_key": address_key(article.url),
        "language": article.language,
        "format": article.format,
        "blocks": blocks_to_json(article.blocks),
        "text": article.text,
        "byline_json": linking.byline_json(article),
        "recognised_json": linking.recognised_json(article),
        "provenance": json.dumps(dict(article.provenance), ensure_ascii=False),
        "unsure": json.dumps(article.unsure),
        "warnings": notices_to_json(article.warnings),
        "saved": article.saved,
    }


def stored(db: sqlite3.Connection, row: sqlite3.Row) -> StoredArticle:
    """The article of a row, with its authors and people as they are linked now."""
    return stored_all(db, [row])[0]


def stored_all(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[StoredArticle]:
    """The articles of many rows, with as many queries as one takes."""
    ids = json.dumps([row["id"] for row in rows])
    these = "article IN (SELECT value FROM json_each(?))"
    authors = _by_article(
        db.execute(
            f"SELECT article, person, name, bio FROM authorships WHERE {these} ORDER BY article, position", (ids,)
        )
    )
    people = _by_article(
        db.execute(
            "SELECT article, person, people.name, description FROM article_people JOIN people ON people.id = person "
            f"WHERE {these} ORDER BY article, position",
            (ids,),
        )
    )
    mentions = _by_article(
        db.execute(f"SELECT article, person, field, start, end, confidence, reason FROM mentions WHERE {these}", (ids,))
    )
    quotes = _by_article(
        db.execute(f"SELECT article, person, start, end FROM quotes WHERE {these} ORDER BY article, start", (ids,))
    )
    tags = _by_article(db.execute(f"SELECT article, tag FROM article_tags WHERE {these} ORDER BY article, tag", (ids,)))
    edited = _by_article(db.execute(f"SELECT article, field FROM article_edits WHERE {these}", (ids,)))
    found = []
    for row in rows:
        number = row["id"]
        linked = _people(row, people.get(number, ()), mentions.get(number, ()), quotes.get(number, ()))
        signed = authors.get(number, ())
        article = Article(
            title=row["title"],
            subtitle=row["subtitle"],
            authors=tuple(Author(each["name"], each["bio"]) for each in signed),
            published=row["published"],
            source=row["source"],
            url=row["url"],
            language=row["language"],
            format=row["format"],
            blocks=blocks_from_json(row["blocks"]),
            people=linked,
            tags=tuple(each["tag"] for each in tags.get(number, ())),
            provenance=json.loads(row["provenance"])
            | dict.fromkeys((each["field"] for each in edited.get(number, ())), "user"),
            unsure=tuple(json.loads(row["unsure"])),
            warnings=notices_from_json(row["warnings"]),
            saved=row["saved"],
            is_read=bool(row["is_read"]),
            starred=bool(row["starred"]),
        )
        found.append(
            StoredArticle(
                id=number, article=article, imported=row["imported"], source_file=row["source_file"], original=row["original"],
                is_read=article.is_read, starred=article.starred, deleted=row["deleted"],
                author_ids=tuple(each["person"] for each in signed),
                people_ids=tuple(each["person"] for each in people.get(number, ())),
            )
        )  # fmt: skip
    return found


def _by_article(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        found.setdefault(row["article"], []).append(row)
    return found


def _people(
    row: sqlite3.Row, people: Iterable[sqlite3.Row], mentions: Iterable[sqlite3.Row], quotes: Iterable[sqlite3.Row]
) -> tuple[Person, ...]:
    """The people of an article, with the places where each is named and quoted."""
    fields = {"title": row["title"], "subtitle": row["subtitle"] or "", "text": row["text"]}
    named: dict[int, list[Mention]] = {}
    for found in mentions:
        surface = fields[found["field"]][found["start"] : found["end"]]
        named.setdefault(found["person"], []).append(
            Mention(found["start"], found["end"], surface, found["field"], found["confidence"], found["reason"])
        )
    order = ("title", "subtitle", "text")
    for places in named.values():
        places.sort(key=lambda mention: (order.index(mention.field), mention.start))
    said: dict[int, list[Quote]] = {}
    for each in quotes:
        start, end = each["start"], each["end"]
        said.setdefault(each["person"], []).append(Quote(row["text"][start:end], start, end))
    return tuple(
        Person(
            each["name"], each["description"], tuple(named.get(each["person"], ())), tuple(said.get(each["person"], ()))
        )
        for each in people
    )


def blocks_to_json(blocks: Iterable[Block]) -> str:
    """[[kind, text, level, [[start, end, kind, target], ...]], ...]; the last is left out where there is none."""
    rows: list[list[Any]] = []
    for block in blocks:
        spans = [[span.start, span.end, span.kind, span.target] for span in block.spans]
        rows.append([block.kind, block.text, block.level, *([spans] if spans else [])])
    return json.dumps(rows, ensure_ascii=False)


def blocks_from_json(text: str) -> tuple[Block, ...]:
    """The blocks that ``blocks_to_json`` wrote."""
    return tuple(
        Block(kind, words, level, tuple(Span(*span) for each in spans for span in each))
        for kind, words, level, *spans in json.loads(text)
    )


def notices_to_json(notices: Iterable[Notice]) -> str:
    """[[name of the code, {fields}], ...]: names are stable, sentences are not."""
    return json.dumps([[each.code.name, dict(each.fields)] for each in notices], ensure_ascii=False, default=str)


def notices_from_json(text: str) -> tuple[Notice, ...]:
    """The notices that ``notices_to_json`` wrote; one whose code this program no longer knows is left out."""
    return tuple(Notice(Code[name], fields) for name, fields in json.loads(text) if name in Code.__members__)
