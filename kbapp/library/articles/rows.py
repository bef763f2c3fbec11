"""An article to the columns of its row and back, with its links to people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kbapp.domain import Article, Author, Block, Mention, Person, Quote, Span
from kbapp.errors import Code, Notice
from kbapp.library.articles import edits
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
    number = row["id"]
    authors = db.execute(
        "SELECT person, name, bio FROM authorships WHERE article = ? ORDER BY position", (number,)
    ).fetchall()
    people = db.execute(
        "SELECT person, people.name, description FROM article_people JOIN people ON people.id = person WHERE article = ? ORDER BY position",
        (number,),
    ).fetchall()
    fields = {"title": row["title"], "subtitle": row["subtitle"] or "", "text": row["text"]}
    mentions: dict[int, list[Mention]] = {}
    for found in db.execute(
        "SELECT person, field, start, end, confidence, reason FROM mentions WHERE article = ?", (number,)
    ):
        surface = fields[found["field"]][found["start"] : found["end"]]
        mentions.setdefault(found["person"], []).append(
            Mention(found["start"], found["end"], surface, found["field"], found["confidence"], found["reason"])
        )
    order = ("title", "subtitle", "text")
    for places in mentions.values():
        places.sort(key=lambda mention: (order.index(mention.field), mention.start))
    quotes: dict[int, list[Quote]] = {}
    for person, start, end in db.execute(
        "SELECT person, start, end FROM quotes WHERE article = ? ORDER BY start", (number,)
    ):
        quotes.setdefault(person, []).append(Quote(row["text"][start:end], start, end))
    tags = tuple(tag for (tag,) in db.execute("SELECT tag FROM article_tags WHERE article = ? ORDER BY tag", (number,)))
    article = Article(
        title=row["title"],
        subtitle=row["subtitle"],
        authors=tuple(Author(each["name"], each["bio"]) for each in authors),
        published=row["published"],
        source=row["source"],
        url=row["url"],
        language=row["language"],
        format=row["format"],
        blocks=blocks_from_json(row["blocks"]),
        people=tuple(
            Person(
                each["name"],
                each["description"],
                tuple(mentions.get(each["person"], ())),
                tuple(quotes.get(each["person"], ())),
            )
            for each in people
        ),
        tags=tags,
        provenance=json.loads(row["provenance"]) | dict.fromkeys(edits.edited_fields(db, number), "user"),
        unsure=tuple(json.loads(row["unsure"])),
        warnings=notices_from_json(row["warnings"]),
        saved=row["saved"],
        is_read=bool(row["is_read"]),
        starred=bool(row["starred"]),
    )
    return StoredArticle(
        id=number, article=article, imported=row["imported"], source_file=row["source_file"], original=row["original"],
        is_read=bool(row["is_read"]), starred=bool(row["starred"]), deleted=row["deleted"],
        author_ids=tuple(each["person"] for each in authors), people_ids=tuple(each["person"] for each in people),
    )  # fmt: skip


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
