"""Blocks from any document to an article: the head and foot are read as in plain text, the body keeps its blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kbapp.domain import Article, Author, Block
from kbapp.reading.documents.metadata import DocumentMetadata
from kbapp.reading.fields import bylines, dates, language
from kbapp.reading.plaintext.head import bare_names
from kbapp.text.filenames import title_of_name

_HEAD = 8  # blocks in which headline, dek, byline and date are looked for
_PROPERTIES = "document properties"


@dataclass(slots=True)
class _Head:
    """What stands before the running text."""

    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)

    def take(self, block: Block, rest: list[Block], metadata: DocumentMetadata) -> bool:
        """Files a block under the field that it is; False when the running text begins with it."""
        text = " ".join(block.text.split())
        if len(text) < 220 and (names := bylines.byline_of(text)):
            self._sign(names)
            self._date(dates.parse_date(text), "byline")
        elif dates.is_date_only(text):
            self._date(dates.parse_date(text), "date line")
        elif self.title is None and _is_title(block, text, metadata):
            self.title, self.provenance["title"] = text, "heading"
        elif self.title is None:
            return False
        elif not self.authors and (names := bare_names(text, _words(rest[1:6]))):
            self._sign(names)
        elif self.subtitle is None and not self.authors and len(text) < 300 and _is_dek(block, rest):
            self.subtitle, self.provenance["subtitle"] = text, "heading" if block.kind == "heading" else "text"
        else:
            return False
        return True

    def _sign(self, names: list[str]) -> None:
        self.authors += names
        self.provenance["authors"] = "byline"

    def _date(self, iso: str | None, place: str) -> None:
        if iso and not self.published:
            self.published, self.provenance["published"] = iso, place


def article_from_blocks(blocks: list[Block], form: str, name: str, metadata: DocumentMetadata | None = None) -> Article:
    """An article of a document's blocks; what the document says of itself counts where its text says nothing.

    Args:
        blocks: All of the document's text, in order.
        form: The article's format.
        name: The file's name, a title of last resort.
        metadata: The document's properties. Their date is that of the file rather than of the article, so it is marked unsure.
    """
    metadata = metadata or DocumentMetadata()
    rest = [block for block in blocks if block.text.strip()]
    head = _Head()
    for _ in range(_HEAD):
        if len(rest) < 2 or not head.take(rest[0], rest, metadata):
            break
        rest.pop(0)
    unsure: list[str] = []
    if not head.authors and metadata.authors:
        head.authors, head.provenance["authors"] = list(metadata.authors), _PROPERTIES
    if not head.published and metadata.published:
        head.published, head.provenance["published"] = metadata.published, _PROPERTIES
        unsure.append("published")
    if not head.title:
        head.title, head.provenance["title"] = _title_elsewhere(metadata, name, rest)
        unsure += [] if metadata.title else ["title"]
    rest, authors = _take_bios(rest, head.authors)
    return Article(
        title=" ".join(head.title.split()),
        subtitle=head.subtitle,
        authors=authors,
        published=head.published,
        language=language.detect(" ".join(block.text for block in rest)),
        format=form,
        blocks=tuple(rest),
        provenance=head.provenance,
        unsure=tuple(unsure),
    )


def _title_elsewhere(metadata: DocumentMetadata, name: str, rest: list[Block]) -> tuple[str, str]:
    if metadata.title:
        return metadata.title, _PROPERTIES
    if title := title_of_name(name):
        return title, "file name"
    return (rest[0].text[:80] if rest else name or "Untitled"), "text"


def _is_title(block: Block, text: str, metadata: DocumentMetadata) -> bool:
    if len(text) > 220:
        return False
    return block.kind == "heading" or _same(text, metadata.title) or not re.search(r"[.!?]$", text)


def _words(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks)


def _is_dek(block: Block, rest: list[Block]) -> bool:
    after = " ".join(rest[1].text.split())
    marked = bool(bylines.byline_of(after)) or dates.is_date_only(after) or bool(bare_names(after, _words(rest[2:7])))
    return marked or (block.kind == "heading" and (block.level or 2) >= 2 and len(block.text) > 30)


def _take_bios(blocks: list[Block], names: list[str]) -> tuple[list[Block], tuple[Author, ...]]:
    authors = [Author(name) for name in dict.fromkeys(names)]
    end = len(blocks)
    while end > 1 and len(blocks[end - 1].text) < 1500:
        owner = next((i for i, author in enumerate(authors) if bylines.is_bio(blocks[end - 1].text, author.name)), None)
        if owner is None:
            break
        authors[owner] = replace(authors[owner], bio=blocks[end - 1].text)
        end -= 1
    return blocks[:end], tuple(authors)


def _same(one: str, other: str | None) -> bool:
    return other is not None and re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
