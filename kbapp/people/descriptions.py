"""The few words by which an article says who a person is: an office before the name, an apposition, "X is ..."."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kbapp.domain import FieldName
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.mentions import MentionCandidate
from kbapp.people.titles import PARTICIPLES, office_before, role_in
from kbapp.text.folding import fold

_PHRASE = r"(?:[^,.;:()“”\"—\n<>]|(?<=[A-Z])\.|\.(?=\w))"
_END = r"(?=[,.;)—(\n]| \(| (?:said|says|told|added)\b|$)"
_AFTER = re.compile(
    rf"^(?:,? (?:aged )?\d{{1,3}})?, (?:who (?:is|was) (?=(?:an?|the|its|now|then)\b)|then |now |also |currently |once )*"
    rf"(?P<what>{_PHRASE}{{3,110}}?){_END}"
)
_IS = re.compile(
    rf"^(?:,? who)? (?:is|was|serves as|served as|works as|became|has been) (?P<what>(?:an?|the|its|now|then)?\s?{_PHRASE}{{3,110}}?){_END}"
)
_AS = re.compile(
    rf"^,? (?:as|to be|to the (?:new |vacant )?(?:position|post|job|office) of) (?:its |the |an? )?(?P<what>{_PHRASE}{{3,90}}?)(?: and as\b|{_END})"
)
_APPOINTED = re.compile(
    r"\b(?:named|appointed|elected|chosen|chose|picked|hired|installed|nominated|promoted|succeeds?|succeeded|replaces?|replaced|replacing|succeeding)\b[^.,;]{0,30}$"
)
_OF = re.compile(r"^,? (?:of|from|at|with) (?:the )?(?P<what>[A-Z][\w&’'-]*(?: (?:of|for|the|[A-Z][\w&’'-]*))*)")
_PARTY = re.compile(r"^,? ?\(?((?:D|R|I)-[A-Z][\w.]*)")
_LEADING = re.compile(r"^(?:an?|the|his|her|its|their|our|then|now|also|currently)\s+", re.I)
_HEAD_END = re.compile(r"\b(?:of|for|at|in|who|which|that|from|with|to|on)\b")
_VERB = re.compile(
    r"^(?:who|whose|which)\b|\b(?:said|says|told|added|has|had|have|was|were|is|are|will|would|could|but|when|while|after|before|which|because|reported|according|including)\b"
)
_RANKS = {
    "sen": "Senator", "senator": "Senator", "sens": "Senator", "rep": "Representative", "reps": "Representative",
    "representative": "Representative", "gov": "Governor", "governor": "Governor", "gen": "General", "general": "General",
    "col": "Colonel", "colonel": "Colonel", "adm": "Admiral", "admiral": "Admiral", "capt": "Captain", "sgt": "Sergeant",
    "judge": "Judge", "justice": "Justice", "king": "King", "queen": "Queen", "prince": "Prince", "princess": "Princess",
    "pope": "Pope", "cardinal": "Cardinal", "archbishop": "Archbishop", "bishop": "Bishop", "rabbi": "Rabbi",
    "ayatollah": "Ayatollah", "imam": "Imam", "emperor": "Emperor", "sultan": "Sultan", "sheikh": "Sheikh",
    "congressman": "Congressman", "congresswoman": "Congresswoman", "prof": "Professor", "professor": "Professor",
}  # fmt: skip
_MAX_SPOTS = 30


def describe(
    fields: dict[FieldName, str], spots: list[MentionCandidate], places: dict[FieldName, list[int]]
) -> str | None:
    """The best short description near the mentions, or None. ``places`` are the sorted ends of all names of a field,
    beyond which the words before a name belong to somebody else."""
    lex = lexicon()
    best: tuple[float, str] | None = None
    for number, spot in enumerate(spots[:_MAX_SPOTS]):
        text, ends = fields[spot.field], places.get(spot.field, [])
        for weight, found in _candidates(text, spot, ends, lex):
            words = len(found.split())
            weight += min(words, 5) * 0.12 - number * 0.03 - (0.6 if spot.field != "text" else 0.0)
            if words == 1:
                weight -= 0.5
            if best is None or weight > best[0]:
                best = (weight, found)
    return best[1] if best else None


def _candidates(text: str, spot: MentionCandidate, ends: Sequence[int], lex: Lexicon) -> Iterator[tuple[float, str]]:
    index = bisect_right(ends, spot.start)
    floor = ends[index - 1] if index else 0
    office, title = office_before(text, spot.start, floor, lex)
    if office:
        yield 3.0, office
    after = text[spot.end : spot.end + 200]
    if title in _RANKS:
        party = _PARTY.match(after)
        yield 1.4, f"{_RANKS[title]} ({party[1].rstrip('.')}.)" if party else _RANKS[title]
    if (match := _AFTER.match(after)) and (what := _office(match["what"], lex)):
        yield 2.9, what
    if len(spot.key) > 1 and (match := _IS.match(after)) and (what := _office(match["what"], lex)):
        yield 2.0, what
    if (
        (match := _AS.match(after))
        and _APPOINTED.search(text[max(0, spot.start - 60) : spot.start])
        and (what := _office(match["what"], lex))
    ):
        yield 2.4, what
    if len(spot.key) > 1 and (match := _OF.match(after)):
        words = match["what"].split()
        while words and words[-1] in ("of", "for", "the"):
            words.pop()
        if len(words) > 1 and any(fold(word) in lex.orgs for word in words):
            yield 1.0, " ".join(words)


def _office(words: str, lex: Lexicon) -> str | None:
    """An apposition without its article, when it names an office; None for anything else."""
    what = words.strip()
    while (shorter := _LEADING.sub("", what)) != what:
        what = shorter
    head = _HEAD_END.split(what, maxsplit=1)[0]
    first = fold(what.split(" ", 1)[0])
    if first.endswith("ing") or (first.endswith("ed") and first not in PARTICIPLES):
        return None
    if len(what.split()) > 16 or not head.strip() or _VERB.search(head) or not role_in(head.split(), lex):
        return None
    return what
