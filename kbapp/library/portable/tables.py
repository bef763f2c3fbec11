"""The rows that make a library: what was read and what the user said. Whatever follows from them is made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kbapp.library.encryption import note_place

Row = dict[str, Any]
Scope = Literal["articles", "people", "notes"]
Form = Literal["text", "text?", "int", "int?", "json", "json?", "bytes"]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export.

    Attributes:
        name: The table's name in the database.
        scope: What it belongs to; the rows of "notes" are private.
        columns: The form of each column; the first ones are the key.
        article: The column with the article's id, where rows belong to one.
        encrypted: For columns that are encrypted along with notes: the place that a row's value is bound to.
    """

    name: str
    scope: Scope
    columns: Mapping[str, Form]
    article: str | None = None
    encrypted: Mapping[str, Callable[[Row], str]] = field(default_factory=dict)


ARTICLES = Table(
    "articles", "articles",
    {
        "id": "int", "title": "text", "subtitle": "text?", "published": "text?", "source": "text?", "url": "text?", "language": "text?",
        "format": "text", "blocks": "json", "byline_json": "json", "recognised_json": "json", "original": "text", "part": "int",
        "source_file": "text", "fingerprint": "text", "imported": "text", "is_read": "int", "starred": "int", "opened": "text?",
        "deleted": "text?", "provenance": "json", "unsure": "json", "warnings": "json", "saved": "text?",
    },
    "id",
)  # fmt: skip
NOTES = Table(
    "notes", "notes",
    {
        "id": "int", "text": "text", "created": "text", "modified": "text", "about_kind": "text", "about_id": "int?", "quote": "json?",
        "colour": "text?", "revision": "int", "deleted": "text?",
    },
    None,
    {"text": lambda row: note_place(row["id"]), "quote": lambda row: note_place(row["id"], "quote")},
)  # fmt: skip
TABLES = (
    Table("people", "people", {"id": "int", "name": "text", "named_by_user": "int", "is_agency": "int"}),
    Table("aliases", "people", {"key": "text", "person": "int", "by_user": "int"}),
    Table("surnames", "people", {"surname": "text", "key": "text"}),
    Table("name_forms", "people", {"person": "int", "form": "text", "uses": "int", "by_user": "int"}),
    Table("rejected_keys", "people", {"key": "text"}),
    Table("refused_merges", "people", {"one": "int", "other": "int"}),
    Table("known_names", "people", {"surface": "text", "person": "int"}),
    Table("portraits", "people", {"person": "int", "original": "text"}),
    ARTICLES,
    Table("article_tags", "articles", {"article": "int", "tag": "text"}, "article"),
    Table(
        "article_edits", "articles", {"article": "int", "field": "text", "value": "json", "read_value": "json"}, "article"
    ),
    Table(
        "article_versions", "articles",
        {
            "article": "int", "number": "int", "replaced": "text", "title": "text", "published": "text?", "blocks": "json",
            "original": "text", "part": "int", "source_file": "text", "fingerprint": "text",
        },
        "article",
    ),
    Table(
        "pictures", "articles", {"article": "int", "position": "int", "original": "text", "words": "text", "block": "int"},
        "article",
    ),
    Table("assignments", "articles", {"article": "int", "key": "text", "person": "int?"}, "article"),
    Table("marked_names", "articles", {"article": "int", "surface": "text", "person": "int"}, "article"),
    NOTES,
    Table(
        "note_versions", "notes", {"note": "int", "saved": "text", "text": "text"}, None,
        {"text": lambda row: note_place(row["note"])},
    ),
    Table("attachments", "notes", {"id": "int", "note": "int", "media_type": "text", "data": "bytes"}),
    Table(
        "boards", "notes", {"id": "int", "title": "text", "created": "text", "modified": "text"}, None,
        {"title": lambda row: f"board {row['id']}"},
    ),
    Table(
        "board_cards", "notes", {"id": "int", "board": "int", "position": "int", "note": "int?", "heading": "text"}, None,
        {"heading": lambda row: f"card {row['id']}"},
    ),
    Table(
        "saved_searches", "notes", {"id": "int", "name": "text", "query": "text"}, None,
        {"name": lambda row: f"search {row['id']} name", "query": lambda row: f"search {row['id']} query"},
    ),
    Table("imported_marks", "notes", {"article": "int", "digest": "text"}),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
