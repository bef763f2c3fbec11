"""The command line as a process that can be killed, and what a library must be like afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 120


@dataclass
class Program:
    """The program with a library and a home of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Path:
        return self.folder / "library"

    def variables(self) -> dict[str, str]:
        home = str(self.folder / "home")
        names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return {**os.environ, **dict.fromkeys(names, home), "PYTHONPATH": str(ROOT), **self.environment}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "kbapp", "--library", str(self.library), "--json", *words]

    def run(self, *words: str, after: float | None = None, **variables: str) -> Run:
        """Runs a command to its end, or kills it after so many seconds, with all that it started."""
        process = subprocess.Popen(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            env={**self.variables(), **variables}, cwd=self.folder,
        )  # fmt: skip
        killed = False
        try:
            out, err = process.communicate(timeout=_LONGEST if after is None else after)
        except subprocess.TimeoutExpired:
            killed = after is not None
            os.kill(process.pid, signal.SIGKILL)  # its workers must notice that by themselves
            try:
                out, err = process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Run(_whole_lines(out), err.decode("utf-8", "replace"), killed, process.returncode)


@dataclass
class Run:
    """What a command said before it ended or was killed."""

    lines: list[dict[str, Any]]
    errors: str
    killed: bool
    status: int


def _whole_lines(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.split(b"\n")[:-1] if line.startswith(b"{")]
