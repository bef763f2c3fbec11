"""The forms of a word: which terms of a segment they are, and their postings as if they were those of one term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kbapp.search.codec.combined_reader import Segment
from kbapp.search.codec.posting_blocks import Ids, Ints
from kbapp.search.codec.segment_reader import Postings
from kbapp.search.index.stemming import query_stems
from kbapp.search.nodes import Word
from kbapp.search.ranking.doc_sets import union

Forms = tuple[tuple[bytes, str], ...]
"""(term, language): a form counts in documents of its language, the word as written ("") in all."""
OTHER_FORM = 0.7
"""What an occurrence of another form is worth beside the word as it was written."""


@dataclass(slots=True)
class MergedPostings(Postings):
    """Postings of several terms of one segment: (postings, the documents in which the term counts or None for all)."""

    parts: list[tuple[Postings, npt.NDArray[np.bool_] | None]] = field(default_factory=list)

    @property
    def nbytes(self) -> int:
        own = self.ids.nbytes + self.weights.nbytes + (0 if self.keys is None else self.keys.nbytes)
        return own + sum(part.nbytes for part, _ in self.parts)


class FormFinder:
    """Finds the forms of words in the segments of one generation."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._tables = [
            [(language, tables) for language in sorted({name for table in segment.stem_tables() for name in table})
             for tables in [[table[language] for table in segment.stem_tables() if language in table]]]
            for segment in segments
        ]  # fmt: skip
        self._masks: dict[tuple[int, str], npt.NDArray[np.bool_] | None] = {}
        self._found: dict[tuple[int, object], Forms] = {}

    def forms(self, number: int, word: Word) -> Forms:
        """The terms that a word stands for in a segment's stemmed fields; the word as written comes first."""
        key = (number, word.key)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look_up(number, word)
        return found

    def _look_up(self, number: int, word: Word) -> Forms:
        exact = tuple((term, "") for term in word.spellings)
        if not word.stemmed:
            return exact
        others: dict[tuple[bytes, str], None] = {}
        for language, tables in self._tables[number]:
            for stem in query_stems(language, word.word):
                key = stem.encode("utf-8", "replace")
                for term in (key, *(term for table in tables for term in table.forms(key))):
                    if term not in word.spellings:
                        others[term, language] = None
        return (*exact, *sorted(others))

    def postings(self, number: int, name: str, forms: Forms) -> Postings | None:
        """The postings of all forms in one field."""
        segment = self._segments[number]
        parts = []
        merged = []
        for term, language in forms:
            found = segment.postings(name, term)
            if found is None:
                continue
            mask = self._mask(number, language) if language else None
            ids, weights = found.ids, found.weights
            if mask is not None:
                keep = mask[ids]
                ids, weights = ids[keep], weights[keep]
            if len(ids):
                parts.append((found, mask))
                merged.append((ids, weights * OTHER_FORM if language else weights))
        if not parts:
            return None
        if len(parts) == 1 and merged[0][1] is parts[0][0].weights:
            return parts[0][0]
        return MergedPostings(*union(merged, segment.count), parts=parts)

    def _mask(self, number: int, language: str) -> npt.NDArray[np.bool_] | None:
        """The documents of a language; None where all are."""
        key = (number, language)
        if key not in self._masks:
            count = self._segments[number].count
            found = self._segments[number].postings("stemming", language.encode())
            mask = np.zeros(count, np.bool_)
            if found is not None:
                mask[found.ids] = True
            self._masks[key] = None if mask.all() else mask
        return self._masks[key]


def position_keys(segment: Segment, postings: Postings, within: Ids | None) -> Ints:
    """``id << 32 | position`` of each occurrence, of merged postings too."""
    if not isinstance(postings, MergedPostings):
        return segment.position_keys(postings, within)
    if postings.keys is not None:
        return postings.keys
    found = []
    for part, mask in postings.parts:
        keys = segment.position_keys(part, within)
        found.append(keys if mask is None else keys[mask[keys >> 32]])
    keys = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
    if within is None:
        postings.keys = keys
    return keys
