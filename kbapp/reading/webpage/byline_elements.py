"""Bylines as elements of a page: the names in one, and whether one stands beside the article or belongs to another."""

from __future__ import annotations

import re
from typing import Any

from kbapp.reading.fields import byline_words, bylines
from kbapp.reading.webpage.dom import clean, marks

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SKIPPED = frozenset("time button svg script style img picture noscript figure select input label".split())
_BESIDE_NAME = re.compile(r"\b(?:date|time|publish\w*|updated|share|social|role|position|job|bio|location|read|reading|minutes?|avatar|twitter|facebook|email|icon|tooltip|dropdown|comments?|category|tags?|outlet|source|photo|photographer|credit)\b", re.I)  # fmt: skip
_FOREIGN = re.compile(r"\b(?:comments?|respond|reply|replies|related|recommend\w*|teasers?|appetizer|sidebar|more|popular|trending|latest|promo|newsletter|menu|nav|footer|carousel|slider|archive|pagination|also|upsell)\b|(?<!elementor )\bwidget\b", re.I)  # fmt: skip
_BY = re.compile(rf"^\s*(?:{byline_words.CUES}|{byline_words.CUES_WITH_COLON})\s*[:：]?\s*$", re.I)
_OTHERS = re.compile(r"^[\W_]*(?:" + byline_words.OTHERS.pattern + r"|(?:photo(?:graph)?s?|fotos?|bilder|illustrations?|translated|edited|reviewed|fact[- ]checked)\b)", re.I)  # fmt: skip
_CUE = re.compile(r"^\s*(?:written by|posted by|published by|by|author|autor|von|par|por)\b\s*[:：]?\s*(?=\S)", re.I)
_LOOSE = re.compile(r"^[\s,;|·•–—&/()-]*(?:and|und|et|y|e|og|och|en|i|и|with|mit)?[\s,;|·•–—&/()-]*$", re.I)


def names_in(element: Any, *, marked: bool) -> list[str]:
    """The authors that a byline element names, read part by part: each link or span is a name or is none.

    Args:
        element: The element.
        marked: Whether its class says that it is a byline; then one word or an agency is a name, too.
    """
    runs = _runs(element)
    names: list[str] = []
    others = False  # whether the runs are about who took the pictures
    for run in runs:
        if _OTHERS.match(run):
            others = True
        elif _BY.match(run):
            others = False
        if others or _BY.match(run) or _LOOSE.match(run):
            continue
        found = bylines.byline_of(run) or bylines.parse_authors(_CUE.sub("", run))
        names += [name for name in found if bylines.is_name(name) and not (names and bylines.is_outlet(name))]
    if names:
        return list(dict.fromkeys(names))
    line = clean(" ".join(runs))
    whole = bylines.byline_of(line)
    if whole or not marked:
        return whole
    if len(line) > 80:
        return []
    return [name for name in bylines.parse_authors(_CUE.sub("", line)) if _is_marked_name(name)][:6]


def words_of(element: Any) -> str:
    """Class and id as words: dashes, underlines and camelCase part them."""
    return re.sub(r"[-_]+", " ", _CAMEL.sub(" ", marks(element)))


def is_foreign(element: Any, home: set[Any]) -> bool:
    """Whether an element belongs to something else on the page than the article: a comment, a teaser, the menu.

    ``home`` are the elements around the headline; what one of them is called says nothing.
    """
    while element is not None and element not in home and isinstance(element.tag, str):
        if element.tag in ("nav", "footer", "aside") or _FOREIGN.search(words_of(element)):
            return True
        element = element.getparent()
    return False


def is_credited_otherwise(link: Any) -> bool:
    """Whether the words before a link say that it names somebody else: "Photographs by", "Fact-checked by"."""
    before = link.getprevious()
    said = before.tail if before is not None else link.getparent().text if link.getparent() is not None else ""
    if not (said or "").strip() and before is not None:
        said = " ".join(before.itertext())
    return bool(_OTHERS.match((said or "").strip()[-60:]) or byline_words.OTHERS.search((said or "")[-60:] + " "))


def _is_marked_name(name: str) -> bool:
    if _BY.match(name):
        return False
    return bylines.is_name(name) or bylines.is_agency(name) or (bylines.is_declared_name(name) and not _LOOSE.match(name) and not name.islower())  # fmt: skip


def _runs(element: Any) -> list[str]:
    """The texts of an element one by one, up to its first line break; dates, buttons and roles are left out."""
    runs: list[str] = []
    _gather(element, runs, 0)
    return [text for run in runs if (text := clean(run))]


def _gather(element: Any, runs: list[str], depth: int) -> bool:
    if element.text:
        runs.append(element.text)
    for child in element:
        if child.tag == "br" and any(run.strip() for run in runs):
            return False
        if (
            isinstance(child.tag, str)
            and child.tag not in _SKIPPED
            and depth < 6
            and not _BESIDE_NAME.search(words_of(child))
            and not _gather(child, runs, depth + 1)
        ):
            return False
        if child.tail:
            runs.append(child.tail)
    return True
