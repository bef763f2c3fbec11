"""People as a graph and as tables, opened by programs of others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx
import pytest

from kbapp.export.tables import csv_text, graphml, write_tables
from kbapp.library import Library
from kbapp.library.commands import Commands
from kbapp.library.people import repository as people
from kbapp.library.people.profiles import profile


def test_networkx_opens_the_graph(samples: Library):
    entries = people.entries(samples, "people")
    Commands(samples, "test").rename(entries[0].id, 'A <b> & "c" \x07 d')
    graph = networkx.parse_graphml(graphml(samples).decode())
    assert set(graph.nodes) == {f"p{each.id}" for each in entries}
    assert graph.nodes[f"p{entries[0].id}"]["name"].startswith('A <b> & "c"')
    for person in entries[:5]:
        for row in profile(samples, person.id).often_with:
            if f"p{row.id}" in graph:
                assert graph.edges[f"p{person.id}", f"p{row.id}"]["weight"] == row.articles


def test_tables_hold_every_mention_and_month(samples: Library, tmp_path: Path):
    found = {
        path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
        for path in write_tables(samples, tmp_path / "out")
    }
    entries = people.entries(samples, "people")
    assert len(found["people"]) == len(entries)
    person = entries[0]
    rows = [row for row in found["mentions"] if row["person"] == str(person.id)]
    assert len(rows) == person.mentions and all(row["surface"] for row in rows)
    months = {row["month"]: int(row["articles"]) for row in found["timeline"] if row["person"] == str(person.id)}
    assert months == {row.month: row.articles for row in profile(samples, person.id).timeline}
    assert write_tables(samples, tmp_path / "out")


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\n=1"]
)
def test_no_cell_is_a_formula(text: str):
    (_, (cell, number)) = csv.reader(io.StringIO(csv_text(["a", "b"], [[text, -5]]), newline=""))
    assert cell == f"'{text}" and number == "-5"
