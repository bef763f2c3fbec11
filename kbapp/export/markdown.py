"""Everything as Markdown files with YAML front matter beside the originals; any editor opens them, kbapp reads them again."""

from __future__ import annotations

import itertools
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kbapp.domain import Article, Block, Note
from kbapp.errors import Code, UserError
from kbapp.export.boards import with_pictures
from kbapp.library import subjects
from kbapp.library.articles import listing as article_list
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked
from kbapp.library.notes import repository as notes

_ESCAPED = re.compile(r"([\\`*_\[\]<>])")
_LINE_MARKS = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", re.M)


def export_library(library: Library, folder: Path, *, with_notes: bool = False) -> Iterator[Path]:
    """Writes ``articles/``, ``originals/`` and, when asked for, ``notes/``; yields each file when it is written.

    Raises UserError when the folder cannot be written.
    """
    target = folder.expanduser().absolute()
    try:
        for name in ("articles", "originals", *(["notes"] if with_notes else [])):
            (target / name).mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for number in article_list.ids(library, "oldest"):
            stored = articles.get(library, number)
            name = _file_name(stored.article.title, number, taken)
            original = f"{name}{Path(stored.original).suffix}"
            if library.has_original(stored.original):
                shutil.copyfile(library.original(stored.original), target / "originals" / original)
            yield _write(
                target / "articles" / f"{name}.md", article_markdown(stored.article, number, f"../originals/{original}")
            )
        if with_notes:
            for note in notes.listed(library):
                if note.locked:
                    raise NotesLocked
                text = note_markdown(note, subjects.title(library, note.about))
                text = with_pictures(library, text, target / "notes" / "pictures")
                yield _write(target / "notes" / f"note-{note.id}.md", text)
    except OSError as error:
        raise UserError(Code.FILE_NOT_WRITTEN, file=target, reason=error.strerror) from error


def article_markdown(article: Article, number: int | None = None, original: str | None = None) -> str:
    """One article as Markdown; reading it again gives the same fields and blocks."""
    front: dict[str, Any] = {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": [
            {"name": author.name, "bio": author.bio} if author.bio else {"name": author.name}
            for author in article.authors
        ],
        "published": article.published,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "tags": list(article.tags),
        "people": [person.name for person in article.people],
        "kbapp_id": number,
        "original": original,
    }
    front = {key: value for key, value in front.items() if value not in (None, [], "")}
    return (
        f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)}---\n\n"
        + "\n\n".join(map(_block, article.blocks))
        + "\n"
    )


def note_markdown(note: Note, about: str | None) -> str:
    """One note as Markdown with its subject and the passage that it is about."""
    front: dict[str, Any] = {
        "kbapp_note": note.id, "created": note.created, "modified": note.modified, "about": note.about.kind, "about_id": note.about.id,
        "about_title": about, "quote": note.quote.exact if note.quote else None, "colour": note.colour, "tags": list(note.tags),
    }  # fmt: skip
    front = {key: value for key, value in front.items() if value not in (None, [], "")}
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)}---\n\n{note.text}\n"


def _block(block: Block) -> str:
    if block.kind == "code":
        fence = "```" if "```" not in block.text else "~~~~"
        return f"{fence}\n{block.text}\n{fence}"
    if block.kind == "table":
        rows = [row.split("\t") for row in block.text.split("\n")]
        width = max(len(row) for row in rows)
        cells = [[_escape(cell).replace("|", "\\|") for cell in row] + [""] * (width - len(row)) for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    text = _styled(block)
    if block.kind == "heading":
        return "#" * min(6, (block.level or 2)) + " " + text
    if block.kind == "list_item":
        return "- " + text.replace("\n", "\n  ")
    if block.kind == "quote":
        return "> " + text.replace("\n", "\n> ")
    return text


def _styled(block: Block) -> str:
    """The text with its links and emphasis; those that Markdown cannot nest or that begin inside a word are left out."""
    text, edges, last = block.text, [0, len(block.text)], 0
    opened: dict[int, str] = {}
    for span in block.spans:
        whole = (span.start == 0 or not text[span.start - 1].isalnum()) and (
            span.end == len(text) or not text[span.end].isalnum()
        )
        if span.start < last or not whole or span.kind == "code" or "\n" in text[span.start : span.end]:
            continue
        inner = _escape(text[span.start : span.end])
        marked = {"emphasis": f"*{inner}*", "strong": f"**{inner}**", "link": f"[{inner}](<{_url(span.target)}>)"}
        opened[span.start] = marked[span.kind]
        edges += [span.start, span.end]
        last = span.end
    cuts = sorted(set(edges))
    parts = [opened.get(start) or _ESCAPED.sub(r"\\\1", text[start:end]) for start, end in itertools.pairwise(cuts)]
    return _escape_lines("".join(parts))


def _url(target: str) -> str:
    return re.sub(r"[<>\s]", lambda match: f"%{ord(match[0]):02X}", target)


def _escape(text: str) -> str:
    return _escape_lines(_ESCAPED.sub(r"\\\1", text))


def _escape_lines(text: str) -> str:
    return _LINE_MARKS.sub(
        lambda match: (
            f"{match[1]}\\{match[2]}" if not match[2][0].isdigit() else f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"
        ),
        text,
    )


def _file_name(title: str, number: int, taken: set[str]) -> str:
    """A name that every file system takes; names that differ by case only are told apart."""
    plain = unicodedata.normalize("NFC", title)
    name = re.sub(r"[\s_]+", " ", re.sub(r"[^\w\s.,'’()-]", " ", plain)).strip(" .")[:80] or "Article"
    if name.casefold() in taken or re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name, re.I):
        name = f"{name} {number}"
    taken.add(name.casefold())
    return name


def _write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
