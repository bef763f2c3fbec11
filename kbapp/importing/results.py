"""What became of a file."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.errors import Notice, UserError


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one article of one file; ``article`` is its id in the library, ``error`` why it could not be read."""

    path: str
    status: str  # "imported", "duplicate", "updated" or "failed"
    article: int | None = None
    error: UserError | None = None
    title: str | None = None
    warnings: tuple[Notice, ...] = ()
