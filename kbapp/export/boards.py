"""A board as one document: its headings, notes and passages in their order, with the sources numbered at the end."""

from __future__ import annotations

from pathlib import Path

from kbapp.domain import Note
from kbapp.errors import Code, UserError
from kbapp.export.citations import reference
from kbapp.library.articles import repository as articles
from kbapp.library.database import Library
from kbapp.library.encryption import NotesLocked
from kbapp.library.notes import attachments, boards
from kbapp.text.media_types import IMAGE_SUFFIXES


def board_markdown(library: Library, board: int, pictures: Path | None = None, *, leave_pictures: bool = False) -> str:
    """The document as Markdown. Raises NotesLocked, UserError when a picture cannot be written.

    Args:
        library: The library.
        board: The board's id.
        pictures: The folder into which pictures of the notes are written; without one they are left out.
        leave_pictures: Whether pictures stay as they stand in notes ("kb:image/5").
    """
    found = boards.get(library, board)
    sources: dict[int, int] = {}
    parts = [f"# {found.title}"]
    for card in found.cards:
        if card.note is None:
            parts.append(f"## {card.heading}")
            continue
        if card.note.locked:
            raise NotesLocked
        parts += _note(card.note, sources)
    if sources:
        parts.append("## Sources")
        lines = (
            f"{number}. {reference(articles.get(library, article).article)}" for article, number in sources.items()
        )
        parts.append("\n".join(lines))
    text = "\n\n".join(parts) + "\n"
    return text if leave_pictures else with_pictures(library, text, pictures)


def write_board(library: Library, board: int, file: Path) -> None:
    """Writes the document, with its pictures in a folder beside it. Raises NotesLocked, UserError."""
    text = board_markdown(library, board, file.with_name(f"{file.stem}-pictures"))
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise UserError(Code.FILE_NOT_WRITTEN, file=file, reason=error.strerror) from error


def with_pictures(library: Library, text: str, folder: Path | None) -> str:
    """The text with its ``kb:image/`` pictures written as files into a folder and pointed to by their names."""
    for number in attachments.pictures_in(text):
        mark = f"](kb:image/{number})"
        if folder is None:
            text = text.replace(mark, "]()")
            continue
        media_type, data = attachments.get(library, number)
        name = f"picture-{number}.{IMAGE_SUFFIXES[media_type]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        except OSError as error:
            raise UserError(Code.FILE_NOT_WRITTEN, file=folder / name, reason=error.strerror) from error
        text = text.replace(mark, f"]({folder.name}/{name})")
    return text


def _note(note: Note, sources: dict[int, int]) -> list[str]:
    """The passage as a quotation with the number of its source, then the note itself."""
    article = note.about.id if note.about.kind == "article" else None
    mark = f" [{sources.setdefault(article, len(sources) + 1)}]" if article is not None else ""
    if note.quote is not None:
        quote = "> " + note.quote.exact.replace("\n", "\n> ") + mark
        return [quote, note.text.strip()] if note.text.strip() else [quote]
    return [note.text.strip() + mark] if note.text.strip() else []
