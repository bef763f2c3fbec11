"""Exact ranking over NumPy arrays: the documents, scores and order that Whoosh's own full scoring gives, a hundred times as fast.

A query of Whoosh's classes is evaluated a segment at a time to a pair of arrays (ids ascending, scores). BM25F as in
``whoosh.scoring``: K1 = 1.2, B = 0.75, idf over the whole index, deleted documents counted until they are written out.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from whoosh import query as q
from whoosh.fields import ID, KEYWORD, TEXT

from kbapp.search.codec.combined_reader import Segment
from kbapp.search.codec.posting_blocks import Floats, Ids
from kbapp.search.codec.segment_reader import LENGTH_OF_BYTE
from kbapp.search.query import expansion
from kbapp.search.ranking.cache import Cache, Key, MergedHits, ScoredPostings
from kbapp.search.ranking.doc_sets import NOTHING, TIE_DIGITS, front_of, in_both, intersect, scores_at, union, without
from kbapp.search.ranking.proximity import adjacent, close_by

K1 = 1.2
B = 0.75
CACHE_BYTES = 256 << 20
_FEW = 256  # documents are sorted whole; of more the front is found first


@dataclass(frozen=True, slots=True)
class RankedPage:
    """``total`` documents match; the page asked for is in ``segments``/``ids`` (parallel), with scores and dates."""

    total: int
    segments: list[int]
    ids: list[int]
    scores: list[float]


class Ranker:
    """Evaluates queries over the segments of one generation of the index; arrays once decoded are kept in a bounded cache."""

    def __init__(self, segments: Sequence[Segment], schema: Any, cache_bytes: int = CACHE_BYTES) -> None:
        self.segments, self.schema = segments, schema
        self._lock = threading.RLock()  # the window searches, counts and narrows from several threads
        self.documents = sum(segment.count for segment in segments)
        self._cache = Cache(cache_bytes)
        self._norms: dict[tuple[int, str], Floats] = {}
        self._idf: dict[tuple[str, bytes], float] = {}
        self._texts = frozenset(name for name, field in schema.items() if isinstance(field, (TEXT, ID, KEYWORD)))

    # --- asking ---------------------------------------------------------------------------------------------------
    def rank(self, query: Any, limit: int, offset: int = 0, sort: str = "relevance") -> RankedPage:
        """The best documents of a query, ties by date (newest first), then by number; the total is exact."""
        with self._lock:
            return self._rank(query, limit, offset, sort)

    def _rank(self, query: Any, limit: int, offset: int, sort: str) -> RankedPage:
        parts: list[tuple[int, Ids, Floats]] = []
        for number, segment in enumerate(self.segments):
            ids, scores = self._evaluate(query, number)
            if segment.live is not None and len(ids):
                keep = segment.live[ids]
                ids, scores = ids[keep], scores[keep]
            if len(ids):
                parts.append((number, ids, scores))
        total = sum(len(ids) for _, ids, _ in parts)
        if not total or limit <= 0:
            return RankedPage(total, [], [], [])
        return self._top(parts, total, limit, offset, sort)

    def matching(self, query: Any, number: int) -> Ids:
        """The live documents of one segment that match."""
        with self._lock:
            ids, _ = self._evaluate(query, number)
            live = self.segments[number].live
            return ids if live is None else ids[live[ids]]

    def explain(self, query: Any, key: str) -> list[tuple[str, str, float]]:
        """(word, field, points) of each leaf of a query that adds to the score of the document with this key."""
        with self._lock:
            for number, segment in enumerate(self.segments):
                postings = segment.postings("key", key.encode())
                if postings is not None and len(postings.ids):
                    document = int(postings.ids[-1])
                    return [
                        part for leaf in _leaves(query) if (part := self._points(leaf, number, document)) is not None
                    ]
        return []

    def _points(self, leaf: Any, number: int, document: int) -> tuple[str, str, float] | None:
        ids, scores = self._evaluate(leaf, number)
        at = int(np.searchsorted(ids, document))
        if at >= len(ids) or ids[at] != document or scores[at] == 0:
            return None
        inner = leaf.child if isinstance(leaf, q.ConstantScoreQuery) else leaf
        words = " ".join(map(str, inner.words)) if hasattr(inner, "words") else str(getattr(inner, "text", ""))
        return words + ("*" if isinstance(inner, q.Prefix) else ""), inner.field() or "", round(float(scores[at]), 2)

    def _top(self, parts: list[tuple[int, Ids, Floats]], total: int, limit: int, offset: int, sort: str) -> RankedPage:
        wanted = min(total, limit + offset)
        owners, chosen = [], []
        for number, ids, scores in parts:
            dates, refs = self.segments[number].column("published"), self.segments[number].column("ref")
            rank = scores
            if sort != "relevance":
                rank = dates[ids].astype(np.float64) * (-1 if sort == "oldest" else 1)
            if len(ids) > max(_FEW, wanted * 4):
                front = front_of(rank, ids, dates, wanted)
                ids, scores, rank = ids[front], scores[front], rank[front]
            owners += [number] * len(ids)
            chosen.append((ids, scores, rank, dates[ids], refs[ids]))
        best, points, rank_, dates_, refs_ = (
            chosen[0] if len(chosen) == 1 else map(np.concatenate, zip(*chosen, strict=True))
        )
        if sort == "relevance":
            rank_ = np.round(rank_, TIE_DIGITS)  # sums of the same parts in another order are still a tie
        order = np.lexsort((refs_, -dates_, -rank_))[offset : offset + limit]
        return RankedPage(total, [owners[at] for at in order.tolist()], best[order].tolist(), points[order].tolist())

    # --- evaluating -----------------------------------------------------------------------------------------------
    def _evaluate(self, query: Any, number: int) -> tuple[Ids, Floats]:
        if isinstance(query, q.Term):
            return self._term(number, query.fieldname, self._bytes(query.fieldname, query.text), query.boost)
        if isinstance(query, q.Or):
            return self._or(query, number)
        if isinstance(query, q.And):
            return self._and(query, number)
        if isinstance(query, q.Phrase):
            return self._near(
                number,
                query.fieldname,
                [self._bytes(query.fieldname, word) for word in query.words],
                query.slop,
                True,
                query.boost,
            )
        if isinstance(query, expansion.Near):
            return self._near(
                number,
                query.fieldname,
                [self._bytes(query.fieldname, word) for word in query.words],
                query.distance,
                False,
                query.boost,
            )
        if isinstance(query, q.MultiTerm):
            return self._many_terms(query, number)
        if isinstance(query, expansion.ColumnRange):
            values = self.segments[number].column(query.fieldname)
            ids = np.flatnonzero((values >= query.start) & (values < query.end)).astype(np.int32)
            return ids, np.full(len(ids), query.boost)
        if isinstance(query, q.Every):
            ids = np.arange(self.segments[number].count, dtype=np.int32)
            return ids, np.full(len(ids), query.boost)
        if isinstance(query, q.Not):
            ids, _ = self._evaluate(query.query, number)
            mask = np.ones(self.segments[number].count, np.bool_)
            mask[ids] = False
            found = np.flatnonzero(mask).astype(np.int32)
            return found, np.full(len(found), query.boost)
        if isinstance(query, q.AndNot):
            return without(self._evaluate(query.a, number), self._evaluate(query.b, number)[0])
        if isinstance(query, q.AndMaybe):
            ids, scores = self._evaluate(query.a, number)
            return ids, scores + scores_at(self._evaluate(query.b, number), ids)
        if isinstance(query, q.ConstantScoreQuery):
            ids, _ = self._evaluate(query.child, number)
            return ids, np.full(len(ids), query.score)
        return NOTHING

    def _or(self, query: Any, number: int) -> tuple[Ids, Floats]:
        key = _one_word(query, number)
        if key is not None and (found := self._cache.merged(key)) is not None:
            return found.ids, found.scores
        ids, scores = self._any_of(query, number)
        if key is not None and len(ids):
            self._cache.put(key, MergedHits(ids, scores))
        return ids, scores

    def _any_of(self, query: Any, number: int) -> tuple[Ids, Floats]:
        parts = [part for sub in query.subqueries if len((part := self._evaluate(sub, number))[0])]
        if not parts:
            return NOTHING
        if len(parts) == 1:
            ids, scores = parts[0]
        else:
            ids, scores = union(parts, self.segments[number].count)
        return (ids, scores * query.boost) if query.boost != 1.0 else (ids, scores)

    def _and(self, query: Any, number: int) -> tuple[Ids, Floats]:
        wanted = [sub for sub in query.subqueries if not isinstance(sub, q.Not)]
        unwanted = [sub for sub in query.subqueries if isinstance(sub, q.Not)]
        if not wanted:
            result = self._evaluate(q.Every(), number)
        else:
            parts = [self._evaluate(sub, number) for sub in wanted]
            parts.sort(key=lambda part: len(part[0]))
            result = parts[0]
            for ids, scores in parts[1:]:
                result = intersect(result, ids, scores, self.segments[number].count)
        for sub in unwanted:
            if len(result[0]):
                ids, scores = without(result, self._evaluate(sub.query, number)[0])
                result = ids, scores + sub.boost  # Whoosh counts a NOT that holds as a match
        return (result[0], result[1] * query.boost) if query.boost != 1.0 else result

    def _term(self, number: int, name: str, term: bytes, boost: float) -> tuple[Ids, Floats]:
        scored = self._scored(number, name, term)
        if scored is None:
            return NOTHING
        if scored.scores is None:
            scored.scores = self._bm25(number, name, term, scored.postings.ids, scored.postings.weights)
            self._cache.account((number, name, term))
        return scored.postings.ids, scored.scores if boost == 1.0 else scored.scores * boost

    def _bm25(self, number: int, name: str, term: bytes, ids: Ids, weights: Floats) -> Floats:
        if not self.schema[name].scorable:
            return weights
        norms = self._norm(number, name)
        return self.idf(name, term) * (weights * (K1 + 1)) / (weights + norms[ids])

    def idf(self, name: str, term: bytes) -> float:
        """Whoosh's inverse document frequency of a term over the whole index."""
        found = self._idf.get((name, term))
        if found is None:
            frequency = sum(segment.document_frequency(name, term) for segment in self.segments)
            found = self._idf[name, term] = log(self.documents / (frequency + 1)) + 1 if self.documents else 0.0
        return found

    def _norm(self, number: int, name: str) -> Floats:
        found = self._norms.get((number, name))
        if found is None:
            average = sum(segment.field_length(name) for segment in self.segments) / max(1, self.documents) or 1
            table = K1 * ((1 - B) + B * LENGTH_OF_BYTE / average)
            found = self._norms[number, name] = table[self.segments[number].lengths(name)]
        return found

    def _near(
        self, number: int, name: str, terms: list[bytes], slop: int, ordered: bool, boost: float
    ) -> tuple[Ids, Floats]:
        """Words next to one another (a phrase), or within ``slop`` words in either order; the score is that of the words.
        What was found is kept: the hits, their number and their facets are asked for one after the other."""
        key: Key = (number, (name, slop, ordered), tuple(terms))
        found = self._cache.merged(key)
        if found is None:
            found = MergedHits(*self._found_near(number, name, terms, slop, ordered))
            self._cache.put(key, found)
        return found.ids, found.scores * boost if boost != 1.0 else found.scores

    def _found_near(self, number: int, name: str, terms: list[bytes], slop: int, ordered: bool) -> tuple[Ids, Floats]:
        found = [self._scored(number, name, term) for term in terms]
        if not terms or any(scored is None for scored in found):
            return NOTHING
        postings = [scored.postings for scored in found if scored is not None]
        common = postings[0].ids
        for other in sorted(postings[1:], key=lambda p: len(p.ids)):
            common = in_both(common, other.ids)
            if not len(common):
                return NOTHING
        segment = self.segments[number]
        find = adjacent if ordered else close_by
        ids = find(segment, postings, common, slop)
        for term in terms:
            self._cache.account((number, name, term))  # positions that were decoded stay
        if not len(ids):
            return NOTHING
        scores = np.zeros(len(ids))
        for term, each in zip(terms, postings, strict=True):
            at = np.searchsorted(each.ids, ids)
            scores += self._bm25(number, name, term, ids, each.weights[at])
        return ids, scores

    def _many_terms(self, query: Any, number: int) -> tuple[Ids, Floats]:
        """Prefixes, wildcards and misspellings: every document with one of the terms, all with the same score."""
        text = (query.text, getattr(query, "maxdist", 0), getattr(query, "prefixlength", 0))
        key: Key = (number, (type(query), query.fieldname), text)
        found = self._cache.merged(key)
        if found is None:
            ids = self.segments[number].matching_terms(query)
            found = MergedHits(ids, np.ones(len(ids)))
            self._cache.put(key, found)
        return found.ids, found.scores if query.boost == 1.0 else found.scores * query.boost

    # --- the cache ------------------------------------------------------------------------------------------------
    def _scored(self, number: int, name: str, term: bytes) -> ScoredPostings | None:
        key = (number, name, term)
        if key in self._cache:
            entry = self._cache.get(key)
            return entry if isinstance(entry, ScoredPostings) else None
        postings = self.segments[number].postings(name, term)
        scored = None if postings is None else ScoredPostings(postings)
        self._cache.put(key, scored)
        return scored

    def _bytes(self, name: str, text: str | bytes) -> bytes:
        if isinstance(text, bytes):
            return text
        return text.encode() if name in self._texts else bytes(self.schema[name].to_bytes(text))


def _one_word(query: Any, number: int) -> Key | None:
    """The key under which a word looked for in several fields is kept once it was put together; None for other queries."""
    subs = query.subqueries
    text = getattr(subs[0], "text", None) if len(subs) > 1 else None
    fields: list[Any] = [query.boost]
    for sub in subs:
        if type(sub) is not q.Term or sub.text != text:
            return None
        fields += (sub.fieldname, sub.boost)
    return number, tuple(fields), text


def _leaves(query: Any) -> list[Any]:
    if isinstance(query, (q.And, q.Or)):
        return [leaf for sub in query.subqueries for leaf in _leaves(sub)]
    if isinstance(query, (q.AndNot, q.AndMaybe)):
        return _leaves(query.a)
    return [] if isinstance(query, (q.Not, q.Every)) else [query]
