"""Texts with the exact places of their people, from ``people/spans-*.jsonl.gz`` of the measuring data."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbapp.domain import Article, Block
from kbapp.people import recognise

GOALS = {
    "wiki-en": 0.85, "wiki-de": 0.82, "wiki-fr": 0.84, "wiki-es": 0.83, "wiki-it": 0.75, "wiki-nl": 0.84, "wiki-pt": 0.75,
    "conll2003": 0.90, "crossner-politics": 0.90, "crossner-literature": 0.87, "worldwide-eastasia": 0.90,
    "worldwide-southasia": 0.85, "worldwide-indigenous": 0.90,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the [start, end) places of its people, and its language."""

    id: str
    text: str
    people: frozenset[tuple[int, int]]
    language: str

    @property
    def held(self) -> bool:
        """Whether the weights were not learned from it; they were from four fifths of the newspapers."""
        return int(hashlib.md5(self.id.encode()).hexdigest(), 16) % 5 == 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Exact spans: how many are right, too many, missed."""

    right: int
    false: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def sets(folder: Path) -> Iterator[tuple[str, list[Text]]]:
    """The sets by name ("wiki-de"); of newspapers only the part that was held out from learning."""
    for path in sorted((folder / "people").glob("spans-*.jsonl.gz")):
        name = path.name.removeprefix("spans-").removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        texts = [
            Text(
                str(record["id"]),
                record["text"],
                frozenset((start, end) for start, end in record["spans"]),
                record.get("lang") or "en",
            )
            for record in records
        ]
        yield name, [text for text in texts if text.held or not learned_from(name)]


def learned_from(name: str) -> bool:
    return name in ("worldwide-africa", "worldwide-latam", "worldwide-mideast")


def measure(texts: list[Text]) -> Measure:
    """What ``recognise`` finds in the texts against their labels."""
    right = false = missed = 0
    for text in texts:
        blocks = tuple(Block("paragraph", paragraph) for paragraph in text.text.split("\n\n"))
        article = recognise(Article("", blocks, language=text.language))
        back = _places(article.text, text.text)
        found = {
            (back[mention.start], back[mention.end - 1] + 1)
            for person in article.people
            for mention in person.mentions
            if mention.field == "text"
        }
        right += len(found & text.people)
        false += len(found - text.people)
        missed += len(text.people - found)
    return Measure(right, false, missed)


def _places(shown: str, original: str) -> dict[int, int]:
    """For each letter of the article's text its place in the text that was given, whatever became of white space."""
    return dict(
        zip(
            (place for place, letter in enumerate(shown) if not letter.isspace()),
            (place for place, letter in enumerate(original) if not letter.isspace()),
            strict=True,
        )
    )
