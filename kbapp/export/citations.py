"""Citations of articles: CSL-JSON (Zotero, pandoc), BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kbapp.domain import Article
from kbapp.export.author_names import AuthorName, parse_name
from kbapp.text.folding import fold

_LATEX = str.maketrans(
    {
        "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)")


def citations(articles: Iterable[tuple[int, Article]], form: str) -> str:
    """All articles, with their ids, as "csl-json", "bibtex" or "ris", ready for a file."""
    return _FORMS[form](list(articles))


def reference(article: Article) -> str:
    """One line for a list of sources: Authors: Title. Source, date. Address"""
    authors = ", ".join(author.name for author in article.authors)
    where = ", ".join(part for part in (article.source, _date(article)) if part)
    parts = (f"{authors}: {article.title}" if authors else article.title, where, article.url)
    return " ".join(
        f"{part}." if at < 2 and not part.endswith((".", "?", "!")) else part for at, part in enumerate(parts) if part
    )


def _csl_json(articles: list[tuple[int, Article]]) -> str:
    return json.dumps([_csl(number, article) for number, article in articles], ensure_ascii=False, indent=2) + "\n"


def _csl(number: int, article: Article) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"kbapp-{number}", "type": "article-newspaper" if article.source else "article", "title": article.title,
        "author": [_csl_name(name) for name in _names(article)], "container-title": article.source, "URL": article.url,
        "language": article.language, "abstract": article.subtitle,
    }  # fmt: skip
    if date := _date(article):
        entry["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
    return {key: value for key, value in entry.items() if value not in (None, [])}


def _csl_name(name: AuthorName) -> dict[str, str]:
    if name.literal:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def _bibtex(articles: list[tuple[int, Article]]) -> str:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    library = Library()
    for number, article in articles:
        fields = {
            "title": f"{{{_latex(article.title)}}}",
            "author": " and ".join(map(_bibtex_name, _names(article))),
            "journal": _latex(article.source or ""), "date": _date(article), "year": _date(article)[:4],
            "url": re.sub(r"[{}\s\\]", lambda match: f"%{ord(match[0]):02X}", article.url or ""), "langid": article.language or "",
            "abstract": _latex(article.subtitle or ""),
        }  # fmt: skip
        library.add(
            Entry("article", _key(number, article), [Field(name, value) for name, value in fields.items() if value])
        )
    return str(write_string(library))


def _bibtex_name(name: AuthorName) -> str:
    """ "van Beethoven, Ludwig", "Doe, Jr., Jane", and in braces what is one name."""
    if name.literal:
        return f"{{{_latex(name.family)}}}"
    family = " ".join(part for part in (name.particle, name.family) if part)
    return _latex(", ".join(part for part in (family, name.suffix, name.given) if part))


def _key(number: int, article: Article) -> str:
    names = _names(article)
    surname = re.sub(r"[^a-z0-9]", "", fold(names[0].family)) if names else ""
    return f"{surname or 'anon'}{_date(article)[:4]}-{number}"


def _latex(text: str) -> str:
    return " ".join(text.split()).translate(_LATEX)


def _ris(articles: list[tuple[int, Article]]) -> str:
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Without a number before each record, which not every program takes."""

        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""

    return str(rispy.dumps([_ris_entry(number, article) for number, article in articles], implementation=Writer))


def _ris_entry(number: int, article: Article) -> dict[str, Any]:
    date = _date(article)
    entry: dict[str, Any] = {
        "type_of_reference": "NEWS", "id": f"kbapp-{number}", "title": article.title,
        "authors": [name.family.replace(",", "") if name.literal else name.sorted for name in _names(article)],
        "journal_name": article.source, "year": date[:4], "date": "/".join([*date.split("-"), "", ""][:3]) + "/" if len(date) > 4 else "",
        "abstract": article.subtitle, "language": article.language, "urls": [article.url] if article.url else [],
    }  # fmt: skip
    return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in entry.items() if value}


def _names(article: Article) -> list[AuthorName]:
    return [parse_name(author.name) for author in article.authors if author.name.strip()]


def _date(article: Article) -> str:
    """The date of publication with the precision that it has, no finer than the day; "" where there is none."""
    match = _DATE.match(article.published or "")
    return match[0] if match else ""


_FORMS: Mapping[str, Callable[[list[tuple[int, Article]]], str]] = {
    "csl-json": _csl_json,
    "bibtex": _bibtex,
    "ris": _ris,
}
