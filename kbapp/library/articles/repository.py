"""Articles in the library: adding (with duplicates and new versions), reading, marking, trash."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kbapp.domain import Article, Block
from kbapp.errors import Code, LibraryUnavailable, NotFound, Notice
from kbapp.library import change_log
from kbapp.library.articles import edits, imported_marks, near_duplicates
from kbapp.library.articles.identity import Copy, Verdict, decide
from kbapp.library.articles.rows import StoredArticle, blocks_from_json, columns_of, stored, stored_all
from kbapp.library.database import Library, now
from kbapp.library.ids import number_of
from kbapp.library.people import linking
from kbapp.reading.stubs import is_stub
from kbapp.text.address_keys import address_key

_log = logging.getLogger(__name__)
_GATHERED_AT_ONCE = 200
Status = Literal["imported", "duplicate", "updated"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article: its id and whether it is new, was there already, or is a newer version of one that is there.

    ``notices`` say what the user should know of it, such as that an older copy was kept among the versions.
    """

    id: int
    status: Status
    notices: tuple[Notice, ...] = ()


def add(db: sqlite3.Connection, article: Article, original: str, part: int, source_file: str) -> Added:
    """Stores an article within the caller's transaction; identity.decide says what it is to those that are there.

    A copy of a trashed article brings it back. What a duplicate has to add, tags and a star, is taken over.

    Args:
        db: The connection of the transaction.
        article: The article as it was read.
        original: The key of the file that it was read from.
        part: Which article of that file it is.
        source_file: The file's name.
    """
    came = Copied(article, original, part, source_file, fingerprint(article))
    there, verdict = _known(db, came)
    stub = article.format != "link" and is_stub(article.title, article.text)
    if there is None:
        known = any(notice.code is Code.ARTICLE_IS_STUB for notice in article.warnings)
        notices = (Notice(Code.ARTICLE_IS_STUB),) if stub and not known else ()
        came = replace(came, article=replace(article, warnings=(*article.warnings, *notices)))
        return Added(_insert(db, came), "imported", notices)
    number, trashed, notices = there["id"], there["deleted"] is not None, ()
    if trashed:
        restore(db, [number])
    _take_over_marks(db, number, article)
    if verdict is Verdict.NEW_VERSION:
        _replace(db, number, came)
        return Added(number, "updated")
    if verdict is Verdict.OLDER_VERSION:
        _keep_version(db, number, came)
        code = Code.STUB_KEPT_AS_VERSION if stub else Code.OLDER_KEPT_AS_VERSION
        notices = (Notice(code, {"title": there["title"]}),)
    return Added(number, "imported" if trashed else "duplicate", notices)


@dataclass(frozen=True, slots=True)
class Copied:
    """An article on its way in, with where it came from."""

    article: Article
    original: str
    part: int
    source_file: str
    fingerprint: str


def _known(db: sqlite3.Connection, came: Copied) -> tuple[sqlite3.Row | None, Verdict]:
    """The article that this is a copy of, and what it is to it: by its bytes, its text, then its address."""
    columns = "id, title, text, fingerprint, format, published, saved, deleted, original, part"
    exact = db.execute(
        f"SELECT {columns} FROM articles WHERE (original = ?1 AND part = ?2) OR fingerprint = ?3 "
        f"OR id IN (SELECT article FROM article_versions WHERE (original = ?1 AND part = ?2) OR (fingerprint = ?3 AND fingerprint <> '')) "
        f"ORDER BY (original = ?1 AND part = ?2) DESC, fingerprint = ?3 DESC, id LIMIT 1",
        (came.original, came.part, came.fingerprint),
    ).fetchone()
    if exact is not None:
        same_bytes = (exact["original"], exact["part"]) == (came.original, came.part)
        verdict = _verdict(db, came, exact) if same_bytes else Verdict.DUPLICATE
        # The same bytes are read better by now, or are not: they are never two articles, nor an older one.
        return exact, verdict if verdict is Verdict.NEW_VERSION else Verdict.DUPLICATE
    key = address_key(came.article.url)
    if key is not None:
        sql = f"SELECT {columns} FROM articles WHERE url_key = ? ORDER BY deleted IS NOT NULL, id DESC LIMIT 20"
        for row in db.execute(sql, (key,)).fetchall():
            verdict = _verdict(db, came, row)
            if verdict is not Verdict.DIFFERENT:
                return row, verdict
    if came.article.format in _GATHERED and key is None:
        row = db.execute(
            f"SELECT {columns} FROM articles WHERE title = ? COLLATE NOCASE AND deleted IS NULL AND format = ? AND byline_json = ? LIMIT 1",
            (came.article.title, came.article.format, linking.byline_json(came.article)),
        ).fetchone()
        if row is not None:
            return row, Verdict.NEW_VERSION
    return None, Verdict.DIFFERENT


def _verdict(db: sqlite3.Connection, came: Copied, row: sqlite3.Row) -> Verdict:
    article = came.article
    earlier = db.execute("SELECT fingerprint FROM article_versions WHERE article = ?", (row["id"],))
    return decide(
        Copy(article.title, article.text, came.fingerprint, article.format, article.published, article.saved),
        Copy(row["title"], row["text"], row["fingerprint"], row["format"], row["published"], row["saved"]),
        frozenset(each[0] for each in earlier),
    )


def _insert(db: sqlite3.Connection, came: Copied) -> int:
    article = came.article
    columns = _columns(came) | {"imported": now(), "is_read": article.is_read, "starred": article.starred}
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    new = db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", columns).lastrowid
    assert new is not None
    db.executemany("INSERT OR IGNORE INTO article_tags VALUES (?, ?)", ((new, tag) for tag in article.tags))
    imported_marks.says_something_new(db, new, article)
    linking.link(db, new)
    near_duplicates.index_minhash(db, new, article.text)
    change_log.record(db, "article", [new])
    return new


def _take_over_marks(db: sqlite3.Connection, number: int, article: Article) -> None:
    """Tags and marks that another program had on a copy of an article that is there, if they are new."""
    if not imported_marks.says_something_new(db, number, article):
        return
    db.execute("UPDATE articles SET saved = coalesce(saved, ?) WHERE id = ?", (article.saved, number))
    tagged = sum(
        db.execute("INSERT OR IGNORE INTO article_tags VALUES (?, ?)", (number, tag)).rowcount for tag in article.tags
    )
    marked = mark(db, [number], is_read=article.is_read or None, starred=article.starred or None)
    if tagged and not marked:
        change_log.record(db, "article", [number])


def _columns(came: Copied) -> dict[str, object]:
    return columns_of(came.article) | {
        "original": came.original,
        "part": came.part,
        "source_file": came.source_file,
        "fingerprint": came.fingerprint,
    }


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


def gathered(library: Library, ids: Iterable[int]) -> Iterator[StoredArticle]:
    """Many articles, in the order of ``ids``, read some hundred at a time; those that are not there are left out."""
    wanted = list(ids)
    for at in range(0, len(wanted), _GATHERED_AT_ONCE):
        some = wanted[at : at + _GATHERED_AT_ONCE]
        sql = "SELECT * FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        rows = {row["id"]: row for row in library.db.execute(sql, (json.dumps(some),))}
        yield from stored_all(library.db, [rows[number] for number in some if number in rows])


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
    """Remembers that the user has the article open, and that it is read; a disk that is full does not stop reading."""
    if library.read_only:
        return
    try:
        with library.transaction() as db:
            db.execute("UPDATE articles SET opened = ?, is_read = 1 WHERE id = ?", (now(), article))
    except LibraryUnavailable as error:
        _log.warning("could not remember that article %d was opened: %s", article, error)


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


_GATHERED = frozenset({"kindle", "readwise"})  # books as their highlights, which grow with every export
_NEXT_NUMBER = "(SELECT coalesce(max(number), 0) + 1 FROM article_versions WHERE article = :id)"


def _replace(db: sqlite3.Connection, number: int, came: Copied) -> None:
    """Keeps the present text as a version and puts the new one in its place."""
    db.execute(
        "INSERT INTO article_versions (article, number, replaced, title, published, blocks, original, part, source_file, fingerprint) "
        f"SELECT id, {_NEXT_NUMBER}, :now, title, published, blocks, original, part, source_file, fingerprint FROM articles "
        "WHERE id = :id",
        {"id": number, "now": now()},
    )
    linking.unlink(db, number)
    columns = _columns(came)
    assignments = ", ".join(f"{name} = :{name}" for name in columns if name != "saved" or columns[name])
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", columns | {"id": number})
    edits.reapply(db, number)
    linking.link(db, number)
    near_duplicates.index_minhash(db, number, came.article.text)
    change_log.record(db, "article", [number])


def _keep_version(db: sqlite3.Connection, number: int, came: Copied) -> None:
    """Keeps a copy that is older, or less, than the present text among the versions."""
    columns = _columns(came)
    names = ("title", "published", "blocks", "original", "part", "source_file", "fingerprint")
    db.execute(
        f"INSERT INTO article_versions (article, number, replaced, {', '.join(names)}) "
        f"VALUES (:id, {_NEXT_NUMBER}, :now, {', '.join(f':{name}' for name in names)})",
        {name: columns[name] for name in names} | {"id": number, "now": now()},
    )
