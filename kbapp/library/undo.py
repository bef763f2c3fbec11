"""The journal of the user's changes: each is one typed record that can be taken back, and made again, by its id.

A record holds rows as they were before and after the change (see undo_rows.py). A change whose rows say something else by
now is not taken back over the head of whoever changed them: ChangeOvertaken says so.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kbapp.errors import Code, NotFound, UserError
from kbapp.library import undo_effects
from kbapp.library.connections import Connection
from kbapp.library.database import Library, now
from kbapp.library.undo_rows import VERSION, Recording, is_as, write

_KEPT = 5_000  # changes; older ones can no longer be taken back
_COALESCE_SECONDS = 60


class Command(StrEnum):
    """The types of changes. Names are stored; the value is the label in English, a key of the translations."""

    TRASH = "Move to trash"
    RESTORE = "Restore from trash"
    STAR = "Star"
    UNSTAR = "Remove star"
    MARK_READ = "Mark as read"
    MARK_UNREAD = "Mark as unread"
    EDIT_ARTICLE = "Edit article"
    RESET_ARTICLE = "Reset article"
    ADD_TAG = "Add tag"
    REMOVE_TAG = "Remove tag"
    RENAME_TAG = "Rename tag"
    DELETE_TAG = "Delete tag"
    MERGE = "Merge people"
    SPLIT = "Someone else"
    RENAME = "Rename person"
    ADD_ALIAS = "Add alias"
    REMOVE_ALIAS = "Remove alias"
    NOT_A_PERSON = "Not a person"
    MARK_PERSON = "Mark a person"
    KEEP_APART = "Keep two people apart"
    SET_PORTRAIT = "Set portrait"
    CORRECT = "Correct people"
    ADD_NOTE = "Add note"
    EDIT_NOTE = "Edit note"
    DELETE_NOTE = "Delete note"
    RESTORE_NOTE = "Restore note"
    ATTACH_NOTE = "Attach note"
    COLOUR_NOTE = "Colour a highlight"
    SAVE_SEARCH = "Save a search"
    FORGET_SEARCH = "Remove a saved search"
    CREATE_BOARD = "New board"
    RENAME_BOARD = "Rename board"
    REMOVE_BOARD = "Remove board"
    ARRANGE_BOARD = "Arrange board"


@dataclass(frozen=True, slots=True)
class Change:
    """One change by the user.

    ``subject`` is the id of the article, person, note or board that it made or is about; ``names`` say in words what it was
    done to; ``undone`` is when it was taken back (ISO 8601), else None.
    """

    id: int
    made: str
    origin: str
    command: Command
    subject: int | None
    names: tuple[str, ...]
    undone: str | None


class ChangeOvertaken(UserError):
    """A change that cannot be taken back, or made again, as what it changed has been changed since."""


class Done:
    """What became of a change: ``change`` is None when there was nothing to change."""

    change: Change | None = None


@contextmanager
def recorded(library: Library, command: Command, origin: str) -> Iterator[tuple[Recording, Done]]:
    """One change by the user: a transaction whose rows are recorded in the journal when the block ends."""
    done = Done()
    with library.transaction() as db:
        recording = Recording(db)
        yield recording, done
        images = recording.images()
        if images:
            undo_effects.relink(db, recording.relink)
            done.change = _append(db, command, origin, recording, images)


def undo(library: Library, change: int) -> Change:
    """Takes a change back.

    Raises:
        NotFound: There is no such change.
        ChangeOvertaken: What it changed says something else by now, or it was taken back before.
    """
    return _turn(library, change, back=True)


def redo(library: Library, change: int) -> Change:
    """Makes a change again that was taken back. Raises the same as ``undo``."""
    return _turn(library, change, back=False)


def last(library: Library, *, origin: str | None = None, commands: Iterable[Command] = Command) -> Change:
    """The latest change that was not taken back: of one origin, of some types. Raises NotFound when there is none."""
    names = [command.name for command in commands]
    row = library.db.execute(
        "SELECT * FROM journal WHERE undone IS NULL AND (?1 IS NULL OR origin = ?1) "
        "AND command IN (SELECT value FROM json_each(?2)) ORDER BY id DESC LIMIT 1",
        (origin, json.dumps(names)),
    ).fetchone()
    if row is None:
        raise NotFound(Code.NOTHING_TO_UNDO)
    return _change(row)


def history(library: Library, limit: int = 100) -> list[Change]:
    """The latest changes, those that were taken back too, the newest first."""
    rows = library.db.execute("SELECT * FROM journal ORDER BY id DESC LIMIT ?", (limit,))
    return [_change(row) for row in rows if row["command"] in Command.__members__]


def _append(
    db: Connection, command: Command, origin: str, recording: Recording, images: list[dict[str, Any]]
) -> Change:
    made = now()
    data = json.dumps({"rows": images, "relink": sorted(recording.relink)}, ensure_ascii=False)
    number = (
        _coalesced(db, command, origin, recording, images, made)
        or db.execute(
            "INSERT INTO journal (made, origin, command, version, subject, names, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                made,
                origin,
                command.name,
                VERSION,
                recording.subject,
                json.dumps(recording.names, ensure_ascii=False),
                data,
            ),
        ).lastrowid
    )
    assert number is not None
    db.execute("DELETE FROM journal WHERE id <= ?", (number - _KEPT,))
    return Change(number, made, origin, command, recording.subject, recording.names, None)


def _coalesced(
    db: Connection, command: Command, origin: str, recording: Recording, images: list[dict[str, Any]], made: str
) -> int | None:
    """Typing saves a note every few seconds; within a minute that is one change, which this adds to."""
    if command is not Command.EDIT_NOTE:
        return None
    row = db.execute("SELECT * FROM journal WHERE origin = ? ORDER BY id DESC LIMIT 1", (origin,)).fetchone()
    if row is None or row["undone"] or (row["command"], row["subject"]) != (command.name, recording.subject):
        return None
    if db.execute("SELECT julianday(?) - julianday(?)", (made, row["made"])).fetchone()[0] * 86400 > _COALESCE_SECONDS:
        return None
    data = json.loads(row["data"])
    if len(data["rows"]) != 1 or len(images) != 1 or data["rows"][0]["after"] != images[0]["before"]:
        return None
    data["rows"][0]["after"] = images[0]["after"]
    db.execute("UPDATE journal SET data = ? WHERE id = ?", (json.dumps(data, ensure_ascii=False), row["id"]))
    return int(row["id"])


def _turn(library: Library, number: int, *, back: bool) -> Change:
    old, new = ("after", "before") if back else ("before", "after")
    with library.transaction() as db:
        row = db.execute("SELECT * FROM journal WHERE id = ?", (number,)).fetchone()
        if row is None or row["command"] not in Command.__members__:
            raise NotFound(Code.NO_SUCH_CHANGE, id=number)
        if bool(row["undone"]) == back:
            raise ChangeOvertaken(Code.CHANGE_UNDONE_ALREADY if back else Code.CHANGE_NOT_UNDONE, id=number)
        try:
            data = json.loads(row["data"])
            if row["version"] == 0 and back:
                undo_effects.revert_legacy(db, data)
            elif row["version"] == VERSION:
                _put_back(db, number, data, old, new)
            else:
                raise ChangeOvertaken(Code.CHANGE_OVERTAKEN, id=number)
        except (KeyError, ValueError, TypeError, IndexError, sqlite3.InterfaceError) as error:  # a stranger's library
            raise ChangeOvertaken(Code.CHANGE_RECORD_DAMAGED, id=number) from error
        db.execute("UPDATE journal SET undone = ? WHERE id = ?", (now() if back else None, number))
        found = db.execute("SELECT * FROM journal WHERE id = ?", (number,)).fetchone()
    return _change(found)


def _put_back(db: Connection, number: int, data: dict[str, Any], old: str, new: str) -> None:
    pending = [image for image in data["rows"] if not is_as(db, image, new)]
    if not all(is_as(db, image, old) for image in pending):
        raise ChangeOvertaken(Code.CHANGE_OVERTAKEN, id=number)
    db.execute("PRAGMA defer_foreign_keys = ON")
    for image in pending:
        write(db, image["table"], tuple(image["key"]), image[new])
    undo_effects.follow(db, pending, new, set(data["relink"]))


def _change(row: sqlite3.Row) -> Change:
    return Change(
        row["id"], row["made"], row["origin"], Command[row["command"]], row["subject"], tuple(json.loads(row["names"])), row["undone"],
    )  # fmt: skip
