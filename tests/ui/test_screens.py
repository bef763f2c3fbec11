"""Every page and state can be painted: light, dark, twice as large, and from the right. Set KBAPP_SCREENS to keep the pictures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("theme", "scale", "language"),
    [("light", "1", "en"), ("dark", "1", "de"), ("light", "2", "en"), ("dark", "1", "ar")],
)
def test_pictures_of_every_page_and_state(tmp_path: Path, theme: str, scale: str, language: str):
    folder = Path(os.environ.get("KBAPP_SCREENS", tmp_path)) / f"{theme}-{scale}-{language}"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.ui.screens", str(folder), theme, language]
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "Traceback" not in ran.stderr
    shares = {name: float(share) for name, share in (line.split() for line in ran.stdout.splitlines())}
    assert len(shares) >= 27
    assert {name for name, share in shares.items() if share < 0.05} == set()  # nothing is blank
