"""The few words by which an article says who a person is, chosen among everything that stands around the mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kbapp.domain import FieldName
from kbapp.people.appositions import Place, phrases_after
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.reasons import Reason
from kbapp.people.titles import is_kin, is_plural_role, office_before, place_before, singular
from kbapp.text.folding import fold

_OF = re.compile(r",? (?:of|from|at|with) (?:the )?(?P<what>[A-Z][\w&’'-]*(?: (?:of|for|the|[A-Z][\w&’'-]*))*)")
_PARTY = re.compile(r",? ?\(?((?:D|R|I)-[A-Z][\w.]*)")
_LIST = re.compile(r",? (?:and |& |und |et |y |e |en )|, ")
_RANKS = {
    "sen": "Senator", "senator": "Senator", "sens": "Senator", "rep": "Representative", "reps": "Representative",
    "representative": "Representative", "gov": "Governor", "governor": "Governor", "gen": "General", "general": "General",
    "col": "Colonel", "colonel": "Colonel", "adm": "Admiral", "admiral": "Admiral", "capt": "Captain", "sgt": "Sergeant",
    "judge": "Judge", "justice": "Justice", "king": "King", "queen": "Queen", "prince": "Prince", "princess": "Princess",
    "pope": "Pope", "cardinal": "Cardinal", "archbishop": "Archbishop", "bishop": "Bishop", "rabbi": "Rabbi",
    "ayatollah": "Ayatollah", "imam": "Imam", "emperor": "Emperor", "sultan": "Sultan", "sheikh": "Sheikh",
    "congressman": "Congressman", "congresswoman": "Congresswoman", "prof": "Professor", "professor": "Professor",
}  # fmt: skip
_MOST_MENTIONS = 30
_LONGEST_LIST = 12

Found = tuple[float, str, Reason]


def describe(
    fields: Mapping[FieldName, str], mentions: Sequence[MentionCandidate], names: Mapping[FieldName, Sequence[Place]]
) -> tuple[str, Reason] | None:
    """The best short description near the mentions and why it is theirs, or None.

    ``names`` are the places of everybody's names in each field, in order: words beyond one of them belong to somebody else.
    """
    lex = lexicon()
    best: Found | None = None
    for number, mention in enumerate(mentions[:_MOST_MENTIONS]):
        text = fields[mention.field]
        for weight, what, reason in _candidates(text, mention, names.get(mention.field, ()), lex):
            words = len(what.split())
            weight += min(words, 5) * 0.12 - number * 0.03 - (0.6 if mention.field != "text" else 0.0)
            if words == 1:
                weight -= 0.5
            if best is None or weight > best[0]:
                best = (weight, what, reason)
    return best[1:] if best else None


def _candidates(text: str, mention: MentionCandidate, names: Sequence[Place], lex: Lexicon) -> Iterator[Found]:
    index = bisect_left(names, (mention.start, 0))
    floor = names[index - 1][1] if index else 0
    office, title = office_before(text, mention.start, floor, lex)
    if office and (own := _own_office(text, office, index, names, lex)):
        yield own
    elif not office and (shared := _office_of_the_list(text, index, names, lex)):
        yield shared
    if title in _RANKS:
        rank = f"{place_before(text, mention.start, floor, lex)} {_RANKS[title]}".strip()
        party = _PARTY.match(text, mention.end)
        yield 1.4, f"{rank} ({party[1].rstrip('.')}.)" if party else rank, Reason.TITLE_BEFORE
    for found in phrases_after(text, mention.start, mention.end, names, lex):
        if len(mention.key) > 1 or found[2] is not Reason.SAYS_WHAT_IS:
            yield found
    if len(mention.key) > 1 and (match := _OF.match(text, mention.end)):
        words = match["what"].split()
        while words and words[-1] in ("of", "for", "the"):
            words.pop()
        if len(words) > 1 and any(fold(word) in lex.orgs for word in words):
            yield 1.0, " ".join(words), Reason.PLACE_OF_WORK


def _own_office(text: str, office: str, index: int, names: Sequence[Place], lex: Lexicon) -> Found | None:
    """An office that stands before a name: as it is, in the singular before a list of names, None for kin and crowds."""
    last = fold(office.rsplit(maxsplit=1)[-1])
    if is_kin(singular(last)) or (index and _is_the_other_ones(text, names[index - 1][1], names[index][0], office)):
        return None
    if not is_plural_role(last, lex):
        return 3.0, office, Reason.OFFICE_BEFORE
    begins_list = index + 1 < len(names) and _LIST.fullmatch(text[names[index][1] : names[index + 1][0]])
    return (2.6, _in_the_singular(office), Reason.HEAD_OF_LIST) if begins_list else None


def _is_the_other_ones(text: str, end: int, start: int, office: str) -> bool:
    """Whether an office between two names is that of the first: "Reddy, Principal Counsel, Mario Chung"."""
    between = text[end:start]
    return between.startswith(", ") and between.endswith(", ") and between.count(",") == 2 and office in between


def _office_of_the_list(text: str, index: int, names: Sequence[Place], lex: Lexicon) -> Found | None:
    """What the words before a list of names say of each: "Two scientists, Tony Manz and Doug Johns"."""
    first = index
    while (
        first
        and index - first < _LONGEST_LIST
        and first < len(names)
        and _LIST.fullmatch(text[names[first - 1][1] : names[first][0]])
    ):
        first -= 1
    if first == index:
        return None
    office, _ = office_before(text, names[first][0], names[first - 1][1] if first else 0, lex)
    if not office or not is_plural_role(last := fold(office.split()[-1]), lex) or is_kin(singular(last)):
        return None
    return 2.5, _in_the_singular(office), Reason.HEAD_OF_LIST


def _in_the_singular(office: str) -> str:
    before, _, last = office.rpartition(" ")
    return f"{before} {singular(last)}".strip()
