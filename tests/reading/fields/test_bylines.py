"""Bylines of many languages: the names alone, and nothing for a sentence."""

from __future__ import annotations

import pytest

from kbapp.reading.fields.bylines import byline_of, is_declared_name, is_name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Carla M. Ostby and Theo Brandt-Lind", ["Carla M. Ostby", "Theo Brandt-Lind"]),
        ("By Dr. Q. Farrow and Prof. Mina Stoll", ["Q. Farrow", "Mina Stoll"]),
        ("By Lena Fox, PhD, MBA", ["Lena Fox"]),
        ("By Paul Reed, Jr.", ["Paul Reed, Jr"]),
        ("By Lena Fox, Senior Editor; photos by Ari Holm", ["Lena Fox"]),
        ("Words by Lena Fox Photography by Ari Holm", ["Lena Fox"]),
        ("By Lena Fox (lena@paper.example) | 7 min read", ["Lena Fox"]),
        ("By Lena Fox THE EVENING LEDGER", ["Lena Fox"]),
        ("By LENA FOX, ARI HOLM and TOBIAS REUTER", ["Lena Fox", "Ari Holm", "Tobias Reuter"]),
        ("By Lena Fox Tuesday 4 June 2024", ["Lena Fox"]),
        ("Von Jörg Maß und Änne Öhlund", ["Jörg Maß", "Änne Öhlund"]),
        ("Geschrieben von Jörg Maß", ["Jörg Maß"]),
        ("Af Mette Holm og Søren Dahl", ["Mette Holm", "Søren Dahl"]),
        ("Por Inés Solà y Tomás de la Cruz", ["Inés Solà", "Tomás de la Cruz"]),
        ("Por José Vasconcelos y Gasset", ["José Vasconcelos y Gasset"]),
        ("Par Zoé Mérieux et Luc d’Orval", ["Zoé Mérieux", "Luc d’Orval"]),
        ("Di Piero Gatti e Lia Serra", ["Piero Gatti", "Lia Serra"]),
        ("Door Sanne de Wit en Joost Kok", ["Sanne de Wit", "Joost Kok"]),
        ("Autor: Jan Nowak i Ewa Lis", ["Jan Nowak", "Ewa Lis"]),
        ("Автор: Олег Дёмин и Нина Белова", ["Олег Дёмин", "Нина Белова"]),
        ("Yazan: Elif Demir ve Can Aksoy", ["Elif Demir", "Can Aksoy"]),
        ("Γράφει ο Νίκος Δήμου", ["Νίκος Δήμου"]),
        ("Oleh Sari Wulan dan Agus Putra", ["Sari Wulan", "Agus Putra"]),
        ("بقلم: سعاد المصري", ["سعاد المصري"]),
        ("מאת נועה ברק", ["נועה ברק"]),
        ("作者：李小红", ["李小红"]),
        ("文／林美玲", ["林美玲"]),
        ("取材・文：佐藤花子", ["佐藤花子"]),
        ("山田太郎記者", ["山田太郎"]),
        ("박지민 기자", ["박지민"]),
    ],
)
def test_who_signed(line: str, names: list[str]):
    assert byline_of(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By our correspondent in Rome, Ada Holm", ["Ada Holm"]),
        ("Door onze verslaggever Kees de Boer", ["Kees de Boer"]),
        ("Von unserem Korrespondenten in Rom, Jutta Feld", ["Jutta Feld"]),
        ("Par notre envoyée spéciale à Lima, Élodie Aubry", ["Élodie Aubry"]),
        ("Di nostro inviato Paolo Serra", ["Paolo Serra"]),
        ("作者：陈大文　责任编辑：林小雨", ["陈大文"]),
        ("文／陈大文 图／林小雨", ["陈大文"]),
    ],
)
def test_a_name_beside_an_office_or_somebody_elses_work(line: str, names: list[str]):
    assert byline_of(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By the time the ferry left, nobody was on the pier.",
        "By Monday the council will vote. Few expect a change of plan.",
        "From the harbour one sees the old mill",
        "De raad besloot gisteren over de haven",
        "Von der Brücke aus sieht man die Stadt.",
        "по словам жителей",
    ],
)
def test_a_sentence_is_no_byline(line: str):
    assert byline_of(line) == []


def test_what_is_declared_may_be_one_word():
    assert is_declared_name("Creek") and is_declared_name("李小红") and is_declared_name("Lena Fox")
    assert not any(map(is_declared_name, ["admin", "Twitter", "https://x.example", "Staff", "by"]))
    assert not is_name("Creek") and not is_name("Senior Editor") and not is_name("Route 66 West")
