"""Libraries of newswire for measuring, filled as an import fills them but without the detour over files."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from pathlib import Path

from kbapp.domain import Article, Author, Block
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.people import recognise
from tests.bench.data import Item, paragraphs


def article(item: Item) -> Article:
    """An item as an article with its people."""
    blocks = tuple(Block("paragraph", part) for part in paragraphs(item.body).split("\n\n") if part.strip())
    name = item.author.removeprefix("by ").removeprefix("By ").split(",")[0].strip(" .")
    authors = (Author(name),) if " " in name and len(name) < 60 else ()
    return recognise(
        Article(
            item.title, blocks, authors=authors, published=item.published.isoformat(), source="Newswire", language="en"
        )
    )


def fill(library: Library, items: Iterable[Item]) -> None:
    """Stores the items in batches, as the importer does."""
    waiting = iter(items)
    while batch := list(itertools.islice(waiting, 500)):
        with library.transaction() as db:
            for item in batch:
                articles.add(
                    db, article(item), hashlib.sha256(item.id.encode()).hexdigest() + ".txt", 0, f"{item.id}.txt"
                )


def make(folder: Path, items: list[Item]) -> Library:
    library = Library(folder)
    fill(library, items)
    return library
