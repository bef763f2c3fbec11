"""Scale: what things cost as the library grows; costs should stay level or grow less than the library."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kbapp.library import Library, maintenance
from kbapp.library.articles import listing as article_list
from kbapp.library.people import profiles
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from tests.bench.data import enlarged, newswire
from tests.bench.figure import Figure, Run, median_ms, percentile
from tests.bench.libraries import fill

QUERIES = ["market", "oil prices", '"interest rates"', "com*", "bank OR trade", "author:smith", "japan -oil", "dollar"]


def figures(run: Run) -> Iterator[Figure]:
    sizes = [1_000, 3_000] if run.quick else [10_000, 30_000, 100_000, 300_000]
    source = newswire(run.data)
    items = enlarged(source, sizes[-1])
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name))
        index = SearchIndex(library)
        search = Search(index)
        stored = 0
        for size in sizes:
            begun = time.perf_counter()
            fill(library, itertools.islice(items, size - stored))
            yield Figure(
                f"{size:,}: storing with people and links",
                round((size - stored) / (time.perf_counter() - begun)),
                "articles/s",
            )
            stored = size
            begun = time.perf_counter()
            index.follow()
            yield Figure(f"{size:,}: index follows", round(time.perf_counter() - begun, 1), "s")
            times = [median_ms(lambda text=text: search.search(text), 3) for text in QUERIES]
            yield Figure(f"{size:,}: search with snippets, p95", round(percentile(times, 0.95), 1), "ms")
            yield Figure(
                f"{size:,}: ids of the whole list", round(median_ms(lambda: article_list.ids(library)), 1), "ms"
            )
            yield Figure(
                f"{size:,}: counts of the sidebar", round(median_ms(lambda: maintenance.totals(library)), 2), "ms"
            )
            busiest = library.db.execute("SELECT id FROM people ORDER BY mentions DESC LIMIT 1").fetchone()[0]
            yield Figure(
                f"{size:,}: profile of the person with most mentions",
                round(median_ms(lambda busiest=busiest: profiles.profile(library, busiest)), 1),
                "ms",
            )
            fill(library, itertools.islice(enlarged(source, 51, seed=size), 50, None))
            begun = time.perf_counter()
            index.follow()
            search.search("market")
            yield Figure(
                f"{size:,}: one added article searchable",
                round((time.perf_counter() - begun) * 1000, 1),
                "ms",
                "<= 1000",
            )
        library.close()
