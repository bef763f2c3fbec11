"""Notes out to a folder, changed by another editor, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.domain import Subject
from kbapp.errors import UserError
from kbapp.export.library_folder import export_library
from kbapp.importing.note_import import import_notes
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.library.notes import attachments
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.anchors import anchor_for


@pytest.fixture
def folder(samples: Library, tmp_path: Path) -> Path:
    """The notes of a library as they were exported."""
    text = articles.get(samples, 1).article.text
    with samples.transaction() as db:
        notes.add(db, "first thought #harbour", Subject("article", 1), anchor_for(text, text[20:60]), "green")
        notes.add(db, "about nothing", Subject("library"))
    list(export_library(samples, tmp_path / "out", with_notes=True))
    return tmp_path / "out" / "notes"


def statuses(library: Library, folder: Path) -> dict[str, str]:
    return {Path(outcome.path).name: outcome.status for outcome in import_notes(library, folder)}


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_what_was_not_changed_is_left_alone(samples: Library, folder: Path):
    assert statuses(samples, folder) == {"note-1.md": "unchanged", "note-2.md": "unchanged"}
    assert set(statuses(samples, folder.parent)) == {
        "note-1.md",
        "note-2.md",
    }  # the articles of the export are no notes


def test_a_changed_file_updates_its_note_and_the_former_text_is_kept(samples: Library, folder: Path):
    change(folder / "note-1.md", "first thought", "second thought")
    assert statuses(samples, folder)["note-1.md"] == "updated"
    note = notes.get(samples, 1)
    assert note.text == "second thought #harbour" and note.quote is not None and note.colour == "green"
    assert [text for _, text in note_versions.versions(samples, 1)] == ["first thought #harbour"]


def test_what_was_changed_on_both_sides_stands_side_by_side_once(samples: Library, folder: Path):
    with samples.transaction() as db:
        notes.edit(db, 1, "the library went on")
    assert statuses(samples, folder)["note-1.md"] == "unchanged"
    change(folder / "note-1.md", "first thought", "the file went on")
    assert statuses(samples, folder)["note-1.md"] == "conflict"
    assert statuses(samples, folder)["note-1.md"] == "unchanged"
    texts = [note.text for note in notes.about(samples, Subject("article", 1))]
    assert len(texts) == 2 and "the library went on" in texts and any("the file went on" in text and "#conflict" in text for text in texts)  # fmt: skip


def test_new_files_become_notes_about_what_they_name(samples: Library, folder: Path):
    title = articles.get(samples, 2).article.title
    (folder / "Idee.md").write_text(f'---\nabout: article\nabout_title: "{title}"\n---\n\nA new idea\n', "utf-8")
    (folder / "plain.MD.md").write_bytes("\ufeffJust a text, déjà vu".encode())
    (folder / ".obsidian").mkdir()
    (folder / ".obsidian" / "x.md").write_text("not a note")
    found = statuses(samples, folder)
    assert (found["Idee.md"], found["plain.MD.md"]) == ("added", "added") and "x.md" not in found
    assert [note.text for note in notes.about(samples, Subject("article", 2))] == ["A new idea"]
    assert statuses(samples, folder)["Idee.md"] == "unchanged"


def test_notes_of_another_library_are_not_taken_for_ours(samples: Library, folder: Path):
    change(folder / "note-2.md", "created: ", "created: '1999' # ")
    change(folder / "note-2.md", "about nothing", "from elsewhere")
    assert statuses(samples, folder)["note-2.md"] == "added"
    assert notes.get(samples, 2).text == "about nothing"


def test_a_folder_without_notes_is_said(samples: Library, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="no Markdown file"):
        list(import_notes(samples, tmp_path / "empty"))


def test_pictures_go_out_and_come_back_once(samples: Library, folder: Path):
    png = b"\x89PNG\r\n\x1a\n a picture"
    with samples.transaction() as db:
        number = attachments.add(db, 1, png)
        notes.edit(db, 1, f"look ![a boat](kb:image/{number})")
    list(export_library(samples, folder.parent, with_notes=True))
    assert "![a boat](pictures/picture-1.png)" in (folder / "note-1.md").read_text("utf-8")
    assert (folder / "pictures" / "picture-1.png").read_bytes() == png
    assert statuses(samples, folder)["note-1.md"] == "unchanged"
    (folder / "new.png").write_bytes(png + b"2")
    change(folder / "note-1.md", "look", "![new](new.png) and ![](../../outside.png) look")
    (folder.parent.parent / "outside.png").write_bytes(png)
    assert statuses(samples, folder)["note-1.md"] == "updated"
    text = notes.get(samples, 1).text
    assert text.startswith("![new](kb:image/2) and ![](../../outside.png) look ![a boat](kb:image/1)")
    assert attachments.get(samples, 2)[1] == png + b"2"
