"""Dates as they are written in a query, to spans of minutes."""

from __future__ import annotations

import calendar
import datetime
import re

from kbapp.search.index.documents import minutes


def date_range(text: str, today: datetime.date) -> tuple[int, int] | None:
    """First minute and the minute after the last of a date expression, or None when it is none."""
    if ".." in text:
        start, _, end = text.partition("..")
        first = _span(start, today) if start else (-(2**31) + 1, 0)
        last = _span(end, today) if end else (0, 2**31 - 1)
        return (first[0], last[1]) if first and last else None
    if text[:1] in "<>" and (span := _span(text.lstrip("<>="), today)):
        return (-(2**31) + 1, span[0]) if text[0] == "<" else (span[0] if "=" in text else span[1], 2**31 - 1)
    return _span(text, today)


def _span(text: str, today: datetime.date) -> tuple[int, int] | None:
    first: datetime.date
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    try:
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            first = datetime.date(year, month or 1, day or 1)
            if day:
                after = first + datetime.timedelta(days=1)
            elif month:
                after = first + datetime.timedelta(days=calendar.monthrange(year, month)[1])
            else:
                after = datetime.date(year + 1, 1, 1)
        elif text in ("today", "yesterday"):
            first = today - datetime.timedelta(days=text == "yesterday")
            after = first + datetime.timedelta(days=1)
        elif match := re.fullmatch(r"(last|this|past)-(day|week|month|year)", text):
            first, after = _relative(match[1], match[2], today)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return minutes(first.isoformat()), minutes(after.isoformat())


def _relative(which: str, unit: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    tomorrow = today + datetime.timedelta(days=1)
    if which == "past":
        days = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
        return today - datetime.timedelta(days=days), tomorrow
    starts = {
        "day": today,
        "week": today - datetime.timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    start = starts[unit]
    if which == "this":
        return start, tomorrow
    before = start - datetime.timedelta(days=1)
    previous = {
        "day": before,
        "week": start - datetime.timedelta(days=7),
        "month": before.replace(day=1),
        "year": before.replace(month=1, day=1),
    }[unit]
    return previous, start
