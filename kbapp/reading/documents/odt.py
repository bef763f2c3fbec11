"""OpenDocument texts (ODT), as LibreOffice writes them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from kbapp.domain import Article, Block
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import dublin_core
from kbapp.reading.documents.zip_xml import open_archive, optional_xml, read_image, read_xml
from kbapp.reading.images import PlacedImage, with_pictures

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NOT_SHOWN = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_TEXT}sequence-decls"}
)
_OWN_PARAGRAPHS = frozenset({f"{_DRAW}text-box", f"{_TEXT}note-body"})


def read_odt(data: bytes, name: str) -> list[Article]:
    """The article in an OpenDocument text. Raises UnreadableFile."""
    archive = open_archive(data)
    root = read_xml(archive, "content.xml")
    walker = _Walker(_parent_styles(root))
    body = root.find(f"{_OFFICE}body")
    walker.walk(root if body is None else body)
    article = article_from_blocks(walker.blocks, "odt", name, dublin_core(optional_xml(archive, "meta.xml")))
    images = {source: read_image(archive, posixpath.normpath(source)) for _, source, _ in walker.placed}
    return [with_pictures(article, walker.blocks, walker.placed, images)]


def _parent_styles(root: Any) -> dict[str, str]:
    """The named style behind each automatic one ("P3" -> "Title")."""
    return {
        style.get(f"{_STYLE}name") or "": style.get(f"{_STYLE}parent-style-name") or ""
        for style in root.iter(f"{_STYLE}style")
    }


class _Walker:
    """Goes through a document once, without recursion: texts may be nested as deeply as a hostile file likes."""

    def __init__(self, parents: dict[str, str]) -> None:
        self.blocks: list[Block] = []
        self.placed: list[PlacedImage] = []
        self._parents = parents

    def walk(self, root: Any) -> None:
        waiting = [(child, False) for child in reversed(root)]
        while waiting:
            element, in_list = waiting.pop()
            tag = element.tag
            if tag in _NOT_SHOWN or not isinstance(tag, str):
                continue
            if tag == f"{_TABLE}table":
                self._table(element)
                continue
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(element, in_list)
                waiting += [(box, False) for box in reversed(list(_inner(element)))]
                continue
            waiting += [(child, in_list or tag == f"{_TEXT}list-item") for child in reversed(element)]

    def _table(self, table: Any) -> None:
        rows = [
            "\t".join(_words(cell) for cell in row.iter(f"{_TABLE}table-cell"))
            for row in table.iter(f"{_TABLE}table-row")
        ]
        if any(row.strip() for row in rows):
            self.blocks.append(Block("table", "\n".join(rows)))

    def _paragraph(self, element: Any, in_list: bool) -> None:
        for image in element.iter(f"{_DRAW}image"):
            self.placed.append((len(self.blocks), image.get(_HREF) or "", ""))
        text = _words(element)
        if not text:
            return
        own = element.get(f"{_TEXT}style-name") or ""
        style = (self._parents.get(own) or own).lower()
        if element.tag == f"{_TEXT}h" or style in ("title", "subtitle"):
            level = element.get(f"{_TEXT}outline-level") or ("2" if style == "subtitle" else "1")
            self.blocks.append(Block("heading", text, min(6, int(level)) if level.isascii() and level.isdigit() else 2))
        elif style.startswith("quot"):
            self.blocks.append(Block("quote", text))
        else:
            self.blocks.append(Block("list_item" if in_list else "paragraph", text))


def _inner(element: Any) -> Iterator[Any]:
    """The text boxes and footnotes that hang on a paragraph, outermost only."""
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if node.tag in _OWN_PARAGRAPHS:
            yield node
        elif node.tag not in _NOT_SHOWN:
            waiting += reversed(node)


def _words(element: Any) -> str:
    """The element's own words, without those of its boxes and notes."""
    pieces = [element.text or ""]
    waiting = [iter(element)]
    tails = [""]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            pieces.append(tails.pop())
            continue
        tail = node.tail or ""
        if node.tag in _NOT_SHOWN or node.tag in _OWN_PARAGRAPHS or not isinstance(node.tag, str):
            pieces.append(tail)
            continue
        pieces.append(" " if node.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break") else "")
        pieces.append(node.text or "")
        if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            tail = " " + tail
        waiting.append(iter(node))
        tails.append(tail)
    return " ".join("".join(pieces).split())
