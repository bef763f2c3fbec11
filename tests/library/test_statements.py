"""Pages and lists ask the database as often for a hundred rows as for a few: no query stands in a loop."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kbapp.domain import Article, Author, Block, Mention, Person, Subject
from kbapp.library import Library
from kbapp.library.articles import listing
from kbapp.library.articles import repository as articles
from kbapp.library.notes import boards
from kbapp.library.notes import listing as note_list
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render

_MOST = 45  # statements of a page


def fill(library: Library, many: int) -> None:
    """So many articles by one author on one person and another of that surname each, with a note each; a board of them all."""
    with library.transaction() as db:
        cards: list[tuple[int | None, str]] = []
        for number in range(many):
            name = f"{'ABCDEFGHIJKLMNOPQRST'[number % 20]}. Lindqvist"
            text = f"{name} met Tove Almgren in the {number}th week. Tove Almgren said nothing else of it."
            first = text.index("Tove")
            seen = (
                Person(name, "a carver", (Mention(0, len(name), name, "text"),)),
                Person("Tove Almgren", "a baker", (Mention(first, first + 12, "Tove Almgren", "text"),)),
            )
            article = Article(f"Week {number}", (Block("paragraph", text),), authors=(Author("Ivo Marsh"),), people=seen, published=f"2001-{number % 12 + 1:02}", source=f"Paper {number}")  # fmt: skip
            added = articles.add(db, article, f"{number:064x}", 0, "x").id
            note = notes.add(db, f"A #thought{number} on [it](kb:article/{added})", Subject("article", added))
            notes.add(db, f"[See](kb:article/1) {number} #once", Subject("person", 2))
            cards += [(note, ""), (None, f"Heading {number}")]
        boards.arrange(db, boards.create(db, "All"), cards)


PAGES: dict[str, Callable[[Library], object]] = {
    "an article": lambda library: render(library, Address("article", "1")),
    "a person": lambda library: render(library, Address("person", str(people.find(library, "Tove Almgren")))),
    "an author": lambda library: render(library, Address("author", str(people.find(library, "Ivo Marsh")))),
    "two people": lambda library: render(library, Address("compare", "Tove Almgren,Ivo Marsh")),
    "all notes": lambda library: render(library, Address("list", "notes")),
    "a board": lambda library: render(library, Address("board", "1")),
    "people": lambda library: render(library, Address("list", "people")),
    "suggested merges": lambda library: render(library, Address("list", "merges")),
    "sources": lambda library: render(library, Address("list", "sources")),
    "cards of articles": lambda library: listing.cards(library, listing.ids(library)),
    "cards of notes": lambda library: [note_list.cards(library, ids) for _, ids in note_list.grouped(library)],
    "notes by subject": lambda library: note_list.grouped(library, "subject"),
    "aliases": people.all_aliases,
    "notes of an article": lambda library: notes.revisions(library, (note.id for note in notes.linking_to(library, "article", 1))),
}  # fmt: skip


def statements(library: Library, page: Callable[[Library], object]) -> list[str]:
    found: list[str] = []
    page(library)  # what is loaded once does not count
    library.db.set_trace_callback(found.append)
    page(library)
    library.db.set_trace_callback(None)
    return found


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    libraries = []
    for many in (4, 60):
        library = Library(tmp_path_factory.mktemp("statements") / f"of {many}")
        fill(library, many)
        libraries.append(library)
    return libraries[0], libraries[1]


@pytest.mark.parametrize("name", PAGES)
def test_no_query_stands_in_a_loop(small_and_large: tuple[Library, Library], name: str) -> None:
    few, many = (len(statements(library, PAGES[name])) for library in small_and_large)
    assert many <= few + 2, f"{few} statements for 4 rows, {many} for 60"
    assert many <= _MOST


OF_ONE = ("an article", "a person", "an author", "two people", "a board", "notes of an article")
_GROWING = "articles|article_people|mentions|quotes|authorships|people|notes|note_links|article_tags|journal"


@pytest.mark.parametrize("name", OF_ONE)
def test_a_page_about_one_thing_reads_no_whole_table(small_and_large: tuple[Library, Library], name: str) -> None:
    library = small_and_large[1]
    for sql in set(statements(library, PAGES[name])):
        plan = [row[3] for row in library.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if re.match(rf"SCAN (?:{_GROWING})\b", _by_table(sql, step))], (sql, plan)


def _by_table(sql: str, step: str) -> str:
    """A step of a plan with the table's name in the place of its alias in the statement."""
    alias = re.match(r"SCAN (\w+)", step)
    table = alias and re.search(rf"\b(\w+) (?:AS )?{alias[1]}\b", sql)
    return f"SCAN {table[1]}" if table and re.fullmatch(_GROWING, table[1]) else step
