"""Citations of articles: CSL-JSON (Zotero, pandoc), BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from kbapp.domain import Article
from kbapp.text.folding import fold

_BIBTEX_SPECIAL = str.maketrans({"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\{", "}": r"\}"})


def citations(articles: Iterable[tuple[int, Article]], form: str) -> str:
    """All articles as "csl-json", "bibtex" or "ris", ready for a file."""
    numbered = list(articles)
    if form == "csl-json":
        return json.dumps([_csl(number, article) for number, article in numbered], ensure_ascii=False, indent=2) + "\n"
    return "\n".join((_bibtex if form == "bibtex" else _ris)(number, article) for number, article in numbered)


def reference(article: Article) -> str:
    """One line for a list of sources: Authors: Title. Source, date. Address"""
    authors = ", ".join(author.name for author in article.authors)
    where = ", ".join(part for part in (article.source, (article.published or "")[:10]) if part)
    parts = (f"{authors}: {article.title}" if authors else article.title, where, article.url)
    return " ".join(
        f"{part}." if at < 2 and not part.endswith((".", "?", "!")) else part for at, part in enumerate(parts) if part
    )


def _csl(number: int, article: Article) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"kbapp-{number}", "type": "article-newspaper" if article.source else "article", "title": article.title,
        "author": [_csl_name(author.name) for author in article.authors], "container-title": article.source, "URL": article.url,
        "language": article.language, "abstract": article.subtitle,
    }  # fmt: skip
    if article.published:
        entry["issued"] = {"date-parts": [[int(part) for part in article.published[:10].split("-")]]}
    return {key: value for key, value in entry.items() if value not in (None, [])}


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _bibtex(number: int, article: Article) -> str:
    surname = fold(article.authors[0].name.split()[-1]) if article.authors else "anon"
    key = re.sub(r"[^a-z0-9]", "", surname) + (article.published or "")[:4] + f"-{number}"
    fields = {
        "title": "{" + article.title.translate(_BIBTEX_SPECIAL) + "}",
        "author": " and ".join(author.name for author in article.authors).translate(_BIBTEX_SPECIAL),
        "journal": (article.source or "").translate(_BIBTEX_SPECIAL), "date": (article.published or "")[:10],
        "year": (article.published or "")[:4], "url": article.url or "",
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "@article{" + key + ",\n" + "\n".join(lines) + "\n}\n"


def _ris(number: int, article: Article) -> str:
    lines = ["TY  - NEWS", f"ID  - kbapp-{number}", f"TI  - {article.title}"]
    for author in article.authors:
        given, _, family = author.name.rpartition(" ")
        lines.append(f"AU  - {family}, {given}" if given else f"AU  - {author.name}")
    if article.source:
        lines.append(f"JO  - {article.source}")
    if article.published:
        lines += [f"PY  - {article.published[:4]}", f"DA  - {article.published[:10].replace('-', '/')}"]
    if article.url:
        lines.append(f"UR  - {article.url}")
    return "\n".join([*lines, "ER  - ", ""])
