"""Pages saved with everything in one file by Chrome, Edge, Opera or Internet Explorer: mail in form, a page in fact."""

from __future__ import annotations

from dataclasses import replace

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.containers import mail_parts
from kbapp.reading.webpage.reader import read_html


def read_mhtml(data: bytes, name: str) -> list[Article]:
    """The page of an MHTML file, with its pictures. Raises UnreadableFile when there is no page in it."""
    message = mail_parts.parse_message(data)
    images = mail_parts.images_of(message)
    for part in message.walk():
        if part.get_content_type() == "text/html" and (page := mail_parts.part_text(part)).strip():
            article = read_html(page, name, images)
            address = mail_parts.header(part, "Content-Location")
            if not address.startswith("http"):
                address = mail_parts.header(message, "Snapshot-Content-Location")
            return [article if article.url or not address.startswith("http") else replace(article, url=address)]
    raise UnreadableFile(Code.NO_PAGE_IN_MHTML)
