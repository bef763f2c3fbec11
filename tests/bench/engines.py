"""The engines that a user would pick instead, and ours, on the same items: each builds an index and answers top 20 with totals."""

from __future__ import annotations

import re
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import whoosh.index

from kbapp.search.codec.combined_reader import combine_small
from kbapp.search.codec.segment_reader import SegmentReader
from kbapp.search.codec.whoosh_internals import IndexFiles
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import schema
from kbapp.search.index.writer import FastSegmentWriter
from kbapp.search.query.parser import parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.search_index import SEGMENT
from tests.bench.data import Item

Answer = Callable[[str], object]


def document(number: int, item: Item) -> dict[str, Any]:
    """An item as a document of our schema."""
    return {
        "key": f"article/{number}", "kind": "article", "kind_number": 0, "ref": number, "title": item.title, "body": item.body,
        "authors": item.author or None, "people": " ".join(item.people).replace("-", " ") or None,
        "published": int(item.published.timestamp() // 60), "added": number, "flags": "unread", "stemming": "en",
    }  # fmt: skip


class Ours:
    """Our index: written by our writer, ranked by our ranker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, items: Iterable[Item], segment: int = SEGMENT) -> None:
        index = whoosh.index.create_in(str(self.folder), schema())
        words = TermAnalyzer()
        writer, written = FastSegmentWriter(index, words), 0
        for number, item in enumerate(items):
            writer.add_document(**document(number, item))
            written += 1
            if written >= segment:
                writer.commit(merge=False)
                writer, written = FastSegmentWriter(index, words), 0
        writer.commit(merge=False)

    def add(self, items: Iterable[Item], first: int) -> None:
        """One more segment."""
        writer = FastSegmentWriter(whoosh.index.open_dir(str(self.folder)), TermAnalyzer())
        for number, item in enumerate(items, first):
            writer.add_document(**document(number, item))
        writer.commit(merge=False)

    def open(self) -> Ranker:
        toc = IndexFiles(self.folder).toc()
        readers = [SegmentReader(self.folder, segment, toc.schema) for segment in toc.segments]
        return Ranker(combine_small(readers), toc.schema)

    def answer(self) -> Answer:
        ranker = self.open()
        return lambda text: ranker.rank(
            parse(text.removeprefix("newest:")).query, 20, sort="newest" if text.startswith("newest:") else "relevance"
        )


class Fts5:
    """SQLite's full text search."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts.db")

    def build(self, items: Iterable[Item]) -> None:
        self.db.execute(
            "CREATE VIRTUAL TABLE f USING fts5(title, body, authors, published UNINDEXED, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self.db.executemany(
            "INSERT INTO f VALUES (?, ?, ?, ?)", ((i.title, i.body, i.author, i.published.isoformat()) for i in items)
        )
        self.db.commit()

    def answer(self) -> Answer:
        def ask(text: str) -> object:
            newest = text.startswith("newest:")
            words = text.removeprefix("newest:")
            if words.startswith("author:"):
                words = "authors : " + words.removeprefix("author:")
            total = self.db.execute("SELECT count(*) FROM f WHERE f MATCH ?", (words,)).fetchone()
            order = "published DESC" if newest else "bm25(f, 3.0, 1.0, 2.0)"
            return total, self.db.execute(
                f"SELECT rowid FROM f WHERE f MATCH ? ORDER BY {order} LIMIT 20", (words,)
            ).fetchall()

        return ask


class Tantivy:
    """tantivy from PyPI."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.engine = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("title", "body", "authors"):
            builder.add_text_field(name, tokenizer_name="en_stem")
        builder.add_date_field("published", fast=True)
        self.index = tantivy.Index(builder.build(), str(folder))

    def build(self, items: Iterable[Item]) -> None:
        writer = self.index.writer(100_000_000, 1)
        for item in items:
            writer.add_document(
                self.engine.Document(title=item.title, body=item.body, authors=item.author, published=item.published)
            )
        writer.commit()
        writer.wait_merging_threads()

    def answer(self) -> Answer:
        self.index.reload()
        searcher = self.index.searcher()

        def ask(text: str) -> object:
            newest, words = text.startswith("newest:"), text.removeprefix("newest:").replace("author:", "authors:")
            if words.endswith("*"):
                query = self.engine.Query.regex_query(self.index.schema, "body", words[:-1] + ".*")
            else:
                query = self.index.parse_query(
                    words if "OR" in words or '"' in words else " AND ".join(words.split()), ["title", "body"]
                )
            return searcher.search(query, 20, order_by_field="published" if newest else None)

        return ask


class Xapian:
    """Debian's python3-xapian."""

    def __init__(self, folder: Path) -> None:
        try:
            import xapian
        except ImportError:
            sys.path.append("/usr/lib/python3/dist-packages")
            import xapian
        self.engine = xapian
        self.db = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)

    def build(self, items: Iterable[Item]) -> None:
        terms = self.engine.TermGenerator()
        terms.set_stemmer(self.engine.Stem("en"))
        for item in items:
            found = self.engine.Document()
            terms.set_document(found)
            terms.index_text(item.title, 2)
            terms.increase_termpos()
            terms.index_text(item.body)
            terms.index_text(item.author, 1, "A")
            found.add_value(0, self.engine.sortable_serialise(item.published.timestamp()))
            self.db.add_document(found)
        self.db.commit()

    def answer(self) -> Answer:
        parser = self.engine.QueryParser()
        parser.set_stemmer(self.engine.Stem("en"))
        parser.set_stemming_strategy(parser.STEM_SOME)
        parser.set_database(self.db)
        parser.set_default_op(self.engine.Query.OP_AND)
        parser.add_prefix("author", "A")

        def ask(text: str) -> object:
            enquire = self.engine.Enquire(self.db)
            enquire.set_query(
                parser.parse_query(text.removeprefix("newest:"), parser.FLAG_DEFAULT | parser.FLAG_WILDCARD)
            )
            if text.startswith("newest:"):
                enquire.set_sort_by_value(0, True)
            return list(enquire.get_mset(0, 20, self.db.get_doccount()))  # checking all: exact totals, as ours are

        return ask


RIVALS: dict[str, Callable[[Path], Any]] = {"FTS5": Fts5, "tantivy": Tantivy, "Xapian": Xapian}


def peak_memory() -> float:
    """The most megabytes that this process has held; not what its parent did, which getrusage may tell on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / unit


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Processor seconds and seconds on the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock
