"""The command: picks benchmarks by name, prints their figures for people or as JSON lines."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.figure import Figure, Run

NAMES = ("reading", "people", "search", "window", "notes", "durability", "launch", "scale", "export")
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=[*NAMES, "all"])
    parser.add_argument("--quick", action="store_true", help="smaller sizes; ends within 60 s")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA, help="a folder laid out like the measuring data")
    options = parser.parse_args()
    run = Run(options.data, options.quick, lambda words: print(words, file=sys.stderr))
    for name in NAMES if options.name == "all" else [options.name]:
        for figure in importlib.import_module(f"tests.bench.bench_{name}").figures(run):
            show(figure, options.json)
    return 0


def show(figure: Figure, as_json: bool) -> None:
    if as_json:
        line = {key: value for key, value in asdict(figure).items() if value is not None and value != ""} | {
            "goal": figure.goal,
            "holds": figure.holds,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)
        return
    mark = {True: "holds", False: "FAILS", None: ""}[figure.holds]
    sides = (
        f"  (ours {figure.ours:g}, rival {figure.rival:g})"
        if figure.rival is not None and figure.ours is not None
        else ""
    )
    print(f"{figure.figure:62} {figure.value:12.4g} {figure.unit:8} {figure.goal:10} {mark}{sides}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
