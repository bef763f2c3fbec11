"""What the command line asks for, told without loading anything: the window, or a sub-command."""

from __future__ import annotations

import os
from dataclasses import dataclass

COMMANDS = (
    "read", "import", "search", "show", "list", "note", "tag", "person", "export", "check", "rebuild-index", "backup", "restore", "stats",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """The window is wanted: with which library, and which files or ``kb:`` links to open in it."""

    library: str | None = None
    open: tuple[str, ...] = ()


def wants_window(arguments: list[str]) -> WindowRequest | None:
    """The request for a window, or None when the command line is meant (which then says what is wrong with a mistyped word)."""
    library: str | None = None
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--library":
            library = next(remaining, None)
            if library is None:
                return None
        elif argument.startswith("--library="):
            library = argument.partition("=")[2]
        elif (
            argument.startswith("-")
            or not (argument.startswith("kb:") or _exists(argument))
            or (not rest and argument in COMMANDS)
        ):
            return None
        else:
            rest.append(argument)
    return WindowRequest(library, tuple(rest))


def _exists(path: str) -> bool:
    """Without pathlib, whose import the first paint need not wait for."""
    try:
        os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return False
    return True
