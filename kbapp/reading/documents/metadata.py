"""What a document says of itself: title, authors and date, in Dublin Core as Word, OpenDocument and EPUB keep it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kbapp.reading.fields import bylines
from kbapp.reading.fields.dates import parse_date

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_AUTHOR_ROLES = ("aut", "")
# What a program fills in when nobody says otherwise.
_NO_TITLE = re.compile(
    r"(?:microsoft word - .*|untitled.*|unbenannt.*|sans titre.*|document ?\d*|dokument ?\d*|title|.*\.(?:docx?|odt|rtf|indd|qxd|qxp|tex|pdf|pages|html?)|\W*)", re.I
)  # fmt: skip
_NO_AUTHOR = re.compile(
    r"(?:(?:microsoft|ms) ?(?:office|word)?(?: user)?|user|admin(?:istrator)?|owner|unknown|author|python-docx|calibre.*|.*@.*|\W*)", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What a document's properties say; each is believed only where its text says nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


def usable_title(title: str | None) -> str | None:
    """The title, unless a program put it there ("Microsoft Word - draft3.doc")."""
    title = " ".join((title or "").split())
    return None if len(title) < 2 or _NO_TITLE.fullmatch(title) else title


def usable_author(name: str | None) -> str | None:
    """The author's name as it is said ("Doe, Jane" is Jane Doe), unless a program put it there."""
    name = " ".join((name or "").split())
    if match := re.fullmatch(r"([^,]{2,40}), ([^,]{2,40})", name):
        name = f"{match[2]} {match[1]}"
    return None if " " not in name or _NO_AUTHOR.fullmatch(name) else bylines.tidy_name(name)


def split_authors(text: str) -> tuple[str, ...]:
    """The authors in one field: "Jane Doe; John Roe", "Jane Doe and John Roe", but "Doe, Jane" is one."""
    parts = re.split(r"\s*(?:;|/|\band\b|\bund\b|\bet\b|&)\s*", text)
    if len(parts) == 1 and text.count(",") > 0 and all(" " in part.strip() for part in text.split(",")):
        parts = text.split(",")
    return tuple(dict.fromkeys(name for part in parts if (name := usable_author(part))))


def dublin_core(root: Any | None) -> DocumentMetadata:
    """The metadata in an XML tree; roles other than the author's (translator, illustrator) are left out."""
    if root is None:
        return DocumentMetadata()
    titles = [_text(element) for element in root.iter(f"{_DC}title")]
    authors: list[str] = []
    for element in root.iter(f"{_DC}creator"):
        if _role(element, root) in _AUTHOR_ROLES:
            filed = element.get(f"{_OPF}file-as") or ""
            shown = _text(element)
            authors += split_authors(filed if _is_filed(shown, filed) else shown)
    dates = [_text(element) for element in root.iter(f"{_DC}date")]
    created = [element.text or "" for element in root.iter() if isinstance(element.tag, str) and element.tag.endswith("}created")]  # fmt: skip
    found = [iso for value in [*dates, *created] if (iso := parse_date(value) or _year(value))]
    return DocumentMetadata(
        usable_title(titles[0]) if titles else None, tuple(dict.fromkeys(authors)), found[0][:10] if found else None
    )


def _is_filed(shown: str, filed: str) -> bool:
    """Whether the name is only right as it is filed: "JANE DOE" or nothing beside "Doe, Jane"."""
    return bool(filed) and (not shown or shown.isupper())


def _role(element: Any, root: Any) -> str:
    """The MARC role of a creator, as EPUB 2 (an attribute) or EPUB 3 (a refinement) gives it."""
    if role := element.get(f"{_OPF}role"):
        return str(role)
    reference = f"#{element.get('id')}"
    for meta in root.iter(f"{_OPF}meta") if element.get("id") else ():
        if meta.get("refines") == reference and (meta.get("property") or "").endswith("role"):
            return _text(meta)
    return ""


def _year(value: str) -> str | None:
    match = re.match(r"(?:1[5-9]|20)\d\d$", value.strip())
    return match[0] if match else None


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
