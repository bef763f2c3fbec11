"""What tells exports apart whose readers take long to load."""

from __future__ import annotations

import re

from kbapp.reading.entries import is_address
from kbapp.reading.prolog import root_name

_XML_POSTS = re.compile(r"\s*(?:<\?xml[^<>]*\?>\s*|<!--[^<>]*-->\s*)*<posts[\s>]", re.I)
_BOOKMARKS = re.compile(
    r"<!DOCTYPE NETSCAPE-Bookmark-file-1>|<title>\s*(?:Pocket Export|Instapaper: Export|Bookmarks)\s*</title>", re.I
)
_JOPLIN_END = re.compile(rb"(?:^|\n)type_: ?\d{1,2}\s*\Z")
_XML = re.compile(r"\s*<\?xml\b|\s*<!DOCTYPE\s+(?!html)[\w:-]+", re.I)
_PARAGRAPHS = re.compile(r"</(?:p|body)\s*>", re.I)


def is_link(text: str, suffix: str) -> bool:
    """Whether a file is but a link."""
    if suffix in (".url", ".webloc", ".desktop"):
        return bool(re.search(r"(?:^URL\s*=\s*|<string>\s*)https?://", text, re.M))
    return is_address(text.strip())


def is_bookmarks(text: str) -> bool:
    """Whether a page is a browser's bookmarks or an export that looks like them rather than an article."""
    return bool(_BOOKMARKS.search(text[:3000])) and bool(re.search(r"<(?:a|dl|ul)\b", text, re.I))


def is_posts(text: str) -> bool:
    """Whether an XML text is an export of Pinboard or Delicious."""
    return bool(_XML_POSTS.match(text))


def is_enex(text: str) -> bool:
    """Whether an XML text is an export of Evernote."""
    return "<en-export" in text[:4000]


def is_zotero_rdf(text: str) -> bool:
    """Whether an XML text is an export of Zotero."""
    return "<rdf:RDF" in text[:3000] and "zotero.org/namespaces/export" in text[:4000]


def is_endnote_xml(text: str) -> bool:
    """Whether an XML text is a library of EndNote."""
    return root_name(text[:8000]) == "xml" and bool(re.search(r"<records>\s*<record[\s>]", text[:8000]))


def is_joplin_item(data: bytes) -> bool:
    """Whether a file is an item of Joplin's raw export."""
    end = data[-6000:].replace(b"\r\n", b"\n")
    return _JOPLIN_END.search(end[-200:]) is not None and re.search(rb"(?:^|\n)id: ?\w+", end) is not None


def is_opml(text: str) -> bool:
    """Whether an XML text is a list of feeds or an outline."""
    return root_name(text[:8000]) == "opml"


def is_unknown_xml(text: str, suffix: str) -> bool:
    """Whether a text is XML that is no page: it says that it is XML, and has neither a page's root nor paragraphs."""
    if suffix in (".html", ".htm", ".xhtml") or not (
        _XML.match(text) or (suffix in (".xml", ".rdf", ".opml") and text.lstrip()[:1] == "<")
    ):
        return False
    return root_name(text[:8000]) not in ("html", "nitf") and len(_PARAGRAPHS.findall(text)) < 2
