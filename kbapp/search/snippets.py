"""The best passage of a text for the words of a query, with the matches marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.schema import WORD
from kbapp.text.folding import fold

WIDTH = 240
_WORD = re.compile(WORD)
_LONGEST_TEXT = 400_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage and the half-open ranges in it that match; ``start`` is where the passage begins in the text."""

    text: str
    matches: tuple[tuple[int, int], ...]
    start: int = 0


class QueryHighlighter:
    """Finds the words of a query in texts: by stem, by beginning, by pattern, in phrases only together."""

    def __init__(self, words: Sequence[str], folder: TermAnalyzer | None = None) -> None:
        self._folder = folder or TermAnalyzer()
        self._terms: dict[bytes, int] = {}
        self._patterns: list[re.Pattern[str]] = []
        self._phrases: list[tuple[bytes, ...]] = []
        for number, word in enumerate(words):
            parts = (
                _WORD.findall(word.replace("*", "").replace("?", "")) if "*" not in word and "?" not in word else [word]
            )
            if "*" in word or "?" in word:
                expression = "".join(r"\w*" if c == "*" else r"\w" if c == "?" else re.escape(c) for c in fold(word))
                self._patterns.append(re.compile(expression + r"\Z"))
            elif len(parts) > 1:
                phrase = tuple(term for part in parts if (term := self._folder.term(part)) is not None)
                if len(phrase) > 1:
                    self._phrases.append(phrase)
                elif phrase:
                    self._terms[phrase[0]] = number
            elif parts and (term := self._folder.term(parts[0])) is not None:
                self._terms[term] = number
        self._first_words = {phrase[0] for phrase in self._phrases}
        # Stemming keeps how a word begins: only words that begin like a term are worth folding. None: all of them are.
        short = any(len(term) < 3 for term in self._terms) or bool(self._phrases)
        self._beginnings = None if short else {term[:2].decode("utf-8", "replace") for term in self._terms}

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, number of the query's word) of every match, in order."""
        found: list[tuple[int, int, int]] = []
        words: list[tuple[int, int, bytes | None]] = []
        term_of, terms, beginnings = self._folder.term, self._terms, self._beginnings
        for match in _WORD.finditer(text[:_LONGEST_TEXT]):
            word = match.group()
            begins = word[:2].lower()
            term = None if beginnings is not None and begins not in beginnings and begins.isascii() else term_of(word)
            if self._phrases:
                words.append((match.start(), match.end(), term))
            if term in terms:
                found.append((match.start(), match.end(), terms[term]))
            elif self._patterns:
                folded = fold(word)
                for number, pattern in enumerate(self._patterns):
                    if pattern.match(folded):
                        found.append((match.start(), match.end(), 1000 + number))
                        break
        if self._phrases:
            found += self._phrase_matches(words)
            found.sort()
        return found

    def _phrase_matches(self, words: list[tuple[int, int, bytes | None]]) -> list[tuple[int, int, int]]:
        indexed = [(start, end, term) for start, end, term in words if term is not None]
        found = []
        for at, (start, _, term) in enumerate(indexed):
            if term not in self._first_words:
                continue
            for number, phrase in enumerate(self._phrases):
                if tuple(each[2] for each in indexed[at : at + len(phrase)]) == phrase:
                    found.append((start, indexed[at + len(phrase) - 1][1], 2000 + number))
        return found

    def snippet(self, text: str, width: int = WIDTH) -> Snippet:
        """The passage of about ``width`` characters with the most different words of the query, begun at a sentence or word."""
        matches = self.matches(text)
        if not matches:
            return Snippet(_cut(text, 0, width), ())
        best, best_worth = 0, -1.0
        for index, (start, _, _) in enumerate(matches):
            kinds: set[int] = set()
            count = 0
            for _, end, number in matches[index : index + 40]:
                if end > start + width - 40:
                    break
                kinds.add(number)
                count += 1
            worth = len(kinds) + min(count, 6) * 0.1
            if worth > best_worth + 1e-9:
                best, best_worth = index, worth
        begin = _opening(text, matches[best][0], width)
        passage = _cut(text, begin, width)
        lead = 1 if begin > 0 else 0  # the ellipsis
        marked = [
            (start - begin + lead, end - begin + lead)
            for start, end, _ in matches
            if start >= begin and end - begin + lead <= len(passage)
        ]
        return Snippet(passage, _merged(marked), begin)


def _opening(text: str, at: int, width: int) -> int:
    """Where a passage that shows the place ``at`` begins: its sentence if that is near, else a word a little before."""
    if at < width // 3:
        return 0
    window = text[max(0, at - width // 2) : at]
    ends = [match.end() for match in re.finditer(r"[.!?][”\"’')]*\s+|\n+", window)]
    if ends:
        return at - len(window) + ends[-1]
    space = text.find(" ", max(0, at - width // 3), at)
    return space + 1 if space >= 0 else max(0, at - width // 3)


def _cut(text: str, begin: int, width: int) -> str:
    passage = text[begin : begin + width]
    if begin + width < len(text):
        space = passage.rfind(" ")
        passage = (passage[:space] if space > width // 2 else passage).rstrip(" ,;:—–-") + "…"
    return ("…" if begin > 0 else "") + re.sub(r"[\n\t\r]", " ", passage)


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
