"""A virtual screen with a window manager, the program on it, and another program to drag files from."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool")


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def wait_for(condition: Callable[[], object], seconds: float = 20.0, what: str = "") -> object:
    """Waits until the condition holds and returns its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(subprocess.CalledProcessError):
            if value := condition():
                return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what or condition}")


class Desktop:
    """One virtual screen of 1400x900 points."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as file:
            self.display = f":{file.readline().strip()}"
        self.environment = {
            **os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state"), "XDG_RUNTIME_DIR": str(home),
        }  # fmt: skip
        home.chmod(0o700)
        self._manager = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._programs: list[subprocess.Popen[str]] = []
        time.sleep(0.5)

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Starts a Python program on the screen."""
        program = subprocess.Popen(
            [sys.executable, *map(str, arguments)], env=self.environment, cwd=ROOT, text=True, stderr=subprocess.PIPE
        )
        self._programs.append(program)
        return program

    def run(self, *arguments: str) -> str:
        """Runs xdotool and returns what it prints."""
        return subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=True, timeout=20
        ).stdout.strip()

    def window(self, name: str) -> str:
        """The id of a visible window whose title fits, waited for."""
        found = wait_for(lambda: self.run("search", "--onlyvisible", "--name", name), what=f"a window called {name}")
        return str(found).split("\n")[0]

    def geometry(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, width, height of a window's contents."""
        values = dict(
            line.split("=") for line in self.run("getwindowgeometry", "--shell", window).split("\n") if "=" in line
        )
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def click(self, x: int, y: int) -> None:
        self.run("mousemove", str(x), str(y), "click", "1")

    def keys(self, *keys: str) -> None:
        self.run("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self.run("type", "--delay", "8", text)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A real drag with the mouse from one window to another."""
        self.run("mousemove", *map(str, start))
        self.run("mousedown", "1")
        time.sleep(0.15)
        for step in range(1, 16):
            x, y = (round(a + (b - a) * step / 15) for a, b in zip(start, end, strict=True))
            self.run("mousemove", str(x), str(y))
            time.sleep(0.03)
        time.sleep(0.3)
        self.run("mouseup", "1")

    def close(self) -> None:
        for program in self._programs:
            if program.poll() is None:
                program.send_signal(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.wait(5)
                program.kill()
        for process in (self._manager, self._screen):
            process.terminate()
            process.wait(10)
