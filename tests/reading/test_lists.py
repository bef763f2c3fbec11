"""Lists of links and references, single links, web archives: an article each."""

from __future__ import annotations

import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read


def summary(article: Article) -> tuple[str, str | None, tuple[str, ...]]:
    return article.title, article.url, article.tags


def test_pocket_csv():
    data = b"title,url,time_added,tags,status\nHow to sail,https://ex.org/sail,1690000000,sea|boats,unread\n,https://ex.org/2,1,,archive\n"
    found = read(data, "part_000000.csv")
    assert [article.format for article in found] == ["link", "link"]
    assert summary(found[0]) == ("How to sail", "https://ex.org/sail", ("sea", "boats"))
    assert summary(found[1]) == ("https://ex.org/2", "https://ex.org/2", ())


def test_instapaper_csv_keeps_the_selection_and_the_folder():
    data = b'URL,Title,Selection,Folder,Timestamp\r\nhttps://ex.org/x,Title X,"Some words, chosen",Harbours,1690000000\r\nhttps://ex.org/y,Y,,Unread,2\r\n'
    one, two = read(data, "instapaper-export.csv")
    assert one.text == "Some words, chosen" and one.tags == ("Harbours",)
    assert two.text == "https://ex.org/y" and two.tags == ()


def test_readwise_reader_csv():
    data = b"Title,URL,ID,Document tags,Saved date,Reading progress,Location,Author,Summary,Published Date\nThe Wall,https://ex.org/wall,1,\"['sea', 'storm']\",2024-01-02,0.5,later,Ines Okafor,A wall fails.,2024-01-01\n"
    (article,) = read(data, "reader.csv")
    assert article.authors[0].name == "Ines Okafor" and article.tags == ("sea", "storm")
    assert (article.text, article.published) == ("A wall fails.", "2024-01-01")


def test_bookmarks_and_pockets_html():
    page = (
        b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3 ADD_DATE="1">Harbours</H3>\n<DL><p>\n'
        b'<DT><A HREF="https://ex.org/wall" TAGS="sea">The wall</A>\n</DL><p>\n<DT><A HREF="javascript:alert(1)">no</A>\n<DT><A HREF="https://ex.org/y">Y</A></DL>'
    )
    assert list(map(summary, read(page, "bookmarks.html"))) == [
        ("The wall", "https://ex.org/wall", ("sea", "Harbours")),
        ("Y", "https://ex.org/y", ()),
    ]
    pocket = b'<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="https://ex.org/p" time_added="1" tags="a,b">P</a></li></ul></body></html>'
    assert list(map(summary, read(pocket, "ril_export.html"))) == [("P", "https://ex.org/p", ("a", "b"))]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("A story.url", b"[InternetShortcut]\r\nURL=https://ex.org/story\r\n"),
        ("A story.webloc", b"<?xml version='1.0'?><plist version='1.0'><dict><key>URL</key><string>https://ex.org/story</string></dict></plist>"),
        ("x.desktop", b"[Desktop Entry]\nType=Link\nName=A story\nURL=https://ex.org/story\n"),
    ],
)  # fmt: skip
def test_files_that_are_but_a_link(name: str, data: bytes):
    (article,) = read(data, name)
    assert (article.format, article.url, article.title) == ("link", "https://ex.org/story", "A story")


def test_a_text_that_is_but_a_link():
    (article,) = read(b"https://ex.org/story\n", "untitled 7.txt")
    assert (article.format, article.url, article.title) == ("link", "https://ex.org/story", "https://ex.org/story")


def test_a_table_of_something_else_is_refused():
    with pytest.raises(UnreadableFile) as refused:
        read(b"name,height\nAnna,1.72\nPaul,1.80\n", "heights.csv")
    assert refused.value.code == Code.TABLE_UNKNOWN


def test_ris():
    data = b"TY  - JOUR\r\nAU  - Doe, Jane\r\nAU  - Roe, R. P.\r\nTI  - Waves and walls\r\nJO  - Sea Letters\r\nPY  - 2019/03/04\r\nAB  - We measured waves.\r\nUR  - https://ex.org/p\r\nKW  - sea\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - Walls\r\nPY  - 2001\r\nER  - \r\n"
    one, two = read(data, "list.ris")
    assert [author.name for author in one.authors] == ["Jane Doe", "R. P. Roe"]
    assert (one.published, one.source, one.text, one.tags) == ("2019-03-04", "Sea Letters", "We measured waves.", ("sea",))  # fmt: skip
    assert (two.title, two.published, two.text) == ("Walls", "2001", "Walls")


def test_bibtex():
    data = b'% from Zotero\n@article{doe2019, title={{Waves} and walls}, author={Doe, Jane and M{\\"u}ller, Kai and van der Berg, Jr., Otto}, journal={Sea Letters}, year=2019, month=mar, abstract={We measured waves.}, doi={10.1/x}}\n@online{y, title={Foam}, date={2020-05-06}, url={https://ex.org/foam}}\n'
    one, two = read(data, "list.bib")
    assert [author.name for author in one.authors] == ["Jane Doe", "Kai Müller", "Otto van der Berg Jr."]
    assert (one.title, one.published, one.url) == ("Waves and walls", "2019-03", "https://doi.org/10.1/x")
    assert (two.published, two.url) == ("2020-05-06", "https://ex.org/foam")


@pytest.mark.parametrize("zipped", [True, False])
def test_warc(zipped: bool):
    sentence = "<p>The wall held through the night, and the harbour master said that he was content with it. It was a long night.</p>"
    page = f"<html><head><title>Wall holds</title></head><body><article><h1>Wall holds</h1>{sentence * 4}</article></body></html>"
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=zipped)
    for url, status, kind, body in (
        ("https://ex.org/wall", "200 OK", "text/html; charset=utf-8", page),
        ("https://ex.org/gone", "404 Not Found", "text/html", page),
        ("https://ex.org/a.png", "200 OK", "image/png", "x"),
    ):
        head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body.encode()), http_headers=head))  # fmt: skip
    (article,) = read(file.getvalue(), "saved.warc.gz")
    assert (article.title, article.url, article.format) == ("Wall holds", "https://ex.org/wall", "html")
    with pytest.raises(UnreadableFile):
        read(file.getvalue()[:60], "saved.warc.gz")


def test_links_and_emphasis_are_kept_in_place():
    text = "and the harbour master said that he was content with it. It was a long night, he told us, and a cold one."
    page = f'<html><head><title>Wall</title></head><body><article><h1>Wall</h1><p>The  <b>wall</b> held through\n<a href="https://ex.org/a">the <em>long</em> night </a>, {text}</p><p><i>Nobody</i> slept, {text} <a href="javascript:x()">Run</a></p></article></body></html>'
    article = read(page.encode(), "wall.html")[0]
    spans = [(span.kind, block.text[span.start : span.end], span.target) for block in article.blocks for span in block.spans]  # fmt: skip
    assert spans == [
        ("strong", "wall", ""),
        ("link", "the long night", "https://ex.org/a"),
        ("emphasis", "long", ""),
        ("emphasis", "Nobody", ""),
    ]


def test_markdown_keeps_links_and_emphasis():
    article = read(b"# T\n\nThe **wall**  held [the night](https://ex.org/a) and *more*\nof `it`.\n\n- one *two*\n", "t.md")[0]  # fmt: skip
    assert [(span.kind, block.text[span.start : span.end]) for block in article.blocks for span in block.spans] == [
        ("strong", "wall"), ("link", "the night"), ("emphasis", "more"), ("code", "it"), ("emphasis", "two"),
    ]  # fmt: skip
