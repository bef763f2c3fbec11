"""Importing: whatever is dropped, the report says what became of it, and one bad file costs only itself."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbapp.errors import Code, LibraryUnavailable, UserError
from kbapp.importing.pipeline import run, run_found
from kbapp.importing.source_file import SourceFile
from kbapp.importing.sources import expand_sources
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library, maintenance
from kbapp.library.articles import listing as article_list
from tests.conftest import HARBOUR


def report(library: Library, pool: WorkerPool, *paths: Path) -> dict[str, tuple[str, str | None]]:
    return {
        Path(outcome.path).name: (outcome.status, outcome.error and str(outcome.error))
        for outcome in run(library, paths, pool=pool)
    }


def test_good_and_bad_files_side_by_side(library: Library, pool: WorkerPool, tmp_path: Path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(HARBOUR)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (folder / "locked.txt").write_text(HARBOUR.replace("Monday", "Sunday"))
    (folder / "locked.txt").chmod(0)
    found = report(library, pool, *sorted(folder.iterdir()))
    assert found["good.txt"][0] == "imported"
    assert "empty" in (found["empty.txt"][1] or "") and "not a text file" in (found["binary.txt"][1] or "")
    if os.geteuid() != 0:
        assert "no right to read" in (found["locked.txt"][1] or "")
    assert maintenance.check(library) == []


def test_folders_and_archives_are_unfolded(library: Library, pool: WorkerPool, tmp_path: Path):
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "one.txt").write_text(HARBOUR)
    (tmp_path / "a" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "a" / ".hidden.txt").write_text(HARBOUR)
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("three.txt", HARBOUR.replace("Monday", "Friday"))
    with zipfile.ZipFile(tmp_path / "a" / "more.zip", "w") as archive:
        archive.writestr("../../two.txt", HARBOUR.replace("Monday", "Tuesday"))
        archive.writestr("inner.zip", inner.getvalue())
    found = report(library, pool, tmp_path / "a")
    assert {name: status for name, (status, _) in found.items()} == {
        "one.txt": "imported",
        "two.txt": "imported",
        "three.txt": "imported",
    }
    assert not (tmp_path.parent / "two.txt").exists()


def test_an_empty_folder_is_said_in_words(library: Library, pool: WorkerPool, tmp_path: Path):
    (tmp_path / "nothing").mkdir()
    assert "no article in this folder" in (report(library, pool, tmp_path / "nothing")["nothing"][1] or "")


def test_a_zip_bomb_and_a_link_cost_one_line_each(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 150_000_000)
    (tmp_path / "page.url").write_text("[InternetShortcut]\nURL=https://example.org/a\n")
    errors = {
        found.name: found.error and found.error.code
        for found in expand_sources([tmp_path / "bomb.zip", tmp_path / "page.url", tmp_path / "missing.txt"])
    }
    assert errors["bomb.txt"] is Code.MEMBER_TOO_LARGE and errors["page.url"] is None
    assert errors["missing.txt"] is Code.NO_SUCH_FILE


def test_a_worker_that_hangs_or_dies_costs_one_file(monkeypatch: pytest.MonkeyPatch):
    slow = WorkerPool(1, seconds=3.0)
    endless = b"From: a@b\nSubject: x\n" + b"Lee said no. " * 3_000_000
    files = [SourceFile("slow.txt", "slow.txt", endless), SourceFile("good.txt", "good.txt", HARBOUR.encode())]
    slow.warm_up()
    results = {done.source.name: done for done in slow.read(files)}
    slow.close()
    assert results["good.txt"].articles
    error = results["slow.txt"].error
    assert error is not None and error.code is Code.READING_TOO_SLOW


def test_a_killed_worker_is_replaced(pool: WorkerPool):
    pool.warm_up()
    victim = pool._idle[-1]
    victim._process.kill()
    victim._process.join()
    files = [SourceFile(f"{n}.txt", f"{n}.txt", HARBOUR.encode()) for n in range(3)]
    results = list(pool.read(files))
    assert len(results) == 3 and sum(bool(done.articles) for done in results) >= 2


def test_cancelling_keeps_what_was_stored(library: Library, pool: WorkerPool):
    files = (SourceFile(f"{n}.txt", f"{n}.txt", HARBOUR.replace("Monday", f"day {n}").encode()) for n in range(10_000))
    outcomes = []
    for outcome in run_found(library, files, pool=pool, cancelled=lambda: len(outcomes) >= 5):
        outcomes.append(outcome)
    assert 5 <= len(outcomes) < 1000 and len(article_list.ids(library)) == len(outcomes)
    assert maintenance.check(library) == []


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(
    library: Library, pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LibraryUnavailable, match="full"):
        list(run_found(library, [SourceFile("a.txt", "a.txt", HARBOUR.encode())], pool=pool))
    monkeypatch.undo()
    assert article_list.ids(library) == [] and maintenance.check(library) == []


def test_a_source_that_breaks_off_is_told(library: Library, pool: WorkerPool):
    def files() -> Iterator[SourceFile]:
        yield SourceFile("a.txt", "a.txt", HARBOUR.encode())
        raise UserError(Code.IMPORT_STOPPED)

    told = []
    with pytest.raises(UserError) as raised:
        for outcome in run_found(library, files(), pool=pool):
            told.append(outcome.article)
    assert raised.value.code is Code.IMPORT_STOPPED
    assert article_list.ids(library) == told and maintenance.check(library) == []


def test_a_read_only_library_is_said_in_words(tmp_path: Path):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    Library(tmp_path / "l").close()
    (tmp_path / "l" / "library.db").chmod(0o400)
    with pytest.raises(LibraryUnavailable, match="read-only"), Library(tmp_path / "l").transaction():
        pass


def test_what_was_kept_as_a_version_is_said(add):
    def page(text: str) -> tuple[str, str]:
        head = "<title>Mill reopens</title><link rel=canonical href='https://a.example/news/mill-reopens'>"
        return (
            "mill.html",
            f"<html><head>{head}</head><body><article><h1>Mill reopens</h1>{text}</article></body></html>",
        )

    sentence = "<p>Mayor Ingrid Moss said on Monday that the old mill by the river would run again before the winter comes.</p>"
    (first,) = add(page(sentence + sentence.replace("Monday", "Tuesday") * 6))
    (stub,) = add(page("<p>Subscribe to read on.</p><p>Already a subscriber? Log in.</p>"))
    assert (stub.status, stub.article) == ("duplicate", first.article)
    assert Code.STUB_KEPT_AS_VERSION in [notice.code for notice in stub.warnings]
