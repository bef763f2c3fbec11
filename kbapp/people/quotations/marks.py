"""Quotation marks paired: where direct speech begins and ends, before anybody asks whose it is.

A mark opens or closes by what stands beside it, never by counting, so a lone mark cannot turn the words between two
quotations into one. Marks inside a quotation belong to it. Every paragraph stands alone but for speech that runs on: it has
no closing mark, and the next paragraph opens with the same mark again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kbapp.domain import BLOCK_SEPARATOR

_MARK = re.compile("[“”„«»‹›‘’‚\"'「」『』]")
_CLOSERS = {
    "“": "”“\"", "”": "”", "„": "“”\"", "«": "»", "»": "«»", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’", '"': '"”', "'": "'",
    "「": "」", "『": "』",
}  # fmt: skip
_SAME_ON_BOTH_SIDES = frozenset("“”»\"'‘’›")
_ASIAN = frozenset("「」『』")
_BEFORE_OPENING = frozenset("([{—–-/|:>*¿¡…,“«‘„")
_STOPS = frozenset(",.!?…;—")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]`` with its marks; ``runs_on`` when the next paragraph goes on with it."""

    start: int
    end: int
    runs_on: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """All quotations in order, none inside another; time grows with the length of the text alone."""
    found: list[Quotation] = []
    for start, end in paragraphs(text):
        marks = [match.start() for match in _MARK.finditer(text, start, end)]
        if marks:
            found += _in_paragraph(text, start, end, marks)
    return found


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each block of an article's text."""
    start = 0
    while start <= len(text):
        end = text.find(BLOCK_SEPARATOR, start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + len(BLOCK_SEPARATOR)


def _in_paragraph(text: str, start: int, end: int, marks: list[int]) -> Iterator[Quotation]:
    opening = [position for position in marks if _opens(text, position, start, end)]
    closing: dict[str, list[int]] = {}
    for position in marks:
        if _closes(text, position, start, end):
            closing.setdefault(text[position], []).append(position)
    after = start
    for position in opening:
        if position < after:
            continue
        close = _closing_after(text, position, closing, opening)
        if close is not None and close - position <= _LONGEST:
            yield Quotation(position, close + 1)
            after = close + 1
        elif close is None and _goes_on(text, end, text[position]):
            yield Quotation(position, end, runs_on=True)
            return


def _opens(text: str, position: int, start: int, end: int) -> bool:
    mark = text[position]
    if mark in _ASIAN:
        return mark in "「『"
    if mark not in _CLOSERS:
        return False
    if mark in "„‚":
        return True
    before = text[position - 1] if position > start else " "
    following = text[position + 1] if position + 1 < end else " "
    if not (before.isspace() or before in _BEFORE_OPENING or before > "\u2e80"):
        return False
    if mark in "«‹“" and before.isspace():
        return True
    return not following.isspace() and (mark not in "'‘’" or following.isalnum() or following in '¿¡…[“"')


def _closes(text: str, position: int, start: int, end: int) -> bool:
    mark = text[position]
    if mark in _ASIAN:
        return mark in "」』"
    if mark not in _SAME_ON_BOTH_SIDES and mark != "«":
        return False
    if position == start:
        return False
    before = text[position - 1]
    following = text[position + 1] if position + 1 < end else " "
    if mark == "»" and before.isspace():
        return following.isspace() or following in _STOPS or following in ":)"  # French puts a space inside
    return not before.isspace() and not (following.isalnum() and following < "\u2e80") and before not in "([{"


def _closing_after(text: str, position: int, closing: dict[str, list[int]], opening: list[int]) -> int | None:
    """The nearest mark that may close. A single mark after an s may be a plural's apostrophe ("the boys’ dog"): then the
    next one that ends a clause closes, unless another quotation opens before it."""
    mark = text[position]
    nearest = [
        (places, index)
        for closer in _CLOSERS[mark]
        if (index := bisect_right(places := closing.get(closer, []), position)) < len(places)
    ]
    if not nearest:
        return None
    places, index = min(nearest, key=lambda found: found[0][found[1]])
    if mark in "'‘" and text[places[index] - 1] == "s":
        index_open = bisect_right(opening, position)
        limit = opening[index_open] if index_open < len(opening) else position + _LONGEST
        for later in places[index : index + 8]:
            if later < limit and text[later - 1] in _STOPS:
                return later
    return places[index]


def _goes_on(text: str, end: int, mark: str) -> bool:
    following = text[end : end + len(BLOCK_SEPARATOR) + 2].lstrip()
    return following.startswith((mark, "»" if mark == "«" else mark))
