"""Backups: what they hold, when they are made, and that nothing which is no backup of ours takes a library's place."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbapp.domain import Subject
from kbapp.errors import Code, LibraryUnavailable, UserError
from kbapp.library import Library, archive, maintenance, restored
from kbapp.library.articles import listing
from kbapp.library.notes import repository as notes
from tests.conftest import HARBOUR


@pytest.fixture
def backed_up(library: Library, add, tmp_path: Path) -> Path:
    """A backup of a library with one article, which then got a note; the library is closed."""
    add(HARBOUR)
    file = archive.back_up(library, tmp_path / "b.tar")
    with library.transaction() as db:
        notes.add(db, "after the backup", Subject("library"))
    library.close()
    return file


def test_backup_and_restore(library: Library, backed_up: Path) -> None:
    kept = archive.restore(library.folder, backed_up)
    again = Library(library.folder)
    assert len(listing.ids(again)) == 1 and notes.listed(again) == [] and maintenance.check(again) == []
    assert kept is not None and notes.listed(Library(kept))[0].text == "after the backup"
    if os.name == "posix":
        assert backed_up.stat().st_mode & 0o777 == 0o600
        assert all(path.stat().st_mode & 0o077 == 0 for path in library.folder.rglob("*") if path.is_file())


def test_a_library_that_is_open_is_not_replaced(library: Library, backed_up: Path) -> None:
    window = Library(library.folder)
    with pytest.raises(LibraryUnavailable) as caught:
        archive.restore(library.folder, backed_up)
    assert caught.value.code is Code.LIBRARY_IN_USE
    assert notes.listed(window)[0].text == "after the backup"
    window.close()
    archive.restore(library.folder, backed_up)


def rewritten(backup: Path, target: Path, change) -> Path:
    """A backup whose database was changed by somebody."""
    with tarfile.open(backup) as old:
        members = {member.name: (member, file.read() if (file := old.extractfile(member)) else b"") for member in old}
    database = target.with_suffix(".db")
    database.write_bytes(members["library.db"][1])
    change(database)
    with tarfile.open(target, "w") as new:
        for name, (member, data) in members.items():
            content = database.read_bytes() if name == "library.db" else data
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def _sql(*statements: str):
    def run(database: Path) -> None:
        db = sqlite3.connect(database, isolation_level=None)
        for statement in statements:
            db.execute(statement)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    return run


def _damage(database: Path) -> None:
    data = bytearray(database.read_bytes())
    for at in range(8_192, len(data), 4_096):
        data[at : at + 64] = b"\xff" * 64
    database.write_bytes(data)


CHANGES = {
    "damaged": _damage,
    "cut": lambda database: database.write_bytes(database.read_bytes()[:9_000]),
    "no database": lambda database: database.write_bytes(b"nothing" * 2_000),
    "a trigger": _sql("CREATE TRIGGER t AFTER INSERT ON notes BEGIN UPDATE notes SET text = 'x'; END"),
    "a view": _sql(
        "DROP TABLE portraits", "CREATE VIEW portraits AS SELECT id AS person, name AS original FROM people"
    ),
    "newer": _sql("PRAGMA user_version = 9000"),
    "empty": _sql("PRAGMA user_version = 0"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_backup_that_was_tampered_with_is_refused(
    library: Library, backed_up: Path, tmp_path: Path, name: str
) -> None:
    file = rewritten(backed_up, tmp_path / "changed.tar", CHANGES[name])
    with pytest.raises(UserError):
        archive.restore(library.folder, file)
    assert notes.listed(Library(library.folder))[0].text == "after the backup"
    assert not list(tmp_path.glob(".*restoring*"))


def test_a_backup_whose_originals_lead_elsewhere_gives_none_of_them(
    library: Library, backed_up: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    file = rewritten(backed_up, tmp_path / "changed.tar", _sql(f"UPDATE articles SET original = '{secret}'"))
    archive.restore(library.folder, file)
    again = Library(library.folder)
    assert [problem.notice.code for problem in maintenance.check(again)] == [Code.CHECK_ORIGINAL_NOT_OURS]


@pytest.mark.parametrize(
    "name",
    ["../outside", "/tmp/kbapp-outside", "originals/../../outside", "index/x", "originals/aa/notakey", "originals/stray.txt",
     f"originals/bb/{'a' * 64}", "originals/aa/.hidden", "library.db-wal", "library.db/x", f"originals/aa/{'a' * 64}\udcff"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_hostile_backup_writes_nothing(
    library: Library, backed_up: Path, tmp_path: Path, name: str, kind: bytes
) -> None:
    file = tmp_path / "hostile.tar"
    with tarfile.open(file, "w") as out:
        member = tarfile.TarInfo(name if kind == tarfile.REGTYPE else "library.db")
        member.type, member.linkname = kind, "/etc/passwd"
        out.addfile(member)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError, match=r"hostile\.tar is not a complete kbapp backup"):
        archive.restore(library.folder, file)
    assert sorted(tmp_path.rglob("*")) == before and not Path("/tmp/kbapp-outside").exists()


def test_a_missing_backup_is_said_in_words(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        archive.restore(library.folder, tmp_path / "nowhere.tar")
    assert caught.value.code is Code.NOT_A_BACKUP


def test_daily_copies_are_made_once_a_day_and_seven_are_kept(samples: Library) -> None:
    folder = samples.folder / "backups"
    for day in range(1, 10):
        (folder / f"2020-01-0{day}.db").write_bytes(b"old")
    made = maintenance.back_up_daily(samples)
    assert made is not None and maintenance.back_up_daily(samples) is None
    assert len(list(folder.glob("*.db"))) == 7 and made in folder.glob("*.db")
    if os.name == "posix":
        assert made.stat().st_mode & 0o777 == 0o600
    with samples.transaction() as db:
        db.execute("DELETE FROM articles WHERE id = 1")
    copy = samples.folder.parent / made.name
    copy.write_bytes(made.read_bytes())
    samples.close()
    archive.restore(samples.folder, copy)
    again = Library(samples.folder)
    assert maintenance.totals(again)["articles"] == 16 and maintenance.check(again) == []
    again.close()


def test_a_clock_that_was_wrong_once_ends_no_daily_copies(samples: Library) -> None:
    folder = samples.folder / "backups"
    (folder / "2099-01-01.db").write_bytes(b"made while the clock was wrong")
    made = maintenance.back_up_daily(samples)
    assert made is not None and made.stem == datetime.now(UTC).date().isoformat()
    for day in range(1, 7):
        (folder / f"2020-01-0{day}.db").write_bytes(b"old")
    made.unlink()
    maintenance.back_up_daily(samples)
    assert not (folder / "2099-01-01.db").exists() and len(list(folder.glob("*.db"))) == 7


@pytest.mark.parametrize("killed_after", ["unpacking", "the library was set aside"])
def test_a_restore_that_was_killed_leaves_one_library_and_no_leftovers(
    library: Library, backed_up: Path, killed_after: str
) -> None:
    folder = library.folder
    archive.restore(folder, backed_up)
    if killed_after == "unpacking":
        shutil.copytree(folder, restored.unpacking_place(folder))
    else:
        folder.rename(restored.waiting_place(folder))
    again = Library(folder)
    assert len(listing.ids(again)) == 1 and notes.listed(again) == []
    problems = maintenance.check(again, repair=True)
    assert [problem.notice.code for problem in problems] == [Code.CHECK_LEFTOVER] * (killed_after == "unpacking")
    assert all(problem.mended for problem in problems) and maintenance.check(again) == []
    assert restored.leftovers(folder) == []


def test_a_backup_with_a_damaged_page_is_refused(library: Library, backed_up: Path, tmp_path: Path) -> None:
    """The database in it opens and answers; only a check of the whole finds the page."""
    with tarfile.open(backed_up) as tar:
        tar.extractall(tmp_path / "out", filter="data")
    database = tmp_path / "out" / "library.db"
    db = sqlite3.connect(database)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notes_by_modified'").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with database.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(damaged, "w") as tar:
        for path in sorted((tmp_path / "out").iterdir()):
            tar.add(path, path.name)
    with pytest.raises(UserError) as caught:
        archive.restore(library.folder, damaged)
    assert caught.value.code is Code.NOT_A_BACKUP
    kept = Library(library.folder)
    assert listing.ids(kept)
    kept.close()
