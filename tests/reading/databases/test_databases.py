"""Files of press databases in the forms that the databases give: every article in its place, with its fields."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from html import escape

import pytest

from kbapp.domain import Article
from kbapp.errors import Code
from kbapp.reading import read

WELL = (
    "The well on Tanner Street ran dry on Sunday, said the water master, Ottilie Brandt, for the first time since 1911.",
    "Carts will bring water from the upper spring until the rains come.",
)
MILL = (
    "The paper mill will close its second machine in August, and forty people will go, the firm's director Jonas Rell told the council.",
)
EXPECTED = [
    ("Well runs dry: carts bring water", ["Petra Quill"], "The Valley Lantern", "2019-07-14", WELL),
    ("Paper mill to halve its work", [], "Upland Post", "2019-07-16", MILL),
]


def found(articles: list[Article]) -> list[tuple[str, list[str], str | None, str | None, tuple[str, ...]]]:
    return [
        (each.title, [author.name for author in each.authors], each.source, each.published, tuple(block.text for block in each.blocks))
        for each in articles
    ]  # fmt: skip


def docx(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>',
        )
    return out.getvalue()


def rtf(lines: list[str]) -> bytes:
    return (
        "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\n" + "".join(f"{line}\\par\n" for line in lines) + "}"
    ).encode("ascii")


def page(lines: list[str]) -> bytes:
    return f"<html><head><title>Results</title></head><body>{''.join(f'<div><p>{escape(line)}</p></div>' for line in lines)}</body></html>".encode()


def text(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode()


FORMS: list[Callable[[list[str]], bytes]] = [text, rtf, docx, page]

NEXIS = [
    "1 of 2 DOCUMENTS", "The Valley Lantern", "July 14, 2019 Sunday", "First Edition", "Well runs dry: carts bring water", "BYLINE: By PETRA QUILL",
    "SECTION: TOWN; Pg. 3", "LENGTH: 33 words", *WELL, "LOAD-DATE: July 15, 2019", "LANGUAGE: ENGLISH", "Copyright 2019 Lantern Press", "All Rights Reserved",
    "2 of 2 DOCUMENTS", "Upland Post", "July 16, 2019 Tuesday", "Paper mill to halve its work", "SECTION: MONEY; Pg. 11", "LENGTH: 24 words", *MILL,
    "GRAPHIC: The mill at night", "LOAD-DATE: July 16, 2019",
]  # fmt: skip
NEXIS_UNI = [
    "User Name: Reader", "Date and Time: Monday, July 22, 2019 9:00:00 AM CEST", "Job Number: 77", "Documents (2)", "1. Well runs dry: carts bring water",
    "Client/Matter: -None-", "Search Terms: water", "2. Paper mill to halve its work", "Client/Matter: -None-", "Search Terms: water",
    "Well runs dry: carts bring water", "The Valley Lantern", "July 14, 2019 Sunday", "Copyright 2019 Lantern Press All Rights Reserved",
    "Section: TOWN; Pg. 3", "Length: 33 words", "Byline: Petra Quill", "Body", *WELL, "Classification", "Language: ENGLISH", "Load-Date: July 15, 2019",
    "End of Document", "Paper mill to halve its work", "Upland Post", "July 16, 2019 Tuesday", "Copyright 2019 Upland", "Section: MONEY", "Length: 24 words",
    "Body", *MILL, "Load-Date: July 16, 2019", "End of Document",
]  # fmt: skip
FACTIVA = [
    "Town", "Well runs dry: carts bring water", "By Petra Quill", "33 words", "14 July 2019", "06:15", "The Valley Lantern", "VALLN", "3", "English",
    "(c) 2019 Lantern Press", *WELL, "Document VALLN00020190714ef7e0001x", "Paper mill to halve its work", "24 words", "16 July 2019", "Upland Post",
    "UPLPO", "English", "Copyright 2019. Upland.", *MILL, "Document UPLPO00020190716ef7g0002b",
]  # fmt: skip
FACTIVA_CODES = [
    "HD Well runs dry: carts bring water", "BY By Petra Quill", "WC 33 words", "PD 14 July 2019", "ET 06:15", "SN The Valley Lantern", "SC VALLN", "PG 3",
    "LA English", "CY (c) 2019 Lantern Press", "LP", WELL[0], "TD", WELL[1], "NS gcat : General News", "AN Document VALLN00020190714ef7e0001x",
    "SE Money", "HD Paper mill to halve its work", "WC 24 words", "PD 16 July 2019", "SN Upland Post", f"LP {MILL[0]}",
    "AN Document UPLPO00020190716ef7g0002b",
]  # fmt: skip
PROQUEST = [
    "_" * 60, "Report Information from ProQuest", "July 22 2019", "_" * 60, "Table of contents", "1. Well runs dry: carts bring water", "_" * 60,
    "Document 1 of 2", "Well runs dry: carts bring water", "Author: Quill, Petra", "Publication info: The Valley Lantern ; Tannerton [Tannerton]14 July 2019: 3.",
    "https://www.proquest.test/docview/31", "Abstract: A well.", f"Full text: {WELL[0]}", WELL[1], "Subject: Wells; Drought",
    "Title: Well runs dry: carts bring water", "Publication title: The Valley Lantern; Tannerton", "Publication year: 2019", "Publication date: Jul 14, 2019",
    "ProQuest document ID: 31", "Database: Global Newsstream", "_" * 60, "Document 2 of 2", "Paper mill to halve its work",
    "Publication info: Upland Post, Late Edition (Hills); Upland.", f"Full text: {MILL[0]}", "Title: Paper mill to halve its work",
    "Publication title: Upland Post, Late Edition (Hills); Upland", "Publication date: Jul 16, 2019", "ProQuest document ID: 32",
]  # fmt: skip
NEWSBANK = [
    "Well runs dry: carts bring water", "Valley Lantern, The (Tannerton, UP) - July 14, 2019", "Author: Petra Quill, Staff Writer", "Section: Town",
    "Page: 3", *WELL, "Record Number: 190714001", "Copyright (c) 2019 The Valley Lantern", "Paper mill to halve its work", "Upland Post - July 16, 2019",
    "Section: Money", "Page: 11", *MILL, "Record Number: 190716004", "Copyright (c) 2019 Upland Post",
]  # fmt: skip
EUROPRESSE = [
    "The Valley Lantern", "Sunday, July 14, 2019 • p. 3 • 33 words", "Well runs dry: carts bring water", "Petra Quill", *WELL,
    "© 2019 Lantern Press. All rights reserved.", "news·20190714·VL·3001", "Upland Post", "July 16, 2019", "Paper mill to halve its work", *MILL,
    "© 2019 Upland. All rights reserved.", "news·20190716·UP·11",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lines", [NEXIS, NEXIS_UNI, FACTIVA, FACTIVA_CODES, PROQUEST, NEWSBANK, EUROPRESSE])
def test_each_article_of_a_database_has_its_fields(lines: list[str], form: Callable[[list[str]], bytes]) -> None:
    if form is rtf:
        lines = [line.replace("·", "\\'b7").replace("•", "\\'95").replace("©", "\\'a9") for line in lines]
    articles = read(form(lines), "download")
    assert found(articles) == EXPECTED
    assert all(article.warnings == () for article in articles)


def test_a_section_is_a_tag_without_its_page_number() -> None:
    assert [article.tags for article in read(text(NEXIS))] == [("Town",), ("Money",)]
    assert [article.tags for article in read(text(FACTIVA))] == [("Town",), ()]


def test_wrapped_and_centred_text_of_nexis() -> None:
    sample = (
        "\n\n                             Dokument 1 von 1\n\n\n                              Die Talwarte\n\n"
        "                            14. Juli 2019 Sonntag\n                                Hauptausgabe\n\n"
        "Brunnen versiegt: Wasser kommt nun mit dem Karren aus\ndem oberen Tal\n\nAUTOR: Petra Quill\n\nRUBRIK: STADT; S. 3\n\nLÄNGE: 15 Wörter\n\n"
        "Der Brunnen in der Gerbergasse ist am Sonntag versiegt, zum ersten Mal\nseit 1911, sagte die Wassermeisterin.\n\n"
        "UPDATE: 15. Juli 2019\n\nSPRACHE: GERMAN\n"
    )
    assert found(read(sample.encode("latin-1"))) == [
        ("Brunnen versiegt: Wasser kommt nun mit dem Karren aus dem oberen Tal", ["Petra Quill"], "Die Talwarte", "2019-07-14",
         ("Der Brunnen in der Gerbergasse ist am Sonntag versiegt, zum ersten Mal seit 1911, sagte die Wassermeisterin.",)),
    ]  # fmt: skip


def test_a_page_of_europresse() -> None:
    sample = """<html><body><article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Vallon, no. 812</span></div>
      <span class="DocHeader">Région, dimanche 14 juillet 2019 1 250 mots, p. 3</span>
      <div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Le puits est à sec</p><p class="rdp__subtitle">Pour la première fois</p></div>
      <p class="sm-margin-bottomNews">Pétra Quille</p></header><section><div class="DocText clearfix"><div class="docOcurrContainer">
      <p>Le puits de la rue des <mark>Tanneurs</mark> est à sec.</p><p>On apportera de l'eau.</p></div></div></section>
      <footer><p>© 2019 Le Vallon. Tous droits réservés.</p><span class="publiC-lblNodoc">news·20190714·LV·1</span></footer></article>
      <article><header><span class="DocPublicationName">L'Écho</span><div class="titreArticle">La papeterie ferme</div></header>
      <section><div class="DocText clearfix"><p>Quarante personnes partiront.</p></div></section>
      <span class="publiC-lblNodoc">news·20190716·EC·2</span></article></body></html>"""
    articles = read(sample.encode())
    assert found(articles) == [
        ("Le puits est à sec", ["Pétra Quille"], "Le Vallon", "2019-07-14", ("Le puits de la rue des Tanneurs est à sec.", "On apportera de l'eau.")),
        ("La papeterie ferme", [], "L'Écho", "2019-07-16", ("Quarante personnes partiront.",)),
    ]  # fmt: skip
    assert articles[0].subtitle == "Pour la première fois"
    assert articles[0].warnings[0].fields == {"announced": 1250, "found": 14}


def test_a_page_of_factiva_that_marks_headline_and_author() -> None:
    sample = "<html><body>" + "".join(
        f'<div class="article enArticle"><div>{section}</div><div id="hd"><span class="enHeadline">{title}</span></div>{author}<div>40 words</div>'
        f"<div>{date}</div><div>{paper}</div><div>CODE</div><div>English</div><div>Copyright</div>"
        f"{''.join(f'<p class=articleParagraph>{each}</p>' for each in body)}<p>Document CODEX0002019071{number}ef7</p></div>"
        for number, (section, title, author, date, paper, body) in enumerate([
            ("Town", EXPECTED[0][0], '<div class="author">Petra Quill</div>', "14 July 2019", "The Valley Lantern", WELL),
            ("Money", EXPECTED[1][0], "", "16 July 2019", "Upland Post", MILL),
        ])
    ) + "</body></html>"  # fmt: skip
    assert found(read(sample.encode())) == EXPECTED


def test_a_file_that_is_cut_off_says_so() -> None:
    cut_nexis = text([*NEXIS[:8], WELL[0]])
    assert [notice.code for notice in read(cut_nexis)[-1].warnings] == [Code.FEWER_ARTICLES_THAN_ANNOUNCED]
    cut_factiva = text([line.replace("24 words", "900 words") for line in FACTIVA[:-1]])
    assert [notice.code for notice in read(cut_factiva)[-1].warnings] == [Code.FEWER_WORDS_THAN_ANNOUNCED]
    cut_proquest = text(PROQUEST[:14])
    articles = read(cut_proquest)
    assert [each.title for each in articles] == ["Well runs dry: carts bring water"]
    assert [notice.code for notice in articles[0].warnings] == [Code.FEWER_ARTICLES_THAN_ANNOUNCED]


def test_only_an_abstract_says_so() -> None:
    lines = ["Full text: Not available." if line.startswith("Full text: The paper") else line for line in PROQUEST]
    lines.insert(-4, "Abstract: A mill halves its work.")
    article = read(text(lines))[1]
    assert article.text == "A mill halves its work."
    assert [notice.code for notice in article.warnings] == [Code.ONLY_THE_ABSTRACT]


def test_an_unknown_layout_is_one_article_with_a_warning() -> None:
    sample = text(["Report Information from ProQuest", *WELL, *MILL])
    articles = read(sample, "x.txt")
    assert len(articles) == 1
    assert [notice.code for notice in articles[0].warnings] == [Code.DATABASE_LAYOUT_UNKNOWN]
    assert "ProQuest" in str(articles[0].warnings[0])


@pytest.mark.parametrize(
    "words",
    [
        "The clerk found document 5 of 12 in the attic. End of document handling, he said, was a matter of honour.",
        "He looked at ProQuest and Factiva for a whole day, and found the record: nothing at all was said about it.",
        "HD is what they call sharp pictures now. Document AB123 was lost. The length of the report is 30 words.",
    ],
)
def test_a_text_about_databases_is_an_article(words: str) -> None:
    articles = read(f"Of papers\n\nBy Ada Holm\n\n{words}\n\n{words[::-1]}".encode(), "papers.txt")
    assert [(each.title, each.warnings) for each in articles] == [("Of papers", ())]


def test_a_large_file_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = [line.replace("1 of 2", f"{n} of {count}") for n in range(1, count + 1) for line in NEXIS[:14]]
        began = time.process_time()
        assert len(read(text(lines))) == count
        return time.process_time() - began

    seconds(10)
    assert seconds(1000) < 30 * max(seconds(100), 0.02)


NEWSBANK_LAYOUTS = [
    # labels alone, no record numbers
    ["NewsBank", *(line for (title, names, paper, _, body), date in zip(EXPECTED, ("July 14, 2019", "July 16, 2019"), strict=True)
                   for line in (f"Title: {title}", f"Author: {'; '.join([*names, 'Staff Writer']) if names else ''}", f"Publication: {paper} (Tannerton)",
                                f"Date: {date}", "Section: Town", *body, f"Copyright 2019 {paper}"))],
    # counted, the newspaper first
    [line for number, ((title, names, paper, _, body), date) in enumerate(zip(EXPECTED, ("July 14, 2019", "July 16, 2019"), strict=True), 1)
     for line in (f"Article {number} of 2", f"{paper} - {date} - 3 Town", title, *(f"Author/Byline: {name.upper()}" for name in names), "Section: Town",
                  f"Text: {body[0]}", *body[1:], f"Record Number: {number}", f"Copyright (c) 2019 {paper}")],
    # date and newspaper on lines of their own
    [line for (title, names, paper, _, body), date in zip(EXPECTED, ("July 14, 2019", "July 16, 2019"), strict=True)
     for line in (title, date, f"{paper} (Tannerton, UP)", *(f"Author/Byline: {name}" for name in names), "Section: Town", "Readability: 12",
                  *body, "Record: 0FEB", "OpenURL Link", "https://infoweb.newsbank.com/apps/x", f"Copyright: Copyright 2019 {paper}")],
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lines", NEWSBANK_LAYOUTS)
def test_layouts_of_newsbank(lines: list[str], form: Callable[[list[str]], bytes]) -> None:
    assert found(read(form(lines), "download")) == EXPECTED
