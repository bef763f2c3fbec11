"""Words and phrases of a query to queries over the index's fields, analysed as the texts are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import query as q
from whoosh.analysis.filters import STOP_WORDS

from kbapp.search.index.analysis import LONGEST_WORD, Chunk, Slot, TermAnalyzer
from kbapp.search.index.scripts import UNSPACED
from kbapp.search.nodes import Phrase, Word
from kbapp.text.folding import spellings

MOST_WORDS = 50
"""Words of one phrase that are looked at."""
_MODIFIED = re.compile(
    r"(?P<equals>=)?(?P<body>.*?)(?:\^(?P<boost>\d{1,3}(?:\.\d{1,3})?))?(?:~(?P<distance>\d?))?", re.S
)
_PATTERN = re.compile(r"(?<=[^\s*?])[*?]|[*?](?=[^\s*?])")


class QueryWords:
    """Builds what a query is made of.

    Attributes:
        marked: What is to be marked in snippets.
        drop_common: Whether common words ("the", "of") are left out, as there are others.
        cut: Whether a phrase was too long to be looked for whole.
    """

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self._analyzer = analyzer
        self.marked: list[str] = []
        self.drop_common = True
        self.cut = False

    @staticmethod
    def is_common(word: str) -> bool:
        """Whether a word stands in almost every English text."""
        return word.lower() in STOP_WORDS

    def single(self, word: str) -> Word:
        """A word for a place in a sequence, in any of its forms."""
        slots = self._analyzer.chunk(word[:LONGEST_WORD]).slots
        return Word({}, word, slots[0].terms if slots else (word.encode("utf-8", "replace"),))

    def word(self, text: str, fields: Mapping[str, float], boost: float, typing: bool = False) -> Any:
        """What stands between two spaces of a query."""
        match = _MODIFIED.fullmatch(text)
        body = match["body"] if match else text
        exact = bool(match and match["equals"])
        boost *= float(match["boost"]) if match and match["boost"] else 1.0
        fields = {name: weight * boost for name, weight in fields.items()}
        if match and match["distance"] is not None and body.isalnum():
            return self._fuzzy(fields, body, int(match["distance"] or 1))
        if _PATTERN.search(body) and not body.startswith(("#", "@")):
            return self._pattern(fields, body)
        if self.drop_common and not exact and not typing and len(fields) > 1 and self.is_common(body):
            return q.NullQuery
        parts = []
        chunks = list(self._analyzer.chunks(body))
        for at, (start, end, chunk) in enumerate(chunks):
            last = typing and at == len(chunks) - 1 and end == len(body)
            parts.append(self._chunk(fields, body[start:end], chunk, not exact, last))
        return _all([part for part in parts if part is not q.NullQuery])

    def phrase(self, text: str, fields: Mapping[str, float], slop: int, boost: float) -> Any:
        """Words in quotation marks: as they are written, one after the other, common ones too."""
        fields = {name: weight * boost for name, weight in fields.items()}
        split: list[Slot] = []
        offsets: list[int] = []
        joined: list[Slot] = []
        at = 0
        parts = list(itertools.islice(self._analyzer.chunks(text), MOST_WORDS + 1))
        self.cut |= len(parts) > MOST_WORDS
        if len(parts) == 1 and (only := parts[0][2]).sign is not None:
            self.marked.append(f'"{text}"')
            return _any([Word({name: 1.0}, text, (only.sign,), False, weight) for name, weight in fields.items()])
        for _, _, chunk in parts:
            slots, places = _covering(chunk)
            split += slots
            offsets += [at + place for place in places]
            at += len(chunk.slots)
            joined += [Slot(chunk.whole, chunk.whole_word, 0, 0)] if chunk.whole else slots
        if not split:
            return q.NullQuery
        self.marked.append(f'"{text}"')
        found = self._sequence(fields, split, offsets, slop)
        if any(chunk.whole for _, _, chunk in parts) and not UNSPACED.search(text):
            found = _any([found, self._sequence(fields, joined, range(len(joined)), slop)])
        elif len(split) == 2 and len(parts) == 2:  # "co operate", which others write as one word
            found = _any([found, self._together(fields, text)])
        return found

    def _together(self, fields: Mapping[str, float], text: str) -> Any:
        word = re.sub(r"\s+", "", text)
        return Word(fields, word, _terms(word), stemmed=False)

    def _sequence(self, fields: Mapping[str, float], slots: Sequence[Slot], offsets: Sequence[int], slop: int) -> Any:
        if len(slots) > MOST_WORDS:
            self.cut = True
            slots, offsets = slots[:MOST_WORDS], list(offsets)[:MOST_WORDS]
        if len(slots) == 1:
            if len(slots[0].word) == 1 and UNSPACED.match(slots[0].word):
                return self._letter(fields, slots[0])
            return Word(fields, slots[0].word, slots[0].terms, stemmed=False)
        words = [Word({}, slot.word, slot.terms, stemmed=False) for slot in slots]
        return _any([Phrase(name, words, offsets, slop, weight) for name, weight in fields.items()])

    def _chunk(self, fields: Mapping[str, float], text: str, chunk: Chunk, stemmed: bool, typing: bool) -> Any:
        """A word, a name with signs, or what is joined by hyphens, dots and apostrophes."""
        self.marked.append(text if stemmed else f"={text}")
        if chunk.sign is not None:
            return Word(fields, text, (chunk.sign,), stemmed=False)
        if not chunk.slots:
            self.marked.pop()
            return q.NullQuery
        if UNSPACED.match(text):
            slots, places = _covering(chunk)
            return self._sequence(fields, slots, places, 1)
        if len(chunk.slots) == 1:
            slot = chunk.slots[0]
            found: Any = Word(fields, slot.word, slot.terms, stemmed)
        else:
            found = self._sequence(fields, chunk.slots, range(len(chunk.slots)), 1)
            if chunk.whole:
                found = _any([found, Word(fields, chunk.whole_word, chunk.whole, stemmed)])
        if typing:
            self.marked[-1] = text + "*"
            begins = [q.Prefix(name, chunk.slots[-1].terms[0].decode()) for name in fields]
            whole = [q.ConstantScoreQuery(each, 0.5 * fields[each.fieldname]) for each in begins]
            if len(chunk.slots) == 1:
                found = _any([found, *whole])
            else:  # "Karl-H": the words before the last as they stand, and whatever begins like that one
                front = self._sequence(fields, chunk.slots[:-1], range(len(chunk.slots) - 1), 1)
                found = _any([found, _all([front, _any(whole)])])
        return found

    def _letter(self, fields: Mapping[str, float], slot: Slot) -> Any:
        """One letter of a script without spaces: whatever begins with it."""
        return _any(
            [q.ConstantScoreQuery(q.Prefix(name, slot.terms[0].decode()), weight) for name, weight in fields.items()]
        )

    def _fuzzy(self, fields: Mapping[str, float], word: str, distance: int) -> Any:
        self.marked.append(word)
        text = spellings(word)[0]
        return _any(
            [
                q.ConstantScoreQuery(q.FuzzyTerm(name, text, maxdist=min(distance, 2), prefixlength=1), weight)
                for name, weight in fields.items()
            ]
        )

    def _pattern(self, fields: Mapping[str, float], text: str) -> Any:
        """A word with * or ?; where it holds hyphens or dots, the part with the pattern."""
        pieces = [piece for piece in re.split(r"[^\w*?\u0300-\u036f]+", text) if piece.strip("*?_")]
        found = []
        for piece in pieces[:MOST_WORDS]:
            folded = "".join(
                part if part in "*?" else spellings(part)[0] for part in re.split(r"([*?])", piece) if part
            )
            self.marked.append(folded)
            if re.fullmatch(r"[^*?]+\*+", folded):
                kinds = [q.Prefix(name, folded.rstrip("*")) for name in fields]
            elif "*" in folded or "?" in folded:
                kinds = [q.Wildcard(name, re.sub(r"\*+", "*", folded)) for name in fields]
            else:
                found.append(Word(fields, piece, _terms(piece)))
                continue
            found.append(_any([q.ConstantScoreQuery(each, fields[each.fieldname]) for each in kinds]))
        return _all(found)


def _covering(chunk: Chunk) -> tuple[list[Slot], list[int]]:
    """The slots that a text has to have, with their offsets: all, of pairs of letters every second one and the last."""
    slots = list(chunk.slots)
    paired = slots and slots[0].terms[0] != slots[0].word.encode() and UNSPACED.match(slots[0].word)
    if not paired:
        return slots, list(range(len(slots)))
    pairs = slots[:-1]
    places = list(range(0, len(pairs), 2))
    if places[-1] != len(pairs) - 1:
        places.append(len(pairs) - 1)
    return [pairs[place] for place in places], places


def _terms(word: str) -> tuple[bytes, ...]:
    return tuple(form[:LONGEST_WORD].encode("utf-8", "replace") for form in spellings(word))


def _any(parts: Sequence[Any]) -> Any:
    return parts[0] if len(parts) == 1 else q.Or(list(parts))


def _all(parts: list[Any]) -> Any:
    return q.NullQuery if not parts else parts[0] if len(parts) == 1 else q.And(parts)
