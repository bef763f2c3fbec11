"""What stands after a name and says who it is: ", the mayor of Dover,", "is a physicist", "as chancellor".

No phrase runs into another person's name: it may end with one that it governs ("adviser to Sen. Thom Tilley"), and is
refused where the office is that person's ("..., actor Kevin Stone and comedian Chris Tull").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kbapp.people.lexicon import Lexicon
from kbapp.people.reasons import Reason
from kbapp.people.titles import PARTICIPLES, is_kin, is_plural_role, is_role, singular
from kbapp.text.folding import fold

Place = tuple[int, int]
"""Where some person is named: start and end."""

_OPEN = re.compile(
    r"(?:,? \(?(?:aged )?\d{1,3}\)?)?,? \(?(?:who (?:is|was) (?=(?:an?|the|its|now|then)\b)|(?:then|now|also|currently|once) )*"
)
_IS = re.compile(r"(?:,? who)? (?:is|was|serves as|served as|works as|worked as|became|has been) ")
_AS = re.compile(r",? (?:as|to be|to the (?:new |vacant )?(?:position|post|job|office) of) ")
_REPLACED = re.compile(
    r"(?:,? who)?(?: has| had)? (?:replaced|succeeded|replaces|succeeds|will replace|will succeed) [^,.;:]{3,60}? as "
)
_APPOINTED = re.compile(
    r"\b(?:named|appointed|elected|chosen|chose|picked|hired|installed|nominated|promoted|confirmed|appoints?|elects?|names?)\b[^.,;]{0,30}$"
)
_CUT = re.compile(
    r"[,;:()“”\"—–\n<>|]|\.(?=\s|$)| (?:said|says|told|added|and as|and is|and was|but|while|when|after|before|because|according|who|whose|which|and (?:his|her|their|its))\b"
)
_ABBREVIATED = re.compile(
    r"(?<![\w.])(?:Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Mr|Mrs|Ms|Dr|Prof|St|Inc|Corp|Co|Ltd|[A-Z]|(?:\w\.)+\w)$"
)
_LEADING = re.compile(
    r"^(?:an?|the|his|her|its|their|our|then|now|also|currently|der|die|das|ein|eine|le|la|les|un|une|il|lo|el|los|una|uno|o|um|uma|"
    r"de|het|een)\s+|^l[’']",
    re.I,
)  # fmt: skip
_HEAD_END = re.compile(
    r"\b(?:of|for|at|in|who|which|that|from|with|to|on|by|under|von|für|des|der|im|beim|du|de|del|della|di|do|da|van|pour|para|per|por|voor|à|dans|dal|zu|am|chez|al)\b|\bd[’']"
)
_GOVERNS = re.compile(r"\b(?:of|for|to|with|by|under|from|at)\b[^,]*$")
_AND_SOMEBODY = re.compile(r"(?:^|\s)and (?P<between>(?:[\w’'-]+ ){0,3})$")
_TRAILING = re.compile(r"[\s,]+(?:and|or|who|which|that|of|for|the|with|in|at|a|an)$")
_VERB = re.compile(
    r"\b(?:said|says|told|added|has|had|have|was|were|is|are|will|would|could|which|reported|including|whose)\b"
)
_AFTER_ROLE = frozenset("emeritus emerita general designate elect laureate turned".split())
# Surnames too: an occupation only in lower case.
_TRADES = frozenset(
    "baker butcher carpenter cook chef miner dean model marine potter mason sailor fisher plumber roofer tailor driver hunter "
    "shepherd weaver barber gardener painter farmer smith blacksmith locksmith porter page clerk steward marshal sheriff warden "
    "forester archer brewer cooper tanner saddler glazier bricklayer builder".split()
)
_LONGEST, _MOST_WORDS = 130, 16


def phrases_after(
    text: str, start: int, end: int, names: Sequence[Place], lex: Lexicon
) -> Iterator[tuple[float, str, Reason]]:
    """Weight, words and reason of each description that follows the name at ``text[start:end]``; ``names`` are the places
    of everybody's names in order."""
    if match := _OPEN.match(text, end):
        opening = match.group()
        if opening.lstrip().startswith((",", "(")) and (what := _office(text, match.end(), names, lex)):
            yield (2.9 if not _is_relative(what) else 1.2), what, Reason.WORDS_AFTER
    if (match := _IS.match(text, end)) and (what := _office(text, match.end(), names, lex)):
        yield 2.0, what, Reason.SAYS_WHAT_IS
    if (match := _REPLACED.match(text, end)) and (what := _office(text, match.end(), names, lex)):
        yield 2.4, what, Reason.APPOINTED
    if (
        (match := _AS.match(text, end))
        and _APPOINTED.search(text, max(0, start - 60), start)
        and (what := _office(text, match.end(), names, lex))
    ):
        yield 2.4, what, Reason.APPOINTED


def _office(text: str, start: int, names: Sequence[Place], lex: Lexicon) -> str | None:
    """The phrase that begins at ``start``, without its article, when it names an office; None for anything else."""
    what = _phrase(text, start, names)
    if what is None or what.startswith(("and ", "or ", "& ")):
        return None
    while (shorter := _LEADING.sub("", what)) != what:
        what = shorter
    head = _HEAD_END.split(what, maxsplit=1)[0]
    words = head.split()
    if not words or len(what.split()) > _MOST_WORDS or _VERB.search(head) or not _ends_in_role(words, what, lex):
        return None
    first = fold(words[0])
    if first.endswith(("ing", "ed")) and first not in PARTICIPLES and "-" not in first:
        return None
    return what


def _ends_in_role(words: list[str], what: str, lex: Lexicon) -> bool:
    """Whether the head of a phrase is one person's office: "tax consultant", not "Democrats wielded" and not "his wife"."""
    folded = [fold(word).strip("'’.") for word in words]
    for index in range(len(folded) - 1, -1, -1):
        if not is_role(folded[index], lex) and not (folded[index] in _TRADES and words[index].islower()):
            continue
        after = folded[index + 1 : index + 2]
        if (
            after
            and after[0] not in _AFTER_ROLE
            and not after[0].endswith(("ing", "-based", "ed"))
            and after[0] != "and"
        ):
            return False
        if is_plural_role(folded[index], lex) and singular(folded[index]) != folded[index]:
            return False
        return not is_kin(folded[index]) or " of " in what
    return False


def _is_relative(what: str) -> bool:
    return any(is_kin(word.removeprefix("ex-")) for word in fold(what).split()[:3])


def _phrase(text: str, start: int, names: Sequence[Place]) -> str | None:
    """The words from ``start`` to the end of the clause, as far as they are about one person."""
    stop = _clause_end(text, start)
    index = bisect_left(names, (start, 0))
    while index < len(names) and names[index][0] < stop:
        name_start, name_end = names[index]
        before = text[start:name_start]
        if (match := _AND_SOMEBODY.search(before)) and not _GOVERNS.search(match["between"]):
            stop = start + match.start()  # "the mayor and Kevin Stone"
            break
        if text[name_end : name_end + 2] in ("’s", "'s"):
            index += 1
            continue
        if not _GOVERNS.search(before):
            return None
        stop = min(stop, name_end)
        break
    what = text[start:stop].strip(" ,")
    while (shorter := _TRAILING.sub("", what)) != what:
        what = shorter
    return what if len(what) > 2 else None


def _clause_end(text: str, start: int) -> int:
    limit = min(len(text), start + _LONGEST)
    position = start
    while match := _CUT.search(text, position, limit):
        if match.group() == "." and _ABBREVIATED.search(text, max(start, match.start() - 8), match.start()):
            position = match.end()
            continue
        return match.start()
    return limit if limit == len(text) else max(start, text.rfind(" ", start, limit))
