"""What a result can be narrowed by: authors, people, sources, years and tags, each with how many of the hits have it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from kbapp.library.database import Library
from kbapp.search.index.schema import KINDS
from kbapp.search.ranking.bm25 import Ranker

MOST_HITS = 20_000  # of larger results the newest so many are counted
_VALUES = 30


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow: what it is called, the field to write before a value, and the values with their counts."""

    name: str
    field: str
    values: tuple[tuple[str, int], ...]


def facets(library: Library, ranker: Ranker, query: Any) -> list[Facet]:
    """The facets of a query's articles, the commonest values first; facets without a choice are left out."""
    refs = json.dumps(_articles(ranker, query))
    hits = "SELECT value FROM json_each(?)"
    counted = [
        (
            "Author",
            "author",
            f"SELECT p.name, count(*) AS n FROM authorships s JOIN people p ON p.id = s.person WHERE s.article IN ({hits}) GROUP BY p.id",
        ),
        (
            "Person",
            "person",
            f"SELECT p.name, count(*) AS n FROM article_people m JOIN people p ON p.id = m.person WHERE m.article IN ({hits}) GROUP BY p.id",
        ),
        (
            "Source",
            "source",
            f"SELECT source, count(*) AS n FROM articles WHERE id IN ({hits}) AND source IS NOT NULL GROUP BY source",
        ),
        (
            "Year",
            "date",
            f"SELECT substr(published_key, 1, 4) AS year, count(*) AS n FROM articles WHERE id IN ({hits}) AND published_key <> '' GROUP BY year",
        ),
        ("Tag", "tag", f"SELECT tag, count(*) AS n FROM article_tags WHERE article IN ({hits}) GROUP BY tag"),
    ]
    found = []
    for name, field, sql in counted:
        rows = library.db.execute(f"{sql} ORDER BY n DESC, 1 LIMIT {_VALUES}", (refs,)).fetchall()
        if rows:
            found.append(Facet(name, field, tuple((row[0], row[1]) for row in rows)))
    return found


def _articles(ranker: Ranker, query: Any) -> list[int]:
    """The ids of the articles that match, the newest MOST_HITS of them."""
    refs, dates = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, segment in enumerate(ranker.segments):
        ids = ranker.matching(query, number)
        ids = ids[segment.column("kind_number")[ids] == KINDS.index("article")]
        refs.append(segment.column("ref")[ids])
        dates.append(segment.column("published")[ids])
    all_refs, all_dates = np.concatenate(refs), np.concatenate(dates)
    if len(all_refs) > MOST_HITS:
        all_refs = all_refs[np.argsort(-all_dates, kind="stable")[:MOST_HITS]]
    found: list[int] = all_refs.tolist()
    return found
