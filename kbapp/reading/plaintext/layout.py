"""Plain text to articles: a headline, perhaps a dek and a byline, the body, perhaps a line about the author.

The way through: split the text into paragraphs (``paragraphs.py``), take the head and the foot off, and what is left
is the body. Nothing here knows a publisher; each rule is a habit of the trade.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.fields import bylines, dates, language
from kbapp.reading.plaintext.paragraphs import split_paragraphs

_KEYED = re.compile(
    r"^(?P<key>title|headline|subtitle|subheadline|sub-headline|dek|deck|standfirst|date|published|publication date|published on|"
    r"posted|updated|source|publication|publisher|newspaper|outlet|from|url|link|web|original|language|tags|keywords|section|"
    r"titel|untertitel|datum|quelle|fonte|fuente|fecha)\s*:\s*(?P<value>\S.*)$", re.I)  # fmt: skip
_URL = re.compile(r"https?://[^\s<>\"]+")
_ENDS = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
_SEPARATOR = re.compile(r"\n[ \t]*(?:[=_*#~-]{5,}|\f)[ \t]*\n|\f")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’/()-]{2,60}|[A-Z][\w .,'’-]{2,40}\([A-Z][\w /]+\))[^—–\n]{0,40}\s*(?:--|[—–-])\s"
)
_CREDIT = re.compile(r"^[(\[]?\s*(?:additional\s+)?(?:reporting|writing|editing|written|edited|compiled|photos?|photography|translation)\s+by\b", re.I)  # fmt: skip
_LIST_ITEM = re.compile(r"^(?:[-*•‣◦–]|\d{1,3}[.)])\s+(?P<text>\S.*)$", re.S)
_HEAD = 8  # paragraphs in which headline, dek, byline and date are looked for
_FOOT = 8


@dataclass
class _Draft:
    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)
    bios: list[str] = field(default_factory=list)
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)


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
    if len(paragraphs) < 3 or len(paragraphs[0]) > 200 or _ENDS.search(paragraphs[0].rstrip("?!")):
        return False
    signed = any(bylines.byline_of(line) or dates.is_date_only(line) for line in paragraphs[1:_HEAD] + paragraphs[-3:])
    return signed and max(map(len, paragraphs)) > 80


def _read_one(text: str, name: str) -> Article:
    paragraphs = split_paragraphs(text)
    draft = _Draft()
    paragraphs = _take_head(paragraphs, draft)
    paragraphs = _take_foot(paragraphs, draft)
    blocks = tuple(_blocks(paragraphs))
    if draft.published is None and blocks:
        draft.published = _dateline_date(blocks[0].text)
    title = draft.title or _title_from(blocks, name)
    return Article(
        title=title,
        subtitle=draft.subtitle,
        authors=_authors(draft),
        published=draft.published,
        source=draft.source,
        url=draft.url,
        language=draft.language or language.detect(" ".join(block.text for block in blocks) or title),
        format="text",
        blocks=blocks,
        tags=tuple(draft.tags),
    )


def _dateline_date(paragraph: str) -> str | None:
    """The date in a dateline that gives its year: "PORT ELLERY, 9 November 2022 - ..."."""
    head = re.match(r"^(.{6,80}?)\s(?:--|[—–-])\s", paragraph)
    found = dates.find_date(head[1]) if head and re.search(r"[A-Z]{3}|^\d", head[1]) else None
    return found[0] if found else None


def _authors(draft: _Draft) -> tuple[Author, ...]:
    authors = []
    bios = list(draft.bios)
    for name in dict.fromkeys(draft.authors):
        mine = [bio for bio in bios if bylines.is_bio(bio, name)]
        if not mine and len(draft.authors) == 1:
            mine = bios
        authors.append(Author(name, "\n\n".join(mine) or None))
        bios = [bio for bio in bios if bio not in mine]
    return tuple(authors)


# --- the head ------------------------------------------------------------------------------------------------------
def _take_head(paragraphs: list[str], draft: _Draft) -> list[str]:
    rest = list(paragraphs)
    looked = 0
    while rest and looked < _HEAD:
        looked += 1
        line = rest[0]
        if not _take_head_line(line, rest, draft):
            break
        rest.pop(0)
    return rest


def _take_head_line(line: str, rest: list[str], draft: _Draft) -> bool:
    """Files one paragraph of the head under the field that it is; False when the body begins with it."""
    if _take_labelled(line, draft):
        return True
    if _take_byline(line, draft):
        return True
    if dates.is_date_only(line):
        draft.published = draft.published or dates.parse_date(line)
        return True
    if len(line) < 160 and _URL.fullmatch(line.strip("<>")):
        draft.url = draft.url or line.strip("<>")
        return True
    if draft.title is None:
        if not _is_headline(line, rest):
            return False
        draft.title = _strip_markup(line)
        return True
    if _is_source_and_date(line, draft):
        return True
    if draft.subtitle is None and _is_dek(line, rest, draft):
        draft.subtitle = _strip_markup(line)
        return True
    return _bare_name_byline(line, rest, draft)


def _is_headline(line: str, rest: list[str]) -> bool:
    if len(line) > 250 or _DATELINE.match(line):
        return False
    if len(rest) == 1:
        return not _ENDS.search(line) and len(line) < 120
    return len(line) <= 150 or not line.rstrip().endswith(".")


def _is_dek(line: str, rest: list[str], draft: _Draft) -> bool:
    """A dek stands between headline and body: short, and either unlike a sentence or followed by the byline."""
    if len(line) > 320 or len(rest) < 2 or _DATELINE.match(line) or _LIST_ITEM.match(line):
        return False
    following = rest[1]
    marked_off = bool(bylines.byline_of(following)) or dates.is_date_only(following) or bool(_KEYED.match(following))
    if marked_off and not draft.authors:
        return True
    if _ENDS.search(line):
        return False
    return len(line) < 220 and len(following) > len(line) * 0.8 and not line.endswith((":", ","))


def _is_source_and_date(line: str, draft: _Draft) -> bool:
    """ "The Daily Planet, October 18, 2010" or "Daily Planet | 18 Oct 2010"."""
    found = dates.find_date(line)
    if not found or len(line) > 120 or draft.published or _ENDS.search(line[: found[1]].strip()):
        return False
    before = line[: found[1]].strip(" ,|·•–—-(")
    after = line[found[2] :].strip(" ,|·•–—-).")
    if len(after) > 60 or len(before) > 80 or (before and not before[0].isupper()):
        return False
    before = re.sub(r"^(published|posted|updated)( on| in)?\b", "", before, flags=re.I).strip(" :,")
    before = re.sub(r"[ ,|·•–—-]+(?:mon|tues|wednes|thurs|fri|satur|sun)day$", "", before, flags=re.I)
    if before and bylines.is_name(before) and not draft.authors and "|" not in line:
        draft.authors = [before]
    elif before and len(before.split()) > 7:
        return False
    elif before and not re.fullmatch(r"(mon|tues|wednes|thurs|fri|satur|sun)day", before, re.I):
        draft.source = draft.source or before
    draft.published = found[0]
    return True


def _bare_name_byline(line: str, rest: list[str], draft: _Draft) -> bool:
    """A line that is nothing but a name, just before the date or the first long paragraph."""
    if draft.authors or len(rest) < 2 or len(line) > 60 or not bylines.is_name(line):
        return False
    if draft.subtitle is None and not (dates.is_date_only(rest[1]) or len(rest[1]) > 120):
        return False
    draft.authors = [bylines.tidy_name(line)]
    return True


def _take_labelled(line: str, draft: _Draft) -> bool:
    match = _KEYED.match(line)
    if not match or len(line) > 400:
        bio = bylines.BIO_KEY.match(line)
        if bio:
            draft.bios.append(bio["text"].strip())
        return bool(bio)
    key, value = match["key"].lower(), match["value"].strip()
    if key in ("title", "headline", "titel"):
        draft.title = value
    elif key in ("subtitle", "subheadline", "sub-headline", "dek", "deck", "standfirst", "untertitel"):
        draft.subtitle = value
    elif key in ("date", "published", "publication date", "published on", "posted", "updated", "datum", "fecha"):
        if not (iso := dates.parse_date(value)):
            return False
        if key != "updated" or not draft.published:
            draft.published = iso
    elif key in ("url", "link", "web", "original") or _URL.fullmatch(value):
        if not _URL.match(value):
            return False
        draft.url = value
    elif key in ("tags", "keywords"):
        draft.tags = [tag.strip().lstrip("#") for tag in re.split(r"[,;]", value) if tag.strip()]
    elif key == "language":
        draft.language = value[:2].lower() if len(value) in (2, 5) else None
    elif key == "section":
        pass
    elif len(value) <= 80 and not _ENDS.search(value):
        draft.source = value
    else:
        return False
    return True


def _take_byline(line: str, draft: _Draft) -> bool:
    names = bylines.byline_of(line)
    if not names:
        return False
    draft.authors += names
    found = dates.find_date(line)
    if found and not draft.published:
        draft.published = found[0]
    agency = re.search(
        r"(?:,|\||\bfor\b)\s*(?:for\s+)?(?P<source>(?:the\s+)?[A-Z][\w .’'&-]{1,50})$",
        line[: found[1]] if found else line,
    )
    if agency and not draft.source and bylines.tidy_name(agency["source"]) not in names and not re.search(
        r"\b(writer|correspondent|editor|reporter|jr|sr|staff|bureau|columnist|analyst)\b", agency["source"], re.I
    ) and not bylines.is_name(agency["source"]):  # fmt: skip
        draft.source = agency["source"].strip()
    return True


# --- the foot ------------------------------------------------------------------------------------------------------
def _take_foot(paragraphs: list[str], draft: _Draft) -> list[str]:
    start = _foot_start(paragraphs, draft)
    body = paragraphs[:start]
    for line in paragraphs[start:]:
        if bylines.ABOUT_AUTHOR.match(line) or _take_labelled(line, draft) or _CREDIT.match(line):
            continue
        names = bylines.byline_of(line)
        if names:
            draft.authors = draft.authors or names
        elif dates.is_date_only(line):
            draft.published = draft.published or dates.parse_date(line)
        elif _URL.fullmatch(line.strip("<>")):
            draft.url = draft.url or line.strip("<>")
        elif _signature(line):
            draft.authors = draft.authors or [_signature(line) or ""]
        else:
            subject = bylines.bio_subject(line)
            if subject and not draft.authors:
                draft.authors = [subject]
            draft.bios.append(
                line.strip(" *_[]").removeprefix("(").strip() if line.startswith(("*", "_", "[")) else line
            )
    return body


def _foot_start(paragraphs: list[str], draft: _Draft) -> int:
    """The index of the first paragraph that is about the article rather than of it."""
    start = len(paragraphs)
    known = list(draft.authors)
    for back in range(1, min(_FOOT, len(paragraphs) - 1) + 1):
        index = len(paragraphs) - back
        for name in bylines.byline_of(paragraphs[index]):
            known.append(name)
        if bylines.ABOUT_AUTHOR.match(paragraphs[index]) or (
            bylines.byline_of(paragraphs[index]) and _all_about_author(paragraphs[index + 1 :], known)
        ):
            return index
    for index in range(len(paragraphs) - 1, 0, -1):
        line = paragraphs[index]
        if not (_is_foot_line(line) or _is_closing_bio(line, known, index, paragraphs)):
            break
        start = index
    return start


def _all_about_author(paragraphs: list[str], known: list[str]) -> bool:
    """After a closing byline only the bio and labels may follow; else the line was part of the text."""
    return all(
        _is_foot_line(line) or (len(line) < 1500 and (index == 0 or any(bylines.is_bio(line, name) for name in known) or len(paragraphs) <= 3))
        for index, line in enumerate(paragraphs)
    )  # fmt: skip


def _is_foot_line(line: str) -> bool:
    match = _KEYED.match(line)
    labelled = bool(match) and len(line) < 200 and not _ENDS.search(line)
    return (
        labelled
        or bool(bylines.byline_of(line))
        or bool(bylines.BIO_KEY.match(line))
        or (dates.is_date_only(line) and len(line) < 60)
        or bool(_URL.fullmatch(line.strip("<>")))
        or (bool(_CREDIT.match(line)) and len(line) < 300)
        or bool(_signature(line))
    )


def _is_closing_bio(line: str, known: list[str], index: int, paragraphs: list[str]) -> bool:
    if len(line) > 1500:
        return False
    if any(bylines.is_bio(line, name) for name in known if not bylines.is_agency(name)):
        return True
    subject = bylines.bio_subject(line)
    return bool(subject) and not known and index >= 2 and not any(
        (subject or "").split()[-1] in paragraph for paragraph in paragraphs[:index]
    )  # fmt: skip


def _signature(line: str) -> str | None:
    """ "— Jane Doe" under the text."""
    match = re.match(r"^\s*(?:--|[—–])\s*(?P<name>\S.{2,50})$", line)
    return match["name"].strip() if match and bylines.is_name(match["name"].strip()) else None


# --- the body ------------------------------------------------------------------------------------------------------
def _blocks(paragraphs: list[str]) -> list[Block]:
    blocks = []
    for index, paragraph in enumerate(paragraphs):
        item = _LIST_ITEM.match(paragraph)
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
    return any(_LIST_ITEM.match(other) for other in around)


def _is_heading(paragraph: str, following: list[str], index: int) -> bool:
    if len(paragraph) > 80 or _ENDS.search(paragraph) or paragraph.endswith((",", ":", ";")) or not following:
        return False
    words = re.findall(r"[^\W\d_]+", paragraph)
    starts_well = bool(words) and (paragraph[0].isupper() or paragraph[0].isdigit())
    return (
        starts_well and index > 0 and len(words) <= 10 and len(following[0]) > 100 and bool(_ENDS.search(following[0]))
    )


def _strip_markup(line: str) -> str:
    return re.sub(r"\s+", " ", line).strip(" *_#=")


def _title_from(blocks: tuple[Block, ...], name: str) -> str:
    """A text without a headline is called by its file, else by its first words."""
    stem = re.sub(r"\.\w{1,5}$", "", name.rsplit("/", 1)[-1])
    if stem and not re.fullmatch(r"[\W\d_]*|untitled|document|article|text|stdin|clipboard", stem, re.I):
        return re.sub(r"[_]+", " ", stem).strip()
    words = (blocks[0].text if blocks else "Untitled").split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
