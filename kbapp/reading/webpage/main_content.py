"""Where on a page the article is, and its text as blocks: two extractors are weighed against each other.

trafilatura (Apache-2.0) knows much about pages, ``density`` weighs their prose. What both take is body. What one alone
takes is body when it looks like the body that both see (the same kind of element, real sentences) or lies within it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from lxml import etree

from kbapp.domain import Block
from kbapp.reading.webpage.density import Piece, dense_pieces, is_aside, pieces

_NO_WORD = re.compile(r"\W+")
_PROSE = re.compile(r"[.!?…。][\"”’')\]]*(?:\s|$)")

# What trafilatura drops before it looks at a page; dropping it at once spares it from looking at it first.
_WITHOUT_TEXT = tuple(
    "script style svg noscript template iframe link meta embed footer menu object audio canvas map video button datalist dialog frame "
    "input nav optgroup option output progress select source track textarea".split()
)
_TEXT_TAGS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre dd dt".split())

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_blocks(tree: Any) -> tuple[list[Block], list[tuple[Block, str, str]]]:
    """The blocks of the article on the page, in reading order, and its pictures as (the block after it, source, words).

    Both are empty when there is no article. The tree is used up.
    """
    found = pieces(tree)
    dense = {id(piece) for piece in dense_pieces(found)}
    known = _known_text(tree)
    known_pieces = [len(key) > 1 and key in known for key in map(_key, (piece.text for piece in found))]
    chosen = _weighed(found, [id(piece) in dense for piece in found], known_pieces)
    blocks = {id(piece): piece.block for piece in chosen}
    return list(blocks.values()), _pictures(found, blocks)


def _pictures(found: list[Piece], blocks: dict[int, Block]) -> list[tuple[Block, str, str]]:
    """The pictures from the piece before the article's first to its last, those of dropped captions among them."""
    at = [number for number, piece in enumerate(found) if id(piece) in blocks]
    pictures: list[tuple[Block, str, str]] = []
    waiting: list[tuple[str, str]] = []
    for piece in found[max(0, at[0] - 2) : at[-1] + 1] if at else []:
        waiting += piece.pictures
        if (block := blocks.get(id(piece))) is not None:
            pictures += [(block, source, words) for source, words in waiting]
            waiting = []
    return pictures


def _known_text(tree: Any) -> str:
    """What trafilatura takes for the body, as one folded string."""
    from trafilatura import bare_extraction

    etree.strip_elements(tree, *_WITHOUT_TEXT, with_tail=False)
    try:
        document = bare_extraction(
            tree, fast=True, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""
    body = getattr(document, "body", None)
    return "" if body is None else _key(" ".join(body.itertext()))


def _key(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _weighed(found: list[Piece], dense: list[bool], known: list[bool]) -> list[Piece]:
    """The pieces that both extractors, or one of them with good reason, take for body."""
    sizes = [
        sum(len(piece.text) for piece, taken in zip(found, mask, strict=True) if taken and _is_prose(piece))
        for mask in (dense, known)
    ]
    both = [a and b for a, b in zip(dense, known, strict=True)]
    common = sum(len(piece.text) for piece, taken in zip(found, both, strict=True) if taken and _is_prose(piece))
    if not sizes[1]:
        return [piece for piece, taken in zip(found, dense, strict=True) if taken]
    if not sizes[0]:
        return [piece for piece, taken in zip(found, known, strict=True) if taken]
    if common < 0.2 * min(sizes):
        return _one_or_both(found, dense, known, sizes)
    marks = {_signature(piece) for piece, taken in zip(found, both, strict=True) if taken and _is_prose(piece)}
    at = [index for index, taken in enumerate(both) if taken]
    first, last = at[0], at[-1]
    chosen = []
    for index, piece in enumerate(found):
        if both[index] or (
            (dense[index] or known[index]) and _belongs(piece, first < index < last, marks, dense[index])
        ):
            chosen.append(piece)
    return chosen


def _belongs(piece: Piece, within: bool, marks: set[tuple[str, str, str, str]], dense: bool) -> bool:
    """Whether a piece that one extractor alone took is body."""
    if piece.links > 0.4 or is_aside(piece):
        return False
    if within:
        return not piece.furniture or (not dense and _is_prose(piece) and _signature(piece) in marks)
    return not piece.furniture and _is_prose(piece) and _signature(piece) in marks


def _one_or_both(found: list[Piece], dense: list[bool], known: list[bool], sizes: list[int]) -> list[Piece]:
    """The extractors saw different places: halves of one article if these lie in each other, else the likelier one is it."""
    parts = [[piece for piece, taken in zip(found, mask, strict=True) if taken] for mask in (dense, known)]
    spans = [
        [at for at, (piece, taken) in enumerate(zip(found, mask, strict=True)) if taken and _is_prose(piece)]
        for mask in (dense, known)
    ]
    if any(piece.suspects for piece in parts[0]) and not any(piece.suspects for piece in parts[1]):
        return parts[1]  # readers' comments can outweigh a short article
    alike = {_signature(piece) for piece in parts[0] if _is_prose(piece)} & {
        _signature(piece) for piece in parts[1] if _is_prose(piece)
    }
    if alike or (spans[0][0] < spans[1][-1] and spans[1][0] < spans[0][-1]):
        return [piece for piece, a, b in zip(found, dense, known, strict=True) if a or b]
    return parts[1] if sizes[1] >= 0.35 * sizes[0] else parts[0]


def _is_prose(piece: Piece) -> bool:
    return len(piece.text) >= 40 and piece.links < 0.4 and bool(_PROSE.search(piece.text))


def _signature(piece: Piece) -> tuple[str, str, str, str]:
    """What kind of element a piece hangs in: paragraphs of one article are marked up alike, in one kind of box."""
    element = piece.parent
    if element is None:
        return (piece.kind, "", "", "")
    box = element.getparent() if element.tag in _TEXT_TAGS else element
    return (
        piece.kind,
        element.tag,
        element.get("class") or "",
        f"{box.tag} {box.get('class') or ''}" if box is not None else "",
    )
