"""NewsBank (Access World News, Newspaper Archives): headline and newspaper above labelled fields, a record number below the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbapp.domain import Article
from kbapp.reading.databases import cutter
from kbapp.reading.fields.dates import find_date, parse_date

_LABELS = {
    name: meaning
    for meaning, names in {
        "title": "title|headline",
        "subtitle": "subtitle|subhead|secondary headline",
        "authors": "author|authors|author/byline|byline|author(s)",
        "source": "paper|source|publication|newspaper|publication title|publication name",
        "date": "date|publication date|issue date",
        "section": "section|column",
        "words": "word count|length",
        "body": "text|article text|full text|body",
        "head": "edition|page|pages|dateline|location|readability|estimated printed pages|citation|series|type|article type",
        "end": "record number|record|accession number|article id|document number",
        "tail": "caption|memo|index terms|keywords|subject|subjects|correction|copyright|openurl link|openurl link(s)|openurl|illustration|graphic|"
        "persistent link|provider",
    }.items()
    for name in names.split("|")
}  # fmt: skip
_NAMED = re.compile(r"\bNewsBank\b|infoweb\.newsbank\.com", re.I)
_AGENCY_LINE = re.compile(r"(?:Copyright|©|\(c\))", re.I)
_CITATION = re.compile(r"\s*(?:Citation|\(?(?:APA|MLA|AGLC|Chicago|Harvard) (?:style|Citation))", re.I)
_COUNTED = re.compile(r"\s*(?:Article|Document|Item|Record)?\s*\d+ of \d+\s*\Z|\s*\d+\.?\s*\Z", re.I)
_PAPER_AND_DATE = re.compile(r"(?P<paper>.{3,120}?)\s+[-–—]\s+(?P<date>.{6,60})\Z")


def fits(lines: Sequence[str]) -> bool:
    """Whether these are a file of NewsBank."""
    fields = {found[0] for line in lines if (found := cutter.labelled(line, _LABELS)) is not None}
    named = any(_NAMED.search(line) for line in lines)
    if "end" not in fields:
        return named and len(fields & {"title", "authors", "source", "date", "section"}) >= 4
    return len(fields) >= 4 or (len(fields) >= 3 and named)


def read(lines: Sequence[str]) -> list[Article]:
    """The articles of a file of NewsBank."""
    return cutter.articles_of(_record(part) for part in _parts(lines))


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each article: it ends with its record number, and the copyright and addresses that follow.

    Where there are no record numbers, an article begins with the label that the first one begins with.
    """
    labels = [
        (number, found[0]) for number, line in enumerate(lines) if (found := cutter.labelled(line, _LABELS)) is not None
    ]
    if labels and all(label != "end" for _, label in labels):
        starts = [number for number, label in labels if label == labels[0][1]]
        return [list(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    parts: list[list[str]] = [[]]
    ended = False
    for line in lines:
        found = cutter.labelled(line, _LABELS)
        if ended and line.strip() and (found is None or found[0] not in ("tail", "end")) and not _belongs_to_end(line):
            parts.append([])
            ended = False
        if found is not None and found[0] == "end":
            ended = True
        parts[-1].append(line)
    return [part for part in parts if any(cutter.labelled(line, _LABELS) for line in part)]


def _belongs_to_end(line: str) -> bool:
    stripped = line.strip()
    return bool(
        _AGENCY_LINE.match(stripped)
        or re.match(r"https?://|[_=*-]{5,}\Z|Page \d+ of \d+\Z|openurl link", stripped, re.I)
        or _NAMED.search(stripped)
    )


def _record(part: Sequence[str]) -> cutter.Record:
    fields: dict[str, list[str]] = {}
    above: list[str] = []
    state = "above"
    for line in part:
        found = cutter.labelled(line, _LABELS)
        if found is not None and (state != "body" or found[0] in ("tail", "end")):
            if found[0] in ("tail", "end") and state == "body":
                break
            state = "body" if found[0] == "body" else "labels"
            fields.setdefault(found[0], []).append(found[1])
        elif not line.strip():
            if state == "body":
                fields["body"].append("")
        elif state == "above":
            above.append(line.strip())
        else:
            state = "body"
            fields.setdefault("body", []).append(line)
    return _from_fields(fields, above)


def _from_fields(fields: dict[str, list[str]], above: list[str]) -> cutter.Record:
    def value(name: str) -> str:
        return " ".join(" ".join(fields.get(name, ())).split())

    title, source, published = _head(
        [line for line in above if not (_CITATION.match(line) or _COUNTED.match(line) or _belongs_to_end(line))]
    )
    return cutter.Record(
        title=value("title") or title,
        subtitle=value("subtitle") or None,
        authors=cutter.names_in(value("authors")),
        source=_paper(value("source") or source) or None,
        published=parse_date(value("date")) or published,
        section=value("section") or None,
        words=cutter.words_in(value("words")),
        paragraphs=cutter.text_of(fields.get("body", [])),
    )


def _head(lines: list[str]) -> tuple[str, str, str | None]:
    """(headline, newspaper, date) of the lines above the labels: "Paper - March 5, 2024", or a line each in either order."""
    for number, line in enumerate(lines):
        match = _PAPER_AND_DATE.match(line)
        if match is not None and cutter.is_date(match["date"].partition(" - ")[0]):
            return " ".join(lines[:number] or lines[1:]), match["paper"], parse_date(match["date"])
    at = next((number for number, line in enumerate(lines) if cutter.is_date(line)), None)
    if at is None:
        dated = next((number for number, line in enumerate(lines) if number and find_date(line) is not None), None)
        if dated is None:
            return " ".join(lines[:1]), " ".join(lines[1:2]), None
        found = find_date(lines[dated])
        return (
            " ".join(lines[:dated]),
            lines[dated][: found[1] if found else 0].strip(" -–—,|"),
            parse_date(lines[dated]),
        )
    below = lines[at + 1 : at + 2]
    if below:
        return " ".join(lines[:at]), below[0], parse_date(lines[at])
    return " ".join(lines[: max(1, at - 1)]), lines[at - 1] if at > 1 else "", parse_date(lines[at])


def _paper(name: str) -> str:
    """ "Harbour Times, The (Seaside, ST)" the way it stands on the newspaper, "The Harbour Times"."""
    name = re.sub(r"\s*\([^()]{2,60}\)\s*\Z", "", name)
    match = re.match(r"(?P<name>[^,(]+), (?P<article>The|A|Le|La|Les|Die|Der|Das|El)\b\s*(?P<rest>.*)\Z", name)
    return f"{match['article']} {match['name']} {match['rest']}".strip() if match else name
