"""Whatever lies in a folder costs at most itself: pipes, sockets, devices, names of any bytes, links, unreadable pictures."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from kbapp.errors import Code
from kbapp.importing.local_files import shown_path
from kbapp.importing.source_file import SourceFile
from kbapp.importing.sources import count, expand_sources
from kbapp.text.filenames import printable, title_of_name
from tests.conftest import HARBOUR

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and names of any bytes are POSIX's")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(3000)


def codes(*paths: str | Path) -> dict[str, Code | None]:
    found = list(expand_sources(paths))
    return {each.name: each.error.code if each.error and isinstance(each.error.code, Code) else None for each in found}


@posix
def test_a_pipe_and_a_socket_cost_a_line_and_no_time(tmp_path: Path):
    (tmp_path / "good.txt").write_text(HARBOUR)
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock.txt"))
        began = time.monotonic()
        assert codes(tmp_path) == {
            "good.txt": None,
            "pipe.txt": Code.NOT_A_REGULAR_FILE,
            "sock.txt": Code.NOT_A_REGULAR_FILE,
        }
        assert codes(tmp_path / "pipe.txt", "/dev/zero") == {
            "pipe.txt": Code.NOT_A_REGULAR_FILE,
            "zero": Code.NOT_A_REGULAR_FILE,
        }
    assert time.monotonic() - began < 2


@posix
def test_names_of_any_bytes(tmp_path: Path):
    odd = [
        b"caf\xe9.txt",
        b"two\nlines.txt",
        b"esc\x1b[31m.txt",
        ("n" * 250 + ".txt").encode(),
        b"-rf.txt",
        "‮txt.exe.txt".encode(),
    ]
    for number, name in enumerate(odd):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text(HARBOUR.replace("Monday", f"day {number}"))
    found = list(expand_sources([tmp_path]))
    assert len(found) == len(odd) and all(each.error is None for each in found)
    assert "café.txt" in {each.name for each in found}
    for each in found:
        each.path.encode("utf-8")  # reports can be written
        assert printable(each.path).isprintable()


def test_names_that_no_system_takes():
    found = list(expand_sources(["x" * 300 + ".txt", "null\0byte.txt", "", "missing.txt"]))
    assert [each.error.code for each in found if each.error] == [
        Code.FILE_UNREADABLE, Code.NO_SUCH_FILE, Code.EMPTY_PATH, Code.NO_SUCH_FILE,
    ]  # fmt: skip
    assert count(["x" * 300, "", "missing.txt"]) == 3


@posix
def test_links_do_not_lead_out_of_the_folder(tmp_path: Path):
    outside = tmp_path / "secret.txt"
    outside.write_text(HARBOUR)
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "in.txt").write_text(HARBOUR)
    (folder / "out.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to(tmp_path / "gone")
    (folder / "round").symlink_to(folder)
    assert [each.name for each in expand_sources([folder])] == ["in.txt"]
    assert codes(folder / "out.txt") == {"out.txt": None}  # named by the user himself


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_below_is_told(tmp_path: Path):
    (tmp_path / "good.txt").write_text(HARBOUR)
    (tmp_path / "closed").mkdir(mode=0)
    assert codes(tmp_path) == {"good.txt": None, "closed": Code.FOLDER_FORBIDDEN}


def page(tmp_path: Path) -> Path:
    saved = tmp_path / "Ferry strike.html"
    saved.write_text(f"<html><body><article><h1>Ferry strike</h1><p>{HARBOUR}</p></article></body></html>")
    (tmp_path / "Ferry strike_files").mkdir()
    (tmp_path / "Ferry strike_files" / "a.png").write_bytes(PNG)
    return saved


def test_an_unreadable_picture_beside_a_page_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    saved = page(tmp_path)
    closed = tmp_path / "Ferry strike_files" / "b.png"
    closed.write_bytes(PNG)
    opened = os.open

    def forbid(path, *rest, **named):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", forbid)
    for paths in ([saved], [tmp_path]):
        read, told = expand_sources(paths)
        assert read.error is None and list(read.companions) == ["Ferry strike_files/a.png"]
        assert told.name == "b.png" and told.error is not None and told.error.code is Code.FILE_FORBIDDEN


def test_a_pipe_beside_a_page_does_not_wait(tmp_path: Path):
    if os.name != "posix":
        pytest.skip("pipes are POSIX's")
    saved = page(tmp_path)
    os.mkfifo(tmp_path / "Ferry strike_files" / "c.png")
    (read,) = expand_sources([saved])
    assert list(read.companions) == ["Ferry strike_files/a.png"]


def test_a_file_that_grows_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    growing = tmp_path / "log.txt"
    growing.write_text("begun\n")
    looked = os.fstat
    calls: list[int] = []

    def grow(descriptor):
        found = looked(descriptor)
        if not calls:
            calls.append(1)
            with growing.open("a") as file:
                file.write("and on\n" * 10)
            os.utime(growing, ns=(1, found.st_mtime_ns + 10**9))
        return found

    monkeypatch.setattr(os, "fstat", grow)
    assert codes(growing) == {"log.txt": Code.FILE_CHANGED}


def test_a_large_folder_is_walked_in_linear_time(tmp_path: Path):
    def seconds(number: int) -> float:
        folder = tmp_path / str(number)
        folder.mkdir()
        for each in range(number):
            (folder / f"{each}.html").touch()
        began = time.perf_counter()
        assert sum(1 for _ in expand_sources([folder])) == number
        return time.perf_counter() - began

    seconds(100)
    small, large = seconds(500), seconds(4000)
    assert large < small * 8 * 3 + 0.2


def test_a_source_file_says_who_named_it(tmp_path: Path):
    (tmp_path / "a.txt").write_text(HARBOUR)
    assert [each.explicit for each in expand_sources([tmp_path / "a.txt", tmp_path])] == [True, False]
    assert SourceFile("a", "a").companions == {}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("wall%20raised.html", "wall raised"),
        ("my_long_story.txt", "my long story"),
        ("story.html.html", "story"),
        ("Käse Müller.HTM", "Käse Müller"),
        ("a/b/Ferry strike.tar.gz", "Ferry strike"),
        ("wall\u200f.html", "wall"),
        ("0017.pdf", ""),
        ("document.docx", ""),
        ("v1.2 released.md", "v1.2 released"),
        (".html", ""),
    ],
)
def test_titles_that_names_give(name, title):
    assert title_of_name(name) == title


@posix
def test_paths_for_reports():
    assert shown_path(os.fsdecode(b"/tmp/caf\xe9.txt")) == "/tmp/café.txt" and shown_path("/tmp/ä.txt") == "/tmp/ä.txt"
    assert printable("a\x1b[31m\n‮b") == "a\\x1b[31m\\n\\u202eb"
