"""The few words by which an article says who a person is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kbapp.people.names import fold, lexicon

if TYPE_CHECKING:
    from kbapp.domain import FieldName
    from kbapp.people.recogniser import Spot

_BEFORE = re.compile(r"(?:^|(?<=[\s(“\"]))((?:[\w’'./&-]+,? ){0,7}?[\w’'-]+)(,?) $")
_AFTER = re.compile(
    r"^, (?P<what>(?:(?:an?|the|his|her|its|their|who is|who was|then|now)\s+)?[^,.;:()“”\"—\n]{3,90})(?=[,.;)—]|$)"
)
_IS = re.compile(
    r"^(?:,? who)? (?:is|was|serves as|served as|works as|became|has been) (?P<what>(?:an?|the|its|now|then)?\s?[^,.;:()“”\"—\n]{3,110})"
)
_LEADING = re.compile(r"^(?:an?|the|who is|who was|then|now)\s+", re.I)
_VERB = re.compile(
    r"^(?:who|whose|which)\b|\b(?:said|says|told|added|has|had|have|was|were|is|are|will|would|could|and|but|when|while|after|before|which|that|because|reported|according|including)\b"
)
_STOP_BEFORE = frozenset(
    "said says told by with and but that to of for from the a an in at on as he she his her when while after".split()
)
_MAX_SPOTS = 30


def describe(fields: dict[FieldName, str], spots: list[Spot]) -> str | None:
    """The best short description near the mentions, or None: an office before the name, an apposition, "X is ..."."""
    best: tuple[float, str] | None = None
    for number, spot in enumerate(spots[:_MAX_SPOTS]):
        text = fields[spot.field]
        for weight, found in _candidates(text, spot):
            weight -= number * 0.03 + (0.6 if spot.field != "text" else 0.0)
            if best is None or weight > best[0]:
                best = (weight, found)
    return best[1] if best else None


def _candidates(text: str, spot: Spot) -> list[tuple[float, str]]:
    found = []
    if spot.cue == "role" or spot.lead_start >= 0:
        lead = _extend_left(text, spot.lead_start, text[spot.lead_start : spot.start].strip(" ,"))
        if _is_office(lead):
            found.append((3.0 + min(len(lead.split()), 4) * 0.15, lead))
    else:
        before = _office_before(text[max(0, spot.start - 90) : spot.start])
        if before:
            found.append((2.6 + min(len(before.split()), 4) * 0.1, before))
    after = text[spot.end : spot.end + 160]
    if match := _AFTER.match(after):
        what = _LEADING.sub("", match["what"]).strip()
        if _is_office(what) and not _VERB.search(what.split(" of ")[0]):
            found.append((2.8, what))
    if len(spot.key) > 1 and (match := _IS.match(after)):
        what = _LEADING.sub("", match["what"].strip()).strip()
        if _is_office(what):
            found.append((2.0, what))
    return found


def _extend_left(text: str, start: int, lead: str) -> str:
    """Lower-case words and possessives just before an office in capitals belong to it: "Iran’s Supreme Leader, Ayatollah"."""
    before = text[max(0, start - 60) : start]
    match = re.search(r"((?:[A-Z][\w-]+[’']s? )?(?:[A-Z][\w-]+ ){0,3}[A-Z][\w-]+),? $", before)
    if match and any(fold(word) in lexicon().roles for word in match[1].split()):
        # A fuller office stands before a mere title.
        words = lead.split()
        return match[1] if all(fold(word.strip(".")) in lexicon().titles for word in words) else f"{match[1]} {lead}"
    owner = re.search(r"([A-Z][\w.-]+[’']s?) $", before)
    if owner and owner[1][-1] in "s’'" and re.search(r"[’']", owner[1]):
        return f"{owner[1]} {lead}"
    small = re.search(r"((?:former|acting|deputy|ex-\w+|outgoing|incoming|late) )$", before)
    return f"{small[1]}{lead}" if small else lead


def _office_before(before: str) -> str | None:
    """Lower-case offices: "the bank’s chief economist Anna Li", "his lawyer, Tom Wu"."""
    clause = re.split(r"[.;:!?()“”\"—\n]|, (?=.*, )", before)[-1]
    words = clause.rstrip(" ,").split(" ")
    lex = lexicon()
    if not words or fold(words[-1].strip(",")) not in lex.roles or not words[-1][:1].islower():
        return None
    start = len(words) - 1
    while start > 0 and len(words) - start < 6:
        word = words[start - 1]
        if (
            not word
            or word.endswith(",")
            or fold(word) in _STOP_BEFORE
            or fold(word) in lex.speech
            or fold(word) in lex.verbs
        ):
            break
        start -= 1
    return " ".join(words[start:]).strip(" ,") or None


def _is_office(words: str) -> bool:
    lex = lexicon()
    folded = [fold(word.strip(".,’'")) for word in words.split()]
    folded = [re.sub(r"'s$", "", word) for word in folded]
    if not folded or len(folded) > 16:
        return False
    offices = [word for word in folded if word in lex.roles or word.rstrip("s") in lex.roles]
    return bool(offices) and not all(word in lex.titles and word not in ("president", "senator") for word in folded)
