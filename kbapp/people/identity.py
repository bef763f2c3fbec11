"""When two articles' names are one person: the key that all spellings of a name share.

The key depends on the name alone, so the order of importing cannot change who is who. It is cautious: titles,
diacritics, articles such as al-, one middle initial and the known spellings of one given name are set aside; different
given names never meet.
"""

from __future__ import annotations

import functools
import re

from kbapp.people.lexicon import lexicon
from kbapp.text.folding import fold

_ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|at|an|ar|az|ul|ud|ed)[-' ](?=\w{3})")


@functools.lru_cache(maxsize=50_000)
def identity_key(name: str) -> str:
    """The folded words of a name in their order, e.g. "Muqtada al-Sadr" and "Sayyid Moqtada al-Sadr" -> "muqtada sadr"."""
    lex = lexicon()
    words = fold(re.sub(r"[\"“”‘(][^\"“”’)]+[\"”’)]", " ", name)).replace(",", " ").split()
    while len(words) > 1 and words[0].rstrip(".") in lex.titles:
        words.pop(0)
    words = [word for word in words if word.rstrip(".") not in lex.suffixes or len(words) < 3] or words
    plain = [_spelled(_ARTICLE.sub("", word)) for word in words if word not in ("al", "el", "ul")] or words
    if len(plain) == 3 and re.fullmatch(r"\w\.?", plain[1]):
        plain.pop(1)
    return " ".join(word.strip(".") for word in plain)


def surname_key(key: str) -> str:
    """The last word of an identity key."""
    return key.rsplit(" ", 1)[-1]


def _spelled(word: str) -> str:
    return lexicon().spellings.get(word, word)
