"""Google Keep, as Takeout writes it: a JSON file a note."""

from __future__ import annotations

from typing import Any

from kbapp.domain import Article, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import entries


def is_keep(value: Any) -> bool:
    """Whether a JSON value is a note of Keep."""
    return isinstance(value, dict) and {"isTrashed", "isArchived"} <= value.keys() and bool({"textContent", "textContentHtml", "listContent", "title"} & value.keys())  # fmt: skip


def read_note(note: dict[str, Any]) -> list[Article]:
    """The article of a note. Raises UnreadableFile for one in the trash or without text."""
    if entries.truth(note.get("isTrashed")):
        raise UnreadableFile(Code.NOTE_IN_TRASH)
    blocks = entries.content_blocks(str(note.get("textContent") or ""))
    items = note.get("listContent")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and str(item.get("text") or "").strip():
            done = "☑" if entries.truth(item.get("isChecked")) else "☐"
            blocks.append(Block("list_item", f"{done} {' '.join(str(item['text']).split())}"))
    address = next(
        (
            str(each.get("url"))
            for each in note.get("annotations") or []
            if isinstance(each, dict) and entries.is_address(each.get("url"))
        ),
        None,
    )
    if not blocks:
        raise UnreadableFile(Code.NO_ARTICLE_TEXT)
    return [
        entries.document(
            title=str(note.get("title") or ""), blocks=blocks, form="keep", url=address, tags=entries.tags_in(note.get("labels") or []),
            saved=entries.moment(note.get("createdTimestampUsec") or note.get("userEditedTimestampUsec")),
            starred=entries.truth(note.get("isPinned")), is_read=entries.truth(note.get("isArchived")),
        )
    ]  # fmt: skip
