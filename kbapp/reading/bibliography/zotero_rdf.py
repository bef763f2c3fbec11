"""Zotero's RDF: items with their notes, tags and the texts attached to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.bibliography.items import Item, articles_of
from kbapp.reading.entries import moment

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_Z = "{http://www.zotero.org/namespaces/export#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_BIB = "{http://purl.org/net/biblio#}"
_FOAF = "{http://xmlns.com/foaf/0.1/}"
_LINK = "{http://purl.org/rss/1.0/modules/link/}"
_NO_ITEMS = frozenset({f"{_Z}Attachment", f"{_BIB}Memo", f"{_Z}Collection", f"{_BIB}Journal", f"{_Z}UserItem"})
_CONTAINERS = frozenset({"Newspaper", "Journal", "Periodical", "Book", "Website", "Blog", "Magazine", "Series"})


def read_zotero_rdf(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """An article for each item; ``attached`` are the texts that they name. Raises UnreadableFile."""
    root = _root(data)
    about = {element.get(f"{_RDF}about"): element for element in root if isinstance(element.tag, str)}
    return articles_of((_item(element, about) for element in root if _is_item(element)), attached)


def attachment_names(data: bytes) -> Iterator[str]:
    """The files that an export names."""
    for attachment in _root(data).iter(f"{_Z}Attachment"):
        if path := _path(attachment):
            yield path


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    if root is None:
        raise UnreadableFile(Code.REFERENCES_DAMAGED)
    return root


def _is_item(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in _NO_ITEMS and element.find(f"{_DC}title") is not None and (
        element.find(f"{_Z}itemType") is not None and element.findtext(f"{_Z}itemType") != "attachment"
    )  # fmt: skip


def _item(element: Any, about: Mapping[str | None, Any]) -> Item:
    memos = [about.get(each.get(f"{_RDF}resource")) for each in element.iter(f"{_TERMS}isReferencedBy")]
    files = [about.get(each.get(f"{_RDF}resource")) for each in element.iter(f"{_LINK}link")]
    dates = [element.findtext(f"{_DC}date"), element.findtext(f"{_TERMS}issued")]
    return Item(
        title=element.findtext(f"{_DC}title") or "",
        names=tuple(_names(element)),
        published=next((date for date in dates if date), None),
        source=_source(element, about),
        url=_url(element),
        doi=_doi(element),
        abstract=element.findtext(f"{_TERMS}abstract") or "",
        tags=tuple(_tags(element)),
        notes=tuple(text for memo in memos if memo is not None and (text := memo.findtext(f"{_RDF}value"))),
        files=tuple(path for each in files if each is not None and (path := _path(each))),
        saved=moment(element.findtext(f"{_TERMS}dateSubmitted")),
        language=element.findtext(f"{_Z}language"),
    )


def _names(element: Any) -> Iterator[str]:
    for kind in ("authors", "creators", "editors"):
        names = [_name(person) for person in element.iterfind(f"{_BIB}{kind}//{_FOAF}Person")]
        names = [name for name in names if name]
        if names:
            yield from names
            return


def _name(person: Any) -> str:
    given = person.findtext(f"{_FOAF}givenName") or person.findtext(f"{_FOAF}givenname") or ""
    return f"{given} {person.findtext(f'{_FOAF}surname') or ''}".strip()


def _source(element: Any, about: Mapping[str | None, Any]) -> str | None:
    """The newspaper, journal or site that an item is part of, said in the item or elsewhere in the file."""
    for part in element.iterfind(f"{_TERMS}isPartOf"):
        inside = [each for each in part if isinstance(each.tag, str)]
        referred = about.get(part.get(f"{_RDF}resource"))
        for container in [*inside, *([referred] if referred is not None else [])]:
            name = container.tag.rpartition("}")[2]
            if name in _CONTAINERS and (title := container.findtext(f"{_DC}title")):
                return str(title)
    publisher = element.findtext(f"{_DC}publisher//{_FOAF}name")
    return str(publisher) if publisher else None


def _url(element: Any) -> str | None:
    for value in element.iterfind(f"{_DC}identifier/{_TERMS}URI/{_RDF}value"):
        if value.text:
            return str(value.text).strip()
    about = element.get(f"{_RDF}about") or ""
    return about if about.startswith("http") else None


def _doi(element: Any) -> str | None:
    texts = [each.text or "" for each in element.iterfind(f"{_DC}identifier")]
    return next((text.strip()[4:] for text in texts if text.strip().startswith("DOI ")), None)


def _tags(element: Any) -> Iterator[str]:
    for subject in element.iterfind(f"{_DC}subject"):
        yield subject.findtext(f".//{_RDF}value") or (subject.text or "").strip()


def _path(attachment: Any) -> str | None:
    resource = attachment.find(f"{_RDF}resource")
    path = resource.get(f"{_RDF}resource") if resource is not None else attachment.findtext(f"{_Z}path")
    return str(path) if path else None
