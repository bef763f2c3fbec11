"""Importing in a process of its own: what it reports is safe, and it ends with what began it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbapp.importing.import_process import ImportProcess, ImportStopped
from kbapp.importing.source_file import SourceFile
from kbapp.library import Library
from kbapp.library.articles import listing as article_list
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search


@pytest.fixture
def process(tmp_path: Path) -> Iterator[ImportProcess]:
    started = ImportProcess(tmp_path / "library")
    yield started
    started.close()


def _files(folder: Path, number: int) -> Path:
    folder.mkdir()
    for at in range(number):
        text = f"Lighthouse Number {at} Is Lit Again\nBy Hanna Berg\n\n" + f"The lamp of rock {at} was lit on Monday, said Olaf Lind. " * 40  # fmt: skip
        (folder / f"{at}.txt").write_text(text)
    return folder


def test_what_was_imported_is_stored_indexed_and_counted(process: ImportProcess, tmp_path: Path):
    library = Library(tmp_path / "library")
    SearchIndex(library).follow()
    pasted = SourceFile("Pasted text", "pasted.txt", b"A Pasted Article\nBy Hanna Berg\n\nThe zeppelin was late again.")
    steps = list(process.run([_files(tmp_path / "in", 400)], [], lambda: False))
    assert {step.total for step in steps} == {400}
    stored = [outcome.article for step in steps for outcome in step.outcomes]
    assert sorted(stored) == sorted(article_list.ids(library)) and len(stored) == 400
    index = SearchIndex(library)
    assert index.ranker().documents > 100  # it was followed on the way, and the rest is the window's
    index.follow()
    assert Search(index).search("lighthouse").total == 400
    (outcome,) = [outcome for step in process.run([], [pasted], lambda: False) for outcome in step.outcomes]
    assert outcome.status == "imported" and outcome.title == "A Pasted Article"


def test_a_cancelled_import_keeps_what_it_has_reported(process: ImportProcess, tmp_path: Path):
    reported: list[object] = []
    for step in process.run([_files(tmp_path / "in", 400)], [], lambda: bool(reported)):
        reported.extend(step.outcomes)
    assert 0 < len(reported) < 400 and len(article_list.ids(Library(tmp_path / "library"))) == len(reported)


def test_one_that_is_killed_is_said_and_the_next_import_works(process: ImportProcess, tmp_path: Path):
    folder, reported = _files(tmp_path / "in", 400), 0
    with pytest.raises(ImportStopped, match="import the files again"):
        for step in process.run([folder], [], lambda: False):
            reported += len(step.outcomes)
            if reported:
                process._process.kill()
    assert 0 < reported <= len(article_list.ids(Library(tmp_path / "library"))) < 400
    again = [outcome.status for step in process.run([folder], [], lambda: False) for outcome in step.outcomes]
    assert len(again) == 400 and again.count("duplicate") >= reported


def test_it_ends_with_the_program_that_began_it(tmp_path: Path):
    code = (
        "import os, sys, time\nfrom pathlib import Path\nfrom kbapp.importing.import_process import ImportProcess\n"
        "if __name__ == '__main__':\n"
        "    process = ImportProcess(Path(sys.argv[1])); process.warm_up(); print(process._process.pid, flush=True)\n"
        "    time.sleep(1); os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "begin.py").write_text(code)
    begun = subprocess.Popen(
        [sys.executable, str(tmp_path / "begin.py"), str(tmp_path / "library")], stdout=subprocess.PIPE, text=True
    )
    assert begun.stdout is not None
    number = int(begun.stdout.readline())
    begun.wait(20)
    end = time.monotonic() + 10
    while _runs(number) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(number)


def _runs(process: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
