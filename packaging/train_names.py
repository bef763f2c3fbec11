"""Learns the weights by which English names are told from other words: resources/names/weights.bin.

pip install python-crfsuite
python packaging/train_names.py FOLDER resources/names/weights.bin

FOLDER holds tokens-*.jsonl.gz, one document a line: {"id", "sentences": [[[token, tag], ...], ...]} with tags B- and I- of
PER, ORG, LOC, MISC; the sets are named in resources/names/NOTICE.md. Every fifth document is held out, and the
figures on those are printed at the end. What the sets lack, tables of results, is written here by patterns.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from kbapp.people import tagger
from kbapp.people.evidence import evidence_of
from kbapp.people.features import names_of
from kbapp.people.lexicon import lexicon

SETTINGS = {"c1": 0.03, "c2": 0.5, "feature.minfreq": 1}
CAUTION = {"tag=": 1.0, "tag+part=|U": 1.0}
"""Added for "no name" where the rules see none, and again for single words: better nothing than wrong."""
LEAST = 0.01  # weights nearer to nothing are left out

LOOSE = ("crossner", "tweets")
"""Sets whose documents are single sentences; eight of them make a text."""
KINDS = {"ORG": "ORG", "MISC": "MISC", "LOC": "LOC", "PER": "PER"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its entities as (start, end, type)."""

    id: str
    text: str
    entities: list[tuple[int, int, str]]

    @property
    def held(self) -> bool:
        return int(hashlib.md5(self.id.encode()).hexdigest(), 16) % 5 == 0


def texts_of(path: Path) -> Iterator[Text]:
    """The documents of a set as running text."""
    name = path.name.removeprefix("tokens-").removesuffix(".jsonl.gz")
    documents = [document["sentences"] for document in lines_of(path)]
    if name in LOOSE:
        documents = [list(chain(*documents[start : start + 8])) for start in range(0, len(documents), 8)]
    written = {
        squeezed(line["text"])[:60]: line for other in path.parent.glob(f"spans-{name}-*") for line in lines_of(other)
    }
    for number, sentences in enumerate(documents):
        tokens = [token for sentence in sentences for token in sentence if not token[0].startswith("http")]
        original = written.get(squeezed("".join(word for word, _ in tokens))[:60])
        if original is not None:
            entities, end = laid_on(original["text"], tokens)
            people = [(start, stop, "PER") for start, stop in original["spans"] if stop <= end]
            others = [entity for entity in entities if entity[2] != "PER"]
            yield Text(original["id"], original["text"][:end], people + others)
            continue
        text, entities = "", []
        for sentence in sentences:
            words, found = untokenised(sentence)
            text += ("\n\n" if name in LOOSE else " ") if text else ""
            entities += [(start + len(text), end + len(text), kind) for start, end, kind in found]
            text += words
        yield Text(f"{name}-{number}", text, entities)


def lines_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def squeezed(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s", "", text)


def laid_on(text: str, tokens: Sequence[tuple[str, str]]) -> tuple[list[tuple[int, int, str]], int]:
    """The entities of the tokens as they stand in the text that was cut into them, and how far that is so: up to the
    first token that is not there."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    letters = "".join(text[place] for place in places)
    entities: list[tuple[int, int, str]] = []
    at = 0
    for word, tag in ((squeezed(word), tag) for word, tag in tokens):
        begin = letters.find(word, at, at + len(word) + 40)
        if begin < 0:
            return entities, places[at - 1] + 1 if at else 0
        at = begin + len(word)
        start, end = places[begin], places[at - 1] + 1
        if tag[0] == "I" and entities and entities[-1][2] == tag[2:]:
            entities[-1] = (entities[-1][0], end, tag[2:])
        elif tag[0] in "BI":
            entities.append((start, end, tag[2:]))
    return entities, len(text)


def untokenised(sentence: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence with spaces where a writer sets them, and its entities."""
    text, entities, joined, quoted = "", [], True, False
    for word, tag in sentence:
        close = word in ".,;:!?)]}%'’”" or (word[:1] in "'’" and len(word) > 1) or word in ("n't", "n’t")
        if word == '"':
            close, quoted = quoted, not quoted
        if not joined and not close:
            text += " "
        if tag[0] == "I" and entities and entities[-1][2] == tag[2:] and entities[-1][1] >= len(text) - 1:
            entities[-1] = (entities[-1][0], len(text) + len(word), tag[2:])
        elif tag[0] in "BI":
            entities.append((len(text), len(text) + len(word), tag[2:]))
        text += word
        joined = word in "([{“‘$#@" or (word == '"' and quoted)
    return text, entities


class Patterns:
    """Results of sports and news of companies as agencies set them, with names from the lists."""

    clubs = ("United", "Rovers", "City", "Athletic", "Dynamo", "Racing", "Olympique", "Real", "Sporting", "Hapoel")
    nations = (
        "Germany", "France", "Italy", "Spain", "Sweden", "Britain", "U.S.", "Australia", "Kenya", "Japan",
        "Czech Republic", "South Africa", "Netherlands", "Russia", "Brazil", "Austria", "Finland", "England", "India",
    )  # fmt: skip

    def __init__(self, seed: int = 11) -> None:
        lex = lexicon()
        self.chance = random.Random(seed)
        self.given = sorted(n for n in lex.given if n.isascii() and n not in lex.words | lex.places and len(n) > 2)
        self.family = sorted(n for n in lex.family if n.isascii() and n not in lex.places and len(n) > 2)
        self.towns = sorted(n for n in lex.cities if " " not in n and n not in lex.words | lex.family)
        self.pieces: list[tuple[str, str]] = []
        self.rows = [self.race, self.tennis, self.cricket, self.table, self.scorers, self.scores, self.team]
        self.rows += [self.company, self.accounts, self.deal, self.analyst, self.unit] * 2
        self.business = self.rows[7:]
        self.firms: list[str] = []

    def texts(self, count: int) -> Iterator[Text]:
        for number in range(count):
            self.pieces = []
            self.place(self.towns)
            self.say(f" 1996-{self.number(1, 12):02d}-{self.number(1, 28):02d}\n\n")
            number_of_rows = self.number(4, 14)
            row = self.chance.choice(self.rows)
            self.firms = [cased(self.chance.choice(self.family)) for _ in range(2)]
            for _ in range(number_of_rows):
                (self.chance.choice(self.business) if row in self.business else row)()
                self.say("\n\n")
            text, entities = "", []
            for words, kind in self.pieces:
                if kind:
                    entities.append((len(text), len(text) + len(words), kind))
                text += words
            yield Text(f"results-{number}", text, entities)

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def say(self, *words: str) -> None:
        self.pieces.append((self.chance.choice(words), ""))

    def person(self, *forms: str) -> None:
        first, last = cased(self.chance.choice(self.given)), cased(self.chance.choice(self.family))
        form = self.chance.choice(forms or ("full",))
        self.pieces.append(({"full": f"{first} {last}", "last": last}.get(form, f"{first[0]}. {last}"), "PER"))

    def place(self, names: Sequence[str], kind: str = "LOC") -> None:
        self.pieces.append((cased(self.chance.choice(names)), kind))

    def competitor(self) -> None:
        self.person()
        self.say(" (")
        self.place(self.nations)
        self.say(") ")

    def race(self) -> None:
        self.say(f"{self.number(1, 20)}. ")
        self.competitor()
        self.say(f"{self.number(1, 59)}.{self.number(10, 99)}")

    def tennis(self) -> None:
        self.say("", f"{self.number(1, 16)} - ")
        self.competitor()
        self.say("beat ")
        self.competitor()
        self.say(f"{self.number(6, 7)}-{self.number(0, 6)} 6-{self.number(0, 4)}")

    def cricket(self) -> None:
        self.person("last", "initial")
        self.say(" b ", " lbw b ", " c ")
        self.person("last")
        self.say(f" {self.number(0, 120)}")

    def table(self) -> None:
        self.pieces.append((f"{cased(self.chance.choice(self.towns))} {self.chance.choice(self.clubs)}", "ORG"))
        self.say("   ".join(["", *(str(self.number(0, 30)) for _ in range(7))]))

    def scorers(self) -> None:
        self.place(self.nations)
        self.say(" - ")
        for _ in range(self.number(1, 3)):
            self.person("full", "last")
            self.say(f" ({self.number(1, 90)}), ", f" {self.number(1, 90)}, ")

    def scores(self) -> None:
        for _ in range(2):
            self.place(self.towns, "ORG")
            self.say(f" {self.number(0, 120)} ")

    def team(self) -> None:
        self.place(self.nations)
        self.say(": ")
        for _ in range(self.number(4, 11)):
            self.person()
            self.say(", ", ", ", " (captain), ")

    def firm(self, *endings: str) -> None:
        self.pieces.append((self.chance.choice(self.firms) + self.chance.choice(endings or ("",)), "ORG"))

    def company(self) -> None:
        self.firm(" Inc", " Corp", " Ltd", "", "")
        self.say(
            " said it expects first quarter earnings to fall.", " said its board approved a dividend of 12 cts.",
            "'s profit rose to 12.4 mln dlrs.", " said in a statement that output would double this year.",
            " reported a loss of 1.2 mln dlrs.", " shares closed at 34-1/2.", " said it sold its stake.",
        )  # fmt: skip

    def accounts(self) -> None:
        self.say(
            "Shr ",
            "Oper shr ",
            "Net ",
            "Oper net ",
            "Revs ",
            "Shr profit ",
            "Avg shrs ",
            "Qtly div ",
            "Pay ",
            "Year\n\nShr ",
        )
        self.say(
            f"{self.number(1, 99)} cts vs {self.number(1, 99)} cts",
            f"{self.number(1, 99)}.4 mln vs {self.number(1, 99)}.1 mln",
        )

    def deal(self) -> None:
        self.firm(" Inc", " Holdings Plc", "", " Group")
        self.say(" agreed to acquire ", " raised its stake in ", " and ", " sued ", " has bid for ")
        self.firm(" Corp", " Co", "", " Industries Inc")
        self.say(" for 120 mln dlrs.", " said on Monday.", ", the company said.", " shares.")

    def analyst(self) -> None:
        self.say("", "Analyst ", "“We see growth,” said ")
        self.person()
        self.say(" of ", ", an analyst at ", ", chairman of ", " at ")
        self.pieces.append((f"{self.chance.choice(self.firms)} {cased(self.chance.choice(self.family))}", "ORG"))
        self.say(" said.", ".", ", said prices would rise.")

    def unit(self) -> None:
        self.say("The company's ", "Its ", "The ")
        self.firm()
        self.say(
            " unit makes parts.",
            " mine in the north will close.",
            " project is on schedule.",
            " division was sold.",
            " subsidiary said so.",
        )


def cased(name: str) -> str:
    """A folded name with its capitals."""
    return name if name[0].isupper() else "-".join(part.capitalize() for part in name.split("-"))


def labelled_runs(text: Text) -> Iterator[tuple[list[list[str]], list[str]]]:
    """For each run of a text the names of its words' features, and their tags. A title before a name is no part of it,
    though some of the sets say so."""
    evidence, lex = evidence_of([("text", text.text)], "en"), lexicon()
    passages = [passage for passage, asked in zip(evidence.passages, evidence.asked, strict=True) if asked]
    for passage, run in zip(passages, evidence.keys(), strict=True):
        features = [[name for table, key in enumerate(word) for name in names_of(table, key)] for word in run]
        tags: list[str] = []
        before = None
        tokens = passage.run.tokens
        for index, token in enumerate(tokens):
            entity = next((e for e in text.entities if e[0] <= token.start < e[1]), None)
            titled = (
                entity is not None and entity[2] == "PER" and entity != before and token.folded in lex.titles
                and index + 1 < len(tokens) and tokens[index + 1].start < entity[1]
            )  # fmt: skip
            if entity is None or titled:
                tags.append("O")
                before = None
                continue
            tags.append(("I-" if entity == before else "B-") + KINDS[entity[2]])
            before = entity
        yield features, tags


def learn(texts: Sequence[Text], rounds: int) -> tagger.Tagger:
    """A tagger from labelled texts."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for text in texts:
        for features, tags in labelled_runs(text):
            trainer.append(features, tags)
    trainer.set_params(SETTINGS | {"max_iterations": rounds})
    with tempfile.NamedTemporaryFile(suffix=".crf") as model:
        trainer.train(model.name)
        learned = pycrfsuite.Tagger()
        learned.open(model.name)
        info, labels = learned.info(), learned.labels()
    names = sorted({name for (name, _), weight in info.state_features.items() if abs(weight) > LEAST})
    rows = {name: row for row, name in enumerate(names)}
    columns = {label: column for column, label in enumerate(labels)}
    values = np.zeros((len(names), len(labels)), np.float32)
    transitions = np.zeros((len(labels), len(labels)), np.float32)
    for (name, label), weight in info.state_features.items():
        if name in rows:
            values[rows[name], columns[label]] = weight
    for name, weight in CAUTION.items():
        values[rows[name], columns["O"]] += weight
    for (one, other), weight in info.transitions.items():
        transitions[columns[one], columns[other]] = weight
    return tagger.Tagger(labels, names, values, transitions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--rounds", type=int, default=90)
    options = parser.parse_args()
    texts = [text for path in sorted(options.folder.glob("tokens-*.jsonl.gz")) for text in texts_of(path)]
    learned = learn([*(text for text in texts if not text.held), *Patterns().texts(300)], options.rounds)
    options.weights.write_bytes(learned.write())
    print(f"{len(learned.names)} features, {options.weights.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
