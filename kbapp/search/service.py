"""Searching as the user sees it: a query in, hits with snippets out, with exact totals and facets."""

from __future__ import annotations

import logging
import pickle
import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as q

from kbapp.domain import Hit
from kbapp.i18n import language
from kbapp.library import change_log
from kbapp.library.database import Library
from kbapp.library.notes import repository as notes
from kbapp.library.notes.encryption import is_sealed
from kbapp.search.facets import Facet, facets
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import documents, key_of
from kbapp.search.index.index import SearchIndex
from kbapp.search.index.schema import KINDS
from kbapp.search.query.parser import Parsed, parse
from kbapp.search.ranking.bm25 import Ranker
from kbapp.search.snippets import WIDTH, QueryHighlighter

Sort = Literal["relevance", "newest", "oldest"]
Kind = Literal["article", "person", "note"]
_log = logging.getLogger(__name__)
_DAMAGE = (
    ValueError,
    IndexError,
    KeyError,
    EOFError,
    OSError,
    struct.error,
    pickle.UnpicklingError,
    zlib.error,
    AttributeError,
    TypeError,
)
_LIKE_WORDS = 14
_UNINDEXED = 200  # changes that are searched in the database while the index has not followed them


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits; ``total`` is exact. ``problems`` say in words what of the query was not understood."""

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    problems: tuple[str, ...] = ()
    suggestion: str | None = None
    words: tuple[str, ...] = ()


class Search:
    """Answers queries over one library's index."""

    def __init__(self, index: SearchIndex) -> None:
        self.index, self.library = index, index.library
        self._folder = TermAnalyzer()

    def search(
        self, text: str, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance", kinds: Sequence[Kind] = (),
        typing: bool = False, snippets: bool = True, width: int = WIDTH,
    ) -> Results:  # fmt: skip
        """The best hits for what the user typed, with snippets of about ``width`` characters.

        Never raises for a query, however odd. With ``typing`` the last word stands for all words that begin so.
        """
        try:
            return self.index.reading(
                lambda ranker: self._search(ranker, text, limit, offset, sort, kinds, typing, width if snippets else 0)
            )
        except _DAMAGE as error:
            _log.warning("the index is damaged: %s", error)
            self.index.invalidate()
            words = "The search index is damaged and is being made anew; search again in a moment."
            return Results(text, 0, 0.0, (), (words,))

    def _search(
        self, ranker: Ranker, text: str, limit: int, offset: int, sort: Sort, kinds: Sequence[Kind], typing: bool, width: int,
    ) -> Results:  # fmt: skip
        begun = time.perf_counter()
        parsed = parse(text, typing=typing)
        query = _of_kinds(parsed.query, kinds)
        stale = {(kind, ref) for _, kind, ref in change_log.pending(self.library, _UNINDEXED)}
        fresh = self._fresh_hits(parsed, stale, kinds) if stale else []
        first = self._sealed_hits(parsed, kinds) + fresh  # what stands in no index comes before what does
        whole = bool(stale or first)
        ranked = ranker.rank(query, limit + offset + len(stale) if whole else limit, 0 if whole else offset, sort)
        found = [
            (KINDS[ranker.segments[s].column("kind_number")[i]], int(ranker.segments[s].column("ref")[i]), score)
            for s, i, score in zip(ranked.segments, ranked.ids, ranked.scores, strict=True)
        ]
        total = ranked.total + len(first) - (self._count_indexed(ranker, query, stale) if stale else 0)
        if whole:
            found = (first + [hit for hit in found if (hit[0], hit[1]) not in stale])[offset : offset + limit]
        hits = self._hits(found, parsed, width)
        suggestion = self._did_you_mean(text, parsed, ranker) if not total and text.strip() else None
        took = (time.perf_counter() - begun) * 1000
        return Results(text, total, took, tuple(hits), parsed.problems, suggestion, parsed.words)

    def facets(self, text: str) -> list[Facet]:
        """What the articles found can be narrowed by."""
        query = parse(text, typing=True).query
        return self.index.reading(lambda ranker: facets(self.library, ranker, query))

    def count(self, text: str) -> int:
        """How many documents a query finds."""
        query = parse(text).query
        return self.index.reading(lambda ranker: ranker.rank(query, 0).total)

    def more_like(self, article: int, limit: int = 50) -> list[Hit]:
        """Articles that share the words which set this one apart (the highest tf-idf), the likest first."""
        return self.index.reading(lambda ranker: self._more_like(ranker, article, limit))

    def _more_like(self, ranker: Ranker, article: int, limit: int) -> list[Hit]:
        document = documents(self.library, "article", [article]).get(article)
        if document is None:
            return []
        positions, _ = self._folder.positions(f"{document['title']}\n{document['body']}"[:60_000])
        weights = {term: len(places) ** 0.5 * ranker.idf("body", term) for term, places in positions.items()}
        words = sorted(weights, key=lambda term: -weights[term])[:_LIKE_WORDS]
        query = q.And(
            [
                q.Or([q.Term("body", word.decode()) for word in words]),
                q.ConstantScoreQuery(q.Term("kind", "article"), 0.0),
            ]
        )
        ranked = ranker.rank(query, limit + 1)
        refs = [int(ranker.segments[s].column("ref")[i]) for s, i in zip(ranked.segments, ranked.ids, strict=True)]
        found = [("article", ref, score) for ref, score in zip(refs, ranked.scores, strict=True) if ref != article]
        return self._hits(found[:limit], Parsed(query, tuple(word.decode() for word in words)), WIDTH)

    def why(self, text: str, kind: str, ref: int) -> list[tuple[str, str, float]]:
        """Why a document was found: (word, field, points) for each word and field that scored, the most points first."""
        query = parse(text, typing=True).query
        parts = self.index.reading(lambda ranker: ranker.explain(query, key_of(kind, ref)))
        return sorted(parts, key=lambda part: -part[2])

    def _fresh_hits(
        self, parsed: Parsed, stale: set[tuple[str, int]], kinds: Sequence[Kind]
    ) -> list[tuple[str, int, float]]:
        """Hits among what the index has not followed yet, straight from the database: all words of the query must occur."""
        if not parsed.words:
            return []
        markers = [QueryHighlighter([word], self._folder) for word in parsed.words]
        found = []
        for kind in kinds or KINDS:
            refs = [ref for each, ref in stale if each == kind]
            for ref, document in documents(self.library, kind, refs).items():
                text = "\n".join(
                    str(document[name])
                    for name in ("title", "subtitle", "body", "people", "authors", "note")
                    if document.get(name)
                )
                if all(marker.matches(text) for marker in markers):
                    found.append((kind, ref, 0.0))
        return sorted(found, key=lambda hit: (hit[0], -hit[1]))

    def _sealed_hits(self, parsed: Parsed, kinds: Sequence[Kind]) -> list[tuple[str, int, float]]:
        """Locked notes that are open now stand in no index: they are looked through in memory, and come first."""
        if not parsed.words or (kinds and "note" not in kinds):
            return []
        texts = notes.sealed_texts(self.library)
        if not texts:
            return []
        beginnings = [word[:4].casefold() for word in parsed.words if word.isascii()]
        markers = [QueryHighlighter([word], self._folder) for word in parsed.words]
        found = []
        for note, text in texts.items():
            folded = text.casefold()
            if all(each in folded for each in beginnings) and all(marker.matches(text) for marker in markers):
                found.append(("note", note, 0.0))
        return sorted(found, key=lambda hit: -hit[1])

    @staticmethod
    def _count_indexed(ranker: Ranker, query: Any, stale: set[tuple[str, int]]) -> int:
        """How many of the changed subjects the index still counts in its old state."""
        count = 0
        for number, segment in enumerate(ranker.segments):
            ids = ranker.matching(query, number)
            kinds, refs = segment.column("kind_number"), segment.column("ref")
            for kind, ref in stale:
                mine = ids[(refs[ids] == ref) & (kinds[ids] == KINDS.index(kind))]
                count += len(mine)
        return count

    # --- hits ---------------------------------------------------------------------------------------------------------
    def _hits(self, found: list[tuple[str, int, float]], parsed: Parsed, width: int) -> list[Hit]:
        rows: dict[tuple[str, int], dict[str, Any]] = {}
        for kind in KINDS:
            refs = [ref for each, ref, _ in found if each == kind]
            rows |= {(kind, ref): row for ref, row in _rows(self.library, kind, refs).items()}
        marker = QueryHighlighter(parsed.words, self._folder)
        hits = []
        for kind, ref, score in found:
            row = rows.get((kind, ref))
            if row is None:
                continue
            snippet = marker.snippet(row["text"], width) if width else None
            hits.append(
                Hit(
                    kind=kind,  # type: ignore[arg-type]  # KINDS are the literal's values
                    id=ref, title=row["title"], score=round(score, 6),
                    snippet=snippet.text if snippet else "", matches=snippet.matches if snippet else (),
                    authors=tuple(row["authors"]), published=row["published"],
                )
            )  # fmt: skip
        return hits

    def _did_you_mean(self, text: str, parsed: Parsed, ranker: Ranker) -> str | None:
        """The query with each word that occurs nowhere replaced by the likeliest word that does."""
        replaced = text
        for word in parsed.words:
            if not word.isalpha() or len(word) < 4:
                continue
            term = self._folder.term(word)
            if term is None or any(segment.document_frequency("body", term) for segment in ranker.segments):
                continue
            better = self._nearest_word(word.lower(), ranker)
            if better is None:
                return None
            replaced = re.sub(rf"\b{re.escape(word)}\b", better, replaced)
        return replaced if replaced != text else None

    @staticmethod
    def _nearest_word(word: str, ranker: Ranker) -> str | None:
        counts: Counter[str] = Counter()
        for segment in ranker.segments:
            for name in ("body", "people", "title"):
                for terms in segment.lexicons(name):
                    indexes = terms.prefix(word[:1].encode())
                    names = [terms.term(i).decode("utf-8", "replace") for i in indexes]
                    distance = 1 if len(word) < 6 else 2
                    hits = process.extract(word, names, scorer=OSA.distance, score_cutoff=distance, limit=10)
                    for match, _, at in hits:
                        counts[match] += int(terms.counts[indexes[at]])
        return counts.most_common(1)[0][0] if counts else None


def _of_kinds(query: Any, kinds: Sequence[Kind]) -> Any:
    if not kinds or len(kinds) == len(KINDS):
        return query
    wanted = [q.ConstantScoreQuery(q.Term("kind", kind), 0.0) for kind in kinds]
    return q.And([query, wanted[0] if len(wanted) == 1 else q.Or(wanted)])


def _rows(library: Library, kind: str, refs: list[int]) -> dict[int, dict[str, Any]]:
    """What a hit shows, by id."""
    if not refs:
        return {}
    db, marks = library.db, ",".join("?" * len(refs))
    if kind == "article":
        authors: dict[int, list[str]] = {}
        for article, name in db.execute(
            f"SELECT article, name FROM authorships WHERE article IN ({marks}) ORDER BY article, position", refs
        ):
            authors.setdefault(article, []).append(name)
        return {
            row[0]: {"title": row[1], "published": row[2], "text": row[3], "authors": authors.get(row[0], [])}
            for row in db.execute(f"SELECT id, title, published, text FROM articles WHERE id IN ({marks})", refs)
        }
    if kind == "person":
        return {
            row[0]: {"title": row[1], "published": None, "authors": [], "text": _about_person(row)}
            for row in db.execute(
                f"SELECT id, name, articles, authored, (SELECT m.description FROM article_people m JOIN articles a ON a.id = m.article "
                f"WHERE m.person = people.id AND m.description IS NOT NULL "
                f"ORDER BY substr(coalesce(a.language, 'en'), 1, 2) = ? DESC, m.published_key DESC, m.article DESC LIMIT 1) "
                f"FROM people WHERE id IN ({marks})", [language(), *refs]
            )
        }  # fmt: skip
    return {
        row[0]: {
            "title": row[2] or "Note",
            "published": row[3],
            "text": notes.get(library, row[0]).text if is_sealed(row[1]) else row[1],
            "authors": [],
        }
        for row in db.execute(
            f"SELECT n.id, n.text, coalesce(a.title, p.name), n.modified FROM notes n "
            f"LEFT JOIN articles a ON n.about_kind = 'article' AND a.id = n.about_id "
            f"LEFT JOIN people p ON n.about_kind IN ('person', 'author') AND p.id = n.about_id WHERE n.id IN ({marks})", refs
        )
    }  # fmt: skip


def _about_person(row: Any) -> str:
    parts = [row[4]] if row[4] else []
    if row[2]:
        parts.append(f"mentioned in {row[2]} article{'s' if row[2] != 1 else ''}")
    if row[3]:
        parts.append(f"wrote {row[3]} article{'s' if row[3] != 1 else ''}")
    return f"{row[1]}: " + ", ".join(parts)
