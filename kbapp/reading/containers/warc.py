"""Web archives (WARC, plain or gzipped) through warcio (Apache-2.0): an article for each page in them that is one."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.limits import MAX_ITEMS, items_left_out, with_warning
from kbapp.reading.webpage.reader import MAX_CHARACTERS, read_html


def read_warc(data: bytes, name: str) -> list[Article]:
    """The pages of the archive that hold an article; pictures, scripts and error pages are passed over. Raises UnreadableFile."""
    articles: list[Article] = []
    pages = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            headers = record.http_headers
            if record.rec_type not in ("response", "resource"):
                continue
            if headers is not None and headers.get_statuscode() != "200":
                continue
            kind = (headers or record.rec_headers).get_header("Content-Type") or ""
            if not kind.startswith(("text/html", "application/xhtml")):
                continue
            pages += 1
            if pages > MAX_ITEMS:
                continue
            body = record.content_stream().read(MAX_CHARACTERS)
            url = record.rec_headers.get_header("WARC-Target-URI")
            try:
                article = read_html(decode(body, declared_encoding(body)), name)
            except UnreadableFile:
                continue  # a list of headlines, a login page
            if url and not article.url:
                article = replace(article, url=url.strip("<>"), provenance={**article.provenance, "url": "web archive"})
            articles.append(article)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, TypeError, AttributeError, zlib.error) as error:
        if not articles:
            raise UnreadableFile(Code.WEB_ARCHIVE_DAMAGED) from error
    if not articles:
        raise UnreadableFile(Code.WEB_ARCHIVE_WITHOUT_ARTICLE)
    return with_warning(articles, items_left_out(MAX_ITEMS, pages))
