"""Folding words so that spellings that differ only in case or marks compare equal."""

from __future__ import annotations

import functools
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without diacritics and with straight apostrophes, as the lists are kept."""
    lower = word.lower()
    if lower.isascii():
        return lower
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return plain.translate(_LETTERS)
