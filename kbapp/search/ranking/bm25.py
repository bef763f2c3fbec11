"""Exact ranking over NumPy arrays: the documents, scores and order that Whoosh's own full scoring gives, a hundred times as fast.

A query of Whoosh's classes is evaluated a segment at a time to a pair of arrays (ids ascending, scores). BM25F as in
``whoosh.scoring``: K1 = 1.2, B = 0.75, idf over the whole index, deleted documents are not counted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import query as q
from whoosh.fields import ID, KEYWORD, TEXT

from kbapp.search.codec.combined_reader import Segment
from kbapp.search.codec.posting_blocks import Floats, Ids
from kbapp.search.codec.segment_reader import LENGTH_OF_BYTE, Postings
from kbapp.search.index.schema import STEMMED_FIELDS
from kbapp.search.nodes import ColumnRange, Containing, Near, Phrase, Word
from kbapp.search.ranking.cache import Cache, Key, MergedHits, ScoredPostings
from kbapp.search.ranking.doc_sets import NOTHING, TIE_DIGITS, front_of, in_both, intersect, scores_at, union, without
from kbapp.search.ranking.forms import FormFinder, Forms
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

    def __init__(
        self,
        segments: Sequence[Segment],
        schema: Any,
        cache_bytes: int = CACHE_BYTES,
        live: Sequence[npt.NDArray[np.bool_] | None] | None = None,
        below: Ranker | None = None,
    ) -> None:
        """A searcher.

        Args:
            segments: The segments, those of ``below`` first.
            schema: The schema they were written with.
            cache_bytes: How much decoded postings may take.
            live: The documents of each segment that count; by default those that are not deleted.
            below: A searcher over the first segments, whose decoded postings are used.
        """
        self._below = below
        self.segments, self.schema = segments, schema
        self._lock = threading.RLock()  # the window searches, counts and narrows from several threads
        self.live = list(live) if live is not None else [segment.live for segment in segments]
        self.documents = sum(
            segment.count if alive is None else int(np.count_nonzero(alive))
            for segment, alive in zip(segments, self.live, strict=True)
        )
        self._forms = FormFinder(segments)
        self._cache = Cache(cache_bytes)
        self._norms: dict[tuple[int, str], Floats] = {}
        self._idf: dict[tuple[str, object], float] = {}
        self._texts = frozenset(name for name, field in schema.items() if isinstance(field, (TEXT, ID, KEYWORD)))

    # --- asking ---------------------------------------------------------------------------------------------------
    def rank(
        self, query: Any, limit: int, offset: int = 0, sort: str = "relevance", first: Sequence[tuple[int, int]] = ()
    ) -> RankedPage:
        """The best documents of a query, ties by date (newest first), then by number; the total is exact.

        Args:
            query: What to look for.
            limit: How many documents at most.
            offset: How many of the best to pass over.
            sort: "relevance", "newest" or "oldest".
            first: (segment, document) of those that come before all others if they match.
        """
        with self._lock:
            return self._rank(query, limit, offset, sort, first)

    def _rank(self, query: Any, limit: int, offset: int, sort: str, first: Sequence[tuple[int, int]]) -> RankedPage:
        parts: list[tuple[int, Ids, Floats]] = []
        for number in range(len(self.segments)):
            ids, scores = self._evaluate(query, number)
            live = self.live[number]
            if live is not None and len(ids):
                keep = live[ids]
                ids, scores = ids[keep], scores[keep]
            if len(ids):
                parts.append((number, ids, scores))
        total = sum(len(ids) for _, ids, _ in parts)
        if not total or limit <= 0:
            return RankedPage(total, [], [], [])
        if not first:
            return self._top(parts, total, limit, offset, sort)
        leading = [place for place in first if any(place[0] == number and place[1] in ids for number, ids, _ in parts)]
        rest = [(number, *_without_places(ids, scores, number, leading)) for number, ids, scores in parts]
        rest = [part for part in rest if len(part[1])]
        page = RankedPage(total, [], [], [])
        if rest:
            behind = max(0, offset - len(leading))
            page = self._top(rest, total - len(leading), limit, behind, sort)
        best = max((float(scores.max()) for _, _, scores in parts), default=0.0)
        head = [(*place, best + len(leading) - at) for at, place in enumerate(leading)][offset : offset + limit]
        rows = [*head, *zip(page.segments, page.ids, page.scores, strict=True)][:limit]
        return RankedPage(total, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])

    def matching(self, query: Any, number: int) -> Ids:
        """The live documents of one segment that match."""
        with self._lock:
            ids, _ = self._evaluate(query, number)
            live = self.live[number]
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
        if isinstance(inner, Word):
            words = inner.word
        elif isinstance(inner, (Phrase, Near)):
            words = " ".join(word.word for word in inner.words)
        else:
            words = str(getattr(inner, "text", ""))
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
        for kind, evaluate in _EVALUATE:
            if isinstance(query, kind):
                return evaluate(self, query, number)
        return NOTHING

    def _whoosh_term(self, query: Any, number: int) -> tuple[Ids, Floats]:
        return self._term(number, query.fieldname, self._bytes(query.fieldname, query.text), query.boost)

    def _whoosh_phrase(self, query: Any, number: int) -> tuple[Ids, Floats]:
        words = [Word({}, "", [self._bytes(query.fieldname, word)], stemmed=False) for word in query.words]
        return self._phrase(Phrase(query.fieldname, words, slop=query.slop, boost=query.boost), number)

    def _word(self, query: Word, number: int) -> tuple[Ids, Floats]:
        """A word in any of its fields; kept, as the hits, their number and their facets are asked for one after the other."""
        key: Key = (number, (*query.fields.items(), query.boost), query.key)
        found = self._cache.merged(key)
        if found is None:
            parts = []
            for name, boost in query.fields.items():
                ids, scores = self._scored_word(number, name, query)
                if len(ids):
                    weight = boost * query.boost
                    parts.append((ids, scores if weight == 1.0 else scores * weight))
            if not parts:
                return NOTHING
            found = MergedHits(*(parts[0] if len(parts) == 1 else union(parts, self.segments[number].count)))
            self._cache.put(key, found)
        return found.ids, found.scores

    def _scored_word(self, number: int, name: str, word: Word) -> tuple[Ids, Floats]:
        """The documents with a word's forms in a field, with their scores."""
        scored = self._forms_in(number, name, word)
        if scored is None:
            return NOTHING
        postings = scored.postings
        if scored.scores is None:
            scored.scores = self._bm25(number, name, self._word_idf(name, word), postings.ids, postings.weights)
        return postings.ids, scored.scores

    def _forms_in(self, number: int, name: str, word: Word) -> ScoredPostings | None:
        forms = self._forms_of(number, name, word)
        if len(forms) == 1:
            return self._scored_term(number, name, forms[0][0])
        key: Key = (number, name, forms)
        if key in self._cache:
            entry = self._cache.get(key)
            return entry if isinstance(entry, ScoredPostings) else None
        postings = self._forms.postings(number, name, forms)
        scored = None if postings is None else ScoredPostings(postings)
        self._cache.put(key, scored)
        return scored

    def _forms_of(self, number: int, name: str, word: Word) -> Forms:
        if word.stemmed and name in STEMMED_FIELDS:
            return self._forms.forms(number, word)
        return tuple((term, "") for term in word.spellings)

    def _word_idf(self, name: str, word: Word) -> float:
        key = (name, word.key)
        found = self._idf.get(key)
        if found is None:
            frequency = 0
            for number in range(len(self.segments)):
                scored = self._forms_in(number, name, word)
                if scored is not None:
                    frequency += self._count_live(number, scored.postings.ids)
            found = self._idf[key] = self._idf_of(frequency)
        return found

    def _column_range(self, query: ColumnRange, number: int) -> tuple[Ids, Floats]:
        values = self.segments[number].column(query.fieldname)
        ids = np.flatnonzero((values >= query.start) & (values < query.end)).astype(np.int32)
        return ids, np.full(len(ids), query.boost)

    def _every(self, query: Any, number: int) -> tuple[Ids, Floats]:
        ids = np.arange(self.segments[number].count, dtype=np.int32)
        return ids, np.full(len(ids), query.boost)

    def _not(self, query: Any, number: int) -> tuple[Ids, Floats]:
        ids, _ = self._evaluate(query.query, number)
        mask = np.ones(self.segments[number].count, np.bool_)
        mask[ids] = False
        found = np.flatnonzero(mask).astype(np.int32)
        return found, np.full(len(found), query.boost)

    def _and_not(self, query: Any, number: int) -> tuple[Ids, Floats]:
        return without(self._evaluate(query.a, number), self._evaluate(query.b, number)[0])

    def _and_maybe(self, query: Any, number: int) -> tuple[Ids, Floats]:
        ids, scores = self._evaluate(query.a, number)
        return ids, scores + scores_at(self._evaluate(query.b, number), ids)

    def _constant(self, query: Any, number: int) -> tuple[Ids, Floats]:
        ids, _ = self._evaluate(query.child, number)
        return ids, np.full(len(ids), query.score)

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
        scored = self._scored_term(number, name, term)
        if scored is None:
            return NOTHING
        postings = scored.postings
        if scored.scores is None:
            scored.scores = self._bm25(number, name, self.idf(name, term), postings.ids, postings.weights)
            self._cache.account((number, name, term))
        return postings.ids, scored.scores if boost == 1.0 else scored.scores * boost

    def _bm25(self, number: int, name: str, idf: float, ids: Ids, weights: Floats) -> Floats:
        if not self.schema[name].scorable:
            return weights
        norms = self._norm(number, name)
        return idf * (weights * (K1 + 1)) / (weights + norms[ids])

    def idf(self, name: str, term: bytes) -> float:
        """Whoosh's inverse document frequency of a term over all documents that are not deleted."""
        found = self._idf.get((name, term))
        if found is None:
            frequency = 0
            for number, segment in enumerate(self.segments):
                if self.live[number] is None:
                    frequency += segment.document_frequency(name, term)
                elif (postings := segment.postings(name, term)) is not None:
                    frequency += self._count_live(number, postings.ids)
            found = self._idf[name, term] = self._idf_of(frequency)
        return found

    def _idf_of(self, frequency: int) -> float:
        return log(self.documents / (frequency + 1)) + 1 if self.documents else 0.0

    def _count_live(self, number: int, ids: Ids) -> int:
        live = self.live[number]
        return len(ids) if live is None else int(np.count_nonzero(live[ids]))

    def _norm(self, number: int, name: str) -> Floats:
        found = self._norms.get((number, name))
        if found is None:
            average = sum(self._live_length(at, name) for at in range(len(self.segments))) / max(1, self.documents) or 1
            table = K1 * ((1 - B) + B * LENGTH_OF_BYTE / average)
            found = self._norms[number, name] = table[self.segments[number].lengths(name)]
        return found

    def _live_length(self, number: int, name: str) -> float:
        """The words of a field over the documents of a segment that are not deleted."""
        length, live = float(self.segments[number].field_length(name)), self.live[number]
        if live is None:
            return length
        return max(0.0, length - float(LENGTH_OF_BYTE[self.segments[number].lengths(name)[~live]].sum()))

    def _phrase(self, query: Phrase, number: int) -> tuple[Ids, Floats]:
        return self._near(query, number, ("phrase", query.offsets, query.slop))

    def _near_words(self, query: Near, number: int) -> tuple[Ids, Floats]:
        return self._near(query, number, ("near", query.distance))

    def _near(self, query: Phrase | Near, number: int, form: object) -> tuple[Ids, Floats]:
        """Words next to one another (a phrase), or close by in either order; the score is that of the words.
        What was found is kept, as for words."""
        key: Key = (number, (query.fieldname, form), tuple(word.key for word in query.words))
        found = self._cache.merged(key)
        if found is None:
            found = MergedHits(*self._found_near(query, number))
            self._cache.put(key, found)
        return found.ids, found.scores * query.boost if query.boost != 1.0 else found.scores

    def _found_near(self, query: Phrase | Near, number: int) -> tuple[Ids, Floats]:
        name = query.fieldname
        found = [self._forms_in(number, name, word) for word in query.words]
        if not found or any(scored is None for scored in found):
            return NOTHING
        postings = [scored.postings for scored in found if scored is not None]
        common = postings[0].ids
        for other in sorted(postings[1:], key=lambda p: len(p.ids)):
            common = in_both(common, other.ids)
            if not len(common):
                return NOTHING
        segment = self.segments[number]
        if isinstance(query, Near):
            ids = close_by(segment, postings, common, query.distance)
        else:
            ids = adjacent(segment, postings, common, query.offsets, query.slop)
        if not len(ids):
            return NOTHING
        scores = np.zeros(len(ids))
        for word, each in zip(query.words, postings, strict=True):
            forms = self._forms_of(number, name, word)  # positions that were decoded stay, and count
            self._cache.account((number, name, forms if len(forms) > 1 else forms[0][0]))
            at = np.searchsorted(each.ids, ids)
            scores += self._bm25(number, name, self._word_idf(name, word), ids, each.weights[at])
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
    def frequency(self, name: str, term: bytes) -> int:
        """In how many documents a term stands, deleted ones included."""
        return sum(segment.document_frequency(name, term) for segment in self.segments)

    def decoded(self, number: int, name: str, term: bytes) -> Postings | None:
        """The postings of a term in a segment, kept for the next who asks."""
        with self._lock:
            scored = self._scored_term(number, name, term)
            return None if scored is None else scored.postings

    def _scored_term(self, number: int, name: str, term: bytes) -> ScoredPostings | None:
        key = (number, name, term)
        if key in self._cache:
            entry = self._cache.get(key)
            return entry if isinstance(entry, ScoredPostings) else None
        if self._below is not None and number < len(self._below.segments):
            postings = self._below.decoded(number, name, term)
        else:
            postings = self.segments[number].postings(name, term)
        scored = None if postings is None else ScoredPostings(postings)
        self._cache.put(key, scored)
        return scored

    def _bytes(self, name: str, text: str | bytes) -> bytes:
        if isinstance(text, bytes):
            return text
        return text.encode() if name in self._texts else bytes(self.schema[name].to_bytes(text))


def _without_places(ids: Ids, scores: Floats, number: int, places: Sequence[tuple[int, int]]) -> tuple[Ids, Floats]:
    gone = np.array(sorted(document for segment, document in places if segment == number), np.int32)
    return without((ids, scores), gone)


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
    if isinstance(query, Word):
        return [Word({name: boost}, query.word, query.spellings, query.stemmed) for name, boost in query.fields.items()]
    return [] if isinstance(query, (q.Not, q.Every)) else [query]


_EVALUATE: tuple[tuple[Any, Callable[[Ranker, Any, int], tuple[Ids, Floats]]], ...] = (
    (Word, Ranker._word), (q.Term, Ranker._whoosh_term), (q.Or, Ranker._or), (q.And, Ranker._and), (Phrase, Ranker._phrase),
    (q.Phrase, Ranker._whoosh_phrase), (Near, Ranker._near_words), ((q.MultiTerm, Containing), Ranker._many_terms),
    (ColumnRange, Ranker._column_range), (q.Every, Ranker._every), (q.Not, Ranker._not), (q.AndNot, Ranker._and_not),
    (q.AndMaybe, Ranker._and_maybe), (q.ConstantScoreQuery, Ranker._constant),
)  # fmt: skip
