"""The nouns of kbapp: frozen values without behaviour that needs a disk, a network or a screen.

Offsets are always Unicode code points into the field that a mention names, half open (``text[start:end]``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kbapp.errors import Notice

BlockKind = Literal["paragraph", "heading", "list_item", "quote", "code", "caption", "table"]
SpanKind = Literal["link", "emphasis", "strong", "code"]
FieldName = Literal["title", "subtitle", "text"]
SubjectKind = Literal["article", "person", "author", "library"]

BLOCK_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Span:
    """How a part of a block is set, from ``start`` to ``end`` in the block's text; ``target`` is where a link leads."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body; ``level`` is that of a heading (1 to 6), else None."""

    kind: BlockKind
    text: str
    level: int | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came in the file; it stands before the block of this number."""

    data: bytes
    media: str
    alt_text: str = ""
    block: int = 0


@dataclass(frozen=True, slots=True)
class Author:
    """Who signed an article, as the article says it."""

    name: str
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a person is named; ``surface`` equals ``field[start:end]``.

    ``confidence`` is 0 to 1; ``reason`` says in a few words why the span was taken for this person.
    """

    start: int
    end: int
    surface: str
    field: FieldName
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech: ``text`` is the body's slice from ``start`` to ``end``, with its marks; ``reason`` says why it is the
    speaker's."""

    text: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one article: the fullest name found in it, and every place that means them; ``description_reason`` says
    why the description is theirs, ``title`` is the one that makes a single word a whole name ("pope"), or ""."""

    name: str
    description: str | None = None
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    description_reason: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that was marked in another program; it becomes an anchored note.

    ``text`` are the words as that program kept them, which need not stand in the article to the letter; ``created`` is
    ISO 8601, ``colour`` one of kbapp's own or None.
    """

    text: str
    note: str = ""
    colour: str | None = None
    created: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from one file; nothing in it knows of a library.

    ``published`` is ISO 8601 with as much precision as the source gives ("2010-10" or a full time stamp); ``saved`` is when
    another program stored it. ``provenance`` names for each field where it was found ("og:title", "byline"), ``unsure`` the
    fields that were guessed, ``warnings`` tell what was cut, guessed or left out.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str | None = None
    authors: tuple[Author, ...] = ()
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    format: str = "text"
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    saved: str | None = None
    is_read: bool = False
    starred: bool = False
    highlights: tuple[Highlight, ...] = ()

    @property
    def text(self) -> str:
        """The body alone: the blocks' texts joined by one blank line."""
        return BLOCK_SEPARATOR.join(block.text for block in self.blocks)

    def field(self, name: FieldName) -> str:
        """The text of the field that a mention names."""
        if name == "title":
            return self.title
        return (self.subtitle or "") if name == "subtitle" else self.text


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a note sits in a text: the W3C selectors for quote and position."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a note is about; ``id`` is None only for the library as a whole."""

    kind: SubjectKind
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A private note, its text in Markdown; times are ISO 8601 in UTC."""

    id: int
    text: str
    created: str
    modified: str
    about: Subject
    quote: Anchor | None = None
    colour: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Subject, ...] = ()
    locked: bool = False  # sealed, and not to be read now: its text, quote and tags are empty


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result; ``matches`` are offsets into ``snippet``, which is plain text."""

    kind: Literal["article", "person", "note"]
    id: int
    title: str
    score: float
    snippet: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    authors: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class DescriptionRow:
    """What an article says a person is; ``reason`` is the pattern that it was found by."""

    text: str
    article: int
    published: str | None
    title: str
    language: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class BioRow:
    """What an article says of its author."""

    text: str
    article: int
    published: str | None


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """An article that a person wrote."""

    id: int
    title: str
    published: str | None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """An article that mentions a person, how often, and the first sentences that do."""

    id: int
    title: str
    published: str | None
    mentions: int
    snippets: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Another person, and how many articles both have to do with."""

    id: int
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """Words of a person in an article; ``start`` is their offset in its text, ``reason`` why they are this person's."""

    text: str
    article: int
    title: str
    published: str | None
    start: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class EmphasisRow:
    """Whom an author names more than others do: ``share`` of the author's articles (0 to 1), which is ``times`` as large as
    the share among all articles."""

    id: int
    name: str
    articles: int
    share: float
    times: float


@dataclass(frozen=True, slots=True)
class MonthRow:
    """How many articles of a month ("2010-10") mention a person."""

    month: str
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An author and a person are one record seen from two sides; the fields are those of the command line."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    descriptions: tuple[DescriptionRow, ...] = ()
    bios: tuple[BioRow, ...] = ()
    wrote: tuple[WrittenRow, ...] = ()
    mentioned_in: tuple[MentionRow, ...] = ()
    often_with: tuple[PersonRow, ...] = ()
    written_about_by: tuple[PersonRow, ...] = ()
    writes_about: tuple[PersonRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    timeline: tuple[MonthRow, ...] = ()
    notes: tuple[int, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    is_agency: bool = field(default=False)
