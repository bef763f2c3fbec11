"""Where the article stands on a page, told by its text: paragraphs with much prose and few links lend weight to the
elements that hold them (the idea of Readability, 2009), and what hangs together with the heaviest is the body."""

from __future__ import annotations

import re
from typing import Any

from kbapp.reading.webpage.page_text import SENTENCE, STRONG, TextFragment, class_words

_MORE = 0.3  # of the prose held so far: less is not worth going up for
_CLUTTER = 0.5


def dense_fragments(found: list[TextFragment]) -> list[TextFragment]:
    """Those fragments that make up the article: what hangs under the heaviest element, furniture and link lists left out."""
    weights: dict[Any, float] = {}
    for fragment in found:
        worth = _worth(fragment)
        element = fragment.parent
        share = 1.0
        for _ in range(5):
            if element is None or element.tag in ("body", "html"):
                break
            weights[element] = weights.get(element, 0.0) + worth * share
            element, share = element.getparent(), share * (0.75 if share == 1.0 else 0.6)
    if not weights:
        return [fragment for fragment in found if _worth(fragment) > 0]
    top = max(weights, key=lambda element: weights[element] * (1.3 if STRONG.search(class_words(element)) else 1.0))
    top = _widened(top, found)
    inside = set(top.iter())
    return _trimmed([fragment for fragment in found if fragment.parent in inside])


def _widened(top: Any, found: list[TextFragment]) -> Any:
    """The ancestor of the heaviest element that holds the other sections of its article: while going up adds a good deal
    of prose, and less of links, cards and furniture than of prose."""
    teasers = teasing(found)
    inside = set(top.iter())
    known = {name for fragment in found if fragment.parent in inside for name in fragment.suspects}
    prose: dict[Any, int] = {}
    rest: dict[Any, int] = {}
    for fragment in found:
        good = (
            known.issuperset(fragment.suspects)
            and not fragment.furniture
            and fragment.prose > 0
            and id(fragment) not in teasers
            and not is_aside(fragment)
        )
        counts = prose if good else rest
        element = fragment.parent
        while element is not None:
            counts[element] = counts.get(element, 0) + len(fragment.text)
            element = element.getparent()
    best, element = top, top.getparent()
    while element is not None and element.tag != "html":
        more = prose.get(element, 0) - prose.get(best, 0)
        clutter = rest.get(element, 0) - rest.get(best, 0)
        if more > _CLUTTER * clutter and (more >= _MORE * prose.get(best, 0) or more > 4 * clutter):
            best = element
        element = element.getparent()
    return best


def _worth(fragment: TextFragment) -> float:
    """How much a fragment speaks for its element being the article."""
    if fragment.furniture or fragment.links > 0.5 or len(fragment.text) < 25 or fragment.kind == "heading":
        return 0.0
    worth = 0.5 + min(len(fragment.text) / 100, 4.0) + min(fragment.text.count(",") * 0.2, 1.5)
    if not SENTENCE.search(fragment.text):
        worth *= 0.3
    return worth * (1 - fragment.links)


def _trimmed(inside: list[TextFragment]) -> list[TextFragment]:
    """Without furniture, link lists, and headings that nothing follows."""
    kept = [
        fragment
        for fragment in inside
        if not fragment.furniture
        and not is_aside(fragment)
        and not (fragment.kind == "list_item" and fragment.links > 0.35 and not SENTENCE.search(fragment.text))
        and (
            fragment.links < 0.55
            or (fragment.links < 0.9 and bool(SENTENCE.search(fragment.text)) and len(fragment.text) > 80)
        )
    ]
    result: list[TextFragment] = []
    for at, fragment in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        if fragment.kind == "heading" and (
            following is None or (following.kind == "heading" and (following.level or 2) <= (fragment.level or 2))
        ):
            continue
        result.append(fragment)
    return result


_CREDIT = re.compile(
    r"\((?:image|photo|picture|credit|pic|bild|foto|crédit)s?\s*(?:credit)?\s*:[^()]{0,80}\)\s*$|^(?:image|photo|picture|credit|foto|bild)s?(?: by| credit| courtesy)?\s*:",
    re.I,
)
_CLOSER = re.compile(
    r"^(?:loading(?: \w+){0,3}(?:\.\.\.|…)$|like this (?:story|article)|share (?:this|on|it)|follow (?:us|@)|sign up|subscribe (?:to|now|here)|read (?:more|next|also|full)|don[’']t miss|see also|related(?: articles?| stories| posts?)?:?$|"
    r"advertisement|click here|also read|watch(?: live| now|:)|more (?:from|on|stories)|listen:|continue reading|all rights reserved|copyright|©|filed under|tags?:|posted in|"
    r"leave a (?:comment|reply)|view comments|show comments|comments? (?:are closed|\()|thank you for reading|get the latest|download (?:the|our) app|support (?:us|our)|"
    r"this (?:article|story) (?:was )?(?:originally|first) (?:appeared|published)|\[?read more|story continues|recommended|lesen sie auch|mehr zum thema|lire aussi|leia (?:mais|também)|lee también|leggi anche)",
    re.I,
)


def is_aside(fragment: TextFragment) -> bool:
    """Short lines that frame an article on the web: calls to share or read on, credits of pictures."""
    return len(fragment.text) < 160 and bool(_CREDIT.search(fragment.text) or _CLOSER.match(fragment.text))


def teasing(found: list[TextFragment]) -> set[int]:
    """The ids of fragments that advertise other articles: a headline that is a link, and at most one paragraph under it,
    three times or more on the page."""
    cards: list[list[TextFragment]] = []
    card: list[TextFragment] | None = None
    for fragment in found:
        if fragment.kind == "heading" or (fragment.links > 0.9 and len(fragment.text) > 25):
            if card is not None:
                cards.append(card)
            card = [fragment] if fragment.links > 0.8 else None
        elif card is not None:
            card.append(fragment)
            if len([each for each in card if len(each.text) > 60]) > 2 or len(card) > 6:
                card = None  # too much for a card: an article whose headings are links
    cards += [card] if card is not None else []
    return {id(fragment) for card in cards for fragment in card} if len(cards) > 2 else set()
