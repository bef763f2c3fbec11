"""ProQuest: "Document 1 of 3" and lines of underscores between articles, labelled fields before and after the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbapp.domain import Article
from kbapp.errors import Code, Notice
from kbapp.reading.databases import cutter
from kbapp.reading.fields.dates import parse_date

_BEGINS = re.compile(r"\s*(?:Document|Dokument|Documento) \d+ (?:of|von|sur|de|di) (?P<all>\d+)\s*\Z", re.I)
_RULE = re.compile(r"\s*_{20,}\s*\Z")
_NAMED = re.compile(r"\bProQuest\b")
_HEADINGS = {
    "full text": "body", "fulltext": "body", "volltext": "body", "texte intégral": "body", "texto completo": "body", "testo completo": "body",
    "abstract": "abstract", "abstract (english)": "abstract", "zusammenfassung": "abstract", "résumé": "abstract", "resumen": "abstract",
    "details": "tail", "détails": "tail", "detalles": "tail", "links": "ignored", "table of contents": "ignored",
}  # fmt: skip
_LABELS = {
    name: meaning
    for meaning, names in {
        "title": "title|titel|titre|título|titolo",
        "authors": "author|authors|autor|auteur|autore|autoren",
        "source": "publication title|titel der publikation|publikationstitel|titre de la publication|título de publicación|título de la publicación",
        "info": "publication info|informationen zur publikation|publikationsinformationen|informations sur la publication|información de publicación",
        "date": "publication date|erscheinungsdatum|veröffentlichungsdatum|date de publication|fecha de publicación|data di pubblicazione",
        "year": "publication year|erscheinungsjahr|année de publication|año de publicación",
        "section": "section|rubrik|sección",
        "abstract": "abstract|abstract (english)|zusammenfassung|résumé|resumen",
        "body": "full text|fulltext|volltext|texte intégral|texto completo|testo completo",
        "url": "document url|proquest document link|dokument-url|url du document|url del documento",
        "subtitle": "subtitle|untertitel",
        "tail": "subject|subjects|people|person|location|place|company / organization|company|organization|identifier / keyword|keyword|keywords|"
        "classification|business indexing term|caption|illustration|credit|column|pages|page|first page|number of pages|volume|issue|"
        "publication subject|publisher|place of publication|country of publication|issn|eissn|source type|language of publication|document type|"
        "document feature|document features|proquest document id|copyright|last updated|database|dateline|publication history|online publication date|"
        "thema|schlagwort|firma / organisation|ort|person/en|seiten|erste seite|quellentyp|sprache der publikation|dokumententyp|datenbank|"
        "sujet|lieu|personnes|pages|éditeur|type de source|langue de publication|type de document|base de données|"
        "materia|lugar|personas|páginas|editorial|tipo de fuente|idioma de publicación|tipo de documento|base de datos",
        "ignored": "links|link|table of contents",
    }.items()
    for name in names.split("|")
}  # fmt: skip
_EDITION = re.compile(r",\s*[^,;]*\b(?:edition|ed\.)[^,;]*(?:\([^)]*\))?", re.I)
_NONE = re.compile(
    r"\s*(?:none available\.?|not available\.?|nicht verfügbar\.?|non disponible\.?|no disponible\.?)?\s*\Z", re.I
)
_URL = re.compile(r"https?://\S{5,500}\Z")


def fits(lines: Sequence[str]) -> bool:
    """Whether these are a file of ProQuest."""
    if not any(_NAMED.search(line) for line in lines):
        return False
    fields = {found[0] for line in lines if (found := cutter.labelled(line, _LABELS)) is not None}
    texts = {"body", "abstract"} & (fields | {_HEADINGS.get(line.strip().casefold()) for line in lines})
    return bool(texts) and (len(fields) >= 3 or any(_BEGINS.match(line) for line in lines))


def read(lines: Sequence[str]) -> list[Article]:
    """The articles of a file of ProQuest."""
    begun = [match for line in lines if (match := _BEGINS.match(line)) is not None]
    parts, _ = cutter.cut(lines, begins=_BEGINS) if begun else cutter.cut([*lines, "_" * 20], ends=_RULE)
    records = [record for part in parts if (record := _record(part)) is not None]
    articles = cutter.articles_of(records)
    return cutter.incomplete(articles, int(begun[-1]["all"])) if begun else articles


def _record(part: Sequence[str]) -> cutter.Record | None:
    fields: dict[str, list[str]] = {}
    state = "head"
    for line in part:
        if _RULE.match(line):
            continue
        heading = _HEADINGS.get(line.strip().casefold())
        found = cutter.labelled(line, _LABELS)
        if heading is not None:
            state = heading
        elif state == "body" and found is not None and found[0] == "body":
            fields["body"].append(line)
        elif found is not None:
            state = found[0]
            if state not in ("body", "abstract", "tail", "ignored") and state in fields:
                state = "tail"  # said a second time below the text
            fields.setdefault(state, []).append(found[1])
        elif state == "head" and _URL.match(line.strip()):
            fields.setdefault("url", []).append(line.strip())
        elif not line.strip() and state not in ("body", "abstract", "head"):
            state = "between" if state != "tail" else state
        elif state == "between" and _URL.match(line.strip()):
            fields.setdefault("url", []).append(line.strip())
        elif state != "between":
            fields.setdefault(state, []).append(line)
    return _from_fields(fields)


def _from_fields(fields: dict[str, list[str]]) -> cutter.Record | None:
    def value(name: str) -> str:
        return " ".join(line.strip() for line in fields.get(name, ()) if line.strip())

    body = fields.get("body", [])
    warnings: tuple[Notice, ...] = ()
    if _NONE.match(value("body")):
        body, warnings = fields.get("abstract", []), (Notice(Code.ONLY_THE_ABSTRACT),)
        if _NONE.match(value("abstract")):
            return None
    source = value("source") or value("info").partition(";")[0]
    url = value("url").split(" ", 1)[0]
    return cutter.Record(
        title=value("title") or next((line.strip() for line in fields.get("head", ()) if line.strip()), ""),
        subtitle=value("subtitle") or None,
        authors=cutter.names_reversed(value("authors")),
        source=_EDITION.sub("", source).partition(";")[0].strip(" ,") or None,
        published=parse_date(value("date")) or parse_date(value("info")) or _year(value("year")),
        section=value("section") or None,
        url=url if _URL.match(url) else None,
        paragraphs=cutter.text_of(body),
        warnings=warnings,
    )


def _year(text: str) -> str | None:
    match = re.search(r"\b(?:1[6-9]|20|21)\d\d\b", text)
    return match[0] if match else None
