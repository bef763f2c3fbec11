"""The lines of a PDF page, from the places of its letters, in the order in which they are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from pypdfium2.raw import FPDFText_GetUnicode

_BREAKING_HYPHENS = ("\x02", "\ufffe", "\xad")  # what PDFium gives for a hyphen at the end of a line
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "Ĳ": "IJ", "ĳ": "ij"}
_LEAST_LINES = 5  # in a column
_LEAST_GUTTER = 6  # points


class TextLine:
    """A line of text with its place on the page (points from the left and the bottom) and the height of its letters."""

    __slots__ = ("bottom", "left", "page", "right", "size", "text", "top")

    def __init__(self, text: str, left: float, bottom: float, right: float, top: float) -> None:
        self.page = 0
        self.text, self.left, self.bottom, self.right, self.top = text, left, bottom, right, top
        self.size = top - bottom

    def goes_on(self, left: float, bottom: float, top: float) -> bool:
        """Whether a character at this place is the next one of the line; small raised figures are."""
        return (
            bottom < self.bottom + self.size * 0.6
            and top > self.top - self.size * 0.6
            and -self.size < left - self.right < self.size * 1.2
        )

    def add(self, character: str, right: float, bottom: float, top: float) -> None:
        self.text += character
        self.right, self.bottom, self.top = max(self.right, right), min(self.bottom, bottom), max(self.top, top)


def page_lines(page: Any, number: int) -> list[TextLine]:
    """The page's lines, column by column from the top."""
    lines = in_reading_order(_merge_rows(list(_cut_lines(page.get_textpage()))), page.get_width())
    for line in lines:
        line.page = number
    return lines


def _cut_lines(text_page: Any) -> Iterator[TextLine]:
    """Characters in the order of the file, cut where the next one stands on another line or far away (a column, a cell).

    Whether there is a space between two letters is told by PDFium, which knows the fonts; distances alone break words
    wherever letters are kerned.
    """
    line: TextLine | None = None
    for number in range(text_page.count_chars()):
        character = chr(FPDFText_GetUnicode(text_page.raw, number))
        if character in "\r\n":
            if line is not None:
                yield line
            line = None
            continue
        if character.isspace():
            if line is not None:
                line.text += " "
            continue
        left, bottom, right, top = text_page.get_charbox(number, loose=True)
        character = "-" if character in _BREAKING_HYPHENS else _LIGATURES.get(character, character)
        if line is not None and line.goes_on(left, bottom, top):
            line.add(character, right, bottom, top)
            continue
        if line is not None:
            yield line
        line = TextLine(character, left, bottom, right, top)
    if line is not None:
        yield line


def _merge_rows(lines: list[TextLine]) -> list[TextLine]:
    """Pieces that stand on one line and touch are one line (a change of font cuts them)."""
    merged: list[TextLine] = []
    for line in lines:
        last = merged[-1] if merged else None
        if (
            last is not None
            and abs(last.bottom - line.bottom) < last.size * 0.6
            and -2 <= line.left - last.right < last.size * 1.2
        ):
            joiner = "" if line.left - last.right < last.size * 0.12 or last.text.endswith(" ") else " "
            merged[-1] = TextLine(
                last.text + joiner + line.text,
                last.left,
                min(last.bottom, line.bottom),
                line.right,
                max(last.top, line.top),
            )
        else:
            merged.append(line)
    return merged


def in_reading_order(lines: list[TextLine], width: float) -> list[TextLine]:
    """Columns are read one after the other; lines across several (headlines) come where they stand.

    Args:
        lines: The lines of one page, in any order.
        width: The width of the page, in points.
    """
    gutters = _gutters(lines, width)
    across = [line for line in lines if any(line.left < gutter < line.right for gutter in gutters)]
    edges = sorted(across, key=lambda line: -line.bottom)
    crossing = set(map(id, across))
    columns: list[list[TextLine]] = [[] for _ in range(len(gutters) + 1)]
    for line in sorted(lines, key=lambda line: (-round(line.bottom), line.left)):
        if id(line) not in crossing:
            columns[bisect_left(gutters, (line.left + line.right) / 2)].append(line)
    ordered: list[TextLine] = []
    at = [0] * len(columns)
    for edge in [*edges, None]:
        floor = edge.bottom if edge is not None else float("-inf")
        for number, column in enumerate(columns):
            while at[number] < len(column) and column[at[number]].bottom >= floor:
                ordered.append(column[at[number]])
                at[number] += 1
        if edge is not None:
            ordered.append(edge)
    return ordered


def _gutters(lines: list[TextLine], width: float) -> list[float]:
    """Where white runs down between columns: the middles of these strips, in points from the left.

    A strip counts when hardly a line crosses it and on both sides there are lines enough, side by side; an indent or a
    ragged edge has none on its other side.
    """
    narrow = [line for line in lines if line.right - line.left < width * 0.6]
    if len(narrow) < 2 * _LEAST_LINES or len(narrow) < len(lines) * 0.5:
        return []
    cover = [0] * (int(width) + 2)
    for line in narrow:  # a step up where a line begins and down where it ends, summed below
        cover[max(0, min(int(line.left), len(cover) - 1))] += 1
        cover[max(0, min(int(line.right) + 1, len(cover) - 1))] -= 1
    few = max(1, len(narrow) // 25)
    gutters: list[float] = []
    start: int | None = None
    for at, crossing in enumerate(accumulate(cover)):
        if crossing <= few and start is None:
            start = at
        elif crossing > few and start is not None:
            middle = (start + at) / 2
            if at - start >= _LEAST_GUTTER and _parts_columns(narrow, middle):
                gutters.append(middle)
            start = None
    return gutters


def _parts_columns(lines: list[TextLine], middle: float) -> bool:
    left = [line for line in lines if line.right <= middle + 2]
    right = [line for line in lines if line.left >= middle - 2]
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES:
        return False
    # Prose fills its column; the cells of a table, or names over their offices, are short.
    widest = sorted(line.right - line.left for line in right)[len(right) * 3 // 4]
    if sum(len(line.text) for line in right) < len(right) * 12 or widest < 40:
        return False
    low, high = min(line.bottom for line in right), max(line.top for line in right)
    return sum(low <= line.bottom <= high for line in left) >= _LEAST_LINES
