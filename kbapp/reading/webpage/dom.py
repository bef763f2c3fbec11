"""Small questions to a page's tree that all readers of its fields ask."""

from __future__ import annotations

import functools
import re
from typing import Any

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_UNSEEN = frozenset("script style svg rt rp template noscript button time".split())
_PARTING = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 section td tr small".split())
_NO_WORD = re.compile(r"\W+")


def clean(value: str) -> str:
    """One space where there were several."""
    return " ".join(value.split())


def text_of(element: Any) -> str:
    """The text of an element."""
    return clean(" ".join(element.itertext()))


def shown_text(element: Any) -> str:
    """The text of an element as it is shown: inline elements join without a blank, blocks part words, readings of
    characters and marks for breaking words are left out."""
    runs: list[str] = []
    _gather(element, runs, 0)
    text = _INVISIBLE.sub("", "".join(runs))
    return clean(re.sub(r"\x00\s*(?=[:;,.!?…])", "", text).replace("\x00", " "))


def _gather(element: Any, runs: list[str], depth: int) -> None:
    if element.text:
        runs.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN and depth < 30:
            apart = child.tag in _PARTING or (runs and child.getprevious() is not None and not child.getprevious().tail)
            runs.append("\x00" if apart and child.tag not in ("sub", "sup", "wbr", "ruby", "rb") else "")
            _gather(child, runs, depth + 1)
            runs.append(" " if child.tag in _PARTING else "")
        if child.tail:
            runs.append(child.tail)


@functools.lru_cache(maxsize=512)
def folded(value: str | None) -> str:
    """Letters and digits alone, for comparing."""
    return _NO_WORD.sub("", value or "").casefold()


def in_furniture(element: Any) -> bool:
    """Whether an element stands in navigation, footer or masthead."""
    return any(
        ancestor.tag in ("nav", "footer", "aside") or re.search(r"logo|masthead|site-?(?:title|header|name)|brand", marks(ancestor), re.I)
        for ancestor in [element, *element.iterancestors()]
        if isinstance(ancestor.tag, str) and ancestor.tag not in ("html", "body")
    )  # fmt: skip


def marks(element: Any) -> str:
    """Class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def following(element: Any, limit: int) -> list[Any]:
    """The elements that follow in document order, at most ``limit``, scripts and pictures left out."""
    found: list[Any] = []
    for following in element.xpath("following::*[position() <= 60]"):
        if isinstance(following.tag, str) and following.tag not in (
            "script",
            "style",
            "svg",
            "path",
            "meta",
            "link",
            "img",
        ):
            found.append(following)
            if len(found) >= limit:
                break
    return found


def first_of(meta: dict[str, list[str]], *keys: str) -> str | None:
    """The first value of the first of these meta tags that is there."""
    return next((meta[key][0] for key in keys if key in meta), None)
