"""A library of any former version opens with all that it held, and a copy of it is kept before it is changed."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from kbapp.library import Library, maintenance, migrations
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.people import profiles

STEPS = sorted(Path(migrations.__file__).parent.glob("*.sql"))


def old_library(folder: Path, version: int) -> None:
    """A library as the program of that version left it, with two articles by one author, a replaced text and a note."""
    folder.mkdir()
    (folder / "originals").mkdir()
    db = sqlite3.connect(folder / "library.db", isolation_level=None)
    for step in STEPS[:version]:
        db.executescript(step.read_text("utf-8"))
    signed, recognised = ("byline_json", "recognised_json") if version > 5 else ("signed", "recognised")
    seen = "article_people" if version > 5 else "appearances"
    people_read = json.dumps(
        [{"name": "Tove Lind", "description": "a baker", "mentions": [["text", 0, 9, 1.0, ""]], "quotes": []}]
    )
    db.execute("INSERT INTO people (id, name) VALUES (1, 'Tove Lind'), (2, 'Ivo Marsh')")
    db.execute("INSERT INTO aliases (key, person, by_user) VALUES ('tove lind', 1, 0), ('ivo marsh', 2, 1)")
    for number in (1, 2):
        db.execute(
            f"INSERT INTO articles (id, title, published, published_key, url, format, blocks, text, {signed}, {recognised}, "
            "original, source_file, fingerprint, imported) VALUES (?, ?, '2011', '2011', ?, 'html', ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, f"Bread {number}", f"https://ex.org/bread/{number}", json.dumps([["paragraph", "Tove Lind bakes.", None]]),
                "Tove Lind bakes.", json.dumps([["Ivo Marsh", None]]), people_read, f"{number}" * 64, f"{number}.html", f"print {number}",
                "2020-01-01T00:00:00.000Z",
            ),
        )  # fmt: skip
        db.execute(
            "INSERT INTO authorships (article, position, person, name, bio, published_key) VALUES (?, 0, 2, 'Ivo Marsh', NULL, '2011')",
            (number,),
        )
        db.execute(
            f"INSERT INTO {seen} (article, person, position, name, key, description, mentions, published_key) VALUES (?, 1, 0, 'Tove Lind', 'tove lind', 'a baker', 1, '2011')",
            (number,),
        )
        db.execute(
            "INSERT INTO mentions (article, field, start, end, person, key, confidence, reason) VALUES (?, 'text', 0, 9, 1, 'tove lind', 1.0, '')",
            (number,),
        )
        db.execute(
            "INSERT INTO name_forms (person, form, uses, by_user) VALUES (1, 'Tove Lind', 1, 0) ON CONFLICT DO UPDATE SET uses = uses + 1"
        )
    if version < 6:
        for at, text in (("2019-01-01", "older"), ("2019-02-01", "old")):
            blocks = json.dumps([["paragraph", text, None]])
            db.execute("INSERT INTO article_versions VALUES (1, ?, 'Bread', ?, ?)", (at, blocks, "9" * 64))
    db.execute(
        "INSERT INTO notes (text, created, modified, about_kind, about_id) VALUES ('Rye #food', '2020', '2020', 'article', 1)"
    )
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_every_former_version_opens_with_all_that_it_held(tmp_path: Path, version: int) -> None:
    old_library(tmp_path / "l", version)
    library = Library(tmp_path / "l")
    stored = articles.get(library, 1)
    assert (stored.article.title, stored.article.text, stored.article.authors[0].name) == (
        "Bread 1",
        "Tove Lind bakes.",
        "Ivo Marsh",
    )
    assert stored.article.people[0].mentions[0].surface == "Tove Lind" and stored.article.provenance == {}
    assert library.db.execute("SELECT url_key FROM articles WHERE id = 2").fetchone()[0] == "ex.org/bread/2"
    profile = profiles.profile(library, "Tove Lind")
    assert (len(profile.mentioned_in), profile.description) == (2, "a baker")
    assert [note.text for note in notes.listed(library)] == ["Rye #food"]
    if version < 6:
        assert [blocks[0].text for _, _, blocks in articles.versions(library, 1)] == ["old", "older"]
    assert [line for line in maintenance.check(library) if "ORIGINAL" not in line.notice.code.name] == []
    assert migrations.foreign_object(library.db) is None
    library.close()


def test_the_library_as_it_was_is_kept_before_a_migration(tmp_path: Path) -> None:
    old_library(tmp_path / "l", 3)
    Library(tmp_path / "l").close()
    (copy,) = (tmp_path / "l" / "backups").iterdir()
    with sqlite3.connect(copy) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 3
        assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 2
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600
    Library(tmp_path / "l").close()
    assert len(list((tmp_path / "l" / "backups").glob("*.db"))) == 1  # nothing is migrated the second time


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "0006_broken.sql"
    broken.write_text("CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n")
    old_library(tmp_path / "l", 5)
    monkeypatch.setattr(migrations, "_steps", lambda: (*STEPS[:5], broken))
    db = sqlite3.connect(tmp_path / "l" / "library.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(db)
    assert db.execute("PRAGMA user_version").fetchone()[0] == 5
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    db.close()


def test_programs_that_start_at_once_wait_for_each_other(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def start() -> None:
        try:
            Library(tmp_path / "l").close()
        except BaseException as error:
            failed.append(error)

    for _ in range(6):
        threads = [threading.Thread(target=start) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        for file in (tmp_path / "l").glob("library.db*"):
            file.unlink()


def test_what_is_not_ours_in_the_schema_is_named(tmp_path: Path) -> None:
    library = Library(tmp_path / "l")
    assert migrations.foreign_object(library.db) is None
    library.db.execute("CREATE TRIGGER spy AFTER INSERT ON notes BEGIN UPDATE notes SET text = ''; END")
    assert migrations.foreign_object(library.db) == "trigger spy"
    library.db.execute("DROP TRIGGER spy")
    library.db.execute("DROP TRIGGER note_added")
    assert migrations.foreign_object(library.db) == "trigger note_added"
    library.close()
