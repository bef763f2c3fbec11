"""People as a graph (GraphML, for Gephi, yEd and networkx) and as tables (CSV, for spreadsheets)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from lxml import etree

from kbapp.export.folder import write_file
from kbapp.library.database import Library
from kbapp.library.people import repository as people
from kbapp.library.people import tables

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|%]")
_KEYS = (
    ("name", "node", "string"), ("articles", "node", "int"), ("mentions", "node", "int"), ("authored", "node", "int"),
    ("weight", "edge", "int"),
)  # fmt: skip


def graphml(library: Library) -> bytes:
    """Everybody whom articles mention, and an edge between two with the number of articles that name both."""
    root = etree.Element(f"{{{_GRAPHML}}}graphml", nsmap={None: _GRAPHML})  # type: ignore[dict-item]
    for name, owner, kind in _KEYS:
        etree.SubElement(root, f"{{{_GRAPHML}}}key", {"id": name, "for": owner, "attr.name": name, "attr.type": kind})
    graph = etree.SubElement(root, f"{{{_GRAPHML}}}graph", {"id": "people", "edgedefault": "undirected"})
    there = set()
    for each in people.entries(library, "people"):
        there.add(each.id)
        node = etree.SubElement(graph, f"{{{_GRAPHML}}}node", {"id": f"p{each.id}"})
        for key in ("name", "articles", "mentions", "authored"):
            _data(node, key, getattr(each, key))
    for pair in tables.co_mentions(library):
        if pair.one in there and pair.other in there:
            ends = {"source": f"p{pair.one}", "target": f"p{pair.other}"}
            _data(etree.SubElement(graph, f"{{{_GRAPHML}}}edge", ends), "weight", pair.articles)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def write_tables(library: Library, folder: Path) -> list[Path]:
    """Writes people, co-mentions, mentions and the timeline as CSV; returns the files. Raises UserError."""
    written = []
    for name, columns, rows in (
        ("people", _columns(people.Entry), map(astuple, people.entries(library, "people"))),
        ("co-mentions", _columns(tables.CoMention), map(astuple, tables.co_mentions(library))),
        ("mentions", _columns(tables.MentionOfPerson), map(astuple, tables.mentions(library))),
        ("timeline", _columns(tables.MonthOfPerson), map(astuple, tables.months(library))),
    ):
        file = folder.expanduser().absolute() / f"{name}.csv"
        write_file(file, csv_text(columns, rows).encode("utf-8-sig"))
        written.append(file)
    return written


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table as CSV in which no cell is a formula to a spreadsheet: such a text begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.replace("\0", " ").encode("utf-8", "replace").decode()
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _columns(kind: Any) -> Iterator[str]:
    return (each.name for each in fields(kind))


def _data(element: Any, key: str, value: object) -> None:
    data = etree.SubElement(element, f"{{{_GRAPHML}}}data", {"key": key})
    data.text = _NOT_XML.sub(" ", str(value))
