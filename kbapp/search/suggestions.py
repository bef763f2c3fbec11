"""Where nothing was found: the words of the library that may have been meant, and longer words that hold what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as q

from kbapp.errors import Code
from kbapp.search.nodes import Containing, Word
from kbapp.search.query.parser import Parsed, QueryProblem
from kbapp.search.ranking.bm25 import Ranker
from kbapp.text.folding import spellings

_COMPOUNDING = ("de", "nl", "da", "sv", "no", "nb", "nn", "fi", "et", "hu")
_COMPOUND_FIELDS = ("title", "subtitle", "body", "note")
_SHORTEST_PART, _SHORTEST_WORD = 4, 4
_HAN = re.compile("[\u3400-\u9fff]")


def did_you_mean(text: str, parsed: Parsed, ranker: Ranker) -> str | None:
    """The query with each word that occurs nowhere replaced by the likeliest word that does; names come first."""
    replaced = text
    for word in _missing(parsed.query, ranker):
        if len(word) < _SHORTEST_WORD or not word.isalpha():
            continue
        better = _nearest_word(spellings(word)[0], ranker)
        if better is None:
            return None
        replaced = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, replaced)
    return replaced if replaced != text else None


def with_parts_of_words(parsed: Parsed, ranker: Ranker) -> Parsed | None:
    """The query with each word that occurs nowhere looked for at the beginning and end of compound words; None for none."""
    problems = list(parsed.problems)
    words = list(parsed.words)

    def widened(node: Any) -> Any:
        if isinstance(node, (q.And, q.Or)):
            return type(node)([widened(sub) for sub in node.subqueries], boost=node.boost)
        if isinstance(node, q.AndMaybe):
            return q.AndMaybe(widened(node.a), node.b)
        if not isinstance(node, Word) or not node.stemmed or len(node.word) < _SHORTEST_PART or _occurs(node, ranker):
            return node
        fields = [name for name in _COMPOUND_FIELDS if name in node.fields]
        if not fields or not node.word.isalpha():
            return node
        problems.append(QueryProblem(Code.SEARCH_PARTS, {"word": node.word}))
        words.append(f"*{spellings(node.word)[0]}*")
        parts = [q.ConstantScoreQuery(Containing(name, spelling.decode()), node.fields[name])
                 for name in fields for spelling in node.spellings]  # fmt: skip
        return q.And(
            [q.Or(parts), q.Or([q.ConstantScoreQuery(q.Term("stemming", language), 0.0) for language in _COMPOUNDING])]
        )

    query = widened(parsed.query)
    if len(problems) == len(parsed.problems):
        return None
    return Parsed(query, tuple(words), tuple(problems), parsed.plain)


def written_otherwise(parsed: Parsed) -> list[QueryProblem]:
    """What may help with a query for Chinese that found nothing."""
    return [QueryProblem(Code.SEARCH_HAN)] if any(_HAN.search(word) for word in parsed.words) else []


def _missing(query: Any, ranker: Ranker) -> list[str]:
    return list(dict.fromkeys(word.word for word in _words(query) if not _occurs(word, ranker)))


def _words(query: Any) -> Iterator[Word]:
    if isinstance(query, Word):
        yield query
    elif isinstance(query, (q.And, q.Or)):
        for sub in query.subqueries:
            yield from _words(sub)
    elif isinstance(query, (q.AndNot, q.AndMaybe)):
        yield from _words(query.a)


def _occurs(word: Word, ranker: Ranker) -> bool:
    return any(len(ranker.matching(word, number)) for number in range(len(ranker.segments)))


def _nearest_word(word: str, ranker: Ranker) -> str | None:
    """The word of the library that needs the fewest changes; of several, a name, then the commonest."""
    for first in (word[:1], ""):
        found: dict[str, tuple[int, int, int]] = {}
        for rank, name in enumerate(("people", "authors", "title", "body", "note")):
            for segment in ranker.segments:
                for terms in segment.lexicons(name):
                    indexes = terms.prefix(first.encode()) if first else range(len(terms))
                    names = [terms.term(i).decode("utf-8", "replace") for i in indexes]
                    cutoff = 1 if len(word) < 6 else 2
                    for match, distance, at in process.extract(
                        word, names, scorer=OSA.distance, score_cutoff=cutoff, limit=10
                    ):
                        if match.isalpha():
                            before = found.get(match, (int(distance), rank, 0))
                            found[match] = (before[0], before[1], before[2] - int(terms.counts[indexes[at]]))
        if found:
            return min(found, key=lambda match: found[match])
    return None
