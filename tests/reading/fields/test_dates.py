"""Dates in the words, orders and calendars of many countries; publication before change."""

from __future__ import annotations

import time

import pytest

from kbapp.reading.fields.dates import declared_date, find_date, is_date_only, parse_date


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("7. toukokuuta 2023", "fi"), ("7 Mayıs 2023 Pazar", "tr"), ("7. května 2023", "cs"), ("7 травня 2023 р.", "uk"),
        ("7 Μαΐου 2023", "el"), ("2023. május 7.", "hu"), ("7 mai 2023", "ro"), ("7 мая 2023 года", "ru"), ("7 май 2023", "bg"),
        ("7. maj 2023", "da"), ("7 maja 2023", "pl"), ("7. svibnja 2023.", "hr"), ("2023 m. gegužės 7 d.", "lt"), ("7 de maig de 2023", "ca"),
        ("7 مايو 2023", "ar"), ("٧ أيار ٢٠٢٣", "ar-LB"), ("7 במאי 2023", "he"), ("7 मई 2023", "hi"), ("7 মে 2023", "bn"), ("2023년 5월 7일", "ko"),
        ("2023年5月7日", "zh"), ("令和5年5月7日", "ja"), ("7 พฤษภาคม 2566", "th"), ("۱۷ اردیبهشت ۱۴۰۲", "fa"), ("ngày 7 tháng 5 năm 2023", "vi"),
        ("Minggu, 7 Mei 2023", "id"), ("07/05/2023", "en-GB"), ("05/07/2023", "en-US"), ("07/05/2023", None), ("7.5.2023", "de"), ("07.05.23", "de"),
        ("2023/5/7", "ja"), ("7th of May, 2023", "en"), ("Sun 7 May 2023", None), ("民國112年5月7日", "zh-TW"),
    ],
)  # fmt: skip
def test_one_day_in_many_words(text: str, locale: str | None):
    assert parse_date(text, locale) == "2023-05-07"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Updated 9 June 2023 | Published 7 May 2023", "2023-05-07"),
        ("Aktualisiert am 9. Juni 2023, veröffentlicht am 7. Mai 2023", "2023-05-07"),
        ("7 May 2023, updated 9 June 2023", "2023-05-07"),
        ("Last updated: 9 June 2023", "2023-06-09"),
        ("May 7, 2023 at 9:05 p.m. EDT", "2023-05-07T21:05:00-04:00"),
        ("7/5/2023, 21:05 (GMT+7)", "2023-05-07T21:05:00+07:00"),
        ("in May 2023", "2023-05"),
        ("release 1.2.23 of the program", None),
    ],
)
def test_the_date_that_is_meant(text: str, iso: str | None):
    assert parse_date(text) == iso


def test_what_programs_write():
    assert declared_date("20230507T210500Z") == "2023-05-07T21:05:00Z"
    assert declared_date("20230507") == "2023-05-07"
    assert declared_date("1683493500") == declared_date("1683493500000") == "2023-05-07T21:05:00Z"
    assert declared_date("1970-01-01T00:00:00Z") is None and declared_date("0001-01-01") is None
    assert parse_date("order 20230507 of the court") is None


def test_lines_that_are_nothing_but_a_date():
    assert is_date_only("Publié le dimanche 7 mai 2023 à 10h15") and is_date_only("Söndag 7 maj 2023 kl. 10.15")
    assert not is_date_only("The ferry stopped on 7 May 2023")


@pytest.mark.parametrize(
    "line",
    [
        "입력 2021.04.05 09:10 | 수정 2021.04.06 10:00",
        "发布时间：2021-04-05 09:10",
        "Yayınlanma: 05.04.2021 - 09:10 | Güncelleme: 06.04.2021",
        "2021. április 5., hétfő",
        "Julkaistu 5.4.2021 | Päivitetty 6.4.2021",
        "Published 5 April 2021, updated 6 April 2021",
        "الإثنين 5 أبريل 2021",
    ],
)
def test_labels_and_weekdays_of_many_languages_say_no_more_than_a_date(line: str):
    assert is_date_only(line)


def test_two_dates_in_a_sentence_are_a_sentence():
    assert not is_date_only("Built 5 April 1921, burned 6 April 1922")


@pytest.mark.parametrize("piece", ["1", "1/", "12 ", "may ", "2023-", "7. ", "ม.ค. "])
def test_time_grows_with_the_text_only(piece: str):
    find_date(piece * 10)
    begun = time.process_time()
    find_date(piece * 100_000)
    assert time.process_time() - begun < 1
