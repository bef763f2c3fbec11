"""Durability: the importer is killed again and again; what it had reported must be there and the library whole."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kbapp.library import Library, maintenance
from kbapp.library.articles import listing as article_list
from tests.bench.data import newswire
from tests.bench.figure import Figure, Run

ROOT = Path(__file__).resolve().parents[2]


def figures(run: Run) -> Iterator[Figure]:
    chance = random.Random(1)
    lost = broken = acknowledged = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for item in newswire(run.data)[:1500]:
            (folder / "in" / f"{item.id}.txt").write_text(item.article_text())
        kills = 4 if run.quick else 25
        for _ in range(kills):
            process = subprocess.Popen(
                [sys.executable, "-m", "kbapp", "--library", str(folder / "library"), "import", "--json", str(folder / "in")], stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
            )  # fmt: skip
            time.sleep(chance.uniform(0.8, 3.0))
            process.send_signal(signal.SIGKILL)
            said = [json.loads(line) for line in process.communicate()[0].splitlines() if line.endswith("}")]
            library = Library(folder / "library")
            there = set(article_list.ids(library))
            reported = {line["article"] for line in said if line["article"] is not None}
            acknowledged += len(reported)
            lost += len(reported - there)
            broken += any("half-written" not in str(problem) for problem in maintenance.check(library, repair=True))
            library.close()
    yield Figure("acknowledged articles lost", lost, "articles", "<= 0")
    yield Figure("libraries not whole after a kill", broken, "libraries", "<= 0")
    yield Figure("kills", kills, "kills")
    yield Figure("articles acknowledged before the kills", acknowledged, "articles")
