"""Everything as plain files: pages in Markdown for people, the files that articles came from, and the data to come back from.

Whoever opens the folder with Obsidian, Logseq or an editor reads the pages; kbapp reads ``data/``, in which nothing is lost,
and takes over from the pages what somebody changed in them (see importing/export_folder.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from kbapp.domain import Subject
from kbapp.errors import UserError
from kbapp.export import people_pages
from kbapp.export.boards import board_markdown
from kbapp.export.file_names import Names, readable_name, relative_link
from kbapp.export.folder import ExportFolder
from kbapp.export.markdown import article_markdown, front_matter, link, note_markdown
from kbapp.export.page_links import PageLinks
from kbapp.library import subjects
from kbapp.library.articles import repository as articles
from kbapp.library.articles.rows import StoredArticle
from kbapp.library.database import Library
from kbapp.library.notes import attachments, boards
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.library.portable import reading_out
from kbapp.text.media_types import IMAGE_SUFFIXES

_ARTICLES_A_FILE = 500  # whose data share a file, so that a later export writes only some of them


def export_library(library: Library, folder: Path, *, with_notes: bool = False) -> Iterator[Path]:
    """Writes everything into a folder; yields each file that had to be written, and those that were taken away.

    A folder that was exported to before is brought up to date. Boards, saved searches and notes are written only with
    ``with_notes``.

    Raises:
        NotesLocked: Notes are asked for, and locked.
        UserError: The folder cannot be written.
    """
    with reading_out.snapshot(library, with_notes=with_notes):
        out = ExportFolder(folder)
        yield from _Export(library, out, with_notes).files()


class _Export:
    """One export on its way."""

    def __init__(self, library: Library, out: ExportFolder, with_notes: bool) -> None:
        self._library, self._out, self._with_notes = library, out, with_notes
        self._ids = reading_out.article_ids(library)
        self._pages = PageLinks()
        self._originals: dict[str, str] = {}  # paths by key
        self._people = people_pages.PeoplePages(self._pages)
        self._tags: dict[str, list[int]] = {}

    def files(self) -> Iterator[Path]:
        self._name_pages()
        yield from self._write_originals()
        yield from self._write_articles()
        yield from self._write_people()
        yield from self._write_tags()
        yield from self._write_corrections()
        if self._with_notes:
            yield from self._write_notes()
        yield from self._write_index()
        yield from self._write_data()
        yield from self._out.finish(
            {"notes": self._with_notes, "pages": self._pages.addresses, "originals": self._originals}
        )

    def _name_pages(self) -> None:
        """Gives every page its file before the first that points to another is written."""
        names, trash = Names("Article"), Names("Article")
        titles = subjects.titles(self._library, (Subject("article", number) for number in self._ids))
        in_trash = reading_out.trashed(self._library)
        for number in self._ids:
            title = titles.get(Subject("article", number), "")
            place, taken = ("trash", trash) if number in in_trash else ("articles", names)
            self._pages.add("article", number, f"{place}/{taken.name(title, number)}.md", title)
        for kind, place, side in (("person", "people", "people"), ("author", "authors", "authors")):
            taken = Names("Person")
            for each in sorted(people.entries(self._library, side), key=lambda entry: entry.id):
                self._pages.add(kind, each.id, f"{place}/{taken.name(each.name, each.id)}.md", each.name)
        if self._with_notes:
            for note in notes.listed(self._library):
                self._pages.add("note", note.id, f"notes/note-{note.id}.md", f"Note {note.id}")

    def _write_originals(self) -> Iterator[Path]:
        for key, name in reading_out.originals(self._library):
            if not self._library.has_original(key):
                continue
            stem = readable_name(PurePosixPath(name.replace("\\", "/")).stem)[:60].strip(" .-") or "file"
            path = f"originals/{stem} {key[:12]}{Path(key).suffix}"
            self._originals[key] = path
            if self._out.copy(path, self._library.original(key), key[:64]):
                yield self._out.root / path

    def _write_articles(self) -> Iterator[Path]:
        pictures = reading_out.pictures(self._library)
        for stored in articles.gathered(self._library, self._ids):
            path = self._pages.path("article", stored.id)
            if path is None:
                continue
            if stored.deleted is None:
                self._people.add(stored)
                for tag in stored.article.tags:
                    self._tags.setdefault(tag, []).append(stored.id)
            original = self._originals.get(stored.original)
            text = article_markdown(
                stored.article, stored, relative_link(original) if original else None,
                pictures=[
                    (relative_link(self._originals[key]), words, block)
                    for key, words, block in pictures.get(stored.id, ())
                    if key in self._originals
                ],
                links=self._links_of(stored),
            )  # fmt: skip
            yield from self._write(path, text)

    def _links_of(self, stored: StoredArticle) -> Iterator[str]:
        """The people of an article as links, below its text."""
        for label, kind, ids in (("Authors", "author", stored.author_ids), ("People", "person", stored.people_ids)):
            found = [each for number in dict.fromkeys(ids) if (each := self._pages.link(kind, number))]
            if found:
                yield f"{label}: {', '.join(found)}"

    def _write_people(self) -> Iterator[Path]:
        aliases = people.all_aliases(self._library)
        about = self._notes_by_person() if self._with_notes else {}
        for path, text in self._people.pages(aliases, about):
            yield from self._write(path, text)

    def _notes_by_person(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for note in notes.listed(self._library):
            if note.about.kind in ("person", "author") and note.about.id is not None:
                found.setdefault(note.about.id, []).append(note.id)
        return {person: sorted(ids) for person, ids in found.items()}

    def _write_tags(self) -> Iterator[Path]:
        names = Names("Tag")
        for number, tag in enumerate(sorted(self._tags, key=lambda each: (each.casefold(), each)), 1):
            path = f"tags/{names.name(tag, number)}.md"
            lines = [f"- {found}" for each in self._tags[tag] if (found := self._pages.link("article", each))]
            self._pages.label("tag", path, tag)
            yield from self._write(path, front_matter({"title": tag, "kbapp": "tag"}) + "\n".join(lines) + "\n")

    def _write_corrections(self) -> Iterator[Path]:
        text = people_pages.corrections(self._library, self._pages)
        if text:
            yield from self._write("corrections.md", text)

    def _write_notes(self) -> Iterator[Path]:
        found = notes.listed(self._library)
        titles = subjects.titles(self._library, (note.about for note in found))
        for note in found:
            text = self._with_pictures(self._pages.to_files(note.text, 1), "pictures")
            yield from self._write(f"notes/note-{note.id}.md", note_markdown(note, titles.get(note.about), text))
            for number in attachments.pictures_in(note.text):
                yield from self._write_picture(number)
        names = Names("Board")
        for number, title, _ in sorted(boards.listed(self._library)):
            path = f"boards/{names.name(title, number)}.md"
            text = self._with_pictures(
                self._pages.to_files(board_markdown(self._library, number, leave_pictures=True), 1), "../notes/pictures"
            )
            self._pages.label("board", path, title)
            yield from self._write(path, front_matter({"title": title, "kbapp": "board"}) + text)

    def _picture_name(self, number: int) -> str | None:
        try:
            media_type, _ = attachments.get(self._library, number)
        except UserError:
            return None
        return f"picture-{number}.{IMAGE_SUFFIXES[media_type]}"

    def _with_pictures(self, text: str, folder: str) -> str:
        for number in attachments.pictures_in(text):
            if name := self._picture_name(number):
                text = text.replace(f"](kb:image/{number})", f"]({folder}/{name})")
        return text

    def _write_picture(self, number: int) -> Iterator[Path]:
        name = self._picture_name(number)
        path = f"notes/pictures/{name}"
        if name and self._out.write(path, attachments.get(self._library, number)[1]):
            yield self._out.root / path

    def _write_index(self) -> Iterator[Path]:
        """A page to begin at."""
        parts = [front_matter({"title": "kbapp", "kbapp": "index"}).rstrip()]
        for heading, kind in (
            ("Articles", "article"), ("People", "person"), ("Authors", "author"), ("Boards", "board"), ("Tags", "tag"), ("Notes", "note"),
        ):  # fmt: skip
            lines = [
                f"- {link(title, relative_link(path, 0))}"
                for path, title in self._pages.listed(kind)
                if not path.startswith("trash/")
            ]
            if lines:
                parts += [f"## {heading}", "\n".join(lines)]
        yield from self._write("index.md", "\n\n".join(parts) + "\n")

    def _write_data(self) -> Iterator[Path]:
        """The rows that everything comes back from, those of some hundred articles in one file."""
        for number in sorted({each // _ARTICLES_A_FILE for each in self._ids}):
            first = number * _ARTICLES_A_FILE
            rows = reading_out.rows(self._library, "articles", (first, first + _ARTICLES_A_FILE - 1))
            yield from self._write(f"data/articles-{first}.jsonl", _lines(rows))
        yield from self._write("data/people.jsonl", _lines(reading_out.rows(self._library, "people")))
        if self._with_notes:
            yield from self._write("data/notes.jsonl", _lines(reading_out.rows(self._library, "notes")))

    def _write(self, path: str, text: str) -> Iterator[Path]:
        if self._out.write(path, text.encode()):
            yield self._out.root / path


def _lines(rows: Iterator[tuple[str, dict[str, Any]]]) -> str:
    return "".join(json.dumps({"table": table, **row}, ensure_ascii=False) + "\n" for table, row in rows)
