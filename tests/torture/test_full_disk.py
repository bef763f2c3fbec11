"""A small disk that is full: what was acknowledged is there, everything can be read and searched, and each refusal says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.program import ROOT

_ALLOWED = (
    sys.platform == "linux"
    and shutil.which("unshare") is not None
    and subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False).returncode == 0
)  # fmt: skip
pytestmark = pytest.mark.skipif(not _ALLOWED, reason="nothing can be mounted here")


def test_a_full_disk_loses_nothing_and_can_be_read(tmp_path: Path):
    result = subprocess.run(
        ["unshare", "-m", sys.executable, "-m", "tests.torture.full_disk", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=250, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
