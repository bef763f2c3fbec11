"""Bytes to articles: one reader a format, chosen by content. Pure: no library, no network, no screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from kbapp.domain import Article
from kbapp.errors import UnreadableFile

MAX_BYTES = 200 * 1024 * 1024
FORMATS = {"links": "link", "bookmarks": "link", "warc": "html"}  # what the articles in a container are called


def read(data: bytes, name: str = "", beside: Mapping[str, bytes] | None = None) -> list[Article]:
    """The articles in a file's bytes; ``name`` only serves as a title of last resort and as a hint between texts.

    ``beside`` are the pictures saved in a folder with a page, by their names.

    Raises UnreadableFile, whose message says what is wrong and what the user can do.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf"):
        raise UnreadableFile("The file is empty; there is no article in it.")
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_BYTES >> 20} MB; split it or save only the article.")
    from kbapp.reading.sniffing import sniff

    kind = sniff(data, name)
    reader = _reader(kind)
    if kind == "html" and beside:
        reader = partial(_read_page, beside=beside)
    if kind in ("ris", "bibtex") and beside:
        reader = partial(_read_references, reader, beside)
    articles = [replace(article, format=FORMATS.get(kind, kind)) for article in reader(data, name)]
    articles = [article for article in articles if article.blocks]
    if not articles:
        raise UnreadableFile("There is no article text in this file; open the article itself and save that page.")
    return articles


def _read_page(data: bytes, name: str, beside: Mapping[str, bytes]) -> list[Article]:
    from kbapp.reading.encoding import declared_encoding, decode
    from kbapp.reading.webpage.reader import read_html

    return [read_html(decode(data, declared_encoding(data)), name, beside)]


def _read_references(
    reader: Callable[..., list[Article]], attached: Mapping[str, bytes], data: bytes, name: str
) -> list[Article]:
    return reader(data, name, attached)


def _reader(kind: str) -> Callable[[bytes, str], list[Article]]:
    # Each reader loads its library only when it is needed.
    if kind == "html":
        from kbapp.reading.webpage.reader import read_html_bytes

        return read_html_bytes
    if kind == "pdf":
        from kbapp.reading.documents.pdf import read_pdf

        return read_pdf
    if kind in ("docx", "odt", "rtf", "epub"):
        from kbapp.reading.documents import office

        return {
            "docx": office.read_docx,
            "odt": office.read_odt,
            "rtf": office.read_rtf,
            "epub": office.read_epub,
        }[kind]
    if kind in ("eml", "mbox", "mhtml"):
        from kbapp.reading.containers import mail

        return {"eml": mail.read_eml, "mbox": mail.read_mbox, "mhtml": mail.read_mhtml}[kind]
    if kind in ("feed", "jsonfeed", "wallabag", "csl-json"):
        from kbapp.reading.containers import feeds

        return {
            "feed": feeds.read_feed,
            "jsonfeed": feeds.read_json_feed,
            "wallabag": feeds.read_wallabag,
            "csl-json": feeds.read_csl_json,
        }[kind]
    if kind in ("link", "links", "bookmarks"):
        from kbapp.reading.exports import link_lists

        return {
            "link": link_lists.read_link,
            "links": link_lists.read_link_table,
            "bookmarks": link_lists.read_bookmarks,
        }[kind]
    if kind in ("ris", "bibtex"):
        from kbapp.reading.bibliography import references

        return references.read_ris if kind == "ris" else references.read_bibtex
    if kind == "warc":
        from kbapp.reading.containers.warc import read_warc

        return read_warc
    from kbapp.reading.plaintext.reader import read_markdown_bytes, read_text_bytes

    return read_markdown_bytes if kind == "markdown" else read_text_bytes
