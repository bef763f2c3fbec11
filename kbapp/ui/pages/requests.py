"""What is asked for and answered about pages: plain values that say which tab they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.domain import Note, Subject
from kbapp.errors import UserError
from kbapp.rendering.addresses import Address, Page


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page wanted in a tab, scrolled down by ``scroll`` pixels unless its address names a place."""

    tab: int
    address: Address
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class SubjectNotes:
    """The notes about what a page is about, each with its revision."""

    subject: Subject
    notes: tuple[tuple[Note, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page for the tab that asked for it, with the notes beside it."""

    request: PageRequest
    page: Page
    beside: SubjectNotes


@dataclass(frozen=True, slots=True)
class MissingPage:
    """Why a tab cannot have the page that it asked for."""

    request: PageRequest
    error: UserError


@dataclass(frozen=True, slots=True)
class PageSpot:
    """Where on a page the user is.

    Attributes:
        link: The page that the link under the mouse leads to.
        here: The page that is shown.
        words: The selected words, as the article's text has them; "" for none.
        occurrence: Which occurrence of them on the page it is, from 0.
    """

    link: Address | None
    here: Address | None
    words: str = ""
    occurrence: int = 0

    def target(self, *kinds: str) -> Address | None:
        """The thing of one of these kinds that is meant: under the mouse, else the page itself."""
        return next((each for each in (self.link, self.here) if each is not None and each.kind in kinds), None)
