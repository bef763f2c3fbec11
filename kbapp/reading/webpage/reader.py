"""Saved web pages to articles: fields from the page's metadata and visible head, the body as blocks.

The body is found by trafilatura (Apache-2.0). Nothing is loaded: pictures, frames and styles stay addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import is_date_only
from kbapp.reading.images import kept_pictures
from kbapp.reading.stubs import is_stub
from kbapp.reading.webpage.dom import folded
from kbapp.reading.webpage.main_content import main_content
from kbapp.reading.webpage.metadata import PageFields, original_address, page_fields
from kbapp.reading.webpage.parsing import parse

MAX_CHARACTERS = 20_000_000
_KEPT = 0.5  # of the page's prose: below, what was left out is told
# Browsers and SingleFile leave the page's address in a comment.
_SAVED_FROM = re.compile(r"<!--.{0,200}?(?:saved from url=\(\d+\)|\burl:\s*)(?P<url>https?://[^\s>\"]{4,2000})", re.S)


def read_html_bytes(data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> list[Article]:
    return [read_html(decode(data, declared_encoding(data)), name, companions)]


def read_html(page: str, name: str = "", companions: Mapping[str, bytes] | None = None) -> Article:
    """Reads the one article of a page.

    Args:
        page: The page's source.
        name: The file's name, a title of last resort.
        companions: The files saved with the page, by their names.

    Raises:
        UnreadableFile: There is no article text on the page, or it is damaged.
    """
    if len(page) > MAX_CHARACTERS:
        raise UnreadableFile(Code.PAGE_TOO_LARGE)
    tree = parse(page)
    fields = page_fields(tree)
    if fields.url is None and (saved := _SAVED_FROM.search(page[:5000])):
        address = original_address(saved["url"]) or saved["url"]
        fields = replace(fields, url=address, source=fields.source or urlsplit(address).hostname)
    body = main_content(tree)
    blocks, subtitle = _without_furniture(body.blocks, fields)
    if not blocks:
        raise UnreadableFile(Code.PAGE_WITHOUT_ARTICLE)
    blocks, authors = _take_bios(blocks, list(fields.authors))
    text = " ".join(block.text for block in blocks)
    spoken, told = language.language_of(text, fields.language)
    return Article(
        title=fields.title or re.sub(r"\.\w{1,6}$", "", name) or text[:80],
        subtitle=subtitle,
        authors=tuple(authors),
        published=fields.published,
        source=fields.source,
        url=fields.url,
        language=spoken,
        format="html",
        blocks=tuple(blocks),
        tags=fields.tags,
        pictures=kept_pictures(body.pictures, body.blocks, blocks, companions or {}),
        provenance=_provenance(fields, subtitle, name) | ({"language": told} if spoken else {}),
        unsure=fields.unsure,
        warnings=_warnings(fields.title or "", text, body.share),
    )


def _provenance(fields: PageFields, subtitle: str | None, name: str) -> dict[str, str]:
    """Where each field that the article has was found."""
    places = {key: place for key, place in fields.provenance.items() if key != "subtitle" or subtitle}
    if not fields.title:
        places["title"] = "file name" if name else "text"
    return places


def _warnings(title: str, text: str, share: float) -> tuple[Notice, ...]:
    """What is to be said of a page: that it is no article, or that much of it was left out."""
    if is_stub(title, text):
        return (Notice(Code.ARTICLE_IS_STUB),)
    if share < _KEPT:
        return (Notice(Code.PAGE_MOSTLY_LEFT_OUT, {"share": round(100 * (1 - share))}),)
    return ()


def _without_furniture(blocks: Sequence[Block], fields: PageFields) -> tuple[list[Block], str | None]:
    """The body without the headline, dek and byline repeated at its head and without what is said twice, and the dek.

    A dek that is all the text there is stays as the body.
    """
    known = {folded(text) for text in (fields.title, fields.subtitle, fields.heading) if text}
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        if index < 4 and folded(block.text) in known:
            continue
        if index < 5 and len(block.text) < 160 and (bylines.byline_of(block.text) or is_date_only(block.text)):
            continue
        if kept and block.text == kept[-1].text:
            continue
        kept.append(block)
    if kept or not fields.subtitle:
        return kept, fields.subtitle
    return [Block("paragraph", fields.subtitle)], None


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
