"""Direct speech of a public set, and whom it is given to: the labels are the set's, half of its articles are held back.

Who "he" and "she" are was labelled by a program. Where its answer is no name ("the Republican nominee", "an invited crowd")
nothing can be compared; of the rest, those that differ from ours have to be read: on 2026-11-25 one of ten was our fault.
The articles with an odd number are the held half: nobody looked at their errors before the other half was done.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypedDict

from kbapp.domain import BLOCK_SEPARATOR, Article, Block
from kbapp.people import recognise
from kbapp.text.folding import fold

Kind = Literal["named", "pronoun", "other"]
Result = Literal["right", "wrong", "none"]


class Label(TypedDict):
    start: int
    end: int
    kind: Kind
    names: list[str]


def measure(data: Path) -> tuple[Counter[tuple[Kind, Result]], Counter[tuple[Kind, Result]]]:
    """How many quotations of each kind went to the right person, a wrong one or nobody: all articles, the held half."""
    everywhere: Counter[tuple[Kind, Result]] = Counter()
    held: Counter[tuple[Kind, Result]] = Counter()
    for number, (text, labels) in enumerate(_articles(data / "quotes" / "polnear.jsonl.gz")):
        blocks = tuple(Block("paragraph", each) for each in text.split(BLOCK_SEPARATOR))
        people = recognise(Article("", blocks, language="en")).people
        ours = [(quote.start, quote.end, person.name) for person in people for quote in person.quotes]
        for label in filter(_is_named, labels):
            found = (label["kind"], _compare(label, ours))
            everywhere[found] += 1
            held[found] += number % 2
    return everywhere, held


def share(counts: Counter[tuple[Kind, Result]], kind: Kind, result: Result) -> float:
    """The share of a kind's quotations that ended so."""
    total = sum(count for (each, _), count in counts.items() if each == kind)
    return counts[kind, result] / max(1, total)


def _articles(path: Path) -> Iterator[tuple[str, list[Label]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["text"], record["quotes"]


def _is_named(label: Label) -> bool:
    return label["kind"] != "pronoun" or (
        len(label["names"]) <= 4 and all(name[:1].isupper() for name in label["names"])
    )


def _compare(label: Label, ours: list[tuple[int, int, str]]) -> Result:
    """Ours is the quotation that shares more than half of the longer of both."""
    start, end = label["start"], label["end"]
    best = max(
        ((min(end, stop) - max(start, begin), stop - begin, name) for begin, stop, name in ours), default=(0, 0, "")
    )
    if best[0] <= max(end - start, best[1]) / 2:
        return "none"
    return "right" if _words(best[2].split()) & _words(label["names"]) else "wrong"


def _words(names: list[str]) -> set[str]:
    return {word for name in names if name[:1].isupper() and len(word := fold(name).strip(".,").removesuffix("'s")) > 1}
