"""Which reader reads which format.

A reader's module is imported when the first file of its format comes: PDFium, lxml and the reference parsers together would
make every start slower than the window itself. ``sniffing.py`` tells the format; a new one is a line in ``FORMATS`` and a
line in one of the tables there.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from kbapp.domain import Article
from kbapp.errors import Notice
from kbapp.reading.databases.detection import may_be_database

Reader = Callable[[bytes, str], list[Article]]
"""Reads a file: its bytes and its name. Raises UnreadableFile."""

ReaderWithCompanions = Callable[[bytes, str, Mapping[str, bytes]], list[Article]]
"""The same for a format that may come with other files: pictures of a saved page, texts attached to references."""


@dataclass(frozen=True, slots=True)
class Format:
    """Where a format's reader is (``module`` below ``kbapp.reading``) and what its articles are called.

    Args:
        module: The module below ``kbapp.reading``.
        function: The reader in it.
        articles_are: The format that the articles themselves have, if not the file's; "" when the reader says it.
        companions: Whether the reader takes the files that came along as a third argument.
    """

    module: str
    function: str
    articles_are: str | None = None
    companions: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format("plaintext.reader", "read_text_bytes"),
    "markdown": Format("plaintext.reader", "read_markdown_bytes"),
    "html": Format("webpage.reader", "read_html_bytes", companions=True),
    # documents
    "pdf": Format("documents.pdf", "read_pdf"),
    "docx": Format("documents.docx", "read_docx"),
    "odt": Format("documents.odt", "read_odt"),
    "word-html": Format("documents.word_html", "read_word_html", articles_are="html", companions=True),
    "rtf": Format("documents.rtf", "read_rtf"),
    "epub": Format("documents.epub", "read_epub"),
    # containers
    "eml": Format("containers.mail", "read_eml"),
    "mbox": Format("containers.mail", "read_mbox"),
    "mhtml": Format("containers.mhtml", "read_mhtml"),
    "msg": Format("containers.outlook", "read_msg", articles_are="eml"),
    "webarchive": Format("containers.safari", "read_webarchive", articles_are="html"),
    "warc": Format("containers.warc", "read_warc", articles_are="html"),
    "feed": Format("containers.feeds", "read_feed"),
    "jsonfeed": Format("containers.feeds", "read_json_feed"),
    # exports of other programs
    "link": Format("exports.link_lists", "read_link"),
    "bookmarks": Format("exports.link_lists", "read_bookmarks", articles_are="link"),
    "posts": Format("exports.link_lists", "read_posts", articles_are="link"),
    "table": Format("exports.tables", "read_csv", articles_are=""),
    "xlsx": Format("exports.tables", "read_xlsx", articles_are=""),
    "json": Format("exports.json_exports", "read_json", articles_are=""),
    "json-lines": Format("exports.json_exports", "read_lines", articles_are=""),
    "kindle": Format("exports.kindle", "read_clippings"),
    "kindle-notebook": Format("exports.kindle", "read_notebook", articles_are="kindle"),
    "evernote": Format("exports.evernote", "read_enex"),
    "omnivore": Format("exports.omnivore", "read_page", articles_are="", companions=True),
    "joplin": Format("exports.joplin", "read_item", companions=True),
    # bibliography
    "csl-json": Format("bibliography.csl_json", "read_csl_json"),
    "ris": Format("bibliography.ris", "read_ris", companions=True),
    "endnote-xml": Format("bibliography.endnote_xml", "read_endnote_xml", articles_are="endnote", companions=True),
    "pubmed": Format("bibliography.pubmed", "read_pubmed", companions=True),
    "bibtex": Format("bibliography.bibtex", "read_bibtex", companions=True),
    "zotero-rdf": Format("bibliography.zotero_rdf", "read_zotero_rdf", articles_are="zotero", companions=True),
}


@functools.cache
def load_reader(kind: str) -> ReaderWithCompanions:
    """The reader of a format, its module imported. Every reader may be given companions; most pay them no heed."""
    entry = FORMATS[kind]
    function = getattr(importlib.import_module(f"kbapp.reading.{entry.module}"), entry.function)
    if entry.companions:
        return cast(ReaderWithCompanions, function)
    reader = cast(Reader, function)
    return lambda data, name, _companions: reader(data, name)


def read_database(data: bytes, kind: str) -> tuple[list[Article], Notice | None]:
    """A press database's file: see ``databases.reader.read_database``, which is imported when a file looks like one."""
    if not may_be_database(data, kind):
        return [], None
    reader = importlib.import_module("kbapp.reading.databases.reader")
    return cast(Callable[[bytes, str], tuple[list[Article], Notice | None]], reader.read_database)(data, kind)


def recognise_scan(data: bytes, name: str, scan: Article) -> Article:
    """The text of a scanned PDF: see ``documents.ocr.with_recognised_text``, which is imported when it is asked for."""
    recogniser = importlib.import_module("kbapp.reading.documents.ocr")
    return cast(Callable[[bytes, str, Article], Article], recogniser.with_recognised_text)(data, name, scan)
