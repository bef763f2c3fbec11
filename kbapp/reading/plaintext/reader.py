"""Text files of any encoding, read as plain text or as Markdown."""

from __future__ import annotations

from kbapp.domain import Article
from kbapp.reading.encoding import decode
from kbapp.reading.plaintext.layout import read_text
from kbapp.reading.plaintext.markdown import read_markdown


def read_text_bytes(data: bytes, name: str) -> list[Article]:
    return read_text(decode(data), name)


def read_markdown_bytes(data: bytes, name: str) -> list[Article]:
    return [read_markdown(decode(data), name)]
