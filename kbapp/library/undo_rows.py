"""Rows as the user's changes record them: what of each table is the user's, and how it looked before and after.

Rows are named by tables and columns, so that a later migration may add columns. Only what the user decides is recorded (marks,
tags, rules of who is who, texts of notes); what follows from it, such as links to people, is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kbapp.library.articles import edits
from kbapp.library.connections import Connection
from kbapp.library.database import now

VERSION = 1  # of the form in which rows are recorded
Key = tuple[Any, ...]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Table:
    """What of a table is the user's: its key, and the columns that are recorded.

    ``present``: a further condition for a row to count as being there. ``new``: what other columns hold in a new row.
    ``volatile``: columns that are recorded with whole rows alone, as changing them is no change by the user.
    """

    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    present: str = "1"
    new: Mapping[str, Any] | None = None
    volatile: tuple[str, ...] = ()


TABLES = {
    "articles": _Table(("id",), ("deleted", "is_read", "starred")),
    "article_edits": _Table(("article", "field"), ("value",)),
    "article_tags": _Table(("article", "tag")),
    "people": _Table(("id",), ("name", "named_by_user")),
    "aliases": _Table(("key",), ("person", "by_user")),
    "name_forms": _Table(("person", "form"), ("by_user",), "by_user = 1", {"uses": 0}),
    "assignments": _Table(("article", "key"), ("person",)),
    "marked_names": _Table(("article", "surface"), ("person",)),
    "known_names": _Table(("surface",), ("person",)),
    "rejected_keys": _Table(("key",)),
    "refused_merges": _Table(("one", "other")),
    "portraits": _Table(("person",), ("original",)),
    "notes": _Table(("id",), ("text", "quote", "colour", "about_kind", "about_id", "deleted")),
    "saved_searches": _Table(("id",), ("name", "query")),
    "boards": _Table(("id",), ("title", "created", "modified"), volatile=("modified",)),
    "board_cards": _Table(("id",), ("board", "position", "note", "heading")),
}
PRIVATE = ("notes", "saved_searches", "boards", "board_cards")  # encrypted with the notes


class Recording:
    """Gathers what one change does to rows: ``watch`` them before they change.

    ``relink`` are articles whose links to people must be made again, now and whenever the change is taken back.
    """

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.relink: set[int] = set()
        self.subject: int | None = None
        self.names: tuple[str, ...] = ()
        self._watched: list[tuple[str, str, tuple[Any, ...]]] = []
        self._before: dict[tuple[str, Key], Row | None] = {}

    def watch(self, table: str, where: str, *values: Any) -> None:
        """Records the rows that meet a condition now, and those that meet it when the change is made."""
        self._watched.append((table, where, values))
        for key, row in _rows(self.db, table, where, values):
            self._before.setdefault((table, key), row)

    def added(self, table: str, key: Key) -> None:
        """A row was made that cannot have been watched before: taking that back takes it away."""
        self._before.setdefault((table, key), None)

    def added_note(self, note: int) -> None:
        """A note was made: taking that back moves it to the trash."""
        self.subject = note
        self._before["notes", (note,)] = {**(_row(self.db, "notes", (note,)) or {}), "deleted": now()}

    def images(self) -> list[dict[str, Any]]:
        """What differs: {"table", "key", "before", "after"}, each with the columns that differ; null is a row that is not there."""
        for table, where, values in self._watched:
            for key, _ in _rows(self.db, table, where, values):
                self._before.setdefault((table, key), None)
        found = []
        for (table, key), before in self._before.items():
            after = _row(self.db, table, key)
            if before is not None and after is not None:
                skipped = TABLES[table].volatile
                names = [name for name in before if before[name] != after[name] and name not in skipped]
                before, after = {name: before[name] for name in names}, {name: after[name] for name in names}
            if after != before:
                found.append({"table": table, "key": list(key), "before": before, "after": after})
        return found


def _rows(db: Connection, table: str, where: str, values: Iterable[Any]) -> Iterator[tuple[Key, Row]]:
    spec = TABLES[table]
    sql = f"SELECT {', '.join((*spec.key, *spec.columns))} FROM {table} WHERE ({where}) AND {spec.present}"
    for row in db.execute(sql, tuple(values)).fetchall():
        yield tuple(row)[: len(spec.key)], {name: row[name] for name in spec.columns}


def _row(db: Connection, table: str, key: Key) -> Row | None:
    if table not in TABLES:
        return None
    where = " AND ".join(f"{name} = ?" for name in TABLES[table].key)
    return next((row for _, row in _rows(db, table, where, key)), None)


def is_as(db: Connection, image: dict[str, Any], side: str) -> bool:
    """Whether the row is as it was before, or after, a change; columns that the change left alone do not matter."""
    row, wanted = _row(db, image["table"], tuple(image["key"])), image[side]
    if row is None or wanted is None:
        return row is wanted
    return all(row[name] == value for name, value in wanted.items())


def write(db: Connection, table: str, key: Key, row: Row | None) -> None:
    """Makes a row what it was; None takes it away, or takes the user's part of it away."""
    spec = TABLES[table]
    where = " AND ".join(f"{name} = ?" for name in spec.key)
    if table == "article_edits":
        edits.put_back(db, key[0], key[1], None if row is None else row["value"])
    elif row is None:
        if spec.new is None:
            db.execute(f"DELETE FROM {table} WHERE {where}", key)
        else:
            db.execute(f"UPDATE {table} SET by_user = 0 WHERE {where}", key)
            db.execute(f"DELETE FROM {table} WHERE {where} AND uses <= 0", key)
    else:
        _put(db, table, key, row)


def _put(db: Connection, table: str, key: Key, row: Row) -> None:
    spec = TABLES[table]
    where = " AND ".join(f"{name} = ?" for name in spec.key)
    columns = {name: row[name] for name in spec.columns if name in row}
    assignments = ", ".join(f"{name} = ?" for name in columns)
    if columns and db.execute(f"UPDATE {table} SET {assignments} WHERE {where}", (*columns.values(), *key)).rowcount:
        return
    values = dict(zip(spec.key, key, strict=True)) | columns | dict(spec.new or {})
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def forget_private(db: Connection) -> None:
    """Takes the texts of notes, searches and boards out of the journal, as part of encrypting them."""
    for number, data in db.execute("SELECT id, data FROM journal WHERE version = ?", (VERSION,)).fetchall():
        if any(image["table"] in PRIVATE for image in json.loads(data)["rows"]):
            db.execute("DELETE FROM journal WHERE id = ?", (number,))
