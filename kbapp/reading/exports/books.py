"""Books of which only highlights were exported: each is an article whose text are the passages that were marked."""

from __future__ import annotations

from dataclasses import dataclass, field

from kbapp.domain import Article, Block, Highlight
from kbapp.errors import Notice
from kbapp.reading import entries


@dataclass(slots=True)
class Book:
    """What an export holds of one book."""

    title: str
    authors: tuple[str, ...]
    marks: list[Highlight] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    url: str | None = None
    warnings: tuple[Notice, ...] = ()


class Shelf:
    """The books of an export, each met several times, in the order in which they came."""

    def __init__(self) -> None:
        self._books: dict[tuple[str, tuple[str, ...]], Book] = {}

    def book(self, title: str, authors: tuple[str, ...]) -> Book:
        title = " ".join(title.split())
        return self._books.setdefault((title.casefold(), authors), Book(title, authors))

    def articles(self, form: str) -> list[Article]:
        """An article for each book that has a passage or a note."""
        return [_article(book, form) for book in self._books.values() if book.marks]


def _article(book: Book, form: str) -> Article:
    passages = dict.fromkeys(" ".join(mark.text.split()) for mark in book.marks if mark.text.strip())
    blocks = [Block("quote", passage) for passage in passages] or [Block("paragraph", book.title)]
    times = sorted(mark.created for mark in book.marks if mark.created)
    return entries.document(
        title=book.title, blocks=blocks, form=form, url=book.url, authors=book.authors, saved=times[0] if times else None, tags=book.tags,
        highlights=book.marks, warnings=book.warnings,
    )  # fmt: skip
