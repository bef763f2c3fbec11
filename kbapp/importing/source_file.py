"""A file on its way from the disk or an archive to its reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from kbapp.errors import UserError


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read.

    Args:
        path: How it is called in reports.
        name: Its own name.
        data: Its bytes; empty when they cannot be had.
        error: Why they cannot be had.
        explicit: Whether the user named it himself; files met in a folder that are no articles are passed over quietly.
        url: Where a fetched page came from, whatever address it gives itself.
        companions: What lies beside it, by name: pictures saved with a page, texts attached to references.
    """

    path: str
    name: str
    data: bytes = b""
    error: UserError | None = None
    explicit: bool = True
    url: str | None = None
    companions: dict[str, bytes] = field(default_factory=dict)
