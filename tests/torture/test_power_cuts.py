"""A power cut at any moment of an import, a note, a restore or an index commit loses nothing that was acknowledged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kbapp.library import Library, maintenance
from kbapp.library.articles import listing
from kbapp.library.notes import repository as notes
from kbapp.search.search_index import SearchIndex
from tests.conftest import HARBOUR
from tests.torture.program import Program
from tests.torture.recording import Call, Disk, Names, lay_out, record

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
Look = Callable[[Library, list[dict]], None]


def _articles(library: Library, said: list[dict]) -> None:
    there = set(listing.ids(library))
    assert 1 in there
    assert {line["article"] for line in said if line.get("article")} <= there


def _notes(library: Library, said: list[dict]) -> None:
    texts = {note.id: note.text for note in notes.listed(library)}
    assert texts[1] == "the first note"
    assert {line["id"]: line["text"] for line in said}.items() <= texts.items()


def _restored(library: Library, said: list[dict]) -> None:
    texts = [note.text for note in notes.listed(library)]
    assert texts in (["the first note"],) if said else (["the first note"], ["after the backup", "the first note"])


def _indexed(library: Library, said: list[dict]) -> None:
    index = SearchIndex(library)
    index.follow()
    assert index.damage() == []
    assert index.reading(lambda ranker: sum(segment.count for segment in ranker.segments)) >= 2


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program whose whole disk is one folder, with a library of one article and one note in it."""
    made = Program(tmp_path / "disk")
    made.folder.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(made.folder / "home"))
    (made.folder / "a.txt").write_text(HARBOUR)
    (made.folder / "b.txt").write_text(
        HARBOUR.replace("Ferry", "Tram").replace("islands", "hills").replace("ship", "tram")
    )
    made.run("import", str(made.folder / "a.txt"))
    made.run("note", "add", "library", "--text", "the first note")
    return made


CASES: dict[str, tuple[tuple[str, ...], Look]] = {
    "import": (("import", "b.txt"), _articles),
    "note": (("note", "add", "library", "--text", "a second note"), _notes),
    "restore": (("restore", "whole.tar"), _restored),
    "index": (("rebuild-index",), _indexed),
}


@pytest.mark.parametrize("names", Names)
@pytest.mark.parametrize("case", CASES)
def test_every_prefix_of_what_was_written(program: Program, tmp_path: Path, case: str, names: Names):
    words, look = CASES[case]
    if case == "restore":
        program.run("backup", str(program.folder / "whole.tar"))
        program.run("note", "add", "library", "--text", "after the backup")
    words = tuple(str(program.folder / word) if "." in word else word for word in words)
    disk = Disk(program.folder, names)
    calls = record(program.command(*words), program.variables(), tmp_path / "log")
    tried = replay(program, disk, calls, look)
    print(f"{case}, names {names.value}: {len(calls)} calls, {tried} different disks")
    assert tried > 3


def replay(program: Program, disk: Disk, calls: list[Call], look: Look) -> int:
    """Looks at the library as each prefix of the calls leaves it; how many different disks there were."""
    said: list[dict] = []
    seen: list[tuple[dict[str, bytes | None], int]] = []
    for number, call in enumerate(calls):
        if call.name == "write" and call.arguments[0].startswith("1<"):
            said += [json.loads(line) for line in call.data(1).split(b"\n") if line.startswith(b"{")]
        disk.play(call)
        now = (disk.after_power_cut(), len(said))
        if seen and seen[-1] == now:
            continue
        seen.append(now)
        lay_out(program.folder, now[0])
        library = Library(program.library)
        try:
            look(library, said)
            maintenance.check(library, repair=True)
            assert maintenance.check(library) == [], f"after {number} calls"
        finally:
            library.close()
    assert said, "nothing was acknowledged"
    return len(seen)
