"""How much speaks for a segment being a person's name: its words, its neighbours, the whole document.

The cues found are added up by their points; about two points are enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kbapp.people import cues
from kbapp.people.cues import Cue
from kbapp.people.lexicon import Lexicon, lexicon
from kbapp.people.segmentation import Segment
from kbapp.people.titles import is_role
from kbapp.people.tokens import Token
from kbapp.text.folding import fold

ENOUGH = 1.6
_AT_HOME = 8  # languages
_LAST_WORD = re.compile(r"([^\W\d_][\w’'-]*)(,?)[ \u00a0\n]*[\"“(]?$")
_NEXT_WORD = re.compile(r"^(,?[ \n]+)([a-z][\w’-]*)")
_AGE = re.compile(r"^(?:, (?:aged )?\d{1,2}(?:,(?!\d)|\.(?!\d)|;| ?-| and )| \(\d{1,2}\)|,? aged? \d)")
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
_OWNERS = frozenset("its their our".split())
_NAMING = frozenset("named called by nee defeated beat beating married".split())
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
_THINGS = frozenset([*_COMPANY_NOUN.split("|"), "programme", "program", "software", "brand", "label"])
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
_FOLLOWED_UP = frozenset(" ,'’<“”\"\n")  # what stands after a name of which the next words tell something
_BEFORE_COMPANY = frozenset("sap&<")
_OPENING = frozenset('<“"')
_OF_A_LEADER = re.compile(r"^ (?:administration|presidency|era|regime)\b")


_ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|as|ash|an|ar|az)[-’']")
_JOINED_GIVEN = re.compile(r"[A-Z][a-z]{1,6}-[A-Za-z][a-z]{1,5}")


@dataclass(slots=True)
class Score:
    """The cues of one occurrence, their sum, and the reasons behind it."""

    points: float = 0.0
    cues: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, cue: Cue, word: str = "") -> None:
        self.points += cue.points
        self.cues.append(cue.name)
        if cue.reason and cue.points > 0:
            self.reasons.append(cue.reason.format(word))


def weigh(
    segment: Segment, text: str, lex: Lexicon, lowercase: frozenset[str] | set[str], english: bool = True
) -> Score:
    """The cues of this occurrence; ``lowercase`` holds the folded words that the text writes small."""
    score = Score()
    names = [token for token in segment.tokens if token.kind not in ("particle", "nick")]
    _weigh_before(segment, text, lex, english, score)
    cued = bool(segment.cue) or score.points >= 2
    if segment.cue == "title":
        score.add(cues.TITLE)
    elif segment.cue == "role":
        score.add(cues.OFFICE)
    if len(names) == 1:
        _weigh_single(segment, names[0].folded, lex, lowercase, score)
    else:
        _weigh_words(segment, names, lex, lowercase, cued, score)
    _weigh_after(segment, text, lex, score)
    if segment.before_role and len(names) < 4:
        score.add(cues.BEFORE_OFFICE)
    return score


def _weigh_single(
    segment: Segment, word: str, lex: Lexicon, lowercase: frozenset[str] | set[str], score: Score
) -> None:
    score.add(cues.SINGLE)
    token = segment.tokens[0]
    if _INNER_CAPITAL.search(token.form) and not _MC.match(token.form):
        score.add(cues.INNER_CAPITAL)
    if word.endswith(("ista", "istas", "ism")):
        score.add(cues.DOCTRINE)
    if token.kind == "initials" or len(word) < 2:
        score.add(cues.NO_WORD)
        return
    if word in lex.mononyms:
        score.add(cues.MONONYM)
    elif word in lex.places or word in lex.brands:
        score.add(cues.SINGLE_PLACE)
    elif word in lex.cities:
        score.add(cues.SINGLE_CITY)
    if word in lex.mononyms:
        pass
    elif (word in lex.words and not _is_rather_a_name(word, lex)) or word in lowercase:
        score.add(cues.SINGLE_WORD if segment.cue != "title" else cues.SINGLE_WORD_TITLED)
    elif word in lex.family:
        score.add(cues.SINGLE_SURNAME)
    elif word in lex.given:
        score.add(cues.SINGLE_GIVEN)
    else:
        score.add(cues.SINGLE_UNKNOWN)


def _is_rather_a_name(word: str, lex: Lexicon) -> bool:
    """Whether so many languages have this given name that the English word hardly counts: "maria"."""
    return lex.languages.get(word, "").count(",") >= _AT_HOME and word not in lex.not_names


def _weigh_words(
    segment: Segment, names: list[Token], lex: Lexicon, lowercase: frozenset[str] | set[str], cued: bool, score: Score
) -> None:
    words = [token.folded for token in names]
    first, last = words[0], words[-1]
    if last in lex.suffixes and len(words) > 2:
        last = words[-2]
        score.add(cues.SUFFIX)
    _weigh_whole(segment, words, lex, score)
    score.add(_first_cue(names[0], lex, lowercase, cued))
    _weigh_shape(segment, names, lex, score)
    plain_given = first in lex.given and not (first in lex.words or first in lex.places or first in lex.cities)
    score.add(_last_cue(last, plain_given, plain_given or first in lex.surnames_first, lex, lowercase, cued))
    for token in names[1:-1]:
        if not (token.kind == "initials" or token.folded in lex.given or token.folded in lex.family):
            score.add(cues.WORD_WITHIN if token.folded in lex.words else cues.UNKNOWN_WITHIN)


def _weigh_whole(segment: Segment, words: list[str], lex: Lexicon, score: Score) -> None:
    """The words taken together: a known place, a company, too long a name."""
    if any(token.kind == "particle" for token in segment.tokens) and (
        words[0] in lex.place_heads
        or (words[0] not in lex.given and " ".join(token.folded for token in segment.tokens) in lex.cities)
    ):
        score.add(cues.PLACE_HEAD)
    whole = " ".join(words)
    if whole in lex.cities or whole in lex.places or "-".join(words[:2]) in lex.companies:
        score.add(cues.WHOLE_PLACE)
    for _ in words[4:]:
        score.add(cues.ONE_WORD_TOO_MANY)


def _first_cue(token: Token, lex: Lexicon, lowercase: frozenset[str] | set[str], cued: bool) -> Cue:
    first = token.folded
    if token.kind == "initials":
        return cues.FIRST_INITIALS
    if first in lex.given:
        common = first in lex.words or first in lex.places or first in lex.cities
        return cues.FIRST_GIVEN_OR_WORD if common else cues.FIRST_GIVEN
    if first in lex.family and first not in lex.words:
        return cues.FIRST_SURNAME
    if first in lex.places or first in lex.brands:
        return cues.FIRST_PLACE
    if first in lex.words or first in lowercase:
        return cues.FIRST_WORD_CUED if cued else cues.FIRST_WORD
    return cues.FIRST_CITY if first in lex.cities else cues.FIRST_UNKNOWN


def _last_cue(
    last: str, plain_given: bool, begun_well: bool, lex: Lexicon, lowercase: frozenset[str] | set[str], cued: bool
) -> Cue:
    if last in lex.family and plain_given:
        return cues.LAST_SURNAME_OR_WORD if last in lex.words or last in lex.cities else cues.LAST_SURNAME
    if last in lex.places or last in lex.brands:
        return cues.LAST_PLACE
    if last in lex.orgs:
        return cues.LAST_ORGANISATION
    if last in lex.family:
        return cues.LAST_SURNAME_OR_WORD if last in lex.words or last in lex.cities else cues.LAST_SURNAME
    if last in lex.words or last in lowercase:
        return cues.LAST_WORD_AFTER_GIVEN if begun_well else cues.LAST_WORD_CUED if cued else cues.LAST_WORD
    if last in lex.given:
        return cues.LAST_GIVEN
    if last in lex.cities:
        return cues.LAST_CITY_AFTER_GIVEN if plain_given else cues.LAST_CITY
    return cues.LAST_UNKNOWN


def _weigh_shape(segment: Segment, names: list[Token], lex: Lexicon, score: Score) -> None:
    """How the words are built: initials, particles, nicknames, capitals where none belong."""
    kinds = {token.kind for token in segment.tokens}
    plain = [token for token in names if token.kind == "word"]
    if names[0].form.isupper() and len(names[0].form) == 2 and names[0].kind == "word" and not names[1].form.isupper():
        score.add(cues.CAPITALS_AS_INITIALS)
    if names[0].folded in lex.surnames_first and _short_given(names[1:]):
        score.add(cues.SURNAME_FIRST)
    if any(token.kind == "initials" and ("." in token.form or names[0].folded in lex.given) for token in names[1:]):
        score.add(cues.INITIAL_WITHIN)
    if "particle" in kinds or any(_ARABIC_ARTICLE.match(token.form) for token in names):
        score.add(cues.PARTICLE_WITHIN)
    if "nick" in kinds:
        score.add(cues.NICKNAME_WITHIN)
    if any(len(token.form) == 1 for token in plain):
        score.add(cues.LETTER_WITHIN)
    if any(_INNER_CAPITAL.search(token.form) and not _MC.match(token.form) for token in plain):
        score.add(cues.INNER_CAPITAL)
    if any(token.form.isupper() and len(token.form) > 1 for token in plain) and not all(
        token.form.isupper() for token in names
    ):
        score.add(cues.MIXED_CAPITALS)


def _short_given(names: list[Token]) -> bool:
    """One or two short words, or two joined by a hyphen: "Jinping", "Chok Tong", "Shui-bian"."""
    if len(names) == 1:
        form = names[0].form
        return bool(_JOINED_GIVEN.fullmatch(form)) or (len(form) <= 8 and names[0].kind == "word")
    return len(names) == 2 and all(token.kind == "word" and len(token.form) <= 6 for token in names)


def _weigh_before(segment: Segment, text: str, lex: Lexicon, english: bool, score: Score) -> None:
    start = segment.lead[0].start if segment.lead else segment.start
    before = text[max(0, start - 40) : start]
    end = len(before.rstrip(' \u00a0\n"“(,'))
    match = _LAST_WORD.search(before, max(before.rfind(" ", 0, end), before.rfind("\n", 0, end)) + 1)
    if segment.lead and segment.lead[-1].folded in lex.nationalities and segment.tokens[0].folded in lex.given:
        return  # "the Moroccan Hamza"
    if not match:
        if before.endswith("& "):
            score.add(cues.AMPERSAND_BEFORE)
        return
    if segment.cue:
        return
    if not english:
        if match[1][0].islower() and is_role(fold(match[1]), lex):
            score.add(cues.ROLE_BEFORE, match[1])
        elif match[1][0].islower() and fold(match[1]) in lex.titles:
            score.add(cues.TITLE)
        elif match[1][0].islower() and fold(match[1]) in lex.speech:
            score.add(cues.SPEECH_BEFORE, match[1])
        return
    if _ends_with_thing(before):
        score.add(cues.THING_BEFORE)
        return
    if (
        len(segment.tokens) == 1
        and before.removesuffix("\n").endswith((" and ", " & "))
        and _PAIR_BEFORE.search(before)
    ):
        score.add(cues.PAIR_BEFORE)
    cue = _cue_of_word_before(fold(match[1]), match, segment, text, lex)
    if cue is not None:
        score.add(cue, match[1])


def _ends_with_thing(before: str) -> bool:
    """Whether the words end with a company, an institution or a thing that has a name: "the newspaper “"."""
    before = before.removesuffix("\n")
    if before[-1:] in _OPENING:
        before = before[:-1]
    if before.endswith(" of "):
        before = before[:-3]
    if not before.endswith(" ") or before[-2:-1].isspace() or len(before) < 2:
        return False
    word = before[:-1].replace("-", " ").rsplit(None, 1)[-1]
    return word in _THINGS or (word.endswith("s") and word[:-1] in _THINGS)


def _cue_of_word_before(word: str, match: re.Match[str], segment: Segment, text: str, lex: Lexicon) -> Cue | None:
    if word in _ARTICLES and (match[1][0].islower() or word == "the"):
        return _after_article(text, segment.end)
    if not match[1][0].islower():
        return None
    if word in lex.roles:
        return cues.ROLE_BEFORE
    if match[2]:
        return None
    if word in lex.speech:
        return cues.SPEECH_BEFORE
    if word in _NAMING:
        return cues.NAMED_BEFORE
    if word in _PLACE_PREPOSITIONS:
        return cues.PLACE_PREPOSITION
    if word in _OWNERS and len(segment.tokens) > 1:
        following = text[segment.end : segment.end + 2]
        return cues.OWNER_AND_NOUN if re.match(r"^ [a-z]", following) else cues.OWNER_BEFORE
    return cues.PREPOSITION if word in ("from", "of", "to") else None


def _after_article(text: str, end: int) -> Cue:
    """ "the Reagan administration" names a person, "the Smith family" may, "the Smith" does not."""
    following = text[end : end + 20]
    if _OF_A_LEADER.match(following):
        return cues.ARTICLE_AND_RULE
    return cues.ARTICLE_AND_FOLLOWERS if _ATTRIBUTE.match(following) else cues.ARTICLE_BEFORE


def _weigh_after(segment: Segment, text: str, lex: Lexicon, score: Score) -> None:
    if text[segment.end : segment.end + 1] not in _FOLLOWED_UP:
        return
    after = text[segment.end : segment.end + 90]
    if is_company(after) or _THING_APPOSITION.match(after):
        score.add(cues.COMPANY_AFTER)
        return
    if not segment.cue and _THING_AFTER.match(after):
        score.add(cues.THING_AFTER)
    if segment.cue != "title" and (found := _ITS.match(after)):
        score.add(cues.ITS_AFTER if found.group().endswith("its") else cues.IT_AFTER)
    single = len(segment.tokens) == 1
    if _AGE.match(after):
        score.add(cues.AGE)
    elif _WHO.match(after) and not (single and segment.tokens[0].folded.endswith("s")):
        score.add(cues.WHO)
    elif _PARTY_OR_COUNTRY.match(after):
        score.add(cues.PARTY)
    elif _CRICKET.match(after):
        score.add(cues.CRICKET)
    elif not single and _RESULT.match(after):
        score.add(cues.RESULT)
    elif _KIN.match(after):
        score.add(cues.KIN)
    else:
        _weigh_next_word(after, lex, score)


def is_company(after: str) -> bool:
    """Whether the words after a name make it a company's: "Salomon Inc", "Johnson & Johnson"."""
    second = after[1:2]
    return (second.isupper() or second in _BEFORE_COMPANY or after[:1] in "<,") and COMPANY.match(after) is not None


def _weigh_next_word(after: str, lex: Lexicon, score: Score) -> None:
    match = _NEXT_WORD.match(after)
    if match and fold(match[2]) in lex.speech:
        score.add(cues.SPEECH_AFTER, match[2])
    elif match and "," not in match[1] and fold(match[2]) in lex.verbs:
        score.add(cues.VERB_AFTER)
    elif (not match or "," in match[1]) and (apposition := _APPOSITION.match(after)) and (
        apposition[2] in lex.roles or any(fold(word) in lex.roles for word in apposition[1].split())
    ):  # fmt: skip
        score.add(cues.EXPLAINED, apposition[2])


def names_alone(segment: Segment, text: str) -> bool:
    """Whether a word such as "Long" is a surname here: its capital is not owed to its place, or a verb of people follows."""
    if not segment.opens:
        return True
    lex = lexicon()
    match = _NEXT_WORD.match(text[segment.end : segment.end + 40])
    return (
        bool(match)
        and match is not None
        and "," not in match[1]
        and (fold(match[2]) in lex.speech or fold(match[2]) in lex.deeds)
    )
