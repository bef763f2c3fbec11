"""What note programs and e-readers export: Kindle, Evernote, Joplin, Google Keep, Omnivore's pages, heads of Markdown files."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from kbapp.domain import Highlight
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read
from kbapp.reading.exports import omnivore

CLIPPINGS = """\ufeffBread and Stone (Rell, Jonas)
- Ihre Markierung auf Seite 7 | bei Position 96-98 | Hinzugefügt am Freitag, 8. Mai 2020 17:23:15

Brot ist älter als der Ofen.
==========
Bread and Stone (Rell, Jonas)
- Ihre Notiz auf Seite 7 | bei Position 98 | Hinzugefügt am Freitag, 8. Mai 2020 17:23:22

stimmt das?
==========
Of Mills (Second Edition) (Ottilie Brandt;Petra Quill)
- La subrayado en la página 6 | posición 36-40 | Añadido el lunes, 30 de septiembre de 2019 18:00:39

Un molino no duerme
aunque duerma el molinero.
==========
Of Mills (Second Edition) (Ottilie Brandt;Petra Quill)
- Votre surlignement sur la page 8 | emplacement 120-121 | Ajouté le mardi 1 octobre 2019 08:01:02

La roue
==========
Of Mills (Second Edition) (Ottilie Brandt;Petra Quill)
- Votre surlignement sur la page 8 | emplacement 120-122 | Ajouté le mardi 1 octobre 2019 08:01:09

La roue tourne encore.
==========
Of Mills (Second Edition) (Ottilie Brandt;Petra Quill)
- Votre signet sur la page 9 | emplacement 130 | Ajouté le mardi 1 octobre 2019 08:02:00


==========
水車の本 (山田 花子)
- 位置No. 300-301のハイライト |作成日: 2024年3月4日月曜日 22:18:00

水車は眠らない。
==========
Bread and Stone (Rell, Jonas)
- Your Note on Location 5000 | Added on Monday, May 11, 2020 1:02:03 PM

on the whole
==========
Bread and Stone (Rell, Jonas)
- Your Highlight on Location 5100-5102 | Added on Monday, May 11, 2020 1:02:03 PM

 <You have reached the clipping limit for this item>
==========
"""


def test_clippings_in_the_languages_of_the_devices() -> None:
    bread, mills, water = read(CLIPPINGS.replace("\n", "\r\n").encode(), "My Clippings.txt")
    assert (bread.title, [author.name for author in bread.authors]) == ("Bread and Stone", ["Jonas Rell"])
    assert bread.highlights == (
        Highlight("Brot ist älter als der Ofen.", "stimmt das?", None, "2020-05-08T17:23:15"),
        Highlight("", "on the whole", None, "2020-05-11T13:02:03"),
    )
    assert [notice.code for notice in bread.warnings] == [Code.CLIPPING_LIMIT]
    assert (mills.title, [author.name for author in mills.authors]) == (
        "Of Mills (Second Edition)",
        ["Ottilie Brandt", "Petra Quill"],
    )
    assert mills.text == "Un molino no duerme aunque duerma el molinero.\n\nLa roue tourne encore."
    assert [mark.created for mark in mills.highlights] == ["2019-09-30T18:00:39", "2019-10-01T08:01:09"]
    assert (water.title, water.text) == ("水車の本", "水車は眠らない。")
    assert all(article.published is None for article in (bread, mills, water))


def test_a_notebook_of_the_kindle_app() -> None:
    page = """<html><head><title>x</title></head><body><div class="bodyContainer"><div class="notebookFor">Notizbuch für</div>
      <div class="bookTitle">Bread and Stone</div><div class="authors">Rell, Jonas; Brandt, Ottilie</div><hr>
      <div class="sectionHeading">One</div><div class="noteHeading">Markierung (<span class="highlight_blue">Blau</span>) - Seite 7 · Position 96</div>
      <div class="noteText">Brot ist älter als der Ofen.</div><div class="noteHeading">Notiz - Seite 7 · Position 98</div><div class="noteText">stimmt das?</div>
      <div class="noteHeading">Markierung (<span class="highlight_pink">Rosa</span>) - Seite 20 · Position 301</div><div class="noteText">Und der Stein.</div>
      </div></body></html>"""
    (article,) = read(page.encode(), "notebook.html")
    assert (article.title, [author.name for author in article.authors]) == (
        "Bread and Stone",
        ["Jonas Rell", "Ottilie Brandt"],
    )
    assert article.highlights == (
        Highlight("Brot ist älter als der Ofen.", "stimmt das?", "blue"),
        Highlight("Und der Stein.", "", "pink"),
    )


def test_evernote() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(9000)
    enex = f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20190710T101112Z" application="Evernote" version="10">
<note><title>Grain &amp; bread</title><created>20190701T100000Z</created><tag>food</tag><tag>two words</tag>
<note-attributes><author>Petra Quill</author><source-url>https://mill.test/grain</source-url></note-attributes>
<content><![CDATA[<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "x"><en-note><h1>Prices</h1><div>They rose&nbsp;again.</div><div><en-todo checked="true"/>ask him</div>
<en-media hash="{hashlib.md5(picture).hexdigest()}" type="image/png"/><div>And fell.</div></en-note>]]></content>
<resource><data encoding="base64">{base64.b64encode(picture).decode()}</data><mime>image/png</mime></resource></note>
<note><title>Locked</title><content><![CDATA[<en-note><div>Open words.</div><en-crypt cipher="AES">abc</en-crypt></en-note>]]></content></note>
</en-export>"""
    one, two = read(enex.encode(), "Notebook.enex")
    assert (one.title, one.url, one.tags, one.saved) == (
        "Grain & bread",
        "https://mill.test/grain",
        ("food", "two words"),
        "2019-07-01T10:00:00Z",
    )
    assert ([author.name for author in one.authors], one.unsure) == (["Petra Quill"], ("published",))
    assert [block.text for block in one.blocks] == ["Prices", "They rose again.", "☑ ask him", "And fell."]
    assert [(each.data, each.block) for each in one.pictures] == [(picture, 3)]
    assert (two.text, [notice.code for notice in two.warnings]) == ("Open words.", [Code.ENCRYPTED_PART])


def test_an_evernote_export_that_is_cut_off_gives_what_stands_before() -> None:
    note = "<note><title>N</title><content><![CDATA[<en-note><p>Whole words.</p></en-note>]]></content></note>"
    articles = read(f'<?xml version="1.0"?><en-export>{note}{note[:40]}'.encode(), "x.enex")
    assert articles[0].text == "Whole words."


JOPLIN = "Grain\n\nThe price rose.\n\n## Why\n\nNobody knew: not even the miller.\n\nid: 3f2a\nparent_id: 77\ncreated_time: 2019-07-01T10:00:00.000Z\nauthor: Petra Quill\nsource_url: https://mill.test/grain\nis_todo: 0\nmarkup_language: 1\ntype_: 1"


def test_a_note_of_joplin() -> None:
    from kbapp.reading.exports.joplin import COMPANION

    (article,) = read(JOPLIN.encode(), "3f2a.md", {COMPANION: json.dumps(["food", "Clippings"]).encode()})
    assert (article.title, article.url, article.saved, article.published) == (
        "Grain",
        "https://mill.test/grain",
        "2019-07-01T10:00:00Z",
        None,
    )
    assert article.tags == ("food", "Clippings") and [author.name for author in article.authors] == ["Petra Quill"]
    assert [block.text for block in article.blocks] == ["The price rose.", "Why", "Nobody knew: not even the miller."]
    with pytest.raises(UnreadableFile) as refused:
        read(b"food\n\nid: 9\ncreated_time: 2019\ntype_: 5", "9.md")
    assert refused.value.code == Code.NOT_A_NOTE


def test_google_keep() -> None:
    note = {"color": "DEFAULT", "isTrashed": False, "isPinned": True, "isArchived": False, "title": "Shopping", "createdTimestampUsec": 1561975200000000,
            "listContent": [{"text": "flour", "isChecked": True}, {"text": "salt", "isChecked": False}], "labels": [{"name": "home"}]}  # fmt: skip
    (article,) = read(json.dumps(note).encode(), "Shopping.json")
    assert (article.text, article.starred, article.tags, article.saved) == (
        "☑ flour\n\n☐ salt",
        True,
        ("home",),
        "2019-07-01T10:00:00+00:00",
    )
    with pytest.raises(UnreadableFile) as refused:
        read(json.dumps(note | {"isTrashed": True}).encode(), "Shopping.json")
    assert refused.value.code == Code.NOTE_IN_TRASH


def test_a_page_of_omnivore_with_its_highlights() -> None:
    entry = {"slug": "grain-1", "title": "Grain", "url": "https://mill.test/grain", "author": "Petra Quill", "state": "Archived", "labels": ["food"],
             "savedAt": "2019-07-02T10:00:00Z", "publishedAt": "2019-07-01T10:00:00Z"}  # fmt: skip
    companions = {
        omnivore.METADATA: json.dumps(entry).encode(),
        omnivore.HIGHLIGHTS: b"> The price rose\n> in a week. [\xe2\xa4\xb4\xef\xb8\x8f](https://omnivore.test/x) #food\n\nby how much?\n\n> And fell.\n",
    }
    (article,) = read(b'<DIV class="page"><p>The price rose in a week. And fell.</p></DIV>', "grain-1.html", companions)
    assert (article.url, article.published, article.saved, article.is_read, article.tags) == (
        "https://mill.test/grain", "2019-07-01T10:00:00Z", "2019-07-02T10:00:00Z", True, ("food",))  # fmt: skip
    assert article.highlights == (
        Highlight("The price rose\nin a week.", "by how much?", tags=("food",)),
        Highlight("And fell."),
    )


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Grain\nauthor:\n  - \"[[Petra Quill]]\"\nsource: https://mill.test/grain\ncreated: 2019-07-02\npublished: 2019-07-01\ntags:\n  - clippings\n---\n",
        "---\nfull-title: Grain\nauthor: [[Petra Quill]]\nurl: https://web.archive.org/web/20200101000000/https://mill.test/grain\ndate: 2019-07-01\ncreated: 2019-07-02\ntags: [clippings]\n---\n",
        '+++\ntitle = "Grain"\nauthors = ["Petra Quill"]\nurl = "https://mill.test/grain"\ndate = 2019-07-01\ncreated = 2019-07-02\ntags = ["clippings"]\n+++\n',
    ],
)  # fmt: skip
def test_heads_of_markdown(head: str) -> None:
    (article,) = read(f"{head}The price rose.\n".encode(), "x.md")
    assert (article.title, [author.name for author in article.authors], article.url) == (
        "Grain",
        ["Petra Quill"],
        "https://mill.test/grain",
    )
    assert (article.published, article.saved, article.tags, article.text) == (
        "2019-07-01",
        "2019-07-02",
        ("clippings",),
        "The price rose.",
    )


def test_a_note_that_says_only_when_it_was_made_has_no_date_of_publication() -> None:
    (article,) = read(
        b"---\ntitle: Grain\ncreated: 2019-07-02\noriginal: ../originals/Grain.txt\n---\nThe price rose.\n", "x.md"
    )
    assert (article.published, article.saved, article.url) == (None, "2019-07-02", None)
