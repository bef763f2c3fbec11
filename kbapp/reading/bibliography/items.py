"""An item of a bibliography as an article: its text is the attached one if there is any, else the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kbapp.domain import Article, Author, Block, Highlight, Picture
from kbapp.errors import Code, UnreadableFile
from kbapp.reading import entries
from kbapp.reading.fields import language
from kbapp.reading.fields.dates import parse_date

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|2nd|3rd|m\.?d|ph\.?\s?d|esq)\.?\Z", re.I)
_NUMBERS = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[-/.]*\s*\Z|[T ]|/)")


@dataclass(frozen=True, slots=True)
class Item:
    """What all bibliographies say of an item; ``names`` are as they are spoken."""

    title: str
    names: tuple[str, ...] = ()
    published: str | None = None
    source: str | None = None
    url: str | None = None
    doi: str | None = None
    abstract: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    saved: str | None = None
    language: str | None = None
    subtitle: str | None = None


def article_of(item: Item, attached: Mapping[str, bytes] | None = None) -> Article | None:
    """The article of an item; None where it has no title.

    Args:
        item: The item.
        attached: The texts that came with the list, by the names that it gives them.
    """
    title = entries.plain(item.title)
    if not title:
        return None
    blocks, pictures = _attached_text(item.files, attached or {})
    if not blocks:
        blocks = tuple(entries.content_blocks(item.abstract)) or (Block("paragraph", title),)
    url = (
        item.url
        if item.url and entries.is_address(item.url)
        else f"https://doi.org/{item.doi.strip()}"
        if item.doi
        else None
    )
    published = date_in(item.published or "")
    names = tuple(dict.fromkeys(" ".join(name.split()) for name in item.names if name.strip()))
    values = {"title": title, "authors": names, "published": published, "source": item.source, "url": url}
    return Article(
        title=title,
        blocks=blocks,
        pictures=pictures,
        subtitle=entries.plain(item.subtitle or "") or None,
        authors=tuple(map(Author, names)),
        published=published,
        source=entries.plain(item.source or "") or None,
        url=entries.original_address(url) if url else None,
        language=_language(item.language) or language.detect(" ".join(block.text for block in blocks[:20])),
        tags=entries.tidy_tags(item.tags),
        saved=item.saved,
        highlights=tuple(Highlight("", note) for note in map(note_text, item.notes) if note),
        provenance={field: "bibliography" for field, value in values.items() if value},
    )


def articles_of(items: Iterable[Item], attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """The articles of a list's items. Raises UnreadableFile when no item has a title."""
    found = [article for item in items if (article := article_of(item, attached)) is not None]
    if not found:
        raise UnreadableFile(Code.NO_REFERENCES)
    return found


def in_order(name: str) -> str:
    """ "Doe, Jane", "Doe, Jr., John" and "Doe, John, Jr." as they are spoken; a name without a comma stays."""
    parts = [" ".join(part.split()) for part in name.split(",") if part.strip()]
    if len(parts) == 3 and _SUFFIX.match(parts[2]):
        return f"{parts[1]} {parts[0]} {parts[2]}"
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    if len(parts) == 2 and _SUFFIX.match(parts[1]):
        return " ".join(parts)
    return " ".join(reversed(parts)) if len(parts) == 2 else ", ".join(parts)


def date_in(text: str) -> str | None:
    """A date with just the precision it has: "2024", "2024-03", "2024/03/05/", "March 5, 2024"; a month or day of 0 is none."""
    if match := _NUMBERS.match(text):
        year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
        if not 1 <= month <= 12:
            return year
        return f"{year}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else "")
    if found := parse_date(text):
        return found
    # "Jul 2019" is too short to be told from other words in a text, but here it can be nothing else.
    if re.fullmatch(r"\s*[^\W\d_]{3,12}\.?,? \d{4}\s*", text) and (first := parse_date(f"1 {text.strip()}")):
        return first[:7]
    year_alone = re.search(r"(?<!\d)(?:1[4-9]|20|21)\d\d(?!\d)", text)
    return year_alone[0] if year_alone else None


def note_text(note: str) -> str:
    """A note, which is often HTML, as text."""
    return "\n\n".join(block.text for block in entries.content_blocks(note))


def _attached_text(
    files: Iterable[str], attached: Mapping[str, bytes]
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The blocks and pictures of the first attached text that can be read."""
    from kbapp.reading import read  # the readers of all formats, of which this is one

    for name in files:
        if (data := attached.get(name)) is not None:
            try:
                article = read(data, re.split(r"[/\\]", name)[-1])[0]
            except UnreadableFile:
                continue
            if article.blocks:
                return article.blocks, article.pictures
    return (), ()


def _language(name: str | None) -> str | None:
    code = re.match(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})?\Z", (name or "").strip())
    return code[1] if code else None
