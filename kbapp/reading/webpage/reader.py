"""Saved web pages to articles: fields from the page's metadata and visible head, the body as blocks.

The body is found by trafilatura (Apache-2.0). Nothing is loaded: pictures, frames and styles stay addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import is_date_only
from kbapp.reading.images import kept_pictures
from kbapp.reading.webpage.main_content import main_blocks
from kbapp.reading.webpage.metadata import PageFields, page_fields
from kbapp.reading.webpage.parsing import parse

MAX_CHARACTERS = 20_000_000
# Browsers and SingleFile leave the page's address in a comment.
_SAVED_FROM = re.compile(r"<!--.{0,200}?(?:saved from url=\(\d+\)|\burl:\s*)(?P<url>https?://[^\s>\"]{4,2000})", re.S)


def read_html_bytes(data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> list[Article]:
    return [read_html(decode(data, declared_encoding(data)), name, companions)]


def read_html(page: str, name: str = "", beside: Mapping[str, bytes] | None = None) -> Article:
    """The one article of a page; ``beside`` are the files saved with it, by their names. Raises UnreadableFile when the page holds no text."""
    if len(page) > MAX_CHARACTERS:
        raise UnreadableFile(Code.PAGE_TOO_LARGE)
    tree = parse(page)
    fields = page_fields(tree)
    if fields.url is None and (saved := _SAVED_FROM.search(page[:5000])):
        fields = replace(fields, url=saved["url"], source=fields.source or urlsplit(saved["url"]).hostname)
    everything, pictures = main_blocks(tree)
    blocks = _without_furniture(everything, fields)
    if not blocks:
        raise UnreadableFile(Code.PAGE_WITHOUT_ARTICLE)
    blocks, authors = _take_bios(blocks, list(fields.authors))
    text = " ".join(block.text for block in blocks)
    return Article(
        title=fields.title or re.sub(r"\.\w{1,6}$", "", name) or text[:80],
        subtitle=fields.subtitle,
        authors=tuple(authors),
        published=fields.published,
        source=fields.source,
        url=fields.url,
        language=fields.language or language.detect(text),
        format="html",
        blocks=tuple(blocks),
        tags=fields.tags,
        pictures=kept_pictures(pictures, everything, blocks, beside or {}),
    )


def _without_furniture(blocks: list[Block], fields: PageFields) -> list[Block]:
    """The body without the headline, dek and byline repeated at its head, and without what is said twice."""
    known = {_folded(text) for text in (fields.title, fields.subtitle) if text}
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if index < 4 and _folded(block.text) in known:
            continue
        if index < 5 and len(block.text) < 160 and (bylines.byline_of(block.text) or is_date_only(block.text)):
            continue
        if kept and block.text == kept[-1].text:
            continue
        kept.append(block)
    return kept


def _take_bios(blocks: list[Block], authors: list[Author]) -> tuple[list[Block], list[Author]]:
    """A closing paragraph that introduces an author is that author's bio, not body."""
    end = len(blocks)
    while end > 1:
        last = blocks[end - 1]
        if last.kind not in ("paragraph", "quote") or len(last.text) > 1500:
            break
        owner = next((i for i, author in enumerate(authors) if bylines.is_bio(last.text, author.name)), None)
        if owner is None:
            if bylines.ABOUT_AUTHOR.match(last.text):
                end -= 1
                continue
            break
        author = authors[owner]
        if not author.bio:
            authors[owner] = Author(author.name, last.text)
        end -= 1
    return blocks[:end], authors


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
