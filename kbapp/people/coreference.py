"""Within one article: which names mean the same person.

Full names are gathered first (same surname, given names that agree, no two of "Jr." and "Sr."), then single words join the
full name that they belong to. Of two bearers of a surname the title decides, then "elder" and "younger", then who has been
called by the surname alone most often so far, then who was named first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import OSA

from kbapp.domain import FieldName
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.sex import FEMALE_TITLES, MALE_TITLES, sex_of_given_name

GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "i": "i", "ii": "ii", "iii": "iii", "iv": "iv"}
_ELDER = frozenset("elder older senior".split())
_YOUNGER = frozenset("younger junior".split())
_MOST_SLIPS = 2  # a word written so more often is a name of its own


@dataclass(frozen=True, slots=True)
class NameForm:
    """One place's name: folded words, the words as written, the title before it, its place in reading order, the folded word
    before it, and its field."""

    key: tuple[str, ...]
    surface: str
    honorific: str
    index: int
    before: str = ""
    field: FieldName = "text"


@dataclass(slots=True)
class Group:
    """One person of the article: the name to show, and the indexes of the places."""

    name: str
    keys: list[tuple[str, ...]]
    mentions: list[int] = field(default_factory=list)
    honorifics: set[str] = field(default_factory=set)
    alone: int = 0

    @property
    def sex(self) -> str:
        """ "f", "m" or "", by title, else by given name."""
        titles = {"f" * (title in FEMALE_TITLES) or "m" * (title in MALE_TITLES) for title in self.honorifics} - {""}
        return titles.pop() if len(titles) == 1 else sex_of_given_name(self.name, None)


def generation(key: tuple[str, ...]) -> str:
    """ "jr", "sr", "ii"... at the end of a name, or ""."""
    return GENERATIONS.get(key[-1].strip("."), "") if len(key) > 2 else ""


def surname_of(key: tuple[str, ...], lex: Lexicon) -> str:
    """The last word that is no suffix, without an article such as al-."""
    words = [word for word in key if word.strip(".") not in lex.suffixes and word not in GENERATIONS] or list(key)
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
    apart = _father_and_son([form for form in forms if form.index not in singles])
    for form in sorted((f for f in forms if f.index not in singles), key=lambda f: (-len(f.key), f.index)):
        surname = surname_of(form.key, lex)
        group = whole.get(form.key) or _matching(form.key, by_surname[surname], lex, apart)
        if group is None:
            group = Group(form.surface, [])
            groups.append(group)
            by_surname[surname].append(group)
        if form.key not in whole:
            whole[form.key] = group
            group.keys.append(form.key)
            for word in {plain(word) for word in form.key}:
                if not any(other is group for other in by_word[word]):
                    by_word[word].append(group)
        group.mentions.append(form.index)
        group.honorifics.add(form.honorific)
    groups += _join_single_words(sorted(alone_forms, key=lambda form: form.index), by_surname, by_word)
    groups.sort(key=lambda group: min(group.mentions))
    by_index = {form.index: form for form in forms}
    return [_named(group, by_index) for group in groups]


def _join_single_words(
    forms: list[NameForm], by_surname: dict[str, list[Group]], by_word: dict[str, list[Group]]
) -> list[Group]:
    """Gives each single word to the person who is meant; returns the people who are known by one word alone."""
    uses = Counter(plain(form.key[-1]) for form in forms)
    alone: dict[str, Group] = {}
    for form in forms:
        word = plain(form.key[-1])
        group = _bearer(form, by_surname.get(word, []), by_word.get(word, [])) or alone.get(word)
        if group is None and not form.honorific and uses[word] <= _MOST_SLIPS and (meant := misspelt(word, by_surname)):
            group = by_surname[meant][0]
        if group is None:
            group = alone[word] = Group(form.surface, [form.key])
        group.mentions.append(form.index)
        group.honorifics.add(form.honorific)
        group.alone += 1
    return list(alone.values())


def _father_and_son(forms: list[NameForm]) -> bool:
    """Whether a name stands right beside itself with "Jr." or "Sr.": then the plain name is the other one."""
    return any(
        one.field == other.field
        and other.index == one.index + 1
        and generation(one.key) != generation(other.key)
        and _without(one.key) == _without(other.key)
        for one, other in pairwise(forms)
    )


def _without(key: tuple[str, ...]) -> tuple[str, ...]:
    return key[:-1] if generation(key) else key


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
    own = [forms[index] for index in group.mentions]
    best = max(own, key=lambda form: (len(form.key), not form.surface.isupper(), -form.index))
    group.name = re.sub(r"\s+", " ", best.surface)
    group.mentions.sort()
    return group


def _matching(key: tuple[str, ...], bearers: list[Group], lex: Lexicon, apart: bool) -> Group | None:
    """The group of the same surname whose given names agree with ``key`` and whose generation does; ``apart`` when the plain
    name is not that of "Jr."."""
    for group in bearers:
        generations = {generation(other) for other in group.keys}
        own = generation(key)
        if own not in generations and (apart or (own and generations != {""})):
            continue
        if any(given_names_agree(_without(key), _without(other), lex) for other in group.keys):
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
        return candidates[0] if candidates and not _other_sex(form, candidates[0]) else None
    if form.honorific:
        fitting = [group for group in candidates if form.honorific in group.honorifics]
        candidates = fitting or [group for group in candidates if not _other_sex(form, group)] or candidates
    if form.before in _ELDER | _YOUNGER:
        by_age = sorted(candidates, key=lambda group: (generation(group.keys[0]) in ("jr", "ii"), min(group.mentions)))
        return by_age[0 if form.before in _ELDER else -1]
    before = [group for group in candidates if min(group.mentions) < form.index] or candidates
    return min(before, key=lambda group: (-group.alone, min(group.mentions)))


def _other_sex(form: NameForm, group: Group) -> bool:
    """Whether the title of a form is not one that this person can bear: "Mrs." before a man's surname."""
    title = "f" if form.honorific in FEMALE_TITLES else "m" if form.honorific in MALE_TITLES else ""
    return bool(title and group.sex and title != group.sex)
