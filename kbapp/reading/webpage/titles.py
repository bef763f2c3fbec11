"""The headline of a page: the heading that shows it, without kicker, date, label and dek that stand in the same element."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from kbapp.reading.fields.dates import is_date_only
from kbapp.reading.webpage import json_ld
from kbapp.reading.webpage.byline_elements import is_foreign, words_of
from kbapp.reading.webpage.dom import clean, first_of, folded, in_furniture, shown_text, text_of

_SEPARATOR = re.compile(r"\s+[|–—·•»:‹›<>~-]+\s+|\s*[|»·•]\s*|：|｜")
_COMMENTS = re.compile(
    r"^\W*(?:\d[\d.,]*\s+)?(?:comments?|responses?|replies|thoughts on|kommentare?|antworten|commentaires?|comentarios?|comentários?|commenti|reacties|комментари\w+|コメント|留言|评论)\b",
    re.I,
)
_NO_HEADLINE = re.compile(
    r"^(?:original text|navigation.*|menu|search|home|breadcrumb|main navigation|skip to .*|cookies?.*)$",
    re.I,
)
_KICKER = re.compile(r"\b(?:kicker|eyebrow|overline|topline|top line|label|category|dachzeile|rubrik|rubric|section|surtitle|surtitre|antetítulo|date|datum|time|tag|prefix|suptitle|spitzmarke|vorspann|badge|flag|premium)\b", re.I)  # fmt: skip
_BELOW = re.compile(r"\b(?:sub ?title|sub ?head\w*|subline|dek|deck|tagline|untertitel|description|summary)\b", re.I)
_LABEL_AFTER = re.compile(r"\s+[|(–—]\s?\S")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, where it was found, whether that is a guess, the heading that shows it, and a dek that stood within it."""

    title: str | None
    place: str | None
    unsure: bool
    heading: Any = None
    dek: str | None = None

    @property
    def whole(self) -> str:
        """All that the heading says, its kicker included."""
        return "" if self.heading is None else shown_text(self.heading)


def headline(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], source: str | None, host: str | None
) -> Headline:
    """Finds the title of a page's article."""
    claims = _claims(tree, meta, node, source, host)
    heading = _main_heading(tree, list(claims.values()), {folded(source), folded(host)} - {""})
    if heading is None:
        place = next(iter(claims), None)
        return Headline(claims.get(place or ""), place, unsure=place == "document title")
    title, dek = _without_company(heading, [claim for claim in claims.values() if claim])
    title = _without_site(title, source, host)
    title = next((claim for claim in claims.values() if title.startswith(claim) and _LABEL_AFTER.match(title[len(claim) :])), title)  # fmt: skip
    stronger = next((place for place in claims if len(title.split()) <= 4 < len(claims[place].split())), None)
    if stronger is not None and not any(_alike(title, claim) for claim in claims.values()):
        # "Business Monday" is the section
        return Headline(claims[stronger], stronger, unsure=True, heading=heading)
    return Headline(title, "heading", unsure=not claims, heading=heading, dek=dek)


def _claims(
    tree: Any, meta: dict[str, list[str]], node: dict[str, Any], source: str | None, host: str | None
) -> dict[str, str]:
    """What the page declares its title to be, the best first, without the site's name."""
    found = {
        "json-ld": json_ld.text(node["headline"]) if node.get("headline") else None,
        "og:title": first_of(meta, "og:title", "twitter:title"),
        "meta title": first_of(meta, "dc.title", "dcterms.title", "citation_title", "title", "headline"),
        "document title": clean(tree.findtext(".//title") or "") or None,
    }
    # A heading that says all of the document's title: what stands after its dash is no site's name.
    shown = {folded(text_of(heading)) for heading in itertools.islice(tree.iter("h1", "h2"), 40)}
    claims = {}
    for place, claim in found.items():
        guess = place == "document title" and folded(claim) not in shown
        cut = _without_site(_visible(claim), source, host, guess=guess) if claim else ""
        if cut and folded(cut) not in (folded(source), folded(host)):
            claims[place] = cut
    return claims


def _visible(text: str) -> str:
    return clean(re.sub("[\u00ad\u200b\u2060\ufeff]", "", text))


def _alike(one: str, other: str) -> bool:
    a, b = folded(one), folded(other)
    return bool(a and b) and (a in b or b in a or not _unlike(one, other))


def _unlike(one: str, other: str) -> bool:
    """Whether two titles share less than a third of their words: one of them is no variant of the other."""
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    if not a or not b or folded(one) in folded(other) or folded(other) in folded(one):
        return False
    return len(a & b) < 0.34 * min(len(a), len(b))


def _main_heading(tree: Any, claims: list[str], sites: set[str]) -> Any:
    """The heading that shows the title: one that the declared title agrees with, else the first h1 of the article."""
    keys = [folded(claim) for claim in claims if claim]
    candidates = [
        heading
        for heading in itertools.islice(tree.iter(*_HEADINGS), 120)
        if 2 <= len(text := text_of(heading)) <= 400 and not _COMMENTS.match(text) and not _NO_HEADLINE.match(text)
    ]
    fitting = _fitting([each for each in candidates if each.tag in ("h1", "h2")], keys, sites)
    if fitting is not None:
        return _other_part(fitting, candidates, keys)
    marked = tree.xpath("//*[@itemprop='headline' and (self::h1 or self::h2 or self::div or self::span)]")
    if marked:
        return marked[0]
    exact = [each for each in candidates if folded(text_of(each)) in keys and not is_foreign(each, set())]
    if exact:
        return exact[0]
    inside = [each for each in candidates if each.tag == "h1" and not in_furniture(each) and folded(text_of(each)) not in sites]  # fmt: skip
    unmarked = _unmarked_heading(tree, keys)
    if unmarked is not None and (not inside or not any(_alike(text_of(inside[0]), claim) for claim in claims)):
        return unmarked
    return inside[0] if inside else None


def _fitting(candidates: list[Any], keys: list[str], sites: set[str]) -> Any:
    fitting: list[tuple[int, Any]] = []
    for heading in candidates:
        words = folded(text_of(heading))
        short = 3 if re.search(r"[\u3040-\u9fff\uac00-\ud7af]", words) else 8
        if (
            len(words) > short
            and words not in sites
            and any(words in key or key in words for key in keys)
            and not in_furniture(heading)
        ):
            fitting.append((len(words), heading))
    if not fitting:
        return None
    first, longest = fitting[0], max(fitting, key=lambda pair: pair[0])
    # "The Gazette: Ferries stop" agrees with two headings; the paper's name is the shorter one.
    return longest[1] if first[0] * 1.5 < longest[0] else first[1]


def _other_part(heading: Any, candidates: list[Any], keys: list[str]) -> Any:
    """The heading, or where it is only the site's name in "The Gazette: Ferries stop", the one that says the rest."""
    words = folded(text_of(heading))
    rests = {key.removeprefix(words) for key in keys} | {key.removesuffix(words) for key in keys}
    others = (each for each in candidates if len(other := folded(text_of(each))) > len(words) and other in rests and other not in keys)  # fmt: skip
    return next(others, heading)


def _unmarked_heading(tree: Any, keys: list[str]) -> Any:
    """The innermost element that is no heading and says just what the title says."""
    best: tuple[int, Any] | None = None
    for element in itertools.islice(tree.iter("b", "strong", "font", "span", "big", "center", "td", "div", "p"), 400):
        words = folded(text_of(element)) if len(element) < 4 and len(element.text or "") < 400 else ""
        fits = 8 < len(words) < 250 and any(words in key for key in keys)
        if fits and (best is None or len(words) >= best[0]) and not is_foreign(element, set()):
            best = (len(words), element)
    return best[1] if best else None


def _without_company(heading: Any, claims: list[str]) -> tuple[str, str | None]:
    """The headline alone, of an element that holds a kicker, a date, a label or a dek as well; and the dek."""
    whole = shown_text(heading)
    parts = _parts(heading)
    if len(parts) < 2:
        return whole, None
    for first in range(len(parts)):
        for last in range(len(parts), first, -1):
            text = clean(" ".join(part for part, _ in parts[first:last])).strip(" :|–—-")
            if last - first < len(parts) and any(folded(text) == folded(claim) for claim in claims):
                rest = [part for part, _ in parts[last:] if len(part) > 12]
                return text, rest[0] if rest else None
    if any(folded(whole) == folded(claim) for claim in claims):
        return whole, None
    while len(parts) > 1 and (_KICKER.search(parts[0][1]) or is_date_only(parts[0][0])):
        parts = parts[1:]
    dek = None
    while len(parts) > 1 and (
        _BELOW.search(parts[-1][1]) or "small" in parts[-1][1].split() or is_date_only(parts[-1][0])
    ):
        dek, parts = parts[-1][0], parts[:-1]
    return (clean(" ".join(part for part, _ in parts)) if len(parts) < len(_parts(heading)) else whole), dek


def _parts(heading: Any) -> list[tuple[str, str]]:
    """The child elements and bare texts of a heading: (text, tag and class words)."""
    inner = heading
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip() and len(inner[0]):
        inner = inner[0]
    parts = [(inner.text or "", "")]
    for child in inner:
        if isinstance(child.tag, str):
            parts += [(shown_text(child), f"{child.tag} {words_of(child)}"), (child.tail or "", "")]
    return [(_visible(text), called) for text, called in parts if text.strip()]


def _without_site(title: str, source: str | None, host: str | None, *, guess: bool = False) -> str:
    """A title without the name of its site at either end; ``guess`` also cuts what only looks like one."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    names = {folded(source), "the" + folded(source), folded(source).removeprefix("the"), *_host_names(host)} - {
        "",
        "the",
    }
    end = title[: title.rfind(parts[-1])].rstrip(" |–—·•»:‹›<>~-：｜")
    start = title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |–—·•»:‹›<>~-：｜")
    if folded(parts[-1]) in names and end:
        return end
    if folded(parts[0]) in names and start:
        return start
    if guess and len(parts[-1]) <= 40 and len(end) > 1.2 * len(parts[-1]) and len(parts[-1].split()) <= 5:
        mark = title[len(end) : title.rfind(parts[-1])].strip()
        if mark in ("|", "»", "·", "•", "｜", "–", "—") or (mark == "-" and parts[-1][:1].isupper()):
            return end
    return title


def _host_names(host: str | None) -> set[str]:
    labels = (host or "").split(".")
    return {folded(host), *(folded(label) for label in labels[:-1] if len(label) > 3)}
