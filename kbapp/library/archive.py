"""The whole library in one file, and back: a backup that somebody else gives is looked at before it takes a library's place."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kbapp.errors import Code, LibraryUnavailable, UserError
from kbapp.library import holders, migrations, originals, restored
from kbapp.library.backup import copy_database
from kbapp.library.database import Library


def back_up(library: Library, file: Path) -> Path:
    """Writes the database and the originals as one .tar, while the library is in use. Raises UserError."""
    target = file.expanduser().absolute()
    partial = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="kbapp-backup-") as folder:
            copy = Path(folder) / "library.db"
            copy_database(library.db, copy)
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
            with partial.open("wb") as out, tarfile.open(fileobj=out, mode="w") as archive:
                archive.add(copy, "library.db")
                if (library.folder / "originals").is_dir():
                    archive.add(library.folder / "originals", "originals", filter=_whole)
                archive.close()
                out.flush()
                os.fsync(out.fileno())
            partial.replace(target)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        raise UserError(Code.FILE_NOT_WRITTEN, file=target, reason=reason) from error
    return target


def restore(folder: Path, file: Path) -> Path | None:
    """Puts a backup in the place of a library.

    Args:
        folder: The library's folder, which may be missing.
        file: A .tar of ``back_up``, or a daily copy (.db), whose originals are those of the folder.

    Returns:
        Where the library that was there is now; None when there was none.

    Raises:
        LibraryUnavailable: A process has the library open, or it cannot be written.
        UserError: The file is no whole backup of kbapp; the library is left as it was.
    """
    source, folder = file.expanduser().absolute(), folder.expanduser().absolute()
    if not source.is_file():
        raise UserError(Code.NOT_A_BACKUP, file=source)
    if holders.is_held(folder):
        raise LibraryUnavailable(Code.LIBRARY_IN_USE, folder=folder)
    fresh, waiting = restored.unpacking_place(folder), restored.waiting_place(folder)
    try:
        restored.put_in_place(folder)  # of a restore before this one that was killed
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(waiting, ignore_errors=True)
        fresh.mkdir(parents=True, mode=0o700)
        _fill(fresh, source, folder)
        _check(fresh / "library.db")
        if hasattr(os, "sync"):
            os.sync()
        if holders.is_held(folder):  # somebody came meanwhile
            raise LibraryUnavailable(Code.LIBRARY_IN_USE, folder=folder)
        fresh.rename(waiting)  # from here on the next start goes on where this one ends
        kept = None
        if folder.exists():
            kept = _free_name(folder)
            folder.rename(kept)
        restored.put_in_place(folder)
    except (tarfile.TarError, sqlite3.Error, EOFError, ValueError) as error:
        raise UserError(Code.NOT_A_BACKUP, file=source) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise LibraryUnavailable(Code.DISK_FULL, folder=folder) from error
        raise LibraryUnavailable(Code.LIBRARY_FOLDER_NOT_WRITTEN, folder=folder, reason=error.strerror) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return kept


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds: how many articles, and when the latest was added ("" for none)."""

    articles: int
    latest: str


def look_into(file: Path) -> BackupContents:
    """Says what a .tar of ``back_up`` holds, without unpacking its originals. Raises UserError for anything else."""
    source = file.expanduser().absolute()
    try:
        with tempfile.TemporaryDirectory(prefix="kbapp-backup-") as folder:
            copy = Path(folder) / "library.db"
            with tarfile.open(source) as archive:
                content = archive.extractfile("library.db")
                if content is None:
                    raise tarfile.TarError("library.db is no file")
                with content, copy.open("wb") as out:
                    shutil.copyfileobj(content, out)
            _check(copy)
            with contextlib.closing(sqlite3.connect(copy)) as db:
                sql = "SELECT count(*), coalesce(max(imported), '') FROM articles WHERE deleted IS NULL"
                return BackupContents(*db.execute(sql).fetchone())
    except (OSError, sqlite3.Error, tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise UserError(Code.NOT_A_BACKUP, file=source) from error


def _whole(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leaves half-written originals out of a backup."""
    return None if PurePosixPath(member.name).name.startswith(".") else member


def _fill(fresh: Path, source: Path, folder: Path) -> None:
    if source.suffix == ".db":
        shutil.copyfile(source, fresh / "library.db")
        if (folder / "originals").is_dir():
            shutil.copytree(folder / "originals", fresh / "originals", copy_function=_link_or_copy)
    else:
        with tarfile.open(source) as archive:
            _unpack(archive, fresh)
    (fresh / "library.db").chmod(0o600)


def _link_or_copy(source: str, target: str) -> None:
    """Originals are never changed in place, so that two libraries may share one."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _check(database: Path) -> None:
    """Raises sqlite3.DatabaseError when it is damaged, has what kbapp never makes, or is of a newer kbapp."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA trusted_schema = OFF")
        if migrations.version_of(db) == 0 or migrations.foreign_object(db) is not None:
            raise sqlite3.DatabaseError("not a library of kbapp")
        if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        db.execute("UPDATE index_state SET identity = ''")


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Writes the files of a backup. Raises TarError when it holds anything that no backup of ours holds.

    By hand, as tarfile's own filters are missing in the Python 3.11 of Debian 12.
    """
    for member in archive:
        target = _place(member, folder)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = archive.extractfile(member)
        if content is None or target.exists():
            raise tarfile.TarError(f"{member.name} is no file, or comes twice")
        target.touch(mode=0o600)
        with content, target.open("wb") as out:
            shutil.copyfileobj(content, out)


def _place(member: tarfile.TarInfo, folder: Path) -> Path:
    """Where a member of a backup goes: library.db, or an original by its key."""
    match member.name.split("/"):
        case ["library.db"] if member.isreg() and not member.issparse():
            return folder / "library.db"
        case ["originals"] | ["originals", _] if member.isdir():
            if len(member.name) <= len("originals/ab"):
                return folder.joinpath(*PurePosixPath(member.name).parts)
        case ["originals", start, key] if member.isreg() and not member.issparse():
            with contextlib.suppress(UserError):
                target = originals.path(folder / "originals", key)
                if target.parent.name == start:
                    return target
    raise tarfile.TarError(f"{member.name} does not belong in a backup")


def _free_name(folder: Path) -> Path:
    number = 1
    while (candidate := folder.with_name(f"{folder.name}-before-restore-{number}")).exists():
        number += 1
    return candidate
