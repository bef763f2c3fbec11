"""How much of one file is read. What is beyond it is left out, and the first article of the file says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kbapp.domain import Article
from kbapp.errors import Code, Notice

MAX_ITEMS = 100_000
"""Messages of a mailbox, entries of a feed or export, pages of a web archive."""

Item = TypeVar("Item")


def take(items: Sequence[Item], most: int = MAX_ITEMS) -> tuple[Sequence[Item], Notice | None]:
    """The items that are read, and what to tell when there are more."""
    return items[:most], items_left_out(most, len(items))


def items_left_out(read: int, total: int) -> Notice | None:
    """What to tell when only so many of a file's items were read."""
    return Notice(Code.ITEMS_LEFT_OUT, {"read": f"{read:,}", "total": f"{total:,}"}) if total > read else None


def with_warning(articles: list[Article], notice: Notice | None) -> list[Article]:
    """The articles of one file, the first of them with this warning."""
    if notice is None or not articles:
        return articles
    return [replace(articles[0], warnings=(*articles[0].warnings, notice)), *articles[1:]]


MAX_BYTES = 200 * 1024 * 1024  # of one file
