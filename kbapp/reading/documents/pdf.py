"""PDFs through PDFium (pypdfium2: Apache-2.0 or BSD). A scan without text is kept, to be found by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pypdfium2

from kbapp.domain import Article, Block
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.metadata import DocumentMetadata, split_authors, usable_title
from kbapp.reading.documents.pdf_blocks import blocks_of, without_running_heads
from kbapp.reading.documents.pdf_images import pictures_of
from kbapp.reading.documents.pdf_lines import page_lines
from kbapp.reading.fields import bylines
from kbapp.reading.fields.dates import find_date, parse_date
from kbapp.reading.images import with_pictures

_MAX_PAGES = 1_000
_LEAST_TEXT = 40  # letters; a document with fewer is a scan


def read_pdf(data: bytes, name: str) -> list[Article]:
    """The article in a PDF; one without blocks, and a warning that says so, where the pages are only pictures.

    Raises UnreadableFile for a locked or damaged file.
    """
    document = open_document(data)
    try:
        total = len(document)
        sheets = [document[number] for number in range(min(total, _MAX_PAGES))]
        pages = [page_lines(sheet, number) for number, sheet in enumerate(sheets)]
        found = pictures_of(sheets)
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(Code.PDF_DAMAGED) from error
    finally:
        document.close()
    metadata = metadata_of(about)
    heads = without_running_heads(pages)
    if sum(len(line.text) for page in heads.pages for line in page) < _LEAST_TEXT:
        return [scan(name, metadata)]
    blocks, starts = blocks_of(heads.pages)
    above, rest = _above_headline(blocks)
    article = article_from_blocks(rest, "pdf", name, metadata)
    article = _with_running_heads(replace(article, blocks=(*above, *article.blocks)), heads.texts)
    images = {f"{number}": data for number, (_, _, data) in enumerate(found)}
    placed = [
        (next((at for at, start in enumerate(starts) if start > (page, -top)), len(blocks)), f"{number}", "")
        for number, (page, top, _) in enumerate(found)
    ]
    if total > _MAX_PAGES:
        notice = Notice(Code.PAGES_LEFT_OUT, {"read": f"{_MAX_PAGES:,}", "total": f"{total:,}"})
        article = replace(article, warnings=(*article.warnings, notice))
    return [with_pictures(article, blocks, placed, images)]


def open_document(data: bytes) -> Any:
    """The document. Raises UnreadableFile for a locked or damaged one."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(Code.PDF_PASSWORD if "password" in str(error).lower() else Code.PDF_DAMAGED) from error


def metadata_of(about: dict[str, str]) -> DocumentMetadata:
    """A PDF's properties."""
    return DocumentMetadata(
        usable_title(about.get("Title")),
        split_authors(about.get("Author", "")),
        _pdf_date(about.get("CreationDate", "")),
    )


def scan(name: str, metadata: DocumentMetadata) -> Article:
    """An article of pages that are only pictures: it is called as its file and holds no text."""
    article = article_from_blocks([], "pdf", name, metadata)
    return replace(article, warnings=(Notice(Code.SCAN_WITHOUT_TEXT),))


def _above_headline(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """(what stands above the headline, the rest): the section's or the paper's name in smaller letters, no headline itself."""
    first = next((at for at, block in enumerate(blocks[:6]) if block.kind == "heading" and block.level == 1), 0)
    if any(len(block.text) > 60 for block in blocks[:first]):
        return [], blocks
    return blocks[:first], blocks[first:]


def _with_running_heads(article: Article, texts: tuple[str, ...]) -> Article:
    """The date and the paper in a running head count where the text has none: the page was printed with them."""
    provenance = dict(article.provenance)
    for text in texts:
        dated = find_date(text)
        if dated and len(dated[0]) >= 10 and provenance.get("published") in (None, "document properties"):
            article = replace(
                article, published=dated[0], unsure=tuple(each for each in article.unsure if each != "published")
            )
            provenance["published"] = "running head"
        paper = _PAPER_END.split(text[: dated[1]] if dated else text)[0].strip(" ,|·•–—-")
        if not article.source and " " in paper and len(paper) < 50 and bylines.is_outlet(paper):
            article = replace(article, source=bylines.tidy_name(paper))
            provenance["source"] = "running head"
    return replace(article, provenance=provenance)


_PAPER_END = re.compile(r"\s{2,}|\s[|·•–—]\s|,|\b(?:page|seite|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b", re.I)


def _pdf_date(value: str) -> str | None:
    match = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", value)
    return parse_date("-".join(match.groups())) if match else None
