"""Reading one file: which format it is, and what its reader makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.exports.omnivore import kind_of_companions
from kbapp.reading.limits import MAX_BYTES
from kbapp.reading.registry import FORMATS, load_reader, read_database, recognise_scan
from kbapp.reading.sniffing import sniff


def read(
    data: bytes, name: str = "", companions: Mapping[str, bytes] | None = None, *, ocr: bool = False
) -> list[Article]:
    """Reads the articles in a file.

    Args:
        data: The file's bytes.
        name: Its name, which only serves as a title of last resort and as a hint between kinds of text.
        companions: What came with the file, by name: the pictures saved with a page, the texts attached to references.
        ocr: Whether the text of a scan is recognised, by the system's tesseract.

    Returns:
        At least one article. One without blocks has a warning that says why it holds no text (a scanned document).

    Raises:
        UnreadableFile: What is wrong with the file, and what the user can do.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c \xef\xbb\xbf"):
        raise UnreadableFile(Code.FILE_EMPTY)
    if len(data) > MAX_BYTES:
        raise UnreadableFile(Code.FILE_TOO_LARGE, megabytes=MAX_BYTES >> 20)
    kind = kind_of_companions(companions or {}) or sniff(data, name)
    articles_are = FORMATS[kind].articles_are
    articles, notice = read_database(data, kind)
    if not articles:
        articles = load_reader(kind)(data, name, companions or {})
    if ocr and kind == "pdf" and articles and not articles[0].blocks:
        articles = [recognise_scan(data, name, articles[0])]
    if notice is not None:
        articles = [replace(article, warnings=(*article.warnings, notice)) for article in articles]
    if articles_are != "":
        articles = [replace(article, format=articles_are or kind) for article in articles]
    articles = [article for article in articles if article.blocks or article.warnings]
    if not articles:
        raise UnreadableFile(Code.NO_ARTICLE_TEXT)
    return articles
