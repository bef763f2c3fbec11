"""Text gathered run by run with its links and emphasis, and both kept in place when white space is folded."""

from __future__ import annotations

import re

from kbapp.domain import Span, SpanKind

Style = tuple[SpanKind, str]  # what a run is, and for a link where it leads

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # where a word may be broken, or not
_MOST = 300  # spans of one block; who has more is an index, not a paragraph
_TAGS: dict[str, SpanKind] = {"em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis", "strong": "strong", "b": "strong", "code": "code",
                              "kbd": "code", "samp": "code", "tt": "code"}  # fmt: skip


def style_of(tag: str, href: str | None) -> Style | None:
    """What an inline element of HTML makes of its text; None for one that only groups."""
    if tag == "a":
        return ("link", href) if href and re.match(r"https?://|mailto:", href, re.I) and len(href) < 2000 else None
    kind = _TAGS.get(tag)
    return (kind, "") if kind is not None else None


class StyledText:
    """The runs of one block."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._styled: list[tuple[int, int, tuple[Style, ...]]] = []  # start and end in the raw text
        self._length = 0
        self.says = False  # whether there is more than white space

    def forget(self) -> None:
        """Begins anew."""
        self._runs, self._styled, self._length, self.says = [], [], 0, False

    def add(self, text: str, styles: tuple[Style, ...] = ()) -> None:
        if not text.isascii():
            text = text.translate(_INVISIBLE)
        if styles and text:
            self._styled.append((self._length, self._length + len(text), styles))
        self._runs.append(text)
        self._length += len(text)
        self.says = self.says or not text.isspace()

    def take(self, *, fold: bool = True) -> tuple[str, tuple[Span, ...]]:
        """The text and its spans, and begins anew; ``fold`` makes all white space single spaces."""
        raw, styled = "".join(self._runs), self._styled
        self.forget()
        text = " ".join(raw.split()) if fold else raw.strip("\n")
        if not styled or not text:
            return text, ()
        lead = len(raw) - len(raw.lstrip("\n"))
        places: dict[int, int] = {}

        def place(at: int) -> int:
            if at not in places:
                places[at] = len(_SPACES.sub(" ", raw[:at]).lstrip()) if fold else max(0, at - lead)
            return places[at]

        spans: list[Span] = []
        for start, end, styles in styled[:_MOST]:
            first, last = place(start), min(place(end), len(text))
            while first < last and text[first] == " ":
                first += 1
            while last > first and text[last - 1] == " ":
                last -= 1
            spans += [Span(first, last, kind, target) for kind, target in styles if last > first]
        return text, _joined(spans)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring runs of one style as one span, in order."""
    found: list[Span] = []
    open_spans: dict[Style, int] = {}
    for span in spans:
        style = (span.kind, span.target)
        before = open_spans.get(style)
        if before is not None and span.start - found[before].end <= 1:
            found[before] = Span(found[before].start, span.end, span.kind, span.target)
        else:
            open_spans[style] = len(found)
            found.append(span)
    return tuple(sorted(found, key=lambda span: (span.start, -span.end)))
