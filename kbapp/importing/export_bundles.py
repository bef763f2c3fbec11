"""Exports whose articles are spread over several files, brought together: Omnivore, Joplin, Google Keep.

Their files pass through on the way to the readers. What belongs to others is held back until the folder or archive is at its
end, and then handed on with its companions; all other files go on at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Protocol

from kbapp.errors import UserError
from kbapp.importing.source_file import SourceFile
from kbapp.reading.encoding import decode
from kbapp.reading.exports import joplin, omnivore
from kbapp.reading.exports.detection import is_joplin_item

_METADATA = re.compile(r"metadata_\d+_to_\d+\.json\Z")
_KEEP_PAGE = re.compile(rb"<div class=\"note[ \"].{0,3000}?class=\"heading\"", re.S)


class _Bundle(Protocol):
    """One program's export."""

    def hold(self, source: SourceFile) -> bool:
        """Keeps a file that is part of the export; False for any other."""

    def release(self) -> Iterator[SourceFile]:
        """The files that were held back, with what belongs to them; not those that only served others."""


def gathered(sources: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files of one folder or archive, those of an export with their companions."""
    bundles: tuple[_Bundle, ...] = (_Omnivore(), _Joplin(), _Keep())
    for source in sources:
        if source.error is not None or not any(bundle.hold(source) for bundle in bundles):
            yield source
    for bundle in bundles:
        yield from bundle.release()


def _place(source: SourceFile) -> PurePosixPath:
    return PurePosixPath(source.path.replace("\\", "/"))


@dataclass(slots=True)
class _Omnivore:
    """Pages in ``content/`` and highlights in ``highlights/``, told about in ``metadata_*.json`` above them."""

    entries: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by the folder and the slug
    metadata: dict[str, SourceFile] = field(default_factory=dict)  # a metadata file of each folder
    pages: list[SourceFile] = field(default_factory=list)
    highlights: dict[tuple[str, str], SourceFile] = field(default_factory=dict)

    def hold(self, source: SourceFile) -> bool:
        place = _place(source)
        if _METADATA.match(place.name):
            found = _entries(source.data)
            for entry in found:
                self.entries[str(place.parent), str(entry["slug"])] = entry
            if found:
                self.metadata[str(place.parent)] = source
            return bool(found)
        if place.parent.name == "content" and place.suffix.lower() in (".html", ".htm"):
            self.pages.append(source)
            return True
        if place.parent.name == "highlights" and place.suffix.lower() == ".md":
            self.highlights[str(place.parent.parent), place.stem] = source
            return True
        return False

    def release(self) -> Iterator[SourceFile]:
        used: set[tuple[str, str]] = set()
        for page in self.pages:
            key = str(_place(page).parent.parent), _place(page).stem
            if (entry := self.entries.get(key)) is None:
                yield page
            else:
                used.add(key)
                yield replace(page, companions=self._companions(key, entry))
        for key, source in self.highlights.items():
            if key not in self.entries:
                yield source
        for folder, source in self.metadata.items():
            links = [entry for key, entry in self.entries.items() if key[0] == folder and key not in used]
            if links:  # saved without their pages
                yield replace(source, data=json.dumps(links, ensure_ascii=False).encode())

    def _companions(self, key: tuple[str, str], entry: dict[str, Any]) -> dict[str, bytes]:
        found = {omnivore.METADATA: json.dumps(entry, ensure_ascii=False).encode()}
        if (highlights := self.highlights.get(key)) is not None:
            found[omnivore.HIGHLIGHTS] = highlights.data
        return found


def _entries(data: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return []
    return (
        [each for each in found if isinstance(each, dict) and {"slug", "url"} <= each.keys()]
        if isinstance(found, list)
        else []
    )


@dataclass(slots=True)
class _Joplin:
    """Items of which notes have text; tags, notebooks and the ties between them are items of their own."""

    notes: list[tuple[str, str, SourceFile]] = field(
        default_factory=list
    )  # with their ids and those of their notebooks
    titles: dict[str, str] = field(default_factory=dict)  # of tags and notebooks, by their ids
    parents: dict[str, str] = field(default_factory=dict)  # of notebooks
    tags: dict[str, list[str]] = field(default_factory=dict)  # ids of tags by those of notes

    def hold(self, source: SourceFile) -> bool:
        if not source.name.lower().endswith(".md") or not is_joplin_item(source.data):
            return False
        try:
            title, _, fields = joplin.split_item(decode(source.data))
        except UserError:
            return False
        number, kind = fields.get("id", ""), fields.get("type_")
        if kind == joplin.NOTE:
            self.notes.append((number, fields.get("parent_id", ""), source))
        elif kind in (joplin.TAG, joplin.FOLDER):
            self.titles[number] = title
            self.parents[number] = fields.get("parent_id", "")
        elif kind == joplin.NOTE_TAG:
            self.tags.setdefault(fields.get("note_id", ""), []).append(fields.get("tag_id", ""))
        return True

    def release(self) -> Iterator[SourceFile]:
        for number, notebook, source in self.notes:
            tags = [self.titles[tag] for tag in self.tags.get(number, ()) if self.titles.get(tag)]
            if notebook in self.titles:
                tags.append(self._path(notebook))
            yield replace(source, companions={joplin.COMPANION: json.dumps(tags, ensure_ascii=False).encode()})

    def _path(self, notebook: str) -> str:
        """The names of a notebook and those that it lies in, as "Work/Floods"."""
        names: list[str] = []
        while notebook in self.titles and len(names) < 20:
            names.insert(0, self.titles[notebook])
            notebook = self.parents.get(notebook, "")
        return "/".join(names)


@dataclass(slots=True)
class _Keep:
    """Each note twice, as JSON and as a page, of which the page says less."""

    pages: list[SourceFile] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)

    def hold(self, source: SourceFile) -> bool:
        place = _place(source)
        if place.suffix.lower() == ".json":
            self.notes.add(str(place.with_suffix("")))
            return False
        if place.suffix.lower() == ".html" and _KEEP_PAGE.search(source.data[:20_000]):
            self.pages.append(source)
            return True
        return False

    def release(self) -> Iterator[SourceFile]:
        return (page for page in self.pages if str(_place(page).with_suffix("")) not in self.notes)
