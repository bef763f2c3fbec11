"""Whether the texts show somebody as a man or a woman: titles and words of kin first, then what the given name tells.

It serves one purpose: to know whom "he" or "she" can mean. Where nothing tells, nothing is assumed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kbapp.paths import resource
from kbapp.text.folding import fold

MALE_TITLES = frozenset(
    "mr sir lord king prince father fr herr monsieur m don senor sr congressman duke baron count signor sig senhor meneer dhr "
    "emperor brother".split()
)
FEMALE_TITLES = frozenset(
    "mrs ms miss lady dame queen princess sister mother frau fr madame mme mlle dona senora sra srta signora duchess countess "
    "congresswoman senhora mevrouw mw empress baroness".split()
) - {"fr"}
_MALE_WORDS = frozenset(
    "spokesman congressman chairman businessman assemblyman councilman husband father son brother uncle nephew grandfather "
    "grandson actor widower king prince gentleman father-in-law stepfather boyfriend fiance sprecher sprechers bundeskanzler".split()
)
_FEMALE_WORDS = frozenset(
    "spokeswoman congresswoman chairwoman businesswoman assemblywoman councilwoman wife mother daughter sister aunt niece "
    "grandmother granddaughter actress widow queen princess heroine mother-in-law stepmother girlfriend fiancee sprecherin "
    "ministerin kanzlerin prasidentin vorsitzende anwaltin ministra presidenta directora".split()
)
_BEFORE = re.compile(r"([^\W\d_][\w-]*)\.? $")
_PRONOUN = re.compile(r"[.!?]\s|\n|[“\"]|(?<!\w)(?:he|his|him|himself|she|her|hers|herself)(?!\w)")
_LAST_WORDS = re.compile(r"[\w-]+")


@functools.cache
def _given() -> dict[str, tuple[str, dict[str, str]]]:
    found = {}
    for line in resource("names", "given_sex.txt").read_text("utf-8").splitlines():
        name, sex, *exceptions = line.split()
        found[name] = (sex, dict(each.split(":") for each in exceptions))
    return found


def sex_of_given_name(name: str, language: str | None) -> str:
    """ "f", "m", or "" where the first word of a name tells neither in this language."""
    words = fold(name).split()
    if not words:
        return ""
    first = words[0].split("-")[0].strip(".'\"")
    sex, exceptions = _given().get(first, ("-", {}))
    return exceptions.get((language or "en")[:2], sex).strip("-")


def sex_of_person(
    text: str, name: str, places: Sequence[tuple[int, int, int]], description: str | None, language: str | None
) -> str:
    """ "f", "m" or "".

    ``places`` are where ``text`` names the person: start, end, and where the next name of anybody begins, up to which an
    English "his" or "her" is taken for this person's.
    """
    women = men = 0
    for start, _, _ in places:
        if match := _BEFORE.search(text, max(0, start - 24), start):
            title = fold(match[1])
            women += title in FEMALE_TITLES or title in _FEMALE_WORDS
            men += title in MALE_TITLES or title in _MALE_WORDS
    words = _LAST_WORDS.findall(fold(description or ""))[:6]
    women += any(word in _FEMALE_WORDS for word in words)
    men += any(word in _MALE_WORDS for word in words)
    if bool(women) != bool(men):
        return "f" if women else "m"
    given = sex_of_given_name(name, language) if " " in name.strip() else ""
    return given or (_sex_of_pronouns(text, places) if language in (None, "en") else "")


def _sex_of_pronouns(text: str, places: Sequence[tuple[int, int, int]]) -> str:
    """What "he", "his", "she", "her" in the sentences that name the person agree on."""
    women = men = 0
    for _, end, next_name in places:
        match = _PRONOUN.search(text, end, min(next_name, end + 160))
        if match and match[0][0] in "hs":
            woman = match[0].startswith(("s", "her"))
            women += woman
            men += not woman
    if max(women, men) >= 2 and max(women, men) >= 4 * min(women, men):
        return "f" if women > men else "m"
    return ""
