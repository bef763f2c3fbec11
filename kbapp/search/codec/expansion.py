"""How prefixes, wildcards, misspellings and parts of words find their terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as q

from kbapp.search.codec.term_dictionary import FieldLexicon
from kbapp.search.nodes import Containing

MOST_TERMS = 20_000
"""A pattern that fits more terms than this is cut there; the commonest terms stay."""


def expand(query: Any, terms: FieldLexicon) -> Sequence[int]:
    """The indexes of the terms that a prefix, wildcard or fuzzy query stands for."""
    if isinstance(query, q.Prefix):
        return _commonest(terms.prefix(query.text.encode()), terms)
    if isinstance(query, q.Wildcard):
        return _wildcard(query.text, terms)
    if isinstance(query, q.FuzzyTerm):
        return _fuzzy(query.text, query.maxdist, query.prefixlength, terms)
    if isinstance(query, Containing):
        return _containing(query.text.encode(), terms)
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


def _containing(text: bytes, terms: FieldLexicon) -> Sequence[int]:
    """The terms that begin or end with a text, found in the letters of all terms at once."""
    blob = bytes(terms.blob)
    found, at = [], blob.find(text)
    while at >= 0:
        index = int(np.searchsorted(terms.starts, at, side="right")) - 1
        begin, end = int(terms.starts[index]), int(terms.starts[index + 1])
        if at + len(text) == end or at == begin:
            found.append(index)
        at = blob.find(text, at + 1)
    return _commonest(found, terms)


def _commonest(indexes: Sequence[int], terms: FieldLexicon) -> Sequence[int]:
    if len(indexes) <= MOST_TERMS:
        return indexes
    counts = terms.counts[np.asarray(indexes)]
    return [indexes[i] for i in np.sort(np.argsort(counts, kind="stable")[-MOST_TERMS:]).tolist()]
