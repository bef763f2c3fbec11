"""Nexis, LexisNexis Academic and Nexis Uni, in the languages of their interfaces.

The older files open each article with "1 of 500 DOCUMENTS": newspaper, date and edition, then the headline. Nexis Uni closes
each with "End of Document": the headline first, then newspaper and date, and "Body" before the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kbapp.domain import Article
from kbapp.reading.databases import cutter
from kbapp.reading.fields.dates import parse_date

_BEGINS = re.compile(
    r"\s*(?:(?P<n>\d[\d,.]*) (?:of|von|de|sur|di|van) (?P<all>\d[\d,.]*) (?:DOCUMENT|DOKUMENT)\w*|"
    r"(?:Dokument|Documento?|Document) \d[\d,.]* (?:von|of|de|sur|di|van) (?P<total>\d[\d,.]*))\s*\Z",
    re.I,
)
_ENDS = re.compile(
    r"\s*(?:End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento|Fine del documento|"
    r"Fim do documento|Einde van (?:het )?document)\s*\Z",
    re.I,
)
_BODY = re.compile(
    r"\s*(?:Body|Full text|Text|Textkörper|Volltext|Corps|Texte|Cuerpo|Texto|Corpo|Testo|Tekst)\s*\Z", re.I
)
_AFTER_BODY = re.compile(
    r"\s*(?:Classification|Klassifizierung|Klassifikation|Clasificación|Graphic|Grafik|Graphique|Illustrations?|Notes|Correction(?:-Date)?)\s*\Z",
    re.I,
)
_COVER = re.compile(
    r"\s*(?:User Name|Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search (?:Terms|Type|Within)|Narrowed by|Content Type|"
    r"Benutzername|Datum und Uhrzeit|Auftragsnummer|Nom d'utilisateur|\|\s*About LexisNexis|\d+\.\s+\S|-None-|News\s*\Z)", re.I
)  # fmt: skip
_EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|edición|edizione|editie|correction appended|first edition|final|\d(?:st|nd|rd|th) ed)\b|\A\d\d?:\d\d",
    re.I,
)
_SOURCE_EDITION = re.compile(r"\s+-\s+[^-]*\b(?:edition|ausgabe|édition)\b.*\Z", re.I)
_INDENTED = 8  # columns: what is centred above the headline

_HEAD = {
    name: meaning
    for meaning, names in {
        "authors": "byline|autor|auteur|autore|auteurs|autoren|von",
        "section": "section|rubrik|rubrique|sección|sezione|sectie|ressort",
        "words": "length|länge|longueur|longitud|lunghezza|lengte|extensão|comprimento",
        "title": "headline|überschrift|titel|titre|título|titolo|kop",
        "subtitle": "highlight|untertitel|sous-titre",
        "": "dateline|series|correction-date|correction|distribution|journal code|ortszeile|datelijn",
    }.items()
    for name in names.split("|")
}
_TAIL = frozenset(
    "load-date|language|publication-type|graphic|subject|company|organization|person|ticker|industry|geographic|country|state|city|"
    "url|update|sprache|grafik|langue|date-chargement|type-publication|type-de-publication|idioma|fecha-carga|lingua|taal|"
    "zeitungstyp|publikationstyp|dokumententyp|document-type|acc-no|journal-code|load-datum|ladedatum|laadatum|laaddatum|notes|"
    "news subjects|page|copyright".split("|")
)
_LABELS = _HEAD | dict.fromkeys(_TAIL, "tail")


def fits(lines: Sequence[str]) -> bool:
    """Whether these are a file of Nexis."""
    begins = any(_BEGINS.match(line) for line in lines)
    ends = any(_ENDS.match(line) for line in lines)
    if not begins and not ends:
        return False
    fields = {found[0] for line in lines if (found := cutter.labelled(line, _LABELS)) is not None}
    return len(fields) >= 2 or (ends and any(_BODY.match(line) for line in lines))


def read(lines: Sequence[str]) -> list[Article]:
    """The articles of a file of Nexis."""
    begun = [match for line in lines if (match := _BEGINS.match(line)) is not None]
    if begun:
        parts, _ = cutter.cut(lines, begins=_BEGINS)
        last = re.sub(r"\D", "", begun[-1]["all"] or begun[-1]["total"])
        return cutter.incomplete(cutter.articles_of(_record(part, headline_first=False) for part in parts), int(last))
    parts, rest = cutter.cut(lines, ends=_ENDS)
    if any(_BODY.match(line) for line in rest):  # cut off in the midst of an article
        parts.append(rest)
    return cutter.articles_of(_record(_without_cover(part), headline_first=True) for part in parts)


@dataclass(slots=True)
class _Fields:
    values: dict[str, str] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)  # the lines before the first label
    body: list[str] = field(default_factory=list)


def _record(part: Sequence[str], *, headline_first: bool) -> cutter.Record:
    found = _split(part)
    title, source, published = _headline_first(found.head) if headline_first else _newspaper_first(found.head)
    values = found.values
    return cutter.Record(
        title=values.get("title") or title,
        subtitle=values.get("subtitle"),
        authors=cutter.names_in(values.get("authors", "")),
        source=_SOURCE_EDITION.sub("", source),
        published=published,
        section=values.get("section"),
        words=cutter.words_in(values.get("words", "")),
        paragraphs=cutter.text_of(found.body),
    )


def _split(part: Sequence[str]) -> _Fields:
    """The lines above the labels, the labels with their values, and the text below them."""
    found = _Fields()
    state, label = "head", ""
    marked = any(_BODY.match(line) for line in part)
    for line in part:
        meaning = cutter.labelled(line, _LABELS)
        if state == "body":
            if _AFTER_BODY.match(line) or (meaning is not None and meaning[0] == "tail"):
                break
            found.body.append(line)
        elif _BODY.match(line):
            state = "body"
        elif meaning is not None and meaning[0] != "tail":
            state, label = "labels", meaning[0]
            found.values.setdefault(label, meaning[1])
        elif not line.strip():
            label = ""
            if state == "head":
                found.head.append(line)
        elif state == "head":
            found.head.append(line)
        elif label:  # a value that goes on in the next line
            found.values[label] += " " + line.strip()
        elif not marked and not _has_headline(found):
            found.values["title"], label = line.strip(), "title"
        elif not marked and not cutter.is_copyright(line):
            state = "body"
            found.body.append(line)
    return found


def _has_headline(found: _Fields) -> bool:
    return "title" in found.values or bool(_newspaper_first(found.head)[0])


def _newspaper_first(head: Sequence[str]) -> tuple[str, str, str | None]:
    """(headline, newspaper, date) of an older file; what is centred below the date is the edition."""
    lines = [line for line in head if line.strip()]
    if not lines:
        return "", "", None
    at = next((number for number, line in enumerate(lines) if cutter.is_date(line)), None)
    if at is None:
        return " ".join(line.strip() for line in lines[1:]), lines[0].strip(), None
    below = [line for line in lines[at + 1 :] if not cutter.is_copyright(line)]
    flush = [line for line in below if len(line) - len(line.lstrip()) < _INDENTED] or below
    title = [line.strip() for line in flush if not _EDITION.search(line)] or [line.strip() for line in flush[-1:]]
    return " ".join(title), lines[0].strip() if at else "", parse_date(lines[at])


def _headline_first(head: Sequence[str]) -> tuple[str, str, str | None]:
    """(headline, newspaper, date) of a file of Nexis Uni."""
    lines = [line.strip() for line in head if line.strip()]
    at = next((number for number in range(len(lines) - 1, -1, -1) if cutter.is_date(lines[number])), None)
    if at is None:
        return (lines[0] if lines else ""), (lines[1] if len(lines) > 1 else ""), None
    if at == 0:
        return "", "", parse_date(lines[0])
    if at == 1:
        return lines[0], "", parse_date(lines[1])
    return " ".join(lines[: at - 1]), lines[at - 1], parse_date(lines[at])


def _without_cover(part: Sequence[str]) -> list[str]:
    """An article without the list of all articles that the file may open with."""
    body = next((number for number, line in enumerate(part) if _BODY.match(line)), len(part))
    dated = next((number for number in range(body - 1, -1, -1) if cutter.is_date(part[number])), body)
    cover = [number for number in range(dated) if _COVER.match(part[number])]
    return list(part[cover[-1] + 1 :] if cover else part)
