"""Joplin's raw form (a JEX is a tar of it): a file an item, its fields below its text.

Tags and notebooks are items of their own; ``importing`` gathers them and hands a note what belongs to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kbapp.domain import Article
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.encoding import decode
from kbapp.reading.plaintext.markdown import read_markdown

NOTE, FOLDER, TAG, NOTE_TAG = "1", "2", "5", "6"
COMPANION = "joplin-tags.json"
"""The companion of a note: a JSON list of its tags and its notebook."""
_FIELD = re.compile(r"(?P<name>[a-z_]+): ?(?P<value>.*)\Z")


def split_item(text: str) -> tuple[str, str, dict[str, str]]:
    """(title, text, fields) of an item."""
    lines = text.rstrip().split("\n")
    fields: dict[str, str] = {}
    while lines and (match := _FIELD.match(lines[-1])):
        fields[match["name"]] = match["value"]
        lines.pop()
    body = "\n".join(lines).strip("\n")
    title, _, body = body.partition("\n")
    return title.strip(), body.strip("\n"), fields


def read_item(data: bytes, name: str, companions: Mapping[str, bytes]) -> list[Article]:
    """The article of a note. Raises UnreadableFile for items that are no notes and notes without text."""
    title, body, fields = split_item(decode(data))
    if fields.get("type_") != NOTE:
        raise UnreadableFile(Code.NOT_A_NOTE)
    if fields.get("encryption_applied") == "1":
        raise UnreadableFile(Code.ENCRYPTED_NOTE)
    inline: tuple[str, ...] = ()
    if fields.get("markup_language") == "2":
        blocks = tuple(entries.content_blocks(body))
    else:
        article = read_markdown(f"# {title}\n\n{body}", name)
        blocks, inline = article.blocks, article.tags
    tags = [*json.loads(companions[COMPANION])] if COMPANION in companions else []
    if not blocks:
        raise UnreadableFile(Code.NO_ARTICLE_TEXT)
    return [
        entries.document(
            title=title, blocks=blocks, form="joplin", url=fields.get("source_url"), authors=entries.names(fields.get("author")),
            saved=entries.moment(fields.get("user_created_time") or fields.get("created_time")), tags=[*tags, *inline],
            is_read=fields.get("todo_completed", "0") not in ("", "0"),
        )
    ]  # fmt: skip
