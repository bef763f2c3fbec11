"""The command line as scripts call it: exact JSON on standard output, words on standard error, exit statuses."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kbapp.cli import main
from kbapp.launcher import COMMANDS, WindowRequest, wants_window
from tests.conftest import HARBOUR, ROOT, SAMPLES, CommandLine


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(HARBOUR, "utf-8")
    return path


def test_read_prints_an_article_object_and_touches_no_library(kbapp: CommandLine, file: Path):
    (found,) = kbapp.json("read", file)
    assert set(found) >= {
        "path",
        "title",
        "subtitle",
        "authors",
        "published",
        "source",
        "url",
        "language",
        "format",
        "blocks",
        "text",
        "people",
    }
    assert found["path"] == str(file) and found["authors"][0]["name"] == "Carla Mendes"
    assert found["text"] == "\n\n".join(block["text"] for block in found["blocks"])
    for person in found["people"]:
        for mention in person["mentions"]:
            assert found[mention["in"]][mention["start"] : mention["end"]] == mention["surface"]
    assert not kbapp.folder.exists()


def test_read_goes_on_past_a_bad_file(kbapp: CommandLine, file: Path, tmp_path: Path):
    (tmp_path / "empty.txt").touch()
    done = kbapp("read", "--json", tmp_path / "empty.txt", file)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and {"path", "error"} == set(next(line for line in lines if "error" in line))
    assert any(line.get("title") == "Mayor Opens New Ferry Terminal" for line in lines)
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_import_search_show_list_note_tag_stats(kbapp: CommandLine, file: Path):
    (line,) = kbapp.json("import", file)
    assert line == {"path": str(file), "status": "imported", "article": 1, "error": None}
    assert kbapp.json("import", file)[0]["status"] == "duplicate"
    (found,) = kbapp.json("search", "ferry terminal")
    assert set(found) == {"query", "total", "took_ms", "hits"} and found["total"] == 1
    hit = found["hits"][0]
    assert set(hit) == {"kind", "id", "title", "score", "snippet", "matches", "authors", "published"}
    (article,) = kbapp.json("show", "article", "1")
    assert article["id"] == 1 and article["source_file"] == "harbour.txt" and article["imported"]
    (profile,) = kbapp.json("show", "person", "Henrik Solberg")
    assert set(profile) >= {"id", "name", "aliases", "description", "bios", "wrote", "mentioned_in", "often_with", "written_about_by", "writes_about",
                            "quotes", "timeline", "notes", "first_seen", "last_seen"}  # fmt: skip
    assert profile["mentioned_in"][0]["mentions"] == 2 and profile["often_with"][0]["name"] == "Aylin Demirci"
    (author,) = kbapp.json("show", "author", "carla mendes")
    assert author["wrote"][0]["title"] == article["title"] and author["bios"][0]["article"] == 1
    (note,) = kbapp.json("note", "add", "article", "1", stdin="Remember the *goats* #sea")
    assert note["about"] == {"kind": "article", "id": 1} and note["tags"] == ["sea"] and note["quote"] is None
    (edited,) = kbapp.json("note", "edit", str(note["id"]), "--text", "Remember the sheep")
    assert edited["text"] == "Remember the sheep"
    assert kbapp.json("search", "sheep", "--in", "notes")[0]["total"] == 1
    (quoted,) = kbapp.json(
        "note",
        "add",
        "--about",
        "article:1",
        "--quote",
        "the first ship would sail",
        "--text",
        "noon!",
        "--colour",
        "green",
    )
    assert (
        article["text"][quoted["quote"]["start"] : quoted["quote"]["end"]] == "the first ship would sail"
        and quoted["colour"] == "green"
    )
    kbapp.json("note", "delete", str(note["id"]))
    assert [each["id"] for each in kbapp.json("list", "notes")] == [quoted["id"]]
    kbapp.json("tag", "add", "1", "harbour")
    assert [tag["name"] for tag in kbapp.json("list", "tags")] == ["harbour"]
    assert kbapp.json("search", "tag:harbour")[0]["total"] == 1
    assert [each["name"] for each in kbapp.json("list", "people")] == ["Henrik Solberg", "Aylin Demirci"]
    assert set(kbapp.json("list", "articles")[0]) >= {"id", "title", "authors", "published", "source", "source_file"}
    assert kbapp.json("stats")[0]["articles"] == 1
    assert kbapp.json("check") == [{"ok": True, "problems": [], "repaired": False, "library": str(kbapp.folder)}]
    assert kbapp.json("rebuild-index")[0]["ok"] is True
    assert kbapp.json("search", "solberg")[0]["total"] == 2


def test_person_corrections(kbapp: CommandLine):
    kbapp.json("import", SAMPLES)
    (merged,) = kbapp.json("person", "merge", "Nwosu", "Adaeze Nwosu")
    assert merged["name"] == "Adaeze Nwosu" and "Nwosu" in merged["aliases"]
    (renamed,) = kbapp.json("person", "rename", "Adaeze Nwosu", "Mayor A. Nwosu")
    assert renamed["name"] == "Mayor A. Nwosu"
    kbapp.json("person", "undo")
    kbapp.json("person", "undo")
    assert {"Nwosu", "Adaeze Nwosu"} <= {each["name"] for each in kbapp.json("list", "people")}


def test_the_first_import_in_search_order_and_paging(kbapp: CommandLine):
    kbapp.json("import", SAMPLES)
    (everything,) = kbapp.json("search", "brandt", "--limit", "100", "--in", "articles")
    pages = [
        kbapp.json("search", "brandt", "--limit", "4", "--offset", str(at), "--in", "articles")[0]
        for at in range(0, 12, 4)
    ]
    assert [hit["id"] for page in pages for hit in page["hits"]] == [hit["id"] for hit in everything["hits"]]
    assert {page["total"] for page in pages} == {everything["total"]}
    (newest,) = kbapp.json("search", "brandt", "--sort", "newest", "--in", "articles")
    dates = [hit["published"] or "" for hit in newest["hits"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["show", "article", "99"], 1, "no article"),
        (["show", "person", "Nobody Atall"], 1, "no person “Nobody Atall”"),
        (["note", "edit", "5", "--text", "x"], 1, "no note 5"),
        (["frobnicate"], 2, "No such command"),
        (["search"], 2, "Missing argument"),
        (["import"], 2, "Missing argument"),
        (["search", "x", "--in", "planets"], 2, "planets"),
        (["person", "undo"], 1, "no change"),
        (["restore", "/nonexistent.tar"], 1, "not a complete kbapp backup"),
    ],
)
def test_errors_are_one_plain_sentence(kbapp: CommandLine, arguments: list[str], status: int, words: str):
    done = kbapp(*arguments)
    assert done.returncode == status and words in done.stderr and "Traceback" not in done.stderr


def test_a_library_that_is_a_file_is_said_in_words(tmp_path: Path):
    (tmp_path / "f").write_text("x")
    done = CommandLine(tmp_path / "f")("stats")
    assert done.returncode == 1 and "not a folder" in done.stderr


def test_export_and_citations(kbapp: CommandLine, tmp_path: Path):
    kbapp.json("import", SAMPLES)
    kbapp.json("note", "add", "article", "1", "--text", "secret thought")
    kbapp.json("export", tmp_path / "out")
    written = list((tmp_path / "out" / "articles").glob("*.md"))
    assert len(written) == 16 and not (tmp_path / "out" / "notes").exists()
    assert "secret thought" not in "".join(path.read_text() for path in (tmp_path / "out").rglob("*.md"))
    again = CommandLine(tmp_path / "again")
    again.json("import", tmp_path / "out" / "articles")
    key = lambda one: (one["title"], one["published"], tuple(one["authors"]), one["source"])  # noqa: E731
    assert sorted(map(key, again.json("list", "articles")), key=str) == sorted(
        map(key, kbapp.json("list", "articles")), key=str
    )
    csl = json.loads(kbapp("export", "--format", "csl-json").stdout)
    assert len(csl) == 16 and {"title", "author", "issued"} <= set(csl[-1])
    assert kbapp("export", "--format", "bibtex").stdout.count("@article{") == 16
    assert kbapp("export", "--format", "ris").stdout.count("ER  -") == 16
    kbapp.json("export", tmp_path / "with", "--with-notes")
    assert "secret thought" in (tmp_path / "with" / "notes" / "note-1.md").read_text()


def test_killed_in_the_middle_of_an_import_the_library_is_whole(kbapp: CommandLine, tmp_path: Path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1500):
        (folder / f"a{number:04}.txt").write_text(HARBOUR.replace("Monday", f"day number {number}"))
    process = subprocess.Popen(
        [sys.executable, "-m", "kbapp", "--library", str(kbapp.folder), "import", "--json", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    acknowledged = [json.loads(process.stdout.readline()) for _ in range(60)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.2)
    assert all("half-written" in problem for problem in kbapp.json("check", "--repair")[0]["problems"])
    there = {each["id"] for each in kbapp.json("list", "articles")}
    assert {line["article"] for line in acknowledged} <= there and len(there) < 1500
    assert kbapp.json("search", "solberg", "--in", "articles")[0]["total"] == len(there)
    assert kbapp.json("check")[0]["ok"] is True


def test_the_window_is_told_from_the_command_line():
    assert sorted(COMMANDS) == main.list_commands(click.Context(main))
    assert wants_window([]) == WindowRequest()
    here = str(SAMPLES / "digue.txt")
    assert wants_window(["--library", "/l", here, "kb:person/5"]) == WindowRequest("/l", (here, "kb:person/5"))
    assert (
        wants_window(["import", here]) is None
        and wants_window(["no such file"]) is None
        and wants_window(["--help"]) is None
    )


def test_without_a_display_the_window_is_refused_in_words(tmp_path: Path):
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "kbapp"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=False,
    )
    if sys.platform.startswith("linux"):
        assert done.returncode == 1 and "no display" in done.stderr and "kbapp --help" in done.stderr


def test_sub_commands_never_import_qt(kbapp: CommandLine):
    code = "import sys; from kbapp.cli import run; run(['--library', sys.argv[1], 'stats']); run(['--library', sys.argv[1], 'search', 'x']); sys.exit(any('PySide6' in name for name in sys.modules))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code, str(kbapp.folder)], cwd=ROOT, capture_output=True, check=False
        ).returncode
        == 0
    )
