"""A query's text to tokens with their places. Nothing is an error; what is odd is left for the parser to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["open", "close", "phrase", "field", "minus", "operator", "near", "word"]
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<open>\()|(?P<close>\))"
    r'|"(?P<phrase>[^"]*)(?P<quote>"?)(?:~(?P<slop>\d{1,2}))?'
    r"|(?P<field>[A-Za-z]+):(?![/\s)]|$)"
    r'|(?P<minus>-)(?=[^\s)\-])'
    r'|(?P<word>[^\s()"]+)'
)  # fmt: skip
_NEAR = re.compile(r"near/(\d{1,3})", re.I)
_OPERATORS = frozenset(["AND", "OR", "NOT", "ANDNOT", "ANDMAYBE"])
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟＂", '"') | dict.fromkeys("[]{}", " "))
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_GERSHAYIM = re.compile(r'(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query; ``start`` and ``end`` are its place in the text."""

    kind: Kind
    text: str
    start: int
    end: int
    slop: int = 1
    closed: bool = True


def tokens(text: str) -> list[Token]:
    """The tokens of a query. What stands between typographic quotation marks is a phrase too."""
    text = _GERSHAYIM.sub("״", _CONTROLS.sub(" ", text)).translate(_QUOTES)
    found: list[Token] = []
    begins = True  # whether a minus would stand before a word, not inside of one
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if match["space"] is not None:
            begins = True
            continue
        if match["phrase"] is not None:
            found.append(
                Token("phrase", match["phrase"], start, end, max(1, int(match["slop"] or 1)), match["quote"] == '"')
            )
        elif match["field"] is not None:
            found.append(Token("field", match["field"], start, end))
        elif match["minus"] is not None:
            if begins:
                found.append(Token("minus", "-", start, end))
        elif kind in ("open", "close"):
            found.append(Token("open" if kind == "open" else "close", match.group(), start, end))
        elif match["word"] in _OPERATORS:
            found.append(Token("operator", match["word"], start, end))
        elif near := _NEAR.fullmatch(match["word"]):
            found.append(Token("near", near[1], start, end))
        else:
            found.append(Token("word", match["word"], start, end))
        begins = match["open"] is not None
    return found
