"""Dates, numbers and phrases as people write them, in the language that was chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kbapp.errors import Notice, Term, UserError
from kbapp.paths import resource

LANGUAGES = {"en": "English", "de": "Deutsch", "ar": "العربية"}
_MONTHS = "January February March April May June July August September October November December".split()
RIGHT_TO_LEFT = frozenset(["ar"])


@dataclass(slots=True)
class Table:
    """A language: ``texts`` by their English wording, ``months``, how a date is put together, and the forms of counted words.

    ``plurals`` give for each English word the forms for the classes of numbers that ``_class`` tells apart.
    """

    language: str = "en"
    texts: dict[str, str] = field(default_factory=dict)
    months: list[str] = field(default_factory=lambda: list(_MONTHS))
    date: str = "{day} {month} {year}"
    plurals: dict[str, list[str]] = field(default_factory=dict)


_table = Table()


def load(language: str) -> Table:
    """The table of a language of LANGUAGES; an empty one for English and for languages that there is none of."""
    if language == "en" or language not in LANGUAGES:
        return Table()
    found: dict[str, Any] = json.loads(resource("translations", f"{language}.json").read_text("utf-8"))
    return Table(language=language, **found)


def use(table: Table) -> None:
    """Pages are written in this language from now on."""
    global _table  # noqa: PLW0603
    _table = table


def language() -> str:
    """The language that pages are written in, an ISO 639-1 code."""
    return _table.language


def translated(text: str) -> str:
    """A phrase in the language chosen; in English where the table does not have it."""
    return _table.texts.get(text, text)


def message(told: UserError | Notice) -> str:
    """What an error or a notice says, in the language chosen."""
    fields = {name: translated(value) if isinstance(value, Term) else value for name, value in told.fields.items()}
    return translated(told.code.value).format(**fields)


def joined(parts: Iterable[str | None]) -> str:
    """The parts that are there with points between; each keeps its own direction in a language written from the right."""
    return " · ".join(isolated(part) for part in parts if part)


def right_to_left() -> bool:
    """Whether the language chosen is written from the right."""
    return _table.language in RIGHT_TO_LEFT


def isolated(text: str) -> str:
    """The text set apart from the direction of its neighbours, where the language chosen is written from the right."""
    return f"\u2068{text}\u2069" if _table.language in RIGHT_TO_LEFT and text else text


def plain_date(value: str | None) -> str:
    """An ISO date as people write it: "18 October 2010", "October 2010", "2010"."""
    if not value:
        return ""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?", value)
    if not match:
        return value
    year, month, day, _ = match.groups()
    if not month:
        return year
    name = _table.months[int(month) - 1]
    return _table.date.format(day=int(day), month=name, year=year) if day else f"{name} {year}"


def plural(number: int, word: str, many: str | None = None) -> str:
    """ "1 article", "2,000 articles"."""
    forms = _table.plurals.get(word)
    if forms:
        return forms[min(_class(number), len(forms) - 1)].format(f"{number:,}")
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def _class(number: int) -> int:
    """Which form of a counted word: in Arabic one, two, few (3 to 10) or many, elsewhere one or many."""
    if _table.language == "ar":
        return 0 if number == 1 else 1 if number == 2 else 2 if 3 <= number % 100 <= 10 else 3
    return 0 if number == 1 else 1
