"""Small articles in many languages with the queries that must find them, and how well engines do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kbapp.search.codec.memory_segment import MemorySegment
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import STEMMED_FIELDS, schema
from kbapp.search.index.stemming import language_of, stem_groups
from kbapp.search.query.parser import parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.suggestions import with_parts_of_words

Ask = Callable[[str], list[int]]


@dataclass(frozen=True)
class Case:
    """The articles of one language by number (title, text), and the numbers that each query must find."""

    language: str
    articles: dict[int, tuple[str, str]]
    queries: list[tuple[str, set[int]]]


def cases() -> list[Case]:
    found: list[Case] = []
    for line in (Path(__file__).parent / "queries.txt").read_text("utf-8").splitlines():
        if line.startswith("@ "):
            found.append(Case(line[2:].strip(), {}, []))
        elif " => " in line + " " and not line.startswith("# "):
            query, _, numbers = (line + " ").partition(" => ")
            found[-1].queries.append((query, {int(number) for number in numbers.split()}))
        elif line and not line.startswith("# "):
            head, _, text = line.partition(" | ")
            number, _, title = head.partition(" ")
            found[-1].articles[int(number)] = (title, text)
    return found


def ours(case: Case) -> Ask:
    """kbapp's index in memory."""
    analyzer = TermAnalyzer()
    seen: dict[str, set[str | bytes]] = {}
    documents = []
    for number, (title, text) in case.articles.items():
        language = language_of(case.language, text)
        document = {"key": f"article/{number}", "kind": "article", "kind_number": 0, "ref": number, "title": title, "body": text,
                    "stemming": language or None}  # fmt: skip
        if language:
            for name in STEMMED_FIELDS & document.keys():
                analyzer.positions(str(document[name]), seen.setdefault(language, set()))
        documents.append(document)
    segment = MemorySegment(documents, schema(), analyzer, stem_groups(analyzer, seen))
    ranker = Ranker([segment], schema())

    def ask(query: str) -> list[int]:
        parsed = parse(query)
        page = ranker.rank(parsed.query, 100)
        if not page.total and (wider := with_parts_of_words(parsed, ranker)) is not None:
            page = ranker.rank(wider.query, 100)
        return [int(segment.column("ref")[document]) for document in page.ids]

    return ask


def fts5(tokenizer: str) -> Callable[[Case], Ask]:
    """SQLite's full text search, asked for all words of a query, each as it stands."""

    def made(case: Case) -> Ask:
        db = sqlite3.connect(":memory:")
        db.execute(f"CREATE VIRTUAL TABLE f USING fts5(title, body, tokenize='{tokenizer}')")
        db.executemany(
            "INSERT INTO f(rowid, title, body) VALUES (?, ?, ?)", ((n, *each) for n, each in case.articles.items())
        )

        def ask(query: str) -> list[int]:
            parts = [query.strip('"')] if query.startswith('"') else query.split()
            words = " ".join('"' + part.replace('"', '""') + '"' for part in parts)
            return [row[0] for row in db.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank", (words,))]

        return ask

    return made


ENGINES: dict[str, Callable[[Case], Ask]] = {
    "ours": ours,
    "FTS5 unicode61": fts5("unicode61 remove_diacritics 2"),
    "FTS5 porter": fts5("porter unicode61 remove_diacritics 2"),
    "FTS5 trigram": fts5("trigram"),
}


@dataclass
class Score:
    """Recall and precision over queries, and the share of queries that are answered exactly."""

    found: int = 0
    wanted: int = 0
    given: int = 0
    exact: int = 0
    queries: int = 0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.given)


def score(engine: Callable[[Case], Ask], of: Iterable[Case], wrong: list[str] | None = None) -> Score:
    """How an engine does; ``wrong`` gathers the queries that it does not answer exactly."""
    result = Score()
    for case in of:
        ask = engine(case)
        for query, must in case.queries:
            got = set(ask(query))
            result.found += len(got & must)
            result.wanted += len(must)
            result.given += len(got)
            result.queries += 1
            result.exact += got == must
            if got != must and wrong is not None:
                wrong.append(f"{case.language}: {query} found {sorted(got)}, not {sorted(must)}")
    return result
