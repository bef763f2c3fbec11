"""What the user types to a query of Whoosh's classes and our own. Forgiving: a half-typed query is never an error.

Juxtaposed words must all occur; OR binds tighter than that and AND tighter still, so that ``a b OR c`` is ``a (b OR c)``.
What cannot be understood is left out and said, with its place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whoosh import query as q
from whoosh.analysis.filters import STOP_WORDS

from kbapp.errors import Code, Notice
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import KINDS, TEXT_FIELDS
from kbapp.search.nodes import ColumnRange, Near, Word
from kbapp.search.query.dates import date_range
from kbapp.search.query.scanner import Token, tokens
from kbapp.search.query.words import MOST_WORDS, QueryWords
from kbapp.text.folding import fold

LONGEST = 20_000
"""Characters of a query that are looked at."""
_MOST_CLAUSES = 2_000
_DEEPEST = 50
ALIASES = {
    "author": "authors", "by": "authors", "person": "people", "about": "people", "name": "people", "text": "body",
    "format": "type", "language": "lang", "dek": "subtitle", "in": "source", "from": "source", "tags": "tag", "notes": "note",
}  # fmt: skip
_SPECIAL = frozenset(["date", "added", "is", "has", "kind", "published"])
_LABELS = frozenset(["lang", "type", "tag", "flags", "key"])
_RELATIVE = frozenset(["last", "this", "past"])
_UNITS = frozenset(["day", "week", "month", "year"])
_PLAIN = re.compile(r"(?:[a-z]+:)?[a-z]+(?: +(?:[a-z]+:)?[a-z]+)* ?")
_ANALYZER = TermAnalyzer()


@dataclass(frozen=True, slots=True)
class QueryProblem(Notice):
    """Something in a query that was not understood, or was taken otherwise; ``start`` and ``end`` are its place in the text."""

    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query to evaluate.

    Attributes:
        query: Of Whoosh's classes or those of ``nodes``.
        words: The words in it, for snippets: ``word``, ``=word`` as written, ``"a phrase"``, ``begin*``.
        problems: What could not be understood.
        plain: The words, where the query is nothing but words: who or what they name is looked for first.
    """

    query: Any
    words: tuple[str, ...] = ()
    problems: tuple[QueryProblem, ...] = ()
    plain: tuple[str, ...] = ()


def parse(text: str, *, typing: bool = False, today: datetime.date | None = None) -> Parsed:
    """Parses what the user typed; with ``typing`` the last word stands for all words that begin so."""
    if not typing and len(text) < 200 and _PLAIN.fullmatch(text) and (plain := _plain(text.split())) is not None:
        return plain
    problems: list[QueryProblem] = []
    if len(text) > LONGEST:
        problems.append(QueryProblem(Code.QUERY_TOO_LONG, {"count": f"{LONGEST:,}"}, LONGEST, len(text)))
        text = text[:LONGEST]
    found = tokens(text)
    last = found[-1] if found and found[-1].kind == "word" and found[-1].end == len(text) else None
    parser = _Parser(found, problems, today, last if typing else None, typing)
    return parser.parsed()


def _plain(words: list[str]) -> Parsed | None:
    """The usual query, which needs no grammar: words of a to z, each in any field or in one of texts. None for others."""
    parts: list[Any] = []
    marked: list[str] = []
    common: list[Any] = []
    bare: list[str] = []
    for word in words:
        name, _, letters = word.rpartition(":")
        if name:
            name = ALIASES.get(name, name)
            if name not in TEXT_FIELDS:
                return None
            parts.append(Word({name: 1.0}, letters, (letters.encode(),)))
            marked.append(letters)
            continue
        bare.append(word)
        query = Word(TEXT_FIELDS, word, (word.encode(),))
        if word in STOP_WORDS:
            common.append(query)
        else:
            parts.append(query)
            marked.append(word)
    if not parts:
        parts, marked = common, bare
    return Parsed(together(parts), tuple(marked), (), tuple(bare) if len(bare) == len(words) else ())


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(
        self,
        found: list[Token],
        problems: list[QueryProblem],
        today: datetime.date | None,
        last: Token | None,
        typing: bool,
    ) -> None:
        self._tokens, self._problems, self._today, self._last, self._typing = found, problems, today, last, typing
        self._at = 0
        self._depth = 0
        self._clauses = 0
        self._words = QueryWords(_ANALYZER)
        depth = deepest = 0
        for token in found:
            depth += (token.kind == "open") - (token.kind == "close" and depth > 0)
            deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            self._say(Code.QUERY_BRACKETS, found[0], found[-1])
            self._tokens = [token for token in found if token.kind not in ("open", "close")]
        elif depth and not typing:
            self._say(Code.QUERY_OPEN_BRACKET, next(token for token in reversed(found) if token.kind == "open"))

    def parsed(self) -> Parsed:
        """The whole query."""
        plain = [token.text for token in self._tokens if token.kind == "word"]
        if len(plain) != len(self._tokens) or any(c in word for word in plain for c in "*?~^="):
            plain = []
        self._words.drop_common = _only_common(self._tokens, plain)
        parts = []
        while self._at < len(self._tokens):
            part = self._sequence(TEXT_FIELDS, 1.0)
            if not empty(part):
                parts.append(part)
            self._at += 1  # a closing bracket without an opening one
        if self._words.cut:
            self._say(Code.QUERY_TOO_MANY_WORDS, self._tokens[0], self._tokens[-1], count=MOST_WORDS)
        return Parsed(together(parts), tuple(self._words.marked), tuple(self._problems), tuple(plain))

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str, *texts: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind != kind or (texts and token.text not in texts):
            return None
        self._at += 1
        return token

    def _say(self, code: Code, first: Token, last: Token | None = None, **fields: object) -> None:
        if len(self._problems) < 10:
            self._problems.append(QueryProblem(code, fields, first.start, (last or first).end))

    # --- operators --------------------------------------------------------------------------------------------------
    def _sequence(self, fields: Mapping[str, float], boost: float) -> Any:
        parts = []
        while (token := self._peek()) is not None and token.kind != "close":
            part = self._either(fields, boost)
            if not empty(part):
                parts.append(part)
        return together(parts)

    def _either(self, fields: Mapping[str, float], boost: float) -> Any:
        parts = [self._both(fields, boost)]
        while operator := self._take("operator", "OR"):
            if self._ends():
                self._alone(operator)
                break
            parts.append(self._both(fields, boost))
        return either([part for part in parts if not empty(part)])

    def _both(self, fields: Mapping[str, float], boost: float) -> Any:
        result = self._not(fields, boost)
        while operator := self._take("operator", "AND", "ANDNOT", "ANDMAYBE"):
            if self._ends():
                self._alone(operator)
                break
            other = self._not(fields, boost, unwanted=operator.text == "ANDNOT")
            if empty(other) or empty(result):
                result = result if empty(other) else other if operator.text == "AND" else result
            elif operator.text == "ANDMAYBE":
                result = q.AndMaybe(result, other)
            else:
                result = together([result, q.Not(other) if operator.text == "ANDNOT" else other])
        return result

    def _ends(self) -> bool:
        token = self._peek()
        return token is None or token.kind == "close"

    def _alone(self, operator: Token) -> None:
        if not self._typing:
            self._say(Code.QUERY_OPERATOR_ALONE, operator, operator=operator.text)

    def _not(self, fields: Mapping[str, float], boost: float, unwanted: bool = False) -> Any:
        negated = False
        while operator := self._take("minus") or self._take("operator", "NOT"):
            if self._ends():
                if operator.kind != "minus":
                    self._alone(operator)
                return q.NullQuery
            negated = not negated
        before = list(self._words.marked)
        result = self._near(fields, boost)
        if negated or unwanted:
            self._words.marked = before  # what must not occur is not to be marked
        return q.Not(result) if negated and not empty(result) else result

    def _near(self, fields: Mapping[str, float], boost: float) -> Any:
        first = self._peek()
        result = self._item(fields, boost)
        while near := self._take("near"):
            second = self._peek()
            if first is None or second is None or (first.kind, second.kind) != ("word", "word"):
                self._alone(near)
                break
            self._at += 1
            words = [self._words.single(token.text) for token in (first, second)]
            self._words.marked.append(second.text)
            result = either([Near(name, words, int(near.text), weight * boost) for name, weight in fields.items()])
            first = second
        return result

    # --- what stands between them -----------------------------------------------------------------------------------
    def _item(self, fields: Mapping[str, float], boost: float) -> Any:
        token = self._peek()
        if token is None:
            return q.NullQuery
        self._at += 1
        if token.kind == "open":
            return self._group(fields, boost)
        if token.kind == "field":
            return self._field(token, fields, boost)
        if token.kind in ("operator", "near"):
            self._alone(token)
            return q.NullQuery
        self._clauses += 1
        if self._clauses > _MOST_CLAUSES:
            if self._clauses == _MOST_CLAUSES + 1:
                self._say(Code.QUERY_TOO_MANY_WORDS, token, self._tokens[-1], count=f"{_MOST_CLAUSES:,}")
            return q.NullQuery
        if token.kind == "phrase":
            if not token.closed and not self._typing:
                self._say(Code.QUERY_OPEN_QUOTE, token)
            return self._words.phrase(token.text, fields, token.slop, boost)
        return self._words.word(token.text, fields, boost, typing=token is self._last)

    def _group(self, fields: Mapping[str, float], boost: float) -> Any:
        self._depth += 1
        result = self._sequence(fields, boost)
        self._take("close")
        self._depth -= 1
        return result

    def _field(self, token: Token, fields: Mapping[str, float], boost: float) -> Any:
        while following := self._take("field"):
            token = following  # "title: author:rivers", where the first has nothing yet
        name = ALIASES.get(token.text.lower(), token.text.lower())
        value = self._peek()
        if value is None or value.kind in ("close", "operator", "near"):
            return q.NullQuery  # "author:" and nothing yet
        if name in TEXT_FIELDS:
            if value.kind == "minus":
                return q.NullQuery
            return self._item({name: 1.0}, boost)
        if name not in _SPECIAL and name not in _LABELS:
            return self._no_field(token, value, fields, boost)
        self._at += 1
        text, last = value.text, value
        if name in ("date", "added", "published"):
            text, last = self._relative(value)
        if name == "type" and fold(text) in ("article", "person", "note"):
            name = "kind"  # "type:note" is what many type
        if name in _LABELS:
            return q.Term(name, fold(text) if name == "tag" else text.lower())
        return self._special(name, fold(text.strip()), token, last)

    def _no_field(self, token: Token, value: Token, fields: Mapping[str, float], boost: float) -> Any:
        """A word with a colon in it, as in addresses and ratios: it is searched for as it stands."""
        if not self._typing and value.kind == "word" and value.start == token.end:
            self._say(Code.QUERY_NO_FIELD, token, field=token.text)
        return self._words.word(token.text, fields, boost)

    def _relative(self, value: Token) -> tuple[str, Token]:
        """``last month`` in one piece or in two."""
        text = value.text.strip().lower().replace(" ", "-")
        following = self._peek()
        if text in _RELATIVE and following is not None and following.text.lower() in _UNITS:
            self._at += 1
            return f"{text}-{following.text.lower()}", following
        return text, value

    def _special(self, name: str, text: str, first: Token, last: Token) -> Any:
        if name == "kind":
            kind = {"people": "person", "persons": "person", "articles": "article", "notes": "note"}.get(text, text)
            if kind in KINDS:
                return q.Term("kind", kind)
            return self._unknown(Code.QUERY_KIND, text, first, last)
        if name == "is":
            if text in ("unread", "starred"):
                return q.Term("flags", text)
            if text == "read":
                return q.And([q.Term("kind", "article"), q.Not(q.Term("flags", "unread"))])
            return self._unknown(Code.QUERY_IS, text, first, last)
        if name == "has":
            if text in ("note", "notes"):
                return q.Term("flags", "note")
            return self._unknown(Code.QUERY_HAS, text, first, last)
        span = date_range(text, self._today or datetime.date.today())  # noqa: DTZ011 (the user's day)
        if span is None:
            return self._unknown(Code.QUERY_DATE, text, first, last, field=first.text)
        return ColumnRange("added" if name == "added" else "published", *span)

    def _unknown(self, code: Code, text: str, first: Token, last: Token, **fields: object) -> Any:
        self._say(code, first, last, text=text, **fields)
        return q.NullQuery


def _only_common(found: list[Token], plain: list[str]) -> bool:
    """Whether common words may be left out: there are rarer ones beside them."""
    words = plain or [token.text for token in found if token.kind in ("word", "phrase")]
    return any(not QueryWords.is_common(word) for word in words)


def empty(query: Any) -> bool:
    """Whether a query is Whoosh's query for nothing."""
    return query is q.NullQuery


def together(parts: list[Any]) -> Any:
    """All of these."""
    if not parts:
        return q.NullQuery
    return parts[0] if len(parts) == 1 and not isinstance(parts[0], q.Not) else q.And(parts)


def either(parts: list[Any]) -> Any:
    """Any of these."""
    if not parts:
        return q.NullQuery
    return parts[0] if len(parts) == 1 else q.Or(parts)
