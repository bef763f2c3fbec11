"""Which press database a file comes from, and the reading of it.

What a database's file looks like is told by its own module; a file that only names its database is left to the ordinary
readers, and its article says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kbapp.domain import Article
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading.databases import europresse, factiva, newsbank, nexis, proquest
from kbapp.reading.databases.lines import lines_of
from kbapp.reading.encoding import declared_encoding, decode

_DATABASES: tuple[tuple[Callable[[Sequence[str]], bool], Callable[[Sequence[str]], list[Article]]], ...] = (
    (proquest.fits, proquest.read),
    (factiva.fits, factiva.read),
    (nexis.fits, nexis.read),
    (europresse.fits, europresse.read),
    (newsbank.fits, newsbank.read),
)
_NAMED = (
    ("Nexis", re.compile(r"^\s*\d+ (?:of|von|de) \d+ (?:DOCUMENTS?|DOKUMENTE?)\s*$|^\s*End of Document\s*$", re.M)),
    ("ProQuest", re.compile(r"^\s*Report Information from ProQuest|^\s*ProQuest document ID", re.M)),
    ("Factiva", re.compile(r"^\s*(?:© \d{4} )?(?:Dow Jones )?Factiva, Inc\b", re.M)),
    ("NewsBank", re.compile(r"^\s*(?:© \d{4} )?NewsBank, inc\b", re.M | re.I)),
)


def read_database(data: bytes, kind: str) -> tuple[list[Article], Notice | None]:
    """The articles of a press database's file of this kind ("text", "rtf", "docx", "html").

    Returns:
        The articles, none where the file is no database's; and a notice for the one article that the file is then read as,
        where it names a database but is not laid out as its files are.
    """
    try:
        if kind == "html" and europresse.fits_page(data):
            return europresse.read_page(_tree(data)), None
        if kind == "html" and factiva.fits_page(data):
            return factiva.read_page(_tree(data)), None
        lines = lines_of(data, "text" if kind == "markdown" else kind)
    except UnreadableFile:
        return [], None  # its own reader says what is wrong with it
    for fits, read in _DATABASES:
        if fits(lines) and (articles := read(lines)):
            return articles, None
    text = "\n".join(lines)
    name = next((name for name, pattern in _NAMED if pattern.search(text)), None)
    return [], Notice(Code.DATABASE_LAYOUT_UNKNOWN, {"database": name}) if name else None


def _tree(data: bytes) -> object:
    from kbapp.reading.webpage.parsing import parse

    return parse(decode(data, declared_encoding(data)))
