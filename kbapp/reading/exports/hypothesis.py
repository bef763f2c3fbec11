"""Hypothesis: annotations as JSON (its export and its API) or as a table, gathered by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kbapp.domain import Article, Highlight
from kbapp.reading import entries

_Pages = dict[str, tuple[str, list[Highlight]]]  # title and highlights by address


def is_hypothesis(value: Any) -> bool:
    """Whether a JSON value is an export of annotations."""
    first = next(iter(_annotations(value)), None)
    return first is not None and "uri" in first and ("target" in first or "document" in first)


def read_json(value: Any) -> list[Article]:
    """A link for each annotated page, with its annotations as highlights."""
    pages: _Pages = {}
    for each in _annotations(value):
        url = str(each.get("uri") or "")
        if not entries.is_address(url):
            continue
        quote = _quote(each.get("target"))
        mark = Highlight(quote, str(each.get("text") or "").strip(), None, entries.moment(each.get("created")), tuple(entries.tags_in(each.get("tags") or [])))  # fmt: skip
        _page(pages, url, _title(each.get("document")))[1].append(mark)
    return _articles(pages)


def read_rows(rows: Iterable[Mapping[str, str]]) -> list[Article]:
    """The same of a table."""
    pages: _Pages = {}
    for row in rows:
        if entries.is_address(row.get("url", "")):
            when = entries.moment(row.get("created at") or row.get("created"))
            tags = tuple(entries.tidy_tags(entries.tags_in((row.get("tags") or "") + ",")))
            mark = Highlight(row.get("quote", ""), row.get("comment") or row.get("text") or "", None, when, tags)
            _page(pages, row["url"], row.get("page", ""))[1].append(mark)
    return _articles(pages)


def _annotations(value: Any) -> Iterable[Mapping[str, Any]]:
    found = value.get("annotations") or value.get("rows") if isinstance(value, dict) else value
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _page(pages: _Pages, url: str, title: str) -> tuple[str, list[Highlight]]:
    return pages.setdefault(entries.original_address(url), (title, []))


def _articles(pages: _Pages) -> list[Article]:
    return [
        entries.link(url, title=title, highlights=marks, saved=min((mark.created for mark in marks if mark.created), default=None))
        for url, (title, marks) in pages.items()
    ]  # fmt: skip


def _title(document: Any) -> str:
    title = document.get("title") if isinstance(document, dict) else None
    return str(title[0]) if isinstance(title, list) and title else title if isinstance(title, str) else ""


def _quote(targets: Any) -> str:
    for target in targets if isinstance(targets, list) else []:
        for selector in (target.get("selector") or []) if isinstance(target, dict) else []:
            if isinstance(selector, dict) and selector.get("type") == "TextQuoteSelector":
                return str(selector.get("exact") or "")
    return ""
