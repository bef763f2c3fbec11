"""What a window remembers from one start to the next, for each library: a JSON file whose loss costs only convenience."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_RECENT = 12


def read(file: Path, library: Path) -> dict[str, Any]:
    """What was remembered for the library; nothing when the file is missing or broken."""
    state = _everything(file).get(str(library), {})
    return state if isinstance(state, dict) else {}


def libraries(file: Path) -> list[str]:
    """The folders of all libraries of which something is remembered."""
    return list(_everything(file))


def write(file: Path, library: Path, state: dict[str, Any]) -> None:
    """Replaces what is remembered for the library. Raises OSError."""
    everything = _everything(file) | {str(library): state}
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    partial.touch(mode=0o600)  # what was searched for is nobody else's business
    partial.chmod(0o600)
    partial.write_text(json.dumps(everything), "utf-8")
    partial.replace(file)


def strings(state: dict[str, Any], key: str) -> list[str]:
    """The texts of a remembered list; others are left out."""
    values = state.get(key)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def numbers(state: dict[str, Any], key: str) -> list[int]:
    """The whole numbers of a remembered list; none when one of them is something else."""
    values = state.get(key)
    return values if isinstance(values, list) and all(isinstance(value, int) for value in values) else []


def with_recent(recent: list[str], query: str) -> list[str]:
    """The searches with one more in front, each once, the oldest forgotten."""
    query = query.strip()
    if not query:
        return recent
    return [query, *(each for each in recent if each.casefold() != query.casefold())][:_RECENT]


def _everything(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
