"""Omnivore: a page and its highlights, with what ``metadata_*.json`` says of them; ``importing`` brings the three together."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kbapp.domain import Article, Highlight
from kbapp.reading import entries
from kbapp.reading.encoding import decode

METADATA, HIGHLIGHTS = "omnivore-metadata.json", "omnivore-highlights.md"
"""The companions of a page: its entry in the metadata, and its highlights in Markdown."""
_QUOTE = re.compile(r"^>[ \t]?", re.M)


def is_metadata_entry(value: Any) -> bool:
    """Whether a JSON value is an entry of Omnivore's metadata."""
    return isinstance(value, dict) and {"slug", "url", "savedAt"} <= value.keys()


def kind_of_companions(companions: Mapping[str, bytes]) -> str | None:
    """The format of a page that came with its entry in the metadata; None for any other file."""
    return "omnivore" if METADATA in companions else None


def read_page(data: bytes, _name: str, companions: Mapping[str, bytes]) -> list[Article]:
    """The article of a page with its companions."""
    return [article_of(json.loads(companions[METADATA]), decode(data), decode(companions.get(HIGHLIGHTS, b" ")))]


def article_of(entry: Mapping[str, Any], page: str = "", highlights: str = "") -> Article:
    """The article of an entry; a link when its page is not there."""
    url = str(entry["url"])
    common: dict[str, Any] = {
        "title": str(entry.get("title") or ""),
        "authors": entries.names(entry.get("author")),
        "published": entries.moment(entry.get("publishedAt")),
        "saved": entries.moment(entry.get("savedAt")),
        "tags": entries.tags_in(entry.get("labels") or []),
        "is_read": str(entry.get("state")).casefold() == "archived" or entry.get("readingProgress") == 100,
        "highlights": [*marks_of(highlights), *entries.marks_in(entry.get("highlights"))],
    }
    blocks = entries.content_blocks(page)
    if blocks:
        return entries.document(
            blocks=blocks, form="html", url=url, subtitle=str(entry.get("description") or "") or None, **common
        )
    return entries.link(url, excerpt=str(entry.get("description") or ""), **common)


def marks_of(text: str) -> list[Highlight]:
    """The highlights in Markdown: each quotation, with the words below it as its comment."""
    marks: list[Highlight] = []
    for part in re.split(r"\n\s*\n", text):
        part = part.strip()
        if part.startswith(">"):
            lines = part.split("\n")
            quoted = [line for line in lines if line.startswith(">")]
            words, tags = _without_tags(_QUOTE.sub("", "\n".join(quoted)))
            marks.append(Highlight(words, "\n".join(lines[len(quoted) :]).strip(), tags=tags))
        elif part and not part.startswith("#") and marks:
            last = marks[-1]
            marks[-1] = Highlight(last.text, f"{last.note}\n\n{part}".strip(), tags=last.tags)
    return marks


def _without_tags(quote: str) -> tuple[str, tuple[str, ...]]:
    """A quotation without its link to Omnivore and the #tags that follow it."""
    quote = re.sub(r"\s*\[⤴️?\]\([^()\s]*\)", "", quote)
    tags = re.search(r"(?:\s+#[^\s#]+)+\s*\Z", quote)
    found = tuple(tags[0].replace("#", " ").split()) if tags else ()
    return (quote[: tags.start()] if tags else quote).strip(), found
