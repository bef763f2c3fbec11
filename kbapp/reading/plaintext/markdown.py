"""Markdown with or without YAML front matter, as Obsidian, Hugo, Zotero and kbapp's own export write it."""

from __future__ import annotations

import datetime
import re
import tomllib
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kbapp.domain import Article, Author, Block, BlockKind, Span
from kbapp.reading.fields import bylines, dates, entries, language
from kbapp.reading.inline_styles import Style, StyledText, style_of

_FRONT = re.compile(r"\A﻿?---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML_FRONT = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(?P<toml>.{0,100000}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
_MARKUP = re.compile(
    r"^#{1,6}\s+\S|^\s*[-*+]\s+\[[ x]\]|\[[^\]\n]+\]\([^)\s]+\)|^```|\*\*[^*\n]+\*\*|^>\s|^[-*_]{3,}$|^={3,}$", re.M
)
_KEYS = {
    "title": ("title", "headline", "full-title", "full_title"),
    "subtitle": ("subtitle", "dek", "deck", "standfirst", "description", "excerpt"),
    "authors": ("authors", "author", "byline", "by", "creator"),
    "published": ("published", "date", "date_published", "datePublished", "publish_date", "pubdate"),
    "saved": (
        "date_saved",
        "saved",
        "saved_at",
        "date_added",
        "added",
        "clipped",
        "created",
        "created_at",
        "date_created",
    ),
    "source": ("source", "publication", "publisher", "site", "site_name", "newspaper", "website", "outlet"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url", "original_url"),
    "language": ("language", "lang"),
    "tags": ("tags", "keywords", "categories"),
}


def looks_like_markdown(text: str) -> bool:
    """Whether the text opens with front matter or carries at least two marks of Markdown, one a heading or link."""
    if _FRONT.match(text) or _TOML_FRONT.match(text):
        return True
    marks = _MARKUP.findall(text[:20_000])
    return len(marks) >= 2 and bool(re.search(r"^#{1,6}\s+\S|\]\(", text[:20_000], re.M))


def read_markdown(text: str, name: str = "") -> Article:
    """One article; fields come from the front matter first, then from the text as a reader would see it."""
    front, body = front_matter(text)
    blocks = _blocks(body)
    title = _string(front, "title")
    if blocks and blocks[0].kind == "heading" and (title is None or _same(blocks[0].text, title)):
        title = title or blocks[0].text
        blocks = blocks[1:]
    subtitle = _string(front, "subtitle")
    if subtitle is None and len(blocks) > 1 and blocks[0].kind == "heading" and (blocks[0].level or 0) >= 2:
        after = blocks[1].text
        if bylines.byline_of(after) or dates.is_date_only(after):
            subtitle, blocks = blocks[0].text, blocks[1:]
    elif subtitle is not None and blocks and _same(blocks[0].text, subtitle):
        blocks = blocks[1:]
    authors, published, source, blocks = _visible_fields(
        blocks, _authors(front), _date(front), _string(front, "source")
    )
    authors, blocks = _with_bios(authors, blocks)
    url = _string(front, "url")
    url = entries.original_address(url) if url and entries.is_address(url) else None
    if source and re.match(r"https?://", source):
        url, source = url or source, None
    return Article(
        title=title or _first_words(blocks, name),
        subtitle=subtitle,
        authors=authors,
        published=published,
        source=source,
        url=url,
        language=(_string(front, "language") or "")[:2].lower()
        or language.detect(" ".join(block.text for block in blocks)),
        format="markdown",
        blocks=tuple(blocks),
        tags=tuple(_list(_value(front, "tags"))),
        saved=_moment(_value(front, "saved")),
    )


# --- front matter --------------------------------------------------------------------------------------------------
def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML at the head of a text (empty where there is none) and the text below it; never raises."""
    match = _FRONT.match(text)
    if not match:
        return _toml_front_matter(text)
    body = text[match.end() :]
    source = match["yaml"]
    if len(source) > 100_000 or source.count("*") > 1000:
        return {}, body
    try:
        front = yaml.load(source, Loader=_PlainLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        front = dict(re.findall(r"^(\w[\w -]*):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", source, re.M))
    return (front if isinstance(front, dict) else {}), body


def _toml_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The same for TOML between lines of "+++", as Hugo has it."""
    match = _TOML_FRONT.match(text)
    if not match:
        return {}, text
    try:
        return tomllib.loads(match["toml"]), text[match.end() :]
    except (tomllib.TOMLDecodeError, RecursionError):
        return dict(re.findall(r"^(\w[\w -]*?)\s*=\s*[\"']?(.+?)[\"']?\s*$", match["toml"], re.M)), text[match.end() :]


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML in which dates stay the strings that were written, and with them their precision; no aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")  # a few lines of them can unfold to gigabytes
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _value(front: dict[str, Any], field: str) -> Any:
    folded = {str(key).lower().replace("-", "_"): value for key, value in front.items()}
    for key in _KEYS[field]:
        if folded.get(key.lower()) not in (None, "", []):
            return folded[key.lower()]
    return None


def _string(front: dict[str, Any], field: str) -> str | None:
    value = _value(front, field)
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        value = value[0] if value else None
    text = re.sub(r"\s+", " ", str(value)).strip() if value is not None else ""
    return text or None


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"[,;]", value)
    return [str(item).strip().lstrip("#") for item in value if str(item).strip()] if isinstance(value, list) else []


def _date(front: dict[str, Any]) -> str | None:
    return _moment(_value(front, "published"))


def _moment(value: Any) -> str | None:
    """A date with the precision that was written; a bare year is one."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    text = str(value).strip() if value is not None else ""
    return text if re.fullmatch(r"(?:1[5-9]|20|21)\d\d", text) else entries.moment(text)


def _authors(front: dict[str, Any]) -> tuple[Author, ...]:
    value = _value(front, "authors")
    bio = next((str(front[key]).strip() for key in ("author_bio", "bio", "about_author") if front.get(key)), None)
    authors: list[Author] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and item.get("name"):
            about = item.get("bio") or item.get("description")
            authors.append(Author(bylines.tidy_name(str(item["name"])), str(about).strip() if about else None))
        elif isinstance(item := _innermost(item), str):
            text = re.sub(r"^\[\[(?:[^\]|]*\|)?|\]\]$", "", item.strip())
            authors += [Author(name) for name in bylines.parse_authors(re.sub(r"^by\s+", "", text, flags=re.I))]
    if bio and len(authors) == 1 and not authors[0].bio:
        authors = [Author(authors[0].name, bio)]
    return tuple(authors)


def _innermost(value: Any) -> Any:
    """What a link without quotes is to YAML, "[[Ada Holm]]", is a list in a list."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value


# --- the text ------------------------------------------------------------------------------------------------------
def _blocks(body: str) -> list[Block]:
    tokens = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table").parse(body)
    blocks: list[Block] = []
    around: list[str] = []
    row: list[str] = []
    table: list[str] = []
    for token in tokens:
        if token.type in ("blockquote_open", "list_item_open", "heading_open", "table_open"):
            around.append(token.type[:-5] if token.type != "heading_open" else token.tag)
        elif token.type in ("blockquote_close", "list_item_close", "heading_close", "table_close"):
            around.pop()
            if token.type == "table_close":
                blocks.append(Block("table", "\n".join(table)))
                table = []
        elif token.type == "tr_close":
            table.append("\t".join(row))
            row = []
        elif token.type in ("fence", "code_block"):
            blocks.append(Block("code", token.content.rstrip("\n")))
        elif token.type == "inline" and "table" in around:
            row.append(_inline(token)[0])
        elif token.type == "inline" and (inline := _inline(token))[0]:
            blocks.append(_block(around, *inline))
    return [block for block in blocks if block.text.strip()]


def _block(around: list[str], text: str, spans: tuple[Span, ...]) -> Block:
    kind: BlockKind = "paragraph"
    if around and re.fullmatch(r"h[1-6]", around[-1]):
        return Block("heading", text, int(around[-1][1]), spans)
    if "list_item" in around:
        kind = "list_item"
    elif "blockquote" in around:
        kind = "quote"
    return Block(kind, text, spans=spans)


def _inline(token: Token) -> tuple[str, tuple[Span, ...]]:
    """The text of a paragraph with its links and emphasis; line breaks that are meant are kept."""
    runs = StyledText()
    styles: list[Style] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            text = re.sub(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]", r"\1", child.content)
            runs.add(
                re.sub(r"[ \t]+", " ", text), (*styles, ("code", "")) if child.type == "code_inline" else tuple(styles)
            )
        elif child.type == "softbreak":
            runs.add(" ", tuple(styles))
        elif child.type == "hardbreak":
            runs.add("\n", tuple(styles))
        elif child.nesting == 1:
            href = str(child.attrGet("href") or "")
            styles.append(style_of(child.tag, href) or ("link", ""))
        elif child.nesting == -1 and styles:
            styles.pop()
    text, spans = runs.take(fold=False)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    kept = (
        Span(max(0, span.start - lead), min(len(text), span.end - lead), span.kind, span.target)
        for span in spans
        if span.kind != "link" or span.target
    )
    return text, tuple(span for span in kept if span.end > span.start)


def _visible_fields(
    blocks: list[Block], authors: tuple[Author, ...], published: str | None, source: str | None
) -> tuple[tuple[Author, ...], str | None, str | None, list[Block]]:
    """A byline or date line at the head of the body fills what the front matter left out, and leaves the body."""
    rest = list(blocks)
    while rest and rest[0].kind in ("paragraph", "heading") and len(rest[0].text) < 200:
        line = rest[0].text.replace("\n", " ")
        names = bylines.byline_of(line)
        if names:
            authors = authors or tuple(map(Author, names))
            published = published or dates.parse_date(line)
            pieces = [piece.strip() for piece in line.split("|")[1:]]
            source = source or next((piece for piece in pieces if bylines.is_outlet(piece)), None)
        elif dates.is_date_only(line):
            published = published or dates.parse_date(line)
        else:
            break
        rest = rest[1:]
    return authors, published, source, rest


def _with_bios(authors: tuple[Author, ...], blocks: list[Block]) -> tuple[tuple[Author, ...], list[Block]]:
    """Closing paragraphs about the authors become their bios."""
    if len(blocks) > 1 and not authors:
        names = bylines.byline_of(blocks[-1].text) or bylines.byline_of(blocks[-2].text if len(blocks) > 2 else "")
        authors = tuple(map(Author, names))
    bios: dict[str, list[str]] = {}
    end = len(blocks)
    while end > 1:
        text = blocks[end - 1].text
        name = next((a.name for a in authors if not bylines.is_agency(a.name) and bylines.is_bio(text, a.name)), None)
        if name:
            bios.setdefault(name, []).insert(0, text)
        elif not (bylines.byline_of(text) or bylines.ABOUT_AUTHOR.match(text)):
            break
        end -= 1
    found = tuple(Author(a.name, a.bio or "\n\n".join(bios.get(a.name, [])) or None) for a in authors)
    return found, blocks[:end]


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _first_words(blocks: list[Block], name: str) -> str:
    stem = re.sub(r"\.\w{1,8}$", "", name.rsplit("/", 1)[-1])
    if stem:
        return stem.replace("_", " ").strip()
    words = blocks[0].text.split() if blocks else ["Untitled"]
    return " ".join(words[:12])
