"""An index that was cut, flipped, overwritten or swapped is noticed, by opening it or by a check, and answers right once rebuilt."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbapp.errors import LibraryUnavailable
from kbapp.library import Library
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search

_QUERIES = ("harbour", "harbour wall", '"harbour wall"', "har*", "strike OR court", "court -wall")
_ROUNDS = 40


def answers(library: Library, query: str) -> list[tuple[str, int]]:
    index = SearchIndex(library)
    index.follow()
    return [(hit.kind, hit.id) for hit in Search(index).search(query).hits]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.name != "LOCK")


def _harm(file: Path, others: list[Path], chance: random.Random) -> str:
    data = bytearray(file.read_bytes())
    kind = chance.choice(("flip", "flip", "flip", "cut", "zero", "missing", "swap"))
    if kind == "flip":
        for _ in range(chance.choice((1, 1, 4, 30))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
    elif kind == "cut":
        file.write_bytes(data[: chance.randrange(len(data))])
    elif kind == "zero":
        at = chance.randrange(len(data))
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        file.write_bytes(data)
    elif kind == "missing":
        file.unlink()
    else:
        file.write_bytes(chance.choice([each for each in others if each != file]).read_bytes())
    return f"{kind} of {file.name}"


@pytest.fixture
def whole(samples: Library, tmp_path: Path) -> Iterator[tuple[Library, Path]]:
    """A library with an index, and a copy of the index as it was."""
    SearchIndex(samples).rebuild()
    copy = tmp_path / "whole"
    shutil.copytree(samples.index_folder, copy)
    yield samples, copy


def test_a_damaged_index_is_noticed(whole: tuple[Library, Path]):
    library, copy = whole
    truth = {query: answers(library, query) for query in _QUERIES}
    mark = library.db.execute("SELECT identity, toc_digest FROM index_state").fetchone()
    chance = random.Random(11)
    noticed = until_checked = 0
    for _ in range(_ROUNDS):
        shutil.rmtree(library.index_folder)
        shutil.copytree(copy, library.index_folder)
        with library.transaction() as db:
            db.execute("UPDATE index_state SET identity = ?, toc_digest = ?", tuple(mark))
        files = _files(library.index_folder)
        harm = _harm(chance.choice(files), files, chance)
        try:
            got = {query: answers(library, query) for query in _QUERIES}
        except LibraryUnavailable as error:
            got = {"": [(str(error), 0)]}
        now = library.db.execute("SELECT identity FROM index_state").fetchone()[0]
        damage = SearchIndex(library).damage() if now == mark[0] else []
        noticed += now != mark[0] or bool(damage)
        until_checked += got != truth
        if damage:  # sizes are as they were: a check finds it, and the index is rebuilt
            SearchIndex(library).rebuild()
        assert {query: answers(library, query) for query in _QUERIES} == truth, harm
        assert SearchIndex(library).damage() == [], harm
    print(json.dumps({"indexes": _ROUNDS, "noticed": noticed, "answered wrongly until checked": until_checked}))
    assert noticed == _ROUNDS
