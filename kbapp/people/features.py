"""What the learned weights look at: for each word of a run its form, its neighbours, its cues and the whole text.

A feature belongs to a table and a key: the word at an offset, the rules' opinion of the place, the cues found, what the
rest of the text says of the word. ``names_of`` spells a key out as feature names. The training script gives those to
the trainer; at run time their weights are added up once for each key.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from kbapp.people.lexicon import lexicon
from kbapp.people.tokens import Run
from kbapp.text.folding import fold

TABLES = 11  # keys a word has
_PLACE, _CUES, _TEXT, _RULES = 7, 8, 9, 10
_OFFSETS = (-2, -1, 0, 1, 2)
_AT = {0: "", **{offset: f"{offset:+d}" for offset in (-2, -1, 1, 2)}}
_CONTEXT = re.compile(r"\n|[^\W\d_][\w’'-]*|\d[\d.,]*|[^\w\s]")
_TWO = re.compile(rf"[^\S\n]*({_CONTEXT.pattern})?[^\S\n]*({_CONTEXT.pattern})?")
_REACH = 32  # characters read for the two words before
_NOTHING = "\n"
_LISTS = (
    "given", "family", "mononyms", "places", "cities", "towns", "place_heads", "words", "titles", "roles", "role_modifiers", "orgs", "speech", "verbs",
    "nationalities", "particles", "suffixes", "not_names", "sentence_words", "brands", "surnames_first",
)  # fmt: skip
_FAR_LISTS = ("given", "family", "titles", "roles", "speech", "orgs")

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Place:
    """What the rules say of one word: ``part`` of its segment (B, I, L, U or "" outside of one), the segment's
    ``points`` rounded, its ``cues``, ``tag`` (the rules' decision with its kind, "" for no person)."""

    kind: str
    part: str = ""
    cue: str = ""
    points: int = 0
    tag: str = ""
    cues: tuple[str, ...] = ()


def keys_of_run(
    text: str, run: Run, places: list[Place], said: dict[str, tuple[str, ...]], style: str
) -> Iterator[tuple[Hashable, ...]]:
    """The ``TABLES`` keys of each word of a run. ``said`` holds what the whole text says of a folded word, ``style`` is
    how the paragraph writes capitals ("", "title" or "capitals")."""
    tokens = run.tokens
    before = _CONTEXT.findall(text, max(0, tokens[0].start - _REACH), tokens[0].start)[-2:]
    following = _TWO.match(text, tokens[-1].end)
    after = [word for word in following.groups() if word] if following else []
    words = [_NOTHING] * (2 - len(before)) + before + [token.form for token in tokens] + after + [_NOTHING] * 2
    shapes = [shape(word) for word in words]
    tags = ["", *(place.tag for place in places), ""]
    for index, token in enumerate(tokens):
        place = places[index]
        at = index + 2
        opens = run.opens and index == 0
        yield (
            words[index],
            words[index + 1],
            words[at],
            words[at + 1],
            words[at + 2],
            (shapes[at - 1], shapes[at]),
            (shapes[at], shapes[at + 1]),
            (place.kind, place.part, place.cue, place.points, place.tag, opens, style),
            place.cues,
            said.get(token.folded, ()),
            (tags[index], place.tag, tags[index + 2]),
        )


def names_of(table: int, key: Hashable) -> list[str]:
    """The names of the features that a key of a table stands for."""
    if table < 5:
        assert isinstance(key, str)
        return _of_word(_OFFSETS[table], key)
    assert isinstance(key, tuple)
    if table < _PLACE:
        return [f"{'-' if table == 5 else '+'}shape={key[0]}|{key[1]}"]
    if table == _PLACE:
        kind, part, cue, points, tag, opens, style = key
        return [
            f"kind={kind}", f"part={part}", f"cue={cue}", f"points={points}", f"tag={tag}", f"tag+part={tag}|{part}",
            f"style={style}", f"style+tag={style}|{tag}", f"opens={opens}", f"opens+part={opens}|{part}",
            f"part+points={part}|{points}",
        ]  # fmt: skip
    if table == _CUES:
        return [f"cue:{cue}" for cue in key]
    if table == _TEXT:
        return [f"text:{word}" for word in key]
    return [f"tags={key[0]}|{key[1]}|{key[2]}", f"tags-={key[0]}|{key[1]}", f"tags+={key[1]}|{key[2]}"]


def _of_word(offset: int, word: str) -> list[str]:
    if word == _NOTHING:
        return [f"{_AT[offset]}edge"]
    folded = fold(word).rstrip(".")
    lists = lists_of(word)
    at = _AT[offset]
    names = [f"{at}word={folded}", f"{at}shape={shape(word)}"]
    if abs(offset) == 2:
        return names + [f"{at}list={name}" for name in lists if name in _FAR_LISTS]
    names += [f"{at}list={name}" for name in lists]
    if offset:
        return [*names, f"{at}lists={'|'.join(lists)}"]
    names += [f"end3={folded[-3:]}", f"end2={folded[-2:]}", f"begin3={folded[:3]}", "always"]
    if word[:1].isupper():
        names.append(f"lists={'|'.join(lists)}")
        if "-" in word:
            names.append("hyphen")
            names += [f"part={name}" for name in {n for part in folded.split("-") for n in lists_of(part)}]
    return names


@functools.lru_cache(maxsize=50_000)
def lists_of(word: str) -> tuple[str, ...]:
    """The lists of the lexicon in which a word stands."""
    lex = lexicon()
    folded = fold(word).rstrip(".")
    return tuple(name for name in _LISTS if folded in getattr(lex, name))


@functools.lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """The word with X for capitals, x for small letters, 9 for digits; of more than two alike two are kept."""
    if word == _NOTHING:
        return "edge"
    classes = "".join("X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1{2,}", r"\1\1", classes)
