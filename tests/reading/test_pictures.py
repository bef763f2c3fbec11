"""Pictures that came in the file are kept where they stood; nothing else is loaded."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest

from kbapp.importing import run
from kbapp.importing.workers import WorkerPool
from kbapp.library import Library, articles, care
from kbapp.pages.address import Address
from kbapp.pages.render import render
from kbapp.reading import read
from kbapp.reading.pictures import media_of, picture_data

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
    assert [(picture.words, picture.media) for picture in article.pictures][-1] == ("A boat", "image/png")
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
    assert care.check(library) == []


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
