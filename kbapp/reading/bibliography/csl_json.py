"""CSL-JSON, as Zotero and most programs of references write it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kbapp.domain import Article
from kbapp.reading.bibliography.items import Item, articles_of
from kbapp.reading.encoding import decode

_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "
    "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report review "
    "review-book software song speech standard thesis treaty webpage".split()
)


def is_csl(value: Any) -> bool:
    """Whether a JSON value is a list of references."""
    items = _items(value)
    first = items[0] if items else {}
    people = first.get("author")
    named = (
        isinstance(people, list)
        and bool(people)
        and isinstance(people[0], dict)
        and bool({"family", "literal", "given"} & people[0].keys())
    )
    return "title" in first and (first.get("type") in _TYPES or named) and "content" not in first


def read_csl_json(data: bytes, _name: str) -> list[Article]:
    """An article for each reference. Raises UnreadableFile."""
    return articles_of(_item(each) for each in _items(json.loads(decode(data))))


def _items(value: Any) -> list[Mapping[str, Any]]:
    found = (
        value.get("items")
        if isinstance(value, dict) and "items" in value
        else value
        if isinstance(value, list)
        else [value]
    )
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _item(each: Mapping[str, Any]) -> Item:
    def text(*names: str) -> str:
        return next((value for name in names if isinstance(value := each.get(name), str) and value.strip()), "")

    people = each.get("author") or each.get("editor")
    tags = each.get("keyword") or each.get("tags") or ""
    return Item(
        title=text("title"),
        names=tuple(_name(person) for person in people if isinstance(person, dict)) if isinstance(people, list) else (),
        published=_date(each.get("issued")),
        source=text("container-title", "publisher") or None,
        url=text("URL") or None,
        doi=text("DOI") or None,
        abstract=text("abstract"),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else tuple(str(tags).replace(",", ";").split(";")),
        notes=(text("annote"),) if text("annote") else (),
        language=text("language") or None,
    )


def _name(person: Mapping[str, Any]) -> str:
    """A name as it is spoken: "Ludwig van Beethoven Jr."; an institution as it stands."""
    if person.get("literal"):
        return str(person["literal"])
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(str(person[name]).strip(" ,") for name in order if person.get(name))


def _date(issued: Any) -> str | None:
    """The date with the parts that it has."""
    if isinstance(issued, str):
        return issued
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part).strip() for part in parts[0][:3]]
        known = [number for number in numbers if number.isdigit()]
        if known:
            return "-".join(f"{int(number):02d}" for number in known)
    return str(issued.get("raw") or issued.get("literal") or "") or None
