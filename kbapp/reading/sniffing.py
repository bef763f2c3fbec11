"""Which format bytes are in, told by their content; the name only decides between kinds of text."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from pathlib import PurePath

from kbapp.errors import UnreadableFile
from kbapp.reading.encoding import decode
from kbapp.reading.exports.link_lists import is_bookmarks, is_link, is_link_table
from kbapp.reading.plaintext.markdown import looks_like_markdown

_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<(?:p|div|h1|section|main|meta)(?:\s[^<>]*)?>", re.I
)
_TAG = re.compile(r"</(?:p|div|h[1-6]|span|a|li|ul|section|article|body|html|strong|em|b|i)\s*>", re.I)
_MAIL_HEAD = re.compile(
    r"\A(?:From [^\n]+\n)?(?:(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*|[ \t]+[^\n]*)\n)*?(?:MIME-Version|Received|Message-ID|Return-Path|Delivered-To):",
    re.I,
)
_FEED = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.S | re.I)
_RIS = re.compile(r"\s*TY  - \w+")
_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@(?:comment|string|preamble|[a-z]{4,20})\s*\{\s*[^\s,{}]*\s*[,={]", re.I)
_KNOWN_BINARIES = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as DOCX or PDF"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)


_SAMPLE = 24_000  # bytes of a text that tell what it is


def sniff(data: bytes, name: str = "") -> str:
    """The format's short name ("text", "markdown", "html", "pdf", "docx", ...).

    Raises UnreadableFile for what no reader here can read.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if _is_warc(data):
        return "warc"
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise UnreadableFile(f"This is {what}, not an article; save the article as a web page, PDF or text.")
    text = decode(data[:_SAMPLE])
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"From ") and re.search(r"^(?:Date|From|Subject): ", text[:4000], re.M):
        return "mbox"
    if _MAIL_HEAD.match(text[:8000]) and re.search(r"^(?:Date|From|Subject):", text[:8000], re.M | re.I):
        return "mhtml" if re.search(r"multipart/related|Saved by Blink|Snapshot-Content", text[:4000], re.I) else "eml"
    if _FEED.match(text[:4000]):
        return "feed"
    if head[:1] in (b"{", b"[") and (kind := _json(data)) is not None:
        return kind
    if is_link(text, suffix):
        return "link"
    if is_bookmarks(text):
        return "bookmarks"
    if suffix in (".md", ".markdown", ".mdown") and not _is_html(text):
        return "markdown"
    if _is_html(text):
        return "html"
    return _plain(text)


def _plain(text: str) -> str:
    """Which kind of text without markup."""
    for kind, fits in (("ris", _RIS.match), ("bibtex", _BIBTEX.match), ("links", is_link_table)):
        if fits(text):
            return kind
    return "markdown" if looks_like_markdown(text) else "text"


def _is_warc(data: bytes) -> bool:
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, 16)
        except zlib.error:
            return False
    return data.startswith((b"WARC/1.", b"WARC/0."))


def _is_html(text: str) -> bool:
    """Whether the text is a page: a document head, or markup throughout; a text that talks about a tag is not."""
    start = text[:3000].lstrip()
    if re.match(r"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html[\s>])", start, re.I | re.S):
        return True
    if not _HTML.search(text):
        return False
    return start.startswith("<") or len(_TAG.findall(text)) > max(3, len(text) // 2000)


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:5000])
            if "word/document.xml" in names:
                return "docx"
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise UnreadableFile("The file is damaged or cut off; download or export it again.") from error
    if kind.startswith(b"application/epub"):
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    raise UnreadableFile("This archive is no document; import it as an archive or unpack it first.")


def _json(data: bytes) -> str | None:
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("items"), list) and "jsonfeed" in str(value.get("version")):
        return "jsonfeed"
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and "content" in first and "title" in first:
        return "wallabag"
    if isinstance(first, dict) and "title" in first and ("type" in first or "author" in first):
        return "csl-json"
    return None
