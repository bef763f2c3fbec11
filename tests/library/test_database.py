"""Opening a library: permissions, a disk that cannot be written, strangers' databases, connections, and what closes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from kbapp.domain import Subject
from kbapp.errors import Code, LibraryUnavailable, UserError
from kbapp.library import Library, holders, maintenance
from kbapp.library.articles import listing
from kbapp.library.articles import repository as articles
from kbapp.library.connections import LibraryClosed
from kbapp.library.notes import repository as notes
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from tests.conftest import HARBOUR

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")


@posix
def test_a_folder_that_is_there_keeps_its_permissions_and_the_user_is_told(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    library = Library(shared)
    assert shared.stat().st_mode & 0o7777 == 0o1777
    assert [notice.code for notice in library.notices] == [Code.LIBRARY_OTHERS_CAN_READ]
    assert (shared / "library.db").stat().st_mode & 0o777 == 0o600
    assert (shared / "originals").stat().st_mode & 0o777 == 0o700
    library.close()
    assert Library(shared).notices == ()


def test_what_is_reported_as_written_is_synced(library: Library) -> None:
    assert library.db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL: a commit waits for the disk
    assert library.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with library.reader() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2


@pytest.fixture
def read_only(library: Library, add, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library on a disk that cannot be written, as far as its rights go (a root user may write everywhere)."""
    add(HARBOUR)
    with library.transaction() as db:
        notes.add(db, "Kept in the log", Subject("library"))
    saved = library.folder.with_name("read only")
    shutil.copytree(library.folder, saved)
    allowed = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: allowed(path, mode) and not (mode & os.W_OK and str(path).startswith(str(saved))),
    )
    return Library(saved)


def test_a_library_that_cannot_be_written_is_read_searched_and_backed_up(read_only: Library, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(read_only.folder.rglob("*"))}
    assert read_only.read_only and [notice.code for notice in read_only.notices] == [Code.LIBRARY_OPENED_READ_ONLY]
    assert articles.get(read_only, 1).article.title == "Mayor Opens New Ferry Terminal"
    assert [note.text for note in notes.listed(read_only)] == ["Kept in the log"]
    index = SearchIndex(read_only)
    index.follow()
    assert index.is_current() and Search(index).search("timetables").total == 1
    articles.opened(read_only, 1)
    with pytest.raises(LibraryUnavailable) as caught, read_only.transaction() as db:
        articles.trash(db, [1])
    assert caught.value.code is Code.LIBRARY_READ_ONLY
    read_only.close()
    assert {path: path.stat().st_mtime_ns for path in sorted(read_only.folder.rglob("*"))} == before


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON notes BEGIN UPDATE notes SET text = 'x'; END", "trigger t"),
        ("CREATE VIEW everybody AS SELECT * FROM people", "view everybody"),
        ("CREATE TABLE extra (id)", "table extra"),
        ("DROP INDEX articles_by_url_key", "index articles_by_url_key"),
    ],
)
def test_a_database_with_what_is_not_ours_is_not_opened(tmp_path: Path, sql: str, named: str) -> None:
    Library(tmp_path / "l").close()
    with sqlite3.connect(tmp_path / "l" / "library.db") as db:
        db.execute(sql)
        db.execute("PRAGMA journal_mode = DELETE")
    before = (tmp_path / "l" / "library.db").read_bytes()
    with pytest.raises(LibraryUnavailable) as caught:
        Library(tmp_path / "l")
    assert caught.value.code is Code.LIBRARY_NOT_OURS and caught.value.fields["what"] == named
    assert (tmp_path / "l" / "library.db").read_bytes() == before
    assert not holders.is_held(tmp_path / "l")


def test_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "l"
    folder.mkdir()
    with sqlite3.connect(folder / "library.db") as db:
        db.execute("CREATE TABLE of_the_future (id)")
        db.execute("PRAGMA user_version = 999")
    before = (folder / "library.db").read_bytes()
    with pytest.raises(LibraryUnavailable) as caught:
        Library(folder)
    assert caught.value.code is Code.LIBRARY_TOO_NEW and (folder / "library.db").read_bytes() == before


@pytest.mark.parametrize(
    "key", ["/etc/passwd", "../../secret", "..", "", "a" * 64 + "/../../x", "A" * 64, "a" * 64 + ".tar.gz", "a" * 63]
)
def test_originals_outside_of_the_library_are_refused(library: Library, key: str) -> None:
    with pytest.raises(UserError) as caught:
        library.original(key)
    assert caught.value.code is Code.ORIGINAL_NOT_OURS and not library.has_original(key)


@posix
def test_an_original_that_is_a_link_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine")
    key = "c" * 64 + ".txt"
    (library.folder / "originals" / "cc").mkdir()
    (library.folder / "originals" / "cc" / key).symlink_to(tmp_path / "secret")
    with pytest.raises(UserError):
        library.original(key)
    assert not library.has_original(key)


def test_an_original_that_was_changed_is_put_back_by_the_same_file(library: Library, add) -> None:
    (outcome,) = add(HARBOUR)
    path = library.original(articles.get(library, outcome.article).original)
    path.write_text("changed")
    assert maintenance.check(library)
    add(HARBOUR)
    assert path.read_text("utf-8") == HARBOUR and maintenance.check(library) == []


def test_connections_of_threads_that_ended_serve_the_next(library: Library) -> None:
    def ask() -> None:
        assert listing.ids(library) == []

    assert listing.ids(library) == []
    for _ in range(25):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert library.connections <= 2


def test_what_comes_after_closing_is_refused(library: Library) -> None:
    listing.ids(library)
    library.close()
    with pytest.raises(LibraryClosed):
        listing.ids(library)
    with pytest.raises(LibraryClosed), library.transaction():
        pass
    with pytest.raises(LibraryClosed), library.reader():
        pass
    library.close()
    assert library.connections == 0


def test_closing_waits_for_what_is_being_written(library: Library) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with library.transaction() as db:
            begun.set()
            go_on.wait(5)
            notes.add(db, "in time", Subject("library"))

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(5)
    threading.Timer(0.2, go_on.set).start()
    library.close()
    thread.join()
    assert [note.text for note in notes.listed(Library(library.folder))] == ["in time"]


def test_a_process_that_has_the_library_open_is_seen(library: Library) -> None:
    assert holders.is_held(library.folder)
    second = Library(library.folder)
    library.close()
    assert holders.is_held(library.folder)
    second.close()
    assert not holders.is_held(library.folder)
