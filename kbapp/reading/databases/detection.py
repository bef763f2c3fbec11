"""Whether a file may be a press database's, told without loading what reads them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from kbapp.reading.encoding import decode

_KINDS = frozenset({"text", "markdown", "html", "rtf", "docx"})
# What none of these files is without; other files are passed over at the price of one search.
_HINTS = re.compile(
    rb"document[eo]?s? \d|dokumente? \d|\d documents?\b|\d dokumente?\b|end of document|ende des dok|dokumentende|fin du document|"
    rb"fin del documento|fine del documento|fim do documento|einde van|proquest|factiva|[a-z]{2}article\b|articleparagraph|newsbank|"
    rb"record number|accession number|article id:|document number:|\brecord:|(?:document|dokument|documento) [a-z]{4}\w*\d{6}|"
    rb"docpublicationname|(?:news|web|pub|rap|bio)(?:\xc2?\xb7|\\'b7|&middot;)\d{8}|(?:^|[\s>|])HD(?:$|[\s<|\\])",
    re.I,
)
_MAX_PART, _MAX_RATIO = 60 << 20, 400
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def may_be_database(data: bytes, kind: str) -> bool:
    """Whether a file of this kind is worth being looked at by ``databases.reader``."""
    if kind not in _KINDS:
        return False
    searched = _document_text(data) if kind == "docx" else decode(data).encode() if data.startswith(_UTF_16) else data
    return _HINTS.search(searched) is not None


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
