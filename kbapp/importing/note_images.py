"""Pictures that notes in a folder point to: taken into the library with the note, known again when they came from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from kbapp.errors import Code, UserError
from kbapp.library.connections import Connection
from kbapp.library.database import Library
from kbapp.library.notes import attachments
from kbapp.library.notes import repository as notes
from kbapp.text.media_types import image_media_type

_PICTURE = re.compile(r"(!\[[^\]]*\]\()<?([^)<>\s]+)>?(\))")
_EXPORTED = re.compile(r"picture-(\d{1,18})\.\w+\Z")


def known(library: Library, path: Path, folder: Path, text: str) -> str:
    """The text with pictures that an export wrote, and nobody changed, pointing into the library again."""
    for words, file, end in _files(path, folder, text):
        match = _EXPORTED.search(file.name)
        try:
            if match and attachments.get(library, int(match[1]))[1] == file.read_bytes():
                text = text.replace(words + end, f"{words[: words.index('](') + 2]}kb:image/{match[1]})")
        except (UserError, OSError):
            continue
    return text


def keep(db: Connection, note: int, path: Path, folder: Path, text: str) -> None:
    """Takes the other pictures of a note's text into the library and writes the note with them."""
    shown = text
    for words, file, end in _files(path, folder, text):
        try:
            number = attachments.add(db, note, file.read_bytes())
        except OSError as error:
            raise UserError(Code.FILE_NOT_READ, file=file, reason=error.strerror) from error
        shown = shown.replace(words + end, f"{words[: words.index('](') + 2]}kb:image/{number})")
    if shown != text:
        notes.edit(db, note, shown)


def _files(path: Path, folder: Path, text: str) -> Iterator[tuple[str, Path, str]]:
    """(the link up to its closing bracket, the file, the bracket) of links to picture files that lie in the folder."""
    root = folder.resolve()
    for match in _PICTURE.finditer(text):
        if re.match(r"[a-z][a-z+.-]*:", match[2], re.I):
            continue
        try:
            file = (path.parent / unquote(match[2])).resolve()
            fits = file.is_relative_to(root) and file.is_file() and file.stat().st_size <= attachments.LARGEST
            if fits:
                with file.open("rb") as opened:
                    fits = image_media_type(opened.read(16)) is not None
            if fits:
                yield match[0][:-1], file, match[3]
        except (OSError, ValueError):
            continue
