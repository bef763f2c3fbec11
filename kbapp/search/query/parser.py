"""What the user types to a query of Whoosh's classes. Forgiving: a half-typed query is never an error.

Whoosh's parser reads the operators, brackets, quotes and fields; this module mends what is unfinished before it, and
turns fields that stand for something else (dates, marks, names of fields) after it.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as q
from whoosh.fields import ID, Schema
from whoosh.qparser import FuzzyTermPlugin, QueryParser, plugins

from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.documents import minutes
from kbapp.search.index.schema import KINDS, TEXT_FIELDS, schema
from kbapp.search.query.expansion import ColumnRange, Near
from kbapp.text.folding import fold

LONGEST = 20_000
_MOST_CLAUSES = 2_000
_ALIASES = {
    "author": "authors", "by": "authors", "person": "people", "about": "people", "name": "people", "text": "body",
    "format": "type", "language": "lang", "dek": "subtitle", "in": "source", "from": "source", "tags": "tag", "notes": "note",
}  # fmt: skip
_SPECIAL = frozenset(["date", "added", "is", "has", "kind", "published"])
_RELATIVE = re.compile(
    r"\b(date|added):\"?(last|this|past)[ -](day|week|month|year)\"?|\b(date|added):(today|yesterday)\b", re.I
)
_NEAR = re.compile(r"(\w[\w'’-]*)\s+near/(\d{1,2})\s+(\w[\w'’-]*)", re.I)
_PLAIN = re.compile(r"(?:[a-z]+:)?[^\W_]+(?: +(?:[a-z]+:)?[^\W_]+)* ?")
_OPERATORS = frozenset(["AND", "OR", "NOT", "ANDNOT", "ANDMAYBE", "REQUIRE"])
_FOLDER = TermAnalyzer()
_SLOP = re.compile(r'"([^"]+)"~(\d{1,2})')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query to evaluate, the words in it (for snippets), and what could not be understood, in plain words."""

    query: Any
    words: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())


def parse(text: str, *, typing: bool = False, today: datetime.date | None = None) -> Parsed:
    """Parses what the user typed; with ``typing`` the last word stands for all words that begin so."""
    problems: list[str] = []
    if plain := _plain_words(text):
        rewriter = _Rewriter([], problems, plain[-1] if typing and text[-1:] == plain[-1][-1] else None, today, _FOLDER)
        return rewriter.parsed(rewriter.words_query(plain), text)
    if len(text) > LONGEST:
        text = text[:LONGEST]
        problems.append(f"Only the first {LONGEST:,} characters of the search were used.")
    text = _mended(_CONTROLS.sub(" ", text), problems)
    near: list[tuple[str, str, int]] = []

    def keep_near(match: re.Match[str]) -> str:
        near.append((match[1], match[3], int(match[2])))
        return f"kind:near{len(near) - 1}"

    text = _NEAR.sub(keep_near, text)
    slops = {match[1]: max(1, int(match[2])) for match in _SLOP.finditer(text)}
    text = _SLOP.sub(r'"\1"', text)
    text = _RELATIVE.sub(
        lambda match: f"{match[1] or match[4]}:{(match[2] + '-' + match[3]) if match[2] else match[5]}", text
    )
    last_word = _last_word(text) if typing else None
    tree = _parser().parse(text) if text.strip() else q.NullQuery
    rewriter = _Rewriter(near, problems, last_word, today, _FOLDER)
    rewriter.slops = slops
    return rewriter.parsed(rewriter.rewrite(tree), text)


def _plain_words(text: str) -> list[str]:
    """The words of a query that is nothing but words, which needs no parser; else an empty list."""
    if len(text) > 200 or not _PLAIN.fullmatch(text):
        return []
    words = text.split()
    for word in words:
        name, _, rest = word.rpartition(":")
        if rest in _OPERATORS or (name and _ALIASES.get(name, name) not in TEXT_FIELDS):
            return []
    return words


def _mended(text: str, problems: list[str]) -> str:
    """Closes quotes and brackets, drops operators that lead nowhere."""
    for opening, closing in (("“", "”"), ("„", "“"), ("«", "»")):
        text = text.replace(opening, '"').replace(closing, '"')
    if text.count('"') % 2:
        text += '"'
    outside = text.split('"')
    depth = 0
    for index in range(0, len(outside), 2):
        kept = []
        for char in outside[index].replace("[", " ").replace("]", " ").replace("{", " ").replace("}", " "):
            if char == "(":
                depth += 1
            elif char == ")":
                if depth == 0:
                    continue
                depth -= 1
            kept.append(char)
        piece = "".join(kept)
        piece = re.sub(r"\^(?!\d)|(?<!\S)[~^?*]+(?=\s|$)|\*{2,}(?=\w)", " ", piece)
        piece = re.sub(r"(?<!\w)'|'(?!\w)", " ", piece)
        outside[index] = piece
    text = '"'.join(outside) + ")" * depth
    for _ in range(3):
        text = re.sub(r"(?:^|(?<=\())\s*(?:AND|OR|ANDNOT|ANDMAYBE)\b", " ", text)
        text = re.sub(r"\b(?:AND|OR|NOT|ANDNOT|ANDMAYBE)\s*(?=\)|$)", " ", text)
        text = re.sub(r"\b(AND|OR)\s+(?:AND|OR)\b", r"\1", text)
    text = re.sub(r"\(\s*\)", " ", text)
    text = re.sub(r"(?<=\s)-+(?=\s|$)|^-+(?=\s|$)", " ", text)
    text = re.sub(r"(?:(?<=\s)|(?<=\()|^)-(?=[\w\"(])", "NOT ", text)
    text = re.sub(r"\b(\w+):(?=\s|$|\))", " ", text)  # "author:" and nothing yet
    if len(re.findall(r"\(", text)) > 50:
        problems.append("Too many brackets; they were left out.")
        text = text.replace("(", " ").replace(")", " ")
    return text


def _last_word(text: str) -> str | None:
    match = re.search(r"(?:^|[\s(])(\w{1,40})$", text)
    return match[1] if match and match[1] not in ("AND", "OR", "NOT") else None


@functools.cache
def _parser() -> QueryParser:
    """Whoosh's parser over a schema in which every field takes words as they stand; they are analysed afterwards."""
    names = [*schema().names(), *_ALIASES, *_SPECIAL, "any"]
    raw = Schema(**{name: ID() for name in names})
    return QueryParser("any", raw, plugins=[
        plugins.WhitespacePlugin(), plugins.FieldsPlugin(remove_unknown=True), plugins.PrefixPlugin(), plugins.WildcardPlugin(),
        FuzzyTermPlugin(), plugins.PhrasePlugin(), plugins.GroupPlugin(), plugins.OperatorsPlugin(), plugins.BoostPlugin(),
    ])  # fmt: skip


class _Rewriter:
    """Turns the parsed tree into a query over the index's fields."""

    def __init__(
        self,
        near: list[tuple[str, str, int]],
        problems: list[str],
        last_word: str | None,
        today: datetime.date | None,
        folder: TermAnalyzer,
    ) -> None:
        self.near, self.problems, self.last_word, self.today, self.folder = near, problems, last_word, today, folder
        self.words: list[str] = []
        self.slops: dict[str, int] = {}
        self.clauses = 0

    def parsed(self, query: Any, text: str) -> Parsed:
        """The finished query with the words to mark and what could not be understood."""
        if _empty(query) and text.strip() and not self.problems:
            self.problems.append("These words are too common to search for; add a rarer one.")
        return Parsed(query, tuple(self.words), tuple(self.problems))

    def words_query(self, words: list[str]) -> Any:
        """All of these words, each in any field."""
        parts = []
        for at, each in enumerate(words, 1):
            name, _, word = each.rpartition(":")
            part = self._word(
                {_ALIASES.get(name, name): 1.0} if name else TEXT_FIELDS,
                word,
                each == self.last_word and at == len(words),
            )
            if not _empty(part):
                parts.append(part)
        return q.NullQuery if not parts else parts[0] if len(parts) == 1 else q.And(parts)

    def rewrite(self, node: Any) -> Any:
        if isinstance(node, (q.And, q.Or)):
            subs = [sub for each in node.subqueries if not _empty(sub := self.rewrite(each))]
            if not subs:
                return q.NullQuery
            return subs[0] if len(subs) == 1 and not isinstance(subs[0], q.Not) else type(node)(subs, boost=node.boost)
        if isinstance(node, q.Not):
            words, inner = list(self.words), self.rewrite(node.query)
            self.words = words  # what must not occur is not to be marked
            return q.NullQuery if _empty(inner) else q.Not(inner)
        if isinstance(node, (q.AndNot, q.AndMaybe)):
            return type(node)(self.rewrite(node.a), self.rewrite(node.b))
        self.clauses += 1
        if self.clauses > _MOST_CLAUSES:
            if self.clauses == _MOST_CLAUSES + 1:
                self.problems.append(f"Only the first {_MOST_CLAUSES:,} words of the search were used.")
            return q.NullQuery
        if isinstance(node, (q.Term, q.Prefix, q.Wildcard, q.FuzzyTerm)):
            return self._leaf(node)
        return q.NullQuery

    def _leaf(self, node: Any) -> Any:
        name = _ALIASES.get(node.fieldname, node.fieldname)
        text = node.text.decode() if isinstance(node.text, bytes) else str(node.text)
        if name == "type" and text.lower() in ("article", "person", "note"):
            name = "kind"  # "type:note" is what many type
        if name in _SPECIAL:
            return self._special(name, text)
        if name in ("lang", "type", "tag", "flags", "key"):
            return q.Term(name, fold(text) if name == "tag" else text.lower())
        fields = {
            field: weight * node.boost for field, weight in (TEXT_FIELDS if name == "any" else {name: 1.0}).items()
        }
        if isinstance(node, q.Prefix):
            return self._prefix(fields, text)
        if isinstance(node, q.Wildcard):
            return self._wildcard(fields, text)
        words = re.findall(r"\w+(?:\.\w+)*", text)
        if len(words) > 1:
            return self._sequence(fields, words, self.slops.get(text, 1))
        if isinstance(node, q.FuzzyTerm):
            parts = [self._fuzzy(fields, word, node.maxdist) for word in words]
        else:
            parts = [
                self._word(fields, word, typing=word == self.last_word and index == len(words) - 1)
                for index, word in enumerate(words)
            ]
        parts = [part for part in parts if not _empty(part)]
        return parts[0] if parts else q.NullQuery

    def _word(self, fields: dict[str, float], word: str, typing: bool = False) -> Any:
        term = self.folder.term(word)
        self.words.append(word)
        parts: list[Any] = []
        if term is not None:
            parts += [q.Term(name, term.decode(), boost=boost) for name, boost in fields.items()]
        if typing:
            parts += [
                q.ConstantScoreQuery(q.Prefix(name, folded), 0.5 * boost)
                for name, boost in fields.items()
                for folded in {fold(word)}
            ]
            self.words[-1] = word + "*"
        if not parts:
            return q.NullQuery
        return parts[0] if len(parts) == 1 else q.Or(parts)

    def _prefix(self, fields: dict[str, float], text: str) -> Any:
        text = fold(text)
        if not text:
            return q.NullQuery
        self.words.append(text + "*")
        return _any([q.ConstantScoreQuery(q.Prefix(name, text), boost) for name, boost in fields.items()])

    def _wildcard(self, fields: dict[str, float], text: str) -> Any:
        text = fold(text)
        if not re.search(r"\w", text):
            return q.NullQuery
        self.words.append(text)
        return _any([q.ConstantScoreQuery(q.Wildcard(name, text), boost) for name, boost in fields.items()])

    def _fuzzy(self, fields: dict[str, float], word: str, distance: int) -> Any:
        term = self.folder.term(word)
        if term is None:
            return q.NullQuery
        self.words.append(word)
        fuzzy = [q.FuzzyTerm(name, term.decode(), maxdist=min(distance, 2), prefixlength=1) for name in fields]
        return _any([q.ConstantScoreQuery(each, 1.0) for each in fuzzy])

    def _sequence(self, fields: dict[str, float], words: list[str], slop: int = 1) -> Any:
        terms = [term.decode() for word in words if (term := self.folder.term(word)) is not None]
        if not terms:
            return q.NullQuery
        self.words.append(" ".join(words) if len(words) > 1 else words[0])
        if len(terms) == 1:
            return _any([q.Term(name, terms[0], boost=boost) for name, boost in fields.items()])
        return _any([q.Phrase(name, terms, slop=slop, boost=boost) for name, boost in fields.items()])

    def _special(self, name: str, text: str) -> Any:
        text = fold(text.strip())
        if name == "kind":
            if text.startswith("near") and text[4:].isdigit() and int(text[4:]) < len(self.near):
                return self._near(*self.near[int(text[4:])])
            kind = {"people": "person", "persons": "person", "articles": "article", "notes": "note"}.get(text, text)
            return q.Term("kind", kind) if kind in KINDS else self._unknown(name, text, "article, person or note")
        if name == "is":
            if text in ("unread", "starred"):
                return q.Term("flags", text)
            if text == "read":
                return q.And([q.Term("kind", "article"), q.Not(q.Term("flags", "unread"))])
            return self._unknown(name, text, "unread, read or starred")
        if name == "has":
            return q.Term("flags", "note") if text in ("note", "notes") else self._unknown(name, text, "note")
        column = "added" if name == "added" else "published"
        span = date_range(text, self.today or datetime.date.today())
        if span is None:
            return self._unknown(name, text, "a year, a month such as 2010-10, a day, 2009..2011 or last-month")
        return ColumnRange(column, *span)

    def _near(self, one: str, other: str, distance: int) -> Any:
        terms = [term.decode() for word in (one, other) if (term := self.folder.term(word)) is not None]
        self.words += [one, other]
        if len(terms) < 2:
            return (
                _any([q.Term(name, term, boost=boost) for name, boost in TEXT_FIELDS.items() for term in terms])
                if terms
                else q.NullQuery
            )
        return _any([Near(name, terms, distance, boost) for name, boost in TEXT_FIELDS.items()])

    def _unknown(self, name: str, text: str, wanted: str) -> Any:
        self.problems.append(f"“{name}:{text}” is not understood; after {name}: write {wanted}.")
        return q.NullQuery


def date_range(text: str, today: datetime.date) -> tuple[int, int] | None:
    """First minute and the minute after the last of a date expression, or None when it is none."""
    if ".." in text:
        start, _, end = text.partition("..")
        first = _span(start, today) if start else (-(2**31) + 1, 0)
        last = _span(end, today) if end else (0, 2**31 - 1)
        return (first[0], last[1]) if first and last else None
    if text[:1] in "<>" and (span := _span(text.lstrip("<>="), today)):
        return (-(2**31) + 1, span[0]) if text[0] == "<" else (span[0] if "=" in text else span[1], 2**31 - 1)
    return _span(text, today)


def _span(text: str, today: datetime.date) -> tuple[int, int] | None:
    first: datetime.date
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    try:
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            first = datetime.date(year, month or 1, day or 1)
            if day:
                after = first + datetime.timedelta(days=1)
            elif month:
                after = first + datetime.timedelta(days=calendar.monthrange(year, month)[1])
            else:
                after = datetime.date(year + 1, 1, 1)
        elif text in ("today", "yesterday"):
            first = today - datetime.timedelta(days=text == "yesterday")
            after = first + datetime.timedelta(days=1)
        elif match := re.fullmatch(r"(last|this|past)-(day|week|month|year)", text):
            first, after = _relative(match[1], match[2], today)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return minutes(first.isoformat()), minutes(after.isoformat())


def _relative(which: str, unit: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    tomorrow = today + datetime.timedelta(days=1)
    if which == "past":
        days = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
        return today - datetime.timedelta(days=days), tomorrow
    starts = {
        "day": today,
        "week": today - datetime.timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    start = starts[unit]
    if which == "this":
        return start, tomorrow
    before = start - datetime.timedelta(days=1)
    previous = {
        "day": before,
        "week": start - datetime.timedelta(days=7),
        "month": before.replace(day=1),
        "year": before.replace(month=1, day=1),
    }[unit]
    return previous, start


def _empty(query: Any) -> bool:
    return isinstance(query, type(q.NullQuery))


def _any(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else q.Or(parts)
