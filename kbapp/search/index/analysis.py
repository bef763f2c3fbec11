"""Text to index terms: each distinct word is analysed once.

A word is indexed as it is written, without case and marks; forms of one word are brought together when searching
(``stemming``). What is joined by hyphens, apostrophes or dots is indexed in parts and, where readers write it so, as one;
runs of scripts without spaces as overlapping pairs of letters, so that every word inside is a phrase of pairs.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from kbapp.search.index.scripts import (
    APOSTROPHES,
    CLUSTER,
    EMOJI,
    HYPHENS,
    MIDDLE_DOTS,
    SIGNED_WORDS,
    UNSPACED,
    WORDS,
    has_signs,
)
from kbapp.text.folding import spellings

LONGEST_WORD = 100
"""Letters of a word that count; what comes after them is not looked at."""
_LONGEST_CHUNK = 400
_REMEMBERED = 400_000
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_UNIT = re.compile(
    r"(\d+(?:\.\d+)?)(km|cm|mm|kg|mg|ml|kw|mw|gw|kwh|mwh|gwh|twh|kb|mb|gb|tb|hz|khz|mhz|ghz|ft|lbs?|oz|mph|kmh|kph|bn|mn|mio|mrd|eur|usd|gbp|ha)",
    re.I,
)
_PIECE = re.compile(
    rf"\d+(?:[.,]\d+)+(?![^\W_])|[{EMOJI}][\ufe0f\U0001f3fb-\U0001f3ff]*|(?:(?!_)[^{EMOJI}{re.escape(APOSTROPHES + HYPHENS)}.,&@·#+\u200c]|(?<=\d)\.(?=\d))+"
)
_GLUE = frozenset(APOSTROPHES + HYPHENS + "·\u200c")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]$")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]+$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a text: the spellings of the word there, the word itself, and where it stands."""

    terms: tuple[bytes, ...]
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces.

    Attributes:
        slots: Its parts, one place each.
        whole: The spellings of all of it written as one word, where it has several parts.
        sign: The term for a name with signs (``c++``).
    """

    slots: tuple[Slot, ...]
    whole: tuple[bytes, ...] = ()
    whole_word: str = ""
    sign: bytes | None = None


class _Place:
    """A place of a text at which several terms stand."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[bytes, ...]) -> None:
        self.terms = terms


Places: TypeAlias = "tuple[bytes | _Place, ...]"
"""What stands at each place of a chunk: its term, or all of them."""


class TermAnalyzer:
    """Turns words into terms and remembers them; the memory is emptied when it has grown to 400,000 words."""

    def __init__(self) -> None:
        self._places: dict[str, Places] = {}
        self._chunks: dict[str, Chunk] = {}

    # --- what is indexed ----------------------------------------------------------------------------------------------
    def positions(self, text: str, seen: set[str | bytes] | None = None) -> tuple[dict[bytes, list[int]], int]:
        """The places of each term in a text, and how many places it has.

        Args:
            text: Any text.
            seen: Gathers the words for their stems: those of other letters than a to z as they stand, else the terms.
        """
        if text.isascii() or not UNSPACED.search(text):
            flat = self._flat(text, seen)
        else:
            flat, at = [], 0
            for run in UNSPACED.finditer(text):
                flat += self._flat(text[at : run.start()], seen)
                letters = [fold_cluster(cluster) for cluster in _clusters(run.group())]
                pairs = [one + other for one, other in itertools.pairwise(letters)]
                flat += [pair.encode() for pair in (*pairs, *letters[-1:])]
                at = run.end()
            flat += self._flat(text[at:], seen)
        found: defaultdict[bytes | _Place, list[int]] = defaultdict(list)
        for position, term in enumerate(flat):
            found[term].append(position)
        shared = [each for each in found if type(each) is _Place]
        for place in shared:
            at_places = found.pop(place)
            for term in place.terms:
                there = found[term]
                found[term] = sorted({*there, *at_places}) if there else list(at_places)
        terms = cast("dict[bytes, list[int]]", found)
        if seen is not None:
            seen.update(terms)
        return terms, len(flat)

    def _flat(self, text: str, seen: set[str | bytes] | None) -> list[bytes | _Place]:
        """What stands at each place of a text of a script with spaces."""
        words = (SIGNED_WORDS if has_signs(text) else WORDS).findall(text)
        if seen is not None and not text.isascii():
            seen.update(word for word in words if not word.isascii())
        known = self._places
        try:
            return list(itertools.chain.from_iterable(map(known.__getitem__, words)))
        except KeyError:
            for word in words:
                if word not in known:
                    known[word] = self._analyse(word)
            found = list(itertools.chain.from_iterable(map(known.__getitem__, words)))
        if len(known) > _REMEMBERED:
            known.clear()
        return found

    # --- what is searched for or marked -------------------------------------------------------------------------------
    def chunks(self, text: str) -> Iterator[tuple[int, int, Chunk]]:
        """(start, end, analysis) of everything in a text that words are found in, in order."""
        at = 0
        for run in UNSPACED.finditer(text):
            yield from self._word_chunks(text, at, run.start())
            yield run.start(), run.end(), unspaced(run.group())
            at = run.end()
        yield from self._word_chunks(text, at, len(text))

    def _word_chunks(self, text: str, begin: int, end: int) -> Iterator[tuple[int, int, Chunk]]:
        if begin >= end:
            return
        pattern = SIGNED_WORDS if has_signs(text[max(0, begin - 1) : end]) else WORDS
        for match in pattern.finditer(text, begin, end):
            yield match.start(), match.end(), self.chunk(match.group())

    def chunk(self, word: str) -> Chunk:
        """The analysis of what stands between two spaces."""
        found = self._chunks.get(word)
        if found is None:
            if word.isascii() and word.isalpha() and len(word) <= LONGEST_WORD:
                found = Chunk((Slot((word.lower().encode(),), word, 0, len(word)),))
            else:
                found = _chunk(word[:_LONGEST_CHUNK])
            if len(self._chunks) >= _REMEMBERED:
                self._chunks.clear()
            if len(word) <= _LONGEST_CHUNK:
                self._chunks[word] = found
        return found

    def term(self, word: str) -> bytes | None:
        """The first term of a word, None for what holds no word."""
        slots = self.chunk(word).slots
        return slots[0].terms[0] if slots else None

    @staticmethod
    def _analyse(raw: str) -> Places:
        if raw.isascii() and raw.isalnum() and (raw.isdigit() or not raw[0].isdigit() or not _UNIT.fullmatch(raw)):
            return (raw[:LONGEST_WORD].lower().encode(),)
        chunk = _chunk(raw[:_LONGEST_CHUNK])
        last = len(chunk.slots) - 1
        places: list[bytes | _Place] = []
        for number, slot in enumerate(chunk.slots):
            terms = slot.terms
            if number in (0, last):
                terms += chunk.whole
            if number == 0 and chunk.sign is not None:
                terms += (chunk.sign,)
            places.append(terms[0] if len(terms) == 1 else _Place(tuple(dict.fromkeys(terms))))
        return tuple(places)


def _chunk(raw: str) -> Chunk:
    if footnote := _FOOTNOTE.search(raw):
        raw = raw[: footnote.start()]
    sign = _sign(raw)
    inner = raw.lstrip("#@.").rstrip("+#")
    begin = raw.find(inner) if inner else 0
    possessive = _POSSESSIVE.search(inner)
    body = inner[: possessive.start()] if possessive and len(inner) > 2 else inner
    slots: list[Slot] = []
    for piece in _PIECE.finditer(body):
        slots += _slots(piece.group(), begin + piece.start())
    whole, word = _whole(body, begin, slots)
    return Chunk(tuple(slots), whole, word, sign)


def _slots(piece: str, start: int) -> list[Slot]:
    """A part of a chunk as one place, or as a number and its unit."""
    if _NUMBER.fullmatch(piece):
        number = piece.replace(",", "").replace(".", "") if _THOUSANDS.fullmatch(piece) else piece.replace(",", ".")
        return [Slot((number[:LONGEST_WORD].encode(),), piece, start, start + len(piece))]
    terms = tuple(
        dict.fromkeys(
            form[:LONGEST_WORD].encode("utf-8", "replace") for form in spellings(piece[:LONGEST_WORD]) if form
        )
    )
    if not terms:
        return []
    if piece[0].isdigit() and (unit := _UNIT.fullmatch(terms[0].decode())):
        at = start + len(unit[1])
        return [
            Slot((unit[1].encode(),), unit[1], start, at),
            Slot((unit[2].encode(),), unit[2], at, start + len(piece)),
        ]
    return [Slot(terms, piece, start, start + len(piece))]


def _whole(body: str, begin: int, slots: list[Slot]) -> tuple[tuple[bytes, ...], str]:
    """The spellings of a chunk of several parts as one word: co-operate, O'Brien, U.S.A., 5km; none for addresses."""
    if len(slots) < 2:
        return (), ""
    between = {body[one.end - begin : other.start - begin] for one, other in itertools.pairwise(slots)}
    acronym = between == {"."} and all(len(slot.word) == 1 for slot in slots)
    if not acronym and not all(not gap or gap in _GLUE for gap in between):
        return (), ""
    if any(slot.word and re.match(f"[{EMOJI}]", slot.word) for slot in slots):
        return (), ""
    word = "".join(slot.word for slot in slots)
    return tuple(dict.fromkeys(form[:LONGEST_WORD].encode() for form in spellings(word) if form)), word


def _sign(raw: str) -> bytes | None:
    """The term of a name with signs, None for other chunks."""
    if raw[0] in "#@." and raw[1:2].isalpha() and raw[1:].replace("_", "").replace("-", "").isalnum():
        return (raw[0] + spellings(raw[1:])[0])[:LONGEST_WORD].encode()
    if raw.endswith(("+", "#")):
        return spellings(raw.lower())[0][:LONGEST_WORD].encode()
    if "&" in raw and "@" not in raw:
        return spellings(raw)[0][:LONGEST_WORD].encode()
    if "." in raw and (match := re.search(r"[^\W\d_]\.([A-Z]{2,})$", raw)):
        return f".{match[1].lower()}".encode()
    return None


# --- scripts without spaces -------------------------------------------------------------------------------------------
def unspaced(run: str) -> Chunk:
    """A run of a script without spaces: a slot for each letter, holding the pair that begins there."""
    letters: list[tuple[str, int, int]] = []
    at = 0
    for cluster in CLUSTER.findall(run):
        if cluster not in MIDDLE_DOTS:
            letters.append((fold_cluster(cluster), at, at + len(cluster)))
        at += len(cluster)
    slots = []
    for number, (letter, start, end) in enumerate(letters):
        following = letters[number + 1][0] if number + 1 < len(letters) else ""
        slots.append(Slot(((letter + following).encode(),), letter, start, end))
    return Chunk(tuple(slots))


def _clusters(run: str) -> list[str]:
    return [cluster for cluster in CLUSTER.findall(run) if cluster not in MIDDLE_DOTS]


def fold_cluster(cluster: str) -> str:
    """A letter of such a script in its usual width and form."""
    return unicodedata.normalize("NFKC", cluster)
