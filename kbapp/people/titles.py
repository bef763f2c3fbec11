"""The office that stands before a name, read from the name leftwards: "EC External Trade Commissioner", "his lawyer"."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kbapp.paths import resource
from kbapp.people.lexicon import Lexicon
from kbapp.people.speech import VERB, speech_of
from kbapp.text.folding import fold

_INITIALS = re.compile(r"(?:[A-Z]\.)+$")
_ELIDED = re.compile(r"^[lL][’'](?=\w)")  # "l’ancien ingénieur"
_ABBREVIATED = frozenset(
    "inc corp co ltd st mr mrs ms dr prof sen sens rep reps gov gen lt col maj capt adm sgt jr sr".split()
)
_CONNECTORS = frozenset("of for and de da do di du des del della von van".split())
_OWNERS = frozenset("his her its their our my your the a an this that der die das la le el il lo o de het".split())
_STOP = frozenset(
    "by with but to from in at on as when while after whether said told called named told against about between than "
    "day days week month months year years today yesterday tomorrow earlier later last next only pct mln billion who which "
    "including like among plus namely such especially featuring starring alongside unlike versus meanwhile also both "
    "que qui le les un une du des et der die das dem den dass el los una il lo".split()  # other languages' little words
)  # fmt: skip
PARTICIPLES = frozenset(
    "retired jailed ousted deposed exiled elected disgraced self-described wounded embattled".split()
)
_CONTAINERS = frozenset(
    "house office bank ministry department university chamber board institute college school council academy bureau republic federation church".split()
)
_DIRECTIONS = frozenset("north south east west northern southern eastern western french english spanish".split())
_LONGEST = 160
_MOST_WORDS = 14


_KIN = frozenset(
    "wife husband son daughter father mother brother sister uncle aunt cousin nephew niece grandson granddaughter grandfather "
    "grandmother fiancee fiance girlfriend boyfriend widow widower neighbor neighbour friend colleague teammate compatriot "
    "countryman counterpart partner stepson stepdaughter twin frau mann sohn tochter vater mutter bruder schwester femme mari "
    "fils fille frere soeur pere mere esposa esposo hijo hija hermano hermana padre madre moglie marito figlio figlia".split()
)
_FORMER = frozenset(
    "fruhere fruherer ehemalige ehemaliger damalige damaliger amtierende amtierender designierte designierter neue neuer "
    "stellvertretende stellvertretender ancien ancienne nouveau nouvelle futur future antiguo antigua exministro expresidente "
    "nuevo nueva ex nuovo nuova novo nova antigo antiga voormalig voormalige nieuwe".split()
)
_MINISTRIES = frozenset(
    "minister secretary ministers secretaries attorney undersecretary ministre ministro ministra".split()
)


@functools.cache
def _occupations() -> frozenset[str]:
    """Folded words for what people do, in several languages; none is a surname. The recogniser of names does without them."""
    return frozenset(resource("names", "occupations.txt").read_text("utf-8").split())


def is_kin(word: str) -> bool:
    """Whether a folded word says whose relative or friend somebody is, which is no office."""
    return word in _KIN


@functools.lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """A word for people in the singular: "scientists" -> "scientist", "spokeswomen" -> "spokeswoman"."""
    for plural, one in (
        ("women", "woman"),
        ("men", "man"),
        ("wives", "wife"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ss", "ss"),
        ("s", ""),
    ):
        if word.lower().endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + one
    return word


def is_plural_role(word: str, lex: Lexicon) -> bool:
    """Whether a folded word names several people of one office."""
    return (
        word not in lex.roles and word not in _occupations() and singular(word) != word and is_role(singular(word), lex)
    )


def place_before(text: str, start: int, floor: int, lex: Lexicon) -> str:
    """The place or "former" that stands before a title: "North Carolina" of "North Carolina Sen. Thom Tilley"."""
    tokens = text[max(floor, start - 60) : start].rsplit("\n", maxsplit=1)[-1].split()
    while tokens and _plain(tokens[-1]) in lex.titles | {"sens", "reps"}:
        tokens.pop()
    words: list[str] = []
    while tokens and len(words) < 3:
        form = tokens.pop()
        word = _plain(form)
        if not word or form[-1] in ',;:)”"':
            break
        pair = f"{_plain(tokens[-1])} {word}" if tokens else ""
        known = (
            word in lex.places
            or pair in lex.places
            or word in lex.nationalities
            or form in ("US", "UK", "U.S.", "U.K.", "UN", "EU")
        )
        led = bool(words) and word in _DIRECTIONS | {"new"} and form[0].isupper()
        if not (known or led or word in ("former", "then") or (words and f"{word} {_plain(words[0])}" in lex.places)):
            break
        words.insert(0, form)
        if not form[0].isupper():
            break
    governed = bool(tokens) and _plain(tokens[-1]) in (
        "of",
        "in",
        "from",
        "at",
        "for",
    )  # "Crown Prince of Kuwait Sheikh ..."
    if governed or (len(words) == 1 and _plain(words[0]) in _DIRECTIONS):
        return ""
    return " ".join(words)


def is_role(word: str, lex: Lexicon) -> bool:
    """Whether a folded word names an office, alone, in the plural or as part of a compound."""
    if not lex.roles.isdisjoint((word, singular(word))) or not _occupations().isdisjoint((word, singular(word))):
        return True
    return "-" in word and any(part in lex.roles for part in word.split("-"))


def role_in(words: Sequence[str], lex: Lexicon) -> bool:
    return any(is_role(_plain(word), lex) for word in words)


def office_before(text: str, start: int, floor: int, lex: Lexicon) -> tuple[str | None, str]:
    """(the office, the folded title) that stand before the name at ``start``; nothing before ``floor`` is read."""
    begin = max(0, start - _LONGEST)
    left = text[begin:start]
    if floor > begin:
        owner = re.match(r"[’']s? ", text[floor : floor + 3])
        left = text[max(begin, text.rfind(" ", 0, floor - 1) + 1) if owner else floor : start]
    tokens = left.split("\n\n")[-1].split()
    if left[-1:] not in (" ", "\n", "\u00a0"):
        return None, ""
    title = ""
    while (
        tokens
        and not tokens[-1].endswith(",")
        and _plain(tokens[-1]) in lex.titles | {"sens", "reps"}
        and not _is_office_too(tokens, lex)
    ):
        title = _plain(tokens.pop())
    words = _collected(tokens, lex)
    words = _cut_at_connectors(words, lex, apart=bool(tokens) and tokens[-1].endswith(","))
    while words and (words[0].lower() in _OWNERS or _plain(words[0]) in ("then", "now", "also", *_CONNECTORS)):
        words.pop(0)
    if len(words) > 1 and words[0].endswith("ing") and _plain(words[1]) in lex.nationalities | lex.places:
        words.pop(0)  # "Welcoming Soviet leader"
    if not words or not role_in(words, lex) or words[-1].endswith(("’s", "'s")):
        return None, title
    if not (is_role(_plain(words[-1]), lex) or _CONNECTORS & {word.lower() for word in words}):
        return None, title
    return " ".join(words), title


def _is_office_too(tokens: Sequence[str], lex: Lexicon) -> bool:
    """Words such as "president" and "general" end an office when a modifier stands before: "Attorney General"."""
    word = _plain(tokens[-1])
    return tokens[-1][:1].islower() or (
        word in lex.roles
        and (len(tokens) > 1 and (tokens[-2][:1].isupper() or _plain(tokens[-2]) in lex.role_modifiers))
    )


def _collected(tokens: Sequence[str], lex: Lexicon) -> list[str]:
    """The words leftwards that can belong to one office, in reading order."""
    words: list[str] = []
    index = len(tokens) - 1
    while index >= 0 and len(words) < _MOST_WORDS:
        raw = tokens[index]
        ends = raw[-1] in ".!?:;…" and not _INITIALS.search(raw) and _plain(raw) not in _ABBREVIATED
        if ends or raw[-1] in ')”"’>' or (raw.endswith(",") and words):
            break
        form = _ELIDED.sub("", raw.rstrip(",").lstrip('(“"‘<'))
        word = _plain(form)
        if not form or not _belongs(form, word, words, tokens[:index], lex):
            break
        words.insert(0, form)
        if form != raw.rstrip(",") or word in _OWNERS - _CONNECTORS - {"the"}:
            break
        index -= 1
    return words


def _belongs(form: str, word: str, words: list[str], before: Sequence[str], lex: Lexicon) -> bool:
    if form[0].isdigit() or word in lex.speech or speech_of("en").codes.get(word) == VERB:
        return False
    if word in _FORMER or word in ("former", "acting", "interim", "deputy", "incoming", "outgoing"):
        return bool(words)
    right = _plain(words[0]) if words else ""
    if word == "the":
        return bool(before) and before[-1] in ("of", "for") and bool(words)
    if word in _CONNECTORS:
        return bool(words) and bool(before)
    if form[0].isupper():
        if (form.rstrip(".").isupper() and 1 < len(form) <= 6) or (word == "new" and words and words[0][0].isupper()):
            return True
        return (
            word not in lex.not_names
            or word in lex.nationalities
            or word in _DIRECTIONS | lex.orgs
            or is_role(word, lex)
        )
    if is_role(word, lex) or word in lex.role_modifiers:
        return True
    if not words or word in _STOP or word in lex.not_names or word in lex.verbs or word.endswith("ly"):
        return word in _OWNERS and bool(words)
    if word.endswith("ed") and word not in PARTICIPLES:
        return False
    return words[0][0].islower() and right not in _OWNERS and right not in _CONNECTORS


def _cut_at_connectors(words: list[str], lex: Lexicon, apart: bool) -> list[str]:
    """Without what belongs to another office or thing: "criticism of | Prime Minister", "France and | Treasurer"; whole where
    a comma sets it ``apart`` from the name: "Minister of Justice, Gunnar Strom"."""
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word not in _CONNECTORS:
            continue
        left, right = words[:index], words[index + 1 :]
        right = right[1:] if right and right[0] == "the" else right
        nearest = _plain(left[-1]) if left else ""
        if not left or not right:
            return right
        if word == "and":
            both = left[-1][0].isupper() and right[0][0].isupper() and nearest not in lex.places
            keep = is_role(nearest, lex) if not both else True
            if role_in(right, lex) and not keep:
                return right
        elif role_in(right, lex):
            if nearest not in _CONTAINERS | _MINISTRIES and not (apart and word == "of" and is_role(nearest, lex)):
                return right
        elif not role_in(left, lex):
            return right
    return words


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", fold(word.strip('(“"‘’”,<>)')).rstrip(".,"))
