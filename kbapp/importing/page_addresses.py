"""Links between the pages of an export, back to links into the library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kbapp.domain import Subject
from kbapp.errors import NotFound
from kbapp.importing.export_manifest import MANIFEST, UNFINISHED, read_manifest
from kbapp.library import subjects
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.people import repository as people

_LINK = re.compile(r"\]\(<?((?:\.\./|\./)?[^()<>\s:]{1,600}\.md)>?\)")


class PageAddresses:
    """Whom and what the pages of the export around a folder are about, in a library that may be another one."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._root = folder.absolute()
        self._pages: Mapping[str, Any] = {}
        for root in (self._root, self._root.parent):
            manifest = read_manifest(root / MANIFEST) or read_manifest(root / UNFINISHED)
            if manifest is not None:
                pages = manifest.get("pages")
                self._root, self._pages = root, pages if isinstance(pages, dict) else {}
                break

    def to_library(self, path: Path, text: str) -> str:
        """The text of a page with its links to other pages leading into the library; those to anything else stay."""
        if not self._pages:
            return text

        def address(match: re.Match[str]) -> str:
            found = self._address(path.absolute().parent / unquote(match[1]))
            return f"](kb:{found})" if found else match[0]

        return _LINK.sub(address, text)

    def _address(self, target: Path) -> str | None:
        try:
            inside = Path(target.resolve()).relative_to(self._root.resolve()).as_posix()
            kind, number, title = self._pages[inside]
        except (ValueError, TypeError, KeyError, OSError):
            return None
        if kind == "note":
            return f"note/{number}" if isinstance(number, int) else None
        if kind not in ("article", "person", "author") or not isinstance(number, int) or not isinstance(title, str):
            return None
        if subjects.title(self._library, Subject(kind, number)) == title:
            return f"{kind}/{number}"
        try:
            found = articles.get(self._library, title).id if kind == "article" else people.find(self._library, title)
        except NotFound:
            return None
        return f"{kind}/{found}"
