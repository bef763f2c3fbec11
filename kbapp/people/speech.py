"""The words around direct speech in each language: verbs of saying, pronouns, prepositions; ``resources/names/speech.yaml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import yaml

from kbapp.paths import resource

VERB, GERUND, BETWEEN, HE, SHE, OTHER, ACCORDING, OF, PREPOSITION, ARTICLE, AND, WHO = "VGAHSECoOT&W"
_CODES = {
    "between": BETWEEN, "articles": ARTICLE, "prepositions": PREPOSITION, "of": OF, "and": AND, "other_pronouns": OTHER, "relative": WHO,
    "he": HE, "she": SHE, "according": ACCORDING, "gerunds": GERUND, "verbs": VERB,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speech:
    """A language: folded word to its code (``VERB``, ``HE``...), and beginnings of verbs in scripts without spaces."""

    codes: dict[str, str]
    final: tuple[str, ...]


@functools.cache
def speech_of(language: str | None) -> Speech:
    """The words of a language (an ISO 639-1 code); those of English where there are none of its own."""
    lists = _lists()
    own = lists.get((language or "en")[:2], lists["en"])
    codes = dict.fromkeys(lists["any"]["verbs"].split(), VERB)
    for kind, code in _CODES.items():  # a later kind wins: "he" is a pronoun before it is an article
        codes |= dict.fromkeys(own.get(kind, "").split(), code)
    return Speech(codes, tuple(sorted(lists["any"]["final"].split(), key=len, reverse=True)))


@functools.cache
def _lists() -> dict[str, dict[str, str]]:
    with resource("names", "speech.yaml").open(encoding="utf-8") as file:
        lists: dict[str, dict[str, str]] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return lists
