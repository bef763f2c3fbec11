"""Outlook's messages and Safari's web archives."""

from __future__ import annotations

import plistlib
import struct
from datetime import UTC, datetime

import pytest

from kbapp.errors import Code, UnreadableFile
from kbapp.reading import read

FIRST = "Harbour master Ilse Brandt left her office this morning."
SECOND = "The town will look for another before the ferries sail again in spring, and nobody expects that to be easy."
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An OLE file of streams, each padded with nulls so that it needs none of the small sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors: list[bytes] = [b""]  # the table of sectors comes first
    table = [FAT]

    def add(data: bytes) -> int:
        first, count = len(sectors), -(-len(data) // 512)
        for at in range(count):
            sectors.append(data[at * 512 : at * 512 + 512].ljust(512, b"\0"))
            table.append(first + at + 1 if at + 1 < count else END)
        return first

    starts = {name: add(data) for name, data in padded.items()}

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        letters = name.encode("utf-16-le") + b"\0\0"
        return (
            letters.ljust(64, b"\0")
            + struct.pack("<HBBLLL", len(letters), kind, 1, FREE, right, child)
            + bytes(36)
            + struct.pack("<LQ", start, size)
        )

    names = list(padded)
    entries = [entry("Root Entry", 5, FREE, 1, END, 0)]
    for number, name in enumerate(names, 1):
        entries.append(
            entry(name, 2, number + 1 if number < len(names) else FREE, FREE, starts[name], len(padded[name]))
        )
    directory = add(b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0"))
    assert len(table) <= 128
    sectors[0] = struct.pack("<128L", *(table + [FREE] * (128 - len(table))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<LLLLLLLLL", 0, 1, directory, 0, 4096, END, 0, END, 0) + struct.pack("<109L", 0, *[FREE] * 108)
    return head + b"".join(sectors)


def msg(
    texts: dict[int, str], *, html: bytes = b"", rtf: bytes = b"", ansi: str = "", sent: datetime | None = None
) -> bytes:
    streams: dict[str, bytes] = {}
    for number, text in texts.items():
        kind, data = ("001E", text.encode(ansi)) if ansi else ("001F", text.encode("utf-16-le"))
        streams[f"__substg1.0_{number:04X}{kind}"] = data
    if html:
        streams["__substg1.0_10130102"] = html
    if rtf:
        streams["__substg1.0_10090102"] = rtf
    table = bytes(32)
    if sent:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
        table += struct.pack("<HHLQ", 0x40, 0x0039, 6, ticks)
    if ansi:
        table += struct.pack("<HHLLL", 3, 0x3FDE, 6, int(ansi[2:]), 0)
    streams["__properties_version1.0"] = table
    return compound_file(streams)


SENT = datetime(2024, 6, 3, 6, 30, tzinfo=UTC)
NAMED = {0x0037: "WG: A vacancy", 0x0C1A: "Nora Feld", 0x5D01: "nora@quay.example"}


def test_a_message_of_outlook():
    (article,) = read(msg({**NAMED, 0x1000: f"{FIRST}\r\n\r\n{SECOND}\r\n"}, sent=SENT), "a.msg")
    assert (article.title, [author.name for author in article.authors]) == ("A vacancy", ["Nora Feld"])
    assert (article.published, article.source, article.format) == ("2024-06-03T06:30:00+00:00", "quay.example", "eml")
    assert [block.text for block in article.blocks] == [FIRST, SECOND]


def test_html_comes_before_plain_text():
    page = f"<html><body><p>{FIRST}</p><p>{SECOND} Fähre.</p></body></html>".encode("cp1252")
    (article,) = read(msg({**NAMED, 0x1000: "plain"}, html=page), "a.msg")
    assert [block.text for block in article.blocks] == [FIRST, f"{SECOND} Fähre."]


def test_a_message_of_old_outlook_in_its_code_page():
    (article,) = read(
        msg({**NAMED, 0x0037: "Гавань", 0x1000: "Начальник порта ушёл утром.\r\n"}, ansi="cp1251"), "a.msg"
    )
    assert (article.title, article.blocks[0].text) == ("Гавань", "Начальник порта ушёл утром.")


def test_only_rich_text():
    source = rb"{\rtf1\ansi\ansicpg1252 " + FIRST.encode() + rb"\par }"
    stored = struct.pack("<LLLL", len(source) + 12, len(source), int.from_bytes(b"MELA", "little"), 0) + source
    assert read(msg(NAMED, rtf=stored), "a.msg")[0].blocks[0].text == FIRST
    # Packed, every letter as itself, and the beginning as a reference to what the method takes for known.
    rest = source[6:]
    chunks = [bytes([0b00000001]) + struct.pack(">H", 0 << 4 | 4) + rest[:7]]
    chunks += [b"\0" + rest[at : at + 8] for at in range(7, len(rest), 8)]
    packed = b"".join(chunks)
    whole = struct.pack("<LLLL", len(packed) + 12, len(source), int.from_bytes(b"LZFu", "little"), 0) + packed
    assert read(msg(NAMED, rtf=whole), "a.msg")[0].blocks[0].text == FIRST


def test_a_damaged_message_is_called_by_its_name():
    data = msg({**NAMED, 0x1000: FIRST})
    for broken in (data[:700], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(UnreadableFile) as error:
            read(broken, "letter.msg")
        assert error.value.code is Code.OUTLOOK_DAMAGED
    for at in range(0, 1500, 7):  # whatever is wrong, it is said
        try:
            read(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :], "a.msg")
        except UnreadableFile:
            continue


def webarchive(**main: object) -> dict[str, object]:
    page = f"<html><head><title>A vacancy</title></head><body><article><h1>A vacancy</h1><p>{FIRST} Fähre.</p><figure><img src='/img/boat.png'></figure><p>{SECOND}</p></article></body></html>"
    resource = {
        "WebResourceData": page.encode("cp1252"),
        "WebResourceURL": "https://quay.example/vacancy",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "windows-1252",
    }
    image = {
        "WebResourceData": b"\x89PNG\r\n\x1a\n" + bytes(4000),
        "WebResourceURL": "https://quay.example/img/boat.png",
        "WebResourceMIMEType": "image/png",
    }
    return {"WebMainResource": resource | main, "WebSubresources": [image]}


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_of_safari(form):
    (article,) = read(plistlib.dumps(webarchive(), fmt=form), "a.webarchive")
    assert (article.title, article.url, article.format) == ("A vacancy", "https://quay.example/vacancy", "html")
    assert "Fähre" in article.text and len(article.pictures) == 1


def test_odd_web_archives_are_told():
    for archive in (webarchive(WebResourceData=b""), webarchive(WebResourceData="text"), {"WebMainResource": []}):
        with pytest.raises(UnreadableFile):
            read(plistlib.dumps(archive, fmt=plistlib.FMT_BINARY), "a.webarchive")
    with pytest.raises(UnreadableFile):
        read(plistlib.dumps(webarchive(), fmt=plistlib.FMT_BINARY)[:-40], "a.webarchive")
