"""Years of other calendars to those of the Gregorian one."""

from __future__ import annotations

import datetime

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""What is added to a year of a Japanese era, or of the Republic of China."""

BUDDHIST = 543


def from_persian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A day of the solar Hijri calendar as (year, month, day); exact from 1178 to 1633 (its 33-year cycle of leap years)."""
    passed = (
        365 * (year - 1) + _leaps_before(year) + (31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)) + day - 1
    )
    found = datetime.date(622, 3, 21) + datetime.timedelta(days=passed)
    return found.year, found.month, found.day


def _is_persian_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def _leaps_before(year: int) -> int:
    whole, rest = divmod(year - 1, 33)
    return whole * 8 + sum(1 for each in range(1, rest + 1) if _is_persian_leap(each))
