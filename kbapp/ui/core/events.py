"""What changed in the library, told to every window.

Whoever writes emits one ``ChangeSet`` through ``AppContext.events``; each window refreshes only what shows those things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Kind(StrEnum):
    """Kinds of things that change."""

    ARTICLE = "article"
    PERSON = "person"
    NOTE = "note"
    TAG = "tag"
    SEARCH = "search"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one change touched.

    Attributes:
        articles: Ids of articles.
        people: Ids of people, authors among them.
        notes: Ids of notes.
        kinds: Kinds of which any may have changed, where ids are not known (an import, a merge).
        origin: Name of the part that shows the change already and need not be refreshed; "" for none.
    """

    articles: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    origin: str = ""

    @classmethod
    def of_articles(cls, ids: Iterable[int]) -> ChangeSet:
        """Marks, tags or the trash of these articles."""
        return cls(articles=frozenset(ids), kinds=frozenset([Kind.TAG]))

    @classmethod
    def of_notes(cls, *ids: int, origin: str = "") -> ChangeSet:
        """These notes, and the articles that count them."""
        return cls(notes=frozenset(ids), origin=origin)

    @classmethod
    def of_kinds(cls, *kinds: Kind) -> ChangeSet:
        """Any thing of these kinds."""
        return cls(kinds=frozenset(kinds))

    def touches(self, kind: Kind) -> bool:
        """Whether anything of a kind has changed."""
        ids = {Kind.ARTICLE: self.articles, Kind.PERSON: self.people, Kind.NOTE: self.notes}.get(kind)
        return kind in self.kinds or bool(ids)


EVERYTHING = ChangeSet(kinds=frozenset(Kind))


class LibraryEvents(QObject):
    """The one signal that all windows on a library listen to."""

    changed = Signal(ChangeSet)
