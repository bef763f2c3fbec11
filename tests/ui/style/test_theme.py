"""The program's look, from whatever folder it is started."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_START = """
import sys
from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtGui import QIcon
told = []
qInstallMessageHandler(lambda kind, context, words: told.append(words))
from kbapp.launcher import WindowRequest
from kbapp.ui import application
started = application.start(WindowRequest(sys.argv[1]))
QTimer.singleShot(1500, started[0].quit)
started[0].exec()
assert not QIcon("icons:down.svg").pixmap(12).isNull()
assert started[0].topLevelWidgets()[0].styleSheet() or any(w.styleSheet() for w in started[0].topLevelWidgets())
print("told:", [words for words in told if "parse" in words or "icons" in words])
"""


@pytest.mark.parametrize("name", ["Bücher & Ausgaben", "it's #1 (50 %)", 'say "日本" [x]', "long" * 50])
def test_the_window_is_styled_in_any_folder(tmp_path: Path, name: str) -> None:
    program = tmp_path / name / "program"
    shutil.copytree(ROOT / "kbapp", program / "kbapp", ignore=shutil.ignore_patterns("__pycache__"))
    (program / "resources").symlink_to(ROOT / "resources")
    for part in ("icons", "templates", "translations", "names"):
        assert (program / "resources" / part).is_dir()
    done = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path / name / "library")],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path / name)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "told: []" in done.stdout
