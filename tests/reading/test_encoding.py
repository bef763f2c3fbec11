"""Bytes become the letters that were meant, whatever their labels say."""

from __future__ import annotations

import pytest

from kbapp.reading.encoding import decode
from kbapp.reading.sniffing import sniff

FRENCH = "Le café des élèves était fermé à Noël, dit le maire. « Nous l’avons décidé », ajoute-t-il près du théâtre."
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl starosta města včera večer u přístavní zdi."
RUSSIAN = "Центральная библиотека продлевает часы работы, сообщила вчера мэрия города."
JAPANESE = "東京都立図書館は昨日、開館時間を延長すると発表した。"


@pytest.mark.parametrize(
    ("text", "coded", "declared"),
    [
        (FRENCH, "cp1252", None),
        (FRENCH, "mac_roman", None),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (FRENCH, "utf-8", "utf-16"),
        (FRENCH, "cp1252", "ascii"),
        (CZECH, "cp1250", "windows-1250"),
        (CZECH, "iso8859_2", "iso-8859-2"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8_r", None),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-16", "utf-8"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "iso2022_jp", None),
        (JAPANESE, "shift_jis", None),
        (JAPANESE, "euc_jp", "x-no-such-thing"),
    ],
)
def test_the_letters_that_were_meant(text, coded, declared):
    assert decode((text + "\n").encode(coded) * 3, declared) == (text + "\n") * 3


def test_a_damaged_letter_does_not_cost_the_others():
    data = RUSSIAN.encode() * 5
    assert decode(data[:41] + b"\xff" + data[41:]).count("библиотека") >= 4
    assert decode(RUSSIAN.encode()[:-1]).startswith(RUSSIAN[:60])


def test_text_that_was_encoded_twice_is_set_right():
    assert decode(FRENCH.encode().decode("cp1252").encode()) == FRENCH
    assert decode("São Paulo – não".encode().decode("cp1252").encode()) == "São Paulo – não"


@pytest.mark.parametrize("text", ["The letters Ã© stand for é in such files.", "Ärger, Öl und Übermut", "Â only"])
def test_text_that_only_looks_a_little_like_it_stays(text):
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("From: a@b.c\nTo: d@e.f\nSubject: x\nDate: Mon, 3 Jun 2024 08:30:00 +0200\n\nWords.", "eml"),
        ("Received: from a\n by b\n\twith c\nSubject: x\n\nWords.", "eml"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "mhtml"),
        ("From: The Gazette\nDate: 3 June 2024\n\nThe depot burns and nobody comes.", "text"),
        ("Title: The depot\nSubject: trams\n\nWords.", "text"),
        ("   Indented: no header\nReceived: a\nDate: b\n", "text"),
        ("Note to all\nReceived: a\nSubject: b\n", "text"),
    ],
)
def test_mail_is_told_by_its_head(head, kind):
    assert sniff(head.encode(), "x") == kind
