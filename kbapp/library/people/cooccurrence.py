"""People seen together: who is mentioned beside whom, passages that name two, what an author writes about most."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass

from kbapp.domain import EmphasisRow, MentionRow
from kbapp.library.database import Library
from kbapp.library.people.passages import passages
from kbapp.library.people.profiles import mentioned_in

_LATEST = 500  # articles of a person that are looked at, so that no cost grows with the library for ever


@dataclass(frozen=True, slots=True)
class Network:
    """A person and those most often named in the same articles: (id, name, articles shared with the person), the person
    first; ``edges`` are (id, id, articles that name both)."""

    people: tuple[tuple[int, str, int], ...]
    edges: tuple[tuple[int, int, int], ...]


def network(library: Library, person: int, most: int = 12) -> Network:
    """The small network around a person, counted over the latest articles that name them."""
    db = library.db
    name = db.execute("SELECT name FROM people WHERE id = ?", (person,)).fetchone()
    rows = db.execute(
        "WITH latest AS (SELECT article FROM article_people WHERE person = ?1 ORDER BY published_key DESC, article DESC LIMIT ?2) "
        "SELECT latest.article, o.person FROM latest JOIN article_people o ON o.article = latest.article",
        (person, _LATEST),
    ).fetchall()
    together: dict[int, set[int]] = {}
    for article, other in rows:
        together.setdefault(other, set()).add(article)
    mine = together.pop(person, set())
    nearest = sorted(together, key=lambda other: (-len(together[other]), other))[:most]
    names = dict(db.execute(f"SELECT id, name FROM people WHERE id IN ({','.join('?' * len(nearest))})", nearest))
    shown = (
        (person, name[0] if name else "", len(mine)),
        *((other, names[other], len(together[other])) for other in nearest),
    )
    edges = [(person, other, len(together[other])) for other in nearest]
    edges += [
        (one, other, both)
        for one, other in itertools.combinations(nearest, 2)
        if (both := len(together[one] & together[other]))
    ]
    return Network(shown, tuple(edges))


def shared_articles(library: Library, one: int, other: int, limit: int = 40) -> list[MentionRow]:
    """The articles that name both, newest first, each with the paragraphs that name both (else one of each); ``mentions``
    counts those of both."""
    db = library.db
    rows = db.execute(
        "SELECT a.id, a.title, a.published, a.source, a.text, m.mentions + n.mentions AS mentions FROM article_people m JOIN article_people n ON n.article = m.article "
        "JOIN articles a ON a.id = m.article WHERE m.person = ? AND n.person = ? AND a.deleted IS NULL "
        "ORDER BY m.published_key DESC, a.id DESC LIMIT ?",
        (one, other, limit),
    ).fetchall()
    named: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for article, person, start, end in db.execute(
        "SELECT article, person, start, end FROM mentions WHERE field = 'text' AND person IN (?, ?) "
        "AND article IN (SELECT value FROM json_each(?)) ORDER BY start",
        (one, other, json.dumps([row["id"] for row in rows])),
    ):
        named.setdefault((article, person), []).append((start, end))
    found = []
    for row in rows:
        places = [named.get((row["id"], each), [])[:200] for each in (one, other)]
        texts = _paragraphs_with_both(row["text"], places) or [
            passage for each in places for passage in passages(row["text"], each[:1])
        ]
        found.append(
            MentionRow(row["id"], row["title"], row["published"], row["mentions"], tuple(texts[:3]), row["source"])
        )
    return found


def shared_count(library: Library, one: int, other: int) -> int:
    """How many articles name both."""
    row = library.db.execute(
        "SELECT count(*) FROM article_people m JOIN article_people n ON n.article = m.article WHERE m.person = ? AND n.person = ?",
        (one, other),
    ).fetchone()
    return int(row[0])


def mentions_between(library: Library, person: int, start: str, end: str, limit: int) -> tuple[MentionRow, ...]:
    """The passages of the months from ``start`` to ``end`` ("2010-03", both included), newest first."""
    return mentioned_in(library.db, person, limit, 0, (start, end))


def distinctive_people(library: Library, author: int, limit: int = 12) -> list[EmphasisRow]:
    """The people whom an author writes about more than others do, the most telling first."""
    rows = library.db.execute(
        "SELECT p.id, p.name, count(*) AS mine, p.articles, (SELECT value FROM totals WHERE name = 'articles') AS whole, "
        "(SELECT authored FROM people WHERE id = ?1) AS authored FROM authorships s JOIN article_people m ON m.article = s.article "
        "JOIN people p ON p.id = m.person WHERE s.person = ?1 AND m.person <> ?1 GROUP BY p.id HAVING mine > 1",
        (author,),
    ).fetchall()
    found = []
    for row in rows:
        share, usual = row["mine"] / max(1, row["authored"]), row["articles"] / max(1, row["whole"])
        if share > usual:
            found.append(EmphasisRow(row["id"], row["name"], row["mine"], share, share / max(usual, 1e-9)))
    return sorted(found, key=lambda each: (-each.articles * min(each.times, 20.0), each.name))[:limit]


def subjects(library: Library, author: int, limit: int = 12) -> list[tuple[str, int]]:
    """The tags of an author's articles with their counts."""
    rows = library.db.execute(
        "SELECT t.tag, count(*) AS n FROM authorships s JOIN article_tags t ON t.article = s.article WHERE s.person = ? "
        "GROUP BY t.tag ORDER BY n DESC, t.tag LIMIT ?",
        (author, limit),
    )
    return [(row[0], row[1]) for row in rows]


def _paragraphs_with_both(text: str, places: list[list[tuple[int, int]]]) -> list[str]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        if all(any(match.start() <= start < match.end() for start, _ in each) for each in places):
            found.append(match[0].strip()[:700])
    return found
