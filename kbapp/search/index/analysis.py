"""Text to index terms, just as the schema's analyser does it, but each distinct word only once."""

from __future__ import annotations

import re

from whoosh.analysis.filters import STOP_WORDS
from whoosh.lang.porter import stem
from whoosh.support.charset import accent_map

from kbapp.search.index.schema import WORD

_WORD = re.compile(WORD)
_REMEMBERED = 400_000


class TermAnalyzer:
    """Turns words into terms and remembers them; the memory is emptied when it has grown to 400,000 words."""

    def __init__(self) -> None:
        self._terms: dict[str, bytes | None] = {}

    def term(self, word: str) -> bytes | None:
        """The term that a word is indexed under, or None for words that are not indexed."""
        try:
            return self._terms[word]
        except KeyError:
            return self._fold(word)

    def positions(self, text: str) -> tuple[dict[bytes, list[int]], int]:
        """The positions of each term, and how many words were indexed.

        As Whoosh's StopFilter numbers them: the first indexed word keeps its place, later ones count on from it.
        """
        found: dict[bytes, list[int]] = {}
        terms = self._terms
        position = skipped = 0
        for word in _WORD.findall(text):
            try:
                term = terms[word]
            except KeyError:
                term = self._fold(word)
            if term is not None:
                places = found.get(term)
                if places is None:
                    found[term] = [position]
                else:
                    places.append(position)
                position += 1
            elif not found:
                position += 1
                skipped += 1
        return found, position - skipped

    def _fold(self, word: str) -> bytes | None:
        folded = word.lower()
        if not folded.isascii():
            folded = folded.translate(accent_map)
        term = None if len(folded) < 2 or folded in STOP_WORDS else stem(folded).encode("utf-8")
        if len(self._terms) >= _REMEMBERED:
            self._terms.clear()
        self._terms[word] = term
        return term
