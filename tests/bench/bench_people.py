"""People: the editors' labels of newswire found again, speed and size; spaCy beside us where it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from kbapp.people.name_finder import find_candidates
from kbapp.text.folding import fold
from tests.bench import quoted, spans
from tests.bench.data import Item, newswire, paragraphs
from tests.bench.figure import Figure, Run, ratio
from tests.bench.labelled import read as labelled_by_us

Finder = Callable[[str, str], set[str]]
"""Title and body to the folded words of all names found."""


def figures(run: Run) -> Iterator[Figure]:
    items = newswire(run.data)
    labelled = [item for item in items if item.people]
    plain = items[:: 4 if run.quick else 1]
    found, speed = labels_found(labelled, ours)
    yield Figure("editors' labels found", round(found, 4), "share", ">= 0.985")
    read = labelled_by_us(items)
    for part, held in (("all", False), ("held", True)):
        precision, recall = read.spans(held)
        yield Figure(f"exact spans, precision, {part} labelled articles", round(precision, 4), "share", ">= 0.9")
        yield Figure(f"exact spans, recall, {part} labelled articles", round(recall, 4), "share", ">= 0.9")
    yield Figure("B-cubed F1 within articles", round(read.within_articles(), 4), "F1", ">= 0.95")
    yield Figure("B-cubed F1 across articles", round(read.across_articles(), 4), "F1", ">= 0.92")
    yield from quote_figures(run)
    for name, texts in spans.sets(run.data):
        measured = spans.measure(texts[:: 4 if run.quick else 1])
        goal = f">= {spans.GOALS[name]}" if name in spans.GOALS else ""
        part = "held-out texts of " if spans.learned_from(name) else ""
        yield Figure(f"exact spans, F1, {part}{name}", round(measured.f1, 4), "F1", goal)
    words, seconds = 0, 0.0
    for item in plain:
        body = paragraphs(item.body)
        begun = time.process_time()
        find_candidates([("title", item.title), ("text", body)])
        seconds += time.process_time() - begun
        words += len(body.split())
    speed = words / seconds
    yield Figure("words/s on one core", round(speed), "words/s", ">= 300000")
    loading, memory = load_cost()
    yield Figure("loading the lists", round(loading * 1000, 1), "ms", "<= 150")
    yield Figure("memory of the lists", round(memory, 1), "MB", "<= 100")
    rival = spacy_finder()
    if rival is None:
        run.say("spaCy with en_core_web_sm is not installed; it is not measured beside us")
        return
    sample = labelled[: 60 if run.quick else 400]
    theirs, their_speed = labels_found(sample, rival)
    yield Figure("editors' labels found by spaCy", round(theirs, 4), "share")
    yield ratio("words/s / spaCy", speed, their_speed, ">= 40")


def quote_figures(run: Run) -> Iterator[Figure]:
    """Direct speech of a public set of political news; what is named "other" there has no person as its source."""
    everywhere, held = quoted.measure(run.data)
    for part, counts in (("all", everywhere), ("held", held)):
        for kind, result, goal in (
            ("named", "right", ">= 0.88"),
            ("named", "wrong", "<= 0.03"),
            ("pronoun", "right", ""),
            ("pronoun", "wrong", ""),
        ):
            value = round(quoted.share(counts, kind, result), 4)
            yield Figure(f"quotes of a speaker {_SPOKEN[kind]}, {result}, {part} articles", value, "share", goal)


_SPOKEN: dict[quoted.Kind, str] = {"named": "by name", "pronoun": "called he or she"}


def ours(title: str, body: str) -> set[str]:
    found = find_candidates([("title", title), ("text", body)])
    return {word for candidate in found for key in candidate.key for word in re.split(r"[-\s]", key)}


def labels_found(items: list[Item], finder: Finder) -> tuple[float, float]:
    """The share of labels whose surname, where the text has it, is part of a name found; and words a second."""
    found = total = words = 0
    seconds = 0.0
    for item in items:
        body = paragraphs(item.body)
        begun = time.process_time()
        names = finder(item.title, body)
        seconds += time.process_time() - begun
        words += len(body.split())
        text = fold(f"{item.title} {body}")
        for label in item.people:
            surname = fold(label.split("-")[-1])
            if re.search(rf"\b{re.escape(surname)}\b", text):
                total += 1
                found += surname in names
    return found / max(1, total), words / seconds


def load_cost() -> tuple[float, float]:
    """Seconds and megabytes that a fresh process spends on the lists beyond its imports."""
    code = (
        "import time, yaml, tracemalloc; import kbapp.people.lexicon as n; t = time.perf_counter(); n.lexicon(); t = time.perf_counter() - t; "
        "n.lexicon.cache_clear(); n.fold.cache_clear(); tracemalloc.start(); n.lexicon(); print(t, tracemalloc.get_traced_memory()[1] / 1e6)"
    )
    seconds, megabytes = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(seconds), float(megabytes)


def spacy_finder() -> Finder | None:
    try:
        import spacy

        nlp = spacy.load("en_core_web_sm")
    except (ImportError, OSError):
        return None

    def find(title: str, body: str) -> set[str]:
        names = [entity.text for text in (title, body) for entity in nlp(text).ents if entity.label_ == "PERSON"]
        return {word for name in names for word in re.split(r"[^\w']+", fold(name))}

    return find
