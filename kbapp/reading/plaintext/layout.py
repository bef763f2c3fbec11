"""Plain text to articles: a headline, perhaps a dek and a byline, the body, perhaps a line about the author.

The way through: split the text into paragraphs (``paragraphs.py``), take the head and the foot off, and what is left
is the body. Nothing here knows a publisher; each rule is a habit of the trade.
"""

from __future__ import annotations

import re

from kbapp.domain import Article, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.fields import bylines, dates, language
from kbapp.reading.plaintext.draft import LIST_ITEM, SENTENCE_END, Draft
from kbapp.reading.plaintext.foot import take_foot
from kbapp.reading.plaintext.head import MOST_LINES, take_head
from kbapp.reading.plaintext.paragraphs import split_paragraphs
from kbapp.text.filenames import title_of_name

_SEPARATOR = re.compile(r"\n[ \t]*(?:[=_*#~-]{5,}|\f)[ \t]*\n|\f")


def read_text(text: str, name: str = "") -> list[Article]:
    """The articles in a plain text; several when separator lines part pieces that each look like one.

    Raises UnreadableFile when there is no text at all.
    """
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if not parts:
        raise UnreadableFile(Code.FILE_EMPTY)
    if len(parts) > 1 and all(_looks_like_article(part) for part in parts):
        return [_read_one(part, name) for part in parts]
    return [_read_one(re.sub(_SEPARATOR, "\n\n", text), name)]


def _looks_like_article(part: str) -> bool:
    paragraphs = split_paragraphs(part)
    if len(paragraphs) < 3 or len(paragraphs[0]) > 200 or SENTENCE_END.search(paragraphs[0].rstrip("?!")):
        return False
    signed = any(
        bylines.byline_of(line) or dates.is_date_only(line) for line in paragraphs[1:MOST_LINES] + paragraphs[-3:]
    )
    return signed and max(map(len, paragraphs)) > 80


def body_blocks(text: str) -> list[Block]:
    """All of a text as blocks, nothing taken for a head or foot: for messages, whose fields stand elsewhere."""
    return [block for block in _blocks(split_paragraphs(text)) if re.search(r"\w", block.text)]


def _read_one(text: str, name: str) -> Article:
    draft = Draft()
    paragraphs = take_head(split_paragraphs(text), draft)
    paragraphs = take_foot(paragraphs, draft)
    blocks = tuple(_blocks(paragraphs))
    if not blocks and draft.subtitle:  # a dek that is all the text there is stays as the body
        blocks, draft.subtitle = (Block("paragraph", draft.subtitle),), None
        draft.provenance.pop("subtitle", None)
    if draft.published is None and blocks:
        draft.take_published(_dateline_date(blocks[0].text), "dateline")
    if draft.title is None:
        draft.title, draft.provenance["title"] = _title_from(blocks, name)
    return Article(
        title=draft.title,
        subtitle=draft.subtitle,
        authors=draft.with_bios(),
        published=draft.published,
        source=draft.source,
        url=draft.url,
        language=draft.language or language.detect(" ".join(block.text for block in blocks) or draft.title),
        format="text",
        blocks=blocks,
        tags=tuple(draft.tags),
        provenance=draft.provenance,
        unsure=() if draft.provenance["title"] in ("label", "heading") else ("title",),
    )


def _dateline_date(paragraph: str) -> str | None:
    """The date in a dateline that gives its year: "PORT ELLERY, 9 November 2022 - ..."."""
    head = re.match(r"^(.{6,80}?)\s(?:--|[—–-])\s", paragraph)
    found = dates.find_date(head[1]) if head and re.search(r"[A-Z]{3}|^\d", head[1]) else None
    return found[0] if found else None


def _blocks(paragraphs: list[str]) -> list[Block]:
    blocks = []
    for index, paragraph in enumerate(paragraphs):
        item = LIST_ITEM.match(paragraph)
        if item and _in_list(paragraphs, index):
            blocks.append(Block("list_item", item["text"]))
        elif paragraph.startswith(">"):
            blocks.append(Block("quote", re.sub(r"^>\s?", "", paragraph, flags=re.M).strip()))
        elif _is_heading(paragraph, paragraphs[index + 1 : index + 2], index):
            blocks.append(Block("heading", paragraph, 2))
        else:
            blocks.append(Block("paragraph", paragraph))
    return [block for block in blocks if block.text]


def _in_list(paragraphs: list[str], index: int) -> bool:
    """A dash opens dialogue in many languages; a list has at least two items."""
    around = paragraphs[max(0, index - 1) : index] + paragraphs[index + 1 : index + 2]
    return any(LIST_ITEM.match(other) for other in around)


def _is_heading(paragraph: str, following: list[str], index: int) -> bool:
    if len(paragraph) > 80 or SENTENCE_END.search(paragraph) or paragraph.endswith((",", ":", ";")) or not following:
        return False
    words = re.findall(r"[^\W\d_]+", paragraph)
    starts_well = bool(words) and (paragraph[0].isupper() or paragraph[0].isdigit())
    return (
        starts_well
        and index > 0
        and len(words) <= 10
        and len(following[0]) > 100
        and bool(SENTENCE_END.search(following[0]))
    )


def _title_from(blocks: tuple[Block, ...], name: str) -> tuple[str, str]:
    """What a text without a headline is called, by its file's name, else by its first words; and where that was found."""
    if title := title_of_name(name):
        return title, "file name"
    words = (blocks[0].text if blocks else "Untitled").split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else ""), "text"
