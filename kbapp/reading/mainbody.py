"""Where on a page the article is, and its text as blocks.

trafilatura finds the article; this module turns its tree into blocks and mends what it is known to lose or to keep.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from kbapp.domain import Block, BlockKind

_SPACES = re.compile(r"\s+")
_LEAVES: dict[str, BlockKind] = {"p": "paragraph", "head": "heading", "item": "list_item", "quote": "quote",
                                 "code": "code", "ab": "paragraph"}  # fmt: skip

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_blocks(tree: Any) -> list[Block]:
    """The blocks of the article on the page, in reading order; empty when there is none."""
    body = _extract(tree)
    return [] if body is None else _blocks_of(body)


def _extract(tree: Any) -> Any:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree, fast=True, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False,
            include_formatting=False, deduplicate=False,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return getattr(found, "body", None)


def _blocks_of(body: Any) -> list[Block]:
    blocks: list[Block] = []
    loose: list[str] = []

    def flush() -> None:
        text = _SPACES.sub(" ", "".join(loose)).strip()
        loose.clear()
        if text:
            blocks.append(Block("paragraph", text))

    def walk(element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "table":
            flush()
            rows = ["\t".join(_text(cell) for cell in row.iter("cell")) for row in element.iter("row")]
            rows = [row for row in rows if row.strip()]
            if rows:
                blocks.append(Block("table", "\n".join(rows)))
        elif tag in _LEAVES:
            flush()
            _leaf(element, tag, blocks)
        elif tag in ("list", "div", "main", "body", "lb", "comments"):
            flush()
            loose.append(element.text or "")
            for child in element:
                walk(child)
            flush()
        elif tag != "graphic":
            loose.append(_text(element))
        loose.append(element.tail or "")

    walk(body)
    flush()
    return blocks


def _leaf(element: Any, tag: str, blocks: list[Block]) -> None:
    """A paragraph, or the paragraphs inside a quotation or list item."""
    inner = [child for child in element.iter("p", "item", "head", "list") if child is not element]
    if inner and tag in ("quote", "item"):
        own = _SPACES.sub(" ", element.text or "").strip()
        if own:
            blocks.append(Block(_LEAVES[tag], own))
        for child in element:
            text = _text(child)
            if text:
                blocks.append(Block(_LEAVES[tag], text))
        return
    text = "".join(element.itertext()).strip("\n") if tag == "code" else _text(element)
    if text.strip():
        level = None
        if tag == "head":
            rend = element.get("rend") or ""
            level = int(rend[1]) if re.fullmatch(r"h[1-6]", rend) else 2
        blocks.append(Block(_LEAVES[tag], text, level))


def _text(element: Any) -> str:
    joiner = " " if element.find(".//lb") is not None else ""  # a line break parts words
    return _SPACES.sub(" ", joiner.join(element.itertext())).strip()
