"""A run of capitalised words cut into what may be a name and what stands around it: titles, offices, organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kbapp.people.lexicon import Lexicon
from kbapp.people.titles import is_role
from kbapp.people.tokens import Run, Token

_PLACE_OPENERS = frozenset("new north south east west fort port mount lake cape saint st".split())
_OFFICE_PARTS = frozenset("in of at elect designate emeritus large ex vice co".split())
_PERSONAL = frozenset("mr mrs ms miss mx dr sir dame sen rep prof madam messrs".split())
_TWO_WORD_TITLES = frozenset(
    (first, second) for first in ("tan", "datuk", "dato", "puan", "datin", "toh", "pehin") for second in ("sri", "seri")
)
_KNOWN_CAPITALS = frozenset(
    "us uk un eu uae tv pm ceo cfo mp mps ai it id ok fc ac sc af cd dvd pc pr hq ny la dc nz ap dw gm gp go pg vc vp it"
    " ir cu ad bc am pm km kg mt st ft oz hr po gb jp br fr de ru cn kr".split()
)
PARTICIPLE = re.compile(r"-[a-z]+(?:ed|ing|led|class|born|based|run|made|wide|style|era|free|winning)$")
_JOINED_GIVEN = re.compile(r"[A-Z][a-z]{1,6}-[A-Za-z][a-z]{1,5}$")
_SON_OF = frozenset("bin ibn bint ben abu".split())
_MONTHS = frozenset("april august june may".split())
_COMPANY_INITIALS = frozenset(
    ["s.a.", "n.v.", "b.v.", "a.g.", "a.b.", "a.s.", "s.p.a.", "p.l.c.", "l.p.", "s.r.l.", "k.k.", "r.l.", "c.v."]
)


@dataclass(slots=True)
class Segment:
    """Words that belong together. ``cue`` is the kind of word before them ("title", "role" or ""), ``lead`` the words
    that gave the cue with what modifies them; ``org`` says that they name an organisation, a place or a thing,
    ``doubtful`` that the word is none of a name unless someone of that surname is named in full, ``unlikely`` that the
    words together are no full name."""

    tokens: list[Token]
    opens: bool
    cue: str = ""
    lead: list[Token] = field(default_factory=list)
    org: bool = False
    doubtful: bool = False
    before_role: bool = False
    unlikely: bool = False
    start: int = field(init=False)
    end: int = field(init=False)
    key: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        tokens = self.tokens
        self.start, self.end = tokens[0].start, tokens[-1].end
        if len(tokens) == 1:
            self.key = () if tokens[0].kind == "nick" else (tokens[0].folded,)
        else:
            self.key = tuple([token.folded for token in tokens if token.kind != "nick"])

    def end_in(self, text: str) -> int:
        """The end with the full stop that belongs to "Jr." and "Sr."."""
        last = self.tokens[-1]
        return last.end + (last.folded in ("jr", "sr") and text[last.end : last.end + 1] == ".")


def is_acronym(token: Token) -> bool:
    """Two to six capitals, as organisations have them."""
    return token.kind == "word" and 2 <= len(token.form) <= 6 and token.form.isupper()


def is_place_of_two(first: str, second: str, lex: Lexicon) -> bool:
    """Whether two folded words are a city, a country or a state: "new york"."""
    both = f"{first} {second}"
    return both in lex.cities or both in lex.places


def is_compound_office(word: str, lex: Lexicon) -> bool:
    """Whether a word with hyphens is an office by its parts: "attorney-general", "president-elect"."""
    if "-" not in word:
        return False
    parts = word.split("-")
    return any(part in lex.roles for part in parts) and all(
        part in lex.roles or part in lex.role_modifiers or part in lex.titles or part in _OFFICE_PARTS for part in parts
    )


class _Cutter:
    """Walks over one run and closes a segment whenever a word cannot belong to the name begun."""

    def __init__(self, run: Run, lexicon: Lexicon, capitals: bool, headline: bool, foreign: bool) -> None:
        self.run, self.lexicon, self.capitals, self.headline = run, lexicon, capitals, headline
        self.foreign = foreign
        self.segments: list[Segment] = []
        self.current: list[Token] = []
        self.lead: list[Token] = []
        self.cue = ""
        self.org = False

    def close(self, before_role: bool = False) -> None:
        while self.current and self.current[-1].kind in ("particle", "nick"):
            self.current.pop()
        if self.current:
            opens = self.run.opens and self.current[0] is self.run.tokens[0]
            self.segments.append(Segment(self.current, opens, self.cue, self.lead, self.org, before_role=before_role))
            self.cue, self.lead = "", []
        self.current, self.org = [], False

    def walk(self) -> list[Segment]:
        tokens = self.run.tokens
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if self.current and self._begins_name(token, following):
                self.close()
            self.step(token, following)
        self.close()
        return self.segments

    def _begins_name(self, token: Token, following: Token | None) -> bool:
        """Whether a name begins after words that are none: "Chancellor of the Exchequer | Nigel Lawson"."""
        lex, word = self.lexicon, token.folded
        if (
            following is None
            or token.kind != "word"
            or is_place_of_two(self.current[-1].folded, word, lex)
            or word not in lex.given
            or word in lex.places
            or word in lex.cities
        ):
            return False
        after = following.folded
        if word in lex.words and (
            after in lex.words or not all(before.folded in lex.places for before in self.current)
        ):
            return False
        if following.kind == "word" and (
            after in lex.orgs or after in lex.roles or (after in lex.words and after not in lex.family)
        ):
            return False
        return all(
            before.kind == "word" and before.folded not in lex.given and before.folded not in lex.family
            and (before.folded in lex.words or before.folded in lex.places or before.folded in lex.orgs or before.folded in lex.cities)
            for before in self.current
        )  # fmt: skip

    def step(self, token: Token, following: Token | None) -> None:
        """Adds one token to the name begun, to the words before a name, or to nothing."""
        if token.kind in ("particle", "nick", "initials"):
            self._add_small(token, following)
        elif not self._add_before_name(token, following) and not self._leave_out(token, following):
            self.org = (self.org or self._tells_organisation(token, following)) and not self._is_name_in_spite_of_words(
                token, following
            )
            self.current.append(token)

    def _tells_organisation(self, token: Token, following: Token | None) -> bool:
        """Whether a word says that what it stands in names an organisation or a place."""
        lex, word = self.lexicon, token.folded
        if "-" in token.form and PARTICIPLE.search(token.form):
            return True
        if not self.current and word in _PLACE_OPENERS and self._names_place(token, following):
            return True
        return word in lex.orgs and not self._is_surname(token, following) and not self._opens_name(token, following)

    def _add_small(self, token: Token, following: Token | None) -> None:
        """A particle, a nickname or initials."""
        if token.kind == "initials" and token.folded in self.lexicon.places:  # "U.S."
            self.close()
            self.lead.append(token)
        elif self.current or token.kind == "initials":
            self.org = self.org or (
                bool(self.current)
                and (following is None or self.current[0].folded not in self.lexicon.given)
                and token.folded.replace(" ", "") in _COMPANY_INITIALS
            )
            self.current.append(token)

    def _is_plainly_name(self, token: Token, following: Token | None) -> bool:
        """Whether the word belongs to a name whatever else it means."""
        lex, word = self.lexicon, token.folded
        if self._is_name_in_spite_of_words(token, following):
            return True
        if self.current and self.current[-1].kind == "particle" and self.current[-1].folded in _SON_OF:
            return True  # "bin Sultan", a father and no title
        return self.foreign and word in lex.given and word not in lex.titles and word not in lex.sentence_words

    def _add_before_name(self, token: Token, following: Token | None) -> bool:
        """Titles, offices, nationalities and acronyms go before a name; whether it was one of them."""
        lex, word = self.lexicon, token.folded
        if self._continues_title(token, following):
            self.close()
            self._add_cue("title", token)
            return True
        if self._is_plainly_name(token, following):
            return False
        if not self.capitals and is_acronym(token) and word not in lex.suffixes:
            self.close()
            self.cue, self.lead = "", [token]
            return True
        if word in lex.titles and not self._is_surname(token, following):
            self.close()
            self._may_be_somebody(token, following, word in lex.family and not self.lead)  # "King spoke last"
            self._add_cue("title", token)
            return True
        if self._is_office(word) and not self._is_surname(token, following):
            self.close(before_role=True)
            known = word in lex.surnames_first or word in lex.family
            self._may_be_somebody(token, following, known and not self.lead)  # "Son smiled", "Judge said"
            self._add_cue(self.cue or "role", token)
            return True
        return False

    def _add_cue(self, cue: str, token: Token) -> None:
        self.cue = cue
        self.lead.append(token)

    def _is_office(self, word: str) -> bool:
        lex = self.lexicon
        return word in lex.roles or is_compound_office(word, lex) or (self.foreign and is_role(word, lex))

    def _may_be_somebody(self, token: Token, following: Token | None, known: bool) -> None:
        """A segment for a word that is a name only if somebody of that surname is named in full."""
        if known and (following is None or following.kind != "word"):
            opens = self.run.opens and token is self.run.tokens[0]
            self.segments.append(Segment([token], opens, doubtful=True))

    def _leave_out(self, token: Token, following: Token | None) -> bool:
        """Closes the name before a word that belongs to none; whether it did."""
        lex, word = self.lexicon, token.folded
        if self._is_plainly_name(token, following) or ("-" in token.form and PARTICIPLE.search(token.form)):
            return False
        if not self.current and word in _PLACE_OPENERS and self._names_place(token, following):
            return False
        if self._is_no_name(token) and not self._opens_name(token, following):
            self.close()
            self.cue, self.lead = "", []
            self._may_be_somebody(token, following, word in lex.family or word in lex.surnames_first)
            return True
        return self._add_attribute(token, following)

    def _add_attribute(self, token: Token, following: Token | None) -> bool:
        """Nationalities and what modifies offices go before a name; in a headline plain words go nowhere."""
        lex, word = self.lexicon, token.folded
        if word in lex.nationalities and not (self.current and word in lex.family and following is None):
            self.close()
            self.lead.append(token)
            return True
        if not self.current and following is not None and word in lex.role_modifiers and word not in lex.given:
            self.lead.append(token)
            return True
        plain = self.headline and word in lex.words and word not in lex.given and word not in lex.orgs
        if plain and not self._is_surname(token, following):
            self.close()
            self.cue, self.lead = "", []
            return True
        return False

    def _continues_title(self, token: Token, following: Token | None) -> bool:
        """Whether the word is one half of a title of two: "Tan Sri", "Datuk Seri"."""
        before = self.lead[-1].folded if self.lead and not self.current else ""
        return (before, token.folded) in _TWO_WORD_TITLES or (
            following is not None and (token.folded, following.folded) in _TWO_WORD_TITLES
        )

    def _is_name_in_spite_of_words(self, token: Token, following: Token | None) -> bool:
        """Words that mean something else and yet are names where they stand: "Mr. Long", "JD Vance", "Son Heung-min"."""
        lex, word = self.lexicon, token.folded
        alone = not self.current and (following is None or following.kind != "word")
        if alone and self.lead and self.lead[-1].folded in _PERSONAL and self.lead[-1].end > token.start - 4:
            return word in lex.family and word not in lex.titles
        if following is None or following.kind != "word" or self.current:
            return False
        if word in lex.surnames_first and word not in lex.given:
            return bool(_JOINED_GIVEN.fullmatch(following.form))
        return (
            not self.capitals
            and len(token.form) == 2
            and token.form.isupper()
            and word not in _KNOWN_CAPITALS
            and following is self.run.tokens[-1]
            and self._may_be_surname(following.folded)
        )

    def _may_be_surname(self, word: str) -> bool:
        lex = self.lexicon
        return not (
            word in lex.roles or word in lex.titles or word in lex.orgs or word in lex.places or word in lex.not_names
            or word in lex.nationalities or word in lex.role_modifiers or (word in lex.words and word not in lex.family)
        )  # fmt: skip

    def _names_place(self, token: Token, following: Token | None) -> bool:
        """Whether "New" or "Port" begins a place: a word follows that is no office, title or nationality."""
        lex = self.lexicon
        if following is None or following.kind != "word":
            return False
        word = following.folded
        if is_place_of_two(token.folded, word, lex):
            return True
        return not (
            word in lex.roles
            or word in lex.titles
            or word in lex.role_modifiers
            or word in lex.nationalities
            or word in lex.words
        )

    def _is_no_name(self, token: Token) -> bool:
        word = token.folded
        at_the_start = self.run.opens and token is self.run.tokens[0]
        return word in self.lexicon.not_names or (at_the_start and word in self.lexicon.sentence_words)

    def _is_surname(self, token: Token, following: Token | None) -> bool:
        """Whether a word that also means an office, a title or a thing ends a name: "Mike Judge", "Oliver North"."""
        lex = self.lexicon
        if token.folded not in lex.family or not self.current or self.org:
            return False
        if following is not None and following.kind == "word" and following.folded not in lex.suffixes:
            return False
        first = self.current[0]
        if first.kind == "initials":
            return True
        plain = first.folded not in lex.words or (len(self.current) == 2 and self.current[1].folded in lex.given)
        return first.folded in lex.given and plain and len(self.current) <= 2

    def _opens_name(self, token: Token, following: Token | None) -> bool:
        """Whether a word such as "Will", "Mark" or "April" is a given name here: a surname or initial follows."""
        lex = self.lexicon
        if token.folded not in lex.given or following is None or self.current:
            return (
                bool(self.current)
                and token.folded in lex.family
                and following is None
                and self.current[0].folded in lex.given
            )
        if following.kind == "initials":
            return True
        word = following.folded
        ends = following is self.run.tokens[-1]
        if word in lex.family and ends and word not in lex.not_names and word not in lex.orgs:
            return True
        if word in lex.words or word in lex.not_names or word in lex.orgs:
            return False
        if word in lex.family:
            return True
        unknown = word not in lex.places and word not in lex.cities and word not in lex.brands
        at_the_start = self.run.opens and token is self.run.tokens[0]
        if self.run.tokens[-1].folded in lex.suffixes:
            return unknown
        return unknown and (bool(self.cue) or not (at_the_start or token.folded in _MONTHS))


_Cut = list[tuple[list[int], list[int], bool, str, bool, bool, bool]]
_MOST_CUT = 20_000  # runs whose segments are kept
_known_cuts: dict[tuple[str, str, bool, bool, bool, bool], _Cut] = {}


def cut(
    run: Run, text: str, lexicon: Lexicon, capitals: bool = False, headline: bool = False, foreign: bool = False
) -> list[Segment]:
    """The segments of a run of ``text``; ``capitals`` says that the text is all in capitals, ``headline`` that case tells
    nothing, ``foreign`` that the text is not English: a given name is one there even if it is an English word.

    How a run is cut depends on its words alone, and three runs of four are words seen before: their cuts are kept, by
    the numbers of the words in the run.
    """
    tokens = run.tokens
    kinds = "".join([token.kind[0] for token in tokens])
    key = (text[tokens[0].start : tokens[-1].end], kinds, run.opens, capitals, headline, foreign)
    known = _known_cuts.get(key)
    if known is None:
        segments = _Cutter(run, lexicon, capitals, headline, foreign).walk()
        if len(_known_cuts) >= _MOST_CUT:
            _known_cuts.clear()
        number = {id(token): index for index, token in enumerate(tokens)}
        _known_cuts[key] = [
            (
                [number[id(token)] for token in segment.tokens],
                [number[id(token)] for token in segment.lead],
                segment.opens,
                segment.cue,
                segment.org,
                segment.doubtful,
                segment.before_role,
            )
            for segment in segments
        ]
        return segments
    return [
        Segment([tokens[i] for i in own], opens, cue, [tokens[i] for i in lead], org, doubtful, before_role)
        for own, lead, opens, cue, org, doubtful, before_role in known
    ]
