"""PubMed's tagged text (NBIB, MEDLINE)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kbapp.domain import Article
from kbapp.reading.bibliography.items import Item, articles_of, in_order
from kbapp.reading.encoding import decode

_FIELD = re.compile(r"([A-Z]{2,4}) *- ?(.*)")
_LANGUAGES = {"eng": "en", "ger": "de", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "rus": "ru", "chi": "zh", "jpn": "ja", "dut": "nl", "pol": "pl"}  # fmt: skip


def read_pubmed(data: bytes, _name: str, attached: Mapping[str, bytes] | None = None) -> list[Article]:
    """An article for each citation. Raises UnreadableFile when none has a title."""
    return articles_of(map(_item, _citations(decode(data))), attached)


def _citations(text: str) -> list[dict[str, list[str]]]:
    """The fields of each citation by their tags; an indented line goes on with the field above it."""
    found: list[dict[str, list[str]]] = []
    values: list[str] = []
    for line in text.splitlines():
        if field := _FIELD.match(line):
            if field[1] == "PMID" or not found:
                found.append({})
            values = found[-1].setdefault(field[1], [])
            values.append(field[2].strip())
        elif line.startswith(" ") and values:
            values[-1] = f"{values[-1]} {line.strip()}"
    return found


def _item(fields: Mapping[str, list[str]]) -> Item:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in fields.get(tag, []) if value), None)

    doi = next((value.split()[0] for tag in ("AID", "LID") for value in fields.get(tag, []) if value.endswith("[doi]")), None)  # fmt: skip
    return Item(
        title=(first("TI", "TT") or "").removesuffix("."),
        names=tuple(map(in_order, fields.get("FAU") or fields.get("AU") or fields.get("CN") or [])),
        published=_published(first("DP", "DEP") or ""),
        source=first("JT", "TA"),
        doi=doi,
        url=None if doi else f"https://pubmed.ncbi.nlm.nih.gov/{first('PMID')}/" if first("PMID") else None,
        abstract=first("AB") or "",
        tags=tuple(fields.get("OT", [])),
        language=_LANGUAGES.get(first("LA") or ""),
    )


def _published(text: str) -> str:
    """ "2023 Mar 12" and "2023 Mar" the other way round; of "2023 Mar-Apr" and "2023 Spring" the year."""
    year, _, day = text.partition(" ")
    return " ".join(reversed(text.split())) if re.fullmatch(r"[A-Z][a-z]{2}(?: \d{1,2})?", day) else year
