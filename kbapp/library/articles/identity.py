"""Which article is which: whether a copy that comes in is new, known, newer or older than one in the library, or another.

One pure function over what is known of both; its table of tests is the specification. The library asks it about articles
that have the same bytes or the same address (see addresses.py): an address alone does not make two texts one article, as some
sites give every page the address of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from kbapp.library.articles.dates import published_key
from kbapp.library.articles.shingles import contained, shingles
from kbapp.reading.stubs import is_stub

_SAME_TEXT = 0.2  # of the shorter text's runs of words in both: an edition that was worked over
_EXCERPT = 0.75  # of the runs in the longer text, too: a teaser of it
_TEASER = 0.6  # of the length: a text that is shorter, and wholly in the other, is a teaser
_SAME_TITLE = 85  # of 100, by tokens


class Verdict(Enum):
    """What a copy is to an article that is there."""

    DUPLICATE = "the same text"
    NEW_VERSION = "a newer text of the same article"
    OLDER_VERSION = "an older, or a lesser, text of the same article"
    DIFFERENT = "another article"


@dataclass(frozen=True, slots=True)
class Copy:
    """What identity is told by; ``fingerprint`` is that of title and text, ``saved`` when another program stored it."""

    title: str
    text: str
    fingerprint: str
    format: str = "html"
    published: str | None = None
    saved: str | None = None


def decide(incoming: Copy, present: Copy, earlier: frozenset[str] = frozenset()) -> Verdict:
    """What ``incoming`` is to ``present``, an article of the same address.

    Args:
        incoming: The copy that is imported.
        present: The article as the library has it.
        earlier: Fingerprints of the article's earlier versions.
    """
    if incoming.fingerprint == present.fingerprint or incoming.fingerprint in earlier:
        return Verdict.DUPLICATE
    if incoming.format == "link":  # a bookmark brings no text
        return Verdict.DUPLICATE
    if present.format == "link":
        return Verdict.NEW_VERSION
    stub = is_stub(incoming.title, incoming.text)
    if stub or is_stub(present.title, present.text):
        return Verdict.OLDER_VERSION if stub else Verdict.NEW_VERSION
    new, old = shingles(incoming.text), shingles(present.text)
    alike = max(contained(new, old), contained(old, new))
    if not _same_article(incoming, present, alike):
        return Verdict.DIFFERENT
    if _is_teaser(incoming.text, present.text, contained(new, old)):
        return Verdict.OLDER_VERSION
    if _is_teaser(present.text, incoming.text, contained(old, new)):
        return Verdict.NEW_VERSION
    return Verdict.OLDER_VERSION if _is_older(incoming, present) else Verdict.NEW_VERSION


def _same_article(incoming: Copy, present: Copy, alike: float) -> bool:
    """A text worked over, or the same headline over a text that was written again on the same days."""
    if alike >= _SAME_TEXT:
        return True
    if fuzz.token_sort_ratio(incoming.title.casefold(), present.title.casefold()) < _SAME_TITLE:
        return False
    one, other = published_key(incoming.published)[:10], published_key(present.published)[:10]
    return not one or not other or one.startswith(other) or other.startswith(one)


def _is_teaser(text: str, whole: str, share: float) -> bool:
    return share >= _EXCERPT and len(text) < _TEASER * len(whole)


def _is_older(incoming: Copy, present: Copy) -> bool:
    """By the dates of publication, as far as both are known to; of the same date by when other programs stored them."""
    for one, other in ((incoming.published, present.published), (incoming.saved, present.saved)):
        mine, theirs = published_key(one), published_key(other)
        known = min(len(mine), len(theirs))
        if mine[:known] != theirs[:known]:
            return mine[:known] < theirs[:known]
    return False
