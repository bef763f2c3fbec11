"""References to pages, as the palette and the completion of notes offer them."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.rendering.addresses import Address


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page by its title: what kind of thing it is in words, and where it is."""

    title: str
    kind: str
    address: Address


@dataclass(frozen=True, slots=True)
class PageRefs:
    """Pages that fit what was typed; ``request`` is what the asker called it."""

    request: str
    text: str
    refs: tuple[PageRef, ...]
