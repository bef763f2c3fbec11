"""Pages of people and authors, and the user's corrections, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kbapp.export.markdown import escape, front_matter
from kbapp.export.page_links import PageLinks
from kbapp.library.articles.rows import StoredArticle
from kbapp.library.database import Library
from kbapp.library.portable import reading_out
from kbapp.people.identity import key_everywhere


@dataclass(slots=True)
class _Known:
    """What the articles say of a person."""

    mentioned: list[int] = field(default_factory=list)
    wrote: list[int] = field(default_factory=list)
    descriptions: dict[str, None] = field(default_factory=dict)
    bios: dict[str, None] = field(default_factory=dict)


class PeoplePages:
    """Gathers what articles say of people while they pass, then makes a page for each side of each."""

    def __init__(self, pages: PageLinks) -> None:
        self._pages = pages
        self._known: dict[int, _Known] = {}

    def add(self, stored: StoredArticle) -> None:
        """Takes what an article says of its authors and people."""
        for person, number in zip(stored.article.people, stored.people_ids, strict=True):
            known = self._known.setdefault(number, _Known())
            known.mentioned.append(stored.id)
            if person.description:
                known.descriptions[person.description] = None
        for author, number in zip(stored.article.authors, stored.author_ids, strict=True):
            known = self._known.setdefault(number, _Known())
            known.wrote.append(stored.id)
            if author.bio:
                known.bios[author.bio] = None

    def pages(
        self, aliases: Mapping[int, tuple[str, ...]], notes: Mapping[int, list[int]]
    ) -> Iterator[tuple[str, str]]:  # fmt: skip
        """(path, text) of every page; ``notes`` are the ids of the notes about each person."""
        nothing = _Known()
        for kind in ("person", "author"):
            other = "author" if kind == "person" else "person"
            for path, name in self._pages.listed(kind):
                number = int(self._pages.addresses[path][1])
                known = self._known.get(number, nothing)
                front = front_matter(
                    {"title": name, "aliases": list(aliases.get(number, ())), "kbapp": kind, "kbapp_person": number}
                )
                said = known.descriptions if kind == "person" else known.bios
                parts = [escape(each) for each in said]
                articles = known.mentioned if kind == "person" else known.wrote
                parts += self._section("Mentioned in" if kind == "person" else "Wrote", "article", articles)
                parts += self._section("Notes", "note", notes.get(number, []))
                if self._pages.path(other, number) != path:
                    parts += self._section("As an author" if kind == "person" else "As a person", other, [number])
                yield path, front + "\n\n".join(parts) + "\n"

    def _section(self, heading: str, kind: str, ids: list[int]) -> list[str]:
        found = [f"- {each}" for number in dict.fromkeys(ids) if (each := self._pages.link(kind, number))]
        return [f"## {heading}", "\n".join(found)] if found else []


def corrections(library: Library, pages: PageLinks) -> str:
    """What the user said of who is who and of articles, as a page; "" where nothing was said."""
    lines: list[str] = []
    for table, row in reading_out.rows(library, "people"):
        match table:
            case "people" if row["named_by_user"]:
                lines.append(f"- named by you: {pages.link('person', row['id'], 0) or escape(row['name'])}")
            case "name_forms" if row["by_user"]:
                lines.append(f"- also called “{escape(row['form'])}”: {_who(pages, row['person'])}")
            case "aliases" if row["by_user"]:
                lines.append(f"- the name “{escape(row['key'])}” means {_who(pages, row['person'])}")
            case "rejected_keys":
                lines.append(f"- not a person: {escape(key_everywhere(row['key']))}")
            case "known_names":
                lines.append(f"- “{escape(row['surface'])}” always means {_who(pages, row['person'])}")
            case "refused_merges":
                lines.append(f"- not the same: {_who(pages, row['one'])}, {_who(pages, row['other'])}")
    for table, row in reading_out.rows(library, "articles", only=("article_edits", "assignments", "marked_names")):
        where = pages.link("article", row["article"], 0)
        match table:
            case "article_edits":
                lines.append(f"- {where}: {row['field']} edited")
            case "assignments":
                name, person = escape(key_everywhere(row["key"])), row["person"]
                lines.append(f"- {where}: “{name}” is {_who(pages, person) if person else 'nobody'}")
            case _:
                lines.append(f"- {where}: “{escape(row['surface'])}” is {_who(pages, row['person'])}")
    if not lines:
        return ""
    return front_matter({"title": "Corrections", "kbapp": "corrections"}) + "\n".join(sorted(lines)) + "\n"


def _who(pages: PageLinks, person: int) -> str:
    return pages.link("person", person, 0) or f"person {person}"
