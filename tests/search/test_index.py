"""The index: plain Whoosh, the same as stock Whoosh writes and scores, following the library through crashes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import whoosh.index
from whoosh import query as q
from whoosh import scoring

from kbapp.domain import Subject
from kbapp.library import Library, change_log
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.search.codec.combined_reader import CombinedReader, combine_small
from kbapp.search.codec.segment_reader import SegmentReader
from kbapp.search.codec.whoosh_internals import IndexFiles
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import TEXT_FIELDS, analyzer, schema
from kbapp.search.index.writer import FastSegmentWriter
from kbapp.search.query.parser import parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from tests.conftest import HARBOUR

WORDS = "harbour wall wave storm mayor engineer court judge ferry strike pump cellar float pen paper tide moon salt rope sail ships sailing sailed élan Zürich 2023 v2.0".split()

PLAIN_WORDS = [word for word in WORDS if word.isascii()]


def documents(count: int, seed: int = 3) -> list[dict]:
    chance = random.Random(seed)
    long = " ".join(chance.choice(WORDS) for _ in range(700))
    return [
        {
            "key": f"article/{n}", "kind": "article", "kind_number": 0, "ref": n, "published": chance.randrange(1000), "added": n,
            "title": " ".join(chance.choice(WORDS) for _ in range(6)),
            "body": long + " rareword" if n == 7 else " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 90))),
            "people": chance.choice(["Anna Lee", "Omar Haddad", None]), "tag": chance.choice(["a,b c", "d", None]), "flags": chance.choice(["unread", "unread note", None]),
        }
        for n in range(count)
    ]  # fmt: skip


class StockAnalyzer:
    """What the schema's own analyser makes of a text, so that what is written can be compared with stock Whoosh."""

    def positions(self, text: str, seen: set[str | bytes] | None = None) -> tuple[dict[bytes, list[int]], int]:
        found: dict[bytes, list[int]] = {}
        length = 0
        for token in analyzer()(text, positions=True, mode="index"):
            found.setdefault(token.text.encode(), []).append(token.pos)
            length += 1
        return found, length


def plainly(ix) -> FastSegmentWriter:
    return FastSegmentWriter(ix, StockAnalyzer())


def write(folder: Path, found: list[dict], writer_of) -> Path:
    folder.mkdir()
    writer = writer_of(whoosh.index.create_in(str(folder), schema()))
    for document in found:
        writer.add_document(**document)
    writer.commit(merge=False)
    return folder


def ranker(folder: Path) -> Ranker:
    toc = IndexFiles(folder).toc()
    return Ranker([SegmentReader(folder, segment, toc.schema) for segment in toc.segments], toc.schema)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same documents written by us and by stock Whoosh."""
    base = tmp_path_factory.mktemp("indexes")
    return write(base / "ours", documents(1500), plainly), write(
        base / "stock", documents(1500), lambda ix: ix.writer()
    )


def test_posting_by_posting_the_same_as_stock_whoosh(both: tuple[Path, Path]):
    ours, stock = (whoosh.index.open_dir(str(folder)).reader() for folder in both)
    terms = list(stock.all_terms())
    assert list(ours.all_terms()) == terms
    for name, term in terms:
        form = schema()[name].format
        a, b = ours.postings(name, term), stock.postings(name, term)
        assert vars_of(ours.term_info(name, term)) == vars_of(stock.term_info(name, term))
        while b.is_active():
            assert (a.id(), a.weight()) == (b.id(), b.weight())
            if form.supports("positions"):
                assert list(form.decode_positions(a.value())) == list(form.decode_positions(b.value()))
            a.next()
            b.next()
        assert not a.is_active()
    assert {name: ours.field_length(name) for name in TEXT_FIELDS} == {
        name: stock.field_length(name) for name in TEXT_FIELDS
    }


def folders_of(library: Library) -> list[Path]:
    return [path for path in library.index_folder.iterdir() if path.is_dir()]


def vars_of(info) -> tuple:
    return (
        info.weight(),
        info.doc_frequency(),
        info.min_length(),
        info.max_length(),
        info.max_weight(),
        info.min_id(),
        info.max_id(),
    )


def random_query(chance: random.Random):
    folder = TermAnalyzer()

    def word():
        term = folder.term(chance.choice(PLAIN_WORDS)).decode()
        return q.Or([q.Term(name, term, boost=boost) for name, boost in TEXT_FIELDS.items()])

    def phrase():
        return q.Phrase(
            "body",
            [folder.term(chance.choice(PLAIN_WORDS)).decode() for _ in range(chance.randrange(2, 4))],
            slop=chance.choice([1, 1, 2]),
        )

    kinds = [word, phrase, lambda: q.And([word(), word()]), lambda: q.Or([word(), word(), phrase()]), lambda: q.And([word(), q.Not(word())]),
             lambda: q.And([q.Or([word(), word()]), word()]), lambda: q.Term("flags", "unread"), lambda: q.AndMaybe(word(), word())]  # fmt: skip
    return chance.choice(kinds)()


@pytest.mark.parametrize("written", ["ours", "stock"])
def test_the_same_documents_order_and_scores_as_whoosh(both: tuple[Path, Path], written: str):
    folder = both[0] if written == "ours" else both[1]
    searcher = whoosh.index.open_dir(str(folder)).searcher(weighting=scoring.BM25F())
    mine, chance = ranker(folder), random.Random(11)
    dates, refs = mine.segments[0].column("published"), mine.segments[0].column("ref")
    for _ in range(700):
        query = random_query(chance)
        expected = [(hit.docnum, hit.score) for hit in searcher.search(query, limit=None)]
        expected.sort(key=lambda hit: (-round(hit[1], 9), -dates[hit[0]], refs[hit[0]]))
        ranked = mine.rank(query, 30)
        assert ranked.total == len(expected), query
        assert ranked.ids == [number for number, _ in expected[:30]], query
        assert ranked.scores == pytest.approx([score for _, score in expected[:30]]), query


def test_a_change_is_found_before_and_after_it_is_indexed(library: Library, add):
    index = SearchIndex(library)
    search = Search(index)
    add(HARBOUR)
    assert change_log.lag(library) > 0
    assert [hit.title for hit in search.search("terminal", kinds=["article"]).hits] == [
        "Mayor Opens New Ferry Terminal"
    ]
    index.follow()
    assert change_log.lag(library) == 0
    assert search.search("terminal", kinds=["article"]).total == 1


def test_edits_deletions_and_restores_are_followed(library: Library, add):
    index = SearchIndex(library)
    search = Search(index)
    (outcome,) = add(HARBOUR)
    index.follow()
    with library.transaction() as db:
        note = notes.add(db, "remember the zeppelin", Subject("article", outcome.article))
    index.follow()
    assert [hit.kind for hit in search.search("zeppelin").hits] == ["note"]
    assert search.search("has:note").total == 1
    with library.transaction() as db:
        notes.edit(db, note, "remember the balloon")
        articles.trash(db, [outcome.article])
    index.follow()
    assert search.search("zeppelin").total == 0 and search.search("balloon").total == 1
    assert search.search("terminal", kinds=["article"]).total == 0
    with library.transaction() as db:
        articles.restore(db, [outcome.article])
    index.follow()
    assert search.search("terminal", kinds=["article"]).total == 1


@pytest.mark.parametrize("harm", ["delete", "truncate", "foreign", "garbage"])
def test_a_harmed_index_is_rebuilt_by_itself(library: Library, add, harm: str):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    (folder,) = folders_of(library)
    if harm == "delete":
        shutil.rmtree(library.index_folder)
    elif harm == "truncate":
        for path in folder.glob("_MAIN_*.toc"):
            path.write_bytes(path.read_bytes()[:20])
    elif harm == "foreign":
        index.rebuild()
        with library.transaction() as db:  # as after a copy of the database alone
            db.execute("UPDATE index_state SET identity = '3-' || hex(zeroblob(8)) || '-' || hex(zeroblob(32))")
            db.execute("UPDATE index_state SET toc_digest = identity")
    else:
        for path in folder.iterdir():
            path.write_bytes(b"garbage")
    fresh = SearchIndex(library)
    fresh.follow()
    assert Search(fresh).search("terminal", kinds=["article"]).total == 1


def test_a_crash_between_index_and_database_is_made_good(library: Library, add, monkeypatch: pytest.MonkeyPatch):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    add(HARBOUR.replace("Monday", "Friday"))
    pending = change_log.pending(library, 1000)
    index._write(pending)  # the process dies before the database hears of it
    SearchIndex(library).follow()
    assert Search(SearchIndex(library)).search("solberg", kinds=["article"]).total == 2


def test_many_small_segments_are_written_together_again(library: Library, add):
    index = SearchIndex(library)
    for number in range(14):
        add(HARBOUR.replace("Monday", f"day number {number}"))
        index.follow()
    assert len(index.ranker().segments) <= 10
    assert Search(index).search("solberg", kinds=["article"]).total == 14


def test_files_that_another_process_replaces_during_a_search_cost_nothing(library: Library, add):
    writing, reading = SearchIndex(library), SearchIndex(library)
    for number in range(8):
        add(HARBOUR.replace("Monday", f"day number {number}"))
        writing.follow()
    asked: list[int] = []

    def look(ranker: Ranker) -> int:
        if not asked:  # between opening the searcher and reading its files the small segments are joined
            add(HARBOUR.replace("Monday", "the last day"))
            writing.follow()
        asked.append(len(ranker.segments))
        return ranker.rank(parse("terminal").query, 5).total

    assert reading.reading(look) == 9
    assert len(asked) == 2 and reading.is_current()


def test_rebuilding_keeps_the_old_index_until_the_new_one_is_complete(library: Library, add):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    before = index.identity()
    index.rebuild(lambda done, total: False)  # cancelled
    assert index.identity() == before and Search(index).search("terminal", kinds=["article"]).total == 1
    index.rebuild()
    assert index.identity() != before and Search(index).search("terminal", kinds=["article"]).total == 1


def test_the_cache_stays_within_its_bounds(both: tuple[Path, Path]):
    toc = IndexFiles(both[0]).toc()
    small = Ranker(
        [SegmentReader(both[0], segment, toc.schema) for segment in toc.segments], toc.schema, cache_bytes=60_000
    )
    chance = random.Random(2)
    for _ in range(300):
        small.rank(random_query(chance), 10)
    assert small._cache.bytes <= 60_000


def test_damage_inside_a_segment_is_found_out_by_searching(library: Library, add):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    (folder,) = folders_of(library)
    for path in folder.glob("*.pst"):
        path.write_bytes(b"\xff" * path.stat().st_size)
    for path in folder.glob("*.trm"):
        path.write_bytes(path.read_bytes()[:8] + b"\xff" * (path.stat().st_size - 8))
    fresh = SearchIndex(library)
    results = Search(fresh).search("terminal", kinds=["article"])
    assert results.total == 1 or "being rebuilt" in str(results.problems[0])
    fresh.follow()
    assert Search(fresh).search("terminal", kinds=["article"]).total == 1


def test_many_threads_search_at_once(samples: Library):
    from concurrent.futures import ThreadPoolExecutor

    index = SearchIndex(samples)
    index.follow()
    search = Search(index)
    words = ["wall", "brandt", "mayor", "s", "pa*", '"harbour wall"', "storm OR sea"] * 12
    expected = [search.search(word, typing=True).total for word in words]
    fresh = Search(SearchIndex(samples))
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda word: fresh.search(word, typing=True).total, words)) == expected


OLD_WHOOSH = Path(sys.prefix) / "whoosh-2.7.4"
ASK_OLD = """
import json, sys
import whoosh, whoosh.index
from whoosh import query
assert whoosh.__version__ == (2, 7, 4)
with whoosh.index.open_dir(sys.argv[1]).searcher() as searcher:
    for word in json.loads(sys.argv[2]):
        found = searcher.search(query.Term("body", word), limit=None)
        print(json.dumps(sorted((hit.docnum, round(hit.score, 6)) for hit in found)))
"""


@pytest.mark.skipif(not OLD_WHOOSH.is_dir(), reason="packaging/dev.sh test installs Whoosh 2.7.4 beside the others")
def test_the_last_original_whoosh_opens_it_and_agrees(both: tuple[Path, Path]):
    words = ["harbour", "mayor", "tide", "rareword", "salt", "moon"]
    answer = subprocess.run(
        [sys.executable, "-c", ASK_OLD, str(both[0]), json.dumps(words)],
        env={**os.environ, "PYTHONPATH": str(OLD_WHOOSH)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ours = ranker(both[0])
    for word, line in zip(words, answer.stdout.splitlines(), strict=True):
        ranked = ours.rank(q.Term("body", word), 10_000)
        mine = sorted([number, round(score, 6)] for number, score in zip(ranked.ids, ranked.scores, strict=True))
        assert mine == json.loads(line) and mine


def test_many_small_segments_answer_as_one(tmp_path: Path):
    found = documents(400)
    one = ranker(write(tmp_path / "one", found, FastSegmentWriter))
    folder = write(tmp_path / "many", found[:7], FastSegmentWriter)
    for at in range(7, 400, 13):
        writer = FastSegmentWriter(whoosh.index.open_dir(str(folder)))
        for document in found[at : at + 13]:
            writer.add_document(**document)
        writer.commit(merge=False)
    for place in (folder, tmp_path / "one"):
        writer = whoosh.index.open_dir(str(place)).writer()
        writer.delete_by_term("key", "article/30")
        writer.delete_by_term("key", "article/31")
        writer.commit(merge=False)
    one = ranker(tmp_path / "one")
    toc = IndexFiles(folder).toc()
    many = Ranker(combine_small([SegmentReader(folder, segment, toc.schema) for segment in toc.segments]), toc.schema)
    assert len(toc.segments) > 30 and len(many.segments) == 1 and isinstance(many.segments[0], CombinedReader)

    def answer(of: Ranker, query: object) -> list[tuple[int, float]]:
        ranked = of.rank(query, 1000)
        assert ranked.total == len(ranked.ids)
        refs = (of.segments[s].column("ref")[i] for s, i in zip(ranked.segments, ranked.ids, strict=True))
        return [(int(ref), round(score, 9)) for ref, score in zip(refs, ranked.scores, strict=True)]

    for text in (
        "harbour", "wall mayor", "rareword", "harbour OR tide -salt", '"wall wave"', "harbour near/5 storm", "ha*", "s*", "m?yor",
        "hrbour~", "people:haddad", "tag:d is:unread", "not wall", "harb ma*",
    ):  # fmt: skip
        for typing in (False, True):
            query = parse(text, typing=typing).query
            assert answer(many, query) == answer(one, query), text
