"""Evernote's ENEX: notes and web clippings, their text in XML within XML, pictures in base64."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from dataclasses import replace
from typing import Any

from lxml import etree

from kbapp.domain import Article
from kbapp.errors import Code, Notice, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.images import with_pictures
from kbapp.reading.webpage.fragments import blocks_and_pictures
from kbapp.reading.webpage.parsing import parse

_TODO = re.compile(r"<en-todo\b([^<>]*)/?>(?:</en-todo>)?", re.I)
_MEDIA = re.compile(r"<en-media\b([^<>]*?)/?>(?:</en-media>)?", re.I)
_HASH = re.compile(r"hash=[\"']([0-9a-f]{32})[\"']", re.I)
_ENCRYPTED = re.compile(r"<en-crypt\b[^<>]*>.*?</en-crypt>", re.S | re.I)
_PROLOG = re.compile(r"\A\s*(?:<\?xml[^<>]*\?>\s*|<!DOCTYPE[^<>]*>\s*)*", re.I)


def read_enex(data: bytes, _name: str) -> list[Article]:
    """An article for each note with text; what could be read of a damaged file. Raises UnreadableFile when there is none."""
    articles: list[Article] = []
    # Notes are read and freed one after the other: an export holds all pictures of all notes.
    reading = etree.iterparse(
        io.BytesIO(data), events=("end",), tag="note", resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )  # fmt: skip
    try:
        for _, note in reading:
            if (article := _article(note)) is not None:
                articles.append(article)
            note.clear()
            while note.getprevious() is not None:
                del note.getparent()[0]
    except etree.XMLSyntaxError as error:
        if not articles:
            raise UnreadableFile(Code.FILE_DAMAGED) from error
        articles[-1] = replace(articles[-1], warnings=(*articles[-1].warnings, Notice(Code.EXPORT_CUT_OFF)))
    if not articles:
        raise UnreadableFile(Code.EXPORT_WITHOUT_ARTICLES)
    return articles


def _article(note: Any) -> Article | None:
    about = note.find("note-attributes")
    content = _PROLOG.sub("", note.findtext("content") or "", count=1)
    warnings = (Notice(Code.ENCRYPTED_PART),) if _ENCRYPTED.search(content) else ()
    content = _TODO.sub(lambda match: "☑ " if "true" in match[1].lower() else "☐ ", _ENCRYPTED.sub("", content))
    blocks, placed = blocks_and_pictures(parse(f"<html><body>{_MEDIA.sub(_image, content)}</body></html>"))
    title = note.findtext("title") or ""
    if not blocks and not warnings and not placed:
        return None
    created = entries.moment(note.findtext("created"))
    article = entries.document(
        title=title, blocks=blocks, form="evernote", url=_of(about, "source-url"), authors=entries.names(_of(about, "author")), saved=created,
        # Evernote keeps no date of publication: this is when the note was written, or the page was clipped.
        published=created[:10] if created else None, unsure=("published",) if created else (), tags=[tag.text or "" for tag in note.findall("tag")], warnings=warnings,
    )  # fmt: skip
    return with_pictures(article, blocks, placed, _pictures(note) if placed else {})


def _of(about: Any, name: str) -> str:
    return (about.findtext(name) or "").strip() if about is not None else ""


def _image(match: re.Match[str]) -> str:
    found = _HASH.search(match[1])
    return f'<img src="{found[1].lower()}">' if found and "image/" in match[1] else ""


def _pictures(note: Any) -> dict[str, bytes]:
    """The note's pictures by the hashes under which its text shows them."""
    found: dict[str, bytes] = {}
    for resource in note.findall("resource"):
        if not (resource.findtext("mime") or "").startswith("image/"):
            continue
        try:
            data = base64.b64decode(resource.findtext("data") or "")
        except (binascii.Error, ValueError):
            continue
        found[hashlib.md5(data, usedforsecurity=False).hexdigest()] = data
    return found
