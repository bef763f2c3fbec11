"""The office that stands before a name, read from the name leftwards: "EC External Trade Commissioner", "his lawyer"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbapp.people.lexicon import Lexicon
from kbapp.text.folding import fold

_INITIALS = re.compile(r"(?:[A-Z]\.)+$")
_ELIDED = re.compile(r"^[lL][’'](?=\w)")  # "l’ancien ingénieur"
_ABBREVIATED = frozenset(
    "inc corp co ltd st mr mrs ms dr prof sen sens rep reps gov gen lt col maj capt adm sgt jr sr".split()
)
_CONNECTORS = frozenset("of for and".split())
_OWNERS = frozenset("his her its their our my your the a an this that".split())
_STOP = frozenset(
    "by with but to from in at on as when while after whether said told called named told against about between than "
    "day days week month months year years today yesterday tomorrow earlier later last next only pct mln billion who which "
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


def is_role(word: str, lex: Lexicon) -> bool:
    """Whether a folded word names an office, alone, in the plural or as part of a compound."""
    if word in lex.roles or (word.endswith("s") and word[:-1] in lex.roles):
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
    while tokens and _plain(tokens[-1]) in lex.titles | {"sens", "reps"} and not _is_office_too(tokens, lex):
        title = _plain(tokens.pop())
    words = _collected(tokens, lex)
    words = _cut_at_connectors(words, lex)
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
        if form != raw.rstrip(",") or word in _OWNERS - {"the"}:
            break
        index -= 1
    return words


def _belongs(form: str, word: str, words: list[str], before: Sequence[str], lex: Lexicon) -> bool:
    if form[0].isdigit() or word in lex.speech:
        return False
    right = _plain(words[0]) if words else ""
    if word == "the":
        return bool(before) and before[-1] in ("of", "for") and bool(words)
    if word in _CONNECTORS:
        return bool(words) and bool(before)
    if form[0].isupper():
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


def _cut_at_connectors(words: list[str], lex: Lexicon) -> list[str]:
    """Without what belongs to another office or thing: "criticism of | Prime Minister", "France and | Treasurer"."""
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
            if nearest not in _CONTAINERS:
                return right
        elif not role_in(left, lex):
            return right
    return words


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", fold(word.strip('(“"‘’”,<>)')).rstrip(".,"))
