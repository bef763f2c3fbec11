"""Other formats, made here by code: documents, mail, feeds, e-books; and what hostile ones cost."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from kbapp.errors import UnreadableFile
from kbapp.reading import read
from kbapp.reading.sniffing import sniff

PARAGRAPHS = [
    f"Paragraph {n} of the text tells at some length what the harbour master saw from his window that night."
    for n in range(4)
]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx() -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    title = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>The Window</w:t></w:r></w:p>'
    byline = "<w:p><w:r><w:t>By Anna Lee</w:t></w:r></w:p>"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PARAGRAPHS)
    return zipped(
        {
            "[Content_Types].xml": "<x/>",
            "word/document.xml": f"<w:document {w}><w:body>{title}{byline}{body}</w:body></w:document>",
        }
    )


def odt() -> bytes:
    head = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    body = '<text:h text:outline-level="1">The Window</text:h><text:p>By Anna Lee</text:p>' + "".join(
        f"<text:p>{text}</text:p>" for text in PARAGRAPHS
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}{body}</office:text></office:body></office:document-content>",
        }
    )


def epub() -> bytes:
    container = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Harbour Nights</dc:title>'
        '<dc:creator>Anna Lee</dc:creator></metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    chapter = "<html><body><h1>{}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</body></html>"
    return zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/content.opf": package,
                   "OEBPS/a.xhtml": chapter.format("First Night"), "OEBPS/b.xhtml": chapter.format("Second Night")})  # fmt: skip


EML = (
    "From: Anna Lee <anna@pier.example>\r\nTo: you@example.org\r\nSubject: Waves break the pier\r\nDate: Wed, 03 Feb 2021 08:00:00 +0100\r\n"
    "MIME-Version: 1.0\r\nMessage-ID: <1@pier.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + "\r\n\r\n".join(PARAGRAPHS)
).encode()
RSS = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>The Pier Paper</title>"
    + "".join(f"<item><title>Story {n}</title><link>https://pier.example/{n}</link><dc:creator>Anna Lee</dc:creator><pubDate>Wed, 03 Feb 2021 08:00:00 +0100</pubDate>"
              f"<description>&lt;p&gt;{PARAGRAPHS[n]}&lt;/p&gt;</description></item>" for n in range(3))
    + "</channel></rss>"
).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("data", "kind", "title", "author"),
    [
        (docx(), "docx", "The Window", "Anna Lee"),
        (odt(), "odt", "The Window", "Anna Lee"),
        (epub(), "epub", "First Night", "Anna Lee"),
        (EML, "eml", "Waves break the pier", "Anna Lee"),
        (RSS, "feed", "Story 0", "Anna Lee"),
        (b"{\\rtf1\\ansi The Window\\par By Anna Lee\\par " + b"\\par ".join(text.encode() for text in PARAGRAPHS) + b"}", "rtf", "The Window", "Anna Lee"),
        (json.dumps([{"title": "Kept", "content": f"<p>{PARAGRAPHS[0]}</p>", "url": "https://x.example/1", "published_by": ["Anna Lee"]}]).encode(), "wallabag", "Kept", "Anna Lee"),
        (json.dumps({"version": "https://jsonfeed.org/version/1", "title": "P", "items": [{"id": 1, "title": "Item", "content_text": PARAGRAPHS[0], "author": {"name": "Anna Lee"}}]}).encode(), "jsonfeed", "Item", "Anna Lee"),
    ],
)  # fmt: skip
def test_format_is_told_by_content_and_read(data: bytes, kind: str, title: str, author: str):
    article = read(data, "wrong-name.bin")[0]
    assert article.format == kind
    assert article.title == title
    assert [each.name for each in article.authors] == [author]
    assert "harbour master" in article.text


def test_an_ebook_gives_an_article_a_chapter():
    assert [article.title for article in read(epub(), "book.epub")] == ["First Night", "Second Night"]


def test_a_zip_bomb_in_a_document_is_left_alone():
    bomb = zipped({"[Content_Types].xml": "<x/>", "word/document.xml": b" " * 80_000_000})
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        read(bomb, "bomb.docx")


def test_external_entities_are_not_read():
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    evil = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {w}><w:body><w:p><w:r><w:t>&e; {PARAGRAPHS[0]}</w:t></w:r></w:p></w:body></w:document>'
    article = read(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": evil}), "evil.docx")[0]
    assert article.text.strip().startswith("Paragraph 0")


@pytest.mark.parametrize("data", [docx(), odt(), epub()])
def test_a_truncated_document_is_said_in_words(data: bytes):
    with pytest.raises(UnreadableFile, match="damaged|cut off"):
        read(data[: len(data) // 2], "half")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n garbage", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"])
def test_a_broken_pdf_is_said_in_words(data: bytes):
    with pytest.raises(UnreadableFile, match="PDF"):
        read(data, "x.pdf")


def test_a_text_that_talks_about_html_is_a_text():
    assert (
        sniff(
            b"How to write a page\n\nBegin with <html> and go on with <body>, then write your text and be happy with it.",
            "x.html",
        )
        == "text"
    )


def test_bells_and_nuls_in_rich_text_are_left_out():
    text = b"\\par ".join(each.encode() for each in PARAGRAPHS).replace(b"harbour", b"har\\'00bo\\'07ur", 1)
    article = read(b"{\\rtf1\\ansi The Window\\par By Anna Lee\\par " + text + b"}", "letter.rtf")[0]
    assert "harbour" in article.text and not {"\x00", "\x07"} & set(article.text)
