"""The list of files in a folder that kbapp exported: it is written last, so that a folder with one is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kbapp.errors import UnreadableFile
from kbapp.importing.local_files import read_file

MANIFEST = "kbapp-export.json"
UNFINISHED = "kbapp-export.unfinished.json"  # stands for it while an export is being written
FORMAT, VERSION = "kbapp export", 1
_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_manifest(file: Path) -> dict[str, Any] | None:
    """The list in a file: {"version", "files": {path: SHA-256}, ...}; None for any other file, or none.

    Paths that lead out of the folder make it none: an export may come from a stranger.
    """
    try:
        found = json.loads(read_file(file))
    except (UnreadableFile, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("format") != FORMAT or found.get("version") != VERSION:
        return None
    files = found.get("files")
    if not isinstance(files, dict):
        return None
    if not all(
        isinstance(digest, str) and _DIGEST.fullmatch(digest) and _is_inside(path) for path, digest in files.items()
    ):
        return None
    return found


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not re.search(r"[\\:\x00]", path)
