"""Newswire labelled by our own reading: who is named where. Spans and identities are kept here, the texts are not.

``people_labels.jsonl`` has a line for each article: its id, and for each person named in it the places in title and
text as [start, length]. A name as key is one identity over all articles. The articles with ``"held": true`` were left
unread until the recogniser was finished for the session in which they were labelled.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench import libraries
from tests.bench.data import Item

Place = tuple[int, str, int, int]
"""Article (its number among the labelled), field, start, end."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two groupings of places: the labels and what we found; ``within`` groups by article, ``across`` by person."""

    gold: dict[Place, str]
    within: dict[Place, str]
    across: dict[Place, str]
    held: frozenset[int]

    def spans(self, held: bool) -> tuple[float, float]:
        """Precision and recall of exact spans, over the articles held back or over all."""
        gold = {place for place in self.gold if not held or place[0] in self.held}
        ours = {place for place in self.within if not held or place[0] in self.held}
        return len(gold & ours) / max(1, len(ours)), len(gold & ours) / max(1, len(gold))

    def within_articles(self) -> float:
        """B-cubed F1 of who is who inside each article, over the spans that both have."""
        return b_cubed({place: f"{place[0]} {name}" for place, name in self.gold.items()}, self.within)

    def across_articles(self) -> float:
        """B-cubed F1 of who is who over all articles, over the spans that both have."""
        return b_cubed(self.gold, self.across)


def read(items: Iterable[Item]) -> Labelled:
    """The labels beside what a library of exactly these articles says."""
    lines = [
        json.loads(line) for line in Path(__file__).with_name("people_labels.jsonl").read_text("utf-8").splitlines()
    ]
    by_id = {item.id: item for item in items}
    known = [line for line in lines if line["id"] in by_id]
    gold = {
        (number, field, start, start + length): name
        for number, line in enumerate(known)
        for name, fields in line["people"].items()
        for field, places in fields.items()
        for start, length in places
    }
    with tempfile.TemporaryDirectory() as folder:
        library = libraries.make(Path(folder) / "library", [by_id[line["id"]] for line in known])
        rows = library.db.execute("SELECT article, field, start, end, person FROM mentions").fetchall()
        numbers = {row[0]: n for n, row in enumerate(library.db.execute("SELECT id FROM articles ORDER BY id"))}
        library.close()
    across = {(numbers[article], field, start, end): str(person) for article, field, start, end, person in rows}
    within = {place: f"{place[0]} {person}" for place, person in across.items()}
    held = frozenset(number for number, line in enumerate(known) if line.get("held"))
    return Labelled(gold, within, across, held)


def b_cubed(gold: Mapping[Place, str], ours: Mapping[Place, str]) -> float:
    """F1 of B-cubed precision and recall (Bagga and Baldwin 1998) over the places that both groupings have."""
    shared = gold.keys() & ours.keys()
    by_gold: dict[str, set[Place]] = defaultdict(set)
    by_ours: dict[str, set[Place]] = defaultdict(set)
    for place in shared:
        by_gold[gold[place]].add(place)
        by_ours[ours[place]].add(place)
    precision = recall = 0.0
    for place in shared:
        same_gold, same_ours = by_gold[gold[place]], by_ours[ours[place]]
        both = len(same_gold & same_ours)
        precision += both / len(same_ours)
        recall += both / len(same_gold)
    return 2 * precision * recall / max(1e-9, precision + recall) / max(1, len(shared))
