"""Dates and numbers as people write them."""

from __future__ import annotations

import datetime
import re


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
    name = datetime.date(2000, int(month), 1).strftime("%B")
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def plural(number: int, word: str, many: str | None = None) -> str:
    """ "1 article", "2,000 articles"."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"
