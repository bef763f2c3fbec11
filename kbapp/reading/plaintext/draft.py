"""The fields of a plain-text article as they are gathered, line by line, from its head and foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kbapp.domain import Author
from kbapp.reading.fields import bylines, dates

_LABELS = {
    "title": "title headline titel",
    "subtitle": "subtitle subheadline sub-headline dek deck standfirst untertitel",
    "published": "date published publication_date published_on posted updated datum fecha",
    "source": "source publication publisher newspaper outlet from quelle fonte fuente",
    "url": "url link web original",
    "language": "language",
    "tags": "tags keywords",
    "section": "section",
}
_FIELD_OF = {label.replace("_", " "): name for name, labels in _LABELS.items() for label in labels.split()}
LABELLED = re.compile(rf"^(?P<label>{'|'.join(sorted(_FIELD_OF, key=len, reverse=True))})\s*:\s*(?P<value>\S.*)$", re.I)
URL = re.compile(r"https?://[^\s<>\"]+")
SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)\]]*$")
LIST_ITEM = re.compile(r"^(?:[-*•‣◦–]|\d{1,3}[.)])\s+(?P<text>\S.*)$", re.S)


@dataclass
class Draft:
    """What is known of the article so far; ``provenance`` says where each field was found."""

    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)
    bios: list[str] = field(default_factory=list)
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)
    provenance: dict[str, str] = field(default_factory=dict)

    def take_published(self, iso: str | None, place: str) -> None:
        """Keeps the first date that is found."""
        if iso and not self.published:
            self.published, self.provenance["published"] = iso, place

    def take_source(self, name: str, place: str) -> None:
        """Keeps the first source that is found."""
        if name and not self.source:
            self.source, self.provenance["source"] = name, place

    def take_url(self, url: str, place: str) -> None:
        """Keeps the first address that is found."""
        if not self.url:
            self.url, self.provenance["url"] = url, place

    def take_authors(self, names: list[str], place: str) -> None:
        """Adds authors to those already known."""
        self.authors += names
        self.provenance.setdefault("authors", place)

    def take_labelled(self, line: str) -> bool:
        """Files a line such as "Source: Daily Planet"; False when it is none."""
        match = LABELLED.match(line)
        if not match or len(line) > 400:
            bio = bylines.BIO_KEY.match(line)
            if bio:
                self.bios.append(bio["text"].strip())
            return bool(bio)
        label, value = match["label"].lower(), match["value"].strip()
        name = "url" if URL.fullmatch(value) else _FIELD_OF[label]
        return self._take_value(name, label, value)

    def _take_value(self, name: str, label: str, value: str) -> bool:
        if name == "section":
            return True
        if name == "title":
            self.title = value
        elif name == "subtitle":
            self.subtitle = value
        elif name == "language":
            self.language = value[:2].lower() if len(value) in (2, 5) else None
        elif name == "tags":
            self.tags = [tag.strip().lstrip("#") for tag in re.split(r"[,;]", value) if tag.strip()]
        elif name == "published":
            if not (iso := dates.parse_date(value)):
                return False
            if label != "updated" or not self.published:
                self.published = iso
        elif name == "url":
            if not URL.match(value):
                return False
            self.url = value
        elif len(value) <= 80 and not SENTENCE_END.search(value):
            self.source = value
        else:
            return False
        self.provenance[name] = "label"
        return True

    def with_bios(self) -> tuple[Author, ...]:
        """The authors, each with the bios that speak of them; a single author has them all."""
        authors = []
        bios = list(self.bios)
        for name in dict.fromkeys(self.authors):
            mine = [bio for bio in bios if bylines.is_bio(bio, name)]
            if not mine and len(self.authors) == 1:
                mine = bios
            authors.append(Author(name, "\n\n".join(mine) or None))
            bios = [bio for bio in bios if bio not in mine]
        return tuple(authors)
