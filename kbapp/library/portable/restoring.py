"""The rows of an export into an empty library: as they were, with the same ids.

An export may come from a stranger, so every value is looked at before it is stored. What an article links to people is never
taken from there, but made from what was read and from the user's corrections.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from kbapp.domain import (
    BLOCK_SEPARATOR,
    Anchor,
    Article,
    Author,
    BlockKind,
    FieldName,
    Mention,
    Person,
    Quote,
    SpanKind,
)  # fmt: skip
from kbapp.errors import Code, UserError
from kbapp.library import change_log
from kbapp.library.articles import edits, near_duplicates
from kbapp.library.articles.dates import published_key
from kbapp.library.articles.rows import blocks_from_json, notices_from_json
from kbapp.library.connections import Connection
from kbapp.library.encryption import SEALED, is_protected
from kbapp.library.notes import repository as notes
from kbapp.library.people import linking
from kbapp.library.portable.tables import BY_NAME, TABLES, Form, Row, Table
from kbapp.text.address_keys import address_key
from kbapp.text.media_types import image_media_type

_FIELDS = get_args(FieldName)
_KEY = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9]{1,9})?")
_LARGEST_ID = (1 << 63) - 1


class RowDamaged(UserError):
    """A row of an export that no export of kbapp holds."""

    def __init__(self, table: str) -> None:
        super().__init__(Code.EXPORT_ROW_DAMAGED, table=table)

    def __reduce__(self) -> tuple[object, ...]:
        return RowDamaged, (str(self.fields["table"]),)


def restore(db: Connection, rows: Iterable[tuple[str, Row]]) -> None:
    """Stores rows of an export within the caller's transaction; the library has to be empty.

    Raises:
        RowDamaged: A row is of no table or has values that it cannot have.
        NotesLocked: The library's notes are encrypted, and locked.
        sqlite3.IntegrityError: A row points to one that is not there, or is there twice.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")
    by_table: dict[str, list[Row]] = {}
    for name, row in rows:
        by_table.setdefault(name, []).append(checked(name, row))
    for table in TABLES:
        for row in by_table.get(table.name, ()):
            _insert(db, table, row)
    _link(db, by_table)


def _link(db: Connection, by_table: Mapping[str, list[Row]]) -> None:
    """Makes all that follows from the rows: links to people, near-duplicates, tags and links of notes, the trash."""
    for row in by_table.get("articles", ()):
        if row["deleted"] is None:
            linking.link(db, row["id"])
        else:
            db.execute("UPDATE articles SET deleted = ? WHERE id = ?", (row["deleted"], row["id"]))
        near_duplicates.index_minhash(db, row["id"], row["text"])
    for row in by_table.get("notes", ()):
        notes.index_text(db, row["id"], row["text"])
        if row["deleted"] is not None:
            db.execute("UPDATE notes SET deleted = ? WHERE id = ?", (row["deleted"], row["id"]))
    change_log.record(db, "article", [row["id"] for row in by_table.get("articles", ())])
    change_log.record(db, "person", [row["id"] for row in by_table.get("people", ())])


def _insert(db: Connection, table: Table, row: Row) -> None:
    """Stores a row; a thing in the trash comes as if it were not, as the counts follow it into the trash."""
    values = dict(row)
    if table.name in ("articles", "notes"):
        values["deleted"] = None
    if table.name == "name_forms":
        if not values["by_user"]:
            return  # made again by linking
        values["uses"] = 0
    protected = bool(table.encrypted or table.name == "attachments") and is_protected(db)
    for column, form in table.columns.items():
        if form == "json" or (form == "json?" and values[column] is not None):
            values[column] = json.dumps(values[column], ensure_ascii=False)
        if protected and column in table.encrypted and values[column] is not None:
            values[column] = db.vault.seal(values[column], table.encrypted[column](row))
    if protected and table.name == "attachments":
        values |= {"data": db.vault.seal_bytes(values["data"], f"attachment {row['id']}"), "sealed": 1}
    marks = ", ".join(f":{name}" for name in values)
    db.execute(f"INSERT INTO {table.name} ({', '.join(values)}) VALUES ({marks})", values)


def article_of(row: Row) -> Article:
    """The article of a checked row of "articles", with the people as they were recognised and without tags."""
    blocks = blocks_from_json(json.dumps(row["blocks"]))
    fields = {
        "title": row["title"],
        "subtitle": row["subtitle"] or "",
        "text": BLOCK_SEPARATOR.join(block.text for block in blocks),
    }
    return Article(
        title=row["title"], blocks=blocks, subtitle=row["subtitle"],
        authors=tuple(Author(name, bio) for name, bio in row["byline_json"]),
        published=row["published"], source=row["source"], url=row["url"], language=row["language"], format=row["format"],
        people=tuple(
            Person(
                each["name"], each["description"],
                tuple(
                    Mention(start, end, fields[field][start:end], field, confidence, reason)
                    for field, start, end, confidence, reason in each["mentions"]
                ),
                tuple(Quote(fields["text"][start:end], start, end, "".join(why)) for start, end, *why in each["quotes"]),
                each.get("description_reason", ""), each.get("title", ""),
            )
            for each in row["recognised_json"]
        ),
        provenance=row["provenance"], unsure=tuple(row["unsure"]), warnings=notices_from_json(json.dumps(row["warnings"])),
        saved=row["saved"], is_read=bool(row["is_read"]), starred=bool(row["starred"]),
    )  # fmt: skip


def checked(name: str, row: Row) -> Row:
    """The row of a table with the columns that follow from it. Raises RowDamaged."""
    table = BY_NAME.get(name)
    if table is None:
        raise RowDamaged(name[:40])
    if not isinstance(row, dict) or row.keys() != table.columns.keys():
        raise RowDamaged(table.name)
    try:
        found = {column: _value(row[column], form) for column, form in table.columns.items()}
        if check := _CHECKS.get(table.name):
            found |= check(found)
        if "original" in found and not _KEY.fullmatch(found["original"]):
            raise ValueError(found["original"])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise RowDamaged(table.name) from error
    return found


def _value(value: Any, form: Form) -> Any:
    if value is None:
        if form.endswith("?") or form == "json":
            return None
    elif form.startswith("json"):
        return value
    elif form.startswith("text") and isinstance(value, str):
        value.encode()  # half of a surrogate pair is no text
        return value
    elif form.startswith("int") and isinstance(value, int) and abs(value) <= _LARGEST_ID:
        return int(value)
    elif form == "bytes" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError(value[:20]) from error
    raise TypeError(form)


def _article(row: Row) -> Row:
    text = BLOCK_SEPARATOR.join(block[1] for block in _blocks(row["blocks"]))
    _byline(row["byline_json"])
    lengths = {"title": len(row["title"]), "subtitle": len(row["subtitle"] or ""), "text": len(text)}
    for person in row["recognised_json"]:
        _texts(person["name"], person.get("title", ""), person.get("description_reason", ""))
        _texts(*[person["description"]] * (person["description"] is not None))
        for field, start, end, confidence, reason in person["mentions"]:
            _texts(reason)
            float(confidence)
            if field not in _FIELDS or not 0 <= start <= end or (field == "text" and end > lengths["text"]):
                raise ValueError(field)
        for start, end, *why in person["quotes"]:
            _texts(*why)
            if not 0 <= start <= end <= lengths["text"]:
                raise ValueError(start)
    _texts(*row["unsure"], *row["provenance"].keys(), *row["provenance"].values())
    for name, fields in row["warnings"]:
        _texts(name, *fields)
    for mark in ("is_read", "starred"):
        row[mark] = int(bool(row[mark]))
    return {"text": text, "published_key": published_key(row["published"]), "url_key": address_key(row["url"])}


def _version(row: Row) -> Row:
    _blocks(row["blocks"])
    return {}


def _blocks(rows: Any) -> Any:
    for block in blocks_from_json(json.dumps(rows)):
        _texts(block.text)
        if block.kind not in get_args(BlockKind) or not (block.level is None or 1 <= block.level <= 6):
            raise ValueError(block.kind)
        for span in block.spans:
            _texts(span.target)
            if span.kind not in get_args(SpanKind) or not 0 <= span.start <= span.end <= len(block.text):
                raise ValueError(span.kind)
    return rows


def _byline(rows: Any) -> None:
    for name, bio in rows:
        _texts(name, *[bio] * (bio is not None))


def _edit(row: Row) -> Row:
    if row["field"] not in edits.FIELDS:
        raise ValueError(row["field"])
    for value in (row["value"], row["read_value"]):
        if row["field"] == "authors":
            _byline(json.loads(value))  # the column holds JSON in JSON
        elif value is not None:
            _texts(value)
    return {}


def _note(row: Row) -> Row:
    if row["about_kind"] not in ("article", "person", "author", "library") or row["text"].startswith(SEALED[0]):
        raise ValueError(row["about_kind"])
    if row["quote"] is not None:
        anchor = Anchor(**row["quote"])
        _texts(anchor.exact, anchor.prefix, anchor.suffix)
        if not 0 <= anchor.start <= anchor.end:
            raise ValueError(anchor.start)
    return {}


def _attachment(row: Row) -> Row:
    if image_media_type(row["data"]) != row["media_type"]:
        raise ValueError(row["media_type"])
    return {}


def _texts(*values: Any) -> None:
    for value in values:
        if not isinstance(value, str):
            raise TypeError(type(value))
        value.encode()


_CHECKS = {
    "articles": _article, "article_versions": _version, "article_edits": _edit, "notes": _note, "attachments": _attachment,
}  # fmt: skip
