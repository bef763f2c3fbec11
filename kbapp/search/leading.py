"""Who or what a query names: the people and titles that come before all other hits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from whoosh import query as q
from whoosh.util.numeric import length_to_byte

from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.nodes import Phrase, Word
from kbapp.search.ranking.bm25 import Ranker

_MOST_PEOPLE, _MOST_TITLES = 3, 5
_MOST_WORDS = 8
_NAMES = {"title": 1.0, "people": 1.0, "authors": 1.0}


def leading(ranker: Ranker, words: Sequence[str], analyzer: TermAnalyzer) -> list[tuple[int, int]]:
    """(segment, document) of the people meant by a query that is nothing but words, then of the articles so called."""
    slots = [slot for word in words for _, _, chunk in analyzer.chunks(word) for slot in chunk.slots]
    if not slots or len(words) > _MOST_WORDS:
        return []
    parts = [Word({}, slot.word, slot.terms, stemmed=False) for slot in slots]
    people = _people(ranker, parts) if _is_name(ranker, parts) else []
    return people + _titles(ranker, parts)


def _is_name(ranker: Ranker, words: list[Word]) -> bool:
    """Whether a word of names is meant: several words are, one is where texts use it mostly for people."""
    if len(words) > 1:
        return True
    term = words[0].spellings
    named = sum(ranker.frequency(name, each) for name in ("people", "authors") for each in term)
    return named * 2 >= sum(ranker.frequency("body", each) for each in term)


def _people(ranker: Ranker, words: list[Word]) -> list[tuple[int, int]]:
    query = q.And(
        [q.Term("kind", "person"), *(Word(_NAMES, word.word, word.spellings, stemmed=False) for word in words)]
    )
    found = []
    for number, segment in enumerate(ranker.segments):
        ids = ranker.matching(query, number)
        if not len(ids):
            continue
        exact = segment.lengths("title")[ids] == length_to_byte(len(words))
        weight = segment.column("prominence")[ids]
        order = np.lexsort((ids, -weight, ~exact))[:_MOST_PEOPLE]
        found += [(not exact[at], -int(weight[at]), number, int(ids[at])) for at in order.tolist()]
    return [(number, document) for _, _, number, document in sorted(found)[:_MOST_PEOPLE]]


def _titles(ranker: Ranker, words: list[Word]) -> list[tuple[int, int]]:
    phrase = (
        Phrase("title", words) if len(words) > 1 else Word({"title": 1.0}, words[0].word, words[0].spellings, False)
    )
    query = q.And([q.Term("kind", "article"), phrase])
    found = []
    for number, segment in enumerate(ranker.segments):
        ids = ranker.matching(query, number)
        if len(ids):
            ids = ids[segment.lengths("title")[ids] == length_to_byte(len(words))]
            dates = segment.column("published")[ids]
            found += list(zip((-dates).tolist(), [number] * len(ids), ids.tolist(), strict=True))
    return [(number, document) for _, number, document in sorted(found)[:_MOST_TITLES]]
