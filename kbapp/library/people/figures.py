"""The numbers of a person's page, each in one bounded statement."""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.library.database import Library


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """How often and where a person appears.

    Attributes:
        articles, mentions: Articles that mention the person, and places in them.
        authored: Articles that the person wrote.
        sources: Publications in which the person is mentioned.
        alongside: Other people in the same articles.
    """

    articles: int
    mentions: int
    authored: int
    sources: int
    alongside: int


def figures(library: Library, person: int) -> PersonFigures:
    """The numbers of one person; all are zero for an id that nobody has."""
    row = library.db.execute(
        "SELECT articles, mentions, authored, "
        "(SELECT count(DISTINCT a.source) FROM article_people m JOIN articles a ON a.id = m.article WHERE m.person = p.id), "
        "(SELECT count(DISTINCT o.person) FROM article_people m JOIN article_people o ON o.article = m.article "
        " WHERE m.person = p.id AND o.person <> p.id) FROM people p WHERE id = ?",
        (person,),
    ).fetchone()
    return PersonFigures(*row) if row else PersonFigures(0, 0, 0, 0, 0)


def outlets(library: Library, author: int, most: int = 12) -> list[tuple[str, int]]:
    """The publications that an author wrote for, with how many articles, the most first."""
    return [
        (row[0], row[1])
        for row in library.db.execute(
            "SELECT a.source, count(*) AS n FROM authorships s JOIN articles a ON a.id = s.article "
            "WHERE s.person = ? AND a.source IS NOT NULL GROUP BY a.source ORDER BY n DESC, a.source LIMIT ?",
            (author, most),
        )
    ]


def years(library: Library, author: int) -> list[tuple[int, int]]:
    """How many articles an author wrote in each year that has any."""
    return [
        (int(row[0]), row[1])
        for row in library.db.execute(
            "SELECT substr(published_key, 1, 4) AS year, count(*) FROM authorships WHERE person = ? AND published_key <> '' "
            "GROUP BY year ORDER BY year",
            (author,),
        )
    ]
