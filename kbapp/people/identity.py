"""When two articles' names are one person: the key that all spellings of a name share.

The key depends on the name alone, so the order of importing cannot change who is who. It is cautious: titles, diacritics,
hyphens, articles such as al-, one middle initial and the known spellings of one given name are set aside; different given
names never meet, nor do "Jr." and "Sr.". A single word is nobody's full name: it carries the title that makes it one ("pope
francis") or means somebody in its own article only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from kbapp.people.coreference import GENERATIONS, given_names_agree
from kbapp.people.lexicon import lexicon
from kbapp.people.reasons import Reason
from kbapp.text.folding import fold

_ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|at|an|ar|az|ul|ud|ed)[-' ](?=\w{3})")
_TITLES_OF_ONE = "pope king queen emperor empress sultan emir tsar patriarch prince princess duke duchess president chancellor premier".split()
_HERE = " @"
_FEWEST_LETTERS = 5  # of a surname that one letter may tell from another


@functools.lru_cache(maxsize=50_000)
def identity_key(name: str) -> str:
    """The folded words of a name in their order, e.g. "Muqtada al-Sadr" and "Sayyid Moqtada al-Sadr" -> "muqtada sadr"."""
    lex = lexicon()
    words = fold(re.sub(r"[\"“”‘(][^\"“”’)]+[\"”’)]", " ", name)).replace(",", " ").split()
    while len(words) > 1 and words[0].rstrip(".") in lex.titles:
        words.pop(0)
    generation = GENERATIONS.get(words[-1].strip("."), "") if len(words) > 2 else ""
    words = [word for word in words if word.rstrip(".") not in lex.suffixes or len(words) < 3] or words
    if generation and words[-1].strip(".") in GENERATIONS:
        words.pop()
    plain = [_ARTICLE.sub("", word) for word in words if word not in ("al", "el", "ul")] or words
    plain = [_spelled(part) for word in plain for part in re.split(r"[-‑]", word) if part] or plain
    if len(plain) == 3 and re.fullmatch(r"\w\.?", plain[1]):
        plain.pop(1)
    return " ".join(word.strip(".") for word in [*plain, generation] if word)


def title_of_one(titles: Iterable[str]) -> str:
    """The title with which a single word is enough of a name, of those an article uses for somebody; "" for none."""
    known = set(titles)
    return next((title for title in _TITLES_OF_ONE if title in known), "")


def key_in_article(name: str, title: str, article: int) -> str:
    """The key of somebody whom an article names, by number: that of the full name, or of a single one that is known
    everywhere ("lula"); for another single word that with its title ("pope francis"), else one that is this article's alone.
    """
    key = identity_key(name)
    if len(name.split()) > 1 or not key or key in lexicon().mononyms:
        return key
    return f"{title} {key}" if title else f"{key}{_HERE}{article}"


def key_everywhere(key: str) -> str:
    """The key without its article."""
    return key.split(_HERE, 1)[0]


def surname_key(key: str) -> str:
    """The last word of an identity key that is no "jr" and no number."""
    words = key_everywhere(key).split() or [key]
    return words[-2] if len(words) > 2 and words[-1] in GENERATIONS.values() else words[-1]


def why_same(one: str, other: str) -> Reason | None:
    """Why two keys may be one person's, or None."""
    a, b = key_everywhere(one).split(), key_everywhere(other).split()
    if not a or not b:
        return None
    if _without_title(a) == _without_title(b):
        return Reason.SAME_NAME
    if surname_key(one) != surname_key(other):
        return Reason.SPELLED_ALIKE if _spelled_alike(a, b) else None
    if len(a) == 1 or len(b) == 1:
        return Reason.SURNAME_ALONE
    if a[-1] != b[-1] and {a[-1], b[-1]} <= set(GENERATIONS.values()):
        return None
    if a[0] == b[0]:
        return Reason.SAME_GIVEN_NAME
    if a[0][0] == b[0][0] and min(len(a[0]), len(b[0])) == 1:
        return Reason.SAME_INITIAL
    if given_names_agree(tuple(a), tuple(b), lexicon()):
        return Reason.SHORT_OR_OTHER_SPELLING
    return None


def _without_title(words: list[str]) -> list[str]:
    return words[1:] if len(words) == 2 and words[0] in _TITLES_OF_ONE else words


def _spelled_alike(one: list[str], other: list[str]) -> bool:
    """Whether a letter in a long surname is the only difference of two full names: "zelensky", "zelenskyy"."""
    if len(one) < 2 or len(other) < 2 or min(len(one[-1]), len(other[-1])) < _FEWEST_LETTERS:
        return False
    same_given = given_names_agree((*one[:-1], other[-1]), tuple(other), lexicon())
    return same_given and OSA.distance(one[-1], other[-1], score_cutoff=1) <= 1


def _spelled(word: str) -> str:
    return lexicon().spellings.get(word, word)
