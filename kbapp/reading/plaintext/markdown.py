"""Markdown with or without YAML front matter, as Obsidian, Hugo, Zotero and kbapp's own export write it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kbapp.domain import Article, Author, Block, BlockKind, Span
from kbapp.reading import entries
from kbapp.reading.fields import bylines, dates, language
from kbapp.reading.inline_styles import Style, StyledText, style_of
from kbapp.reading.plaintext.front_matter import front_matter, opens_with_front_matter

_LINKS_BEGIN = "\n<!-- kbapp: links -->\n"  # below it kbapp's export puts links to its other pages
_MARKUP = re.compile(
    r"^#{1,6}\s+\S|^\s*[-*+]\s+\[[ x]\]|\[[^\]\n]+\]\([^)\s]+\)|^```|\*\*[^*\n]+\*\*|^>\s|^[-*_]{3,}$|^={3,}$", re.M
)
_FRONT_MATTER = "front matter"
_HEAD = 2000  # characters in which a date line may stand
_DAY_FIRST = re.compile(r"^[ ]{0,3}\d{1,2}\. [^\n]{3,40}$", re.M)
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
    if opens_with_front_matter(text):
        return True
    marks = _MARKUP.findall(text[:20_000])
    return len(marks) >= 2 and bool(re.search(r"^#{1,6}\s+\S|\]\(", text[:20_000], re.M))


def read_markdown(text: str, name: str = "") -> Article:
    """One article; fields come from the front matter first, then from the text as a reader would see it."""
    front, body = front_matter(text)
    if front.get("kbapp") == "article":
        return _exported(front, body, name)
    places = {field: _FRONT_MATTER for field in _KEYS if field not in ("saved", "tags") and _value(front, field)}
    blocks = _blocks(body)
    title = _string(front, "title")
    if blocks and blocks[0].kind == "heading" and (title is None or _same(blocks[0].text, title)):
        if title is None:
            title, places["title"] = blocks[0].text, "heading"
        blocks = blocks[1:]
    subtitle = _string(front, "subtitle")
    if subtitle is None and len(blocks) > 1 and blocks[0].kind == "heading" and (blocks[0].level or 0) >= 2:
        after = blocks[1].text
        if bylines.byline_of(after) or dates.is_date_only(after):
            subtitle, places["subtitle"], blocks = blocks[0].text, "heading", blocks[1:]
    elif subtitle is not None and blocks and _same(blocks[0].text, subtitle):
        blocks = blocks[1:]
    authors, published, source, blocks = _visible_fields(
        blocks, _authors(front), _date(front), _string(front, "source")
    )
    authors, blocks = _with_bios(authors, blocks)
    url = _string(front, "url")
    url = entries.original_address(url) if url and entries.is_address(url) else None
    if source and re.match(r"https?://", source):
        url, source, places["url"] = url or source, None, _FRONT_MATTER
    if title is None:
        title, places["title"] = _title_elsewhere(blocks, name)
    spoken, told = language.language_of(" ".join(block.text for block in blocks), _language_code(front))
    places["language"] = _FRONT_MATTER if told == "declared" else told
    for field in ("authors", "published", "source"):
        places.setdefault(field, "byline")
    found = {"title": title, "subtitle": subtitle, "authors": authors, "published": published, "source": source, "url": url, "language": spoken}  # fmt: skip
    return Article(
        title=title,
        subtitle=subtitle,
        authors=authors,
        published=published,
        source=source,
        url=url,
        language=spoken,
        format="markdown",
        blocks=tuple(blocks),
        tags=tuple(_list(_value(front, "tags"))),
        saved=_moment(_value(front, "saved")),
        provenance={field: places[field] for field, value in found.items() if value},
    )


def _exported(front: dict[str, Any], body: str, name: str) -> Article:
    """A page of kbapp's own export: all fields are in the front matter, and nothing of the body is to be guessed at."""
    blocks = _blocks(body.rpartition(_LINKS_BEGIN)[0] or body, exported=True)
    url = _string(front, "url")
    said = [
        field
        for field in ("title", "subtitle", "authors", "published", "source", "url", "language")
        if front.get(field)
    ]
    return Article(
        title=_exact(front, "title") or _title_elsewhere(blocks, name)[0],
        subtitle=_exact(front, "subtitle"),
        authors=tuple(_exported_authors(front)),
        published=_date(front),
        source=_exact(front, "source"),
        url=url if url and entries.is_address(url) else None,
        language=_string(front, "language"),
        format="markdown",
        blocks=tuple(blocks),
        tags=tuple(_list(_value(front, "tags"))),
        saved=_moment(_value(front, "saved")),
        is_read=front.get("read") is True,
        starred=front.get("starred") is True,
        provenance=dict.fromkeys(said, _FRONT_MATTER),
    )


def _exact(front: dict[str, Any], field: str) -> str | None:
    value = front.get(field)
    return str(value) if value not in (None, "") else None


def _exported_authors(front: dict[str, Any]) -> Iterator[Author]:
    listed = front.get("authors")
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict) and each.get("name"):
            yield Author(str(each["name"]), _exact(each, "bio"))
        elif isinstance(each, str) and each.strip():
            yield Author(each.strip())


# --- the fields of front matter ---
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


def _language_code(front: dict[str, Any]) -> str | None:
    """The declared language's ISO 639-1 code: of "de-AT", but not of "German"."""
    declared = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", _string(front, "language") or "", re.I)
    return declared[1].lower() if declared else None


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
def _blocks(body: str, exported: bool = False) -> list[Block]:
    """The blocks of a text; in one that was ``exported``, brackets and dates are those of the article and no marks."""
    head = body if exported else _DAY_FIRST.sub(_no_list_item, body[:_HEAD]) + body[_HEAD:]
    tokens = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table").parse(head)
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
            row.append(_inline(token, exported)[0])
        elif token.type == "inline" and (inline := _inline(token, exported))[0]:
            blocks.append(_block(around, *inline))
    return [block for block in blocks if block.text.strip()]


def _no_list_item(line: re.Match[str]) -> str:
    """A date line whose day would open a numbered list ("5. Mai 2021"), with its full stop escaped."""
    return line[0].replace(".", "\\.", 1) if dates.is_date_only(line[0].strip()) else line[0]


def _block(around: list[str], text: str, spans: tuple[Span, ...]) -> Block:
    kind: BlockKind = "paragraph"
    if around and re.fullmatch(r"h[1-6]", around[-1]):
        return Block("heading", text, int(around[-1][1]), spans)
    if "list_item" in around:
        kind = "list_item"
    elif "blockquote" in around:
        kind = "quote"
    return Block(kind, text, spans=spans)


def _inline(token: Token, exported: bool) -> tuple[str, tuple[Span, ...]]:
    """The text of a paragraph with its links and emphasis; line breaks that are meant are kept."""
    runs = StyledText()
    styles: list[Style] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            text = child.content
            if not exported:
                text = re.sub(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]", r"\1", text)
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


def _title_elsewhere(blocks: list[Block], name: str) -> tuple[str, str]:
    """A title of last resort, and where it was found."""
    stem = re.sub(r"\.\w{1,8}$", "", name.rsplit("/", 1)[-1])
    if stem:
        return stem.replace("_", " ").strip(), "file name"
    words = blocks[0].text.split() if blocks else ["Untitled"]
    return " ".join(words[:12]), "text"
