"""The main job in a real window: a file is dragged in, read, its author followed, a note left, all found again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HARBOUR
from tests.e2e.desktop import ROOT, Desktop, missing_tools, wait_for

pytestmark = pytest.mark.skipif(bool(missing_tools()), reason=f"not installed: {', '.join(missing_tools())}")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    opened = Desktop(tmp_path / "home of jürgen")
    yield opened
    opened.close()


def ask(desktop: Desktop, library: Path, *arguments: str) -> list[dict[str, Any]]:
    """The command line on the same library, beside the window."""
    command = [sys.executable, "-m", "kbapp", "--library", str(library), *arguments, "--json"]
    done = subprocess.run(
        command, env=desktop.environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_drag_read_follow_note_close_open_search(desktop: Desktop, tmp_path: Path):
    library, file = tmp_path / "library", tmp_path / "harbour wall.txt"
    file.write_text(HARBOUR, "utf-8")
    program = desktop.start("-m", "kbapp", "--library", library)
    window = desktop.window("kbapp")
    desktop.run("windowsize", "--sync", window, "1250", "780")
    desktop.run("windowmove", "--sync", window, "140", "100")
    desktop.start(ROOT / "tests" / "e2e" / "drag_source.py", file)
    source = desktop.window("drag source")
    desktop.run("windowmove", "--sync", source, "5", "5")
    x, y, width, height = desktop.geometry(source)
    left, top, across, _ = desktop.geometry(window)
    desktop.drag((x + width // 2, y + height // 2), (left + across // 2, top + 400))
    desktop.window("Mayor Opens New Ferry Terminal")
    assert [article["title"] for article in ask(desktop, library, "list", "articles")] == [
        "Mayor Opens New Ferry Terminal"
    ]

    for down in range(150, 420, 9):  # the byline is the first link on the page
        desktop.click(left + across // 2 - 40, top + down)
        time.sleep(0.12)
        if _named(desktop, "Carla Mendes — kbapp"):
            break
    desktop.window("Carla Mendes — kbapp")

    desktop.keys("alt+Left")
    desktop.window("Mayor Opens New Ferry Terminal")
    desktop.keys("ctrl+n")
    time.sleep(0.2)
    desktop.type("the zeppelin was late")
    wait_for(
        lambda: [note["text"] for note in ask(desktop, library, "list", "notes")] == ["the zeppelin was late"],
        15,
        "the note to save itself",
    )

    desktop.keys("alt+Right")
    desktop.window("Carla Mendes — kbapp")
    desktop.keys("ctrl+q")
    assert program.wait(30) == 0
    program = desktop.start("-m", "kbapp", "--library", library)
    desktop.window("Carla Mendes — kbapp")
    desktop.keys("ctrl+f")
    desktop.type("zeppelin")
    time.sleep(0.8)
    desktop.keys("Return")
    desktop.window("Mayor Opens New Ferry Terminal")  # the note opens on the page that it is about
    found = ask(desktop, library, "search", "zeppelin")[0]
    assert [(hit["kind"], hit["title"]) for hit in found["hits"]] == [("note", "Mayor Opens New Ferry Terminal")]
    assert ask(desktop, library, "search", "solberg", "--in", "articles")[0]["total"] == 1
    desktop.keys("ctrl+q")
    assert program.wait(30) == 0


def test_without_the_mouse(desktop: Desktop, tmp_path: Path):
    """Import, open, follow a person, note, search, close: all by keys."""
    library, file = tmp_path / "library", tmp_path / "harbour.txt"
    file.write_text(HARBOUR, "utf-8")
    program = desktop.start("-m", "kbapp", "--library", library)
    desktop.window("kbapp")
    time.sleep(1)
    desktop.keys("ctrl+o")
    desktop.window("Import articles")
    time.sleep(0.5)
    desktop.type(str(file))
    desktop.keys("Return")
    desktop.window("Mayor Opens New Ferry Terminal")

    desktop.keys("ctrl+k")  # the palette: a person by a few letters
    time.sleep(0.5)
    desktop.type("solb")
    time.sleep(1)
    desktop.keys("Return")
    desktop.window("Solberg.* — kbapp")
    desktop.keys("alt+p", "Tab", "Return")  # the first link of the page is followed
    wait_for(lambda: not _named(desktop, "Solberg.* — kbapp"), 15, "another page")
    desktop.keys("alt+Left")
    desktop.window("Solberg.* — kbapp")

    desktop.keys("ctrl+n")
    time.sleep(0.3)
    desktop.type("asked for an interview")
    desktop.keys("alt+l")  # into the list: what was written is saved
    wait_for(
        lambda: [note["text"] for note in ask(desktop, library, "list", "notes")] == ["asked for an interview"],
        15,
        "the note to save itself",
    )
    desktop.keys("ctrl+f")
    desktop.type("ferry")
    time.sleep(0.8)
    desktop.keys("Return")
    desktop.window("Mayor Opens New Ferry Terminal")
    desktop.keys("ctrl+q")
    assert program.wait(30) == 0


def _named(desktop: Desktop, name: str) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", name],
        env=desktop.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(found.stdout.strip())


def test_a_second_start_hands_its_files_to_the_first(desktop: Desktop, tmp_path: Path):
    library, file = tmp_path / "library", tmp_path / "harbour.txt"
    file.write_text(HARBOUR, "utf-8")
    first = desktop.start("-m", "kbapp", "--library", library)
    desktop.window("kbapp")
    time.sleep(1)
    second = desktop.start("-m", "kbapp", "--library", library, file)
    assert second.wait(20) == 0
    desktop.window("Mayor Opens New Ferry Terminal")
    assert first.poll() is None


def test_killed_with_a_note_half_written_at_most_two_seconds_are_lost(desktop: Desktop, tmp_path: Path):
    library, file = tmp_path / "library", tmp_path / "harbour.txt"
    file.write_text(HARBOUR, "utf-8")
    program = desktop.start("-m", "kbapp", "--library", library, file)
    desktop.window("Mayor Opens New Ferry Terminal")
    desktop.keys("ctrl+n")
    time.sleep(0.3)
    desktop.type("written before the power failed")
    time.sleep(2)
    program.kill()
    program.wait()
    assert [note["text"] for note in ask(desktop, library, "list", "notes")] == ["written before the power failed"]
    assert ask(desktop, library, "check")[0]["ok"] is True
