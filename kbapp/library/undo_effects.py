"""What must be made again when rows of the user's changes are put back: links to people, tags of notes, the index's journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kbapp.library import change_log
from kbapp.library.connections import Connection
from kbapp.library.notes import repository as notes
from kbapp.library.people import linking

# The columns of the tables that undo records named by position, as they were then.
_LEGACY = {
    "aliases": ("key", "person", "by_user"),
    "assignments": ("article", "key", "person"),
    "name_forms": ("person", "form", "uses", "by_user"),
    "marked_names": ("article", "surface", "person"),
    "known_names": ("surface", "person"),
    "portraits": ("person", "original"),
    "rejected_keys": ("key",),
    "refused_merges": ("one", "other"),
}


def relink(db: Connection, articles: Iterable[int]) -> None:
    """Makes the links of articles again; those in the trash have none."""
    ids = sorted(set(articles))
    rows = db.execute(
        "SELECT id FROM articles WHERE deleted IS NULL AND id IN (SELECT value FROM json_each(?))", (str(ids),)
    ).fetchall()
    linking.relink(db, [row[0] for row in rows])


def follow(db: Connection, images: list[dict[str, Any]], side: str, articles: set[int]) -> None:
    """What follows from rows that were just put back.

    Args:
        db: The connection of the transaction.
        images: The rows, as undo.Recording.images gives them.
        side: "before" or "after": which of the two they are now.
        articles: The articles whose links depended on the change.
    """
    for image in images:
        table, key, row = image["table"], image["key"], image[side]
        if table == "articles":
            if "deleted" in (row or {}):
                (linking.unlink if row["deleted"] else linking.link)(db, key[0])
            change_log.record(db, "article", [key[0]])
        elif table == "article_tags":
            change_log.record(db, "article", [key[0]])
        elif table in ("people", "portraits"):
            change_log.record(db, "person", [key[0]])
        elif table == "notes":
            notes.changed_by_undo(db, key[0], set(row or {}))
        elif table == "known_names":  # later imports knew the name too
            people = {each["person"] for each in (image["before"], image["after"]) if each}
            articles = articles.union(*(linking.articles_of(db, person) for person in people))
    relink(db, articles)


def revert_legacy(db: Connection, data: dict[str, Any]) -> None:
    """Takes back a correction from before the journal. Raises KeyError or ValueError for what never was one."""
    touched = set(data["articles"])
    if any(step.get("delete") == "known_names" for step in data["steps"]):
        touched |= linking.articles_of(db, data["person"])
    for step in reversed(data["steps"]):
        _revert_step(db, step)
    relink(db, touched)


def _revert_step(db: Connection, step: dict[str, Any]) -> None:
    if "write" in step:
        columns = _LEGACY[step["write"]]
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT OR REPLACE INTO {step['write']} ({', '.join(columns)}) VALUES ({marks})"
        db.executemany(sql, step["rows"])
    elif "delete" in step:
        columns = _LEGACY[step["delete"]]
        names = [part.removesuffix(" = ?") for part in step["where"].split(" AND ")]
        where = " AND ".join(f"{columns[columns.index(name)]} = ?" for name in names)
        db.execute(f"DELETE FROM {step['delete']} WHERE {where}", step["values"])
    elif "notes" in step:
        db.executemany("UPDATE notes SET about_id = ? WHERE id = ?", ((step["about"], note) for note in step["notes"]))
        change_log.record(db, "note", step["notes"])
    elif "name" in step:
        db.execute("UPDATE people SET name = ?, named_by_user = ? WHERE id = ?", (*step["name"], step["about"]))
        change_log.record(db, "person", [step["about"]])
