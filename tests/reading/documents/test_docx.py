"""Word documents as Word, Google Docs and LibreOffice write them, and pages that Word saved."""

from __future__ import annotations

import io
import zipfile

import pytest

from kbapp.reading import read

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
SENTENCE = "The ferry to the islands will sail every hour from May on, said the harbour master Ilse Brandt on Monday."


def paragraph(text: str, style: str = "", inner: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r>{inner}</w:p>"


def docx(body: str, *, core: str = "", styles: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>")
        if core:
            archive.writestr(
                "docProps/core.xml",
                f'<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>',
            )
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {_NS}>{styles}</w:styles>")
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "a.docx")[0].blocks]


def box(text: str) -> str:
    """A text box as Word writes it: once for itself, once for older versions."""
    inside = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_comes_once_and_after_its_paragraph():
    body = (
        paragraph("Ferries in May", "Title")
        + paragraph(SENTENCE, inner=box("Tickets cost four crowns."))
        + paragraph("More follows soon.")
    )
    assert texts(docx(body)) == [SENTENCE, "Tickets cost four crowns.", "More follows soon."]


def test_a_text_box_of_older_versions_is_read():
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('Only in an old box.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert (
        texts(docx(paragraph("Ferries in May", "Title") + paragraph(SENTENCE, inner=old)))[1] == "Only in an old box."
    )


def test_deleted_words_and_field_codes_are_not_text():
    inner = "<w:del><w:r><w:delText>cancelled</w:delText><w:t>cancelled</w:t></w:r></w:del><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:ins><w:r><w:t> It did.</w:t></w:r></w:ins>"
    assert texts(docx(paragraph("Ferries in May", "Title") + paragraph(SENTENCE, inner=inner))) == [
        SENTENCE + " It did."
    ]


def test_styles_are_known_by_their_names_in_any_language():
    styles = '<w:style w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:styleId="1"><w:name w:val="heading 2"/></w:style>'
    (article,) = read(
        docx(
            paragraph("Паромы", "a3") + paragraph(SENTENCE) + paragraph("Цены", "1") + paragraph(SENTENCE),
            styles=styles,
        ),
        "x.docx",
    )
    assert article.title == "Паромы" and [(block.kind, block.level) for block in article.blocks][1] == ("heading", 2)


def test_a_name_under_the_headline_signs():
    body = (
        paragraph("Ferries in May", "Heading1")
        + paragraph("Marta Quill")
        + paragraph("3 May 2022")
        + paragraph(SENTENCE) * 2
    )
    (article,) = read(
        docx(body, core="<dc:creator>Office User</dc:creator><dcterms:created>2024-01-01T00:00:00Z</dcterms:created>"),
        "a.docx",
    )
    assert ([author.name for author in article.authors], article.published) == (["Marta Quill"], "2022-05-03")
    assert article.provenance["published"] == "date line" and article.unsure == ()


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("Quill, Marta", ["Marta Quill"]),
        ("Marta Quill; Tom Eyk", ["Marta Quill", "Tom Eyk"]),
        ("Microsoft Office User", []),
        ("admin", []),
    ],
)
def test_properties_count_where_the_text_says_nothing(creator, names):
    core = f"<dc:title>Ferries in May</dc:title><dc:creator>{creator}</dc:creator><dcterms:created>2024-01-01T00:00:00Z</dcterms:created>"
    (article,) = read(docx(paragraph(SENTENCE) * 3, core=core), "draft_7.docx")
    assert (article.title, [author.name for author in article.authors]) == ("Ferries in May", names)
    assert article.provenance["title"] == "document properties" and article.unsure == ("published",)


def test_a_damaged_part_beside_the_text_costs_only_itself():
    data = docx(paragraph("Ferries in May", "Title") + paragraph(SENTENCE), core="<dc:title>x", styles="<broken")
    assert texts(data) == [SENTENCE]


WORD_PAGE = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=Generator content="Microsoft Word 15 (filtered)"><title>Ferries</title><!--[if gte mso 9]><xml><o:DocumentProperties>
<o:Author>Marta Quill</o:Author><o:Created>2022-05-03T09:00:00Z</o:Created></o:DocumentProperties></xml><![endif]-->
<style>p.MsoNormal {margin:0cm}</style></head><body lang=DE><div class=WordSection1>
<p class=MsoTitle>F\xe4hren im Mai</p>
<p class=MsoNormal>%s<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>\xb7<span>&nbsp;&nbsp;</span></span><![endif]>Erste Fahrt um acht</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>\xb7<span>&nbsp;&nbsp;</span></span><![endif]>Letzte um zehn</p>
<p class=MsoFooter>Seite 1</p>
<p class=MsoQuote>Endlich, sagt sie.</p></div></body></html>"""


def test_a_page_that_word_saved_is_all_document():
    (article,) = read((WORD_PAGE % SENTENCE).encode("cp1252"), "ferries.htm")
    assert (article.title, [author.name for author in article.authors], article.published) == (
        "Fähren im Mai",
        ["Marta Quill"],
        "2022-05-03",
    )
    assert [(block.kind, block.text) for block in article.blocks] == [
        ("paragraph", SENTENCE), ("list_item", "Erste Fahrt um acht"), ("list_item", "Letzte um zehn"), ("quote", "Endlich, sagt sie."),
    ]  # fmt: skip
    assert article.format == "html"
