"""Within one article: which names mean the same person.

Full names are gathered first (same surname, given names that agree), then single words join the full name that they
belong to; of two bearers of one surname the title decides, else the one named last before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from kbapp.people.lexicon import Lexicon, lexicon

_MALE = frozenset(
    "mr sir lord king prince father fr herr monsieur don senor signor congressman duke baron count".split()
)
_FEMALE = frozenset(
    "mrs ms miss lady dame queen princess sister mother frau madame mme mlle dona senora signora duchess countess".split()
)


@dataclass(frozen=True, slots=True)
class NameForm:
    """One place's name: folded words, the words as written, the title before it, and its place in reading order."""

    key: tuple[str, ...]
    surface: str
    honorific: str
    index: int


@dataclass(slots=True)
class Group:
    """One person of the article: the name to show, and the indexes of the places."""

    name: str
    keys: list[tuple[str, ...]]
    spots: list[int] = field(default_factory=list)
    honorifics: set[str] = field(default_factory=set)


def surname_of(key: tuple[str, ...], lex: Lexicon) -> str:
    """The last word that is no suffix, without an article such as al-."""
    words = [word for word in key if word not in lex.suffixes] or list(key)
    return plain(words[-1])


def plain(word: str) -> str:
    return re.sub(r"^(?:al|el|ad|as|ash|at|an|ar|az|ul)[-'](?=\w{3})", "", word)


def resolve(forms: list[NameForm]) -> list[Group]:
    """The groups in the order in which the people first appear."""
    lex = lexicon()
    groups: list[Group] = []
    by_surname: dict[str, list[Group]] = defaultdict(list)
    by_word: dict[str, list[Group]] = defaultdict(list)
    whole: dict[tuple[str, ...], Group] = {}
    alone_forms = [form for form in forms if len(form.key) == 1 or all(word in lex.particles for word in form.key[:-1])]
    singles = {form.index for form in alone_forms}
    for form in sorted((f for f in forms if f.index not in singles), key=lambda f: (-len(f.key), f.index)):
        group = whole.get(form.key) or _matching(form.key, by_surname[surname_of(form.key, lex)], lex)
        if group is None:
            group = Group(form.surface, [])
            groups.append(group)
            by_surname[surname_of(form.key, lex)].append(group)
        if form.key not in whole:
            whole[form.key] = group
            group.keys.append(form.key)
            for word in {plain(word) for word in form.key}:
                if not any(other is group for other in by_word[word]):
                    by_word[word].append(group)
        group.spots.append(form.index)
        group.honorifics.add(form.honorific)
    alone: dict[str, Group] = {}
    for form in sorted(alone_forms, key=lambda f: f.index):
        word = plain(form.key[-1])
        group = _bearer(form, by_surname.get(word, []), by_word.get(word, [])) or alone.get(word)
        if group is None and (meant := misspelt(word, by_surname)):
            group = by_surname[meant][0]
        if group is None:
            group = alone[word] = Group(form.surface, [form.key])
            groups.append(group)
        group.spots.append(form.index)
    groups.sort(key=lambda group: min(group.spots))
    by_index = {form.index: form for form in forms}
    return [_named(group, by_index) for group in groups]


def misspelt(word: str, surnames: Iterable[str]) -> str | None:
    """The one surname of which a word is a slip of the pen: seven letters and more, one letter wrong, the first right."""
    if len(word) < 7:
        return None
    near = [
        surname
        for surname in surnames
        if surname[0] == word[0] and len(surname) >= 7 and OSA.distance(word, surname, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 and near[0] != word else None


def _named(group: Group, forms: dict[int, NameForm]) -> Group:
    """The fullest form names the group; among equals the one that is not all in capitals, then the first."""
    own = [forms[index] for index in group.spots]
    best = max(own, key=lambda form: (len(form.key), not form.surface.isupper(), -form.index))
    group.name = re.sub(r"\s+", " ", best.surface)
    group.spots.sort()
    return group


def _matching(key: tuple[str, ...], bearers: list[Group], lex: Lexicon) -> Group | None:
    """The group of the same surname whose given names agree with ``key``."""
    for group in bearers:
        if any(given_names_agree(key, other, lex) for other in group.keys):
            return group
    return None


def given_names_agree(one: tuple[str, ...], other: tuple[str, ...], lex: Lexicon) -> bool:
    """Whether two full names of one surname may be one person: given names equal, an initial, a short form, a slip."""
    if one[0] == other[0]:
        return _middles_agree(one, other, lex)
    a, b = one[0].rstrip("."), other[0].rstrip(".")
    if lex.nicknames.get(a, a) == lex.nicknames.get(b, b) or lex.spellings.get(a, a) == lex.spellings.get(b, b):
        return _middles_agree(one, other, lex)
    short, long = sorted((a, b), key=len)
    if len(short.replace(".", "").replace(" ", "")) == 1:
        return long.startswith(short[0])
    if "." in short and short[0] == long[0] and len(short) <= 5:
        return True
    return min(len(a), len(b)) >= 5 and a[0] == b[0] and OSA.distance(a, b) <= 1


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...], lex: Lexicon) -> bool:
    middles = [
        [word.rstrip(".") for word in key[1:-1] if word not in lex.particles and word not in lex.suffixes]
        for key in (one, other)
    ]
    if not middles[0] or not middles[1]:
        return True
    return middles[0][0][0] == middles[1][0][0]


def _bearer(form: NameForm, surname: list[Group], word: list[Group]) -> Group | None:
    """Who is meant by a single word: bearers of the surname before bearers of it as another name."""
    candidates = surname or word
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    if form.honorific:
        sex = _MALE if form.honorific in _MALE else _FEMALE if form.honorific in _FEMALE else None
        fitting = [group for group in candidates if form.honorific in group.honorifics]
        if not fitting and sex is not None:
            other = _FEMALE if sex is _MALE else _MALE
            fitting = [group for group in candidates if not group.honorifics & other]
        candidates = fitting or candidates
    before = [(max((index for index in group.spots if index < form.index), default=-1), group) for group in candidates]
    return max(before, key=lambda pair: pair[0])[1]
