"""Care of a library: checking it and mending what can be mended, daily copies, figures about it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbapp.errors import Code, LibraryUnavailable, Notice, UserError
from kbapp.library import backup, change_log, restored, wiping
from kbapp.library.connections import Connection
from kbapp.library.database import Library

_SHOWN = 20  # rows of a kind that are named
_TOTALS = """
    SELECT 'articles' AS name, count(*) AS value FROM articles WHERE deleted IS NULL
    UNION ALL SELECT 'unread', count(*) FROM articles WHERE deleted IS NULL AND NOT is_read
    UNION ALL SELECT 'starred', count(*) FROM articles WHERE deleted IS NULL AND starred
    UNION ALL SELECT 'trash', count(*) FROM articles WHERE deleted IS NOT NULL
    UNION ALL SELECT 'notes', count(*) FROM notes WHERE deleted IS NULL
    UNION ALL SELECT 'people', count(*) FROM people WHERE articles > 0 AND NOT is_agency
    UNION ALL SELECT 'authors', count(*) FROM people WHERE authored > 0
"""
# Counts that triggers keep: the table, its column, and what it should hold.
_COUNTS = (
    ("people", "articles", "(SELECT count(*) FROM article_people WHERE person = people.id)"),
    ("people", "mentions", "(SELECT coalesce(sum(mentions), 0) FROM article_people WHERE person = people.id)"),
    ("people", "authored", "(SELECT count(*) FROM authorships WHERE person = people.id)"),
    (
        "articles",
        "notes",
        "(SELECT count(*) FROM notes n WHERE n.about_kind = 'article' AND n.about_id = articles.id AND n.deleted IS NULL)",
    ),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a library, in words, and whether it has been mended."""

    notice: Notice
    mended: bool = False

    def __str__(self) -> str:
        """The sentence in English."""
        return str(self.notice)


def check(library: Library, *, repair: bool = False) -> list[Problem]:
    """What is wrong with a library; nothing is deleted but what a crash left half-written.

    Args:
        library: The library to check.
        repair: Whether to mend what can be mended: counts, leftovers, old text of notes that were encrypted.

    Raises:
        LibraryUnavailable: An original cannot be read.
    """
    repair = repair and not library.read_only
    damage = [row[0] for row in library.db.execute(f"PRAGMA integrity_check({_SHOWN})") if row[0] != "ok"]
    if damage:
        return [Problem(Notice(Code.CHECK_DATABASE_DAMAGED, {"what": each})) for each in damage]
    return [
        *(
            Problem(Notice(Code.CHECK_ROW_WITHOUT_TARGET, {"table": row[0], "target": row[2]}))
            for row in library.db.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
        ),
        *_originals(library),
        *_counts(library, repair=repair),
        *_old_text(library, repair=repair),
        *_leftovers(library, repair=repair),
    ]


def stats(library: Library) -> dict[str, Any]:
    """Counts, sizes in bytes and how far behind the index is."""
    db = library.db
    size = sum(path.stat().st_size for path in library.folder.glob("library.db*"))
    index = sum(path.stat().st_size for path in library.index_folder.rglob("*") if path.is_file())
    return {
        "library": str(library.folder),
        **totals(library),
        "mentions": db.execute("SELECT coalesce(sum(mentions), 0) FROM people").fetchone()[0],
        "database_bytes": size,
        "index_bytes": index,
        "index_lag": change_log.lag(library),
    }


def totals(library: Library) -> dict[str, int]:
    """The counts of the sidebar, each kept up to date as rows change."""
    return dict(library.db.execute("SELECT name, value FROM totals"))


def back_up_daily(library: Library) -> Path | None:
    """Makes today's copy of the database, unless there is one or nothing to copy; returns it. Raises UserError."""
    if library.read_only or not totals(library)["articles"]:
        return None
    return backup.copy_daily(library.db, library.folder / "backups")


def _originals(library: Library) -> Iterator[Problem]:
    for number, title, key in library.db.execute("SELECT id, title, original FROM articles ORDER BY id").fetchall():
        fields = {"id": number, "title": title}
        try:
            path = library.original(key)
        except UserError:
            yield Problem(Notice(Code.CHECK_ORIGINAL_NOT_OURS, fields))
            continue
        if not path.exists():
            yield Problem(Notice(Code.CHECK_ORIGINAL_MISSING, fields))
        elif _digest(path) != key[:64]:
            yield Problem(Notice(Code.CHECK_ORIGINAL_CHANGED, fields))
    pictures = "SELECT article, original FROM pictures UNION SELECT NULL, original FROM portraits"
    for article, key in library.db.execute(pictures).fetchall():
        if not library.has_original(key):
            yield Problem(Notice(Code.CHECK_PICTURE_MISSING, {"id": article or ""}))


def _counts(library: Library, *, repair: bool) -> Iterator[Problem]:
    db = library.db
    for table, column, truth in _COUNTS:
        wrong = db.execute(f"SELECT count(*) FROM {table} WHERE {column} <> {truth}").fetchone()[0]
        if wrong:
            if repair:
                with library.transaction() as writing:
                    writing.execute(f"UPDATE {table} SET {column} = {truth} WHERE {column} <> {truth}")
            yield Problem(Notice(Code.CHECK_COUNTS_WRONG, {"count": wrong, "table": table, "column": column}), repair)
    wrong_totals = _wrong_totals(db)
    if wrong_totals:
        if repair:
            with library.transaction() as writing:
                writing.executemany("UPDATE totals SET value = ? WHERE name = ?", wrong_totals)
        yield Problem(Notice(Code.CHECK_TOTALS_WRONG, {"names": ", ".join(name for _, name in wrong_totals)}), repair)


def _wrong_totals(db: Connection) -> list[tuple[int, str]]:
    sql = f"SELECT truth.value, truth.name FROM ({_TOTALS}) AS truth JOIN totals USING (name) WHERE totals.value <> truth.value"
    return [(row[0], row[1]) for row in db.execute(sql)]


def _old_text(library: Library, *, repair: bool) -> Iterator[Problem]:
    backups, index = library.folder / "backups", library.index_folder
    if library.db.execute("SELECT 1 FROM unfinished_work WHERE name = 'wipe'").fetchone():
        mended = repair and wiping.finish(library.db, backups, index)
        yield Problem(Notice(Code.CHECK_OLD_NOTE_TEXT), mended)


def _leftovers(library: Library, *, repair: bool) -> Iterator[Problem]:
    """Half-written files of a process that is no more, and folders of a restore that did not come to its end."""
    for path in [*_partial_files(library), *restored.leftovers(library.folder)]:
        mended = False
        if repair:
            with contextlib.suppress(OSError):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
                mended = True
        yield Problem(Notice(Code.CHECK_LEFTOVER, {"file": path.name}), mended)


def _partial_files(library: Library) -> list[Path]:
    folders = [library.folder / "backups"]
    with contextlib.suppress(OSError):
        folders += [Path(each.path) for each in os.scandir(library.folder / "originals") if each.is_dir()]
    found: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            found += [Path(entry.path) for entry in os.scandir(folder) if entry.name.startswith(".")]
    return sorted(found)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LibraryUnavailable(Code.FILE_NOT_READ, file=path, reason=error.strerror) from error
