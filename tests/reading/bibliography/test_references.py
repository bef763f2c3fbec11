"""Lists of references: names, dates and notes as they were meant, whatever the format."""

from __future__ import annotations

import json

import pytest

from kbapp.domain import Article
from kbapp.reading import read
from kbapp.reading.bibliography.attachments import attachment_names


def fields(article: Article) -> tuple[str, list[str], str | None, str | None, str | None]:
    return article.title, [author.name for author in article.authors], article.published, article.source, article.url


EXPECTED = (
    "Grain and bread",
    ["Petra Quill", "Jonas Rell Jr.", "Ministry of Mills and Rivers"],
    "2019",
    "Upland Post",
    "https://mill.test/grain",
)
RIS = "TY  - NEWS\nTI  - Grain and bread\nAU  - Quill, Petra\nAU  - Rell, Jonas, Jr.\nAU  - Ministry of Mills and Rivers\nPY  - 2019///\nT2  - Upland Post\nUR  - https://mill.test/grain\nAB  - Prices rose.\nN1  - <p>ask <b>him</b></p>\nKW  - food\nER  - \n"
BIBTEX = r"""@article{x, title = {Grain and bread}, author = {Quill, Petra and Rell, Jr., Jonas and {Ministry of Mills and Rivers}}, year = {2019},
  journal = {Upland Post}, url = {https://mill.test/grain}, abstract = {Prices rose.}, annote = {ask him}, keywords = {food}}"""
CSL = [{"type": "article-newspaper", "title": "Grain and bread", "issued": {"date-parts": [["2019"]]}, "container-title": "Upland Post", "URL": "https://mill.test/grain",
        "author": [{"family": "Quill", "given": "Petra"}, {"family": "Rell", "given": "Jonas", "suffix": "Jr."}, {"literal": "Ministry of Mills and Rivers"}],
        "abstract": "Prices rose.", "annote": "ask him", "keyword": "food"}]  # fmt: skip
ZOTERO = '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date","Date Added","Notes","Manual Tags"\n"A","newspaperArticle","2019","Quill, Petra; Rell, Jonas, Jr.; Ministry of Mills and Rivers","Grain and bread","Upland Post","","https://mill.test/grain","Prices rose.","2019","2020-01-02 03:04:05","<p>ask <b>him</b></p>","food"\n'
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
 <bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType><dcterms:isPartOf><bib:Newspaper><dc:title>Upland Post</dc:title></bib:Newspaper></dcterms:isPartOf>
 <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Quill</foaf:surname><foaf:givenName>Petra</foaf:givenName></foaf:Person></rdf:li>
 <rdf:li><foaf:Person><foaf:surname>Rell Jr.</foaf:surname><foaf:givenName>Jonas</foaf:givenName></foaf:Person></rdf:li>
 <rdf:li><foaf:Person><foaf:surname>Ministry of Mills and Rivers</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
 <dcterms:isReferencedBy rdf:resource="#item_2"/><link:link rdf:resource="#item_3"/><dc:subject>food</dc:subject><dc:title>Grain and bread</dc:title>
 <dcterms:abstract>Prices rose.</dcterms:abstract><dc:date>2019</dc:date><dc:identifier><dcterms:URI><rdf:value>https://mill.test/grain</rdf:value></dcterms:URI></dc:identifier></bib:Article>
 <bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;ask &lt;b&gt;him&lt;/b&gt;&lt;/p&gt;</rdf:value></bib:Memo>
 <z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/3/grain.txt"/><dc:title>Full text</dc:title><link:type>text/plain</link:type></z:Attachment>
</rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ris", RIS),
        ("a.bib", BIBTEX),
        ("a.json", json.dumps(CSL)),
        ("a.csv", ZOTERO),
        ("a.rdf", RDF),
        ("a.json", json.dumps(CSL[0])),
    ],
)
def test_the_same_reference_in_every_format(name: str, data: str) -> None:
    (article,) = read(data.encode(), name)
    assert fields(article) == EXPECTED
    assert (article.text, article.tags, [mark.note for mark in article.highlights]) == (
        "Prices rose.",
        ("food",),
        ["ask him"],
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2019", "2019"), ("2019-07", "2019-07"), ("2019/07/01/", "2019-07-01"), ("2019-00-00", "2019"), ("2019/7", "2019-07"), ("July 1, 2019", "2019-07-01"), ("c1893", "1893")],
)  # fmt: skip
def test_dates_keep_their_precision(written: str, meant: str) -> None:
    (article,) = read(ZOTERO.replace(',"2019","2020', f',"{written}","2020').encode(), "a.csv")
    assert (article.published, article.saved) == (meant, "2020-01-02T03:04:05")


def test_latex_and_particles() -> None:
    (article,) = read(
        rb"@book{y, title={Z{\"u}ge \& {W}asser}, author={von der Leyen, Ursula and Garc{\'i}a M{\'a}rquez, Gabriel}, date={1999-05}, doi={10.1/x\_y}}",
        "b.bib",
    )
    assert fields(article) == (
        "Züge & Wasser",
        ["Ursula von der Leyen", "Gabriel García Márquez"],
        "1999-05",
        None,
        "https://doi.org/10.1/x_y",
    )


def test_the_text_attached_to_a_reference_is_its_text() -> None:
    assert attachment_names(RDF.encode(), ".rdf") == ["files/3/grain.txt"]
    (article,) = read(
        RDF.encode(),
        "a.rdf",
        {
            "files/3/grain.txt": b"Grain and bread\n\nBy Petra Quill\n\nThe price of grain rose in the week before the fair.\n\nBread was dear."
        },
    )
    assert article.text == "The price of grain rose in the week before the fair.\n\nBread was dear."


ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record><ref-type name="Newspaper Article">23</ref-type>
 <contributors><authors><author><style face="normal">Quill, Petra</style></author><author>Rell, Jonas, Jr.</author></authors></contributors>
 <titles><title><style face="bold">Grain</style><style> and bread</style></title><secondary-title>Upland Post</secondary-title></titles>
 <dates><year>2019</year><pub-dates><date>July 3</date></pub-dates></dates><abstract>Prices rose.</abstract>
 <keywords><keyword>food</keyword></keywords><urls><related-urls><url>https://mill.test/grain</url></related-urls></urls>
</record><record><titles><title>Second</title></titles><dates><year>2018</year></dates></record></records></xml>"""


def test_endnote_xml() -> None:
    one, two = read(ENDNOTE.encode(), "library.xml")
    assert fields(one) == (
        "Grain and bread",
        ["Petra Quill", "Jonas Rell Jr."],
        "2019-07-03",
        "Upland Post",
        "https://mill.test/grain",
    )
    assert (one.text, one.tags) == ("Prices rose.", ("food",))
    assert (two.title, two.published) == ("Second", "2018")


@pytest.mark.parametrize(
    ("written", "published"),
    [("2019 Jul 3", "2019-07-03"), ("2019 Jul", "2019-07"), ("2019", "2019"), ("2019 Jul-Aug", "2019")],
)
def test_pubmed(written: str, published: str) -> None:
    citation = (
        f"PMID- 77\nDP  - {written}\nTI  - Grain and\n      bread.\nLID - 10.5555/grain [doi]\nAB  - Prices\n      rose.\n"
        "FAU - Quill, Petra\nAU  - Quill P\nLA  - ger\nJT  - Upland medicine\n\nPMID- 78\nTI  - Second\n"
    )
    one, two = read(citation.encode(), "citations.nbib")
    assert fields(one) == (
        "Grain and bread",
        ["Petra Quill"],
        published,
        "Upland medicine",
        "https://doi.org/10.5555/grain",
    )
    assert (one.text, one.language) == ("Prices rose.", "de")
    assert (two.title, two.url) == ("Second", "https://pubmed.ncbi.nlm.nih.gov/78/")
