"""Documents of word processors and e-books: DOCX, ODT, RTF, EPUB. Zip and XML are read within bounds, entities never."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from lxml import etree

from kbapp.domain import Article, Block, BlockKind
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.fields.dates import parse_date
from kbapp.reading.fields.document_head import article_from_blocks
from kbapp.reading.images import PlacedImage, with_pictures

_MOST_PART = 60_000_000
_MOST_RATIO = 400
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_docx(data: bytes, name: str) -> list[Article]:
    """A Word document."""
    archive = _open(data)
    body = _xml(archive, "word/document.xml").find(f"{_W}body")
    if body is None:
        raise UnreadableFile(Code.WORD_DAMAGED)
    blocks: list[Block] = []
    placed: list[PlacedImage] = []
    for element in body:
        placed += [
            (
                len(blocks),
                blip.get(f"{_R}embed") or "",
                " ".join(each.get("descr") or "" for each in element.iter(f"{_WP}docPr")),
            )
            for blip in element.iter(f"{_A}blip")
        ]
        blocks += _docx_blocks(element)
    about = _xml(archive, "docProps/core.xml") if "docProps/core.xml" in archive.namelist() else None
    article = article_from_blocks(blocks, "docx", name, **_about(about))
    return [with_pictures(article, blocks, placed, _docx_pictures(archive) if placed else {})]


def _docx_pictures(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The pictures of a document by the names under which its text shows them."""
    if "word/_rels/document.xml.rels" not in archive.namelist():
        return {}
    relations = _xml(archive, "word/_rels/document.xml.rels")
    targets = {each.get("Id"): posixpath.normpath(posixpath.join("word", each.get("Target") or "")) for each in relations if each.get("TargetMode") != "External"}  # fmt: skip
    return {name: data for name, target in targets.items() if name and (data := _picture(archive, target))}


def _picture(archive: zipfile.ZipFile, name: str) -> bytes:
    """A picture of the archive; nothing when it is none, or damaged: the text does not depend on it."""
    if not name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")) or name not in archive.NameToInfo:
        return b""
    try:
        return _part(archive, name)
    except UnreadableFile:
        return b""


def _docx_blocks(element: Any) -> list[Block]:
    if element.tag == f"{_W}tbl":
        rows = [
            "\t".join(" ".join(_docx_text(p) for p in cell.iter(f"{_W}p")).strip() for cell in row.iter(f"{_W}tc"))
            for row in element.iter(f"{_W}tr")
        ]
        return [Block("table", "\n".join(rows))] if any(row.strip() for row in rows) else []
    if element.tag != f"{_W}p":
        return (
            [block for child in element for block in _docx_blocks(child)]
            if element.tag in (f"{_W}sdt", f"{_W}sdtContent")
            else []
        )
    text = _docx_text(element)
    if not text:
        return []
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    match = re.match(r"(?:heading|berschrift|titre|ttulo)\s?(\d)", name)
    if match or name in ("title", "titel"):
        return [Block("heading", text, int(match[1]) if match else 1)]
    if name in ("subtitle", "untertitel"):
        return [Block("heading", text, 2)]
    kind: BlockKind = (
        "quote" if "quote" in name else "list_item" if element.find(f"{_W}pPr/{_W}numPr") is not None else "paragraph"
    )
    return [Block(kind, text)]


def _docx_text(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        parts.append((node.text or "") + "".join(child.tail or "" for child in node) if node.tag == f"{_W}t" else " ")
    return " ".join("".join(parts).split())


def read_odt(data: bytes, name: str) -> list[Article]:
    """An OpenDocument text."""
    archive = _open(data)
    root = _xml(archive, "content.xml")
    blocks: list[Block] = []
    inside_list = {id(p) for item in root.iter(f"{_TEXT}list-item") for p in item.iter(f"{_TEXT}p")}
    inside_table = {id(p) for cell in root.iter(f"{_TABLE}table-cell") for p in cell.iter(f"{_TEXT}p")}
    placed: list[PlacedImage] = []
    for element in root.iter(f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table", f"{_DRAW}image"):
        if element.tag == f"{_DRAW}image":
            placed.append((len(blocks), element.get("{http://www.w3.org/1999/xlink}href") or "", ""))
            continue
        if element.tag == f"{_TABLE}table":
            rows = [
                "\t".join(" ".join("".join(cell.itertext()).split()) for cell in row.iter(f"{_TABLE}table-cell"))
                for row in element.iter(f"{_TABLE}table-row")
            ]
            blocks.append(Block("table", "\n".join(rows)))
        elif id(element) not in inside_table and (text := " ".join("".join(element.itertext()).split())):
            style = (element.get(f"{_TEXT}style-name") or "").lower()
            if element.tag == f"{_TEXT}h" or style in ("title", "subtitle"):
                level = element.get(f"{_TEXT}outline-level") or ("2" if style == "subtitle" else "1")
                blocks.append(Block("heading", text, int(level) if level.isdigit() else 2))
            else:
                blocks.append(Block("list_item" if id(element) in inside_list else "paragraph", text))
    about = _xml(archive, "meta.xml") if "meta.xml" in archive.namelist() else None
    article = article_from_blocks(blocks, "odt", name, **_about(about))
    beside = {source: _picture(archive, posixpath.normpath(source)) for _, source, _ in placed}
    return [with_pictures(article, blocks, placed, beside)]


def read_rtf(data: bytes, name: str) -> list[Article]:
    """A rich text file, read as its plain text."""
    from striprtf.striprtf import rtf_to_text

    from kbapp.reading.encoding import without_controls
    from kbapp.reading.plaintext.layout import read_text

    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            data.decode("latin-1"), errors="replace"
        )
    except (ValueError, IndexError, KeyError, RecursionError) as error:
        raise UnreadableFile(Code.RTF_DAMAGED) from error
    return read_text(re.sub(r"\n(?=\S)", "\n\n", without_controls(text)), name)


def read_epub(data: bytes, name: str) -> list[Article]:
    """An e-book: an article for each chapter that holds text."""
    from kbapp.reading.webpage.fragments import blocks_and_pictures
    from kbapp.reading.webpage.parsing import parse

    archive = _open(data)
    names = set(archive.namelist())
    container = _xml(archive, "META-INF/container.xml")
    rootfile = next(
        (e.get("full-path") for e in container.iter() if isinstance(e.tag, str) and e.tag.endswith("rootfile")), None
    )
    if not rootfile or rootfile not in names:
        raise UnreadableFile(Code.EBOOK_DAMAGED)
    package = _xml(archive, rootfile)
    items = {e.get("id"): e.get("href") for e in package.iter() if isinstance(e.tag, str) and e.tag.endswith("}item")}
    spine = [e.get("idref") for e in package.iter() if isinstance(e.tag, str) and e.tag.endswith("}itemref")]
    about = _about(package)
    book = about.pop("title", None)
    articles = []
    for reference in spine[:2000]:
        inside = posixpath.normpath(
            posixpath.join(posixpath.dirname(rootfile), unquote(items.get(reference) or "").partition("#")[0])
        )
        if inside not in names:
            continue
        blocks, placed = blocks_and_pictures(parse(_part(archive, inside).decode("utf-8", "replace")))
        if sum(len(block.text) for block in blocks) >= 200:
            chapter = article_from_blocks(blocks, "epub", book or name, **about)
            folder = posixpath.dirname(inside)
            beside = {source: _picture(archive, posixpath.normpath(posixpath.join(folder, unquote(source)))) for _, source, _ in placed[:200]}  # fmt: skip
            chapter = with_pictures(chapter, blocks, placed, beside)
            articles.append(chapter if chapter.source else replace(chapter, source=book))
    if not articles:
        raise UnreadableFile(Code.EBOOK_WITHOUT_TEXT)
    return articles


def _about(root: Any) -> dict[str, Any]:
    """Title, authors and date from Dublin Core elements."""
    if root is None:
        return {}
    texts = {
        key: [" ".join("".join(e.itertext()).split()) for e in root.iter(f"{_DC}{key}")]
        for key in ("title", "creator", "date")
    }
    created = [e.text or "" for e in root.iter() if isinstance(e.tag, str) and e.tag.endswith("}created")]
    dates = [iso for value in [*texts["date"], *created] if (iso := parse_date(value))]
    found: dict[str, Any] = {"authors": tuple(name for name in texts["creator"] if " " in name)}
    if texts["title"] and texts["title"][0]:
        found["title"] = texts["title"][0]
    if dates:
        found["published"] = dates[0][:10]
    return found


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(Code.FILE_CUT_OFF) from error


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        info = archive.getinfo(name)
        if info.file_size > _MOST_PART or info.file_size > max(1 << 20, info.compress_size * _MOST_RATIO):
            raise UnreadableFile(Code.UNPACKS_TOO_LARGE)
        with archive.open(info) as part:
            return part.read(_MOST_PART)
    except KeyError as error:
        raise UnreadableFile(Code.PART_MISSING) from error
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(Code.PASSWORD_PROTECTED if locked else Code.FILE_DAMAGED) from error


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """A part as XML; entities are not resolved and nothing outside is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(_part(archive, name), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(Code.FILE_DAMAGED) from error
    if root is None:
        raise UnreadableFile(Code.FILE_DAMAGED)
    return root
