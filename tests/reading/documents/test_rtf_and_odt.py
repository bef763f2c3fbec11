"""Rich text of several makers, and OpenDocument texts with boxes, notes and lists."""

from __future__ import annotations

import io
import zipfile

import pytest

from kbapp.reading import read

SENTENCE = "The night train to the south runs again, the railway said on Friday, and tickets are on sale from today."


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (r"{\rtf1\ansi\ansicpg1250 P\'f8\'edstavn\'ed vlak\par BODY\par}", "Přístavní vlak"),
        (
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cd\'ee\'f7\'ed\'ee\'e9 \'ef\'ee\'e5\'e7\'e4\par BODY\par}",
            "Ночной поезд",
        ),
        (r"{\rtf1\ansi\uc1 \u1053\'3f\u1086\'3f\u1095\'3f\u1100\'3f\par BODY\par}", "Ночь"),
        (r"{\rtf1\mac Caf\'8e ouvert\par BODY\par}", "Café ouvert"),
        (
            r"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fnil\fcharset128 MS Gothic;}}\f0 \'96\'e9\'8d\'73\'97\'f1\'8e\'d4\par BODY\par}",
            "夜行列車",
        ),
        (
            r"{\rtf1\ansi{\*\generator Riched20}{\info{\title x}}{\header Page 1\par}Night {\b train}\par BODY\par}",
            "Night train",
        ),
    ],
)
def test_letters_of_all_makers(source, title):
    (article,) = read(source.replace("BODY", SENTENCE).encode(), "a.rtf")
    assert (article.title, [block.text for block in article.blocks]) == (title, [SENTENCE])


def test_properties_of_a_rich_text():
    source = (
        r"{\rtf1\ansi{\info{\title Night train back}{\author Quill, Marta}}"
        + rf"\pard {SENTENCE} {SENTENCE}\par {SENTENCE}\par"
        + "}"
    )
    (article,) = read(source.encode(), "a.rtf")
    assert (article.title, [author.name for author in article.authors]) == ("Night train back", ["Marta Quill"])
    assert article.provenance["title"] == "document properties"


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:automatic-styles><style:style style:name="P3" style:parent-style-name="Title"/></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"""


def odt(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(body=body))
    return out.getvalue()


def test_an_opendocument_text():
    body = (
        '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p text:style-name="P3">Night train</text:p>'
        f"<text:p>{SENTENCE}<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame><office:annotation><text:p>check</text:p></office:annotation></text:p>"
        f"<text:p>Then<text:s/>more<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>"
        "<text:list><text:list-item><text:p>One</text:p></text:list-item><text:list-item><text:p>Two</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
    )
    (article,) = read(odt(body), "a.odt")
    assert article.title == "Night train"
    assert [(block.kind, block.text) for block in article.blocks] == [
        ("paragraph", SENTENCE), ("paragraph", "In the box."), ("paragraph", "Then more."), ("paragraph", "A note."),
        ("list_item", "One"), ("list_item", "Two"), ("table", "a b\tc"),
    ]  # fmt: skip


def test_deep_nesting_is_no_danger():
    deep = "<text:section>" * 3000 + f"<text:p>{SENTENCE}</text:p>" + "</text:section>" * 3000
    try:
        read(odt(f"<text:p>Night train</text:p>{deep}"), "a.odt")
    except Exception as error:  # the parser may give up, and then says so
        assert type(error).__name__ == "UnreadableFile"
