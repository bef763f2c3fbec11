"""What a result can be narrowed by: authors, people, sources, years and tags, each with how many of the hits have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kbapp.library import search_records
from kbapp.library.database import Library
from kbapp.search.index.schema import KINDS
from kbapp.search.ranking.bm25 import Ranker

MOST_HITS = 20_000
"""Of larger results the newest so many are counted."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow: what it is called, the field to write before a value, and the values with their counts."""

    name: str
    field: str
    values: tuple[tuple[str, int], ...]


def facets(library: Library, ranker: Ranker, query: Any) -> list[Facet]:
    """The facets of a query's articles, the commonest values first; facets without a choice are left out."""
    counted = search_records.facet_counts(library, _articles(ranker, query))
    return [Facet(name, field, tuple(values)) for name, field, values in counted if values]


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
