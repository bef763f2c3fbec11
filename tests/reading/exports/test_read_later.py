"""What read-later services and bookmark managers export: links with when they were saved, read, starred and marked."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from kbapp.domain import Article, Highlight
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read


def state(article: Article) -> tuple[str | None, str | None, bool, bool, tuple[str, ...]]:
    return article.url, article.saved, article.is_read, article.starred, article.tags


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_pocket_csv() -> None:
    rows = "title,url,time_added,tags,status\nGrain prices,https://mill.test/grain,1561975200,grain|zwei Wörter,unread\n,https://mill.test/b,1561975201,,archive\n"
    one, two = read(rows.encode(), "part_000000.csv")
    assert state(one) == (
        "https://mill.test/grain",
        "2019-07-01T10:00:00+00:00",
        False,
        False,
        ("grain", "zwei Wörter"),
    )
    assert (two.title, two.is_read, two.published) == ("https://mill.test/b", True, None)


def test_instapaper_csv() -> None:
    rows = 'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://mill.test/a,A,"Chosen words, two",Archive,1561975200,"[""grain""]"\nhttps://mill.test/b,B,,Starred,1561975200,[]\nhttps://mill.test/c,C,,Rivers,1561975200,[]\n'
    one, two, three = read(rows.encode(), "instapaper-export.csv")
    assert state(one) == ("https://mill.test/a", "2019-07-01T10:00:00+00:00", True, False, ("grain",))
    assert one.text == "Chosen words, two"
    assert (two.starred, two.is_read, two.tags) == (True, False, ())
    assert three.tags == ("Rivers",)


def test_raindrop_csv() -> None:
    rows = (
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '7,Grain,"mine, not theirs",What the page says.,https://mill.test/grain,Work / Food,"grain, two words",2019-07-01T10:00:00.000Z,,'
        '"Highlight:The price rose\nNote:by how much?\nHighlight:It fell again",true\n'
        "8,Bare,,,https://mill.test/bare,Unsorted,,2019-07-02T10:00:00.000Z,,,false\n"
    )
    one, two = read(rows.encode(), "raindrop.csv")
    assert state(one) == (
        "https://mill.test/grain",
        "2019-07-01T10:00:00Z",
        False,
        True,
        ("grain", "two words", "Work / Food"),
    )
    assert one.text == "What the page says."
    assert one.highlights == (
        Highlight("The price rose", "by how much?"),
        Highlight("It fell again"),
        Highlight("", "mine, not theirs"),
    )
    assert two.tags == () and two.highlights == ()


def test_a_table_for_excel_with_semicolons() -> None:
    rows = "sep=;\r\nTitle;URL;Created;Favorite\r\nGrain; https://mill.test/grain;2019-07-01;yes\r\n"
    (article,) = read(rows.encode("utf-16"), "links.csv")
    assert state(article) == ("https://mill.test/grain", "2019-07-01", False, True, ())


def test_readwise_highlights_are_gathered_by_book() -> None:
    rows = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n"
        '"Grain, first.",Bread,"Rell, Jonas",B1,why?,orange,"food,price",location,12,2019-07-01 10:00:00+00:00,shelf\n'
        "Of mills.,Mills,Ottilie Brandt and Petra Quill,,,,,page,3,2019-07-03 10:00:00+00:00,\n"
        "Grain again.,Bread,\"Rell, Jonas\",B1,,pink,,location,40,2019-07-02 10:00:00+00:00,shelf\n"
    )  # fmt: skip
    bread, mills = read(rows.encode(), "readwise.csv")
    assert (bread.title, [author.name for author in bread.authors], bread.tags) == ("Bread", ["Jonas Rell"], ("shelf",))
    assert bread.text == "Grain, first.\n\nGrain again."
    assert bread.highlights[0] == Highlight(
        "Grain, first.", "why?", "yellow", "2019-07-01T10:00:00+00:00", ("food", "price")
    )
    assert bread.saved == "2019-07-01T10:00:00+00:00" and bread.published is None
    assert [author.name for author in mills.authors] == ["Ottilie Brandt", "Petra Quill"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_pinboard(form: str) -> None:
    posts = [
        {"href": "https://mill.test/grain", "description": "Grain", "extended": "Dear & dearer.", "time": "2019-07-01T10:00:00Z", "toread": "no", "tags": "grain food"},
        {"href": "https://mill.test/b", "description": "", "extended": "", "time": "2019-07-02T10:00:00Z", "toread": "yes", "tags": ""},
    ]  # fmt: skip
    xml = '<?xml version="1.0"?>\n<posts user="x"><post href="https://mill.test/grain" description="Grain" extended="Dear &amp; dearer." tag="grain food" time="2019-07-01T10:00:00Z" toread="no"/><post href="https://mill.test/b" description="" extended="" tag="" time="2019-07-02T10:00:00Z" toread="yes"/></posts>'
    one, two = read(as_json(posts) if form == "json" else xml.encode(), f"pinboard.{form}")
    assert state(one) == ("https://mill.test/grain", "2019-07-01T10:00:00Z", True, False, ("grain", "food"))
    assert (one.title, one.text, two.is_read) == ("Grain", "Dear & dearer.", False)


def test_bookmarks_with_descriptions_and_folders() -> None:
    page = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8"><TITLE>Raindrop.io Bookmarks</TITLE><H1>Raindrop.io Bookmarks</H1>
<DL><p><DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
<DL><p><DT><H3 ADD_DATE="1561975200">Food</H3>
  <DD>folder words
  <DL><p><DT><A HREF="https://mill.test/grain" ADD_DATE="1561975200" TAGS="grain,two words" data-important="true">Grain 🌾</A>
  <DD>Dear &amp; dearer.
  <DT><A HREF="javascript:alert(1)">no</A></DL><p>
<DT><A HREF="https://web.archive.org/web/20190701100000/https://mill.test/old">Old</A></DL><p>
<DT><A HREF="https://mill.test/last" TOREAD="1">Last</A></DL>"""
    one, two, three = read(page.encode(), "export.html")
    assert state(one) == (
        "https://mill.test/grain",
        "2019-07-01T10:00:00+00:00",
        False,
        True,
        ("grain", "two words", "Food"),
    )
    assert (one.title, one.text) == ("Grain 🌾", "Dear & dearer.")
    assert (two.url, two.tags, three.tags) == ("https://mill.test/old", (), ())


def test_pages_of_pocket_and_instapaper() -> None:
    pocket = '<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href="https://mill.test/a" time_added="1561975200" tags="x,y">A</a></li></ul><h1>Read Archive</h1><ul><li><a href="https://mill.test/b" time_added="1" tags="">B</a></li></ul></body></html>'
    assert [(each.title, each.is_read, each.tags) for each in read(pocket.encode(), "x.html")] == [
        ("A", False, ("x", "y")),
        ("B", True, ()),
    ]
    instapaper = '<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body><h1>Rivers</h1><ol><li><a href="https://mill.test/a">A</a></ol><h1>Archive</h1><ol><li><a href="https://mill.test/b">B</a></ol></body></html>'
    assert [(each.title, each.is_read, each.tags) for each in read(instapaper.encode(), "x.html")] == [("A", False, ("Rivers",)), ("B", True, ())]  # fmt: skip


def test_wallabag() -> None:
    entry = {"id": 4, "title": "Grain", "url": "https://mill.test/grain", "content": "<p>The price of grain rose in the week before the fair.</p>", "is_archived": 1,
             "is_starred": 1, "tags": [{"label": "food"}], "created_at": "2019-07-02T08:00:00+0000", "published_at": None, "published_by": ["Jonas Rell"],
             "annotations": [{"text": "how much?", "quote": "price of grain", "created_at": "2019-07-03T08:00:00+0000", "ranges": []}]}  # fmt: skip
    failed = {
        "title": "No title found",
        "url": "https://mill.test/x",
        "content": "wallabag can't retrieve contents for this article.",
        "is_archived": 0,
        "is_starred": 0,
    }
    one, two = read(as_json([entry, failed]), "All articles.json")
    assert state(one) == ("https://mill.test/grain", "2019-07-02T08:00:00+00:00", True, True, ("food",))
    assert one.published is None
    assert one.highlights == (Highlight("price of grain", "how much?", None, "2019-07-03T08:00:00+00:00"),)
    assert (two.format, two.text) == ("link", "https://mill.test/x")


def test_other_programs_by_the_names_of_their_fields() -> None:
    karakeep = {"bookmarks": [{"createdAt": 1561975200, "title": "Grain", "tags": ["food"], "content": {"type": "link", "url": "https://mill.test/grain"}, "note": "mine", "archived": True, "favourited": True}]}  # fmt: skip
    (one,) = read(as_json(karakeep), "karakeep.json")
    assert state(one) == ("https://mill.test/grain", "2019-07-01T10:00:00+00:00", True, True, ("food",))
    assert one.highlights == (Highlight("", "mine"),)
    linkwarden = {"collections": [{"name": "Food", "links": [{"name": "Grain", "url": "https://archive.ph/20190701100000/https://mill.test/grain", "description": "Dear.", "tags": [{"name": "g"}], "createdAt": "2019-07-01T10:00:00.000Z"}]}]}  # fmt: skip
    (two,) = read(as_json(linkwarden), "backup.json")
    assert (two.title, two.url, two.tags, two.text) == ("Grain", "https://mill.test/grain", ("g", "Food"), "Dear.")
    goodlinks = [
        {
            "url": "https://mill.test/grain",
            "title": "Grain",
            "summary": "Dear.",
            "tags": ["g"],
            "starred": True,
            "addedAt": 1561975200.5,
            "readAt": 1561975300,
        }
    ]
    (three,) = read(as_json(goodlinks), "GoodLinks.json")
    assert state(three) == ("https://mill.test/grain", "2019-07-01T10:00:00+00:00", True, True, ("g",))
    raindrop = {"items": [{"link": "https://mill.test/grain", "title": "Grain", "excerpt": "Dear.", "created": "2019-07-01T10:00:00Z", "important": True, "tags": [], "highlights": [{"text": "rose", "note": "when?", "color": "#ff0000", "created": "2019-07-02T10:00:00Z"}]}]}  # fmt: skip
    (four,) = read(as_json(raindrop), "raindrop.json")
    assert four.starred and four.highlights == (Highlight("rose", "when?", "pink", "2019-07-02T10:00:00Z"),)


def test_hypothesis_by_page() -> None:
    def mark(uri: str, exact: str, text: str) -> dict[str, object]:
        return {"uri": uri, "text": text, "tags": ["t"], "created": "2019-07-01T10:00:00.1+00:00", "document": {"title": ["Grain"]},
                "target": [{"selector": [{"type": "TextPositionSelector", "start": 1}, {"type": "TextQuoteSelector", "exact": exact}]}]}  # fmt: skip

    value = {
        "export_date": "x",
        "annotations": [
            mark("https://mill.test/a", "rose", ""),
            mark("https://mill.test/b", "fell", "why?"),
            mark("https://mill.test/a", "again", ""),
        ],
    }
    one, two = read(as_json(value), "h.json")
    assert [each.text for each in one.highlights] == ["rose", "again"] and one.url == "https://mill.test/a"
    assert two.highlights == (Highlight("fell", "why?", None, "2019-07-01T10:00:00+00:00", ("t",)),)
    rows = 'Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags\n2019-07-01,me,Grain,https://mill.test/a,Public,Annotation,rose,"why, then?",a\n'
    (table,) = read(rows.encode(), "h.csv")
    assert (table.title, table.highlights) == ("Grain", (Highlight("rose", "why, then?", None, "2019-07-01", ("a",)),))


def test_tables_and_json_lines_of_articles() -> None:
    text = "The price of grain rose in the week before the fair, said Ottilie Brandt."
    rows = [
        ["headline", "byline", "publication_date", "newspaper", "full_text", "link"],
        ["Grain", "By Petra Quill", "2019-07-01", "Upland Post", text, "https://mill.test/a"],
    ]
    expected = ("Grain", ["Petra Quill"], "2019-07-01", "Upland Post", text, "https://mill.test/a")

    def fields(article: Article) -> tuple[object, ...]:
        return (
            article.title,
            [author.name for author in article.authors],
            article.published,
            article.source,
            article.text,
            article.url,
        )

    csv = "\t".join(rows[0]) + "\n" + "\t".join(rows[1]) + "\n"
    assert [fields(each) for each in read(csv.encode(), "articles.tsv")] == [expected]
    lines = json.dumps(dict(zip(*rows, strict=True))) + "\n\n{broken\n"
    (article,) = read(lines.encode(), "articles.jsonl")
    assert fields(article) == expected and [notice.code for notice in article.warnings] == [Code.ENTRIES_LEFT_OUT]
    book = openpyxl.Workbook()
    book.active.append(["just", "numbers"])
    sheet = book.create_sheet("Articles")
    for row in rows:
        sheet.append(row)
    sheet.append(["=HYPERLINK(1)", "", None, "", "=1+1", ""])
    out = io.BytesIO()
    book.save(out)
    assert fields(read(out.getvalue(), "articles.xlsx")[0]) == expected


def test_a_year_alone_stays_a_year() -> None:
    (article,) = read(b"title,year,text\nGrain,1893,The price of grain rose that year as never before.\n", "old.csv")
    assert article.published == "1893"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b'{"temperature": 4, "unit": "C"}', Code.DATA_UNKNOWN),
        ("a.json", b'[1, 2, 3]', Code.DATA_UNKNOWN),
        ("noname", b'[{"a": 1}, {"a": 2}]', Code.DATA_UNKNOWN),
        ("a.json", b'{"title": "Gr', Code.FILE_CUT_OFF),
        ("a.csv", b"name,height\nPaul,1.8\n", Code.TABLE_UNKNOWN),
        ("a.xml", b'<?xml version="1.0"?><config><port>80</port></config>', Code.DATA_UNKNOWN),
        ("feeds", b'<?xml version="1.0"?><opml version="2.0"><body><outline text="x" xmlUrl="https://x.test/rss"/></body></opml>', Code.LIST_OF_FEEDS),
    ],
)  # fmt: skip
def test_data_that_nobody_knows_is_refused(name: str, data: bytes, code: Code) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(data, name)
    assert refused.value.code == code


def test_text_that_only_looks_like_data_is_read() -> None:
    assert read(b"[Sic] it was.\n\nThe mill, the river, and the town lay there.\n", "note.txt")[0].text
    assert (
        read(b"title, text and url\n\nThese three words stand at the head of many a table in this town.", "note.txt")[
            0
        ].format
        == "text"
    )


@pytest.mark.parametrize("count", [12_000])
def test_every_bookmark_of_many_is_kept(count: int) -> None:
    links = "\n".join(f'<DT><A HREF="https://mill.test/{n}" ADD_DATE="1561975200">Link {n}</A>' for n in range(count))
    articles = read(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>{links}</DL>".encode(), "b.html")
    assert len(articles) == count and articles[-1].title == f"Link {count - 1}"


def test_bookmarks_of_firefox_in_json() -> None:
    def folder(title: str, *children: object, **values: object) -> dict[str, object]:
        return {"title": title, "type": "text/x-moz-place-container", "children": children, **values}

    mark = {"title": "Grain", "type": "text/x-moz-place", "uri": "https://mill.test/grain", "dateAdded": 1561975200000000, "tags": "bread,corn"}  # fmt: skip
    query = {"title": "Recent", "type": "text/x-moz-place", "uri": "place:sort=8"}
    backup = folder("", folder("menu", folder("Mills", mark, query), root="bookmarksMenuFolder"), root="placesRoot")
    (one,) = read(as_json(backup), "bookmarks-2019-07-01.json")
    assert state(one) == (
        "https://mill.test/grain",
        "2019-07-01T10:00:00+00:00",
        False,
        False,
        ("bread", "corn", "Mills"),
    )


def test_bookmarks_of_chrome() -> None:
    mark = {"name": "Grain", "type": "url", "url": "https://mill.test/grain", "date_added": "13206448800000000"}
    bar = {
        "name": "Bookmarks bar",
        "type": "folder",
        "children": [{"name": "Mills", "type": "folder", "children": [mark]}],
    }
    (one,) = read(as_json({"version": 1, "roots": {"bookmark_bar": bar, "sync_transaction_version": "1"}}), "Bookmarks")
    assert one.title == "Grain"
    assert state(one) == ("https://mill.test/grain", "2019-07-01T10:00:00+00:00", False, False, ("Mills",))
