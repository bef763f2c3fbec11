"""Query kinds of our own beside Whoosh's, and how prefixes, wildcards and misspellings find their terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as q

from kbapp.search.codec.term_dictionary import FieldLexicon

MOST_TERMS = 20_000
"""A pattern that fits more terms than this is cut there; the commonest terms stay."""


class _Leaf(q.Query):  # type: ignore[misc]
    """A query of one field that has no queries inside and no simpler form."""

    fieldname: str

    def is_leaf(self) -> bool:
        return True

    def normalize(self) -> Any:
        return self

    def field(self) -> str:
        return self.fieldname


class Near(_Leaf):
    """Words of one field at most ``distance`` words apart, in either order."""

    def __init__(self, fieldname: str, words: Sequence[str], distance: int, boost: float = 1.0) -> None:
        self.fieldname, self.words, self.distance, self.boost = fieldname, list(words), distance, boost

    def __repr__(self) -> str:
        return f"Near({self.fieldname!r}, {self.words!r}, {self.distance})"


class ColumnRange(_Leaf):
    """Documents whose number in a column is at least ``start`` and less than ``end``."""

    def __init__(self, fieldname: str, start: int, end: int, boost: float = 1.0) -> None:
        self.fieldname, self.start, self.end, self.boost = fieldname, start, end, boost

    def __repr__(self) -> str:
        return f"ColumnRange({self.fieldname!r}, {self.start}, {self.end})"


def expand(query: Any, terms: FieldLexicon) -> Sequence[int]:
    """The indexes of the terms that a prefix, wildcard or fuzzy query stands for."""
    if isinstance(query, q.Prefix):
        return _commonest(terms.prefix(query.text.encode()), terms)
    if isinstance(query, q.Wildcard):
        return _wildcard(query.text, terms)
    if isinstance(query, q.FuzzyTerm):
        return _fuzzy(query.text, query.maxdist, query.prefixlength, terms)
    return ()


def _wildcard(pattern: str, terms: FieldLexicon) -> Sequence[int]:
    literal = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    expression = re.compile(
        "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in re.sub(r"\*+", "*", pattern)) + r"\Z",
        re.S,
    )
    found = [
        index
        for index in terms.prefix(literal.encode())
        if expression.match(terms.term(index).decode("utf-8", "replace"))
    ]
    return _commonest(found, terms)


def _fuzzy(word: str, distance: int, prefix: int, terms: FieldLexicon) -> Sequence[int]:
    indexes = terms.prefix(word[:prefix].encode())
    names = [terms.term(index).decode("utf-8", "replace") for index in indexes]
    hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=distance, limit=None)
    return sorted(indexes[position] for _, _, position in hits)


def _commonest(indexes: Sequence[int], terms: FieldLexicon) -> Sequence[int]:
    if len(indexes) <= MOST_TERMS:
        return indexes
    counts = terms.counts[np.asarray(indexes)]
    return [indexes[i] for i in np.sort(np.argsort(counts, kind="stable")[-MOST_TERMS:]).tolist()]
