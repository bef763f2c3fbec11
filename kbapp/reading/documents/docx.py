"""Word documents (DOCX)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from kbapp.domain import Article, Block, BlockKind
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import dublin_core
from kbapp.reading.documents.zip_xml import open_archive, optional_xml, read_image, read_xml
from kbapp.reading.images import PlacedImage, with_pictures

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# Deleted text, field codes, and the older of the two forms in which a text box is written.
_NOT_SHOWN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_MC}Fallback", f"{_W}rPr", f"{_W}pPr"})
_HEADING = re.compile(r"(?:heading|berschrift|titre|ttulo|titolo|kop|rubrik|naglowek)\s?(\d)", re.I)
_TITLES = ("title", "titel", "titre0", "ttulo", "titolo")
_SUBTITLES = ("subtitle", "untertitel", "sous-titre", "subttulo", "sottotitolo")


def read_docx(data: bytes, name: str) -> list[Article]:
    """The article in a Word document. Raises UnreadableFile."""
    archive = open_archive(data)
    root = read_xml(archive, "word/document.xml")
    body = root.find(f"{_W}body")
    if body is None:
        raise UnreadableFile(Code.WORD_DAMAGED)
    styles = _style_names(archive)
    blocks: list[Block] = []
    placed: list[PlacedImage] = []
    for element in body:
        alt_text = " ".join(each.get("descr") or "" for each in element.iter(f"{_WP}docPr"))
        placed += [(len(blocks), blip.get(f"{_R}embed") or "", alt_text) for blip in element.iter(f"{_A}blip")]
        blocks += _blocks(element, styles)
    article = article_from_blocks(blocks, "docx", name, dublin_core(optional_xml(archive, "docProps/core.xml")))
    return [with_pictures(article, blocks, placed, _images(archive) if placed else {})]


def _style_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of each paragraph style by its id: ids are in the language of the program, names of built-in styles in English."""
    root = optional_xml(archive, "word/styles.xml")
    names: dict[str, str] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId") or ""] = (name.get(f"{_W}val") or "").lower()
    return names


def _images(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The pictures of a document by the names under which its text shows them."""
    relations = optional_xml(archive, "word/_rels/document.xml.rels")
    if relations is None:
        return {}
    targets = {each.get("Id"): posixpath.normpath(posixpath.join("word", each.get("Target") or "")) for each in relations if each.get("TargetMode") != "External"}  # fmt: skip
    return {name: data for name, target in targets.items() if name and (data := read_image(archive, target))}


def _blocks(element: Any, styles: dict[str, str]) -> Iterator[Block]:
    """The blocks of a paragraph, table or content control; text boxes come after the paragraph that they hang on."""
    if element.tag == f"{_W}tbl":
        rows = [
            "\t".join(" ".join(_text(p) for p in cell.iter(f"{_W}p")).strip() for cell in row.iter(f"{_W}tc"))
            for row in element.iter(f"{_W}tr")
        ]
        if any(row.strip() for row in rows):
            yield Block("table", "\n".join(rows))
    elif element.tag == f"{_W}p":
        if text := _text(element):
            yield _paragraph(element, text, styles)
        for box in _boxes(element):
            for child in box:
                yield from _blocks(child, styles)
    elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
        for child in element:
            yield from _blocks(child, styles)


def _paragraph(element: Any, text: str, styles: dict[str, str]) -> Block:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    identifier = (style.get(f"{_W}val") or "") if style is not None else ""
    name = styles.get(identifier) or identifier.lower()
    outline = element.find(f"{_W}pPr/{_W}outlineLvl")
    level = outline.get(f"{_W}val") or "" if outline is not None else ""
    if match := _HEADING.match(name):
        return Block("heading", text, min(6, max(1, int(match[1]))))
    if name in _TITLES:
        return Block("heading", text, 1)
    if name in _SUBTITLES:
        return Block("heading", text, 2)
    if level.isdigit() and int(level) < 6:
        return Block("heading", text, int(level) + 1)
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith("list")
    kind: BlockKind = "quote" if "quote" in name else "list_item" if listed else "caption" if name == "caption" else "paragraph"  # fmt: skip
    return Block(kind, text)


def _text(paragraph: Any) -> str:
    """The paragraph's own words, without those of text boxes that hang on it."""
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(paragraph: Any) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        tag = node.tag
        if tag == f"{_W}t":
            yield (node.text or "") + "".join(child.tail or "" for child in node)
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag not in _NOT_SHOWN and tag != f"{_W}txbxContent":
            waiting += reversed(node)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes of a paragraph, each once, outermost only."""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}txbxContent":
            yield node
        elif node.tag not in _NOT_SHOWN:
            waiting += reversed(node)
