"""Documents that Word, Outlook or LibreOffice saved as a web page: all of the page is the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import DocumentMetadata, split_authors, usable_title
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.fields.dates import parse_date
from kbapp.reading.images import with_pictures
from kbapp.reading.webpage.fragments import blocks_and_pictures
from kbapp.reading.webpage.parsing import parse

_PROPERTY = re.compile(r"<o:(Title|Author|Created)>([^<]{1,300})</o:\1>")
_HEAD = 60_000
_TAGS = {"title": "h1", "subtitle": "h2", "quote": "blockquote", "intensequote": "blockquote", "caption": "figcaption"}
_MARGINS = ("header", "footer", "toc", "footnotereference")
_BULLET = re.compile(r"^\s*(?:[·•o§\-–*]|\d{1,3}[.)]|[a-z][.)])[\s\u00a0]+")


def read_word_html(data: bytes, name: str, companions: Mapping[str, bytes] | None = None) -> list[Article]:
    """The document in the page. Raises UnreadableFile when there is no text."""
    page = decode(data, declared_encoding(data))
    root = parse(page)
    for paragraph in list(root.iter("p", "div")):
        _retag(paragraph)
    blocks, placed = blocks_and_pictures(root)
    if not blocks:
        raise UnreadableFile(Code.PAGE_WITHOUT_ARTICLE)
    article = article_from_blocks(blocks, "html", name, _metadata(root, page[:_HEAD]))
    return [with_pictures(article, blocks, placed, companions or {})]


def _retag(paragraph: Any) -> None:
    """Gives a paragraph the tag that its style stands for, and takes out what is in a margin or a bullet."""
    style = next((word[3:].lower() for word in (paragraph.get("class") or "").split() if word.startswith("Mso")), "")
    parent = paragraph.getparent()
    if style.startswith(_MARGINS) and parent is not None:
        parent.remove(paragraph) if not (paragraph.tail or "").strip() else paragraph.clear(keep_tail=True)
    elif style in _TAGS:
        paragraph.tag = _TAGS[style]
    elif paragraph.tag == "p" and (style.startswith("listparagraph") or "mso-list" in (paragraph.get("style") or "")):
        paragraph.tag = "li"
        for span in paragraph.iter("span"):
            if "mso-list" in (span.get("style") or "").lower():
                span.clear(keep_tail=True)
        if paragraph.text:
            paragraph.text = _BULLET.sub("", paragraph.text)


def _metadata(root: Any, head: str) -> DocumentMetadata:
    """What the page's head and the properties that Word hides in a comment say."""
    said = {key.lower(): value for key, value in _PROPERTY.findall(head)}
    for meta in root.iter("meta"):
        said.setdefault((meta.get("name") or "").lower(), meta.get("content") or "")
    title = next((" ".join("".join(each.itertext()).split()) for each in root.iter("title")), None)
    created = parse_date(said.get("created") or "")
    return DocumentMetadata(
        usable_title(said.get("title") or title),
        split_authors(said.get("author") or ""),
        created[:10] if created else None,
    )
