"""Articles in the library: duplicates, versions, trash, counts, and what a crash leaves."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from kbapp.domain import Article, Block, Subject
from kbapp.errors import Code, LibraryUnavailable, NotFound, Notice
from kbapp.library import Library, maintenance
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.articles import rows as article_rows
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from tests.conftest import HARBOUR


def test_the_folder_is_the_owners_alone(library: Library):
    if os.name == "posix":
        assert library.folder.stat().st_mode & 0o777 == 0o700
        assert (library.folder / "library.db").stat().st_mode & 0o777 == 0o600


def test_an_article_comes_back_whole(library: Library, add):
    (outcome,) = add(HARBOUR)
    stored = articles.get(library, outcome.article)
    assert stored.article.title == "Mayor Opens New Ferry Terminal"
    assert [person.name for person in stored.article.people] == ["Henrik Solberg", "Aylin Demirci"]
    assert stored.article.authors[0].bio.startswith("Carla Mendes is a reporter")
    assert library.original(stored.original).read_text() == HARBOUR


def test_the_same_again_is_a_duplicate(library: Library, add):
    (first,) = add(HARBOUR)
    (same_bytes,) = add(HARBOUR)
    (same_text,) = add(HARBOUR.replace("\n\n", "\r\n\r\n"))
    assert [same_bytes.status, same_text.status] == ["duplicate", "duplicate"]
    assert {first.article, same_bytes.article, same_text.article} == {first.article}


def test_the_same_address_with_another_text_is_a_new_version(library: Library, add):
    page = '<html><head><link rel="canonical" href="https://x.example/a"><title>Waves</title></head><body><article><h1>Waves</h1>{}</article></body></html>'
    long = "<p>" + "The text of the article goes on for a while, as such texts do. " * 6 + "{}</p>"
    (first,) = add(("a.html", page.format(long.format("Old end."))))
    (second,) = add(("a.html", page.format(long.format("New end."))))
    assert (second.status, second.article) == ("updated", first.article)
    assert articles.get(library, first.article).article.text.endswith("New end.")
    assert library.db.execute("SELECT count(*) FROM article_versions").fetchone()[0] == 1


def test_trash_takes_an_article_out_of_everything_and_restore_brings_it_back(library: Library, add):
    (outcome,) = add(HARBOUR)
    with library.transaction() as db:
        articles.trash(db, [outcome.article])
    assert article_list.ids(library) == [] and article_list.ids(library, where="trash") == [outcome.article]
    assert people.entries(library, "people") == [] and maintenance.totals(library)["articles"] == 0
    with library.transaction() as db:
        articles.restore(db, [outcome.article])
    assert [entry.name for entry in people.entries(library, "people")] == ["Henrik Solberg", "Aylin Demirci"]
    assert maintenance.check(library) == []


def test_importing_a_trashed_article_again_restores_it(library: Library, add):
    (outcome,) = add(HARBOUR)
    with library.transaction() as db:
        articles.trash(db, [outcome.article])
    (again,) = add(HARBOUR)
    assert (again.status, again.article) == ("imported", outcome.article)
    assert article_list.ids(library) == [outcome.article]


def test_lists_are_served_by_indexes(library: Library):
    for order in ("newest", "imported", "title"):
        sql = f"SELECT id FROM articles WHERE deleted IS NULL ORDER BY {article_list._ORDERS[order]}"
        plan = " ".join(row[3] for row in library.db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "USING" in plan and "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize(
    ("published", "key"),
    [
        ("2010", "2010"),
        ("2010-10-18T14:05:00+02:00", "2010-10-18T12:05:00"),
        (None, ""),
        ("2010-10-18T14:05:00Z", "2010-10-18T14:05:00"),
    ],
)
def test_dates_sort_as_time(published: str | None, key: str):
    assert article_rows.published_key(published) == key


def test_a_failed_write_leaves_nothing_half_written(library: Library, add):
    with pytest.raises(ZeroDivisionError), library.transaction() as db:
        notes.add(db, "lost", Subject("library"))
        raise ZeroDivisionError
    assert notes.listed(library) == []


def test_a_missing_article_is_said_in_words(library: Library):
    with pytest.raises(NotFound, match="no article"):
        articles.get(library, 99)


def test_a_newer_library_is_left_alone(tmp_path: Path):
    Library(tmp_path / "l").close()
    with sqlite3.connect(tmp_path / "l" / "library.db") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryUnavailable, match="newer version of kbapp"):
        Library(tmp_path / "l")


def test_a_damaged_database_is_said_in_words(tmp_path: Path):
    Library(tmp_path / "l").close()
    for path in (tmp_path / "l").glob("library.db*"):
        path.write_bytes(b"this is no database" * 500)
    with pytest.raises(LibraryUnavailable, match="damaged"):
        Library(tmp_path / "l")


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path):
    (tmp_path / "l").write_text("a file")
    with pytest.raises(LibraryUnavailable, match="file, not a folder"):
        Library(tmp_path / "l")


def test_check_finds_a_changed_and_a_missing_original(library: Library, add):
    outcomes = add(HARBOUR, HARBOUR.replace("Monday", "Tuesday"))
    paths = [library.original(articles.get(library, outcome.article).original) for outcome in outcomes]
    paths[0].unlink()
    paths[1].write_text("changed")
    problems = maintenance.check(library)
    assert (
        len(problems) == 2 and any("missing" in str(p) for p in problems) and any("changed" in str(p) for p in problems)
    )


def test_what_was_found_where_and_what_was_cut_is_kept(library: Library):
    told = Notice(Code.NO_SUCH_PAGE, {"address": "kb:9"})
    article = Article(
        "Otters", (Block("paragraph", "Otters swim."),), provenance={"title": "og:title", "published": "byline"}, unsure=("published",),
        warnings=(told,), saved="2021-05-01T10:00:00Z", is_read=True, starred=True,
    )  # fmt: skip
    with library.transaction() as db:
        number = articles.add(db, article, "f" * 64, 0, "otters.html").id
    stored = articles.get(library, number)
    assert (stored.article.provenance, stored.article.unsure) == (article.provenance, ("published",))
    assert (stored.article.warnings, stored.article.saved) == ((told,), "2021-05-01T10:00:00Z")
    assert stored.is_read and stored.starred and maintenance.totals(library)["starred"] == 1
