"""Where on a page the article is, and its text as blocks: two extractors are weighed against each other.

trafilatura (Apache-2.0) knows much about pages, ``density`` weighs their prose. What both take is body. What one alone
takes is body when it looks like the body that both see (the same kind of element, real sentences) or lies within it.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree
from trafilatura import bare_extraction

from kbapp.domain import Block
from kbapp.reading.webpage.density import dense_fragments, is_aside, teasing
from kbapp.reading.webpage.page_text import TextFragment, page_fragments, prose_length

_NO_WORD = re.compile(r"\W+")
_PROSE = re.compile(r"[.!?…。][\"”’')\]]*(?:\s|$)")

# What trafilatura drops before it looks at a page; dropping it at once spares it from looking at it first.
_WITHOUT_TEXT = tuple(
    "script style svg noscript template iframe link meta embed footer menu object audio canvas map video button datalist dialog frame "
    "input nav optgroup option output progress select source track textarea".split()
)
_SHORT = 0.6  # of the prose that might be the article: whoever has less asks again
_NEAR_HEADLINE = 12  # fragments between the headline and the body: dek, byline, date, buttons
_TEXT_TAGS = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre dd dt".split())

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class MainContent:
    """The article on a page: its blocks in reading order, its pictures as (the block after it, source, alternative text),
    and which share of the page's prose that is (0 to 1)."""

    blocks: tuple[Block, ...]
    pictures: tuple[tuple[Block, str, str], ...]
    share: float


def main_content(tree: Any) -> MainContent:
    """Finds the article on a page; without blocks when there is none. The tree is used up."""
    found = page_fragments(tree)
    dense = {id(fragment) for fragment in dense_fragments(found)}
    taken = [id(fragment) in dense for fragment in found]
    etree.strip_elements(tree, *_WITHOUT_TEXT, with_tail=False)
    keys = [_key(fragment.text) for fragment in found]
    known = _known(tree, keys, fast=True)
    chosen = _reconsidered(found, _weighed(found, taken, known), taken, known)
    prose = prose_length(fragment for fragment in found if not fragment.furniture)
    if prose_length(chosen) < _SHORT * prose:
        known = _known(tree, keys, fast=False)
        chosen = _reconsidered(found, chosen, taken, known)
    blocks = {id(fragment): fragment.block for fragment in chosen}
    share = prose_length(chosen) / prose if prose else 1.0
    return MainContent(tuple(blocks.values()), tuple(_pictures(found, blocks)), share)


def _reconsidered(found: list[TextFragment], chosen: list[TextFragment], *opinions: list[bool]) -> list[TextFragment]:
    """The choice, unless an extractor alone has far more, and more than cards of other articles: then that, too."""
    kept = prose_length(chosen)
    if kept >= _SHORT * max(
        sum(each.prose for each, taken in zip(found, mask, strict=True) if taken) for mask in opinions
    ):
        return chosen
    teasers = teasing(found)
    most = max(
        (
            [
                fragment
                for fragment, taken in zip(found, mask, strict=True)
                if taken and not fragment.furniture and not is_aside(fragment) and id(fragment) not in teasers
            ]
            for mask in opinions
        ),
        key=prose_length,
    )
    if kept >= _SHORT * prose_length(most):
        return chosen
    both = {id(fragment) for fragment in [*chosen, *most]}
    return [fragment for fragment in found if id(fragment) in both]


def _pictures(found: list[TextFragment], blocks: dict[int, Block]) -> list[tuple[Block, str, str]]:
    """The pictures from the fragment before the article's first to its last, those of dropped captions among them."""
    at = [number for number, fragment in enumerate(found) if id(fragment) in blocks]
    pictures: list[tuple[Block, str, str]] = []
    waiting: list[tuple[str, str]] = []
    for fragment in found[max(0, at[0] - 2) : at[-1] + 1] if at else []:
        waiting += fragment.pictures
        if (block := blocks.get(id(fragment))) is not None:
            pictures += [(block, source, words) for source, words in waiting]
            waiting = []
    return pictures


def _known(tree: Any, keys: list[str], *, fast: bool) -> list[bool]:
    """Which fragments, given by their keys, trafilatura takes for body; not ``fast`` it asks other extractors, too."""
    try:
        document = bare_extraction(
            tree, fast=fast, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return [False] * len(keys)
    body = getattr(document, "body", None)
    text = "" if body is None else _key(" ".join(body.itertext()))
    return [len(key) > 1 and key in text for key in keys]


def _key(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _weighed(found: list[TextFragment], dense: list[bool], known: list[bool]) -> list[TextFragment]:
    """The fragments that both extractors, or one of them with good reason, take for body."""
    sizes = [
        sum(len(fragment.text) for fragment, taken in zip(found, mask, strict=True) if taken and _is_prose(fragment))
        for mask in (dense, known)
    ]
    both = [a and b for a, b in zip(dense, known, strict=True)]
    common = sum(
        len(fragment.text) for fragment, taken in zip(found, both, strict=True) if taken and _is_prose(fragment)
    )
    if not sizes[1]:
        return [fragment for fragment, taken in zip(found, dense, strict=True) if taken]
    if not sizes[0]:
        return [fragment for fragment, taken in zip(found, known, strict=True) if taken]
    if common < 0.2 * min(sizes):
        return _one_or_both(found, dense, known, sizes)
    marks = {_signature(fragment) for fragment, taken in zip(found, both, strict=True) if taken and _is_prose(fragment)}
    at = [index for index, taken in enumerate(both) if taken]
    first, last = _after_heading(found, at[0]), at[-1]
    chosen = []
    for index, fragment in enumerate(found):
        if both[index] or (
            (dense[index] or known[index]) and _belongs(fragment, first < index < last, marks, dense[index])
        ):
            chosen.append(fragment)
    return chosen


def _after_heading(found: list[TextFragment], first: int) -> int:
    """Where the article begins: at its headline, when that stands shortly before what both extractors took."""
    near = range(max(0, first - _NEAR_HEADLINE), first)
    return next(
        (index for index in reversed(near) if found[index].kind == "heading" and found[index].level == 1), first
    )


def _belongs(fragment: TextFragment, within: bool, marks: set[tuple[str, str, str, str]], dense: bool) -> bool:
    """Whether a fragment that one extractor alone took is body."""
    if is_aside(fragment) or (fragment.links > 0.4 and (dense or not within or fragment.kind != "list_item")):
        return False
    if within:
        return not fragment.furniture or (not dense and _is_prose(fragment) and _signature(fragment) in marks)
    return not fragment.furniture and _is_prose(fragment) and _signature(fragment) in marks


def _one_or_both(
    found: list[TextFragment], dense: list[bool], known: list[bool], sizes: list[int]
) -> list[TextFragment]:
    """The extractors saw different places: halves of one article if these lie in each other, else the likelier one is it."""
    parts = [[fragment for fragment, taken in zip(found, mask, strict=True) if taken] for mask in (dense, known)]
    spans = [
        [at for at, (fragment, taken) in enumerate(zip(found, mask, strict=True)) if taken and _is_prose(fragment)]
        for mask in (dense, known)
    ]
    if any(fragment.suspects for fragment in parts[0]) and not any(fragment.suspects for fragment in parts[1]):
        return parts[1]  # readers' comments can outweigh a short article
    alike = {_signature(fragment) for fragment in parts[0] if _is_prose(fragment)} & {
        _signature(fragment) for fragment in parts[1] if _is_prose(fragment)
    }
    if alike or (spans[0][0] < spans[1][-1] and spans[1][0] < spans[0][-1]):
        return [fragment for fragment, a, b in zip(found, dense, known, strict=True) if a or b]
    return parts[1] if sizes[1] >= 0.35 * sizes[0] else parts[0]


def _is_prose(fragment: TextFragment) -> bool:
    return len(fragment.text) >= 40 and fragment.links < 0.4 and bool(_PROSE.search(fragment.text))


def _signature(fragment: TextFragment) -> tuple[str, str, str, str]:
    """What kind of element a fragment hangs in: paragraphs of one article are marked up alike, in one kind of box."""
    element = fragment.parent
    if element is None:
        return (fragment.kind, "", "", "")
    box = element.getparent() if element.tag in _TEXT_TAGS else element
    return (
        fragment.kind,
        element.tag,
        element.get("class") or "",
        f"{box.tag} {box.get('class') or ''}" if box is not None else "",
    )
