"""Web archives of Safari: a property list with the page and what it shows."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.parsers.expat import ExpatError

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import declared_encoding, decode
from kbapp.reading.webpage.reader import read_html

_ODD = (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError, ExpatError, AttributeError)


def read_webarchive(data: bytes, name: str) -> list[Article]:
    """The page of the archive with its pictures, under its address. Raises UnreadableFile."""
    try:
        archive = plistlib.loads(data)
        main = archive["WebMainResource"]
        body = main["WebResourceData"]
    except _ODD as error:
        raise UnreadableFile(Code.WEB_ARCHIVE_DAMAGED) from error
    if not isinstance(body, bytes) or not body.strip():
        raise UnreadableFile(Code.WEB_ARCHIVE_WITHOUT_ARTICLE)
    encoding = _text(main, "WebResourceTextEncodingName")
    article = read_html(decode(body, encoding or declared_encoding(body)), name, _images(archive))
    address = _text(main, "WebResourceURL")
    if address.startswith(("http://", "https://")) and article.url is None:
        article = replace(article, url=address, provenance={**article.provenance, "url": "web archive"})
    return [article]


def _images(archive: Mapping[str, Any]) -> dict[str, bytes]:
    """The pictures of the page, by their addresses and by the ends of these."""
    found: dict[str, bytes] = {}
    resources = archive.get("WebSubresources")
    for each in resources if isinstance(resources, list) else []:
        if isinstance(each, dict) and _text(each, "WebResourceMIMEType").startswith("image/"):
            data, address = each.get("WebResourceData"), _text(each, "WebResourceURL")
            if isinstance(data, bytes) and address:
                found[address] = found[address.partition("?")[0].rpartition("/")[2]] = data
    return found


def _text(resource: Mapping[str, Any], key: str) -> str:
    value = resource.get(key)
    return value if isinstance(value, str) else ""
