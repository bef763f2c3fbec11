"""The export of Omnivore: pages in ``content/`` without a head of their own, told about in ``metadata_*.json``.

Each page is given a head that says what the metadata does, so that it is read like any saved page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any

_METADATA = re.compile(r"metadata_\d+_to_\d+\.json\Z")
Items = dict[str, dict[str, Any]]


def is_metadata(name: str) -> bool:
    """Whether a file's name is that of Omnivore's metadata."""
    return bool(_METADATA.match(PurePosixPath(name).name))


def items(parts: Mapping[str, bytes]) -> Items:
    """What metadata files say of each page, by its slug; files that are something else say nothing."""
    found: Items = {}
    for data in parts.values():
        try:
            entries = json.loads(data)
        except (ValueError, RecursionError):
            continue
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict) and isinstance(entry.get("slug"), str) and isinstance(entry.get("url"), str):
                found[entry["slug"]] = entry
    return found


def with_head(name: str, data: bytes, known: Items) -> bytes:
    """A page of ``content/`` with its head; any other file as it is."""
    path = PurePosixPath(name)
    entry = known.get(path.stem)
    if entry is None or path.suffix.lower() != ".html" or path.parent.name != "content":
        return data
    title, url = str(entry.get("title") or path.stem), str(entry["url"])
    fields = {
        "og:title": title,
        "og:url": url,
        "author": entry.get("author"),
        "og:description": entry.get("description"),
    }
    fields["article:published_time"] = entry.get("publishedAt")
    tags = "".join(
        f'<meta {_kind(key)}="{key}" content="{escape(str(value))}">' for key, value in fields.items() if value
    )
    labels = entry.get("labels")
    tags += (
        "".join(f'<meta property="article:tag" content="{escape(str(label))}">' for label in labels if label)
        if isinstance(labels, list)
        else ""
    )
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title><link rel="canonical" href="{escape(url)}">{tags}</head>'
    return f"{head}<body><article><h1>{escape(title)}</h1>".encode() + data + b"</article></body></html>"


def _kind(name: str) -> str:
    return "property" if ":" in name else "name"
