"""Feeds: RSS, Atom and JSON Feed."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lxml import etree

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading.encoding import decode
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import parse_date
from kbapp.reading.limits import take, with_warning
from kbapp.reading.webpage.fragments import html_blocks
from kbapp.reading.webpage.parsing import parse

_TAG = re.compile(r"<[^<>]{1,200}>")
_WITH_ADDRESS = re.compile(r"\S{1,100}@\S{1,100} \(([^()]{1,200})\)")


def read_feed(data: bytes, name: str) -> list[Article]:
    """RSS or Atom: an article for each entry with text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(Code.FEED_DAMAGED) from error
    if root is None:
        raise UnreadableFile(Code.FEED_DAMAGED)
    feed_title = _child_text(root, "title") or _child_text(_child(root, "channel"), "title")
    entries = [
        element for element in root.iter() if isinstance(element.tag, str) and _local(element) in ("item", "entry")
    ]
    read, notice = take(entries)
    return _found([_entry(entry, feed_title, name) for entry in read], notice)


def _entry(entry: Any, feed_title: str | None, name: str) -> Article | None:
    content = (
        _child_text(entry, "encoded")
        or _child_text(entry, "content")
        or _child_text(entry, "description")
        or _child_text(entry, "summary")
    )
    link = next(
        (e.get("href") for e in entry if _local(e) == "link" and e.get("href") and e.get("rel") in (None, "alternate")),
        None,
    )
    authors = [
        _child_text(e, "name") or " ".join("".join(e.itertext()).split())
        for e in entry
        if _local(e) in ("author", "creator")
    ]
    return _article(
        title=_child_text(entry, "title"), content=content, authors=[_WITH_ADDRESS.sub(r"\1", author) for author in authors],
        published=_child_text(entry, "published") or _child_text(entry, "pubDate") or _child_text(entry, "date") or _child_text(entry, "updated"),
        source=feed_title, url=link or _child_text(entry, "link"), name=name, form="feed",
    )  # fmt: skip


def read_json_feed(data: bytes, name: str) -> list[Article]:
    """JSON Feed 1.0 and 1.1."""
    feed = json.loads(decode(data))
    articles: list[Article | None] = []
    items, notice = take(feed["items"])
    for item in items:
        if not isinstance(item, dict):
            continue
        people = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else [])
        articles.append(
            _article(
                title=item.get("title"), content=item.get("content_html") or item.get("content_text"), name=name, form="jsonfeed",
                authors=[str(person.get("name")) for person in people if isinstance(person, dict) and person.get("name")],
                published=item.get("date_published"), source=feed.get("title"), url=item.get("url"), tags=item.get("tags"),
            )
        )  # fmt: skip
    return _found(articles, notice)


def _article(
    *,
    title: Any,
    content: Any,
    authors: list[str],
    published: Any,
    source: Any,
    url: Any,
    name: str,
    form: str,
    tags: Any = None,
) -> Article | None:
    blocks = _blocks(str(content)) if content else []
    if not blocks:
        return None
    text = " ".join(block.text for block in blocks)
    plain_title = _plain(str(title)) if title else text[:80]
    names = [each for author in authors for each in bylines.parse_authors(author)]
    iso = parse_date(str(published)) if published else None
    says = {"title": title, "authors": names, "published": iso, "source": source, "url": url}
    return Article(
        title=plain_title or name,
        blocks=tuple(blocks),
        authors=tuple(Author(each) for each in dict.fromkeys(names)),
        published=iso,
        source=str(source) if source else None,
        url=str(url) if url and str(url).startswith("http") else None,
        language=language.detect(text),
        format=form,
        tags=tuple(str(tag) for tag in tags if str(tag).strip())[:50] if isinstance(tags, list) else (),
        provenance={field: "feed" for field, value in says.items() if value},
    )


def _blocks(content: str) -> list[Block]:
    if re.search(r"<\w+[^<>]*>", content):
        return html_blocks(parse(f"<html><body>{content}</body></html>"))
    return [Block("paragraph", " ".join(part.split())) for part in re.split(r"\n\s*\n", content) if part.strip()]


def _plain(title: str) -> str:
    """A title without markup; many programs escape it twice."""
    return " ".join(_TAG.sub("", html.unescape(title)).split())


def _found(articles: list[Article | None], notice: Notice | None) -> list[Article]:
    found = [article for article in articles if article is not None]
    if not found:
        raise UnreadableFile(Code.FEED_WITHOUT_ARTICLES)
    return with_warning(found, notice)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _local(child) == name), None) if element is not None else None


def _child_text(element: Any, name: str) -> str | None:
    child = _child(element, name)
    if child is None:
        return None
    if child.get("type") == "xhtml":
        return etree.tostring(child, encoding="unicode", method="html")
    text = "".join(child.itertext()).strip()
    return text or None
