"""Blocks from any document to an article: the head and foot are read as in plain text, the body keeps its blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from kbapp.domain import Article, Author, Block
from kbapp.reading.fields import bylines, dates, language

_HEAD = 8


def article_from_blocks(
    blocks: list[Block], form: str, name: str, *, title: str | None = None, authors: tuple[str, ...] = (), published: str | None = None,
    source: str | None = None, url: str | None = None,
) -> Article:  # fmt: skip
    """An article of a document's blocks; what the document says of itself counts where its text says nothing."""
    rest = [block for block in blocks if block.text.strip()]
    shown_title, subtitle, signed, dated, rest = _take_head(rest, title)
    names = signed or list(authors)
    rest, found = _take_bios(rest, names)
    heading = (
        shown_title
        or title
        or re.sub(r"\.\w{1,5}$", "", name.rsplit("/", 1)[-1])
        or (rest[0].text[:80] if rest else "Untitled")
    )
    return Article(
        title=" ".join(heading.split()), subtitle=subtitle, authors=found, published=dated or published, source=source, url=url,
        language=language.detect(" ".join(block.text for block in rest)), format=form, blocks=tuple(rest),
    )  # fmt: skip


def _take_head(
    blocks: list[Block], title: str | None
) -> tuple[str | None, str | None, list[str], str | None, list[Block]]:
    """(title, subtitle, authors, date, the rest): what stands before the first paragraph of running text."""
    shown: str | None = None
    subtitle: str | None = None
    signed: list[str] = []
    dated: str | None = None
    rest = list(blocks)
    for _ in range(_HEAD):
        if len(rest) < 2:
            break
        block = rest[0]
        text = " ".join(block.text.split())
        names = bylines.byline_of(text)
        if names and len(text) < 220:
            signed += names
            dated = dated or dates.parse_date(text)
        elif dates.is_date_only(text):
            dated = dated or dates.parse_date(text)
        elif (
            shown is None
            and len(text) <= 220
            and (block.kind == "heading" or _same(text, title) or not re.search(r"[.!?]$", text))
        ):
            shown = text
        elif shown is not None and subtitle is None and not signed and len(text) < 300 and _is_dek(block, rest[1]):
            subtitle = text
        elif shown is not None and not signed and bylines.is_name(text):
            signed = [bylines.tidy_name(text)]
        else:
            break
        rest.pop(0)
    return shown, subtitle, signed, dated, rest


def _is_dek(block: Block, following: Block) -> bool:
    after = " ".join(following.text.split())
    marked = bool(bylines.byline_of(after)) or dates.is_date_only(after)
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
