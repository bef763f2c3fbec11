"""Charts, portraits' stand-ins and bars as SVG, drawn for the width at which they are shown.

A chart is a frozen value that a page names by a key (``kb:chart/months``); the front end asks it for its SVG when it knows the
width. Colours are tokens (``var(--bar)``), filled in by ``in_colours``, so that one page serves every scheme. Every chart says
its numbers as text in ``alt``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

_AXIS = 22  # pixels below the columns, for the years
_FONT = 'font-family="Inter" font-size="11"'
_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_PARTICLES = frozenset(
    "al el bin ibn ben von van der den de del della da di du la le dos das ter ten zu zur af av".split()
)
DISCS = 8  # pairs of colours for initials


class Chart(Protocol):
    """Something that a page shows as a picture."""

    @property
    def alt(self) -> str:
        """The same in words."""

    def size(self, width: int) -> tuple[int, int]:
        """Width and height in pixels where ``width`` pixels are free."""

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        """The picture for a place of that width, its colours as tokens."""


def in_colours(svg: str, colours: Mapping[str, str]) -> str:
    """An SVG with the colours of a scheme in the place of its tokens. Raises KeyError for a token that the scheme lacks."""
    return _TOKEN.sub(lambda match: colours[match[1]], svg)


def month_range(first: str, last: str) -> list[str]:
    """All months from one to another, both included, as "2024-03"."""
    year, month = int(first[:4]), int(first[5:7])
    end = int(last[:4]) * 12 + int(last[5:7])
    months = []
    while year * 12 + month <= end:
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


@dataclass(frozen=True, slots=True)
class MonthColumns:
    """How often something happened in each month: even columns over the whole span, with the years below.

    Attributes:
        counts: (month as "2024-03", number), in order of time; months without an entry are empty.
        alt: The same in words.
        chosen: First and last of the months that are chosen; None when all are.
    """

    counts: tuple[tuple[str, int], ...]
    alt: str
    chosen: tuple[str, str] | None = None

    _HEIGHT = 62
    _SCALE = 24  # pixels at the end for the figures of the scale

    def size(self, width: int) -> tuple[int, int]:
        return width, self._HEIGHT + _AXIS

    def months(self) -> list[str]:
        """The months that have a column."""
        return month_range(self.counts[0][0], self.counts[-1][0]) if self.counts else []

    def month_at(self, x: float, width: int, *, right_to_left: bool = False) -> str | None:
        """The month whose column stands at ``x`` pixels from the left; None beside the columns."""
        months = self.months()
        if not months:
            return None
        plot = width - self._SCALE
        place = int((width - x if right_to_left else x) * len(months) / plot)
        return months[place] if 0 <= place < len(months) else None

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        months, counts = self.months(), dict(self.counts)
        top = max([2, *counts.values()])
        plot = width - self._SCALE
        step = plot / max(1, len(months))
        column = max(1.0, min(14.0, step - 4 if step > 6 else step * 0.7))
        parts = list(self._grid(top, plot, width, right_to_left))
        for place, month in enumerate(months):
            x = (place + 0.5) * step
            x = width - x if right_to_left else x
            if number := counts.get(month, 0):
                tall = max(2.0, (self._HEIGHT - 12) * number / top)
                outside = self.chosen is not None and not self.chosen[0] <= month <= self.chosen[1]
                parts.append(
                    f'<rect x="{x - column / 2:.1f}" y="{self._HEIGHT - tall:.1f}" width="{column:.1f}" height="{tall:.1f}" rx="2" '
                    f'fill="var(--{"bar2" if outside else "bar"})"/>'
                )
        parts += _years(months, step, self._HEIGHT, width, right_to_left)
        parts += self._brush(months, step, width, right_to_left)
        return _picture(width, self._HEIGHT + _AXIS, self.alt, parts)

    def _grid(self, top: int, plot: int, width: int, right_to_left: bool) -> Iterator[str]:
        left, right = (self._SCALE, width) if right_to_left else (0, plot)
        halves = [top, top // 2] if top % 2 == 0 else [top]
        for figure in halves:
            y = self._HEIGHT - (self._HEIGHT - 12) * figure / top
            yield f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>'
            x, anchor = (0, "start") if right_to_left else (width, "end")
            yield f'<text x="{x}" y="{y + 4:.1f}" {_FONT} fill="var(--quiet)" text-anchor="{anchor}">{figure}</text>'
        y = self._HEIGHT + 0.5
        yield f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" stroke="var(--line2)"/>'

    def _brush(self, months: Sequence[str], step: float, width: int, right_to_left: bool) -> Iterator[str]:
        if self.chosen is None:
            return
        inside = [place for place, month in enumerate(months) if self.chosen[0] <= month <= self.chosen[1]]
        if not inside:
            return
        edges = [inside[0] * step, (inside[-1] + 1) * step]
        if right_to_left:
            edges = [width - edges[1], width - edges[0]]
        yield (
            f'<rect x="{edges[0]:.1f}" y="0" width="{edges[1] - edges[0]:.1f}" height="{self._HEIGHT}" '
            'fill="var(--accent)" fill-opacity="0.12"/>'
        )
        for x in edges:
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{self._HEIGHT}" stroke="var(--accent)" stroke-width="2"/>'
            yield f'<rect x="{x - 3:.1f}" y="{self._HEIGHT / 2 - 9}" width="6" height="18" rx="3" fill="var(--accent)"/>'


def _years(months: Sequence[str], step: float, y: int, width: int, right_to_left: bool) -> Iterator[str]:
    """A tick and the year at each January, as far as they do not touch; the first month's year where no January is near."""
    januaries = [(place, month[:4]) for place, month in enumerate(months) if month.endswith("-01")]
    if months and (not januaries or januaries[0][0] * step > 34):
        januaries.insert(0, (0, months[0][:4]))
    free = -100.0
    for place, year in januaries:
        at = place * step
        x = width - at if right_to_left else at
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 5}" stroke="var(--line2)"/>'
        if at - free >= 34:
            anchor, shift = ("end", -4) if right_to_left else ("start", 4)
            yield f'<text x="{x + shift:.1f}" y="{y + 16}" {_FONT} fill="var(--quiet)" text-anchor="{anchor}">{year}</text>'
            free = at


@dataclass(frozen=True, slots=True)
class YearColumns:
    """How many articles a year, with the number over each column; a year without any has its place too."""

    counts: tuple[tuple[int, int], ...]
    alt: str

    _HEIGHT = 84

    def size(self, width: int) -> tuple[int, int]:
        return width, self._HEIGHT + _AXIS

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        if not self.counts:
            return _picture(width, self._HEIGHT + _AXIS, self.alt, [])
        counts = dict(self.counts)
        years = range(min(counts), max(counts) + 1)
        top, step = max([2, *counts.values()]), width / len(years)
        column = max(1.0, min(28.0, step - 6 if step > 10 else step * 0.7))
        every = max(1, -(-34 // max(1, int(step))))  # years between two that are written out
        parts = [
            f'<line x1="0" x2="{width}" y1="{self._HEIGHT + 0.5}" y2="{self._HEIGHT + 0.5}" stroke="var(--line2)"/>'
        ]
        for place, year in enumerate(years):
            x = (place + 0.5) * step
            x = width - x if right_to_left else x
            if number := counts.get(year, 0):
                tall = max(2.0, (self._HEIGHT - 18) * number / top)
                parts.append(
                    f'<rect x="{x - column / 2:.1f}" y="{self._HEIGHT - tall:.1f}" width="{column:.1f}" height="{tall:.1f}" rx="2" '
                    'fill="var(--bar)"/>'
                )
                if step >= 14:
                    y = self._HEIGHT - tall - 5
                    parts.append(
                        f'<text x="{x:.1f}" y="{y:.1f}" {_FONT} fill="var(--quiet)" text-anchor="middle">{number}</text>'
                    )
            if place % every == 0:
                parts.append(
                    f'<text x="{x:.1f}" y="{self._HEIGHT + 16}" {_FONT} fill="var(--quiet)" text-anchor="middle">{year}</text>'
                )
        return _picture(width, self._HEIGHT + _AXIS, self.alt, parts)


@dataclass(frozen=True, slots=True)
class PairedMonths:
    """The months of two people on one scale and one axis of time, one above the other."""

    one: tuple[tuple[str, int], ...]
    other: tuple[tuple[str, int], ...]
    alt: str

    _ROW = 56

    def size(self, width: int) -> tuple[int, int]:
        return width, 2 * self._ROW + 10 + _AXIS

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        known = sorted([*self.one, *self.other])
        months = month_range(known[0][0], known[-1][0]) if known else []
        top = max([2, *(number for _, number in known)])
        step = width / max(1, len(months))
        column = max(1.0, min(14.0, step - 4 if step > 6 else step * 0.7))
        parts = []
        for counts, colour, base in (
            (dict(self.one), "bar", self._ROW), (dict(self.other), "bar-other", 2 * self._ROW + 10),
        ):  # fmt: skip
            parts.append(f'<line x1="0" x2="{width}" y1="{base + 0.5}" y2="{base + 0.5}" stroke="var(--line2)"/>')
            for place, month in enumerate(months):
                if number := counts.get(month, 0):
                    x = (place + 0.5) * step
                    x = width - x if right_to_left else x
                    tall = max(2.0, (self._ROW - 8) * number / top)
                    parts.append(
                        f'<rect x="{x - column / 2:.1f}" y="{base - tall:.1f}" width="{column:.1f}" height="{tall:.1f}" rx="2" '
                        f'fill="var(--{colour})"/>'
                    )
        parts += _years(months, step, 2 * self._ROW + 10, width, right_to_left)
        return _picture(width, 2 * self._ROW + 10 + _AXIS, self.alt, parts)


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of small columns without words: the months of a person at a glance."""

    counts: tuple[tuple[str, int], ...]
    alt: str
    wide: int = 176
    high: int = 30

    def size(self, width: int) -> tuple[int, int]:
        return min(width, self.wide), self.high

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        width = min(width, self.wide)
        months = month_range(self.counts[0][0], self.counts[-1][0]) if self.counts else []
        counts, top = dict(self.counts), max([1, *(number for _, number in self.counts)])
        step = width / max(1, len(months))
        parts = [f'<line x1="0" x2="{width}" y1="{self.high - 0.5}" y2="{self.high - 0.5}" stroke="var(--line2)"/>']
        for place, month in enumerate(months):
            if number := counts.get(month, 0):
                x = place * step
                x = width - x - step if right_to_left else x
                tall = max(2.0, (self.high - 2) * number / top)
                wide = max(1.0, min(8.0, step - 1))
                parts.append(
                    f'<rect x="{x:.1f}" y="{self.high - 1 - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="var(--bar)"/>'
                )
        return _picture(width, self.high, self.alt, parts)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a ranking: ``value`` of ``most``, which has the full width; ``pale`` is a second bar below on the same scale."""

    value: float
    most: float
    alt: str = ""
    pale: float | None = None
    wide: int = 104

    def size(self, width: int) -> tuple[int, int]:
        return min(width, self.wide), 8 if self.pale is None else 14

    def svg(self, width: int, *, right_to_left: bool = False) -> str:
        width, height = self.size(width)
        parts = []
        for value, colour, y, tall in ((self.value, "bar", 0, 8), (self.pale, "bar2", 10, 4)):
            if value is not None:
                long = max(4.0, width * value / self.most) if self.most else 0.0
                x = width - long if right_to_left else 0
                parts.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="{tall}" rx="{tall / 2}" fill="var(--{colour})"/>'
                )
        return _picture(width, height, self.alt, parts)


def disc_number(key: int) -> int:
    """Which pair of colours belongs to a person's id; it never changes."""
    return zlib.crc32(str(key).encode()) % DISCS


@dataclass(frozen=True, slots=True)
class Disc:
    """The initials of somebody without a portrait; ``key`` (an id) chooses the colours, so that they never change."""

    name: str
    key: int
    diameter: int = 36

    @property
    def alt(self) -> str:
        return self.name

    def size(self, width: int) -> tuple[int, int]:  # noqa: ARG002
        return self.diameter, self.diameter

    def svg(self, width: int, *, right_to_left: bool = False) -> str:  # noqa: ARG002
        half, kind = self.diameter / 2, disc_number(self.key)
        letters = self.diameter * 0.38
        parts = [
            f'<circle cx="{half}" cy="{half}" r="{half}" fill="var(--disc{kind})"/>',
            f'<text x="{half}" y="{half + letters * 0.36:.1f}" font-family="Inter" font-size="{letters:.1f}" font-weight="600" '
            f'fill="var(--disc{kind}-text)" text-anchor="middle">{escape(initials(self.name))}</text>',
        ]
        return _picture(self.diameter, self.diameter, self.alt, parts)


@dataclass(frozen=True, slots=True)
class RoleMark:
    """A ring on the line of somebody's roles; ``present`` fills it."""

    present: bool
    alt: str = ""

    def size(self, width: int) -> tuple[int, int]:  # noqa: ARG002
        return 11, 11

    def svg(self, width: int, *, right_to_left: bool = False) -> str:  # noqa: ARG002
        fill = "var(--bar)" if self.present else "none"
        return _picture(
            11, 11, self.alt, [f'<circle cx="5.5" cy="5.5" r="4" fill="{fill}" stroke="var(--bar)" stroke-width="2"/>']
        )


def initials(name: str) -> str:
    """The first letters of the first and the last name, without particles; one sign for a name of one or in Han, kana or hangul."""
    words = [word for word in re.split(r"[\s\-‐‑]+", name) if word]
    words = [word for word in words if word.casefold() not in _PARTICLES] or words
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in words]
    letters = [letter for letter in letters if letter]
    if not letters:
        return "?"
    if "\u2e80" <= letters[0] <= "\ud7ff":
        return letters[0]
    return (letters[0] + letters[-1]).upper() if len(letters) > 1 else letters[0].upper()


def _picture(width: int, height: int, alt: str, parts: Sequence[str]) -> str:
    title = f"<title>{escape(alt)}</title>" if alt else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{title}{''.join(parts)}</svg>"
    )
