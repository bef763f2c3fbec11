"""E-books (EPUB 2 and 3): an article for each chapter."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from kbapp.domain import Article, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import DocumentMetadata, dublin_core
from kbapp.reading.documents.zip_xml import open_archive, read_image, read_part, read_xml
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.images import with_pictures
from kbapp.reading.limits import take, with_warning
from kbapp.reading.prolog import after_doctype
from kbapp.reading.webpage.fragments import blocks_and_pictures
from kbapp.reading.webpage.parsing import parse

_MAX_CHAPTERS = 5_000
_MAX_IMAGES = 200  # in one chapter
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# Parts of a book that are no chapters: what they hold is said elsewhere.
_FURNITURE = frozenset("cover titlepage toc nav landmarks page-list copyright-page halftitlepage index loi lot".split())
_SHORT = 200  # letters below which a part counts as a chapter only if it has a heading and a sentence


def read_epub(data: bytes, name: str) -> list[Article]:
    """The chapters of an e-book. Raises UnreadableFile when there are none, as in books protected against copying."""
    archive = open_archive(data)
    rootfile = _rootfile(archive)
    package = read_xml(archive, rootfile)
    metadata = dublin_core(package)
    book = metadata.title
    chapters, notice = take(_spine(archive, package, posixpath.dirname(rootfile)), _MAX_CHAPTERS)
    articles: list[Article] = []
    for path in chapters:
        chapter = _chapter(archive, path, replace(metadata, title=None), book or name)
        if chapter is not None:
            articles.append(replace(chapter, source=chapter.source or book, provenance={**chapter.provenance, **({"source": "book title"} if book else {})}))  # fmt: skip
    if not articles:
        raise UnreadableFile(Code.EBOOK_WITHOUT_TEXT)
    return with_warning(articles, notice)


def _rootfile(archive: zipfile.ZipFile) -> str:
    """Where the book's package document is. Raises UnreadableFile."""
    container = read_xml(archive, "META-INF/container.xml")
    for element in container.iter():
        if isinstance(element.tag, str) and element.tag.endswith("rootfile"):
            path = str(element.get("full-path") or "")
            if path in archive.NameToInfo:
                return path
    raise UnreadableFile(Code.EBOOK_DAMAGED)


def _spine(archive: zipfile.ZipFile, package: Any, folder: str) -> list[str]:
    """The paths of the book's parts in reading order, its own table of contents left out."""
    items: dict[str | None, str] = {}
    for element in package.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}item") and "nav" not in (element.get("properties") or "").split():  # fmt: skip
            items[element.get("id")] = element.get("href") or ""
    spine = [e.get("idref") for e in package.iter() if isinstance(e.tag, str) and e.tag.endswith("}itemref")]
    paths = [
        posixpath.normpath(posixpath.join(folder, unquote(items.get(each, "").partition("#")[0]))) for each in spine
    ]
    return [path for path in dict.fromkeys(paths) if path in archive.NameToInfo]


def _chapter(archive: zipfile.ZipFile, path: str, metadata: DocumentMetadata, fallback: str) -> Article | None:
    """One part of the book as an article; None for a cover, a table of contents, an empty leaf."""
    page = read_part(archive, path)
    text = decode(page, declared_encoding(page))
    root = parse(text[after_doctype(text) :])
    kinds = {word for element in root.iter("body", "section") for word in _types(element)}
    blocks, placed = blocks_and_pictures(root)
    if kinds & _FURNITURE or not _is_chapter(blocks):
        return None
    article = article_from_blocks(blocks, "epub", fallback, metadata)
    folder = posixpath.dirname(path)
    images = {source: read_image(archive, posixpath.normpath(posixpath.join(folder, unquote(source)))) for _, source, _ in placed[:_MAX_IMAGES]}  # fmt: skip
    return with_pictures(article, blocks, placed, images)


def _types(element: Any) -> list[str]:
    return str(element.get("epub:type") or element.get(_EPUB_TYPE) or "").split()


def _is_chapter(blocks: list[Block]) -> bool:
    """Whether a part is text: long, or short with a heading over at least one sentence."""
    if sum(len(block.text) for block in blocks) >= _SHORT:
        return True
    headed = any(block.kind == "heading" for block in blocks)
    return headed and any(
        block.kind != "heading" and block.text.rstrip(" ”’\"'»)")[-1:] in ".!?…。！？" for block in blocks
    )
