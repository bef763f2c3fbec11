"""The rows that lists show: plain values, made in a task and painted by the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kbapp.i18n import joined, plain_date, translated

if TYPE_CHECKING:
    from kbapp.domain import Hit
    from kbapp.library.articles.listing import Card, Record
    from kbapp.library.notes.listing import NoteCard
    from kbapp.library.people.listing import PersonCard


@dataclass(frozen=True, slots=True)
class Row:
    """What a card shows; ``kind`` and ``id`` are where it leads."""

    kind: str
    id: int
    title: str
    about: str = ""
    unread: bool = False
    starred: bool = False
    notes: int = 0
    snippet: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    colour: str = ""
    source: str = ""
    date: str = ""
    dek: str = ""
    authors: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Ids under a heading; "" for a list without headings."""

    heading: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be shown.

    Attributes:
        kind: What the ids are: "article", "note", "person" or "author"; "" for rows of several kinds, which are all there.
        groups: The ids in order; one group without a heading where the list has none.
        rows: The first rows, loaded with the ids, so that they are painted at once. The rest is loaded as it is seen.
        title: What stands above the list.
        about: How many there are.
        place: The place of the sidebar that is shown, and its value.
        total: How many there are without a filter; 0 where nothing is filtered.
    """

    kind: str
    groups: tuple[Group, ...]
    rows: tuple[Row, ...] = ()
    title: str = ""
    about: str = ""
    place: tuple[str, str] = ("", "")
    total: int = 0

    @property
    def count(self) -> int:
        return sum(len(group.ids) for group in self.groups)

    def first(self, most: int) -> list[int]:
        """The ids that stand first."""
        found: list[int] = []
        for group in self.groups:
            found += group.ids[: most - len(found)]
            if len(found) >= most:
                break
        return found


@dataclass(frozen=True, slots=True)
class HitList:
    """What a search found: rows, and what stands above them.

    Attributes:
        rows: The first of them.
        title: How many there are, in words.
        about: What else stands beside the title.
        hint: A sentence on the query: what was not understood, what was searched for instead.
        suggestion: A query that may have been meant; "" for none.
        corrected: The query that the rows are for, where it is not what was typed.
    """

    rows: tuple[Row, ...]
    title: str
    about: str = ""
    hint: str = ""
    suggestion: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a table shows of an article, as it is read."""

    id: int
    title: str
    authors: str
    source: str
    date: str
    added: str
    words: str
    tags: str
    unread: bool


def row_of_record(record: Record) -> TableRow:
    card = record.card
    return TableRow(
        card.id, card.title, ", ".join(card.authors), card.source or "", plain_date(card.published),
        plain_date(record.added[:10]), f"{record.words:,}", ", ".join(record.tags), not card.is_read,
    )  # fmt: skip


def row_of_card(card: Card) -> Row:
    authors, date = ", ".join(card.authors[:3]), plain_date(card.published)
    return Row(
        "article", card.id, card.title, joined((authors, card.source, date)), not card.is_read, card.starred, card.notes,
        source=card.source or translated("Source not known"), date=date, dek=card.subtitle or "", authors=authors,
    )  # fmt: skip


def row_of_hit(hit: Hit) -> Row:
    names = {"article": "", "person": translated("Person"), "note": translated("Note")}
    about = joined((names[hit.kind], ", ".join(hit.authors[:2]), plain_date(hit.published)))
    return Row(
        hit.kind, hit.id, hit.title, about, snippet=hit.snippet, matches=hit.matches,
        source=names[hit.kind] or ", ".join(hit.authors[:2]), date=plain_date(hit.published),
    )  # fmt: skip


def row_of_note(card: NoteCard) -> Row:
    parts = (card.subject, plain_date(card.modified), " ".join(f"#{tag}" for tag in card.tags[:4]))
    return Row("note", card.id, card.title, joined(parts), colour=card.colour or "")


def row_of_person(card: PersonCard, kind: str) -> Row:
    date = plain_date(card.last_seen[:7])
    return Row(kind, card.id, card.name, card.role, date=date, count=f"{card.articles:,}")
