"""Check finds what is wrong; repair mends it and deletes nothing."""

from __future__ import annotations

import pytest

from kbapp.domain import Subject
from kbapp.errors import Code
from kbapp.library import Library, maintenance
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.people import profiles
from tests.conftest import HARBOUR


@pytest.fixture
def noted(library: Library, add) -> Library:
    add(HARBOUR)
    with library.transaction() as db:
        notes.add(db, "thought", Subject("article", 1))
    assert maintenance.check(library) == []
    return library


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people SET articles = articles + 3 WHERE id = 1",
        "UPDATE people SET mentions = 0",
        "UPDATE people SET authored = 7 WHERE id = 2",
        "UPDATE articles SET notes = 9",
        "UPDATE totals SET value = value + 5 WHERE name = 'articles'",
        "UPDATE totals SET value = -1 WHERE name = 'notes'",
    ],
)
def test_wrong_counts_are_found_and_mended(noted: Library, sql: str) -> None:
    counts = maintenance.totals(noted), [tuple(row) for row in noted.db.execute("SELECT * FROM people")]
    noted.db.execute(sql)
    found = maintenance.check(noted)
    assert found and not any(problem.mended for problem in found)
    assert all(problem.mended for problem in maintenance.check(noted, repair=True))
    assert maintenance.check(noted) == []
    assert (maintenance.totals(noted), [tuple(row) for row in noted.db.execute("SELECT * FROM people")]) == counts


def test_what_a_crash_left_half_written_is_removed_and_nothing_else(noted: Library) -> None:
    original = noted.original(articles.get(noted, 1).original)
    left = [original.with_name(f".{original.name}.77.1"), noted.folder / "backups" / ".2020-01-01.db.77.1.part"]
    for path in left:
        path.write_bytes(b"half")
    assert [problem.notice.code for problem in maintenance.check(noted)] == [Code.CHECK_LEFTOVER] * 2
    maintenance.check(noted, repair=True)
    assert not any(path.exists() for path in left) and original.exists() and maintenance.check(noted) == []


def test_what_cannot_be_mended_stays_named(noted: Library) -> None:
    noted.original(articles.get(noted, 1).original).unlink()
    for _ in range(2):
        (problem,) = maintenance.check(noted, repair=True)
        assert problem.notice.code is Code.CHECK_ORIGINAL_MISSING and not problem.mended
        assert "Mayor Opens New Ferry Terminal" in str(problem)


def test_first_and_last_seen_are_the_first_and_the_last(library: Library, add) -> None:
    def dated(day: str, word: str) -> str:
        return f"<html><head><title>{word}</title><meta property='article:published_time' content='{day}'></head><body><article><h1>{word}</h1><p>Mayor Henrik Solberg spoke of {word} for an hour, and said that the harbour would be kept as it was.</p></article></body></html>"

    add(
        ("b.html", dated("2012-05-01", "dredging")),
        ("a.html", dated("2009-02-03", "piers")),
        ("c.html", dated("2011-01-01", "gulls")),
    )
    profile = profiles.profile(library, "Henrik Solberg")
    assert (profile.first_seen, profile.last_seen) == ("2009-02-03", "2012-05-01")
