"""EndNote's XML, which databases and reference managers write as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.bibliography.items import Item, articles_of, in_order

_SOURCES = ("periodical/full-title", "titles/secondary-title", "alt-periodical/full-title", "publisher")


def read_endnote_xml(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """An article for each record; ``attached`` are the texts that they name. Raises UnreadableFile."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    if root is None:
        raise UnreadableFile(Code.REFERENCES_DAMAGED)
    return articles_of(map(_item, root.iter("record")), attached)


def _item(record: Any) -> Item:
    def texts(path: str) -> list[str]:
        return [text for each in record.iterfind(path) if (text := "".join(each.itertext()).strip())]

    def first(*paths: str) -> str | None:
        return next((text for path in paths for text in texts(path)), None)

    return Item(
        title=first("titles/title") or "",
        names=tuple(map(in_order, texts("contributors/authors/author"))),
        published=_published(first("dates/year"), first("dates/pub-dates/date")),
        source=first(*_SOURCES),
        url=first("urls/web-urls/url", "urls/related-urls/url"),
        doi=first("electronic-resource-num"),
        abstract=first("abstract") or "",
        tags=tuple(texts("keywords/keyword")),
        notes=tuple(texts("research-notes")),
        files=tuple(re.sub(r"^\w+-pdf://|^file://", "", name) for name in texts("urls/pdf-urls/url")),
        language=first("language"),
    )


def _published(year: str | None, day: str | None) -> str | None:
    """The date of a year and a day that may ("March 12, 2023") or may not ("March 12") name the year as well."""
    if day and year and year not in day:
        return f"{day}, {year}" if re.search(r"\d", day) else f"{day} {year}"
    return day or year
