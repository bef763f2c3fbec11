"""Lists of people: orders, filters, and what a row shows, in a fixed number of queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.library import Library
from kbapp.library.people import listing


@pytest.fixture
def crowd(tmp_path: Path) -> Library:
    """Three people in three articles, one of whom signs the last."""
    library = Library(tmp_path / "library")
    with library.transaction() as db:
        for number, (day, language) in enumerate((("2023-01-05", "en"), ("2024-02-06", "fr"), ("2025-03-07", "en")), 1):
            db.execute(
                "INSERT INTO articles (id, title, published, published_key, language, format, blocks, text, byline_json, "
                "recognised_json, original, source_file, fingerprint, imported) "
                "VALUES (?, ?, ?, ?, ?, 'text', '[]', '', '[]', '[]', ?, 'a.txt', ?, ?)",
                (number, f"Title {number}", day, day, language, f"o{number}", f"f{number}", day),
            )
        for person, name in ((1, "Zoë Ångström"), (2, "Ben Cole"), (3, "Ada Wire Agency")):
            db.execute("INSERT INTO people (id, name) VALUES (?, ?)", (person, name))
        db.execute("UPDATE people SET is_agency = 1 WHERE id = 3")
        named = (
            (1, 1, "surveyor", "2023-01-05"),
            (2, 1, "ancienne arpenteuse", "2024-02-06"),
            (3, 2, None, "2025-03-07"),
        )
        for article, person, role, day in (*named, (3, 3, None, "2025-03-07")):
            db.execute(
                "INSERT INTO article_people (article, person, position, name, key, description, mentions, published_key) "
                "VALUES (?, ?, 0, 'n', ?, ?, 1, ?)",
                (article, person, f"k{person}", role, day),
            )
        db.execute("INSERT INTO name_forms (person, form, uses) VALUES (2, 'Benjamin Cole', 1)")
        db.execute("INSERT INTO authorships (article, position, person, name, published_key) VALUES (3, 0, 2, 'Ben Cole', '2025-03-07')")  # fmt: skip
    return library


def test_people_in_each_order_and_no_agency_among_them(crowd: Library) -> None:
    assert listing.ids(crowd, "people") == [1, 2]
    assert listing.ids(crowd, "people", "name") == [2, 1]
    assert listing.ids(crowd, "people", "seen") == [2, 1]
    assert listing.ids(crowd, "authors") == [2]


@pytest.mark.parametrize(("text", "found"), [("angstrom", [1]), ("BENJAMIN", [2]), ("survey", [1]), ("nobody", [])])
def test_a_filter_looks_at_names_other_names_and_roles(crowd: Library, text: str, found: list[int]) -> None:
    assert listing.ids(crowd, "people", text=text) == found


def test_a_row_says_the_role_in_the_readers_language_and_when_the_person_was_last_named(crowd: Library) -> None:
    zoe, ben = listing.cards(crowd, "people", [1, 2], "en")
    assert (zoe.role, zoe.articles, zoe.last_seen) == ("surveyor", 2, "2024-02-06")
    assert listing.cards(crowd, "people", [1], "fr")[0].role == "ancienne arpenteuse"
    assert (ben.role, ben.articles) == ("", 1)
    assert [each.id for each in listing.cards(crowd, "people", [2, 99, 1])] == [2, 1]
    assert listing.cards(crowd, "authors", [2])[0].last_seen == "2025-03-07"
