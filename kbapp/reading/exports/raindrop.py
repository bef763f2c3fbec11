"""Raindrop.io's table: a row a bookmark, its highlights in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kbapp.domain import Article, Highlight
from kbapp.reading import entries

_PIECE = re.compile(r"^(Highlight|Note|Color|Colour|Created|Tags):[ \t]*", re.M | re.I)


def read_rows(rows: Iterable[Mapping[str, str]]) -> list[Article]:
    """The bookmarks of a table."""
    return [
        entries.link(
            row["url"], title=row.get("title", ""), excerpt=row.get("excerpt", ""), saved=entries.moment(row.get("created")),
            tags=[*entries.tags_in(row.get("tags") and row["tags"] + ","), *entries.folder_tag(row.get("folder", ""))],
            starred=entries.truth(row.get("favorite")), highlights=_highlights(row.get("highlights", "")), note=row.get("note", ""),
        )
        for row in rows if entries.is_address(row.get("url", ""))
    ]  # fmt: skip


def _highlights(cell: str) -> list[Highlight]:
    """The highlights in "Highlight:… Note:… Highlight:…", a line a piece; words without a mark are one highlight."""
    found: list[dict[str, str]] = []
    pieces = _PIECE.split(cell)
    if pieces[0].strip():
        found.append({"highlight": pieces[0].strip()})
    for name, value in zip(pieces[1::2], pieces[2::2], strict=False):
        if name.lower() == "highlight" or not found:
            found.append({})
        found[-1][name.lower()] = value.strip()
    return [
        Highlight(
            each.get("highlight", ""), each.get("note", ""), entries.colour(each.get("color") or each.get("colour")), entries.moment(each.get("created")),
        )
        for each in found
    ]  # fmt: skip
