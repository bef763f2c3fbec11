"""The nouns as plain JSON values, in the shapes that the command line promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kbapp.domain import Article, Hit, Note, Person, Profile
from kbapp.library.articles.rows import StoredArticle

Object = dict[str, Any]


def article_object(article: Article) -> Object:
    """An article as ``kbapp read`` prints it."""
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": [{"name": author.name, "bio": author.bio} for author in article.authors],
        "published": article.published,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "format": article.format,
        "blocks": [
            {"kind": block.kind, "text": block.text}
            | ({"level": block.level} if block.level is not None else {})
            | ({"spans": [asdict(span) for span in block.spans]} if block.spans else {})
            for block in article.blocks
        ],
        "text": article.text,
        "people": [_person(person) for person in article.people],
        "tags": list(article.tags),
        "saved": article.saved,
        "provenance": dict(article.provenance),
        "warnings": [str(notice) for notice in article.warnings],
    } | ({"highlights": [asdict(each) for each in article.highlights]} if article.highlights else {})


def stored_article_object(stored: StoredArticle) -> Object:
    """An article of the library: the same with its id and where it came from."""
    found = {"id": stored.id, **article_object(stored.article)}
    for person, number in zip(found["people"], stored.people_ids, strict=True):
        person["id"] = number
    for author, number in zip(found["authors"], stored.author_ids, strict=True):
        author["id"] = number
    return found | {
        "imported": stored.imported,
        "source_file": stored.source_file,
        "original": stored.original,
        "read": stored.is_read,
        "starred": stored.starred,
    }


def profile_object(profile: Profile) -> Object:
    """A person's profile."""
    found = asdict(profile)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def note_object(note: Note) -> Object:
    """A note."""
    found = asdict(note)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}


def hit_object(hit: Hit) -> Object:
    """One search result."""
    found = asdict(hit)
    return found | {"matches": [list(match) for match in hit.matches], "authors": list(hit.authors)}


def _person(person: Person) -> Object:
    return {
        "name": person.name,
        "description": person.description,
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
                "in": mention.field,
                "confidence": mention.confidence,
                "reason": mention.reason,
            }
            for mention in person.mentions
        ],
        "quotes": [{"text": quote.text, "start": quote.start, "end": quote.end} for quote in person.quotes],
    }
