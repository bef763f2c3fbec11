"""Text recognition of scanned pages by the system's tesseract, where the user asked for it. Nothing is downloaded."""

from __future__ import annotations

import functools
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pypdfium2

from kbapp.domain import Article, Block
from kbapp.errors import Code, Notice
from kbapp.reading.documents.document_head import article_from_blocks
from kbapp.reading.documents.pdf import metadata_of, open_document
from kbapp.reading.plaintext.paragraphs import split_paragraphs

_PROGRAM = "tesseract"
_DOTS_PER_INCH = 250
_MAX_PAGES = 60
_MAX_SIDE = 6_000  # pixels
_SECONDS_A_PAGE = 60
_MAX_LANGUAGES = 4  # every further one costs time and makes mistakes likelier
_NO_LANGUAGES = ("osd", "equ")


def with_recognised_text(data: bytes, name: str, scan: Article) -> Article:
    """The article of a scanned PDF with the text that tesseract finds on its pages, and a warning that it may be wrong.

    ``scan`` is the article without text. It stays as it is, with a warning, where the program is missing or finds nothing.
    """
    if not is_available():
        return replace(scan, warnings=(*scan.warnings, Notice(Code.OCR_UNAVAILABLE)))
    document = open_document(data)
    try:
        total = len(document)
        texts = [_page_text(document[number]) for number in range(min(total, _MAX_PAGES))]
        metadata = metadata_of(document.get_metadata_dict())
    except pypdfium2.PdfiumError:
        return scan
    finally:
        document.close()
    blocks = [Block("paragraph", paragraph) for text in texts for paragraph in split_paragraphs(text.replace("\f", ""))]
    if not blocks:
        return scan
    warnings = [Notice(Code.TEXT_RECOGNISED)]
    if total > _MAX_PAGES:
        warnings.append(Notice(Code.PAGES_LEFT_OUT, {"read": f"{_MAX_PAGES:,}", "total": f"{total:,}"}))
    article = article_from_blocks(blocks, "pdf", name, metadata)
    return replace(article, warnings=tuple(warnings), unsure=tuple(dict.fromkeys((*article.unsure, "text"))))


def is_available() -> bool:
    """Whether the program for text recognition is installed."""
    return shutil.which(_PROGRAM) is not None


@functools.cache
def _languages() -> str:
    """The languages to look for, as tesseract wants them named: English first, then the others that are installed."""
    try:
        listed = subprocess.run(
            [_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "eng"
    installed = [line.strip() for line in listed.splitlines()[1:] if line.strip() and "/" not in line]
    wanted = sorted((each for each in installed if each not in _NO_LANGUAGES), key=lambda each: each != "eng")
    return "+".join(wanted[:_MAX_LANGUAGES]) or "eng"


def _page_text(page: Any) -> str:
    scale = min(_DOTS_PER_INCH / 72, _MAX_SIDE / max(1.0, page.get_width(), page.get_height()))
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    pixels = b"".join(rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
    image = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + pixels  # PGM, the simplest picture that it reads
    command = [_PROGRAM, "stdin", "stdout", "-l", _languages(), "--dpi", str(round(72 * scale))]
    try:
        found = subprocess.run(command, input=image, capture_output=True, timeout=_SECONDS_A_PAGE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.decode("utf-8", "replace") if found.returncode == 0 else ""
