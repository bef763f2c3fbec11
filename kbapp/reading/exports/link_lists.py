"""Links and lists of links: exports of Pocket and Instapaper, Readwise Reader, browser bookmarks, files that hold one link.

Their articles are addresses with a title and, at best, some words; each is kept as an article of format "link", to be
fetched when the user asks for it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import decode
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import parse_date

LINK = "link"
_MOST = 20_000
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}\Z")
_ADDRESS_COLUMNS = ("url", "given_url", "resolved_url", "link", "address")


def is_link_table(text: str) -> bool:
    """Whether a text is a CSV export of links: a heading with an address and a title, and rows that fit it."""
    heading = next(iter(_rows(text[:4000])), [])
    names = {name.strip().lower() for name in heading}
    return len(heading) >= 2 and "title" in names and bool(names & set(_ADDRESS_COLUMNS))


def is_bookmarks(text: str) -> bool:
    """Whether a page is a browser's bookmarks or Pocket's HTML export rather than an article."""
    return bool(re.search(r"<!DOCTYPE NETSCAPE-Bookmark-file-1>|<title>\s*Pocket Export\s*</title>", text[:2000], re.I))


def link_article(
    url: str,
    title: str = "",
    words: str = "",
    authors: Iterable[str] = (),
    published: str | None = None,
    tags: Iterable[str] = (),
) -> Article:
    """A link as an article: its words are what the export knows of it, else the address itself."""
    text = " ".join(words.split()) or url
    return Article(
        title=" ".join(title.split()) or url,
        blocks=(Block("paragraph", text),),
        authors=tuple(Author(name) for name in dict.fromkeys(authors)),
        published=published,
        source=(urlsplit(url).hostname or "").removeprefix("www.") or None,
        url=url,
        language=language.detect(text) if words else None,
        format=LINK,
        tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))[:50],
    )


def read_link_table(data: bytes, _name: str) -> list[Article]:
    """The CSV of Pocket (title, url, time_added, tags), Instapaper (URL, Title, Selection, Folder), Readwise Reader and alike."""
    rows = _rows(decode(data))
    heading = [name.strip().lower() for name in next(rows, [])]
    articles: list[Article] = []
    for row in rows:
        values = dict(zip(heading, (cell.strip() for cell in row), strict=False))
        url = next((values[name] for name in _ADDRESS_COLUMNS if _ADDRESS.match(values.get(name, ""))), None)
        if url is None or len(articles) >= _MOST:
            continue
        tags = re.split(r"[|;,]", re.sub(r"[\[\]'\"]", "", values.get("tags") or values.get("document tags") or ""))
        folder = values.get("folder", "")
        articles.append(
            link_article(
                url, values.get("title", ""), values.get("selection") or values.get("summary") or "",
                authors=bylines.parse_authors(values.get("author") or ""), published=parse_date(values.get("published date") or ""),
                tags=[*tags, "" if folder.lower() in ("unread", "archive", "starred") else folder],
            )
        )  # fmt: skip
    return _some(articles)


def read_bookmarks(data: bytes, _name: str) -> list[Article]:
    """Bookmarks as every browser exports them, folders as tags; Pocket's export is the same without folders."""
    from kbapp.reading.webpage.parsing import parse

    articles: list[Article] = []
    for link in parse(decode(data)).iter("a"):
        url = link.get("href") or ""
        if _ADDRESS.match(url) and len(articles) < _MOST:
            tags = [*(link.get("tags") or "").split(","), *_folders(link)]
            articles.append(link_article(url, "".join(link.itertext()), tags=tags))
    return _some(articles)


def read_link(data: bytes, name: str) -> list[Article]:
    """A file that holds one link: .url of Windows, .webloc of macOS, .desktop of Linux, or a text of one address."""
    text = decode(data)
    match = re.search(r"(?:^URL\s*=\s*|<string>\s*)?(https?://[^\s<>\"]{3,2000})", text, re.M)
    if match is None:
        raise UnreadableFile(Code.NO_ADDRESS)
    title = re.search(r"^Name\s*=\s*(.+)$", text, re.M)
    named = re.match(r"(.+)\.(?:url|webloc|desktop)$", name, re.I)  # browsers call such a file by the page's title
    return [link_article(match[1], title[1] if title else named[1] if named else "")]


def is_link(text: str, suffix: str) -> bool:
    """Whether a file is but a link."""
    if suffix in (".url", ".webloc", ".desktop"):
        return bool(re.search(r"(?:^URL\s*=\s*|<string>\s*)https?://", text, re.M))
    return bool(_ADDRESS.match(text.strip()))


def _folders(link: Any) -> Iterator[str]:
    """The headings of the lists that a bookmark is in, but for the browser's own top ones."""
    for above in link.iterancestors("dl"):
        heading = next((found for before in above.itersiblings(preceding=True) for found in _headings(before)), None)
        if heading is None and (parent := above.getparent()) is not None and parent.tag == "dt":
            heading = parent.find("h3")
        if heading is not None and not heading.get("personal_toolbar_folder"):
            yield "".join(heading.itertext())


def _headings(element: Any) -> Iterator[Any]:
    """The heading that an element is, or that it ends with."""
    if element.tag == "h3":
        yield element
    elif element.tag == "dt":
        yield from reversed(element.findall("h3"))


def _rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(10_000_000)
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error:
        return


def _some(articles: list[Article]) -> list[Article]:
    if not articles:
        raise UnreadableFile(Code.NO_LINKS)
    return articles
