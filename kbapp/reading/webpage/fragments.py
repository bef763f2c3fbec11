"""HTML that is all article (a chapter, a newsletter, a feed's entry) to blocks: nothing is searched for, all is kept."""

from __future__ import annotations

import re
from typing import Any

from kbapp.domain import Block, BlockKind
from kbapp.reading.images import PlacedImage, source_of
from kbapp.reading.inline_styles import Style, StyledText, style_of

_SPACES = re.compile(r"[\s\u00a0\u200b\u200c\u00ad]+")
_SKIPPED = frozenset(
    "script style head noscript template iframe form button select textarea nav object embed title".split()
)
_KINDS: dict[str, BlockKind] = {"li": "list_item", "dd": "list_item", "dt": "list_item", "blockquote": "quote", "pre": "code", "figcaption": "caption",
                                "caption": "caption"}  # fmt: skip
_BREAKING = frozenset(
    "p div section article main header footer aside h1 h2 h3 h4 h5 h6 li dd dt dl ul ol blockquote pre figure figcaption table tr td th tbody thead "
    "hr address center body html caption details summary".split()
)


def html_blocks(root: Any) -> list[Block]:
    """The text of a tree as blocks, in order."""
    return blocks_and_pictures(root)[0]


def blocks_and_pictures(root: Any) -> tuple[list[Block], list[PlacedImage]]:
    """The text of a tree as blocks, and its pictures."""
    walker = _Walker()
    walker.walk(root, "paragraph", None)
    walker.flush("paragraph", None)
    return walker.blocks, walker.pictures


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pictures: list[PlacedImage] = []
        self.loose = StyledText()

    def flush(self, kind: BlockKind, level: int | None) -> None:
        text, spans = self.loose.take(fold=kind != "code")
        if text.strip():
            self.blocks.append(Block(kind, text, level, spans))

    def walk(self, element: Any, kind: BlockKind, level: int | None, styles: tuple[Style, ...] = ()) -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _SKIPPED or "display:none" in (element.get("style") or "").replace(" ", "").lower():
            return
        breaking = tag in _BREAKING
        own_kind, own_level = kind, level
        if breaking:
            self.flush(kind, level)
            if tag in _KINDS:
                own_kind, own_level = _KINDS[tag], None
            elif re.fullmatch(r"h[1-6]", tag):
                own_kind, own_level = "heading", int(tag[1])
        if tag == "table" and (rows := data_table(element)) is not None:
            self.blocks.append(Block("table", rows))
            return
        if tag in ("img", "image"):
            self.pictures.append((len(self.blocks), source_of(element), element.get("alt") or ""))
        if tag == "br":
            self.loose.add("\n" if kind == "code" else " ")
        if not breaking and (style := style_of(tag, element.get("href"))) is not None and style not in styles:
            styles = (*styles, style)
        self.loose.add(element.text or "", styles)
        for child in element:
            self.walk(child, own_kind, own_level, styles)
            self.loose.add(child.tail or "", styles)
        if breaking:
            self.flush(own_kind, own_level)


def data_table(table: Any) -> str | None:
    """The rows of a table of data, cells parted by tabs; None for a table that only lays out the page.

    Data has several rows and columns of short cells; newsletters and old pages are laid out in tables too.
    """
    rows = [
        [_SPACES.sub(" ", "".join(cell.itertext())).strip() for cell in row.iterchildren("td", "th")]
        for row in table.iter("tr")
    ]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or table.find(".//table") is not None:
        return None
    if any(len(cell) >= 200 for cell in cells) or sum(map(bool, cells)) < 4:
        return None
    return "\n".join("\t".join(row) for row in rows if any(row))
