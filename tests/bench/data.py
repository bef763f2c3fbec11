"""Reads the measuring data: saved pages with their bodies, newswire with the editors' labels. Nothing of it is kept here."""

from __future__ import annotations

import datetime
import functools
import gzip
import html
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as it was saved and the body that people marked in it."""

    key: str
    data: bytes
    body: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A newswire item; ``people`` are the editors' labels ("james-baker")."""

    id: str
    title: str
    body: str
    published: datetime.datetime
    author: str
    people: tuple[str, ...]

    def article_text(self) -> str:
        """The item as a plain text file."""
        return f"{self.title}\n\n{self.author}\n\n{paragraphs(self.body)}\n"


def pages(folder: Path) -> list[SavedPage]:
    """The saved pages with ground truth, in a fixed order."""
    truth = json.loads((folder / "pages" / "ground-truth.json").read_text("utf-8"))
    return [
        SavedPage(
            key,
            gzip.decompress((folder / "pages" / f"{key}.html.gz").read_bytes()),
            found["articleBody"],
            found.get("url", ""),
        )
        for key, found in sorted(truth.items())
        if (folder / "pages" / f"{key}.html.gz").exists()
    ]


@functools.cache
def newswire(folder: Path) -> list[Item]:
    """All items with a body."""
    found = []
    for path in sorted((folder / "newswire").glob("reut2-*.xml*")):
        text = (
            gzip.decompress(path.read_bytes()).decode("latin-1") if path.suffix == ".gz" else path.read_text("latin-1")
        )
        for match in re.finditer(r"<REUTERS(.*?)</REUTERS>", text, re.S):
            if (item := _item(match[1])) is not None:
                found.append(item)
    return found


def _item(record: str) -> Item | None:
    def field(tag: str) -> str:
        inner = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", record, re.S)
        return html.unescape(inner[1]).strip() if inner else ""

    try:
        published = datetime.datetime.strptime(field("DATE").split(".")[0].strip(), "%d-%b-%Y %H:%M:%S")
    except ValueError:
        published = datetime.datetime(1987, 4, 1)
    number = re.search(r'NEWID="(\d+)"', record)
    if not field("BODY") or number is None:
        return None
    labels = tuple(re.findall(r"<D>(.*?)</D>", field("PEOPLE")))
    return Item(number[1], field("TITLE"), field("BODY"), published, re.sub(r"\s+", " ", field("AUTHOR")), labels)


def paragraphs(body: str) -> str:
    """The wire's indented, hard-wrapped lines as paragraphs."""
    return "\n\n".join(re.sub(r"\s+", " ", part).strip() for part in re.split(r"\n {2,}", body))


def enlarged(items: list[Item], count: int, seed: int = 7) -> Iterator[Item]:
    """A larger library made of the items' own sentences, twelve a body; always the same for the same count."""
    chance = random.Random(seed)
    sentences = [sentence for item in items for sentence in re.split(r"(?<=[.!?])\s+", item.body) if len(sentence) > 30]
    for number in range(count):
        item = items[number % len(items)]
        yield Item(
            f"b{number}",
            item.title if number < len(items) else f"{item.title} {number}",
            " ".join(chance.choice(sentences) for _ in range(12)),
            item.published + datetime.timedelta(minutes=number),
            item.author,
            item.people,
        )
