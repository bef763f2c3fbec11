"""What is known of words and names: the lists and cues of ``resources/names``, loaded once a process."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kbapp.paths import resource
from kbapp.text.folding import fold


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of folded words; ``nicknames`` and ``spellings`` map a form to the form that stands for all. ``languages``
    holds the languages (ISO 639-1, with commas) in which each given name is at home."""

    given: frozenset[str]
    languages: dict[str, str]
    family: frozenset[str]
    mononyms: frozenset[str]
    words: frozenset[str]
    cities: frozenset[str]
    towns: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    role_modifiers: frozenset[str]
    orgs: frozenset[str]
    not_names: frozenset[str]
    sentence_words: frozenset[str]
    companies: frozenset[str]
    nationalities: frozenset[str]
    brands: frozenset[str]
    particles: frozenset[str]
    speech: frozenset[str]
    verbs: frozenset[str]
    deeds: frozenset[str]
    suffixes: frozenset[str]
    place_heads: frozenset[str]
    surnames_first: frozenset[str]
    nicknames: dict[str, str]
    spellings: dict[str, str]


@functools.cache
def lexicon() -> Lexicon:
    """The lists of this program, read from disk once (about 60 ms)."""
    import yaml

    with resource("names", "cues.yaml").open(encoding="utf-8") as file:
        cues = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    sets = {
        key: frozenset(fold(word) for word in value.split()) for key, value in cues.items() if isinstance(value, str)
    }
    countries = _lines("countries")
    sets["places"] |= countries
    given = resource("names", "given.txt").read_text("utf-8").splitlines()
    languages = dict(line.split(" ") for line in given)
    return Lexicon(
        given=frozenset(languages),
        languages=languages,
        family=_lines("family"),
        mononyms=frozenset(word for line in _lines("mononyms") if not line.startswith("#") for word in line.split()),
        words=_lines("words"),
        cities=_lines("cities"),
        towns=_lines("towns"),
        nicknames=_variants(cues["nicknames"]),
        spellings=_variants(cues["spellings"]),
        **sets,
    )


def _lines(name: str) -> frozenset[str]:
    return frozenset(resource("names", f"{name}.txt").read_text("utf-8").splitlines())


def _variants(groups: dict[str, str]) -> dict[str, str]:
    return {variant: main for main, variants in groups.items() for variant in str(variants).split()}
