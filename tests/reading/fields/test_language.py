"""The language of a text, and whether a declared one can be true."""

from __future__ import annotations

import pytest

from kbapp.reading.fields.language import detect, language_of

SENTENCES = {
    "uk": "Стару дзвіницю віддали громаді, і тепер у ній щонеділі грають діти з музичної школи.",
    "ru": "Старую колокольню отдали общине, и теперь в ней по воскресеньям играют дети из музыкальной школы.",
    "bg": "Старата камбанария беше дадена на общината и сега всяка неделя в нея свирят децата от училището.",
    "sw": "Mnara wa zamani ulipewa jamii, na sasa watoto wa shule ya muziki hucheza ndani yake kila Jumapili.",
    "sv": "Det gamla klocktornet gavs till församlingen, och nu spelar barnen från musikskolan där varje söndag.",
    "fi": "Vanha kellotapuli annettiin yhteisölle, ja nyt musiikkikoulun lapset soittavat siellä joka sunnuntai.",
    "hu": "A régi harangtornyot a közösségnek adták, és most minden vasárnap a zeneiskola gyermekei játszanak benne.",
    "fa": "برج ناقوس قدیمی به جامعه داده شد و اکنون هر یکشنبه کودکان مدرسه موسیقی در آن می‌نوازند.",
    "vi": "Tháp chuông cũ được trao cho cộng đồng, và bây giờ mỗi chủ nhật trẻ em trường nhạc chơi ở đó.",
    "en": "The old bell tower was given to the parish, and now the children of the music school play in it on Sundays.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_the_language_is_told_by_the_text(code: str):
    assert detect(SENTENCES[code]) == code


def test_a_declared_language_is_believed_unless_it_cannot_be():
    assert language_of(SENTENCES["sw"] * 3, "en") == ("sw", "text")
    assert language_of(SENTENCES["uk"] * 3, "ru") == ("uk", "text")
    assert language_of(SENTENCES["en"] * 3, "en") == ("en", "declared")
    assert language_of("Norge " * 3, "nb") == ("nb", "declared")
    assert detect("2024, 12") is None
