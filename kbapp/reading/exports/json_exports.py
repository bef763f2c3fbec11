"""Exports in JSON and JSON Lines: which program they are of, and the reading of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kbapp.domain import Article
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.encoding import decode
from kbapp.reading.exports import browser_bookmarks, hypothesis, keep, mappings, omnivore

_LISTS = (
    "items",
    "articles",
    "entries",
    "bookmarks",
    "links",
    "results",
    "documents",
    "docs",
    "data",
    "records",
    "notes",
    "saves",
    "highlights",
    "list",
)
_WALLABAG = {"is_archived", "is_starred", "published_by", "domain_name"}
_NO_CONTENT = re.compile(r"wallabag can't retrieve contents", re.I)


def is_known(value: Any) -> bool:
    """Whether a JSON value is an export that can be read."""
    if keep.is_keep(value) or hypothesis.is_hypothesis(value) or browser_bookmarks.is_backup(value):
        return True
    first = next(iter(_records(value)), None)
    return first is not None and _readable(first)


def is_lines(text: str) -> bool:
    """Whether a text is JSON Lines of which the first object can be read."""
    first = text.lstrip("\ufeff \n\t").split("\n", 1)
    return len(first) == 2 and (value := _object(first[0])) is not None and _readable(_unwrapped(value))


def read_json(data: bytes, _name: str) -> list[Article]:
    """An article for each entry. Raises UnreadableFile when there is none, or nothing is known of such data."""
    value = json.loads(decode(data))
    if keep.is_keep(value):
        return keep.read_note(value)
    if hypothesis.is_hypothesis(value):
        articles = hypothesis.read_json(value)
    elif browser_bookmarks.is_backup(value):
        articles = browser_bookmarks.read_tree(value)
    else:
        articles = [article for record in _records(value) if (article := _article(record)) is not None]
    if not articles:
        raise UnreadableFile(Code.EXPORT_WITHOUT_ARTICLES)
    return articles


def read_lines(data: bytes, _name: str) -> list[Article]:
    """The same for JSON Lines; lines that are no objects are counted in a warning."""
    articles: list[Article] = []
    damaged = 0
    for line in decode(data).split("\n"):
        if not line.strip():
            continue
        value = _object(line)
        article = _article(_unwrapped(value)) if value is not None else None
        if article is not None:
            articles.append(article)
        else:
            damaged += 1
    if not articles:
        raise UnreadableFile(Code.EXPORT_WITHOUT_ARTICLES)
    if damaged:
        notice = Notice(Code.ENTRIES_LEFT_OUT, {"count": damaged})
        articles[-1] = replace(articles[-1], warnings=(*articles[-1].warnings, notice))
    return articles


def _readable(record: Mapping[str, Any]) -> bool:
    names = set(mappings.folded(record))
    return (
        omnivore.is_metadata_entry(record)
        or _is_pinboard(record)
        or mappings.has_text(names)
        or mappings.has_links(names)
    )


def _article(record: Mapping[str, Any]) -> Article | None:
    if omnivore.is_metadata_entry(record):
        return omnivore.article_of(record)
    if _is_pinboard(record):
        return pinboard_article(record)
    if isinstance(record.get("content"), str) and _NO_CONTENT.search(record["content"][:300]):
        record = {**record, "content": ""}
    return mappings.article_of(record, "wallabag" if _WALLABAG & record.keys() else "json")


def _records(value: Any) -> Iterator[Mapping[str, Any]]:
    """The entries of an export: the objects of a list, wherever in the outermost objects it stands."""
    for each in _lists(value):
        for record in each:
            if isinstance(record, dict):
                yield _unwrapped(record)


def _lists(value: Any) -> Iterable[list[Any]]:
    if isinstance(value, list):
        return [value]
    if not isinstance(value, dict):
        return []
    collections = value.get("collections")
    if isinstance(collections, list):  # Linkwarden: the links of each collection
        return [
            _in_folder(each) for each in collections if isinstance(each, dict) and isinstance(each.get("links"), list)
        ]
    found = next((value[name] for name in _LISTS if isinstance(value.get(name), list) and value[name]), None)
    if found is not None:
        return [found]
    inner = value.get("list")
    return (
        [list(inner.values())] if isinstance(inner, dict) else [[value]]
    )  # Pocket: objects by their numbers; or one entry alone


def _in_folder(collection: Mapping[str, Any]) -> list[Any]:
    return [
        {"folder": collection.get("name"), **each} if isinstance(each, dict) else each for each in collection["links"]
    ]


def _unwrapped(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry whose address and text stand in an object of their own (Karakeep), with these beside its other fields."""
    content = record.get("content")
    if not isinstance(content, dict):
        return record
    inside = {
        key: value
        for key, value in content.items()
        if key not in ("type", "title") or (key == "title" and not record.get("title"))
    }
    return {**{key: value for key, value in record.items() if key != "content"}, **inside}


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


# --- Pinboard ------------------------------------------------------------------------------------------------------
def _is_pinboard(record: Mapping[str, Any]) -> bool:
    return {"href", "description"} <= record.keys() and bool({"extended", "toread", "time"} & record.keys())


def pinboard_article(post: Mapping[str, Any]) -> Article | None:
    """A post of Pinboard or Delicious, whose "description" is the title and whose tags are parted by blanks."""
    url = str(post.get("href") or "")
    if not entries.is_address(url):
        return None
    return entries.link(
        url, title=str(post.get("description") or ""), excerpt=str(post.get("extended") or ""), saved=entries.moment(post.get("time")),
        tags=str(post.get("tags") or post.get("tag") or "").split(), is_read="toread" in post and not entries.truth(post["toread"]),
    )  # fmt: skip
