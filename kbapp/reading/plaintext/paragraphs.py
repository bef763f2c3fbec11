"""Lines of plain text to paragraphs, whether lines were wrapped hard, blank lines left out, or first lines indented."""

from __future__ import annotations

import re

from kbapp.reading.fields.dates import is_date_only

_ENDS = re.compile(r"[.!?:…。！？][\"”’'»)\]]*$")
# "Date: ...", and in lower case only the labels that heads of articles carry
_KEYED = re.compile(
    r"(?:[A-Z][\w -]{1,20}|title|headline|subtitle|dek|author|by|date|published|source|from|url|link|tags|language|section|bio):\s+\S"
)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-$")


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line; list items and keyed lines stay apart."""
    lines = [line.rstrip() for line in text.expandtabs(4).split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    groups = _blank_separated(lines)
    width = _wrap_width(lines)
    paragraphs: list[str] = []
    for group in groups:
        paragraphs += _split_group(group, width)
    return [paragraph for paragraph in paragraphs if paragraph]


def _blank_separated(lines: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrap_width(lines: list[str]) -> int | None:
    """The column at which the lines were wrapped, or None when each paragraph is one long line."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 4:
        return None
    longest = lengths[-1]
    if longest > 110 or longest < 30:
        return None
    near = sum(1 for length in lengths if length > longest * 0.75)
    return longest if near >= len(lengths) * 0.4 else None


def _split_group(group: list[str], width: int | None) -> list[str]:
    """The lines between two blank lines: one paragraph when wrapped, else a paragraph a line."""
    paragraphs: list[list[str]] = []
    for number, line in enumerate(group):
        if number == 0 or _starts_new(group[number - 1], line, width):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return [_join(lines) for lines in paragraphs]


def _starts_new(before: str, line: str, width: int | None) -> bool:
    stripped = line.strip()
    if re.match(r"(?:[-*•‣◦]|\d{1,3}[.)])\s+\S", stripped) or _KEYED.match(stripped):
        return True
    if line.startswith(">") != before.startswith(">"):
        return True
    if width is None:
        return len(before) > 110 or len(line) > 110 or _short_and_separate(before, line)
    if line[:1] == " " and before[:1] != " " and not stripped.startswith("-"):
        return True  # an indented first line
    room = width - len(before.rstrip())
    first_word = stripped.split(" ", 1)[0]
    if room <= len(first_word) + 1:
        return False
    return (room > max(12, len(first_word) + 1) and bool(_ENDS.search(before))) or (
        room > width * 0.4 and stripped[:1].isupper()
    )


def _short_and_separate(before: str, line: str) -> bool:
    """Two short lines that touch: a headline over a byline or a date, not one sentence broken in two."""
    stripped = line.strip()
    if len(before) < 60 and len(stripped) < 60 and is_date_only(stripped):
        return True
    return stripped[:1].isupper() and (len(before) < 60 or bool(_ENDS.search(before)))


def _join(lines: list[str]) -> str:
    """One line of several; only the end of what is joined already is looked at, so that a long paragraph costs no more."""
    pieces = [lines[0].strip()]
    quoted = pieces[0].startswith(">")
    for line in lines[1:]:
        piece = line.strip().lstrip("> ") if quoted else line.strip()
        before = pieces[-1]
        if not _HYPHENATED.search(before[-2:]) or not piece:
            pieces.append(f" {piece}")
        elif piece[0].islower():
            pieces[-1] = _without_break(before)
            pieces.append(piece)
        else:  # a double name, cut at its hyphen
            pieces.append(piece if piece[0].isupper() else f" {piece}")
    return re.sub(r"[ \u00a0]{2,}", " ", "".join(pieces))


def _without_break(text: str) -> str:
    """A hyphen at the end of a line is kept when the halves are words of a compound such as "long-term"."""
    word = re.findall(r"[^\W\d_]+", text[-40:])[-1].lower()
    return text if word in _COMPOUND_HEADS else text[:-1]


_COMPOUND_HEADS = frozenset(
    "long short well self non anti pro ex post pre half high low full part so much state old new left right year".split()
)
