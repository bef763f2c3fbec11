"""What the files of all press databases have in common: articles to be cut apart, and labelled fields around their text.

A database's own module says where an article begins or ends, and what its labels mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kbapp.domain import Article, Author, Block
from kbapp.errors import Code, Notice
from kbapp.reading.fields import bylines, dates, language
from kbapp.reading.plaintext.paragraphs import split_paragraphs

_LABEL = re.compile(r"\s*([^\W\d_][^:：\t]{1,48}?)\s*[:：](?:\s+|$)(.*)", re.S)
_BY = re.compile(r"^(?:by|von|par|por|di|da|door|av|af|byline|author)\b[:\s]+", re.I)
_WORDS = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d{1,6})\s*(?:words?|wörter|worte|mots?|palabras?|palavras?|parole|woorden|ord|słów|słowa|sanaa|слов|字)(?!\w)",
    re.I,
)
_COPYRIGHT = re.compile(
    r"\s*(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés)", re.I
)
_NUMBERED = re.compile(r"(?:section|column|pg|page|part|s|p|seite|volume|issue)\b\.?\s*\w{1,4}\Z", re.I)
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|columnist|special to|bureau|contributor|redakteur\w*|korrespondent\w*|"
    r"correspondante?|envoyée?|journaliste)\b",
    re.I,
)
_LEAST_SHARE = 0.6  # of the words that a database counts, less are a part of the article
_FEW = 60  # words below which its count says nothing
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|le|de|del|den|der"
)
_BESIDE_A_DATE = re.compile(rf"\b(?:{_WEEKDAY}|\d\d?:\d\d(?::\d\d)?|am|pm|gmt|utc|[ecmp][sd]t|bst|cest?|uhr)\b", re.I)


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a database gives it; ``paragraphs`` is its text, ``words`` the database's own count of it."""

    title: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    source: str | None = None
    published: str | None = None
    section: str | None = None
    subtitle: str | None = None
    url: str | None = None
    words: int | None = None
    warnings: tuple[Notice, ...] = ()


def cut(
    lines: Sequence[str], *, begins: re.Pattern[str] | None = None, ends: re.Pattern[str] | None = None
) -> tuple[list[list[str]], list[str]]:
    """Cuts a file at the lines that match ``begins`` or ``ends``.

    Returns:
        The articles without those lines, and what remains: what stands before the first beginning, or after the last end.
    """
    parts: list[list[str]] = [[]]
    for line in lines:
        if (begins is not None and begins.match(line)) or (ends is not None and ends.match(line)):
            parts.append([])
        else:
            parts[-1].append(line)
    rest = parts.pop(0) if begins is not None else parts.pop()
    return [part for part in parts if any(line.strip() for line in part)], rest


def labelled(line: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """The field that a line's label means, and the label's value; None for a line without one of these labels."""
    match = _LABEL.match(line)
    if match is None or (name := labels.get(match[1].strip().casefold())) is None:
        return None
    return name, match[2].strip()


def text_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of an article's text, without the copyright lines that close it."""
    paragraphs = split_paragraphs("\n".join(lines))
    while len(paragraphs) > 1 and _COPYRIGHT.match(paragraphs[-1]) and len(paragraphs[-1]) < 300:
        paragraphs.pop()
    return tuple(paragraphs)


def is_copyright(line: str) -> bool:
    return bool(_COPYRIGHT.match(line))


def is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with its weekday and time."""
    if len(line) > 70 or (found := dates.find_date(line.strip())) is None:
        return False
    rest = line.strip()[: found[1]] + line.strip()[found[2] :]
    return not re.search(r"[^\W_]", _BESIDE_A_DATE.sub("", rest))


def names_in(text: str) -> tuple[str, ...]:
    """The names in a byline, with or without its cue; what a writer is counts as a name only where nothing else is one."""
    names = list(dict.fromkeys(bylines.parse_authors(_BY.sub("", text.strip()))))
    return tuple(name for name in names if not _ROLE.search(name)) or tuple(names)


def names_reversed(text: str) -> tuple[str, ...]:
    """The names in "Finch, Ada; Okoye, Ben"; what is written the usual way round stays so."""
    names = []
    for part in re.split(r"\s*;\s*", text.strip(" ;.")):
        pieces = [piece.strip() for piece in part.split(",")]
        names.append(f"{pieces[1]} {pieces[0]}" if len(pieces) == 2 and all(pieces) else part)
    return tuple(dict.fromkeys(bylines.tidy_name(name) for name in names if name.strip()))


def words_in(text: str) -> int | None:
    """The number in "1,234 words", in the languages of the databases."""
    match = _WORDS.search(text)
    return int(re.sub(r"\D", "", match[1])) if match else None


def articles_of(records: Iterable[Record]) -> list[Article]:
    """The articles of the records that have a text; a text much shorter than its database says gets a warning."""
    return [article for record in records if (article := _article(record)) is not None]


def incomplete(articles: list[Article], announced: int | None) -> list[Article]:
    """The same articles; the last is warned of when the file announced more of them."""
    if not articles or announced is None or announced <= len(articles):
        return articles
    notice = Notice(Code.FEWER_ARTICLES_THAN_ANNOUNCED, {"announced": announced, "found": len(articles)})
    return [*articles[:-1], replace(articles[-1], warnings=(*articles[-1].warnings, notice))]


def _article(record: Record) -> Article | None:
    paragraphs = [" ".join(paragraph.split()) for paragraph in record.paragraphs if paragraph.strip()]
    if not paragraphs:
        return None
    text = " ".join(paragraphs)
    warnings = record.warnings
    found = len(text.split())
    if record.words is not None and record.words >= _FEW and found < record.words * _LEAST_SHARE and " " in text:
        warnings += (Notice(Code.FEWER_WORDS_THAN_ANNOUNCED, {"announced": record.words, "found": found}),)
    values = {"title": record.title, "subtitle": record.subtitle, "authors": record.authors, "published": record.published, "source": record.source, "url": record.url}  # fmt: skip
    return Article(
        title=" ".join(record.title.split()) or " ".join(text.split()[:12]),
        subtitle=" ".join((record.subtitle or "").split()) or None,
        authors=tuple(Author(name) for name in record.authors),
        published=record.published,
        source=" ".join((record.source or "").split()) or None,
        url=record.url,
        language=language.detect(text),
        blocks=tuple(Block("paragraph", paragraph) for paragraph in paragraphs),
        tags=_section_tags(record.section),
        provenance={field: "database" for field, value in values.items() if value},
        warnings=warnings,
    )


def _section_tags(section: str | None) -> tuple[str, ...]:
    """The section as a tag, without page and column numbers: "NEWS; Pg. 1" is "News"."""
    parts = [part.strip(" .") for part in re.split(r"[;,]", section or "")]
    name = next((part for part in parts if part and not _NUMBERED.match(part)), "")
    name = re.split(r"\s+(?:Pg|S|p|Page|Seite|Column)\.?\s*\d", name, maxsplit=1)[0].strip(" .")
    if not re.search(r"[^\W\d_]{2}", name) or len(name) > 50:
        return ()
    return (name.capitalize() if name.isupper() else name,)
