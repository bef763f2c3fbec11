"""What the command line asks for, told without loading anything: the window, or a sub-command."""

from __future__ import annotations

import os
from dataclasses import dataclass

COMMANDS = (
    "read", "import", "search", "show", "list", "note", "tag", "person", "export", "check", "rebuild-index", "backup", "restore", "stats",
    "article", "trash", "undo", "history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """The window is wanted: with which library, and which files or ``kb:`` links to open in it."""

    library: str | None = None
    open: tuple[str, ...] = ()
    new_window: bool = False


def wants_window(arguments: list[str]) -> WindowRequest | None:
    """The request for a window, or None when the command line is meant (which then says what is wrong with a mistyped word)."""
    if "_KBAPP_COMPLETE" in os.environ:  # a shell asks the command line for completions
        return None
    library: str | None = None
    new_window = False
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in map(_path_of, remaining):
        if argument == "--new-window":
            new_window = True
        elif argument == "--library":
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
        elif library is None and (folder := _library_of(argument)):
            library = folder
        else:
            rest.append(argument)
    return WindowRequest(library, tuple(rest), new_window)


def _path_of(argument: str) -> str:
    """File managers give file: addresses where a person would type a path."""
    if not argument.startswith("file://"):
        return argument
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(argument).path)


def _library_of(path: str) -> str | None:
    """The library folder that was double-clicked, itself or by the database in it."""
    folder = os.path.dirname(path) if os.path.basename(path) == "library.db" else path  # noqa: PTH119, PTH120
    return (folder or ".") if _exists(os.path.join(folder, "library.db")) else None  # noqa: PTH118


def _exists(path: str) -> bool:
    """Without pathlib, whose import the first paint need not wait for."""
    try:
        os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return False
    return True
