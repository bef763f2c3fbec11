"""Rows of the library as documents of the index."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from typing import Any

from kbapp.library.database import Library
from kbapp.library.notes.encryption import SEALED
from kbapp.search.index.schema import KINDS, NO_DATE

Document = dict[str, Any]
_EPOCH = datetime.datetime(1970, 1, 1)


def key_of(kind: str, ref: int) -> str:
    """The document's unique key."""
    return f"{kind}/{ref}"


def minutes(key: str) -> int:
    """Minutes since 1970 of a date in the library's key form ("2010", "2010-10", "2010-10-18T12:05:00")."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d))?", key)
    if not match:
        return NO_DATE
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        moment = datetime.datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0)
    except ValueError:
        return NO_DATE
    return int((moment - _EPOCH).total_seconds() // 60)


def documents(library: Library, kind: str, refs: list[int]) -> dict[int, Document]:
    """The documents of these ids; ids that are gone, trashed or have nothing to search for are left out."""
    if not refs:
        return {}
    return {"article": _articles, "person": _people, "note": _notes}[kind](library, refs)


def _base(kind: str, ref: int) -> Document:
    return {"key": key_of(kind, ref), "kind": kind, "kind_number": KINDS.index(kind), "ref": ref}


def _articles(library: Library, refs: list[int]) -> dict[int, Document]:
    db, marks = library.db, ",".join("?" * len(refs))
    people = _grouped(
        db.execute(
            f"SELECT m.article, p.name || ' ' || m.name FROM article_people m JOIN people p ON p.id = m.person WHERE m.article IN ({marks})",
            refs,
        )
    )
    authors = _grouped(
        db.execute(
            f"SELECT s.article, p.name || ' ' || s.name FROM authorships s JOIN people p ON p.id = s.person WHERE s.article IN ({marks})",
            refs,
        )
    )
    tags = _grouped(db.execute(f"SELECT article, tag FROM article_tags WHERE article IN ({marks})", refs))
    found = {}
    for row in db.execute(f"SELECT * FROM articles WHERE id IN ({marks}) AND deleted IS NULL", refs):
        number = row["id"]
        flags = [
            name
            for name, holds in (("unread", not row["is_read"]), ("starred", row["starred"]), ("note", row["notes"] > 0))
            if holds
        ]
        found[number] = _base("article", number) | {
            "title": row["title"],
            "subtitle": row["subtitle"],
            "body": row["text"],
            "people": _names(people[number]),
            "authors": _names(authors[number]),
            "source": row["source"],
            "lang": row["language"],
            "type": row["format"],
            "tag": ",".join(tags[number]) or None,
            "flags": " ".join(flags) or None,
            "published": minutes(row["published_key"]),
            "added": minutes(row["imported"]),
        }
    return found


def _people(library: Library, refs: list[int]) -> dict[int, Document]:
    db, marks = library.db, ",".join("?" * len(refs))
    forms = _grouped(db.execute(f"SELECT person, form FROM name_forms WHERE person IN ({marks})", refs))
    rows = db.execute(
        f"SELECT id, name, articles, authored FROM people WHERE id IN ({marks}) AND (articles > 0 OR authored > 0)",
        refs,
    )
    return {
        row["id"]: _base("person", row["id"])
        | {
            "title": row["name"],
            "people": _names(forms[row["id"]]) if row["articles"] else None,
            "authors": _names(forms[row["id"]]) if row["authored"] else None,
            "published": NO_DATE,
            "added": NO_DATE,
        }
        for row in rows
    }


def _notes(library: Library, refs: list[int]) -> dict[int, Document]:
    db, marks = library.db, ",".join("?" * len(refs))
    tags = _grouped(db.execute(f"SELECT note, tag FROM note_tags WHERE note IN ({marks})", refs))
    found = {}
    for row in db.execute(
        f"SELECT n.id, n.text, n.modified, n.quote, coalesce(a.title, p.name) AS about FROM notes n "
        f"LEFT JOIN articles a ON n.about_kind = 'article' AND a.id = n.about_id "
        f"LEFT JOIN people p ON n.about_kind IN ('person', 'author') AND p.id = n.about_id "
        f"WHERE n.id IN ({marks}) AND n.deleted IS NULL AND n.text NOT GLOB '{SEALED}*'",
        refs,
    ):
        found[row["id"]] = _base("note", row["id"]) | {
            "note": row["text"],
            "subtitle": row["about"],
            "tag": ",".join(tags[row["id"]]) or None,
            "published": minutes(row["modified"]),
            "added": minutes(row["modified"]),
        }
    return found


def _names(names: list[str]) -> str | None:
    return "\n".join(dict.fromkeys(names)) or None


def _grouped(rows: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for number, value in rows:
        found[number].append(value)
    return found
