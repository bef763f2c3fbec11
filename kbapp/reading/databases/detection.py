"""Whether a file may be a press database's, told without loading what reads them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from kbapp.reading.encoding import decode

_KINDS = frozenset({"text", "markdown", "html", "rtf", "docx"})
# What none of these files is without, in lower case; other files are passed over at the price of looking for it. Every pattern
# begins with its rarest letters, which is what makes looking quick.
_WORDS = (
    b"end of document", b"ende des dok", b"dokumentende", b"fin du document", b"fin del documento", b"fine del documento",
    b"fim do documento", b"einde van", b"proquest", b"factiva", b"articleparagraph", b"newsbank", b"record number",
    b"accession number", b"article id:", b"document number:", b"docpublicationname",
)  # fmt: skip
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"document[eo]?s? \d",
        rb"dokumente? \d",
        rb"documents?\b(?:(?<=\d document)|(?<=\d documents))",
        rb"dokumente?\b(?:(?<=\d dokument)|(?<=\d dokumente))",
        rb"record:(?<=\brecord:)",
        rb"documento? [a-z]{4}\w{0,12}\d{6}",
        rb"dokument [a-z]{4}\w{0,12}\d{6}",
        rb"article\b(?<=[^a-z][a-z]{2}article)",
        rb"\xb7\d{8}",
        rb"\\'b7\d{8}",
        rb"&middot;\d{8}",
    )
)
_HEADLINE_CODE = re.compile(rb"HD(?=$|[\s<|\\])(?<=[\s>|]HD)|^HD\s")
_MAX_PART, _MAX_RATIO = 60 << 20, 400
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def may_be_database(data: bytes, kind: str) -> bool:
    """Whether a file of this kind is worth being looked at by ``databases.reader``."""
    if kind not in _KINDS:
        return False
    searched = _document_text(data) if kind == "docx" else decode(data).encode() if data.startswith(_UTF_16) else data
    if _HEADLINE_CODE.search(searched):
        return True
    searched = searched.lower()
    return any(word in searched for word in _WORDS) or any(pattern.search(searched) for pattern in _PATTERNS)


def _document_text(data: bytes) -> bytes:
    """The text of a Word document without tags, as bytes; nothing where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > min(_MAX_PART, max(1 << 20, part.compress_size * _MAX_RATIO)):
                return b""  # a bomb, which the reader of the format refuses
            return re.sub(rb"<[^<>]*>", b"", archive.read(part).replace(b"</w:p>", b"\n"))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return b""
