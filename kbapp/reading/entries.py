"""An entry of an export to an article: what all programs that keep links, pages and highlights say in their own ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from kbapp.domain import Article, Author, Block, Highlight
from kbapp.errors import Notice
from kbapp.reading.fields import bylines, language
from kbapp.reading.fields.dates import parse_date

LINK = "link"
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,4000}\Z")
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/\d{4,14}[a-z_]*|archive\.(?:ph|today|is|li|vn|fo|md)/\d{8,14}|"
    r"wayback\.archive-it\.org/\d+/\d{4,14}|webcache\.googleusercontent\.com/search\?q=cache:[\w-]*:)/?(?P<original>https?:/{1,2}\S+)",
    re.I,
)
_MARKUP = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|li|blockquote|table|span|a|b|i|em|strong|img|article|section|figure|pre)\b[^<>]*>", re.I
)
_TAG = re.compile(r"<[^<>]{1,500}>")
_COLOURS = {
    "yellow": "yellow", "orange": "yellow", "gold": "yellow", "brown": "yellow", "green": "green", "teal": "green", "lime": "green", "blue": "blue",
    "cyan": "blue", "aqua": "blue", "indigo": "blue", "pink": "pink", "red": "pink", "rose": "pink", "magenta": "pink", "purple": "purple",
    "violet": "purple", "gelb": "yellow", "grün": "green", "blau": "blue", "rosa": "pink", "jaune": "yellow", "bleu": "blue", "rose vif": "pink",
    "amarillo": "yellow", "azul": "blue", "naranja": "yellow",
}  # fmt: skip
_NO_FOLDERS = frozenset(
    "unsorted|unread|archive|archived|starred|favorites|favourites|read archive|read|inbox|all|home|bookmarks bar|bookmarks menu|"
    "other bookmarks|mobile bookmarks|lesezeichen-symbolleiste|weitere lesezeichen".split("|")
)
_MOST_TAGS = 200


def link(
    url: str, *, title: str = "", excerpt: str = "", authors: Iterable[str] = (), published: str | None = None, saved: str | None = None,
    tags: Iterable[str] = (), is_read: bool = False, starred: bool = False, highlights: Iterable[Highlight] = (), note: str = "",
    source: str | None = None, words_language: str | None = None,
) -> Article:  # fmt: skip
    """A link as an article: its text is what the export knows of it, else the passages that were marked, else the address."""
    marks = with_note(highlights, note)
    words = plain(excerpt)
    if words:
        blocks = [Block("paragraph", words)]
    else:
        blocks = [Block("quote", " ".join(mark.text.split())) for mark in marks if mark.text.strip()]
    url = original_address(url)
    text = " ".join(block.text for block in blocks)
    return Article(
        title=plain(title) or url,
        blocks=tuple(blocks or [Block("paragraph", url)]),
        authors=_authors(authors),
        published=published,
        source=source or (urlsplit(url).hostname or "").removeprefix("www.") or None,
        url=url,
        language=words_language or (language.detect(text) if text else None),
        format=LINK,
        tags=tidy_tags(tags),
        saved=saved,
        is_read=is_read,
        starred=starred,
        highlights=marks,
    )


def document(
    *, title: str, blocks: Iterable[Block], form: str, url: str | None = None, subtitle: str | None = None, authors: Iterable[str] = (),
    published: str | None = None, saved: str | None = None, source: str | None = None, tags: Iterable[str] = (), is_read: bool = False,
    starred: bool = False, highlights: Iterable[Highlight] = (), note: str = "", words_language: str | None = None,
    unsure: tuple[str, ...] = (), warnings: tuple[Notice, ...] = (),
) -> Article:  # fmt: skip
    """An entry that came with its text."""
    kept = tuple(block for block in blocks if block.text.strip())
    text = " ".join(block.text for block in kept)
    address = original_address(url) if url and _ADDRESS.match(url) else None
    values = {"title": title, "authors": authors, "published": published, "source": source, "url": address}
    return Article(
        title=plain(title) or " ".join(text.split()[:12]) or (address or ""),
        blocks=kept,
        subtitle=plain(subtitle or "") or None,
        authors=_authors(authors),
        published=published,
        source=source or ((urlsplit(address).hostname or "").removeprefix("www.") or None if address else None),
        url=address,
        language=(words_language or "").partition("-")[0].partition("_")[0].lower() or language.detect(text),
        format=form,
        tags=tidy_tags(tags),
        saved=saved,
        is_read=is_read,
        starred=starred,
        highlights=with_note(highlights, note),
        provenance={field: "export" for field, value in values.items() if value},
        unsure=unsure,
        warnings=warnings,
    )


def with_note(highlights: Iterable[Highlight], note: str) -> tuple[Highlight, ...]:
    """The highlights that say something, and the user's own note on the whole."""
    marks = tuple(mark for mark in highlights if mark.text.strip() or mark.note.strip())
    return (*marks, Highlight("", note.strip())) if note.strip() else marks


def content_blocks(content: str) -> list[Block]:
    """The blocks of an entry's text, which may be HTML."""
    if _MARKUP.search(content):
        from kbapp.reading.webpage.fragments import html_blocks
        from kbapp.reading.webpage.parsing import parse

        return html_blocks(parse(f"<html><body>{content}</body></html>"))
    return [Block("paragraph", " ".join(part.split())) for part in re.split(r"\n\s*\n", content) if part.strip()]


def plain(text: str) -> str:
    """A title or excerpt on one line, without markup."""
    return " ".join((_TAG.sub(" ", text) if _MARKUP.search(text) else text).split())


def is_address(text: object) -> bool:
    return isinstance(text, str) and bool(_ADDRESS.match(text.strip()))


def original_address(url: str) -> str:
    """The address of the page itself, where an archive's copy of it was saved."""
    url = url.strip()
    match = _ARCHIVED.match(url)
    if match is None:
        return url
    original = match["original"]
    return re.sub(r"^(https?:)/(?=[^/])", r"\1//", unquote(original) if "%3A%2F%2F" in original.upper() else original)


def moment(value: object) -> str | None:
    """A time as exports write it, in ISO 8601: seconds, milliseconds or microseconds since 1970, "20240305T140500Z", or a date."""
    text = str(value).strip() if value is not None and not isinstance(value, bool) else ""
    if re.fullmatch(r"\d{9,17}(?:\.\d+)?", text):
        number = float(text)
        seconds = number / 1e6 if number > 1e14 else number / 1e3 if number > 1e11 else number
        try:
            return datetime.fromtimestamp(int(seconds), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?", text):
        year, month, day, hour, minute, second = match.groups()
        text = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second or '00'}Z" if hour else "")
    return parse_date(text) if text else None


def colour(value: object) -> str | None:
    """kbapp's colour for another program's."""
    name = str(value or "").strip().casefold().removeprefix("highlight_").removeprefix("bg-")
    if match := re.fullmatch(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?", name):
        return _nearest(*(int(match[1][at : at + 2], 16) for at in (0, 2, 4)))
    return _COLOURS.get(name)


def _nearest(red: int, green: int, blue: int) -> str | None:
    """The colour whose hue is nearest; None for grey."""
    highest, lowest = max(red, green, blue), min(red, green, blue)
    if highest - lowest < 24:
        return None
    spread = highest - lowest
    if highest == red:
        hue = 60 * ((green - blue) / spread % 6)
    elif highest == green:
        hue = 60 * ((blue - red) / spread + 2)
    else:
        hue = 60 * ((red - green) / spread + 4)
    for end, name in ((20, "pink"), (70, "yellow"), (165, "green"), (250, "blue"), (290, "purple")):
        if hue < end:
            return name
    return "pink"


def truth(value: object) -> bool:
    """Whether a cell or value says yes."""
    return value is True or str(value).strip().casefold() in ("1", "true", "yes", "y", "x", "ja", "oui", "sí", "✓")


def names(value: object) -> list[str]:
    """Authors however they are given: a string, a list of strings or of objects with names."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("full_name") or ""
    if isinstance(value, (list, tuple)):
        return [name for each in value for name in names(each)]
    text = str(value or "").strip()
    if not text or text.casefold() in ("none", "null", "unknown", "n/a"):
        return []
    if ";" in text and "," in text:  # "Finch, Ada; Okoye, Ben"
        parts = [part.strip() for part in text.split(";") if part.strip()]
        return [
            f"{given.strip()} {family.strip()}" if given else family
            for family, _, given in (part.partition(",") for part in parts)
        ]
    if match := re.fullmatch(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [^\W\d_]\.?)*)", text):
        return [f"{match[2]} {match[1]}"]
    found = bylines.parse_authors(text)
    return found or [bylines.tidy_name(text)]


def tags_in(value: object) -> list[str]:
    """Tags however they are given: a list of strings or objects, a JSON list, or words parted by a mark."""
    if isinstance(value, (list, tuple)):
        found = [str(each.get("name") or each.get("label") or each.get("title") or each.get("tag") or "") if isinstance(each, Mapping) else str(each) for each in value if each]  # fmt: skip
        return [tag.lstrip("#") for tag in found]
    text = str(value or "").strip()
    if text.startswith("[") and text.endswith("]"):
        text = re.sub(r"[\[\]'\"]", "", text)
    return [tag.strip().lstrip("#") for tag in re.split(r"[|;,]" if re.search(r"[|;,]", text) else r"(?!x)x", text)]


def folder_tag(folder: str) -> list[str]:
    """A folder as a tag, unless it is one that its program gives to everything."""
    name = folder.strip().strip("/")
    return [name] if name and name.casefold() not in _NO_FOLDERS else []


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))[:_MOST_TAGS]


def marks_in(value: object) -> list[Highlight]:
    """Highlights however they are given: a list of strings or of objects with the words, a comment, a colour and a time."""
    if not isinstance(value, list):
        return []
    return [_mark(each) if isinstance(each, Mapping) else Highlight(str(each)) for each in value if each]


def _mark(item: Mapping[str, Any]) -> Highlight:
    quote = item.get("quote") or item.get("highlight") or item.get("exact") or item.get("highlighted_text")
    text = str(quote or item.get("text") or item.get("content") or "")
    comment = item.get("note") or item.get("comment") or item.get("annotation") or (item.get("text") if quote else "")
    when = next(
        (
            item[key]
            for key in ("created", "created_at", "createdAt", "highlighted_at", "highlightedAt", "date")
            if item.get(key)
        ),
        None,
    )
    return Highlight(
        text.strip(), str(comment or "").strip(), colour(item.get("color") or item.get("colour")), moment(when), tuple(tags_in(item.get("tags") or item.get("labels") or []))
    )  # fmt: skip


def _authors(authors: Iterable[str]) -> tuple[Author, ...]:
    return tuple(Author(name) for name in dict.fromkeys(authors) if name)
