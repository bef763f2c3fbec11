"""The last step of a restore: a whole library that lies beside its place goes there, and a crash in between loses neither."""

from __future__ import annotations

import contextlib
from pathlib import Path

from kbapp.library.originals import sync_folder


def unpacking_place(folder: Path) -> Path:
    """Where a backup is unpacked for a library folder; what is there may be incomplete."""
    return folder.with_name(f".{folder.name}.restoring")


def waiting_place(folder: Path) -> Path:
    """Where an unpacked and checked library waits to take the folder's place."""
    return folder.with_name(f".{folder.name}.restored")


def put_in_place(folder: Path) -> None:
    """Moves the library that waits to its folder, where no other is; nothing happens when none waits. Raises OSError."""
    if not folder.exists() and (waiting := waiting_place(folder)).is_dir():
        waiting.rename(folder)
        with contextlib.suppress(OSError):
            sync_folder(folder.parent)


def leftovers(folder: Path) -> list[Path]:
    """What a restore that was killed has left beside a library folder that is in its place."""
    return [place for place in (unpacking_place(folder), waiting_place(folder)) if place.is_dir()]
