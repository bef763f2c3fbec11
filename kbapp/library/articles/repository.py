"""Articles in the library: adding (with duplicates and new versions), reading, marking, trash."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kbapp.domain import Article, Block
from kbapp.errors import Code, NotFound
from kbapp.library import change_log
from kbapp.library.articles import edits, near_duplicates
from kbapp.library.articles.rows import StoredArticle, blocks_from_json, columns_of, stored
from kbapp.library.database import Library, now
from kbapp.library.ids import number_of
from kbapp.library.people import linking

Status = Literal["imported", "duplicate", "updated"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article: its id and whether it is new, was there already, or is a new version."""

    id: int
    status: Status


def add(db: sqlite3.Connection, article: Article, original: str, part: int, source_file: str) -> Added:
    """Stores an article within the caller's transaction.

    The same bytes, the same text, or the same address with the same text is a duplicate; the same address with
    another text is a new version of the article that is there. A duplicate of a trashed article brings it back.
    """
    print_of_text = fingerprint(article)
    there = db.execute(
        "SELECT id, fingerprint, deleted FROM articles WHERE original = ? AND part = ?", (original, part)
    ).fetchone()
    if there is None:
        there = db.execute(
            "SELECT id, fingerprint, deleted FROM articles WHERE fingerprint = ? ORDER BY id LIMIT 1", (print_of_text,)
        ).fetchone()
    if there is None and article.url:
        there = db.execute(
            "SELECT id, fingerprint, deleted FROM articles WHERE url = ? ORDER BY id LIMIT 1", (article.url,)
        ).fetchone()
    if there is not None:
        if there["deleted"]:
            restore(db, [there["id"]])
            return Added(there["id"], "imported")
        if there["fingerprint"] == print_of_text or not article.url or article.format == "link":
            return Added(there["id"], "duplicate")
        _replace(db, there["id"], article, original, part, source_file, print_of_text)
        return Added(there["id"], "updated")
    columns = columns_of(article) | {
        "original": original, "part": part, "source_file": source_file, "fingerprint": print_of_text, "imported": now(),
        "is_read": article.is_read, "starred": article.starred,
    }  # fmt: skip
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    new = db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", columns).lastrowid
    assert new is not None
    db.executemany("INSERT OR IGNORE INTO article_tags VALUES (?, ?)", ((new, tag) for tag in article.tags))
    linking.link(db, new)
    near_duplicates.index_minhash(db, new, article.text)
    change_log.record(db, "article", [new])
    return Added(new, "imported")


def fingerprint(article: Article) -> str:
    """A hash of the title and text that does not mind spaces, case and punctuation."""
    return hashlib.sha256(
        re.sub(r"\W+", " ", f"{article.title} {article.text}").casefold().strip().encode()
    ).hexdigest()


def get(library: Library, ref: int | str) -> StoredArticle:
    """The article with this id or exact title. Raises NotFound."""
    db = library.db
    row = None
    if (number := number_of(ref)) is not None:
        row = db.execute("SELECT * FROM articles WHERE id = ?", (number,)).fetchone()
    if row is None and isinstance(ref, str):  # an article may be called “1984”
        row = db.execute(
            "SELECT * FROM articles WHERE title = ? COLLATE NOCASE ORDER BY deleted IS NOT NULL, id LIMIT 1", (ref,)
        ).fetchone()
    if row is None:
        raise NotFound(Code.NO_SUCH_ARTICLE, ref=ref)
    return stored(db, row)


def set_pictures(db: sqlite3.Connection, article: int, pictures: Iterable[tuple[str, str, int]]) -> None:
    """Keeps an article's pictures: (key among the originals, words, number of the block that follows)."""
    db.execute("DELETE FROM pictures WHERE article = ?", (article,))
    db.executemany(
        "INSERT INTO pictures VALUES (?, ?, ?, ?, ?)", ((article, at, *each) for at, each in enumerate(pictures))
    )


def pictures(library: Library, article: int) -> list[tuple[str, str, int]]:
    """An article's pictures as they were kept."""
    rows = library.db.execute(
        "SELECT original, words, block FROM pictures WHERE article = ? ORDER BY position", (article,)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def versions(library: Library, article: int) -> list[tuple[str, str, tuple[Block, ...]]]:
    """Earlier versions: (when it was replaced, title, blocks), the latest first."""
    rows = library.db.execute(
        "SELECT replaced, title, blocks FROM article_versions WHERE article = ? ORDER BY number DESC", (article,)
    )
    return [(row[0], row[1], blocks_from_json(row[2])) for row in rows]


def mark(
    db: sqlite3.Connection, articles: Iterable[int], *, is_read: bool | None = None, starred: bool | None = None
) -> list[int]:
    """Sets the read or starred mark; returns the articles that did not have it so, which is what an undo takes back."""
    changed = []
    for number in articles:
        count = 0
        if is_read is not None:
            sql = "UPDATE articles SET is_read = ? WHERE id = ? AND is_read IS NOT ?"
            count += db.execute(sql, (is_read, number, is_read)).rowcount
        if starred is not None:
            sql = "UPDATE articles SET starred = ? WHERE id = ? AND starred IS NOT ?"
            count += db.execute(sql, (starred, number, starred)).rowcount
        if count:
            change_log.record(db, "article", [number])
            changed.append(number)
    return changed


def opened(library: Library, article: int) -> None:
    """Remembers that the user has the article open, and that it is read."""
    with library.transaction() as db:
        db.execute("UPDATE articles SET opened = ?, is_read = 1 WHERE id = ?", (now(), article))


def trash(db: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Moves articles to the trash: they leave lists, profiles and search, and can be restored whole."""
    for number in existing(db, articles, "deleted IS NULL"):
        linking.unlink(db, number)
        db.execute("UPDATE articles SET deleted = ? WHERE id = ?", (now(), number))
        change_log.record(db, "article", [number])


def restore(db: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Brings articles back from the trash."""
    for number in existing(db, articles, "deleted IS NOT NULL"):
        db.execute("UPDATE articles SET deleted = NULL WHERE id = ?", (number,))
        linking.link(db, number)
        change_log.record(db, "article", [number])


def titles(db: sqlite3.Connection, articles: Iterable[int]) -> tuple[str, ...]:
    """The titles of some articles."""
    marks = json.dumps(list(articles))
    return tuple(
        row[0]
        for row in db.execute("SELECT title FROM articles WHERE id IN (SELECT value FROM json_each(?))", (marks,))
    )


def existing(db: sqlite3.Connection, articles: Iterable[int], condition: str = "1") -> list[int]:
    """Those of the articles that are there, in the trash or not."""
    sql = f"SELECT id FROM articles WHERE {condition} AND id IN (SELECT value FROM json_each(?))"
    return [row[0] for row in db.execute(sql, (json.dumps(list(articles)),)).fetchall()]


def _replace(
    db: sqlite3.Connection,
    number: int,
    article: Article,
    original: str,
    part: int,
    source_file: str,
    print_of_text: str,
) -> None:
    """Keeps the present text as a version and puts the new one in its place."""
    db.execute(
        "INSERT INTO article_versions (article, number, replaced, title, published, blocks, original, part, source_file, fingerprint) "
        "SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM article_versions WHERE article = ?2), ?1, title, published, blocks, "
        "original, part, source_file, fingerprint FROM articles WHERE id = ?2",
        (now(), number),
    )
    linking.unlink(db, number)
    columns = columns_of(article) | {
        "original": original,
        "part": part,
        "source_file": source_file,
        "fingerprint": print_of_text,
    }
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", columns | {"id": number})
    edits.reapply(db, number)
    linking.link(db, number)
    near_duplicates.index_minhash(db, number, article.text)
    change_log.record(db, "article", [number])
