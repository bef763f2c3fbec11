"""Dates as articles write them, to ISO 8601 with just the precision that the source gives."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

_MONTHS = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia января",
    2: "february feb febr februar février fevrier févr febrero febbraio fevereiro fev februari lutego февраля",
    3: "march mar mrz märz maerz mars marzo março maart marca марта",
    4: "april apr avril avr abril abr aprile kwietnia апреля",
    5: "may mai mayo maggio mag maio mei maja мая",
    6: "june jun juni juin junio giugno giu junho czerwca июня",
    7: "july jul juli juillet juil julio luglio lug julho lipca июля",
    8: "august aug août aout agosto ago augustus sierpnia августа",
    9: "september sep sept septembre septiembre settembre set setembro września сентября",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out october października октября",
    11: "november nov novembre noviembre novembro listopada ноября",
    12: "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desember grudnia декабря",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_TIME = (
    r"(?:[,\s]+(?:at\s+|um\s+|à\s+|[|·•-]\s*)?(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:Uhr)?\s*(?P<zone>Z|UTC|GMT|[ECMP][SD]T|ET|PT|BST|CES?T|[+-]\d\d:?\d\d)?)?"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d)"
    r"(?:[T ](?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?(?!\d)"
)
_WORDED = [
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_DAY}\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de[l]?\s+)?{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_DAY}-{_MONTH}-{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_MONTH},?\s+(?:de\s+)?{_YEAR}(?!\d)", re.I),
]
_NUMERIC = re.compile(
    rf"(?<![\d/.])(?P<a>[0-3]?\d)(?P<mark>[/.])(?P<b>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d){_TIME}", re.I
)
_SLASHED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)(?!\d)")
_CHINESE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_MAIL = re.compile(r"^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)?", re.I)
_ZONES = {"Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
          "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00",
          "CEST": "+02:00"}  # fmt: skip


def parse_date(text: str) -> str | None:
    """The first date in ``text`` as ISO 8601 ("2010-10", "2010-10-18" or with time and zone), or None."""
    return found[0] if (found := find_date(text)) else None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first date in ``text`` and where it stands: (ISO 8601, start, end); None when there is none."""
    text = text[:2000]
    if _MAIL.match(text):
        try:
            return parsedate_to_datetime(text.strip()).isoformat(), 0, len(text)
        except (ValueError, TypeError):
            pass
    found = [(match.start(), -match.end(), iso) for match, iso in _all(text) if iso]
    if not found:
        return None
    start, end, iso = min(found)
    return iso, start, -end


def is_date_only(line: str) -> bool:
    """Whether the line says nothing but a date ("Published: Monday, October 18, 2010 14:05")."""
    found = find_date(line)
    if not found or len(line) > 120:
        return False
    rest = line[: found[1]] + line[found[2] :]
    rest = re.sub(r"\b(published|posted|updated|last|modified|date|on|at|first|created|am|pm|[ECMP][SD]T|ET|GMT|UTC|IST|"
                  r"veröffentlicht|aktualisiert|stand|am|um|uhr|publié|le|mis à jour|à|publicado|el|de|"
                  r"(mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|"
                  r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
                  r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b", "", rest, flags=re.I)  # fmt: skip
    return not re.sub(r"[\W\d_]+", "", rest)


def _all(text: str) -> list[tuple[re.Match[str], str | None]]:
    found: list[tuple[re.Match[str], str | None]] = [(match, _iso(match)) for match in _ISO.finditer(text)]
    for pattern in _WORDED:
        found += [(match, _from_words(match)) for match in pattern.finditer(text)]
    found += [(match, _from_numbers(match)) for match in _NUMERIC.finditer(text)]
    for pattern in (_SLASHED, _CHINESE):
        found += [(match, _plain(match)) for match in pattern.finditer(text)]
    return found


def _plain(match: re.Match[str]) -> str | None:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)


def _iso(match: re.Match[str]) -> str | None:
    day = _plain(match)
    if day is None or not match["time"]:
        return day
    return day + "T" + _full_time(match["time"]) + _zone(match["zone"])


def _from_words(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    day = groups.get("day")
    date = _date(int(groups["year"]), _MONTH_OF[groups["month"].lower()], int(day) if day else None)
    return _with_time(date, groups)


def _from_numbers(match: re.Match[str]) -> str | None:
    first, second = int(match["a"]), int(match["b"])
    day_first = match["mark"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    return _with_time(_date(int(match["year"]), month, day), match.groupdict())


def _with_time(date: str | None, groups: dict[str, str | None]) -> str | None:
    hour = groups.get("hour")
    if not date or not hour or not groups.get("minute"):
        return date
    number = int(hour)
    half = (groups.get("half") or "").lower()
    if half.startswith("p") and number < 12:
        number += 12
    elif half.startswith("a") and number == 12:
        number = 0
    if number > 23:
        return date
    return f"{date}T{number:02d}:{groups['minute']}:{groups.get('second') or '00'}{_zone(groups.get('zone'))}"


def _date(year: int, month: int, day: int | None) -> str | None:
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _full_time(time: str) -> str:
    return time if time.count(":") == 2 else time + ":00"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in _ZONES:
        return _ZONES[zone.upper()]
    if re.fullmatch(r"[+-]\d\d:?\d\d", zone):
        return zone if ":" in zone else zone[:3] + ":" + zone[3:]
    return ""
