"""A query finds the same, in the same order and number, before the index has followed a change and after."""

from __future__ import annotations

import random

from kbapp.domain import Subject
from kbapp.library import Library, change_log
from kbapp.library.articles import repository as articles
from kbapp.library.articles import tags
from kbapp.library.notes import repository as notes
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search

WORDS = "lighthouse keeper lamp storm wreck gull cliff oil wick fog horn sailor".split()
PEOPLE = ["Nora Quist", "Emil Roberts", "Paula Robert", "Ivar Holm"]
QUERIES = [
    "lamp", "lamps", "lamp NOT storm", "lamp -storm", "storm OR wreck", "(storm OR wreck) gull", '"lamp storm"', "lamp near/3 gull",
    "wre*", "l?mp", "lampp~", "title:storm", "author:Roberts", "author:robert", "person:quist", "date:1999", "date:1998..2001 fog",
    "is:unread lamp", "tag:seen lamp", "has:note", "kind:note", "kind:person holm", "NOT lamp", "=lamps", "quist", "emil roberts", "horn AND sailor", "nothing",
]  # fmt: skip


def text(chance: random.Random, number: int) -> str:
    body = " ".join(chance.choice([*WORDS, "lamps", "storms"]) for _ in range(60))
    title = " ".join(chance.choice(WORDS) for _ in range(3)).capitalize()
    who = chance.choice(PEOPLE)
    return f"{title} {number}\n\nBy {who}\n\n{chance.randrange(1, 28)} May {chance.randrange(1997, 2003)}\n\n{body}. {chance.choice(PEOPLE)} said that the lamp was old.\n"


def answers(search: Search, queries: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for query in queries:
        for sort in ("relevance", "newest", "oldest"):
            results = search.search(query, limit=100, sort=sort)  # type: ignore[arg-type]
            assert results.total == len(results.hits), query
            found[f"{query} {sort}"] = [(hit.kind, hit.id) for hit in results.hits]
    return found


def test_before_and_after_indexing(library: Library, add):
    chance = random.Random(5)
    index = SearchIndex(library)
    add(*[text(chance, number) for number in range(25)])
    index.follow()
    add(*[text(chance, 100 + number) for number in range(10)])
    stored = [row[0] for row in library.db.execute("SELECT id FROM articles ORDER BY id")]
    with library.transaction() as db:
        articles.trash(db, stored[:3])
        for number in stored[5:9]:
            notes.add(db, f"the lamp of {chance.choice(WORDS)}", Subject("article", number))
        tags.add(db, stored[10:15], "seen")
    assert change_log.lag(library) > 10
    before = answers(Search(index), QUERIES)
    index.follow()
    after = answers(Search(SearchIndex(library)), QUERIES)
    assert {query: found for query, found in before.items() if found != after[query]} == {}
    index.rebuild()
    rebuilt = answers(Search(SearchIndex(library)), QUERIES)
    assert {query: found for query, found in before.items() if found != rebuilt[query]} == {}
    assert before["lamp relevance"] and before["nothing relevance"] == []
    assert before["author:Roberts relevance"] != before["author:robert relevance"]


def test_a_change_is_read_once_and_seen_at_once(library: Library, add):
    index = SearchIndex(library)
    search = Search(index)
    add(text(random.Random(1), 1))
    index.follow()
    for number in range(5):
        with library.transaction() as db:
            note = notes.add(db, f"balloon number{number}", Subject("library"))
        assert search.search("balloon").total == number + 1
    with library.transaction() as db:
        notes.edit(db, note, "airship")
    assert search.search("balloon").total == 4 and search.search("airship").total == 1
    index.follow()
    assert search.search("balloon").total == 4 and search.search("airship").total == 1
