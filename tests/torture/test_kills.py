"""A dozen kills of the real program, one of each kind; ``python -m tests.torture`` makes as many as one likes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.torture.kills import KINDS, Torture
from tests.torture.program import Program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed in the way of POSIX systems")
_SECONDS = 45.0


@pytest.mark.timeout(200)
def test_nothing_acknowledged_is_lost(tmp_path: Path):
    torture = Torture(tmp_path, seed=int(time.time()) // 86_400)  # another one each day; the message names it
    torture.begin()
    end = time.monotonic() + _SECONDS
    for kind in KINDS:
        if time.monotonic() < end:
            torture.kill(kind)
    assert torture.problems == [], f"seed {torture.seed}"
    assert torture.account.articles and torture.account.notes


def test_the_account_is_strict(tmp_path: Path):
    """What was acknowledged and is not there is told."""
    torture = Torture(tmp_path)
    torture.begin()
    torture.account.articles[99] = "never.txt"
    torture.account.notes[1] = "other words"
    torture.account.tags[1, "harbour"] = True
    torture.look("a test")
    assert torture.problems == [
        f"lost after a test: {what}" for what in ("article 99", "note 1", "tag (1, 'harbour')")
    ]  # fmt: skip


def test_the_workers_of_a_killed_import_end_at_once_and_in_silence(tmp_path: Path):
    program = Program(tmp_path / "p")
    program.folder.mkdir()
    text = (
        "Report on the mills\n\nBy Ada Quill\n\n" + "Mayor Ingrid Moss said on Monday that the mill would run. " * 4000
    )
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"{text}{number}")
    started = time.monotonic()
    run = program.run("import", *(str(tmp_path / f"{number}.txt") for number in range(8)), after=2.5)
    if run.killed:
        assert time.monotonic() - started < 9  # communicate() returns once nobody holds the pipes
    assert "Traceback" not in run.errors
