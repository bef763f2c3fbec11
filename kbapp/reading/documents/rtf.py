"""Rich text (RTF) of Word, WordPad, TextEdit and LibreOffice: read by striprtf (BSD), then as plain text."""

from __future__ import annotations

import re
from dataclasses import replace

from striprtf.striprtf import rtf_to_text

from kbapp.domain import Article, Author
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.documents.metadata import split_authors, usable_title
from kbapp.reading.encoding import without_controls
from kbapp.reading.plaintext.layout import read_text

_PROPERTY = re.compile(r"\{\\(title|author)\s([^{}\\]{1,300})\}")
_HEAD = 20_000  # bytes in which a document's properties stand


def read_rtf(data: bytes, name: str) -> list[Article]:
    """The articles in a rich text. Raises UnreadableFile."""
    source = data.decode("latin-1")
    articles = read_text(re.sub(r"\n(?=\S)", "\n\n", rtf_text(source)), name)
    about = {key: value.strip() for key, value in _PROPERTY.findall(source[:_HEAD])}
    if len(articles) == 1:
        articles = [_with_properties(articles[0], about)]
    return articles


def rtf_text(source: str) -> str:
    """The words of a rich text, a paragraph a line. Raises UnreadableFile."""
    try:
        text: str = rtf_to_text(source, encoding=_encoding(source), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, RecursionError, LookupError) as error:
        raise UnreadableFile(Code.RTF_DAMAGED) from error
    return without_controls(text)


def _encoding(source: str) -> str:
    """The encoding that the head names by a word; a code page, where it names one too, is minded by striprtf."""
    match = re.match(r"\s*\{\\rtf\d*\s*\\(mac|pca|pc|ansi)\b", source)
    return {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(match[1] if match else "", "cp1252")


def _with_properties(article: Article, about: dict[str, str]) -> Article:
    """What the document says of itself counts where its text says nothing."""
    provenance = dict(article.provenance)
    title, authors = article.title, article.authors
    if provenance.get("title") in ("file name", "text") and (said := usable_title(about.get("title"))):
        title, provenance["title"] = said, "document properties"
    if not authors and (names := split_authors(about.get("author", ""))):
        authors, provenance["authors"] = tuple(map(Author, names)), "document properties"
    unsure = () if provenance.get("title") == "document properties" else article.unsure
    return replace(article, title=title, authors=authors, provenance=provenance, unsure=unsure)
