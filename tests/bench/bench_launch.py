"""Launch: the first paint of the program beside an empty PySide6 window, each in fresh processes, taken in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, Run, ratio
from tests.e2e.desktop import Desktop, missing_tools

ROOT = Path(__file__).resolve().parents[2]
_EMPTY = """
import sys, time; begun = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event); print(time.perf_counter() - begun, flush=True); QTimer.singleShot(0, application.quit)
application = QApplication([]); window = Window(); window.resize(1280, 800); window.show(); application.exec()
"""
_OURS = """
import sys, time; begun = time.perf_counter()
from kbapp.ui import application as program
from kbapp.launcher import WindowRequest
from kbapp.ui.startup_placeholder import StartupPlaceholder
painted, paint = [], StartupPlaceholder.paintEvent
def painting(self, event): paint(self, event); painted.append(time.perf_counter() - begun)
StartupPlaceholder.paintEvent = painting
application, manager = program.start(WindowRequest(sys.argv[1] + "/library"))
parts = manager.last
from PySide6.QtCore import QTimer
def usable():
    if "rows" in vars(parts) and parts.rows.model().rowCount(): print(painted[0], time.perf_counter() - begun, flush=True)
    else: QTimer.singleShot(1, usable)
manager.ready.connect(lambda: (print(time.perf_counter() - begun, flush=True), parts.window.close(), application.quit()))
QTimer.singleShot(0, usable); application.exec()
"""


def figures(run: Run) -> Iterator[Figure]:
    from kbapp.importing.pipeline import run as run_import
    from kbapp.library import Library

    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "library")
        list(run_import(library, [ROOT / "resources" / "samples"]))
        library.close()
        yield from first_paint(Path(name), run)
        yield from bundle(Path(name), run)


def bundle(folder: Path, run: Run) -> Iterator[Figure]:
    """The installed bundle: its size, and from starting it to its window on a screen, beside the same from source."""
    program = next(
        (path for path in (Path("/opt/kbapp/kbapp"), ROOT / "build/deb/opt/kbapp/kbapp") if path.exists()), None
    )
    if program is None or missing_tools():
        run.say(
            "no bundle to measure: make one with sh packaging/linux/build-deb.sh, and install xvfb, openbox and xdotool"
        )
        return
    size = sum(path.stat().st_size for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink())
    yield Figure("installed bundle", round(size / (1 << 20), 1), "MB", "<= 180")
    desktop = Desktop(folder / "home")
    try:
        times: dict[str, list[float]] = {"bundle": [], "source": []}
        for _ in range(3 if run.quick else 7):
            for name, command in (("bundle", [str(program)]), ("source", [sys.executable, "-m", "kbapp"])):
                begun = time.perf_counter()
                started = subprocess.Popen([*command, "--library", str(folder / "library")], env=desktop.environment, cwd=ROOT)  # fmt: skip
                desktop.window("kbapp")
                times[name].append(time.perf_counter() - begun)
                started.kill()
                started.wait()
    finally:
        desktop.close()
    yield ratio("window of the bundle / from source", statistics.median(times["bundle"]), statistics.median(times["source"]), "<= 1.3")  # fmt: skip


def first_paint(folder: Path, run: Run) -> Iterator[Figure]:
    """First paint, usable list and complete window of the whole program on the library in ``folder``, and of an empty window."""
    empty, ours = [], []
    for _ in range(3 if run.quick else 9):
        empty.append(float(script(_EMPTY, folder)[0]))
        ours.append([float(seconds) for seconds in script(_OURS, folder)])
    rival = statistics.median(empty)
    painted, usable, complete = (statistics.median(times) for times in zip(*ours, strict=True))
    yield ratio("first paint / empty PySide6 window", painted, rival, "<= 1.5")
    yield ratio("usable list / empty PySide6 window", usable, rival, "<= 2.5")
    yield Figure("complete window", round(complete * 1000), "ms")


def script(code: str, folder: Path) -> list[str]:
    """What a program in a process of its own printed; it keeps nothing outside the folder."""
    kept = {name: str(folder / "home") for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **kept, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM") or "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.split()
