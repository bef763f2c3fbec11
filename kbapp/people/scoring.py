"""How much speaks for a segment being a person's name: its words, its neighbours, the whole document.

Points are added; about two points are enough. The weights were set by hand on newswire and on articles of our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.segmentation import Segment
from kbapp.people.tokens import Token
from kbapp.text.folding import fold

ENOUGH = 1.6
_LAST_WORD = re.compile(r"([^\W\d_][\w’'-]*)(,?)[ \u00a0\n]*[\"“(]?$")
_NEXT_WORD = re.compile(r"^(,?[ \n]+)([a-z][\w’-]*)")
_AGE = re.compile(r"^(?:, (?:aged )?\d{1,2}(?:,|\.|;| ?-| and )| \(\d{1,2}\)|,? aged? \d)")
_WHO = re.compile(r"^,? (?:who|whose|whom)\b")
_PARTY_OR_COUNTRY = re.compile(
    r"^ \((?:(?:D|R|I|DEM|Lab|Con|Lib Dem|SPD|CDU)\b[^)]{0,20}|[A-Z][a-z]+(?: [A-Z][a-z]+)?|[A-Z]{3})\)"
)
_CRICKET = re.compile(r"^ (?:c|b|lbw|st|not out|run out|retired)\b")
COMPANY = re.compile(
    r"^(?:(?:['’]s)?,? (?:Inc|Corp|Co|Ltd|LLC|PLC|Plc|plc|AG|SA|NV|LP|LLP|GmbH)\b| ?<| (?:&|and) (?:Co|Sons|Bros|Company|Partners|Associates)\b| & [A-Z]| (?:and|&) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? (?:Inc|Corp|Co|Ltd|plc|PLC|LLP)\b)"
)
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_MC = re.compile(r"(?:Mc|Mac|De|Di|Da|La|Le|Du|Van|Von|Fitz|O[’']|D[’']|al-|el-|[A-Z][a-z]+-)")
_RESULT = re.compile(r"^ \d{1,3}(?:[ .(/-]|$)")
_KIN = re.compile(
    r"^[’']s? (?:\w+ )?(?:wife|husband|son|daughter|father|mother|brother|sister|widow|lawyer|spokes\w+|aide|predecessor|successor|death|resignation|career|campaign|family)\b"
)
_APPOSITION = re.compile(
    r"^, (?:(?:an?|the|his|her|its|their|then|now|also|former|ex-\w+|[\w’'.-]+[’']s)\s)?((?:[\w’'.&-]+ ){0,5}?)([a-z][\w-]+)(?=[ ,.;])"
)
_PLACE_PREPOSITIONS = frozenset("in at near outside inside across throughout around into".split())
_PLACE_HEADS = frozenset(
    "rio punta puerto porto costa villa playa cabo ciudad isla islas ilha monte sierra serra cerro laguna boca plaza paso vale chateau pointe cote ile sur campo".split()
)
_OWNERS = frozenset("its their our".split())
_ARTICLES = frozenset("the a an these those each every".split())
_ATTRIBUTE = re.compile(
    r"^ (?:government|cabinet|campaign|camp|family|years|plan|doctrine|loyalists?|supporters?|aides?|brothers|estate)\b"
)
_COMPANY_NOUN = (
    "company|firm|group|agency|bank|brokerage|airline|conglomerate|unit|subsidiary|consortium|insurer|retailer|brewer|"
    "newspaper|daily|magazine|union|party|chain|refiner|manufacturer|cooperative|partnership|concern|network|supermarket|"
    "broadcaster|foundation|charity|ministry|institute|village|town|city|province|district|island|river|port|ship|vessel|"
    "tanker|ferry|mine|field|project|development|property|deposit"
)
_THING_BEFORE = re.compile(rf"(?:^|[\s-])(?:{_COMPANY_NOUN}|programme|program|software|brand|label)s? (?:of )?[<“\"]?$")
_THING_AFTER = re.compile(
    rf"^[”\"]? (?:[a-z]+ )?(?:{_COMPANY_NOUN})s?\b(?! (?:president|chairman|chief|manager|leader|official|spokes))"
)
_THING_APPOSITION = re.compile(
    rf"^, (?:an?|the|its|another) (?:[\w’'.-]+ ){{0,5}}?(?:{_COMPANY_NOUN})s?(?=[,.;]| (?:that|which|in|of|based|owned|with|near|on|for|run)\b)"
    r"|^,? which\b"
)
_ITS = re.compile(
    r"^ (?:said|says|reported|announced|added) (?:(?:in|that|on) )?(?:its\b|it (?:has|had|will|plans|expects|intends|agreed|sold|bought|filed|received|signed|completed)\b)"
)
_PAIR_BEFORE = re.compile(r"(?:^|[^\w’',-] ?|[a-z] )[A-Z][\w’-]+ (?:and|&) $")
_OF_A_LEADER = re.compile(r"^ (?:administration|presidency|era|regime)\b")


@dataclass(slots=True)
class Score:
    """The points of one occurrence and the reasons behind them."""

    points: float
    reasons: list[str]

    def add(self, points: float, reason: str = "") -> None:
        self.points += points
        if reason and points > 0:
            self.reasons.append(reason)


def weigh(segment: Segment, text: str, lex: Lexicon, lowercase: frozenset[str] | set[str]) -> Score:
    """The points for this occurrence; ``lowercase`` holds the folded words that the text writes small."""
    score = Score(0.0, [])
    names = [token for token in segment.tokens if token.kind not in ("particle", "nick")]
    _weigh_before(segment, text, lex, score)
    cued = bool(segment.cue) or score.points >= 2
    if segment.cue == "title":
        score.add(2.5, "a title stands before it")
    elif segment.cue == "role":
        score.add(1.8, "an office stands before it")
    if len(names) == 1:
        _weigh_single(segment, names[0].folded, lex, lowercase, score)
    else:
        _weigh_words(segment, lex, lowercase, cued, score)
    _weigh_after(segment, text, lex, score)
    if segment.before_role and len(names) < 4:
        score.add(-1.0)
    return score


def _weigh_single(
    segment: Segment, word: str, lex: Lexicon, lowercase: frozenset[str] | set[str], score: Score
) -> None:
    score.add(-0.6)
    token = segment.tokens[0]
    if _INNER_CAPITAL.search(token.form) and not _MC.match(token.form):
        score.add(-1.5)
    if word.endswith(("ista", "istas", "ism")):
        score.add(-1.5)
    if token.kind == "initials" or len(word) < 2:
        score.add(-5)
        return
    if word in lex.places or word in lex.brands:
        score.add(-3)
    elif word in lex.cities:
        score.add(-1.6)
    if word in lex.words or word in lowercase:
        score.add(-1.8 if segment.cue != "title" else -0.5)
    elif word in lex.family:
        score.add(0.7, "a known surname")
    elif word in lex.given:
        score.add(0.4, "a known given name")
    else:
        score.add(0.4)


def _weigh_words(
    segment: Segment, lex: Lexicon, lowercase: frozenset[str] | set[str], cued: bool, score: Score
) -> None:
    names = [token for token in segment.tokens if token.kind not in ("particle", "nick")]
    words = [token.folded for token in names]
    first, last = words[0], words[-1]
    if last in lex.suffixes and len(words) > 2:
        last = words[-2]
        score.add(1.5, "a suffix such as Jr.")
    if any(token.kind == "particle" for token in segment.tokens) and (
        words[0] in _PLACE_HEADS or " ".join(token.folded for token in segment.tokens) in lex.cities
    ):
        score.add(-4)
    if " ".join(words) in lex.cities or " ".join(words) in lex.places or "-".join(words[:2]) in lex.companies:
        score.add(-4)
    if names[0].kind == "initials":
        score.add(1.6, "initials")
    elif first in lex.given:
        common = first in lex.words or first in lex.places or first in lex.cities
        score.add(1.2 if common else 2.0, "a known given name")
    elif first in lex.family and first not in lex.words:
        score.add(0.5)
    elif first in lex.places or first in lex.brands:
        score.add(-2.0)
    elif first in lex.words or first in lowercase:
        score.add(-0.8 if cued else -2.0)
    elif first in lex.cities:
        score.add(-0.8)
    else:
        score.add(0.8)
    if first in lex.surnames_first and _short_given(names[1:]):
        score.add(1.8, "a surname that stands first")
    if any(token.kind == "initials" for token in names[1:]):
        score.add(2.0, "an initial within")
    if any(token.kind == "particle" for token in segment.tokens) or any(
        re.match(r"(?:al|el|ad|as|ash|an|ar|az)[-’']", token.form) for token in names
    ):
        score.add(1.3, "a particle within")
    if any(token.kind == "nick" for token in segment.tokens):
        score.add(1.5, "a nickname within")
    plain_given = first in lex.given and not (first in lex.words or first in lex.places or first in lex.cities)
    if last in lex.places or last in lex.brands:
        score.add(-2.0)
    elif last in lex.orgs:
        score.add(-0.6)
    elif last in lex.family:
        score.add(0.4 if last in lex.words or last in lex.cities else 0.9, "a known surname")
    elif last in lex.words or last in lowercase:
        score.add(-0.3 if plain_given or first in lex.surnames_first else -1.0 if cued else -2.2)
    elif last in lex.given:
        score.add(0.8)
    elif last in lex.cities:
        score.add(0.2 if plain_given else -0.9)
    else:
        score.add(0.8)
    if any(token.kind == "word" and len(token.form) == 1 for token in names):
        score.add(-2.0)
    for token in names[1:-1]:
        if token.kind == "initials" or token.folded in lex.given or token.folded in lex.family:
            continue
        score.add(-1.8 if token.folded in lex.words else -0.2)
    if any(_INNER_CAPITAL.search(token.form) and not _MC.match(token.form) for token in names if token.kind == "word"):
        score.add(-1.5)
    if len(words) > 4:
        score.add(-0.7 * (len(words) - 4))
    if any(token.form.isupper() and len(token.form) > 1 for token in names if token.kind == "word") and not all(
        token.form.isupper() for token in names
    ):
        score.add(-0.3)


def _short_given(names: list[Token]) -> bool:
    """One or two short words, or two joined by a hyphen with the second small: "Jinping", "Chok Tong", "Shui-bian"."""
    if len(names) == 1:
        form = names[0].form
        return bool(re.fullmatch(r"[A-Z][a-z]{1,6}-[a-z]{2,6}", form)) or (len(form) <= 8 and names[0].kind == "word")
    return len(names) == 2 and all(token.kind == "word" and len(token.form) <= 6 for token in names)


def _weigh_before(segment: Segment, text: str, lex: Lexicon, score: Score) -> None:
    start = segment.lead[0].start if segment.lead else segment.start
    before = text[max(0, start - 40) : start]
    match = _LAST_WORD.search(before)
    if not match:
        if before.endswith("& "):
            score.add(-2)
        return
    word = fold(match[1])
    if segment.cue:
        return
    if _THING_BEFORE.search(before):
        score.add(-2.0)
        return
    if len(segment.tokens) == 1 and _PAIR_BEFORE.search(before):
        score.add(-0.8)
    if not match[1][0].islower():
        if word == "the":
            score.add(_after_article(text, segment.end))
        return
    if word in _ARTICLES:
        score.add(_after_article(text, segment.end))
    elif word in lex.roles:
        score.add(2.0, f"“{match[1]}” stands before it")
    elif match[2]:
        return
    elif word in lex.speech:
        score.add(1.5, f"“{match[1]}” stands before it")
    elif word in ("named", "called", "by", "nee", "defeated", "beat", "beating", "married"):
        score.add(0.7)
    elif word in _PLACE_PREPOSITIONS:
        score.add(-1.4)
    elif word in _OWNERS and len(segment.tokens) > 1:
        score.add(-2.0 if re.match(r"^ [a-z]", text[segment.end : segment.end + 2]) else -0.6)
    elif word in ("from", "of", "to"):
        score.add(-0.3)


def _after_article(text: str, end: int) -> float:
    """ "the Reagan administration" names a person, "the Smith family" may, "the Smith" does not."""
    following = text[end : end + 20]
    if _OF_A_LEADER.match(following):
        return 2.0
    return -0.6 if _ATTRIBUTE.match(following) else -2.2


def _weigh_after(segment: Segment, text: str, lex: Lexicon, score: Score) -> None:
    after = text[segment.end : segment.end + 90]
    if COMPANY.match(after) or _THING_APPOSITION.match(after):
        score.add(-2.5)
        return
    if not segment.cue and _THING_AFTER.match(after):
        score.add(-2.0)
    if segment.cue != "title" and (found := _ITS.match(after)):
        score.add(-3.0 if found.group().endswith("its") else -1.5)
    if _AGE.match(after):
        score.add(2.5, "an age follows")
    elif _WHO.match(after):
        score.add(1.8, "“who” follows")
    elif _PARTY_OR_COUNTRY.match(after):
        score.add(1.6, "a country or party in brackets follows")
    elif _CRICKET.match(after):
        score.add(1.2)
    elif len(segment.tokens) > 1 and _RESULT.match(after):
        score.add(0.5)
    elif _KIN.match(after):
        score.add(1.2, "kin or staff is named after it")
    elif match := _NEXT_WORD.match(after):
        word = fold(match[2])
        if word in lex.speech:
            score.add(1.6, f"“{match[2]}” follows")
        elif word in lex.verbs and "," not in match[1]:
            score.add(0.4)
        elif "," in match[1] and (apposition := _APPOSITION.match(after)) and (
            apposition[2] in lex.roles or any(fold(word) in lex.roles for word in apposition[1].split())
        ):  # fmt: skip
            score.add(1.8, f"“{apposition[2]}” explains it")
    elif (apposition := _APPOSITION.match(after)) and (
        apposition[2] in lex.roles or any(fold(word) in lex.roles for word in apposition[1].split())
    ):
        score.add(1.8, f"“{apposition[2]}” explains it")


def names_alone(segment: Segment, text: str) -> bool:
    """Whether a word such as "Long" is a surname here: its capital is not owed to its place, or a verb of people follows."""
    if not segment.opens:
        return True
    lex = lexicon()
    match = _NEXT_WORD.match(text[segment.end : segment.end + 40])
    return bool(match) and match is not None and "," not in match[1] and fold(match[2]) in lex.speech
