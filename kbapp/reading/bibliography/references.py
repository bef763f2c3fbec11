"""Lists of references: RIS (rispy, MIT) and BibTeX (bibtexparser, MIT), an article each; the abstract is its text."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from kbapp.domain import Article, Author, Block, Picture
from kbapp.errors import Code, UnreadableFile
from kbapp.reading.encoding import decode
from kbapp.reading.fields import language

_MOST = 20_000
_RIS_FILES = ("file_attachments1", "file_attachments2", "figure")  # L1, L2, L4
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_ris(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """RIS as Zotero, EndNote and databases write it; ``attached`` are the texts that it names. Raises UnreadableFile."""
    try:
        entries = rispy.loads(decode(data).replace("\r\n", "\n"), skip_unknown_tags=True)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    articles = [
        _article(
            files=[str(each[tag]) for tag in _RIS_FILES if each.get(tag)], attached=attached or {},
            title=each.get("title") or each.get("primary_title"), abstract=each.get("abstract") or each.get("notes_abstract"),
            names=each.get("authors") or each.get("first_authors") or [], published=_ris_date(each),
            source=each.get("journal_name") or each.get("secondary_title") or each.get("alternate_title3") or each.get("publisher"),
            url=next(iter(each.get("urls") or []), None) or _doi(each.get("doi")), tags=each.get("keywords") or [],
        )
        for each in entries[:_MOST]
    ]  # fmt: skip
    return _some(articles)


def read_bibtex(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """BibTeX and BibLaTeX; ``attached`` are the texts that it names. Raises UnreadableFile."""
    try:
        entries = parse_string(decode(data), append_middleware=[LatexDecodingMiddleware()]).entries
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableFile(Code.REFERENCES_DAMAGED) from error
    articles = []
    for entry in entries[:_MOST]:
        field = {key.lower(): re.sub(r"[{}]", "", str(value.value)) for key, value in entry.fields_dict.items()}
        articles.append(
            _article(
                files=_bibtex_files(field.get("file", "")), attached=attached or {},
                title=field.get("title"), abstract=field.get("abstract"), names=re.split(r"\s+and\s+", field.get("author", "")),
                published=_bibtex_date(field), source=field.get("journal") or field.get("journaltitle") or field.get("booktitle") or field.get("publisher"),
                url=field.get("url") or _doi(field.get("doi")), tags=re.split(r"[,;]", field.get("keywords", "")),
            )
        )  # fmt: skip
    return _some(articles)


def attached_names(data: bytes) -> list[str]:
    """The files that a list of references names as attached to its entries, each once."""
    try:
        text = decode(data)
    except UnreadableFile:
        return []
    names = [match[1].strip() for match in re.finditer(r"(?m)^L[14]  - (.+)$", text)]
    for match in re.finditer(r"(?mi)^\s*file\s*=\s*[{\"](.+?)[}\"],?\s*$", text):
        names += _bibtex_files(match[1])
    return list(dict.fromkeys(names))


def _bibtex_files(field: str) -> list[str]:
    """The paths in Zotero's "Full Text:files/12/a.pdf:application/pdf;...", or a path alone."""
    found = []
    for entry in re.split(r"(?<!\\);", field):
        parts = [re.sub(r"\\([:;\\])", r"\1", part) for part in re.split(r"(?<!\\):", entry.strip())]
        path = parts[1] if len(parts) == 3 else parts[0] if len(parts) == 1 else ""
        found += [path] if path else []
    return found


def _text_of(files: list[str], attached: Mapping[str, bytes]) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The blocks and pictures of the first attached text that can be read."""
    from kbapp.reading import read

    for name in files:
        if (data := attached.get(name)) is not None:
            try:
                article = read(data, name.rsplit("/", 1)[-1])[0]
            except UnreadableFile:
                continue
            return article.blocks, article.pictures
    return (), ()


def _article(
    *, title: Any, abstract: Any, names: list[str], published: str | None, source: Any, url: Any, tags: list[str],
    files: list[str], attached: Mapping[str, bytes],
) -> Article | None:  # fmt: skip
    title = " ".join(str(title or "").split())
    if not title:
        return None
    text = str(abstract or "").strip() or title
    blocks, pictures = _text_of(files, attached)
    if not blocks:
        blocks = tuple(
            Block("paragraph", " ".join(part.split())) for part in re.split(r"\n\s*\n", text) if part.strip()
        )
    text = " ".join(block.text for block in blocks[:20])
    return Article(
        title=title,
        blocks=blocks,
        pictures=pictures,
        authors=tuple(Author(name) for name in dict.fromkeys(map(_in_order, names)) if name),
        published=published,
        source=" ".join(str(source).split()) if source else None,
        url=str(url) if url and str(url).startswith("http") else None,
        language=language.detect(text),
        tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))[:50],
    )


def _in_order(name: str) -> str:
    """ "Doe, Jane" and "Doe, Jr., John" as they are spoken; a name without a comma stays."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(reversed(parts)) if len(parts) == 2 else " ".join(parts)


def _ris_date(entry: Any) -> str | None:
    parts = str(entry.get("date") or entry.get("publication_year") or entry.get("year") or "").strip("/").split("/")
    numbers = [part for part in parts[:3] if part.isdigit()]
    if len(numbers) == 1 and (match := re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?", parts[0])):
        return match[0]
    return "-".join(f"{int(number):02d}" for number in numbers) or (match[0] if (match := re.match(r"\d{4}(?:-\d\d){0,2}", parts[0])) else None)  # fmt: skip


def _bibtex_date(field: dict[str, str]) -> str | None:
    if match := re.match(r"\d{4}(?:-\d\d){0,2}", field.get("date", "")):
        return match[0]
    year = re.match(r"\d{4}", field.get("year", ""))
    if year is None:
        return None
    month = field.get("month", "").strip().lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0
    return f"{year[0]}-{number:02d}" if 1 <= number <= 12 else year[0]


def _doi(doi: Any) -> str | None:
    return f"https://doi.org/{str(doi).strip()}" if doi else None


def _some(articles: list[Article | None]) -> list[Article]:
    found = [article for article in articles if article is not None]
    if not found:
        raise UnreadableFile(Code.NO_REFERENCES)
    return found
