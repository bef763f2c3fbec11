"""E-books: every chapter, short ones too, by who wrote the book and not by who translated it."""

from __future__ import annotations

import io
import zipfile

import pytest

from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read
from kbapp.reading.documents import epub as epub_reader

LONG = "The salt road runs from the coast to the hills, and whoever walked it carried news along with the salt. " * 4
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><metadata>
<dc:title>The Salt Road</dc:title>{creators}<dc:date>1999</dc:date></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"""


def epub(
    chapters: list[str], creators: str = '<dc:creator opf:role="aut" opf:file-as="Holt, Maren">Maren Holt</dc:creator>'
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        archive.writestr("OPS/book.opf", PACKAGE.format(creators=creators, items=items, spine=spine))
        for number, chapter in enumerate(chapters):
            archive.writestr(
                f"OPS/c{number}.xhtml",
                f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{chapter}</body></html>',
            )
    return out.getvalue()


def test_short_chapters_are_chapters():
    articles = read(
        epub(
            [
                f"<h1>Coast</h1><p>{LONG}</p>",
                "<h2>Interlude</h2><p>It rained for a week.</p>",
                f"<h1>Hills</h1><p>{LONG}</p>",
            ]
        ),
        "b.epub",
    )
    assert [article.title for article in articles] == ["Coast", "Interlude", "Hills"]
    assert {article.source for article in articles} == {"The Salt Road"} and articles[0].published == "1999"
    assert (
        articles[0].provenance["source"] == "book title" and articles[0].provenance["authors"] == "document properties"
    )


def test_covers_and_tables_of_contents_are_none():
    toc = '<section epub:type="toc"><h1>Contents</h1><p>See the chapters listed below, all of them.</p></section>'
    articles = read(epub(["<img src='cover.jpg'/>", toc, "<p>Part One</p>", f"<h1>Coast</h1><p>{LONG}</p>"]), "b.epub")
    assert [article.title for article in articles] == ["Coast"]


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        ('<dc:creator opf:file-as="Holt, Maren" opf:role="aut">MAREN HOLT</dc:creator>', ["Maren Holt"]),
        ("<dc:creator>Holt, Maren</dc:creator>", ["Maren Holt"]),
        (
            '<dc:creator opf:role="aut">Maren Holt</dc:creator><dc:creator opf:role="trl">Tom Eyk</dc:creator>',
            ["Maren Holt"],
        ),
        (
            '<dc:creator id="a">Maren Holt</dc:creator><dc:creator id="b">Ida Lund</dc:creator><meta refines="#b" property="role">ill</meta>',
            ["Maren Holt"],
        ),
        ("<dc:creator>Maren Holt &amp; Ida Lund</dc:creator>", ["Maren Holt", "Ida Lund"]),
        ("<dc:creator>Unknown</dc:creator>", []),
    ],
)
def test_who_wrote_the_book(creators, names):
    (article,) = read(epub([f"<h1>Coast</h1><p>{LONG}</p>"], creators), "b.epub")
    assert [author.name for author in article.authors] == names


def test_a_book_without_text_is_refused():
    with pytest.raises(UnreadableFile) as error:
        read(epub(["<img src='a.png'/>"]), "b.epub")
    assert error.value.code is Code.EBOOK_WITHOUT_TEXT


def test_chapters_beyond_the_limit_are_told(monkeypatch):
    monkeypatch.setattr(epub_reader, "_MAX_CHAPTERS", 2)
    articles = read(epub([f"<h1>Part {n}</h1><p>{LONG}</p>" for n in range(4)]), "b.epub")
    assert len(articles) == 2 and articles[0].warnings[0].code is Code.ITEMS_LEFT_OUT
