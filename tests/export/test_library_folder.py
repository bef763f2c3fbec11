"""Everything out as plain files: names, what a second export touches, what an interrupted one looks like, what stays private."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from kbapp.domain import Subject
from kbapp.errors import Code, UserError
from kbapp.export.file_names import Names, readable_name
from kbapp.export.library_folder import export_library
from kbapp.importing.export_manifest import MANIFEST, read_manifest
from kbapp.library import Library
from kbapp.library.articles import tags
from kbapp.library.commands import Commands
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from tests.conftest import HARBOUR

NAMES = [
    "../../etc/passwd", "C:\\Windows\\system32", "CON", "nul.txt", "com1", "LPT²", "a" * 300, "ж" * 300, "line\nbreak\ttab", "…", "", ". .",
    "left\u202eright\u2066", "\ud800 half", "What? <b>“*|”</b>", "emoji 👩‍👩‍👧‍👦" * 30, "-rf", "~", "#tag [[link]]", "100 %41",
]  # fmt: skip


@pytest.mark.parametrize("title", NAMES)
def test_a_title_becomes_a_name_that_every_file_system_takes(title: str, tmp_path: Path):
    name = Names("Article").name(title, 7)
    assert 0 < len(name.encode()) <= 130 and name == name.strip(" .")
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202a-\u202e\u2066-\u2069\[\]#^%]', name)
    assert not re.fullmatch(r"(con|nul|com1|lpt²)(\..*)?", name, re.I)
    (tmp_path / f"{name}.md").write_text("x")


def test_names_that_differ_only_in_capitals_or_composition_are_told_apart():
    names = Names("Article")
    found = [
        names.name(title, at) for at, title in enumerate(["Café", "CAFÉ", "Cafe\u0301", "straße", "STRASSE", "Café 1"])
    ]
    assert found[0] == "Café" and len({each.casefold() for each in found}) == 6
    assert readable_name("Ferry: a “new” start") == "Ferry a “new” start"


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_pages_have_front_matter_and_links_that_lead_to_files(samples: Library, tmp_path: Path):
    with samples.transaction() as db:
        tags.add(db, [1], "harbour / sea")
        person = people.entries(samples, "people")[0].id
        notes.add(db, f"see [her](kb:person/{person}) and [that](kb:article/2)", Subject("article", 1))
    list(export_library(samples, tmp_path / "out", with_notes=True))
    out = tmp_path / "out"
    assert {"articles", "people", "authors", "notes", "tags", "originals", "data", "index.md"} <= {
        path.name for path in out.iterdir()
    }
    links = 0
    for page in (each for each in out.rglob("*.md") if each.parent.name != "originals"):
        text = page.read_text("utf-8")
        assert isinstance(yaml.safe_load(text.split("---\n")[1]), dict)
        below = text.split("<!-- kbapp: links -->")[-1] if page.parent.name == "articles" else text
        for target in re.findall(r"\]\(([^)\s:<>]+\.md)\)", below):
            assert (page.parent / unquote(target)).is_file(), (page, target)
            links += 1
    assert links > 100
    front = yaml.safe_load(next((out / "articles").glob("*.md")).read_text("utf-8").split("---\n")[1])
    assert (out / "articles" / unquote(front["original"])).is_file()


def test_files_are_readable_by_their_owner_alone(samples: Library, tmp_path: Path):
    list(export_library(samples, tmp_path / "out"))
    if os.name == "posix":
        for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_second_export_touches_only_what_changed(samples: Library, tmp_path: Path):
    out = tmp_path / "out"
    list(export_library(samples, out))
    before = snapshot(out)
    assert list(export_library(samples, out)) == [] and snapshot(out) == before
    Commands(samples, "test").edit_article(3, {"source": "Another Paper"})
    written = [path.relative_to(out).as_posix() for path in export_library(samples, out)]
    assert len([path for path in written if path.startswith("articles/")]) == 1
    assert not [path for path in written if path.startswith(("people/", "originals/"))]


def test_what_leaves_the_library_leaves_the_folder_but_what_others_wrote_stays(samples: Library, tmp_path: Path):
    out = tmp_path / "out"
    list(export_library(samples, out))
    first, second, *_ = sorted((out / "articles").glob("*.md"))
    (out / "articles" / "mine.md").write_text("my own page")
    second.write_text(second.read_text("utf-8") + "\nmy own words\n", "utf-8")
    number = yaml.safe_load(first.read_text("utf-8").split("---\n")[1])["kbapp_id"]
    Commands(samples, "test").trash([number])
    list(export_library(samples, out))
    assert not first.exists() and (out / "trash" / first.name).exists()
    assert (out / "articles" / "mine.md").exists()
    assert "my own words" in (out / "changed" / "articles" / second.name).read_text("utf-8")
    assert "my own words" not in second.read_text("utf-8")


def test_an_interrupted_export_never_looks_whole_and_goes_on(samples: Library, tmp_path: Path):
    out = tmp_path / "out"
    going = export_library(samples, out)
    for _ in range(8):
        next(going)
    going.close()
    assert not (out / MANIFEST).exists()
    list(export_library(samples, out))
    assert read_manifest(out / MANIFEST) is not None
    Commands(samples, "test").edit_article(2, {"title": "Renamed Meanwhile"})
    going = export_library(samples, out)
    next(going)
    going.close()
    assert not (out / MANIFEST).exists()
    list(export_library(samples, out))
    assert read_manifest(out / MANIFEST) is not None and not (out / "changed").exists()


def test_nothing_private_is_written_unless_it_is_asked_for(samples: Library, tmp_path: Path):
    with samples.transaction() as db:
        note = notes.add(db, "MARKER-NOTE", Subject("article", 1))
        notes.edit(db, note, "MARKER-NOTE edited")
        trashed = notes.add(db, "MARKER-TRASH", Subject("library"))
        notes.delete(db, trashed)
        board = boards.create(db, "MARKER-BOARD")
        boards.arrange(db, board, [(note, ""), (None, "MARKER-HEADING")])
    Commands(samples, "test").save_search("MARKER-SEARCH", "ferry")
    list(export_library(samples, tmp_path / "without"))
    assert not [path for path in (tmp_path / "without").rglob("*") if path.is_file() and b"MARKER" in path.read_bytes()]
    list(export_library(samples, tmp_path / "with", with_notes=True))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "with").rglob("*") if path.is_file())
    for word in (b"NOTE", b"TRASH", b"BOARD", b"HEADING", b"SEARCH"):
        assert b"MARKER-" + word in everything
    list(export_library(samples, tmp_path / "with"))  # without notes into the folder that had them
    left = [path for path in (tmp_path / "with").rglob("*") if path.is_file() and b"MARKER" in path.read_bytes()]
    assert left == []


def test_a_folder_in_the_folder_that_leads_elsewhere_is_refused(samples: Library, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError) as refused:
        list(export_library(samples, tmp_path / "out"))
    assert refused.value.code is Code.EXPORT_FOLDER_IS_LINK and not list((tmp_path / "elsewhere").iterdir())


def test_a_manifest_that_leads_out_of_the_folder_is_none(tmp_path: Path):
    listing = {"format": "kbapp export", "version": 1, "files": {"../../home/x": "0" * 64}}
    (tmp_path / MANIFEST).write_text(json.dumps(listing))
    assert read_manifest(tmp_path / MANIFEST) is None


def test_a_folder_that_cannot_be_written_is_said(add, library: Library, tmp_path: Path):
    add(HARBOUR)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError) as refused:
        list(export_library(library, tmp_path / "file"))
    assert refused.value.code is Code.FILE_NOT_WRITTEN
