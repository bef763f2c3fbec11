"""The dek of an article, the sentence between headline and text: told by its class, its place and its shape.

It is what the page shows. A second headline that is only declared is none, and a description that is not on the page neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kbapp.reading.fields import bylines
from kbapp.reading.fields.dates import is_date_only
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.byline_elements import words_of
from kbapp.reading.webpage.dom import folded, shown_text

_DEK = re.compile(
    r"\b(?:sub ?titles?|sub ?head(?:line|ing)?s?|subline|dek|deck|standfirst|stand first|strapline|tagline|lede|lead|lead ?text|intro(?:duction|text)?|summary|excerpt|synopsis|"
    r"desc|description|speakable|teaser ?text|kicker ?text|vorspann|untertitel|unterzeile|anriss|einleitung|chapeau|chapo|soustitre|accroche|sous titre|bajada|copete|entradilla|sumario|subtitulo|"
    r"linha fina|gravata|occhiello|catenaccio|sottotitolo|sommario|onderkop|inleiding|ingress|manchet|manchett|underrubrik|underrubrikk|preamble|zajawka|podtytuł|perex|spot|alineia|абзац|лид|подзаголовок)\b",
    re.I,
)  # fmt: skip
_NO_DEK = re.compile(r"\b(?:comments?|related|newsletter|caption|image|photo|video|author|bio|share|social|nav|menu|footer|cookie|ad|ads|promo|tags?|read ?more|list)\b", re.I)  # fmt: skip
_SURELY = re.compile(
    r"\b(?:sub ?titles?|sub ?head(?:line|ing)?s?|dek|standfirst|strapline|excerpt|untertitel|subtitulo|sottotitolo|podtytuł)\b",
    re.I,
)
_LEAST, _SHORT, _MOST = 16, 110, 500
_NEAR = 14  # texts after the headline


def dek_of(
    heading: Any, title: str | None, node: dict[str, Any], meta: dict[str, list[str]]
) -> tuple[str | None, str | None]:
    """The dek and where it was found ("class", "description", "place"); (None, None) when the page shows none."""
    if heading is None:
        return None, None
    texts = list(_texts_after(heading))
    descriptions = {
        folded(claim)
        for claim in [json_ld.text(node["description"]) if isinstance(node.get("description"), str) else "", *(value for key in ("og:description", "description", "twitter:description") for value in meta.get(key, [])[:1])]
        if claim
    }  # fmt: skip
    usable = [(element, text) for element, text in texts if len(text) <= _MOST and _is_dek_text(text, title)]
    found = (
        ("class", (text for element, text in usable if _is_called_dek(element) and _may_be_long(element, text, texts))),
        (
            "description",
            (
                text
                for element, text in usable
                if folded(text) in descriptions and (len(text) <= _SHORT or not _shares_box(element, texts))
            ),
        ),
        ("place", (text for element, text in usable if _stands_apart(element, text, texts))),
    )
    return next(((text, place) for place, some in found for text in some), (None, None))


def _is_dek_text(text: str, title: str | None) -> bool:
    return not (
        folded(text) == folded(title) or bylines.byline_of(text) or is_date_only(text) or bylines.is_name(text)
    ) and not re.fullmatch(r"[\W\d_]*", text)


def _is_called_dek(element: Any) -> bool:
    called = words_of(element)
    if _DEK.search(called) and not _NO_DEK.search(called):
        return element.tag in ("h2", "h3", "h4", "p", "div", "span", "strong", "section")
    parent = element.getparent()
    if parent is None or len(parent) > 2:
        return False
    above = words_of(parent)
    return bool(_DEK.search(above)) and not _NO_DEK.search(above)


def _may_be_long(element: Any, text: str, texts: list[tuple[Any, str]]) -> bool:
    """Whether what is called a dek is one in spite of its length: "lead" and "intro" are also first paragraphs."""
    return len(text) <= _SHORT or bool(_SURELY.search(words_of(element))) or not _shares_box(element, texts)


def _shares_box(element: Any, texts: list[tuple[Any, str]]) -> bool:
    """Whether the next paragraphs stand in the same element."""
    at = next(index for index, each in enumerate(texts) if each[0] is element)
    return any(each.tag == "p" and each.getparent() is element.getparent() for each, _ in texts[at + 1 : at + 3])


def _stands_apart(element: Any, text: str, texts: list[tuple[Any, str]]) -> bool:
    """Whether a paragraph stands between headline and text in a box of its own, or is a heading right under the headline."""
    at = next(index for index, each in enumerate(texts) if each[0] is element)
    if element.tag in ("h2", "h3") and at == 0 and 30 <= len(text) <= 300:
        return element.getparent() is not None and len(texts) > 1 and texts[1][0].tag not in ("h2", "h3")
    if element.tag != "p" or not 40 <= len(text) <= 300 or not element.get("class"):
        return False
    following = [each for each, _ in texts[at + 1 : at + 4]]
    boxes = {each.getparent() for each in following}
    alike = len(following) == 3 and len(boxes) == 1 and all(each.tag == "p" for each in following)
    return alike and element.getparent() not in boxes and len(element.getparent()) == 1


def _texts_after(heading: Any) -> Iterator[tuple[Any, str]]:
    """The elements with text of their own that follow a heading, and their texts."""
    found = 0
    for element in heading.xpath("following::*[position() <= 220]"):
        if not isinstance(element.tag, str) or element.tag in (
            "script",
            "style",
            "svg",
            "button",
            "time",
            "a",
            "i",
            "b",
            "em",
        ):
            continue
        if not (element.text or "").strip() and not (element.tag in ("p", "h2", "h3") and len(element)):
            continue
        text = shown_text(element)
        if len(text) < _LEAST:
            continue
        yield element, text
        found += 1
        if found >= _NEAR:
            return
