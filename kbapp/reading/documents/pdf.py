"""PDF to articles by pypdfium2 (Apache-2.0/BSD): text in reading order, columns kept apart, running heads dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kbapp.domain import Article, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import DocumentMetadata, split_authors, usable_title
from kbapp.reading.documents.pdf_images import pictures_of
from kbapp.reading.fields.dates import parse_date
from kbapp.reading.images import with_pictures
from kbapp.reading.plaintext.paragraphs import split_paragraphs

_MOST_PAGES = 400
_BREAKING_HYPHENS = ("\x02", "\ufffe")  # what PDFium gives for a hyphen at the end of a line


def read_pdf(data: bytes, name: str) -> list[Article]:
    """The article in a PDF. Raises UnreadableFile for a locked, damaged or scanned file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(Code.PDF_PASSWORD) from error
        raise UnreadableFile(Code.PDF_DAMAGED) from error
    try:
        sheets = [document[number] for number in range(min(len(document), _MOST_PAGES))]
        pages = [_page_lines(sheet, number) for number, sheet in enumerate(sheets)]
        found = pictures_of(sheets)
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(Code.PDF_DAMAGED) from error
    finally:
        document.close()
    pages = _without_running_heads(pages)
    if sum(len(line.text) for page in pages for line in page) < 40:
        raise UnreadableFile(Code.PDF_WITHOUT_TEXT)
    blocks, starts = _blocks(pages)
    metadata = DocumentMetadata(
        usable_title(about.get("Title")),
        split_authors(about.get("Author", "")),
        _pdf_date(about.get("CreationDate", "")),
    )
    article = article_from_blocks(blocks, "pdf", name, metadata)
    beside = {f"{number}": data for number, (_, _, data) in enumerate(found)}
    placed = [
        (next((at for at, start in enumerate(starts) if start > (page, -top)), len(blocks)), f"{number}", "")
        for number, (page, top, _) in enumerate(found)
    ]
    return [with_pictures(article, blocks, placed, beside)]


class _Line:
    """A line of text with its place on the page (points from the left and the bottom) and the height of its letters."""

    __slots__ = ("bottom", "left", "page", "right", "size", "text", "top")

    def __init__(self, text: str, left: float, bottom: float, right: float, top: float) -> None:
        self.page = 0
        self.text, self.left, self.bottom, self.right, self.top = text, left, bottom, right, top
        self.size = top - bottom

    def goes_on(self, left: float, bottom: float, top: float) -> bool:
        """Whether a character at this place is the next one of the line; small raised figures are."""
        return (
            bottom < self.bottom + self.size * 0.6
            and top > self.top - self.size * 0.6
            and -self.size < left - self.right < self.size * 1.2
        )

    def add(self, character: str, right: float, bottom: float, top: float) -> None:
        self.text += character
        self.right, self.bottom, self.top = max(self.right, right), min(self.bottom, bottom), max(self.top, top)


def _page_lines(page: Any, number: int) -> list[_Line]:
    """The page's lines, column by column from the top."""
    lines = _in_reading_order(_merge_rows(list(_cut_lines(page.get_textpage()))), page.get_width())
    for line in lines:
        line.page = number
    return lines


def _cut_lines(text_page: Any) -> Iterator[_Line]:
    """Characters in the order of the file, cut where the next one stands on another line or far away (a column, a cell).

    Whether there is a space between two letters is told by PDFium, which knows the fonts; distances alone break words
    wherever letters are kerned.
    """
    from pypdfium2.raw import FPDFText_GetUnicode

    line: _Line | None = None
    for number in range(text_page.count_chars()):
        character = chr(FPDFText_GetUnicode(text_page.raw, number))
        if character in "\r\n":
            if line is not None:
                yield line
            line = None
            continue
        if character.isspace():
            if line is not None:
                line.text += " "
            continue
        left, bottom, right, top = text_page.get_charbox(number, loose=True)
        character = "-" if character in _BREAKING_HYPHENS else character
        if line is not None and line.goes_on(left, bottom, top):
            line.add(character, right, bottom, top)
            continue
        if line is not None:
            yield line
        line = _Line(character, left, bottom, right, top)
    if line is not None:
        yield line


def _merge_rows(lines: list[_Line]) -> list[_Line]:
    """Pieces that stand on one line and touch are one line (a change of font cuts them)."""
    merged: list[_Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if (
            last is not None
            and abs(last.bottom - line.bottom) < last.size * 0.6
            and -2 <= line.left - last.right < last.size * 1.2
        ):
            joiner = "" if line.left - last.right < last.size * 0.12 or last.text.endswith(" ") else " "
            merged[-1] = _Line(
                last.text + joiner + line.text,
                last.left,
                min(last.bottom, line.bottom),
                line.right,
                max(last.top, line.top),
            )
        else:
            merged.append(line)
    return merged


def _in_reading_order(lines: list[_Line], width: float) -> list[_Line]:
    """Two columns are read one after the other; lines across both (headlines) come where they stand."""
    middle = width / 2
    left = [line for line in lines if line.right < middle + width * 0.03]
    right = [line for line in lines if line.left > middle - width * 0.03]
    if len(left) < 6 or len(right) < 6 or len(left) + len(right) < len(lines) * 0.7:
        return sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    wide = sorted((line for line in lines if line not in left and line not in right), key=lambda line: -line.bottom)
    ordered: list[_Line] = []
    above = float("inf")
    for edge in [*wide, None]:
        floor = edge.bottom if edge is not None else float("-inf")
        for column in (left, right):
            ordered += sorted((line for line in column if floor <= line.bottom < above), key=lambda line: -line.bottom)
        if edge is not None:
            ordered.append(edge)
            above = floor
    return ordered


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Lines that stand at the edge of most pages, page numbers aside the same, are no part of the text."""

    def shape(line: _Line) -> str:
        return re.sub(r"\d+", "#", line.text.casefold()).strip()

    edges = Counter(shape(line) for page in pages for line in {*page[:2], *page[-2:]})
    often = {text for text, count in edges.items() if len(pages) > 2 and count > len(pages) * 0.5}
    number = re.compile(r"(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?$", re.I)
    return [
        [
            line
            for at, line in enumerate(page)
            if not ((at < 2 or at >= len(page) - 2) and (shape(line) in often or number.match(line.text)))
        ]
        for page in pages
    ]


def _blocks(pages: list[list[_Line]]) -> tuple[list[Block], list[tuple[int, float]]]:
    """Lines gathered to paragraphs by distance, indent and size; larger lines are headings. Beside each block where it
    begins: its page, and how far down as a negative height."""
    lines = [line for page in pages for line in page]
    usual = Counter(round(line.size, 1) for line in lines for _ in range(len(line.text) // 20 + 1)).most_common(1)[0][0]
    groups: list[list[_Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _parts(before, line, usual):
            groups.append([line])
        else:
            groups[-1].append(line)
    blocks: list[Block] = []
    starts: list[tuple[int, float]] = []
    for group in groups:
        text = " ".join(split_paragraphs("\n".join(line.text for line in group)))
        size = max(line.size for line in group)
        if size > usual * 1.18 and len(text) < 250 and len(group) <= 4:
            blocks.append(Block("heading", text, 1 if size > usual * 1.6 else 2))
        elif blocks and blocks[-1].kind == "paragraph" and _goes_on(blocks[-1].text, text):
            blocks[-1] = Block("paragraph", " ".join(split_paragraphs(blocks[-1].text + "\n" + text)))
            continue
        else:
            blocks.append(Block("paragraph", text))
        starts.append((group[0].page, -group[0].top))
    return blocks, starts


def _parts(before: _Line, line: _Line, usual: float) -> bool:
    gap = before.bottom - line.top
    if abs(before.size - line.size) > usual * 0.2 and abs(before.bottom - line.bottom) > usual:
        return True
    if gap > usual * 0.9:
        return True
    indented = usual * 0.8 < line.left - before.left < usual * 4
    ended = bool(re.search(r"[.!?:][”\"’')]*$", before.text))
    return ended and indented and gap >= -usual * 0.5


def _goes_on(before: str, text: str) -> bool:
    """A paragraph broken by the end of a column or page."""
    return not re.search(r"[.!?:][”\"’')]*$", before) and text[:1].islower() and len(before) > 60


def _pdf_date(value: str) -> str | None:
    match = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", value)
    return parse_date("-".join(match.groups())) if match else None
