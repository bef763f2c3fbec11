"""Care of a library: checking it, copying it while it is in use, restoring a copy, figures about it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from kbapp.errors import Code, LibraryUnavailable, UserError
from kbapp.library import change_log
from kbapp.library.database import Library, now
from kbapp.library.notes.encryption import clean, is_protected
from kbapp.library.people import linking

_DAILY_COPIES = 7


def check(library: Library, *, repair: bool = False) -> list[str]:
    """What is wrong with the library, each in one line; with ``repair``, what can be made anew is."""
    db = library.db
    if repair and is_protected(db):
        clean(library)
    problems = [
        f"The database is damaged: {row[0]}." for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"
    ]
    if problems:
        return problems
    problems += [
        f"A row of {row[0]} points to {row[2]} that is not there."
        for row in db.execute("PRAGMA foreign_key_check").fetchmany(20)
    ]
    for number, title, key in db.execute("SELECT id, title, original FROM articles"):
        path = library.original(key)
        if not path.exists():
            problems.append(
                f"The original file of article {number} “{title}” is missing; import it again from where it came."
            )
        elif _digest(path) != key.partition(".")[0]:
            problems.append(f"The original file of article {number} “{title}” has changed since it was imported.")
    wrong = [
        row[0]
        for row in db.execute(
            "SELECT p.id FROM people p WHERE p.articles <> (SELECT count(*) FROM article_people WHERE person = p.id) "
            "OR p.mentions <> (SELECT coalesce(sum(mentions), 0) FROM article_people WHERE person = p.id) "
            "OR p.authored <> (SELECT count(*) FROM authorships WHERE person = p.id)"
        )
    ]
    if wrong:
        problems.append(f"The counts of {len(wrong)} people are wrong.")
        if repair:
            with library.transaction() as db:
                articles = {article for person in wrong for article in linking.articles_of(db, person)}
                linking.relink(db, articles)
    for stray in _partial_files(library):
        problems.append(f"A half-written file was left by a crash: {stray.name}.")
        if repair:
            stray.unlink(missing_ok=True)
    return problems


def stats(library: Library) -> dict[str, Any]:
    """Counts, sizes in bytes and how far behind the index is."""
    db = library.db
    totals = dict(db.execute("SELECT name, value FROM totals").fetchall())
    size = sum(path.stat().st_size for path in library.folder.glob("library.db*"))
    index = sum(path.stat().st_size for path in library.index_folder.rglob("*") if path.is_file())
    return {
        "library": str(library.folder),
        **totals,
        "mentions": db.execute("SELECT coalesce(sum(mentions), 0) FROM people").fetchone()[0],
        "database_bytes": size,
        "index_bytes": index,
        "index_lag": change_log.lag(library),
    }


def totals(library: Library) -> dict[str, int]:
    """The counts of the sidebar, each kept up to date as rows change."""
    return dict(library.db.execute("SELECT name, value FROM totals"))


def backup(library: Library, file: Path) -> Path:
    """Writes the database and the originals as one .tar; the database by SQLite's online backup, so use goes on."""
    target = file.expanduser().absolute()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / "library.db"
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                library.db.backup(connection)
            partial = Path(folder) / "backup.tar"
            with tarfile.open(partial, "w") as archive:
                archive.add(copy, "library.db")
                archive.add(library.folder / "originals", "originals")
            partial.replace(target)
    except OSError as error:
        raise UserError(Code.FILE_NOT_WRITTEN, file=target, reason=error.strerror) from error
    return target


def back_up_daily(library: Library) -> Path | None:
    """Copies the database into ``backups/`` unless that was done within a day; the last seven copies are kept.

    Originals never change and are not copied. Returns the copy that was made.
    """
    folder = library.folder / "backups"
    there = sorted(folder.glob("????-??-??.db"))
    today = now()[:10]
    if (there and there[-1].stem >= today) or not totals(library)["articles"]:
        return None
    target = folder / f"{today}.db"
    partial = target.with_suffix(".part")
    try:
        partial.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(partial)) as copy:
            library.db.backup(copy, pages=2000, sleep=0.005)  # in steps, so that writers need not wait
        partial.replace(target)
        for old in there[: -_DAILY_COPIES + 1]:
            old.unlink()
    except (OSError, sqlite3.Error) as error:
        raise UserError(Code.DAILY_BACKUP_FAILED, file=target, reason=error) from error
    return target


def forget_daily_backups(library: Library) -> None:
    """Removes the daily copies, which hold what is to be readable no more, and makes one of the present state."""
    for old in (library.folder / "backups").glob("????-??-??.db"):
        old.unlink()
    back_up_daily(library)


def restore(folder: Path, file: Path) -> Path | None:
    """Puts a backup in the place of the library; the library that was there is kept and its new place returned."""
    source = file.expanduser().absolute()
    folder = folder.expanduser().absolute()
    fresh = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True, mode=0o700)
        if source.suffix == ".db":  # a daily copy, whose originals lie where they always lay
            shutil.copyfile(source, fresh / "library.db")
            shutil.copytree(folder / "originals", fresh / "originals")
        else:
            with tarfile.open(source) as archive:
                _unpack(archive, fresh)
        with contextlib.closing(sqlite3.connect(fresh / "library.db")) as db:
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            db.execute("UPDATE index_state SET identity = ''")
            db.commit()
    except (OSError, tarfile.TarError, sqlite3.Error) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise UserError(Code.NOT_A_BACKUP, file=source) from error
    kept = None
    if folder.exists():
        kept = _free_name(folder)
        folder.rename(kept)
    fresh.rename(folder)
    return kept


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Writes the files of a backup. Raises TarError when it holds anything that no backup of ours holds.

    By hand, as tarfile's own filters are missing in the Python 3.11 of Debian 12.
    """
    for member in archive:
        parts = PurePosixPath(member.name).parts
        ours = parts[:1] in {("library.db",), ("originals",)} and ".." not in parts and "\\" not in member.name
        if not ours or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} does not belong in a backup")
        target = folder.joinpath(*parts)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        content = archive.extractfile(member)
        assert content is not None  # of a file there always is
        target.touch(mode=0o600)
        with content, target.open("wb") as out:
            shutil.copyfileobj(content, out)


def _free_name(folder: Path) -> Path:
    number = 1
    while (candidate := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    return candidate


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LibraryUnavailable(Code.FILE_NOT_READ, file=path, reason=error.strerror) from error


def _partial_files(library: Library) -> list[Path]:
    return [Path(entry.path) for folder in os.scandir(library.folder / "originals") if folder.is_dir()
            for entry in os.scandir(folder.path) if entry.name.startswith(".")]  # fmt: skip
