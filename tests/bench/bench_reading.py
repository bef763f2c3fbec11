"""Reading: the body of saved pages against people's marking, beside trafilatura on the same pages in the same run."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator

from kbapp.errors import UserError
from kbapp.importing.worker_pool import WorkerPool
from kbapp.reading import read
from tests.bench.data import SavedPage, pages
from tests.bench.figure import Figure, Run, ratio


def figures(run: Run) -> Iterator[Figure]:
    import trafilatura

    found = pages(run.data)
    if run.quick:
        found = found[:40]
    run.say(f"{len(found)} pages")
    rivals = {
        "trafilatura default": lambda page: trafilatura.extract(page) or "",
        "trafilatura without comments": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "trafilatura for precision": lambda page: (
            trafilatura.extract(page, include_comments=False, favor_precision=True) or ""
        ),
        "trafilatura fast": lambda page: trafilatura.extract(page, include_comments=False, fast=True) or "",
    }
    scores = {name: f1(found, extract) for name, extract in rivals.items()}
    ours = f1(found, our_body)
    best = max(score for _, _, score, _ in scores.values())
    yield Figure("body F1", round(ours[2], 4), "F1", ">= 0.975", round(best, 4), round(ours[2], 4))
    yield Figure("body precision", round(ours[0], 4), "share")
    yield Figure("body recall", round(ours[1], 4), "share")
    for name, score in scores.items():
        yield Figure(f"body F1 of {name}", round(score[2], 4), "F1")
    speed, rival = pages_a_second(found, our_body), pages_a_second(found, rivals["trafilatura default"])
    yield ratio("pages/s on one core / trafilatura default", speed, rival, ">= 1")
    yield ratio("pages/s with two workers / trafilatura default", with_workers(found), rival, ">= 1.7")


def our_body(page: bytes) -> str:
    try:
        return read(page, "page.html")[0].text
    except UserError:
        return ""


def f1(
    found: list[SavedPage], extract: Callable[[bytes], str]
) -> tuple[float, float, float, list[tuple[float, str, str]]]:
    """(precision, recall, F1, the pages from the worst) as the benchmark's own evaluation does."""
    precisions, recalls, each = [], [], []
    for page in found:
        precision, recall = overlap(page.body, extract(page.data))
        precisions.append(precision)
        recalls.append(recall)
        each.append((2 * precision * recall / (precision + recall) if precision + recall else 0.0, page.key, page.url))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall), sorted(each)


def overlap(truth: str, found: str) -> tuple[float, float]:
    """Precision and recall of 4-grams of words."""
    a, b = shingles(truth), shingles(found)
    both = sum((a & b).values())
    missing, extra = sum((a - b).values()), sum((b - a).values())
    precision = both / (both + extra) if both + extra else float(not missing)
    recall = both / (both + missing) if both + missing else 1.0
    return precision, recall


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text or "")
    return Counter(tuple(words[at : at + size]) for at in range(max(1 if words else 0, len(words) - size + 1)))


def pages_a_second(found: list[SavedPage], extract: Callable[[bytes], str]) -> float:
    extract(found[0].data)
    begun = time.perf_counter()
    for page in found:
        extract(page.data)
    return len(found) / (time.perf_counter() - begun)


def with_workers(found: list[SavedPage]) -> float:
    """Pages a second through the importer's own pool of two processes, recognising people too."""
    from kbapp.importing.sources import SourceFile

    pool = WorkerPool(2)
    files = [SourceFile(page.key, "page.html", page.data) for page in found]
    list(pool.read(files[:6]))
    begun = time.perf_counter()
    list(pool.read(files))
    speed = len(files) / (time.perf_counter() - begun)
    pool.close()
    return speed
