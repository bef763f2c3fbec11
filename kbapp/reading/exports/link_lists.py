"""Links and lists of links: browsers' bookmarks and what looks like them, Pinboard's XML, files that hold one link.

Each link is kept as an article of format "link", to be fetched when the user asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lxml import etree

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.encoding import decode
from kbapp.reading.exports.json_exports import pinboard_article

_TOP_FOLDERS = frozenset({"read archive", "archive", "unread", "home", "starred"})


def read_link(data: bytes, name: str) -> list[Article]:
    """A file that holds one link: .url of Windows, .webloc of macOS, .desktop of Linux, or a text of one address."""
    text = decode(data)
    match = re.search(r"(?:^URL\s*=\s*|<string>\s*)?(https?://[^\s<>\"]{3,2000})", text, re.M)
    if match is None:
        raise UnreadableFile(Code.NO_ADDRESS)
    title = re.search(r"^Name\s*=\s*(.+)$", text, re.M)
    named = re.match(r"(.+)\.(?:url|webloc|desktop)$", name, re.I)  # browsers call such a file by the page's title
    return [entries.link(match[1], title=title[1] if title else named[1] if named else "")]


def read_posts(data: bytes, _name: str) -> list[Article]:
    """The XML of Pinboard and Delicious. Raises UnreadableFile when it holds no link."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    root = etree.fromstring(data, parser)
    posts = root.iter("post") if root is not None else ()
    return _some(
        [
            article
            for post in posts
            if (article := pinboard_article({str(key): value for key, value in post.attrib.items()})) is not None
        ]
    )


def read_bookmarks(data: bytes, _name: str) -> list[Article]:
    """Bookmarks as every browser exports them, folders as tags, and the pages of Pocket and Instapaper.

    Raises:
        UnreadableFile: The page holds no link.
    """
    reader = _BookmarkReader()
    reader.feed(decode(data))
    reader.close()
    return _some([_article(mark) for mark in reader.found if entries.is_address(mark.attributes.get("href", ""))])


@dataclass(slots=True)
class _Bookmark:
    attributes: dict[str, str]
    folders: tuple[str, ...]
    heading: str  # the last h1: Pocket and Instapaper have a list for what is unread, and for what is read
    title: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)


class _BookmarkReader(HTMLParser):
    """Walks through a page of bookmarks, whose lists are seldom closed as they should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Bookmark] = []
        self._folders: list[str] = []
        self._heading: list[str] = []
        self._folder: list[str] | None = None  # the words of the heading that the next list belongs to
        self._own_folder = False
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.found.append(_Bookmark(values, tuple(self._folders), "".join(self._heading).strip()))
            self._into = self.found[-1].title
        elif tag == "dd":
            self._into = self.found[-1].description if self.found and self._folder is None else None
        elif tag == "h3":
            own = any(name in values for name in ("personal_toolbar_folder", "unfiled_bookmarks_folder"))
            self._folder = self._into = []
            self._own_folder = own
        elif tag == "h1":
            self._heading = self._into = []
        elif tag == "dl":
            name = "" if self._own_folder or self._folder is None else "".join(self._folder).strip()
            self._folders.append(name)
            self._folder, self._own_folder, self._into = None, False, None
        elif tag in ("dt", "li", "ul", "ol", "h2", "p"):
            self._into = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "dl" and self._folders:
            self._folders.pop()
        if tag in ("a", "h1", "h3", "dl", "ul", "ol"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)


def _article(mark: _Bookmark) -> Article:
    values = mark.attributes
    heading = mark.heading.casefold()
    tags = [
        *(values.get("tags") or "").split(","),
        *(tag for folder in mark.folders for tag in entries.folder_tag(folder)),
    ]
    if heading and heading not in _TOP_FOLDERS and not mark.folders:
        tags += entries.folder_tag(mark.heading)  # Instapaper's folders
    unread = values.get("toread", "")
    return entries.link(
        values["href"], title="".join(mark.title), excerpt="".join(mark.description), tags=tags,
        saved=entries.moment(values.get("time_added") or values.get("add_date")),
        is_read=heading in ("read archive", "archive") or (unread == "0"),
        starred=heading == "starred" or entries.truth(values.get("data-important", "")),
    )  # fmt: skip


def _some(articles: list[Article]) -> list[Article]:
    if not articles:
        raise UnreadableFile(Code.NO_LINKS)
    return articles
