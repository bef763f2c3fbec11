"""Names in other languages and scripts."""

from __future__ import annotations

import pytest

from kbapp.domain import Article, Block
from kbapp.people import recognise
from kbapp.people.lexicon import lexicon


def names_in(text: str, language: str) -> set[str]:
    people = recognise(Article("", (Block("paragraph", text),), language=language)).people
    return {person.name for person in people}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Die Geschichte der Eisenbahn ist lang, sagte Heike Brandt im Haus der Technik.", {"Heike Brandt"}),
        ("de", "Das Bild zeigt eine Ansicht von Jürgen Krause zur Seite.", {"Jürgen Krause"}),
        ("de", "Frau Lindner sprach am Montag über die Kosten der Reform.", {"Lindner"}),
        ("fr", "M. Garnier a parlé. Le prix de la Liberté revient à Claire Dubois.", {"Garnier", "Claire Dubois"}),
        ("it", "Con Giulia Ferri e Marco Bellini nel Regno Unito.", {"Giulia Ferri", "Marco Bellini"}),
        ("es", "Llegaron Carmen Ruiz y Pedro Salas a Nueva Zelanda.", {"Carmen Ruiz", "Pedro Salas"}),
        ("pt", "O Reino Unido recebeu Paulo Mendes e Teresa Lima em Santa Clara.", {"Paulo Mendes", "Teresa Lima"}),
        ("nl", "Volgens Jan van der Veen komt Karel Bos niet.", {"Jan van der Veen", "Karel Bos"}),
        ("sv", "Anna Berg och Erik Lund reste hem.", {"Anna Berg", "Erik Lund"}),
        ("ru", "Книгу подарили Анне Орловой, сказал Иван Белов.", {"Анне Орловой", "Иван Белов"}),
        ("el", "Ο Νίκος Παππάς μίλησε στην Αθήνα.", {"Νίκος Παππάς"}),
    ],
)
def test_a_full_name_needs_a_given_name_an_initial_or_a_title(language: str, text: str, names: set[str]):
    assert names_in(text, language) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("zh", "教授张伟表示，天气会变冷。张伟没有回答问题。", {"张伟"}),
        ("zh", "记者采访了约翰·史密斯。", {"约翰·史密斯"}),
        ("zh", "中国经济增长，公司表示欢迎。", set()),
        ("ja", "鈴木一郎選手は東京で話した。田中氏は来なかった。", {"鈴木一郎", "田中"}),
        ("ja", "フランス大統領は日本を訪れた。", set()),
        ("ko", "김영희 장관은 서울에서 말했다.", {"김영희"}),
        ("ar", "قال الوزير محمد الخطيب إن المشروع جاهز.", {"محمد الخطيب"}),
        ("he", "השר דוד לוי אמר שהגשר ייפתח.", {"דוד לוי"}),
    ],
)
def test_scripts_without_capitals_have_people_too(language: str, text: str, names: set[str]):
    assert names_in(text, language) == names


def test_a_name_found_once_is_found_at_all_its_places():
    text = "教授张伟表示同意。后来张伟走了。"
    (person,) = recognise(Article("", (Block("paragraph", text),), language="zh")).people
    assert [text[mention.start : mention.end] for mention in person.mentions] == ["张伟", "张伟"]


def test_given_names_are_no_articles_countries_or_function_words():
    lex = lexicon()
    assert not {"el", "le", "te", "del", "von", "china", "kenya", "texas", "else_", "among", "november", ""} & lex.given
    assert {"maria", "wei", "al", "mark", "владимир"} <= lex.given
    assert "it" in lex.languages["giulia"].split(",")
