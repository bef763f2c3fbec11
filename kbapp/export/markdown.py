"""Articles and notes as Markdown with YAML front matter, for people and for every program that reads Markdown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml

from kbapp.domain import Article, Block, Note
from kbapp.library.articles.rows import StoredArticle

LINKS_BEGIN = "<!-- kbapp: links -->"  # what comes after this in a file is not part of the text
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ESCAPED = re.compile(r"[\\`*_\[\]<>]|~(?=~)|(?<=~)~|&(?=#?\w+;)")
_LINE_MARKS = re.compile(r"^(?:([>#|=]|[-+~](?=\s|$|[-+~])|:(?=-))|(\d{1,9})([.)])(?=\s|$))", re.M)


def front_matter(values: Mapping[str, Any]) -> str:
    """YAML between two lines of dashes; fields that say nothing are left out."""
    said = {key: value for key, value in values.items() if value not in (None, [], "", False)}
    dumped = yaml.dump(said, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{dumped}---\n\n"


def article_markdown(
    article: Article, stored: StoredArticle | None = None, original: str | None = None, *,
    pictures: Sequence[tuple[str, str, int]] = (), links: Iterable[str] = (),
) -> str:  # fmt: skip
    """One article; reading it again gives the same fields and text.

    Args:
        article: The article.
        stored: What a library knows of it.
        original: Where the file lies that it was read from.
        pictures: (address, words, number of the block that follows) of its pictures.
        links: Lines of links that are put below the text.
    """
    front: dict[str, Any] = {
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": [
            {"name": author.name, "bio": author.bio} if author.bio else {"name": author.name} for author in article.authors
        ],
        "published": article.published, "source": article.source, "url": article.url, "language": article.language,
        "tags": list(article.tags), "people": [person.name for person in article.people],
        "date_saved": article.saved, "read": article.is_read, "starred": article.starred,
        "kbapp": "article", "kbapp_id": stored.id if stored else None, "imported": stored.imported if stored else None,
        "original": original,
    }  # fmt: skip
    parts: list[str] = []
    shown = {at: [each for each in pictures if each[2] == at] for _, _, at in pictures}
    for at, block in enumerate(article.blocks):
        parts += [_picture(*each[:2]) for each in shown.get(at, ())]
        parts.append(block_markdown(block))
    parts += [_picture(*each[:2]) for each in pictures if each[2] >= len(article.blocks)]
    below = list(links)
    if below:
        parts += [LINKS_BEGIN, *below]
    return front_matter(front) + "\n\n".join(parts) + "\n"


def note_markdown(note: Note, about: str | None, text: str | None = None) -> str:
    """One note with its subject and the passage that it is about; ``text`` is its text with links that lead to files."""
    front: dict[str, Any] = {
        "kbapp_note": note.id, "created": note.created, "modified": note.modified, "about": note.about.kind, "about_id": note.about.id,
        "about_title": about, "quote": note.quote.exact if note.quote else None, "colour": note.colour, "tags": list(note.tags),
    }  # fmt: skip
    return f"{front_matter(front)}{note.text if text is None else text}\n"


def block_markdown(block: Block) -> str:
    """One block of an article."""
    if block.kind == "code":
        longest = max((len(run) for run in re.findall(r"`{3,}", block.text)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}\n{block.text}\n{fence}"
    if block.kind == "table":
        rows = [row.split("\t") for row in block.text.split("\n")]
        width = max(len(row) for row in rows)
        cells = [[escape(cell).replace("|", r"\|") for cell in row] + [""] * (width - len(row)) for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    text = _styled(block)
    if block.kind == "heading":
        one_line = re.sub(r"\s*\n\s*", " ", text)
        return "#" * min(6, (block.level or 2)) + " " + re.sub(r"(?<!\\)#(?=#*\s*$)", r"\\#", one_line)
    lines = text.split("\n")
    broken = [
        line + "\\" if line.strip() and after.strip() else line for line, after in itertools.pairwise([*lines, ""])
    ]
    if block.kind == "list_item":
        return "- " + "\n  ".join(broken)
    if block.kind == "quote":
        return "\n".join(f"> {line}".rstrip() for line in broken)
    return "\n".join(broken)


def escape(text: str) -> str:
    """A text in which nothing is taken for Markdown."""
    return _escape_lines(_ESCAPED.sub(r"\\\g<0>", text))


def link(words: str, address: str) -> str:
    """A link in one line."""
    return f"[{_ESCAPED.sub(_escaped, ' '.join(words.split()))}]({address})"


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _picture(address: str, words: str) -> str:
    return f"!{link(words, address)}"


def _styled(block: Block) -> str:
    """The text with its links and emphasis; those that Markdown cannot nest or that begin inside a word are left out."""
    text, edges, last = block.text, [0, len(block.text)], 0
    opened: dict[int, str] = {}
    for span in block.spans:
        words = text[span.start : span.end]
        whole = (span.start == 0 or not text[span.start - 1].isalnum()) and (
            span.end == len(text) or not text[span.end].isalnum()
        )
        if (
            span.start < last
            or not whole
            or span.kind == "code"
            or "\n" in words
            or words != words.strip()
            or not words
        ):
            continue
        inner = _ESCAPED.sub(_escaped, words)
        opened[span.start] = _STYLES[span.kind](inner, span.target)
        edges += [span.start, span.end]
        last = span.end
    cuts = sorted(set(edges))
    parts = [opened.get(start) or _ESCAPED.sub(_escaped, text[start:end]) for start, end in itertools.pairwise(cuts)]
    return _escape_lines("".join(parts))


_STYLES: Mapping[str, Callable[[str, str], str]] = {
    "emphasis": lambda inner, _: f"*{inner}*",
    "strong": lambda inner, _: f"**{inner}**",
    "link": lambda inner, target: f"[{inner}](<{_url(target)}>)",
}


def _url(target: str) -> str:
    return re.sub(r"[<>\s\\]", lambda match: f"%{ord(match[0]):02X}", target)


def _escape_lines(text: str) -> str:
    """Escapes what is a mark only where a line begins; the blanks before it would make code of a line."""
    text = re.sub(r"^[ \t]+", "", text, flags=re.M)
    return _LINE_MARKS.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)
