"""Texts that a list of references names as attached (Zotero's BibTeX and RIS exports lie beside a folder of them)."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kbapp.reading.bibliography.attachments import attachment_names

_SUFFIXES = (".pdf", ".html", ".htm", ".txt", ".md", ".docx", ".odt", ".epub")
_ONE, _ALL = 50 << 20, 150 << 20  # bytes of one text, and of all that come with a list


def is_list(name: str) -> bool:
    return name.lower().endswith((".bib", ".ris", ".rdf"))


def attached(path: Path, data: bytes) -> dict[str, bytes]:
    """The texts attached to a list's entries by the names that it gives them; only what lies below the list's folder."""
    root = path.parent.resolve()
    found: dict[str, bytes] = {}
    for name in attachment_names(data, path.suffix.lower()):
        file = _file(root, name)
        try:
            if file is None or file.stat().st_size > _ONE or sum(map(len, found.values())) > _ALL:
                continue
            found[name] = file.read_bytes()
        except OSError:
            continue
    return found


def attached_files(folder: str, names: list[str]) -> set[Path]:
    """The files that the lists of references in a folder name, which are no articles of their own."""
    found: set[Path] = set()
    for name in filter(is_list, names):
        path = Path(folder) / name
        try:
            data = path.read_bytes() if path.stat().st_size < _ONE else b""
        except OSError:
            continue
        root = path.parent.resolve()
        found.update(
            file for each in attachment_names(data, path.suffix.lower()) if (file := _file(root, each)) is not None
        )
    return found


def _file(root: Path, name: str) -> Path | None:
    if re.match(r"[a-z][a-z+.-]+:", name, re.I) and os.name != "nt":
        return None
    try:
        file = (root / name).resolve()
    except (OSError, ValueError):
        return None
    return file if file.is_relative_to(root) and file.suffix.lower() in _SUFFIXES and file.is_file() else None
