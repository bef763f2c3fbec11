"""Bytes to articles: one reader a format, chosen by content. Pure: no library, no network, no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbapp.reading.reader import read

__all__ = ["read"]


def __getattr__(name: str) -> object:
    """Loads ``read`` when it is first used: others want dates or bylines, and need not wait for all formats to be told."""
    if name == "read":
        from kbapp.reading.reader import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
