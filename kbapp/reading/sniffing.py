"""Which format bytes are in, told by their content; the name only decides between kinds of text."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from kbapp.errors import Code, Term, UnreadableFile
from kbapp.reading.bibliography.csl_json import is_csl
from kbapp.reading.encoding import decode
from kbapp.reading.exports import detection, json_exports, kindle, tables
from kbapp.reading.plaintext.markdown import looks_like_markdown
from kbapp.reading.prolog import after_prolog, root_name

_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<(?:p|div|h1|section|main|meta)(?:\s[^<>]*)?>", re.I
)
_TAG = re.compile(r"</(?:p|div|h[1-6]|span|a|li|ul|section|article|body|html|strong|em|b|i)\s*>", re.I)
_WORD_PROCESSOR = re.compile(
    r"<meta\s[^<>]{0,200}(?:content=[\"']?(?:Microsoft Word|LibreOffice|OpenOffice|StarOffice)|Word\.Document)"
    r"|xmlns:w\s*=\s*[\"']?urn:schemas-microsoft-com:office:word", re.I)  # fmt: skip
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.I)
_RIS = re.compile(r"\s*TY  - \w+")
_PUBMED = re.compile(r"\s*PMID- ?\d+\s*\n(?:[A-Z]{2,4} *- |[ ]{6}|\s*\n)")
_BIBTEX = re.compile(r"@(?:comment|string|preamble|[a-z]{4,20})\s*\{\s*[^\s,{}]*\s*[,={]", re.I)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):")
_ONLY_IN_MAIL = frozenset({"mime-version", "received", "message-id", "return-path", "delivered-to", "x-mozilla-status"})
_MAIL_WITHOUT_TRANSPORT = frozenset({"from", "to", "subject", "date"})
_KNOWN_BINARIES = (
    (b"\x89PNG", Term("a picture")),
    (b"\xff\xd8\xff", Term("a picture")),
    (b"GIF8", Term("a picture")),
    (b"\x7fELF", Term("a program")),
    (b"MZ", Term("a program")),
    (b"\x1f\x8b", Term("a compressed file (unpack it first)")),
    (b"7z\xbc\xaf", Term("a compressed file (unpack it first)")),
    (b"Rar!", Term("a compressed file (unpack it first)")),
    (b"SQLite format 3", Term("a database")),
    (b"\xd0\xcf\x11\xe0", Term("an old Office file (save it as DOCX or PDF)")),
    (b"ID3", Term("a sound file")),
    (b"OggS", Term("a sound file")),
)


_OLE = b"\xd0\xcf\x11\xe0"
_MSG_STREAM = "__substg1.0_".encode("utf-16-le")
_SAMPLE = 24_000  # bytes of a text that tell what it is
_MAIL_NAMES = (".eml", ".emlx")
_BEFORE_TEXT = b"\xef\xbb\xbf\r\n\t "  # a mark of UTF-8 and white space


def sniff(data: bytes, name: str = "") -> str:
    """The format's short name ("text", "markdown", "html", "pdf", "docx", ...).

    Raises UnreadableFile for what no reader here can read.
    """
    if (kind := _by_signature(data, name)) is not None:
        return kind
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise UnreadableFile(Code.NOT_AN_ARTICLE, what=what)
    text = decode(data[:_SAMPLE])
    suffix = PurePath(name).suffix.lower()
    if (kind := _mail(data, text, suffix)) is not None:
        return kind
    if data[:1024].lstrip(_BEFORE_TEXT)[:1] in (b"{", b"[") and (kind := _json(data, text, suffix)) is not None:
        return kind
    if detection.is_joplin_item(data):
        return "joplin"
    for kind, fits in _KINDS_OF_MARKUP:
        if fits(text, suffix):
            return kind
    if suffix in (".md", ".markdown", ".mdown") and not _is_html(text):
        return "markdown"
    _refuse_unknown(text, suffix)
    if _is_html(text):
        return "word-html" if _is_word_html(text) else "html"
    return next((kind for kind, fits in _KINDS_OF_TEXT if fits(text)), "text")


def _by_signature(data: bytes, name: str) -> str | None:
    """Formats that begin with bytes of their own."""
    head = data[:1024].lstrip(_BEFORE_TEXT)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if is_warc(data):
        return "warc"
    return _binary_container(data, name)


def _mail(data: bytes, text: str, suffix: str) -> str | None:
    """A mailbox, a message, or a page saved as one."""
    if data.startswith(b"From ") and re.search(r"^(?:Date|From|Subject): ", text[:4000], re.M):
        return "mbox"
    headers = _mail_headers(text)
    transported = bool(headers & _ONLY_IN_MAIL) and bool(headers & (_MAIL_WITHOUT_TRANSPORT | {"content-type"}))
    if transported or headers >= _MAIL_WITHOUT_TRANSPORT or (suffix in _MAIL_NAMES and "from" in headers):
        return "mhtml" if re.search(r"multipart/related|Saved by Blink|Snapshot-Content", text[:4000], re.I) else "eml"
    return None


def _binary_container(data: bytes, name: str) -> str | None:
    """Safari's web archives, as a binary or an XML property list, and Outlook's messages."""
    if data.startswith(b"bplist") or (data.lstrip()[:5] == b"<?xml" and b"<plist" in data[:1000]):
        return "webarchive" if b"WebMainResource" in data else None
    if data.startswith(_OLE) and (_MSG_STREAM in data or name.lower().endswith(".msg")):
        return "msg"
    return None


def _mail_headers(text: str) -> set[str]:
    """The names of the header lines, in lower case, with which a text begins; empty if its first line is none."""
    names: set[str] = set()
    for number, line in enumerate(text.split("\n", 400)[:400]):
        if match := _HEADER.match(line):
            names.add(match[1].lower())
        elif number == 0 and (
            line.startswith("From ") or line.strip().isdigit()
        ):  # as in a mailbox; as Apple Mail saves
            continue
        elif not names or not line.startswith((" ", "\t")) or not line.strip():
            break
    return names


def is_warc(data: bytes) -> bool:
    """Whether bytes are a web archive, packed or not."""
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, 16)
        except zlib.error:
            return False
    return data.startswith((b"WARC/1.", b"WARC/0."))


def _is_html(text: str) -> bool:
    """Whether the text is a page: a document head, or markup throughout; a text that talks about a tag is not."""
    start = after_prolog(text)
    if _PAGE_START.match(text, start):
        return True
    if not _HTML.search(text):
        return False
    return text.startswith("<", start) or len(_TAG.findall(text)) > max(3, len(text) // 2000)


def _is_word_html(text: str) -> bool:
    """Whether a page's beginning names a word processor as its maker."""
    return bool(_WORD_PROCESSOR.search(text[:8000]))


def _is_feed(text: str, _suffix: str) -> bool:
    return root_name(text) in ("rss", "feed", "rdf")


def _is_bibtex(text: str) -> bool:
    first = next((line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("%")), "")
    return first.lstrip().startswith("@") and bool(_BIBTEX.match(text, text.index(first.lstrip())))


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:5000])
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            kind = archive.open("mimetype").read(80) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableFile(Code.FILE_CUT_OFF) from error
    if kind.startswith(b"application/epub"):
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    raise UnreadableFile(Code.ARCHIVE_NOT_DOCUMENT)


def _json(data: bytes, text: str, suffix: str) -> str | None:
    """The kind of JSON; None for a text that only begins as JSON does. Raises UnreadableFile for JSON of no known program."""
    if json_exports.is_lines(text):
        return "json-lines"
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        if suffix in (".json", ".jsonl", ".ndjson"):
            raise UnreadableFile(Code.FILE_CUT_OFF) from error
        return None
    kind = next((kind for kind, fits in _KINDS_OF_JSON if fits(value)), None)
    if kind is None and (
        suffix in (".json", ".jsonl", ".ndjson")
        or isinstance(value, dict)
        or any(isinstance(each, dict) for each in value)
    ):
        raise UnreadableFile(Code.DATA_UNKNOWN, form="JSON")
    return kind


def _refuse_unknown(text: str, suffix: str) -> None:
    """Raises UnreadableFile for tables and XML of no known program, which would be no article but their own source."""
    if detection.is_opml(text):
        raise UnreadableFile(Code.LIST_OF_FEEDS)
    if detection.is_unknown_xml(text, suffix):
        raise UnreadableFile(Code.DATA_UNKNOWN, form="XML")
    if suffix in (".csv", ".tsv") and not tables.is_table(text):
        raise UnreadableFile(Code.TABLE_UNKNOWN)


def _is_json_feed(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("items"), list) and "jsonfeed" in str(value.get("version"))


# Each table is looked through from the top; the first kind that fits is the format. Predicates of a family of formats stand
# in a light module beside its readers, which are not loaded to tell them apart.
_KINDS_OF_JSON: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("jsonfeed", _is_json_feed),
    ("csl-json", is_csl),
    ("json", json_exports.is_known),
)
_KINDS_OF_MARKUP: tuple[
    tuple[str, Callable[[str, str], bool]], ...
] = (  # given the text's beginning and the file's suffix
    ("zotero-rdf", lambda text, _suffix: detection.is_zotero_rdf(text)),
    ("endnote-xml", lambda text, _suffix: detection.is_endnote_xml(text)),
    ("feed", _is_feed),
    ("evernote", lambda text, _suffix: detection.is_enex(text)),
    ("posts", lambda text, _suffix: detection.is_posts(text)),
    ("link", detection.is_link),
    ("bookmarks", lambda text, _suffix: detection.is_bookmarks(text)),
    ("kindle-notebook", lambda text, _suffix: kindle.is_notebook(text)),
)
_KINDS_OF_TEXT: tuple[tuple[str, Callable[[str], bool]], ...] = (  # given the text's beginning
    ("ris", lambda text: bool(_RIS.match(text))),
    ("pubmed", lambda text: bool(_PUBMED.match(text))),
    ("bibtex", _is_bibtex),
    ("kindle", kindle.is_clippings),
    ("json-lines", json_exports.is_lines),
    ("table", tables.is_table),
    ("markdown", looks_like_markdown),
)
