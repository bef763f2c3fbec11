"""The best passage of a text for the words of a query, with the matches marked."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kbapp.search.index.analysis import Chunk, TermAnalyzer, fold_cluster
from kbapp.search.index.scripts import CLUSTER, MIDDLE_DOTS, SIGNED_WORDS, UNSPACED, WORDS, has_signs
from kbapp.search.index.stemming import NO_STEMS, language_of, query_stems, stems
from kbapp.search.query.words import MOST_WORDS
from kbapp.text.folding import spellings

WIDTH = 240
_LONGEST_TEXT = 400_000
_GLUED = frozenset(["ar", "he"])  # languages whose words may begin with something else than the word that is meant

Match = tuple[int, int, int]
"""(start, end, number of the query's word)."""


_Spot = tuple[frozenset[bytes], int, int]
"""The terms at a place, and where it begins and ends."""
_MOST_STEPS = 50_000  # words that are looked at for phrases in one text


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage and the half-open ranges in it that match; ``start`` is where the passage begins in the text."""

    text: str
    matches: tuple[tuple[int, int], ...]
    start: int = 0


@dataclass(slots=True)
class _Wanted:
    """A word of the query: one place or several in a row, each with the terms that fit."""

    number: int
    slots: list[frozenset[bytes]]
    word: str = ""  # for its stems, where forms count
    pattern: re.Pattern[str] | None = None


@dataclass(slots=True)
class _Language:
    """What has been found out about words in texts of one language."""

    stems: dict[str, int] = field(default_factory=dict)  # stem -> number of the query's word
    letters: str = ""  # with which a match may begin; all when there are none
    known: dict[str, tuple[Match, ...]] = field(default_factory=dict)


class QueryHighlighter:
    """Finds the words of a query in texts: in all forms, as written, by beginning, by pattern, phrases only together.

    Args:
        words: As ``Parsed.words`` gives them.
        analyzer: The analyser to share.
    """

    def __init__(self, words: Sequence[str], analyzer: TermAnalyzer | None = None) -> None:
        self._analyzer = analyzer or TermAnalyzer()
        self._wanted: list[_Wanted] = []
        self._runs: list[tuple[int, str]] = []  # words of scripts without spaces
        for number, word in enumerate(words):
            self._add(number, word)
        self._terms = {term: want.number for want in self._wanted if len(want.slots) == 1 for term in want.slots[0]}
        self._patterns = [(want.pattern, want.number) for want in self._wanted if want.pattern is not None]
        self._phrases = [want for want in self._wanted if len(want.slots) > 1]
        self._openers = frozenset(term for want in self._phrases for term in want.slots[0])
        self._languages: dict[str, _Language] = {}

    def _add(self, number: int, word: str) -> None:
        quoted = len(word) > 1 and word[0] == word[-1] == '"'
        exact = quoted or (word.startswith("=") and len(word) > 1)
        body = word.strip('"') if quoted else word[1:] if exact else word
        if not quoted and ("*" in body or "?" in body):
            expression = "".join(r"[^\s]*" if c == "*" else r"[^\s]" if c == "?" else re.escape(c) for c in body)
            folded = spellings(body.replace("*", "").replace("?", ""))
            self._wanted.append(_Wanted(number, [], pattern=re.compile(expression.lower() + r"\Z")))
            if body.endswith("*") and body.count("*") == 1 and "?" not in body:
                self._wanted.append(_Wanted(number, [], pattern=re.compile(re.escape(folded[0]))))
                self._runs += [(number, run) for run in _runs(body[:-1])]
            return
        chunks = [chunk for _, _, chunk in itertools.islice(self._analyzer.chunks(body), MOST_WORDS)]
        self._runs += [(number, run) for run in _runs(body)]
        chunks = [chunk for chunk in chunks if not _is_run(chunk)]
        if len(chunks) == 1 and chunks[0].sign is not None:
            self._wanted.append(_Wanted(number, [frozenset([chunks[0].sign])]))
            return
        slots = [slot for chunk in chunks for slot in chunk.slots][:MOST_WORDS]
        if not slots or (len(slots) < len(chunks)):
            return
        one = len(slots) == 1
        self._wanted.append(
            _Wanted(number, [frozenset(slot.terms) for slot in slots], slots[0].word if one and not exact else "")
        )
        if not one:
            joined = [frozenset(chunk.whole or chunk.slots[0].terms) for chunk in chunks]
            if any(chunk.whole for chunk in chunks) or len(slots) == 2:
                together = "".join(slot.word for slot in slots)
                joined = joined if any(chunk.whole for chunk in chunks) else [_encoded(together)]
                self._wanted.append(
                    _Wanted(number, joined, chunks[0].whole_word if len(chunks) == 1 and not exact else "")
                )

    # --- finding ------------------------------------------------------------------------------------------------------
    def matches(self, text: str, language: str | None = None) -> list[Match]:
        """Every match in order; ``language`` is the text's, by default what its words tell."""
        text = text[:_LONGEST_TEXT]
        if not self._wanted and not self._runs:
            return []
        of = self._language(language_of(language, text))
        known = of.known
        found: list[Match] = []
        behind = steps = 0
        for match in _words_that_begin(of.letters, has_signs(text)).finditer(text):
            raw = match.group()
            hits = known.get(raw)
            if hits is None:
                hits = known[raw] = self._look_at(raw, of)
            for start, end, number in hits:
                at = match.start()
                if number < 0:
                    if at >= behind and steps < _MOST_STEPS:
                        phrases, taken = self._phrases_from(text, at)
                        steps += taken
                        found += phrases
                        behind = max((phrase[1] for phrase in phrases), default=behind)
                else:
                    found.append((at + start, at + end, number))
        if self._runs:
            found += self._run_matches(text)
        if self._runs or self._phrases:
            found = sorted(set(found))
        return found

    def _language(self, language: str) -> _Language:
        of = self._languages.get(language)
        if of is None:
            of = self._languages[language] = _Language()
            words = [(want.word, want.number) for want in self._wanted if want.word]
            if language != NO_STEMS:
                of.stems = {stem: number for word, number in words for stem in query_stems(language, word)}
            if language not in _GLUED and not self._patterns:
                starts = {
                    term.decode("utf-8", "replace")[:1] for want in self._wanted for slot in want.slots for term in slot
                }
                starts |= {stem[:1] for stem in of.stems}
                cases = {case for start in starts for case in (start.lower(), start.upper())}
                of.letters = "".join(sorted(cases))
        return of

    def _look_at(self, raw: str, of: _Language) -> tuple[Match, ...]:
        """The matches in one chunk; a negative number says that a phrase may begin here."""
        chunk = self._analyzer.chunk(raw)
        found: list[Match] = []
        for slot in chunk.slots:
            number = self._number_of(slot.terms, slot.word, of)
            if number is not None:
                found.append((slot.start, slot.end, number))
        if chunk.slots and (chunk.whole or chunk.sign):
            number = self._number_of((*chunk.whole, *([chunk.sign] if chunk.sign else [])), chunk.whole_word, of)
            if number is not None:
                found.append(
                    (0 if chunk.sign else chunk.slots[0].start, len(raw) if chunk.sign else chunk.slots[-1].end, number)
                )
        if any(term in self._openers for slot in chunk.slots for term in slot.terms) or self._openers & set(
            chunk.whole
        ):
            found.append((0, 0, -1))
        return tuple(found)

    def _number_of(self, terms: tuple[bytes, ...], word: str, of: _Language) -> int | None:
        for term in terms:
            if term in self._terms:
                return self._terms[term]
        if of.stems and word:
            for stem in stems(self._name_of(of), word):
                if stem in of.stems:
                    return of.stems[stem]
        if self._patterns:
            folded = terms[0].decode("utf-8", "replace") if terms else ""
            for pattern, number in self._patterns:
                if pattern.match(folded):
                    return number
        return None

    def _name_of(self, of: _Language) -> str:
        return next(name for name, each in self._languages.items() if each is of)

    def _phrases_from(self, text: str, at: int) -> tuple[list[Match], int]:
        """The phrases that begin in the chunk at a place, and how many chunks had to be looked at."""
        longest = max(len(want.slots) for want in self._phrases)
        slots: list[_Spot] = []
        joined: list[_Spot] = []
        first = steps = 0
        alive = [(want, places) for want in self._phrases for places in (slots, joined)]
        found: list[Match] = []
        for start, _, chunk in self._analyzer.chunks(text[at : at + 60 * longest + 400]):
            steps += 1
            spread = [(frozenset(slot.terms), at + start + slot.start, at + start + slot.end) for slot in chunk.slots]
            first = first or len(spread)
            slots += spread
            joined += [(frozenset(chunk.whole), spread[0][1], spread[-1][2])] if chunk.whole else spread
            still = []
            for want, places in alive:
                fits = [begin for begin in range(min(first, len(places))) if _fits(want.slots, places[begin:])]
                if fits and len(places) - fits[0] >= len(want.slots):
                    end = places[fits[0] + len(want.slots) - 1][2]
                    found.append((places[fits[0]][1], end, want.number))
                elif fits:
                    still.append((want, places))
            alive = still
            if not alive:
                break
        return found, steps

    def _run_matches(self, text: str) -> Iterator[Match]:
        for run in UNSPACED.finditer(text):
            letters, places = _letters(run.group())
            for number, wanted in self._runs:
                at = letters.find(wanted)
                while at >= 0:
                    yield run.start() + places[at][0], run.start() + places[at + len(wanted) - 1][1], number
                    at = letters.find(wanted, at + len(wanted))

    # --- the passage --------------------------------------------------------------------------------------------------
    def snippet(self, text: str, width: int = WIDTH, language: str | None = None) -> Snippet:
        """The passage of about ``width`` characters with the most different words of the query, begun at a sentence or word."""
        matches = self.matches(text, language)
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


@functools.lru_cache(200)
def _words_that_begin(letters: str, signed: bool) -> re.Pattern[str]:
    """What finds words with one of these first letters, or with a letter that may be folded to one; no letters: all words."""
    pattern = SIGNED_WORDS if signed else WORDS
    if not letters:
        return pattern
    return re.compile(rf"(?<!\w)(?=[{re.escape(letters)}#@.]|[^\x00-\x7f])" + pattern.pattern)


def _fits(wanted: Sequence[frozenset[bytes]], places: Sequence[_Spot]) -> bool:
    """Whether what is there so far is how the phrase begins."""
    return all(terms & want for want, (terms, _, _) in zip(wanted, places, strict=False))


def _encoded(word: str) -> frozenset[bytes]:
    return frozenset(form.encode("utf-8", "replace") for form in spellings(word))


def _is_run(chunk: Chunk) -> bool:
    return bool(chunk.slots) and bool(UNSPACED.match(chunk.slots[0].word))


def _runs(text: str) -> list[str]:
    """The runs of scripts without spaces in a query, letter by letter in their usual form."""
    return [_letters(run.group())[0] for run in UNSPACED.finditer(text)]


def _letters(run: str) -> tuple[str, list[tuple[int, int]]]:
    """A run in its usual form, and for each character of it where it stands in the run."""
    folded, places, at = [], [], 0
    for cluster in CLUSTER.findall(run):
        if cluster not in MIDDLE_DOTS:
            letter = fold_cluster(cluster)
            folded.append(letter)
            places += [(at, at + len(cluster))] * len(letter)
        at += len(cluster)
    return "".join(folded), places


def _opening(text: str, at: int, width: int) -> int:
    """Where a passage that shows the place ``at`` begins: its sentence if that is near, else a word a little before."""
    if at < width // 3:
        return 0
    window = text[max(0, at - width // 2) : at]
    ends = [match.end() for match in re.finditer(r"[.!?][”\"’')]*\s+|[。！？]+|\n+", window)]
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
