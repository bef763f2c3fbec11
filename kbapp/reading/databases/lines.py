"""A database's file as lines of text, whatever form it came in: text, RTF, Word document or page."""

from __future__ import annotations

import re
from typing import Any

from kbapp.reading.documents.rtf import rtf_text
from kbapp.reading.documents.zip_xml import open_archive, read_xml
from kbapp.reading.encoding import declared_encoding, decode

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INLINE = frozenset(
    "a abbr acronym b big cite code em font i mark q s small span strike strong sub sup tt u var".split()
)
_SKIPPED = frozenset("script style head noscript template svg".split())
_SPACES = re.compile(r"[^\S\n]+")


def lines_of(data: bytes, kind: str) -> list[str]:
    """The lines of a file of this kind ("text", "rtf", "docx", "html"); the paragraphs of documents are parted by empty ones.

    Raises:
        UnreadableFile: The file is damaged.
    """
    if kind == "docx":
        return _apart(_docx_lines(data))
    if kind == "rtf":
        return _apart(_rtf_lines(data))
    if kind == "html":
        from kbapp.reading.webpage.parsing import parse

        return element_lines(parse(decode(data, declared_encoding(data))))
    return [line.rstrip() for line in decode(data).replace("\f", "\n").split("\n")]


def element_lines(root: Any) -> list[str]:
    """The text of an element of a page: a line for each block, the cells of a table's row in one, parted by tabs."""
    lines: list[str] = []
    pieces: list[str] = []

    def end_line() -> None:
        text = _SPACES.sub(" ", "".join(pieces).replace("\n", " ").replace("\u0001", "\t"))
        text = re.sub(r" ?\t ?", "\t", text).strip()
        if text:
            lines.extend((text, ""))
        pieces.clear()

    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            pieces.append(element.tail or "")
            continue
        cell = element.tag in ("td", "th")
        block = element.tag not in _INLINE and not cell and not _within_cell(element)
        if leaving:
            if block:
                end_line()
            elif cell:
                pieces.append("\u0001")
            if element is not root:
                pieces.append(element.tail or "")
            continue
        if block:
            end_line()
        pieces.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    end_line()
    return lines


def _within_cell(element: Any) -> bool:
    """Whether an element stands in a short cell, whose row is one line: a code beside its value."""
    parent = element.getparent()
    return parent is not None and parent.tag in ("td", "th") and element.tag in ("p", "div") and len(parent) == 1


def _docx_lines(data: bytes) -> list[str]:
    lines: list[str] = []
    for paragraph in read_xml(open_archive(data), "word/document.xml").iter(f"{_W}p"):
        parts = []
        for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
            parts.append(node.text or "" if node.tag == f"{_W}t" else "\t" if node.tag == f"{_W}tab" else "\n")
        lines += [_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n")]
    return lines


def _rtf_lines(data: bytes) -> list[str]:
    return [line.strip() for line in rtf_text(data.decode("latin-1")).replace("\f", "\n").split("\n")]


def _apart(lines: list[str]) -> list[str]:
    return [each for line in lines if line for each in (line, "")]
