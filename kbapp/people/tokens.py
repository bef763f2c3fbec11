"""Runs of capitalised words in a text: the only places where a name can stand in scripts that have capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbapp.text.folding import fold

MAX_RUN = 24  # words; a longer run is a list or a headline in capitals and is cut


def _class(test: str) -> str:
    """A character class body of the letters below U+2000 that pass ``str.isupper`` or ``str.islower``."""
    ranges: list[list[int]] = []
    for code in range(0x41, 0x2000):
        if getattr(chr(code), test)() and chr(code).isalpha():
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in ranges)


UPPER = _class("isupper")
_LETTER = r"[^\W\d_]"
_PARTICLES = "al|el|ul|bin|ibn|bint|ben|abu|van|von|der|den|de|del|della|delle|degli|di|da|do|dos|das|la|le|los|las|du|des|ten|ter|te|zu|zur|zum|af|av|dal|dalla|y|e"
_WORD = (
    rf"(?:(?:al|el|ad|as|ash|at|an|ar|az|ul|ud|ed|es|d|l|dell|dall)[-’'])?(?:[{UPPER}][’'])?[{UPPER}](?:{_LETTER}|[\u0300-\u036f])*"
    rf"(?:[’'‑-](?![sS]\b){_LETTER}+)*"
)
_INITIALS = rf"[{UPPER}]\.(?:[ -]?[{UPPER}]\.)*(?!\w)|(?:[{UPPER}]\.)+(?=[{UPPER}]{_LETTER}{{2}})"
# Without stops: "J K Rowling", "George W Bush"; "A" and "I" are words.
_INITIALS += rf"|(?<![’'.])[B-HJ-Z](?: [A-Z])?(?= [{UPPER}]{_LETTER}{{2}})"
_PIECE = re.compile(
    rf"(?<![\w@#/&])(?:(?P<initials>{_INITIALS})|(?P<word>{_WORD})|(?P<particle>(?:{_PARTICLES})(?=\s)))"
    rf"|(?<=\s)[\"“'‘](?P<nick>{_WORD})[\"”'’](?=\s)"
)
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt cmdr adm sgt cpl brig rev fr st jr sr hon pres sec supt insp det".split()
)
_ENDS = frozenset('.!?:;"“”„«»‘([{—–•*|>…\n\t')


@dataclass(slots=True)
class Token:
    """One word of a run: its place in the text, the form as written and folded, and which kind of piece it is."""

    start: int
    end: int
    form: str
    folded: str
    kind: str


@dataclass(slots=True)
class Run:
    """Neighbouring capitalised words, with particles between them; ``opens`` when it begins a sentence."""

    tokens: list[Token]
    opens: bool


def find_runs(text: str) -> Iterator[Run]:
    """The runs of a text in order; a possessive, a line's end or a sentence's end closes a run."""
    tokens: list[Token] = []
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "word"
        if kind == "particle" and not (tokens and _touch(text, tokens[-1], match.start())):
            continue
        form = match[kind]
        token = Token(*match.span(kind), form, fold(form), kind)
        if tokens and (len(tokens) >= MAX_RUN or not _touch(text, tokens[-1], match.start())):
            yield from _run(text, tokens)
            tokens = []
        tokens.append(token)
    yield from _run(text, tokens)


def _touch(text: str, before: Token, start: int) -> bool:
    """Whether nothing but a space stands between two words, or the full stop of an abbreviation."""
    gap = text[before.end : start]
    if gap == " " or gap == "\u00a0":
        return True
    if gap in (". ", "."):
        return before.folded in _ABBREVIATED
    return gap in ("  ", "", '" ', "” ", "’ ", "' ") and (gap != "" or before.kind == "initials") and (
        gap in ("  ", "") or before.kind == "nick"
    )  # fmt: skip


def _run(text: str, tokens: list[Token]) -> Iterator[Run]:
    while tokens and tokens[-1].kind in ("particle", "nick"):
        tokens.pop()
    if tokens:
        yield Run(tokens, opens_sentence(text, tokens[0].start))


def opens_sentence(text: str, start: int) -> bool:
    """Whether the word at ``start`` owes its capital to its place."""
    index = start - 1
    while index >= 0 and text[index] in " \u00a0":
        index -= 1
    return index < 0 or text[index] in _ENDS or (text[index] in "”’'\"" and index > 0 and text[index - 1] in ".!?,")
