"""Pictures that came in the file are kept where they stood; nothing else is loaded."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from kbapp.importing.pipeline import run
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library, maintenance
from kbapp.library.articles import repository as articles
from kbapp.reading import read
from kbapp.reading.images import picture_data
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import render
from kbapp.text.media_types import image_media_type as media_of

PROSE = "The wall held through the night, and the harbour master said that he was content with it, as was the mayor. "


def png(shade: int, side: int = 60) -> bytes:
    """A picture of noise, so that it does not shrink to an icon."""
    rows = b"".join(
        b"\0" + bytes((x * x * 31 + y * 17 * shade + (x * y) % 251) % 256 for x in range(3 * side)) for y in range(side)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def page(*sources: str) -> bytes:
    """A page with a tracker, a picture over the text and one in its middle."""
    lead, inner = sources
    return (
        f'<html><head><title>Wall holds</title></head><body><nav><img src="{lead}" alt="logo"><a href="/">Home</a></nav><article><h1>Wall holds</h1>'
        f'<figure><img src="{lead}" alt="The wall"><figcaption>The wall at night. Photo: A. Person</figcaption></figure><p>{PROSE * 2}</p>'
        f'<img src="https://ex.org/spy.gif" width="1"><p>{PROSE}</p><p><img src="{inner}" alt="A boat"></p><p>{PROSE * 3}</p></article>'
        f'<footer><img src="{inner}" alt="footer"></footer></body></html>'
    ).encode()


def data_address(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def test_pictures_in_the_page_are_kept_at_their_place():
    (article,) = read(page(data_address(png(1)), data_address(png(2))), "wall.html")
    assert [(picture.alt_text, picture.media) for picture in article.pictures][-1] == ("A boat", "image/png")
    assert {picture.data for picture in article.pictures} == {png(1), png(2)}
    boat = article.pictures[-1]
    assert article.blocks[boat.block].text == (PROSE * 3).strip()


def test_pictures_of_an_mhtml_file():
    html = page("cid:lead@x", "https://ex.org/boat.png").decode()
    parts = [
        ("text/html; charset=utf-8", "Content-Location: https://ex.org/wall", html.encode()),
        ("image/png", "Content-ID: <lead@x>", png(1)),
        ("image/png", "Content-Location: https://ex.org/boat.png", png(2)),
    ]
    body = b"".join(
        b"--B\r\nContent-Type: %s\r\n%s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"
        % (kind.encode(), head.encode(), base64.encodebytes(data))
        for kind, head, data in parts
    )
    mhtml = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nSubject: Wall\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
        + body
        + b"--B--\r\n"
    )
    (article,) = read(mhtml, "wall.mhtml")
    assert {picture.data for picture in article.pictures} == {png(1), png(2)}


def test_a_saved_page_with_its_folder_is_shown_with_its_pictures(library: Library, pool: WorkerPool, tmp_path: Path):
    tmp_path = tmp_path / "saved"
    tmp_path.mkdir()
    (tmp_path / "Wall [1].html").write_bytes(page("./Wall%20[1]_files/lead.png", "Wall [1]_files/boat.png"))
    folder = tmp_path / "Wall [1]_files"
    folder.mkdir()
    (folder / "lead.png").write_bytes(png(1))
    (folder / "boat.png").write_bytes(png(2))
    (folder / "secret").symlink_to("/etc/passwd")
    (outcome,) = run(library, [tmp_path], pool=pool)
    assert outcome.status == "imported" and outcome.article is not None
    kept = articles.pictures(library, outcome.article)
    assert [library.original(key).read_bytes() for key, _, _ in kept] == [png(1), png(2)]
    html = render(library, Address("article", str(outcome.article))).html
    assert all(f"kb:picture/{key}" in html for key, _, _ in kept) and "spy" not in html
    assert maintenance.check(library) == []


@pytest.mark.parametrize(
    "source",
    [
        "data:image/png;base64,%%%",
        "data:text/html,<script>",
        "data:image/svg+xml,<svg onload=x>" + " " * 4000,
        "../../etc/passwd",
        "https://ex.org/a.png",
        "file:///etc/passwd",
        "",
    ],
)
def test_what_is_no_picture_is_nothing(source: str):
    data = picture_data(source, {})
    assert not data or media_of(data) is None


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraphs(count: int = 4) -> list[str]:
    return [
        f"Paragraph {n} tells at some length what the harbour master saw from his window that night."
        for n in range(count)
    ]


def archive(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


def with_picture(kind: str) -> bytes:
    """A document whose picture stands before its third paragraph."""
    texts = paragraphs()
    if kind == "docx":
        shown = f'<w:p xmlns:w="{W}"><w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" descr="A boat"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId7"/></w:drawing></w:r></w:p>'
        body = "".join(
            (shown if at == 2 else "") + f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for at, text in enumerate(texts)
        )
        relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="image" Target="media/image1.png"/></Relationships>'
        return archive(
            {
                "[Content_Types].xml": "<x/>",
                "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
                "word/_rels/document.xml.rels": relations,
                "word/media/image1.png": png(3),
            }
        )
    if kind == "odt":
        head = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>'
        shown = '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>'
        body = "".join((shown if at == 2 else "") + f"<text:p>{text}</text:p>" for at, text in enumerate(texts))
        return archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f"{head}{body}</office:text></office:body></office:document-content>",
                "Pictures/1.png": png(3),
            }
        )
    if kind == "epub":
        package = '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Nights</dc:title></metadata><manifest><item id="a" href="text/a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
        body = "".join(
            ('<p><img src="../images/boat.png" alt="A boat"/></p>' if at == 2 else "") + f"<p>{text}</p>"
            for at, text in enumerate(texts)
        )
        return archive(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>',
                "OEBPS/c.opf": package,
                "OEBPS/text/a.xhtml": f"<html><body>{body}</body></html>",
                "OEBPS/images/boat.png": png(3),
            }
        )
    lines = "".join(
        f"BT /F1 11 Tf 60 {740 - 90 * at - (200 if at >= 2 else 0)} Td ({text}) Tj ET\n"
        for at, text in enumerate(texts)
    )
    content = f"{lines}q 200 0 0 150 60 420 cm /Im1 Do Q".encode()
    pixels = zlib.compress(random.Random(3).randbytes(120 * 90 * 3))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /XObject /Subtype /Image /Width 120 /Height 90 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels),
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "pdf"])
def test_pictures_of_documents_stand_where_they_stood(kind: str):
    (article,) = read(with_picture(kind), f"x.{kind}")
    (picture,) = article.pictures
    assert article.format == kind and picture.media == "image/png"
    if kind == "pdf":
        assert picture.data[16:24] == bytes([0, 0, 0, 120, 0, 0, 0, 90])
    else:
        assert picture.data == png(3)
    if kind in ("docx", "epub"):
        assert picture.alt_text == "A boat"
    after = article.blocks[picture.block].text
    assert after.startswith("Paragraph 2"), after
