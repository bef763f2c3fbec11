"""Export: everything as Markdown and read back whole; citations."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kbapp.export.citations import citations
from kbapp.export.library_folder import export_library
from kbapp.export.markdown import article_markdown
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.reading import read
from tests.bench.data import newswire
from tests.bench.figure import Figure, Run
from tests.bench.libraries import make


def figures(run: Run) -> Iterator[Figure]:
    items = newswire(run.data)[: 300 if run.quick else 3000]
    with tempfile.TemporaryDirectory() as name:
        library = make(Path(name) / "library", items)
        begun = time.perf_counter()
        list(export_library(library, Path(name) / "out"))
        yield Figure("exporting as Markdown", round(len(items) / (time.perf_counter() - begun)), "articles/s")
        same = 0
        stored = [articles.get(library, number).article for number in article_list.ids(library)]
        for article in stored:
            again = read(article_markdown(article).encode(), "a.md")[0]
            same += (again.title, again.published, again.authors, again.text) == (
                article.title,
                article.published,
                article.authors,
                article.text,
            )
        yield Figure(
            "articles that come back with the same fields and text", round(same / len(stored), 4), "share", ">= 0.99"
        )
        begun = time.perf_counter()
        citations(enumerate(stored), "csl-json")
        yield Figure("citations", round(len(stored) / (time.perf_counter() - begun)), "articles/s")
        library.close()
