"""Dates as articles write them, to ISO 8601 with just the precision that the source gives.

A ``locale`` ("en-GB", "fr") tells the order of day and month in 03/04/2024, and in which calendar a year is counted.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from kbapp.reading.fields import calendars
from kbapp.reading.fields.month_names import MONTH_OF, OTHERWISE, PERSIAN_MONTHS

_MONTH = r"(?P<month>" + "|".join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_LONG_MONTH = r"(?P<month>may|" + "|".join(sorted((re.escape(name) for name in MONTH_OF if len(name) > 3), key=len, reverse=True)) + r")(?![^\W\d_])\.?"  # fmt: skip
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.|-?[aei]n?)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_TIME = (
    r"(?:[,\s]+(?:at\s+|um\s+|à\s+|às\s+|a las\s+|alle(?:\s+ore)?\s+|kl\.?\s+|klo\s+|о\s+|в\s+|om\s+|godz\.\s+|v\s+|[|·•-]\s*)?(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:Uhr)?\s*\(?(?P<zone>Z\b|UTC\b|(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?|GMT\b|A[CEW][SD]T\b|AE[SD]T\b|[ECMP][SD]T\b|ET\b|PT\b|BST\b|CES?T\b|EES?T\b|WES?T\b|[IJKM]ST\b|MSK\b|WIB\b|WITA\b|SGT\b|HKT\b|SAST\b|[+-]\d\d:?\d\d)?\)?)?"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d)"
    r"(?:[T ](?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?(?!\d)"
)
_WORDED = [
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_DAY}\s*(?:de\s+|of\s+|d['’]\s?)?{_MONTH},?\s+(?:de[l]?\s+)?{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_DAY}-{_MONTH}-{_YEAR}{_TIME}", re.I),
    re.compile(rf"(?<!\w){_YEAR}(?:\.|\s+m\.|[.,]?e?ko)?\s+{_MONTH}\s+{_DAY}(?!\d){_TIME}", re.I),
    re.compile(rf"(?<!\w){_LONG_MONTH},?\s+(?:de[l]?\s+)?{_YEAR}(?!\d)", re.I),
]
_NUMERIC = re.compile(
    rf"(?<![\d/.])(?P<a>[0-3]?\d)(?P<mark>[/.-])\s?(?P<b>[0-3]?\d)(?P=mark)\s?(?P<year>(?:19|20)\d\d)(?![\d/]){_TIME}",
    re.I,
)
_SHORT_YEAR = re.compile(rf"(?<![\d/.,])(?P<a>[0-3]\d)(?P<mark>[/.])(?P<b>[01]\d|[0-3]\d)(?P=mark)(?P<year>\d\d)(?![\d/.]){_TIME}", re.I)  # fmt: skip
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>1[34]\d\d|(?:19|20)\d\d)(?P<mark>[/.])\s?(?P<month>[01]?\d)(?P=mark)\s?(?P<day>[0-3]?\d)(?!\d)"
)
_EASTERN = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|明治|民國|民国)(?P<since>元|\d{1,3})|(?P<year>(?:19|20)\d\d))\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日일號号])?"
)
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:,|\s+năm)?\s+(?P<year>(?:19|20)\d\d)", re.I
)
_THAI = re.compile(rf"(?P<day>[0-3]?\d)\s+{_MONTH}\s+(?:พ\.ศ\.\s*)?(?P<year>2[45]\d\d)")
_PERSIAN = re.compile(rf"(?P<day>[0-3]?\d)\s+(?P<month>{'|'.join(PERSIAN_MONTHS)})(?:\s+ماه)?\s+(?P<year>1[34]\d\d)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?")  # fmt: skip
_MAIL = re.compile(r"^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)?", re.I)
_ZONES = {"Z": "Z", "UTC": "Z", "GMT": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
          "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
          "EET": "+02:00", "EEST": "+03:00", "WET": "Z", "WEST": "+01:00", "IST": "+05:30", "JST": "+09:00", "KST": "+09:00", "MSK": "+03:00",
          "WIB": "+07:00", "WITA": "+08:00", "SGT": "+08:00", "HKT": "+08:00", "SAST": "+02:00", "AEST": "+10:00", "AEDT": "+11:00",
          "AWST": "+08:00", "ACST": "+09:30"}  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_PLACEHOLDERS = ("1970-01-01", "1900-01-01", "1969-12-31")
_DIGITS = str.maketrans(
    {chr(first + digit): str(digit) for first in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for digit in range(10)}
)
_INVISIBLE = str.maketrans(dict.fromkeys("\u200e\u200f\u202f\u00a0", " "))
_MONTH_FIRST = re.compile(r"^(?:en[-_](?:us|ph|fm|gu|pr|vi)|es[-_](?:us|pr|pa))\b|^fil\b", re.I)
_CHANGED = re.compile(
    r"\b(?:last )?(?:updated?|modified|revised|edited|changed|reviewed|aktualisiert|geändert|überarbeitet|stand|mis à jour|modifié|actualizado|actualización|modificado|"
    r"atualizado|aggiornato|aggiornamento|modificato|bijgewerkt|gewijzigd|aktualizacja|zaktualizowano|uppdaterad|oppdatert|opdateret|päivitetty|güncelle\w*|обновлено|оновлено|изменено|"
    r"ενημέρωση|frissítve|actualizat|aktualizováno)\b\W*(?:\w{1,4}\W+)?$|(?:更新(?:日時?)?|수정|改訂|آخر تحديث|تحديث|עודכן|به‌روزرسانی|अपडेट\w*|แก้ไข|cập nhật)\s*[:：]?\s*$",
    re.I,
)
_PUBLISHED = re.compile(
    r"\b(?:first )?(?:published|posted|publication date|publish date|date posted|veröffentlicht|erschienen|publié|publicado|publicada|pubblicato|gepubliceerd|publicerad|publisert|udgivet|"
    r"julkaistu|opublikowano|publikováno|yayınlanma tarihi|опубликовано|опубліковано|δημοσιεύθηκε|megjelent|publicat)\b\W*(?:\w{1,4}\W+)?$|(?:公開日?|発売日|发布(?:时间|于)?|發佈|입력|등록|نُشر|نشر في|تاريخ النشر|פורסם)\s*[:：]?\s*$",
    re.I,
)
_RELATED_WORDS = re.compile(
    r"\b(published|posted|updated|last|modified|date|on|at|first|created|written|am|pm|[ECMP][SD]T|ET|GMT|UTC|IST|"
    r"veröffentlicht|aktualisiert|stand|datum|am|um|uhr|vom|den|der|publié|mis à jour|le|à|et|publicado|actualizado|fecha|el|de|a las|"
    r"pubblicato|aggiornato|il|alle|ore|gepubliceerd|bijgewerkt|op|om|publicerad|uppdaterad|publisert|oppdatert|kl|klo|opublikowano|data|dnia|опубликовано|обновлено|дата|года?|г|yayınlanma|tarihi|"
    r"(mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"segunda|terça|quarta|quinta|sexta|feira|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|"
    r"poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|thứ|hai|ba|tư|năm|sáu|bảy|senin|selasa|rabu|kamis|jumat|sabtu|minggu|"
    r"son|güncelle(?:me|nme|ndi)|giriş|tarih|saat|atualizado|publicação|em|às|h|min|opdateret|udgivet|den|klockan|aktualizacja|utworzono|dodano|godz|"
    r"publikováno|aktualizováno|vydáno|v|zveřejněno|megjelent|frissítve|közzétéve|julkaistu|päivitetty|publicat|actualizat|la|ora|"
    r"diterbitkan|diperbarui|dipublikasikan|pukul|wib|cập nhật|đăng|lúc|ngày|chủ nhật|опубліковано|оновлено|обновлен[оа]?|добавлено|в|о|року|мск|"
    r"δημοσίευση|δημοσιεύθηκε|ενημέρωση|τελευταία|στις|פורסם|עודכן|בתאריך|בשעה|נשר|نشر|نُشر|في|آخر|تحديث|تاريخ|النشر|الساعة|انتشار|"
    r"hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|(?:maanan|tiis|keskiviikko|tors|perjan|lauan|sunnun)(?:na|tai|taina)?|"
    r"pondělí|úterý|středa|čtvrtek|pátek|neděle|понеділок|вівторок|середа|четвер|п.?ятниця|субота|неділя|пн|вт|ср|чт|пт|сб|вс|нд|"
    r"luni|marți|miercuri|joi|vineri|sâmbătă|duminică|δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|"
    r"الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|يوم|יום|ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|"
    r"(?:기사|최종)?\s?(?:입력|수정|등록|승인|발행|업데이트)(?:일|일시|시간)?|[월화수목금토일](?:요일)?|오전|오후|"
    r"(?:最終|最后|最後)?(?:发布|發布|发表|發表|更新|刊登|修改|公開|掲載|配信|投稿)(?:时间|時間|日期|日時|日|于|於)?|时间|時間|日期|"
    r"[月火水木金土日]曜?日?|(?:星期|周|週)[一二三四五六日天]|上午|下午|午前|午後)\b",
    re.I,
)
Found = tuple[str, int, int]
"""A date as ISO 8601, and where it starts and ends in the text."""


def parse_date(text: str, locale: str | None = None) -> str | None:
    """The date of publication in ``text`` as ISO 8601 ("2010-10", "2010-10-18" or with time and zone), or None.

    That is the first date that is not said to be that of a change, or else the first.
    """
    found = list(_dates(text, locale))
    return next((iso for iso, start, _ in found if not is_changed(text[:start])), found[0][0] if found else None)


def find_date(text: str, locale: str | None = None) -> Found | None:
    """The first date in ``text`` and where it stands: (ISO 8601, start, end); None when there is none."""
    return next(_dates(text, locale), None)


def declared_date(value: str, locale: str | None = None) -> str | None:
    """The date in a value that is declared to be one: also without any marks ("20240403T101500Z"), or in seconds since 1970.

    What programs write when they know none (1 January 1970) is none.
    """
    value = value.strip().translate(_DIGITS)
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", value):
        moment = datetime.datetime.fromtimestamp(int(value[:10]), datetime.UTC)
        iso: str | None = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    elif match := _COMPACT.fullmatch(value):
        iso = _with_time(_date(int(match["year"]), int(match["month"]), int(match["day"])), match.groupdict())
    else:
        iso = parse_date(value, locale)
    return None if iso is None or iso.startswith(_PLACEHOLDERS) else iso


def is_changed(before: str) -> bool:
    """Whether the words before a date say that it is that of a change."""
    return bool(_CHANGED.search(before[-40:]))


def is_first(before: str) -> bool:
    """Whether the words before a date say that it is that of publication."""
    return bool(_PUBLISHED.search(before[-40:]))


def is_date_only(line: str) -> bool:
    """Whether the line says nothing but a date ("Published: Monday, October 18, 2010 14:05")."""
    if len(line) > 120 or not (found := list(_dates(line, None))):
        return False
    rest = line
    for _, start, end in reversed(found):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = _RELATED_WORDS.sub("", rest)
    return not re.sub(r"[\W\d_]+", "", rest)


def month_first(locale: str | None) -> bool:
    """Whether 03/04/2024 is the fourth of March: in the United States and few other places."""
    return bool(locale and _MONTH_FIRST.match(locale))


def _dates(text: str, locale: str | None) -> Iterator[Found]:
    """The dates in a text in order, of those that overlap the longest first."""
    text = text[:2000]
    if _MAIL.match(text):
        try:
            yield parsedate_to_datetime(text.strip()).isoformat(), 0, len(text)
            return
        except (ValueError, TypeError):
            pass
    if not text.isascii():
        text = text.translate(_DIGITS).translate(_INVISIBLE)
    if not re.search(r"\d", text):
        return
    end = -1
    for start, negative, iso in sorted((match.start(), -match.end(), iso) for match, iso in _all(text, locale) if iso):
        if start >= end:
            end = -negative
            yield iso, start, end


def _all(text: str, locale: str | None) -> Iterator[tuple[re.Match[str], str | None]]:
    yield from ((match, _iso(match)) for match in _ISO.finditer(text))
    if _names_a_month(text):
        for pattern in _WORDED:
            yield from ((match, _from_words(match, locale)) for match in pattern.finditer(text))
    for pattern in (_NUMERIC, _SHORT_YEAR):
        yield from ((match, _from_numbers(match, locale)) for match in pattern.finditer(text))
    yield from ((match, _year_first(match, locale)) for match in _YEAR_FIRST.finditer(text))
    if not text.isascii():
        yield from ((match, _eastern(match)) for match in _EASTERN.finditer(text))
        yield from ((match, _plain(match)) for match in _VIETNAMESE.finditer(text))
        yield from ((match, _thai(match)) for match in _THAI.finditer(text))
        yield from ((match, _persian(match)) for match in _PERSIAN.finditer(text))


def _names_a_month(text: str) -> bool:
    """A quick look, as the patterns are slow: whether a word of a Western text is a month's name."""
    if max(text) >= "\u0900":
        return True  # vowel signs are no letters there, so that words are not to be told so simply
    return any(word in MONTH_OF for word in _LETTERS.findall(text.lower()))


def _plain(match: re.Match[str]) -> str | None:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)


def _iso(match: re.Match[str]) -> str | None:
    day = _plain(match)
    if day is None or not match["time"]:
        return day
    return day + "T" + _full_time(match["time"]) + _zone(match["zone"])


def _from_words(match: re.Match[str], locale: str | None) -> str | None:
    groups = match.groupdict()
    day = groups.get("day")
    name = groups["month"].lower()
    month = OTHERWISE.get((locale or "")[:2].lower(), {}).get(name) or MONTH_OF[name]
    return _with_time(_date(int(groups["year"]), month, int(day) if day else None), groups)


def _from_numbers(match: re.Match[str], locale: str | None) -> str | None:
    first, second = int(match["a"]), int(match["b"])
    american = second > 12 or (first <= 12 and match["mark"] == "/" and month_first(locale))
    day, month = (second, first) if american else (first, second)
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 50 else 1900
    return _with_time(_date(year, month, day), match.groupdict())


def _year_first(match: re.Match[str], locale: str | None) -> str | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if year >= 1900:
        return _date(year, month, day)
    if (locale or "")[:2].lower() not in ("fa", "ps", "ku") or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _date(*calendars.from_persian(year, month, day))


def _eastern(match: re.Match[str]) -> str | None:
    since = match["since"]
    year = int(match["year"]) if since is None else calendars.ERAS[match["era"]] + (1 if since == "元" else int(since))
    return _date(year, int(match["month"]), int(match["day"]) if match["day"] else None)


def _thai(match: re.Match[str]) -> str | None:
    return _date(int(match["year"]) - calendars.BUDDHIST, MONTH_OF[match["month"].lower()], int(match["day"]))


def _persian(match: re.Match[str]) -> str | None:
    month = PERSIAN_MONTHS.index(match["month"]) + 1
    return _date(*calendars.from_persian(int(match["year"]), month, int(match["day"])))


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
    if ahead := re.fullmatch(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d\d)?", zone, re.I):
        return f"{ahead[1]}{int(ahead[2]):02d}:{ahead[3] or '00'}"
    return ""
