"""Fills a small disk with an import and then asks for everything: ``full_disk FOLDER``, within mounts of its own (unshare -m)."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
from pathlib import Path

from tests.torture.program import Program


def main(folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "none", str(disk)], check=True)
    program = Program(disk, {"TMPDIR": str(folder)})
    chance = random.Random(2)
    files = []
    for number in range(120):
        words = " ".join(f"{chance.randrange(1 << 60):x}" for _ in range(1500))
        file = folder / f"{number}.txt"
        file.write_text(
            f"Report {number} of the quay\n\nBy Ada Quill\n\nMayor Ingrid Moss said word{number} on Monday. {words}\n"
        )
        files.append(str(file))
    run = program.run("import", *files)
    said = {line["article"] for line in run.lines if line["status"] == "imported"}
    assert run.status == 1 and 0 < len(said) < 120 and "full" in run.errors, (run.status, len(said), run.errors[-300:])
    there = {line["id"] for line in program.run("list", "articles").lines}
    assert said <= there, f"lost: {sorted(said - there)}"
    assert program.run("check").lines[-1]["ok"]
    first = min(said)
    assert program.run("show", "article", str(first)).status == 0
    search = program.run("search", "quay", "--limit", "200")
    assert search.lines and search.lines[0]["total"] == len(there), search.errors
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as out:  # to the last byte
        while True:
            out.write(bytes(4096))
            out.flush()
    for words in (("note", "add", "library", "--text", "hello " * 3000), ("backup", str(disk / "b.tar"))):
        run = program.run(*words)
        assert run.status == (0 if run.lines else 1), run.errors
        assert "Traceback" not in run.errors and "bug of its own" not in run.errors, run.errors
    filler.unlink(missing_ok=True)
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
    assert program.run("note", "add", "library", "--text", "hello").status == 0
    assert program.run("search", "quay").lines[0]["total"] == len(there)
    check = program.run("check")
    assert check.lines[-1]["ok"], check
    subprocess.run(["umount", str(disk)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
