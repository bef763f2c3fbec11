"""Passage notes that hold their place: W3C Web Annotation selectors made from a text, and found again in a changed one.

Exact text, some context on both sides and the position are kept. Finding tries the exact words (of several places the
one whose context fits best), then the nearest fuzzy match; when the words are gone the answer is None, never a guess.
"""

from __future__ import annotations

from kbapp.domain import Anchor
from kbapp.errors import Code, UserError

CONTEXT = 64
_LEAST = 0.75  # of the letters of a fuzzy match must be the quote's


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of the passage ``text[start:end]``."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def anchor_for(text: str, quote: str) -> Anchor:
    """The anchor of the first place that says ``quote``. Raises UserError when the text does not."""
    start = text.find(quote)
    if start < 0 or not quote:
        raise UserError(Code.PASSAGE_NOT_FOUND)
    return make_anchor(text, start, start + len(quote))


def find_anchor(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where the anchored passage is now: (start, end), or None when it is gone."""
    if not anchor.exact:
        return None
    if text[anchor.start : anchor.end] == anchor.exact and _context(text, anchor.start, anchor.end, anchor) >= 0.6:
        return anchor.start, anchor.end
    places = _occurrences(text, anchor.exact)
    if places:

        def fit(start: int) -> tuple[float, int]:
            return (round(_context(text, start, start + len(anchor.exact), anchor), 2), -abs(start - anchor.start))

        best = max(places, key=fit)
        if len(anchor.exact) >= 24 or (len(places) == 1 and len(anchor.exact) >= 12) or fit(best)[0] >= 0.5:
            return best, best + len(anchor.exact)
    return _fuzzy(text, anchor)


def _occurrences(text: str, exact: str) -> list[int]:
    places: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(places) < 1000:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def _context(text: str, start: int, end: int, anchor: Anchor) -> float:
    """How well the surroundings fit, 0 to 1; an empty side (the text's edge) counts as fitting."""
    from rapidfuzz.distance import Levenshtein

    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    sides = []
    if anchor.prefix:
        sides.append(Levenshtein.normalized_similarity(before[-len(anchor.prefix) :], anchor.prefix))
    if anchor.suffix:
        sides.append(Levenshtein.normalized_similarity(after[: len(anchor.suffix)], anchor.suffix))
    return max(sides) if sides else 1.0


def _fuzzy(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """The best alignment of a changed quotation, if its letters and its surroundings both speak for it."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    if len(anchor.exact) < 16:
        return None
    aligned = fuzz.partial_ratio_alignment(anchor.exact, text, score_cutoff=_LEAST * 100)
    if aligned is None:
        return None
    start, end = aligned.dest_start, aligned.dest_end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    similar = Levenshtein.normalized_similarity(text[start:end], anchor.exact)
    if similar >= 0.9 or (similar >= _LEAST and _context(text, start, end, anchor) >= 0.6):
        return start, end
    return None
