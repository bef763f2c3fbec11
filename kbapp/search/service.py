"""Searching as the user sees it: a query in, hits with snippets out, with exact totals and facets."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from whoosh import query as q
from whoosh.analysis.filters import STOP_WORDS

from kbapp.domain import Hit
from kbapp.errors import Code
from kbapp.library import search_records
from kbapp.search import suggestions
from kbapp.search.codec.whoosh_internals import UNREADABLE
from kbapp.search.facets import Facet, facets
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import documents, key_of
from kbapp.search.index.schema import KINDS
from kbapp.search.leading import leading
from kbapp.search.query.parser import Parsed, QueryProblem, parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.search_index import SearchIndex
from kbapp.search.snippets import WIDTH, QueryHighlighter
from kbapp.search.unindexed import UnindexedChanges

Sort = Literal["relevance", "newest", "oldest"]
Kind = Literal["article", "person", "note"]
_Found = TypeVar("_Found")
_log = logging.getLogger(__name__)
_LIKE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits.

    Attributes:
        query: What was typed.
        total: How many documents match; exact.
        took_ms: Milliseconds.
        hits: The page asked for.
        problems: What of the query was not understood or was taken otherwise.
        suggestion: What may have been meant, where nothing was found.
        corrected: The query that the hits are for, where it is not what was typed.
        words: The words to mark, for ``QueryHighlighter``.
        lag: How many changes of the library the answer does not know.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    problems: tuple[QueryProblem, ...] = ()
    suggestion: str | None = None
    corrected: str | None = None
    words: tuple[str, ...] = ()
    lag: int = 0


class Search:
    """Answers queries over one library's index, and over what the index has not followed yet."""

    def __init__(self, index: SearchIndex) -> None:
        self.index, self.library = index, index.library
        self._analyzer = TermAnalyzer()
        self._unindexed = UnindexedChanges(self.library, self._analyzer)

    def search(
        self, text: str, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance", kinds: Sequence[Kind] = (),
        typing: bool = False, snippets: bool = True, width: int = WIDTH, correct: bool = False,
    ) -> Results:  # fmt: skip
        """The best hits for what the user typed. Never raises for a query, however odd.

        Args:
            text: The query.
            limit: How many hits at most.
            offset: How many of the best to pass over.
            sort: The order.
            kinds: Only hits of these kinds.
            typing: The last word stands for all words that begin so.
            snippets: Whether hits get a passage of their text.
            width: About how many characters of it.
            correct: Search for the suggestion at once where nothing is found; ``Results.corrected`` says so.
        """
        begun = time.perf_counter()

        def look(ranker: Ranker, lag: int) -> Results:
            found = self._search(ranker, text, limit, offset, sort, kinds, typing, width if snippets else 0)
            if correct and not found.total and found.suggestion:
                better = self._search(
                    ranker, found.suggestion, limit, offset, sort, kinds, typing, width if snippets else 0
                )
                if better.total:
                    found = replace(better, query=text, suggestion=found.suggestion, corrected=found.suggestion)
            behind = (QueryProblem(Code.SEARCH_BEHIND, {"count": f"{lag:,}"}),) if lag else ()
            return replace(found, problems=found.problems + behind, lag=lag)

        try:
            found = self._reading(look)
        except UNREADABLE as error:
            _log.warning("the index is damaged: %s", error)
            self.index.invalidate()
            found = Results(text, 0, 0.0, (), (QueryProblem(Code.SEARCH_INDEX_DAMAGED),))
        return replace(found, took_ms=(time.perf_counter() - begun) * 1000)

    def _reading(self, work: Callable[[Ranker, int], _Found]) -> _Found:
        return self.index.reading(lambda base: work(*self._unindexed.ranker(base)))

    def _search(
        self, ranker: Ranker, text: str, limit: int, offset: int, sort: Sort, kinds: Sequence[Kind], typing: bool, width: int,
    ) -> Results:  # fmt: skip
        parsed = parse(text, typing=typing)
        first = leading(ranker, parsed.plain, self._analyzer) if sort == "relevance" and parsed.plain else []
        page = ranker.rank(_of_kinds(parsed.query, kinds), limit, offset, sort, first)
        suggestion = None
        if not page.total and text.strip():
            widened = suggestions.with_parts_of_words(parsed, ranker)
            if widened is not None:
                wider = ranker.rank(_of_kinds(widened.query, kinds), limit, offset, sort)
                if wider.total:
                    parsed, page = widened, wider
            if not page.total:
                suggestion = suggestions.did_you_mean(text, parsed, ranker)
                parsed = replace(parsed, problems=(*parsed.problems, *suggestions.written_otherwise(parsed)))
        found = [
            (KINDS[ranker.segments[s].column("kind_number")[i]], int(ranker.segments[s].column("ref")[i]), score)
            for s, i, score in zip(page.segments, page.ids, page.scores, strict=True)
        ]
        hits = self._hits(found, parsed, width)
        return Results(text, page.total, 0.0, tuple(hits), parsed.problems, suggestion, None, parsed.words)

    def facets(self, text: str) -> list[Facet]:
        """What the articles found can be narrowed by."""
        query = parse(text, typing=True).query
        return self._reading(lambda ranker, _: facets(self.library, ranker, query))

    def count(self, text: str) -> int:
        """How many documents a query finds."""
        query = parse(text).query
        return self._reading(lambda ranker, _: ranker.rank(query, 0).total)

    def more_like(self, article: int, limit: int = 50) -> list[Hit]:
        """Articles that share the words which set this one apart (the highest tf-idf), the likest first."""
        return self._reading(lambda ranker, _: self._more_like(ranker, article, limit))

    def _more_like(self, ranker: Ranker, article: int, limit: int) -> list[Hit]:
        document = documents(self.library, "article", [article]).get(article)
        if document is None:
            return []
        positions, _ = self._analyzer.positions(f"{document['title']}\n{document['body']}"[:60_000])
        weights = {
            term: len(places) ** 0.5 * ranker.idf("body", term)
            for term, places in positions.items()
            if len(term) > 2 and term.decode() not in STOP_WORDS
        }
        words = sorted(weights, key=lambda term: -weights[term])[:_LIKE_WORDS]
        query = q.And(
            [
                q.Or([q.Term("body", word.decode()) for word in words]),
                q.ConstantScoreQuery(q.Term("kind", "article"), 0.0),
            ]
        )
        page = ranker.rank(query, limit + 1)
        refs = [int(ranker.segments[s].column("ref")[i]) for s, i in zip(page.segments, page.ids, strict=True)]
        found = [("article", ref, score) for ref, score in zip(refs, page.scores, strict=True) if ref != article]
        return self._hits(found[:limit], Parsed(query, tuple(word.decode() for word in words)), WIDTH)

    def why(self, text: str, kind: str, ref: int) -> list[tuple[str, str, float]]:
        """Why a document was found: (word, field, points) for each word and field that scored, the most points first."""
        query = parse(text, typing=True).query
        parts = self._reading(lambda ranker, _: ranker.explain(query, key_of(kind, ref)))
        return sorted(parts, key=lambda part: -part[2])

    def _hits(self, found: list[tuple[str, int, float]], parsed: Parsed, width: int) -> list[Hit]:
        records: dict[tuple[str, int], search_records.HitRecord] = {}
        for kind, read in (
            ("article", search_records.article_hits),
            ("person", search_records.person_hits),
            ("note", search_records.note_hits),
        ):
            refs = [ref for each, ref, _ in found if each == kind]
            records |= {(kind, ref): record for ref, record in read(self.library, refs).items()}
        highlighter = QueryHighlighter(parsed.words, self._analyzer)
        hits = []
        for kind, ref, score in found:
            record = records.get((kind, ref))
            if record is None:
                continue
            snippet = highlighter.snippet(record.text, width, record.language) if width else None
            hits.append(
                Hit(
                    kind=kind,  # type: ignore[arg-type]  # KINDS are the literal's values
                    id=ref, title=record.title, score=round(score, 6),
                    snippet=snippet.text if snippet else "", matches=snippet.matches if snippet else (),
                    authors=record.authors, published=record.published,
                )
            )  # fmt: skip
        return hits


def _of_kinds(query: Any, kinds: Sequence[Kind]) -> Any:
    if not kinds or len(kinds) == len(KINDS):
        return query
    wanted = [q.ConstantScoreQuery(q.Term("kind", kind), 0.0) for kind in kinds]
    return q.And([query, wanted[0] if len(wanted) == 1 else q.Or(wanted)])
