"""What the user says of an article, kept apart from what was read: it outlives re-imports and can be reset field by field.

The article's row holds what is shown. ``article_edits`` holds beside it what the user said and what the file says, which
follows the newest version of the file.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kbapp.errors import Code, UserError
from kbapp.library import change_log
from kbapp.library.articles.dates import published_key
from kbapp.library.people import linking
from kbapp.reading.fields.dates import parse_date
from kbapp.text.address_keys import address_key

FIELDS = ("title", "subtitle", "authors", "published", "source", "url", "language")
_COLUMNS = {"authors": "byline_json"}
_LINKED = {"title", "subtitle", "authors", "published"}  # fields that links to people depend on


def edit(db: sqlite3.Connection, article: int, values: Mapping[str, Any]) -> None:
    """Sets fields of an article within the caller's transaction.

    Args:
        db: The connection of the transaction.
        article: The article's id.
        values: New values by field: texts, and a sequence of names for "authors". An empty text clears a field.

    Raises:
        UserError: A title is empty, a date or an address is none, or there is no such field.
    """
    for field, value in values.items():
        column = _column(field)
        stored = _checked(db, article, field, value)
        present = json.dumps(_present(db, article, column), ensure_ascii=False)
        _store(db, article, field, stored, present)
    _follow(db, article, values)


def reset(db: sqlite3.Connection, article: int, fields: Iterable[str]) -> None:
    """Shows what the file says again. Raises UserError for a name that is no field."""
    reset_fields = list(fields)
    for field in reset_fields:
        _column(field)
        row = db.execute(
            "SELECT read_value FROM article_edits WHERE article = ? AND field = ?", (article, field)
        ).fetchone()
        if row is not None:
            db.execute("DELETE FROM article_edits WHERE article = ? AND field = ?", (article, field))
            _show(db, article, field, row[0])
    _follow(db, article, reset_fields)


def reapply(db: sqlite3.Connection, article: int) -> None:
    """After a new version was read into the row: remembers what it says, and shows what the user said."""
    rows = db.execute("SELECT field, value FROM article_edits WHERE article = ?", (article,)).fetchall()
    for field, value in rows:
        read = json.dumps(_present(db, article, _column(field)), ensure_ascii=False)
        db.execute("UPDATE article_edits SET read_value = ? WHERE article = ? AND field = ?", (read, article, field))
        _show(db, article, field, value)


def put_back(db: sqlite3.Connection, article: int, field: str, value: str | None) -> None:
    """Makes an edit what it was, as part of taking a change back; ``value`` is JSON, None where nothing was said."""
    if value is None:
        reset(db, article, [field])
        return
    read = json.dumps(_present(db, article, _column(field)), ensure_ascii=False)
    _store(db, article, field, value, read)
    _follow(db, article, [field])


def read_values(db: sqlite3.Connection, article: int) -> dict[str, Any]:
    """What the file says of the fields that the user has set: a text or None, and a list of names for "authors"."""
    rows = db.execute("SELECT field, read_value FROM article_edits WHERE article = ?", (article,)).fetchall()
    found = {field: json.loads(value) for field, value in rows}
    if "authors" in found:
        found["authors"] = [name for name, _bio in json.loads(found["authors"])]
    return found


def _store(db: sqlite3.Connection, article: int, field: str, value: str, present: str) -> None:
    """Keeps what the user says, and what the file says where the user has said nothing before."""
    db.execute(
        "INSERT INTO article_edits (article, field, value, read_value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (article, field) DO UPDATE SET value = excluded.value",
        (article, field, value, present),
    )
    _show(db, article, field, value)


def _show(db: sqlite3.Connection, article: int, field: str, value: str) -> None:
    shown = json.loads(value)
    column = _column(field)
    db.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (shown, article))
    if field == "url":
        db.execute("UPDATE articles SET url_key = ? WHERE id = ?", (address_key(shown), article))
    if field == "published":
        db.execute("UPDATE articles SET published_key = ? WHERE id = ?", (published_key(shown), article))


def _follow(db: sqlite3.Connection, article: int, fields: Iterable[str]) -> None:
    trashed = db.execute("SELECT deleted FROM articles WHERE id = ?", (article,)).fetchone()[0]
    if _LINKED.intersection(fields) and trashed is None:
        linking.link(db, article)
    change_log.record(db, "article", [article])


def _column(field: str) -> str:
    if field not in FIELDS:
        raise UserError(Code.NO_SUCH_FIELD, field=field, fields=", ".join(FIELDS))
    return _COLUMNS.get(field, field)


def _present(db: sqlite3.Connection, article: int, column: str) -> Any:
    return db.execute(f"SELECT {column} FROM articles WHERE id = ?", (article,)).fetchone()[0]


def _checked(db: sqlite3.Connection, article: int, field: str, value: Any) -> str:
    """The value as it is stored: JSON of the column's value."""
    if field == "authors":
        bios = dict(json.loads(_present(db, article, "byline_json")))
        names = [" ".join(str(name).split()) for name in value]
        found: str | None = json.dumps([[name, bios.get(name)] for name in names if name], ensure_ascii=False)
    else:
        found = " ".join(str(value or "").split()) or None
    if field == "title" and found is None:
        raise UserError(Code.ARTICLE_WITHOUT_TITLE)
    if field == "published" and found is not None:
        found = _date(found)
    if field == "url" and found is not None and not re.match(r"https?://[^\s/]+", found, re.I):
        raise UserError(Code.NOT_AN_ADDRESS, address=found)
    if field == "language" and found is not None:
        found = found.lower()
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", found):
            raise UserError(Code.NOT_A_LANGUAGE, language=found)
    return json.dumps(found, ensure_ascii=False)


def _date(text: str) -> str:
    """A date as ISO 8601 with as much precision as was typed."""
    if re.fullmatch(r"\d{4}", text):
        return text
    found = parse_date(text)
    if found is not None:
        year, month, day = (*map(int, found[:10].split("-")), 1, 1)[:3]
        try:
            date(year, month, day)
            return found
        except ValueError:
            pass
    raise UserError(Code.NOT_A_DATE, date=text)
