"""Whom "he said" or "she said" means: answered only where sex, title and nearness leave one person."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from kbapp.people.quotations.attribution import HE
from kbapp.people.quotations.clauses import Name

_REACH = 900  # characters back; beyond them nobody says "he" any more
_UNNAMED = re.compile(
    r"(?i)\b(?:one|another|an?|my|your|our) (?:[\w’'-]+ ){0,3}?(?:said|says|added|told|noted|commented|predicted|warned|recalled|thought)\b"
    r"|(?:[.!?…”\"] |\n)(?:one|another|an?|my|your|our) (?:[\w’'-]+ ){0,3}?(?:man|woman|mother|father|wife|husband|friend|neighbou?r|"
    r"official|spokesman|spokeswoman|teacher|student|nurse)\b"
)
_MODIFIES = re.compile(
    r"[’']s?\b| (?:campaign|camp|team|aides?|administration|supporters?|spokesm[ae]n|spokeswom[ae]n|voters?|family|foundation|"
    r"adviser|advisor|ally|allies|presidency|era|rally|rallies|government|organi[sz]ation|doctrine|plan|bill|act)\b"
)


def meant(
    pronoun: int,
    text: str,
    names: Sequence[Name],
    position: int,
    sex_of: Callable[[int], str],
    last_speaker: tuple[int, int] | None,
    likely: int | None,
    paragraph_starts: Sequence[int],
) -> int | None:
    """The person's number, or None.

    ``names`` are those outside of quotations, in order; ``position`` is where the pronoun's sentence begins;
    ``last_speaker`` is (person, where their last words end), ``likely`` whoever the sentence before has speak.
    """
    wanted = "m" if pronoun == HE else "f"
    near = names[bisect_left(names, position - _REACH, key=_start) : bisect_left(names, position, key=_start)]
    if not near or _UNNAMED.search(text, near[-1].end, position):
        return None
    near = [name for name in near if sex_of(name.person) in (wanted, "")]
    if likely is not None and sex_of(likely) == wanted:
        return likely
    acting = [name for name in near if not _MODIFIES.match(text, name.end)]
    if last_speaker and position - last_speaker[1] <= _REACH and sex_of(last_speaker[0]) in (wanted, ""):
        since = {name.person for name in acting if name.start >= last_speaker[1]}
        if not since - {last_speaker[0]}:
            return last_speaker[0]
    begin = paragraph_starts[max(0, bisect_right(paragraph_starts, position) - 2)]
    for reach in (begin, position - _REACH):
        fitting = {name.person for name in acting if name.start >= reach}
        if len(fitting) == 1 and (sex_of(person := fitting.pop()) or _begins(text, acting, person)):
            return person
        if fitting:
            return None
    return None


def _begins(text: str, names: Sequence[Name], person: int) -> bool:
    """Whether somebody of unknown sex is named on their own, not only as somebody's "his rival, Lee"."""
    return any(name.person == person and text[max(0, name.start - 2) : name.start] != ", " for name in names)


def _start(name: Name) -> int:
    return name.start
