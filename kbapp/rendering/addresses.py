"""``kb:`` addresses, the links between pages: kb:article/5, kb:person/5#m12, kb:search/maliki, kb:list/people.

They only navigate. What acts (merge, restore, fetch) is an ``action:`` link, which holds the nonce of the page that it
stands on: only pages made by our templates can carry one, and nothing outside of the window can send one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kbapp.rendering.charts import Chart

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
    "compare",
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
class Action:
    """What a link on one of our own pages does, such as ``merge`` with the ids of two people."""

    name: str
    arguments: tuple[str, ...] = ()

    def numbers(self, count: int) -> tuple[int, ...] | None:
        """The arguments as ids; None unless there are ``count`` of them and all are whole numbers."""
        if len(self.arguments) != count or not all(re.fullmatch(r"[0-9]{1,18}", each) for each in self.arguments):
            return None
        return tuple(map(int, self.arguments))


def action_link(nonce: str, name: str, *arguments: object) -> str:
    """The link that does something on the page with this nonce."""
    return "/".join([f"action:{nonce}", name, *(quote(str(each), safe="") for each in arguments)])


def parse_action(text: str, nonce: str) -> Action | None:
    """What a link does on the page with this nonce; None for any other link."""
    scheme, _, rest = text.partition(":")
    given, *parts = rest.split("/")
    if scheme != "action" or not nonce or given != nonce or not parts:
        return None
    return Action(parts[0], tuple(map(unquote, parts[1:])))


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to show.

    Attributes:
        address: Where it is.
        title: Its title.
        html: Its HTML, of our own making.
        subject: What a note on it would be about.
        months: How many articles a month ("2010-03") mention its person.
        nonce: What its action links carry; "" when it has none.
        is_starred: Whether it is an article with a star.
        charts: The charts that it shows, by the key of their address (``kb:chart/months``).
    """

    address: Address
    title: str
    html: str
    subject: Subject
    months: tuple[tuple[str, int], ...] = ()
    nonce: str = ""
    is_starred: bool = False
    charts: Mapping[str, Chart] = field(default_factory=dict)
