"""Folding words so that spellings that differ only in case, marks or form compare equal."""

from __future__ import annotations

import functools
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)
_PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "ng", "ĸ": "k",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه",
}  # fmt: skip
_WRITTEN_OUT = {"ø": "oe", "đ": "dj", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640")
_SUPERSCRIPTS = str.maketrans(dict.fromkeys("™℠®©", " "))


@functools.lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without diacritics and with straight apostrophes, as the lists are kept."""
    lower = word.lower()
    if lower.isascii():
        return lower
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return plain.translate(_LETTERS)


def spellings(word: str) -> tuple[str, ...]:
    """How a word is found: without case and marks ("muller"), and as it is written without umlauts ("mueller").

    One spelling where both are the same. Full-width letters, ligatures and sub- or superscripts become plain ones; letters
    that other alphabets tell apart stay (й, ї, the vowel signs of Hindi), stress, harakat and niqqud go.
    """
    if word.isascii():
        return (word.lower(),)
    text = unicodedata.normalize("NFKC", word.translate(_SUPERSCRIPTS)).replace("İ", "i").casefold().replace(" ", "")
    if text.isascii():
        return (text,)
    plain: list[str] = []
    written: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in _DROPPED:
            continue
        base = _PLAIN.get(letter) or _without_marks(letter)
        plain.append(base)
        written.append(_WRITTEN_OUT.get(letter, base))
    found = "".join(plain)
    out = "".join(written)
    return (found,) if out == found else (found, out)


@functools.lru_cache(maxsize=20_000)
def _without_marks(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    if len(decomposed) == 1:
        return "" if _is_dropped(letter) else letter
    base, marks = decomposed[0], decomposed[1:]
    if "\u0400" <= base <= "\u052f":  # Cyrillic: й, ў and ї are letters of their own, ё and stressed vowels are not
        kept = [mark for mark in marks if mark == "\u0306" or (mark == "\u0308" and base == "і")]
    else:
        kept = [mark for mark in marks if not _is_dropped(mark)]
    base = _PLAIN.get(base, base)
    return unicodedata.normalize("NFC", base + "".join(kept))


def _is_dropped(mark: str) -> bool:
    """Whether a character is a mark that readers leave out when they type."""
    if unicodedata.category(mark) not in ("Mn", "Me"):
        return False
    place = ord(mark)
    return (
        0x0300 <= place <= 0x036F or 0x0483 <= place <= 0x0489 or 0x0591 <= place <= 0x06ED or 0x0730 <= place <= 0x074A
        or 0x1AB0 <= place <= 0x1AFF or 0x1DC0 <= place <= 0x1DFF or 0x20D0 <= place <= 0x20F0 or 0xFE00 <= place <= 0xFE2F
        or unicodedata.combining(mark) == 7
    )  # fmt: skip
