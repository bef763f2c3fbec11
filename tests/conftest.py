"""What most tests share: a library in a folder of its own, articles to put into it, the command line as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kbapp.importing.pipeline import run
from kbapp.importing.results import ImportResult
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library
from kbapp.people import recognise
from kbapp.reading import read

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"

HARBOUR = """Mayor Opens New Ferry Terminal

Ships will sail to three islands

By Carla Mendes

Mayor Henrik Solberg opened the terminal on Monday. Solberg said that the first ship would sail before noon.

The captain, Aylin Demirci, told reporters that “the sea does not read timetables”.

Carla Mendes is a reporter for the Island Post.
"""


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own library, settings or log."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("KBAPP_LIBRARY", raising=False)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    """Worker processes that all tests share; starting them takes longest."""
    workers = WorkerPool(2)
    yield workers
    workers.close()


@pytest.fixture
def add(library: Library, pool: WorkerPool, tmp_path: Path) -> Callable[..., list[ImportResult]]:
    """Imports texts: ``add("text", "another")`` or ``add(("name.html", "<html>..."))``."""
    numbers = iter(range(10_000))

    def put(*texts: str | tuple[str, str]) -> list[ImportResult]:
        folder = tmp_path / f"in{next(numbers)}"
        folder.mkdir()
        for number, each in enumerate(texts):
            name, text = (f"article{number}.txt", each) if isinstance(each, str) else each
            (folder / name).write_text(text, "utf-8")
        return sorted(run(library, sorted(folder.iterdir()), pool=pool), key=lambda outcome: outcome.path)

    return put


@pytest.fixture
def samples(library: Library, pool: WorkerPool) -> Library:
    """A library that holds the sample articles."""
    assert all(outcome.status == "imported" for outcome in run(library, [SAMPLES], pool=pool))
    return library


def people_in(text: str) -> dict[str, Any]:
    """The people of a plain text by name."""
    article = recognise(read(text.encode(), "test.txt")[0])
    for person in article.people:
        for mention in person.mentions:
            assert article.field(mention.field)[mention.start : mention.end] == mention.surface
    return {person.name: person for person in article.people}


class CommandLine:
    """``kbapp`` in a process of its own, on one library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *arguments: str | Path, stdin: str | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kbapp", "--library", str(self.folder), *map(str, arguments)],
            input=stdin, capture_output=True, text=True, timeout=120, cwd=ROOT, env={**os.environ, **(env or {})}, check=False,
        )  # fmt: skip

    def json(self, *arguments: str | Path, stdin: str | None = None) -> list[dict[str, Any]]:
        done = self(*arguments, "--json", stdin=stdin)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def kbapp(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "cli library")
