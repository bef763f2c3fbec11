"""Every reader fed with broken files: good ones cut, spliced and with bytes changed. Nothing but a plain sentence may come out.

``KBAPP_FUZZ_SECONDS`` sets how long it goes on (a few seconds where it is not set); what failed is printed with its seed.
"""

from __future__ import annotations

import os
import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from kbapp.domain import Article
from kbapp.errors import UserError
from kbapp.people import recognise
from kbapp.reading import read
from tests.conftest import SAMPLES
from tests.reading import test_formats, test_images, test_lists
from tests.reading.publishers import pages

SECONDS = float(os.environ.get("KBAPP_FUZZ_SECONDS", "4"))
SLOWEST = 20.0  # seconds that one broken file may take, on a machine that does other things too


def seeds() -> list[tuple[str, bytes]]:
    """A good file of every kind that there is a reader for."""
    found = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]
    found += [(f"{page.kind}.html", page.html.encode()) for page in list(pages())[::7]]
    found += [(f"picture.{kind}", test_images.with_picture(kind)) for kind in ("docx", "odt", "epub", "pdf")]
    found += [("page.html", test_images.page(test_images.data_address(test_images.png(1)), "x.png"))]
    for module in (test_formats, test_lists):
        for name in (
            "MAIL",
            "NEWSLETTER",
            "MBOX",
            "MHTML",
            "RSS",
            "ATOM",
            "FEED",
            "JSON_FEED",
            "RTF",
            "WARC",
            "RIS",
            "BIBTEX",
            "POCKET",
            "BOOKMARKS",
        ):
            value = getattr(module, name, None)
            if isinstance(value, (str, bytes)):
                found.append((f"{name.lower()}.x", value.encode() if isinstance(value, str) else value))
    found += [
        ("letter.rtf", rb"{\rtf1\ansi Headline\par\par The ferry came in at last, and nobody had heard her.\par}")
    ]
    found += [
        (
            "mail.eml",
            b"From: A <a@b.de>\nSubject: Fog\nDate: Mon, 1 May 2023 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe ferry came.\n--x\nContent-Type: text/html; charset=utf-8\n\n<p>The ferry came in.</p>\n--x--\n",
        )
    ]
    found += [
        (
            "feed.xml",
            b"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title><item><title>Fog</title><link>https://ex.org/1</link><description>&lt;p&gt;The ferry came in at last.&lt;/p&gt;</description></item></channel></rss>",
        )
    ]
    found += [
        (
            "feed.json",
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": "1", "title": "Fog", "content_html": "<p>The ferry</p>"}]}',
        )
    ]
    found += [
        ("list.ris", b"TY  - NEWS\nTI  - Fog\nAU  - Kron, Ada\nPY  - 2023\nAB  - The ferry\nER  - \n"),
        ("list.bib", b"@article{a, title = {Fog}, author = {Kron, Ada}, year = 2023, abstract = {The ferry}}"),
    ]
    found += [
        (
            "w.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ex.org/\r\nWARC-Date: 2023-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: 84\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>The ferry came</p></body>\r\n\r\n",
        )
    ]
    return found  # fmt: skip


def broken(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with some things done to it that happen to files, and some that people do on purpose."""
    bytes_ = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(bytes_) + 1)
        action = chance.randrange(8)
        if action == 0:
            del bytes_[at:]
        elif action == 1:
            del bytes_[at : at + chance.randrange(1, 200)]
        elif action == 2:
            bytes_[at:at] = bytes_[at : at + chance.randrange(1, 400)] * chance.choice([1, 2, 50, 500])
        elif action == 3:
            start = chance.randrange(len(other) + 1)
            bytes_[at:at] = other[start : start + chance.randrange(1, 2000)]
        elif action == 4:
            bytes_[at:at] = chance.choice(
                [
                    b"<div>" * 3000,
                    b"{" * 5000,
                    b"[" * 5000,
                    b"\x00" * 200,
                    b"\xff" * 100,
                    b"<!--",
                    b"]]>",
                    b"<![CDATA[",
                    b"&#x0;" * 50,
                    "\u202e\ud7ff".encode(),
                    b"\r",
                    b"9" * 400,
                    b'"' * 99,
                    b"= " * 4000,
                ]
            )
        else:
            for _ in range(chance.choice([1, 5, 60])):
                if bytes_:
                    bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
    return bytes(bytes_[:3_000_000])  # fmt: skip


def inside(data: bytes, change: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    """A document with one of its parts broken, so that the archive itself is whole."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile:
        return change(data)
    target = chance.choice(archive.namelist())
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            made.writestr(name, change(archive.read(name)) if name == target else archive.read(name))
    return out.getvalue()


@pytest.mark.timeout(0)
def test_broken_files_cost_a_sentence():
    good = seeds()
    chance = random.Random(20261124)
    end = time.monotonic() + SECONDS
    tried = read_ = 0
    failed: dict[str, str] = {}
    while time.monotonic() < end:
        name, data = chance.choice(good)
        seed = chance.randrange(1 << 60)
        own = random.Random(seed)
        other = own.choice(good)[1]
        change = lambda part, own=own, other=other: broken(part, other, own)  # noqa: E731
        bad = inside(data, change, own) if data[:2] == b"PK" and own.random() < 0.7 else change(data)
        tried += 1
        begun = time.monotonic()
        try:
            found: list[Article] = [recognise(article) for article in read(bad, name)]
            read_ += 1
            for article in found:
                assert article.title and "\x00" not in article.text
                assert article.blocks or article.warnings  # a scan is kept without text, and says so
                for person in article.people:
                    for mention in person.mentions:
                        field = {"title": article.title, "subtitle": article.subtitle or "", "text": article.text}[mention.field]  # fmt: skip
                        assert field[mention.start : mention.end] == mention.surface
        except UserError as error:
            assert str(error).endswith((".", "!", "?")) or ":" in str(error)
        except RecursionError:
            pass  # the worker says that the file is nested too deeply
        except Exception as error:
            failed.setdefault(f"{name} {type(error).__name__} {str(error)[:120]}", f"seed {seed}")
        if (took := time.monotonic() - begun) > SLOWEST:
            failed[f"{name} took {took:.0f} s"] = f"seed {seed}"
    print(f"{tried} broken files, {read_} read all the same, {len(failed)} kinds of failure")
    assert not failed, failed
