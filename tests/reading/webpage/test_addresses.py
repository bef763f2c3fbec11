"""A page out of an archive has the address and the date of its article, not those of the archive."""

from __future__ import annotations

import pytest

from kbapp.reading import read

BODY = "".join(f"<p>Paragraph {number} tells how the last ferryman of the lake gave up his boat.</p>" for number in range(5))  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20240102030405/https://lake.example/ferryman",
        "https://web.archive.org/web/20240102030405id_/https://lake.example/ferryman",
        "https://archive.ph/20240102/https://lake.example/ferryman",
        "about:reader?url=https%3A%2F%2Flake.example%2Fferryman",
    ],
)
def test_the_address_within_an_archive(address: str):
    page = f"<html><!-- saved from url=(0060)https://x.example --><head><title>Ferryman</title></head><body><div id='wm-ipp-base'><time>2 January 2024</time></div><h1>Ferryman</h1>{BODY}</body></html>"
    page = page.replace("https://x.example", address) if address.startswith("http") else page.replace("<head>", "<head><link rel='canonical' href='https://lake.example/ferryman'>")  # fmt: skip
    article = read(page.encode(), "f.html")[0]
    assert article.url == "https://lake.example/ferryman"
    assert article.published is None
