"""article, trash, tag, undo and history on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kbapp.library import Library
from tests.conftest import HARBOUR, CommandLine

OTHER = HARBOUR.replace("Mayor Opens New Ferry Terminal", "1984").replace("islands", "harbours").replace("ship", "boat")


@pytest.fixture
def two(kbapp: CommandLine, tmp_path: Path) -> CommandLine:
    (tmp_path / "harbour.txt").write_text(HARBOUR, "utf-8")
    (tmp_path / "other.txt").write_text(OTHER + "\n\nNothing else was said in the town that evening.\n", "utf-8")
    for number, name in enumerate(("harbour.txt", "other.txt"), 1):
        assert kbapp.json("import", tmp_path / name)[0]["article"] == number
    return kbapp


def test_what_the_user_says_is_shown_and_outlives_the_file(two: CommandLine, tmp_path: Path) -> None:
    (found,) = two.json(
        "article", "edit", "1", "--title", "A terminal opens", "--author", "Carla Mendes", "--author", "Ivo Marsh",
        "--published", "2009-04", "--source", "Island Post", "--url", "https://post.example/terminal", "--language", "EN",
    )  # fmt: skip
    assert (found["title"], found["published"], found["source"]) == ("A terminal opens", "2009-04", "Island Post")
    assert [author["name"] for author in found["authors"]] == ["Carla Mendes", "Ivo Marsh"]
    assert found["authors"][0]["bio"] and found["language"] == "en"
    assert found["provenance"]["title"] == "user" and found["provenance"]["published"] == "user"
    assert [line["name"] for line in two.json("list", "authors")].count("Ivo Marsh") == 1
    two.json("import", tmp_path / "harbour.txt")
    assert two.json("show", "article", "1")[0]["title"] == "A terminal opens"
    (reset,) = two.json("article", "edit", "1", "--reset", "title", "--reset", "authors")
    assert reset["title"] == "Mayor Opens New Ferry Terminal" and len(reset["authors"]) == 1
    assert reset["provenance"].get("title") != "user"


@pytest.mark.parametrize(
    "options",
    [
        ("--title", ""),
        ("--published", "soon"),
        ("--url", "nowhere"),
        ("--language", "!"),
        ("--published", "2010-02-31"),
    ],
)
def test_nonsense_is_refused_in_one_line(two: CommandLine, options: tuple[str, str]) -> None:
    done = two("article", "edit", "1", *options)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "bug" not in done.stderr
    assert two("article", "edit", "1").returncode == 2


def test_an_article_called_like_a_number_is_shown_by_its_title(two: CommandLine) -> None:
    assert two.json("show", "article", "1984")[0]["id"] == 2


@pytest.mark.parametrize("ref", ["²", "99999999999999999999", "-1", "1.5", "٣", ""])
@pytest.mark.parametrize("kind", ["article", "person", "note"])
def test_odd_references_are_not_found(two: CommandLine, kind: str, ref: str) -> None:
    done = two("show", kind, "--", ref)
    assert done.returncode == 1 and "There is no" in done.stderr, done.stderr


def test_trash_restore_undo_and_history(two: CommandLine) -> None:
    assert two.json("article", "trash", "1", "2", "1")[0]["trashed"] == [1, 2]
    assert two.json("list", "articles") == []
    (undone,) = two.json("undo")
    assert (undone["command"], undone["names"]) == ("trash", ["Mayor Opens New Ferry Terminal", "1984"])
    assert len(two.json("list", "articles")) == 2
    two.json("article", "trash", "2")
    assert two.json("article", "restore", "1984")[0]["restored"] == [2]
    lines = two.json("history")
    assert [line["command"] for line in lines] == ["restore", "trash", "trash"] and lines[2]["undone"]
    assert two("undo", str(lines[2]["id"])).returncode == 1
    assert two("undo", "999").returncode == 1
    partly = two("article", "trash", "1", "No Such Title")
    assert partly.returncode == 1 and "No Such Title" in partly.stderr and len(two.json("list", "articles")) == 1


def test_purge_leaves_nothing(two: CommandLine) -> None:
    two.json("note", "add", "article", "1", "--text", "A zebraic thought")
    two.json("note", "add", "library", "--text", "Stays")
    (done,) = two.json("article", "purge", "1")
    assert (done["articles"], done["notes"], done["originals"]) == ([1], [1], 1)
    assert [note["text"] for note in two.json("list", "notes")] == ["Stays"]
    assert two("show", "article", "1").returncode == 1
    assert len(list((two.folder / "originals").glob("??/*"))) == 1
    assert two.json("check")[0]["ok"]
    library = Library(two.folder)
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    assert b"zebraic" not in (two.folder / "library.db").read_bytes()
    assert two("undo", "1").returncode == 1  # what is gone for good cannot be taken back


def test_the_trash_is_emptied_by_age(two: CommandLine) -> None:
    two.json("article", "trash", "1")
    assert two.json("trash", "empty", "--older-than", "30")[0]["articles"] == []
    assert two.json("trash", "empty")[0]["articles"] == [1]
    assert two.json("stats")[0]["trash"] == 0


def test_tags_are_renamed_merged_and_deleted_in_notes_too(two: CommandLine) -> None:
    two.json("tag", "add", "1", "sea")
    two.json("tag", "add", "2", "ocean")
    two.json("note", "add", "article", "1", "--text", "Salt #sea, not #seaside")
    two.json("tag", "merge", "sea", "ocean")
    assert two.json("list", "tags")[0] == {"id": 1, "name": "ocean", "articles": 3}
    assert two.json("show", "note", "1")[0]["text"] == "Salt #ocean, not #seaside"
    two.json("undo")
    assert two.json("show", "note", "1")[0]["text"] == "Salt #sea, not #seaside"
    assert two.json("show", "article", "1")[0]["tags"] == ["sea"]
    two.json("tag", "rename", "ocean", "open water")
    assert two.json("show", "article", "2")[0]["tags"] == ["open water"]
    two.json("tag", "delete", "sea")
    assert two.json("show", "note", "1")[0]["text"] == "Salt sea, not #seaside"
    assert two("tag", "delete", "nothing has it").returncode == 1


def test_a_note_waits_for_its_text_without_holding_the_library(two: CommandLine) -> None:
    import subprocess
    import sys

    waiting = subprocess.Popen(
        [sys.executable, "-m", "kbapp", "--library", str(two.folder), "note", "add", "library"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert two.json("note", "add", "library", "--text", "meanwhile")
    finally:
        waiting.communicate("later\n", timeout=60)
    assert sorted(note["text"] for note in two.json("list", "notes")) == ["later", "meanwhile"]


def test_bytes_that_are_no_letters_are_wrong_usage(two: CommandLine) -> None:
    for arguments in (
        ("show", "article", "\udcff"),
        ("tag", "add", "1", "\udcff"),
        ("person", "rename", "1", "\udcff"),
    ):
        done = two(*arguments)
        assert done.returncode == 2 and "UTF-8" in done.stderr and "bug" not in done.stderr


def test_a_folder_that_others_can_read_is_told_once(kbapp: CommandLine) -> None:
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    kbapp.folder.mkdir()
    kbapp.folder.chmod(0o755)
    assert "Other users" in kbapp("list", "articles").stderr
    assert kbapp("list", "articles").stderr == "" and kbapp.folder.stat().st_mode & 0o777 == 0o755


def test_restore_beside_an_open_library_says_who_is_in_the_way(two: CommandLine, tmp_path: Path) -> None:
    two.json("backup", tmp_path / "b.tar")
    window = Library(two.folder)
    done = two("restore", tmp_path / "b.tar")
    assert done.returncode == 1 and "is open in kbapp" in done.stderr
    window.close()
    assert two("restore", tmp_path / "b.tar").returncode == 0


def test_repair_mends_counts_and_says_what_is_left(two: CommandLine) -> None:
    library = Library(two.folder)
    library.db.execute("UPDATE people SET articles = 7")
    original = next((two.folder / "originals").glob("??/*"))
    library.close()
    original.unlink()
    first, second = two("check", "--repair", "--json"), two("check", "--json")
    assert first.returncode == second.returncode == 1
    assert len(json.loads(first.stdout)["problems"]) == 2 and len(json.loads(second.stdout)["problems"]) == 1
