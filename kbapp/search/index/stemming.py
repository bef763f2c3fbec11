"""Stems by language: Snowball's stemmers, and the glued prefixes of Hebrew and Arabic."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping

import Stemmer

from kbapp.reading.fields.language import detect
from kbapp.search.index.analysis import TermAnalyzer
from kbapp.search.index.scripts import SCRIPTS
from kbapp.text.folding import spellings

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
NO_STEMS = ""
"""The language of documents in which words stand for themselves: people, and languages without a stemmer."""
_HEBREW = re.compile(r"(?:ו?[כש]?ש?[הבלמ]|ו|ש)(?=[\u05d0-\u05ea]{3})")
_ARABIC_ARTICLE = re.compile(r"[وف]?(?:ال|[بك]ال|لل)(?=\w{2})")
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
_local = threading.local()


def language_of(language: str | None, text: str) -> str:
    """The language by which the words of a text are stemmed: its own, else what its small words or letters tell."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    if not code:
        code = detect(text) or next((name for name, letters in SCRIPTS if letters.search(text[:2000])), NO_STEMS)
    return code if code in _SNOWBALL or code == "he" else NO_STEMS


def stems(language: str, word: str) -> set[str]:
    """What a word of a text is kept under; several where a prefix may be glued to it."""
    lower = _lower(word)
    if language == "he":
        bare = spellings(lower)[0]
        found = {bare}
        if match := _HEBREW.match(bare):
            found |= {bare[end:] for end in range(1, match.end() + 1)}
        return found
    return {_stem(language, lower)}


def query_stems(language: str, word: str) -> set[str]:
    """What a word that is searched for is looked up under."""
    lower = _lower(word)
    if language == "he":
        bare = spellings(lower)[0]
        return {bare, bare[1:]} if bare.startswith("ה") and len(bare) > 4 else {bare}
    return {_stem(language, lower), _stem(language, spellings(lower)[0])}


def _lower(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("İ", "i").lower()


def _stem(language: str, word: str) -> str:
    if language == "ar":
        word = _ARABIC_ARTICLE.sub("", _MARKS.sub("", word), count=1)
    return spellings(_stemmer(language).stemWord(word))[0]


def _stemmer(language: str) -> Stemmer.Stemmer:
    """This thread's stemmer: they keep what they are working on."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    return stemmers[language]


def stem_groups(
    analyzer: TermAnalyzer, seen: Mapping[str, Iterable[str | bytes]]
) -> dict[str, dict[bytes, set[bytes]]]:
    """Language -> stem -> terms, for the words that stand in texts of each language."""
    found: dict[str, dict[bytes, set[bytes]]] = {}
    for language, chunks in seen.items():
        groups: dict[bytes, set[bytes]] = {}
        plain: set[str] = set()
        words: dict[str, bytes] = {}
        for raw in chunks:
            if isinstance(raw, bytes):
                if raw.isascii() and raw.isalpha():
                    plain.add(raw.decode())
                continue
            chunk = analyzer.chunk(raw)
            words.update((slot.word, slot.terms[0]) for slot in chunk.slots if not slot.word[0].isdigit())
            if chunk.whole:
                words[chunk.whole_word] = chunk.whole[0]
        if plain and language != "he":
            listed = list(plain)
            for word, stem in zip(listed, _stemmer(language).stemWords(listed), strict=True):
                groups.setdefault(stem.encode(), set()).add(word.encode())
        for word, term in words.items():
            for stem in stems(language, word):
                groups.setdefault(stem.encode("utf-8", "replace"), set()).add(term)
        found[language] = groups
    return found


@functools.cache
def languages() -> frozenset[str]:
    """The languages whose words are stemmed."""
    return frozenset([*_SNOWBALL, "he"])
