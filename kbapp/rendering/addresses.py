"""``kb:`` addresses, the links between pages: kb:article/5, kb:person/5#m12, kb:search/maliki, kb:list/people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from kbapp.domain import Subject

KINDS = (
    "article",
    "person",
    "author",
    "note",
    "notediff",
    "board",
    "image",
    "search",
    "list",
    "original",
    "compare",
    "more",
    "about",
    "licence",
    "versions",
    "picture",
)
_ADDRESS = re.compile(r"kb:(?://)?(?P<kind>[a-z]+)/(?P<ref>[^#]*)(?:#(?P<place>.*))?\Z", re.S)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads: a kind of page, what it is about, and the place on it."""

    kind: str
    ref: str
    place: str = ""

    @property
    def number(self) -> int:
        """The id; 0 when the reference is no number."""
        return int(self.ref) if self.ref.isdigit() and len(self.ref) < 19 else 0

    @property
    def page(self) -> Address:
        """The same without the place."""
        return Address(self.kind, self.ref)

    def __str__(self) -> str:
        return f"kb:{self.kind}/{quote(self.ref, safe='')}" + (f"#{self.place}" if self.place else "")


def parse(text: str) -> Address | None:
    """The address that a link's text is, or None when it is none of ours."""
    match = _ADDRESS.match(text.strip())
    if not match or match["kind"] not in KINDS:
        return None
    return Address(match["kind"], unquote(match["ref"]), match["place"] or "")


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to show; ``subject`` is what a note on it would be about, ``months`` how many articles a
    month ("2010-03") mention its person."""

    address: Address
    title: str
    html: str
    subject: Subject
    months: tuple[tuple[str, int], ...] = ()
