"""The bookmarks that browsers keep in JSON: Firefox's backups and Chrome's file "Bookmarks"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from kbapp.domain import Article
from kbapp.reading import entries

_FIREFOX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHROME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def is_backup(value: Any) -> bool:
    """Whether a JSON value is a tree of bookmarks."""
    return isinstance(value, dict) and (
        value.get("type") == "text/x-moz-place-container"
        or (isinstance(value.get("roots"), dict) and "bookmark_bar" in value["roots"])
    )


def read_tree(value: Mapping[str, Any]) -> list[Article]:
    """A link for each bookmark that has an address of the web, with its folders as tags."""
    return [_article(mark, folders) for mark, folders in _marks(value) if entries.is_address(_address(mark))]


def _marks(value: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """The bookmarks in their order, each with the names of the user's folders around it."""
    roots = value.get("roots")
    tops = list(roots.values()) if isinstance(roots, dict) else [value]
    waiting: list[tuple[Any, tuple[str, ...], bool]] = [(top, (), True) for top in reversed(tops)]
    while waiting:
        node, folders, browsers_own = waiting.pop()
        if not isinstance(node, dict):
            continue
        children = node.get("children")
        if not isinstance(children, list):
            yield node, folders
            continue
        if not browsers_own and not node.get("root"):
            folders = (*folders, str(node.get("title") or node.get("name") or ""))
        waiting += [(child, folders, node.get("root") == "placesRoot") for child in reversed(children)]


def _article(mark: Mapping[str, Any], folders: tuple[str, ...]) -> Article:
    tags = [*str(mark.get("tags") or "").split(","), *(tag for folder in folders for tag in entries.folder_tag(folder))]
    saved = _moment(mark.get("dateAdded"), _FIREFOX_EPOCH) or _moment(mark.get("date_added"), _CHROME_EPOCH)
    return entries.link(_address(mark), title=str(mark.get("title") or mark.get("name") or ""), saved=saved, tags=tags)


def _address(mark: Mapping[str, Any]) -> str:
    return str(mark.get("uri") or mark.get("url") or "")


def _moment(microseconds: Any, epoch: datetime) -> str | None:
    try:
        return (epoch + timedelta(microseconds=int(microseconds))).isoformat(timespec="seconds")
    except (TypeError, ValueError, OverflowError):
        return None
