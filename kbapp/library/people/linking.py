"""Articles linked to people: what was recognised in an article, put through the user's corrections.

The rows written here follow from three things alone: what was read (``articles.byline_json``, ``articles.recognised_json``), the
keys that mean a person (``aliases``) and the user's rules (``rejected_keys``, ``assignments``). They can be made anew at
any time, so a correction is a change of rules and a relinking of the articles that it touches.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any

from kbapp.domain import Article
from kbapp.library import change_log
from kbapp.people.identity import identity_key, key_everywhere, key_in_article, surname_key

NOBODY = 0


def recognised_json(article: Article) -> str:
    """The article's people as they are kept in the ``recognised_json`` column."""
    return json.dumps(
        [
            {
                "name": person.name,
                "title": person.title,
                "description": person.description,
                "description_reason": person.description_reason,
                "mentions": [[m.field, m.start, m.end, m.confidence, m.reason] for m in person.mentions],
                "quotes": [[q.start, q.end, q.reason] for q in person.quotes],
            }
            for person in article.people
        ],
        ensure_ascii=False,
    )


def byline_json(article: Article) -> str:
    """The article's authors as they are kept in the ``byline_json`` column."""
    return json.dumps([[author.name, author.bio] for author in article.authors], ensure_ascii=False)


def link(db: sqlite3.Connection, article: int) -> None:
    """Makes the article's rows of authors, people, mentions and quotes anew."""
    unlink(db, article)
    row = db.execute(
        "SELECT published_key, byline_json, recognised_json, title, subtitle, text FROM articles WHERE id = ?",
        (article,),
    ).fetchone()
    from kbapp.reading.fields.bylines import is_agency

    rules = dict(db.execute("SELECT key, person FROM assignments WHERE article = ?", (article,)))
    forms: Counter[tuple[int, str]] = Counter()
    for position, (name, bio) in enumerate(json.loads(row["byline_json"])):
        person = _person(db, name, identity_key(name), rules, agency=is_agency(name))
        if person == NOBODY:
            person = new_person(db, name, identity_key(name))
        db.execute(
            "INSERT INTO authorships VALUES (?, ?, ?, ?, ?, ?)",
            (article, position, person, name, bio, row["published_key"]),
        )
        forms[person, name] += 1
    fields = {"title": row["title"], "subtitle": row["subtitle"] or "", "text": row["text"]}
    present: dict[int, dict[str, Any]] = {}
    for found in _in_edited_fields(db, article, json.loads(row["recognised_json"]), fields):
        key = key_in_article(found["name"], found.get("title", ""), article)
        person = _person(db, found["name"], key, rules)
        if person == NOBODY:
            continue
        there = present.setdefault(person, _nothing_yet(found["name"], key))
        if found["description"] and not there["description"]:
            there["description"], there["why"] = found["description"], found.get("description_reason", "")
        there["mentions"] += [[*mention, key] for mention in found["mentions"]]
        there["quotes"] += found["quotes"]
    _add_marked(db, article, fields, present)
    for position, (person, there) in enumerate(present.items()):
        db.execute(
            "INSERT INTO article_people (article, person, position, name, key, description, mentions, published_key, description_reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article,
                person,
                position,
                there["name"],
                there["key"],
                there["description"],
                len(there["mentions"]),
                row["published_key"],
                there["why"],
            ),
        )
        db.executemany(
            "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (article, field, start, end, person, key, confidence, reason)
                for field, start, end, confidence, reason, key in there["mentions"]
            ),
        )
        db.executemany(
            "INSERT OR IGNORE INTO quotes (article, start, end, person, reason) VALUES (?, ?, ?, ?, ?)",
            ((article, start, end, person, "".join(why)) for start, end, *why in there["quotes"]),
        )
        for field, start, end, *_ in there["mentions"]:
            forms[person, " ".join(fields[field][start:end].split())] += 1
    _count_forms(db, forms)


def _in_edited_fields(
    db: sqlite3.Connection, article: int, recognised: list[dict[str, Any]], fields: dict[str, str]
) -> list[dict[str, Any]]:
    """The people as recognised, their mentions in a title or subtitle that the user edited looked up in what it says now."""
    edited = {
        field: json.loads(read) or ""
        for field, read in db.execute(
            "SELECT field, read_value FROM article_edits WHERE article = ? AND field IN ('title', 'subtitle')",
            (article,),
        )
    }
    if not edited:
        return recognised
    as_read = fields | edited
    taken: list[tuple[str, int, int]] = []
    for person in recognised:
        surfaces = {as_read[field][start:end] for field, start, end, *_ in person["mentions"]}
        person["mentions"] = [mention for mention in person["mentions"] if mention[0] not in edited]
        pattern = "|".join(map(re.escape, sorted(surfaces - {""}, key=lambda surface: (-len(surface), surface))))
        for field in edited:
            for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", fields[field]) if pattern else ():
                if not any(each[0] == field and each[1] < match.end() and match.start() < each[2] for each in taken):
                    taken.append((field, *match.span()))
                    person["mentions"].append([field, *match.span(), 1.0, ""])
    return recognised


def _add_marked(
    db: sqlite3.Connection, article: int, fields: dict[str, str], present: dict[int, dict[str, Any]]
) -> None:
    """Mentions that the recogniser missed and the user marked: wherever the words stand and nobody else is named."""
    marked = db.execute(
        "SELECT m.surface, m.person, p.name FROM (SELECT surface, person FROM marked_names WHERE article = ? "
        "UNION SELECT surface, person FROM known_names) m JOIN people p ON p.id = m.person "
        "ORDER BY length(m.surface) DESC, m.surface",
        (article,),
    ).fetchall()
    taken = {
        field: [
            (start, end) for there in present.values() for name, start, end, *_ in there["mentions"] if name == field
        ]
        for field in fields
    }
    for surface, person, name in marked:
        if not any(surface in text for text in fields.values()):
            continue
        key = identity_key(name)
        there = present.get(person, _nothing_yet(name, key))
        for field, text in fields.items():
            for match in surface_pattern(surface).finditer(text):
                if not any(start < match.end() and match.start() < end for start, end in taken[field]):
                    taken[field].append(match.span())
                    there["mentions"].append([field, *match.span(), 1.0, "you marked it", key])
        if there["mentions"]:
            present[person] = there


def _nothing_yet(name: str, key: str) -> dict[str, Any]:
    """A person of an article before anything is known of them there."""
    return {"name": name, "key": key, "description": None, "why": "", "mentions": [], "quotes": []}


def surface_pattern(surface: str) -> re.Pattern[str]:
    """Finds these words as whole words, whatever kind of space stands between them."""
    words = r"\s+".join(map(re.escape, surface.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")


def unlink(db: sqlite3.Connection, article: int) -> None:
    """Takes the article's links away, and with them its share in the counts."""
    forms: Counter[tuple[int, str]] = Counter()
    for person, name in db.execute("SELECT person, name FROM authorships WHERE article = ?", (article,)):
        forms[person, name] -= 1
    row = db.execute("SELECT title, subtitle, text FROM articles WHERE id = ?", (article,)).fetchone()
    fields = {"title": row[0], "subtitle": row[1] or "", "text": row[2]}
    for person, field, start, end in db.execute(
        "SELECT person, field, start, end FROM mentions WHERE article = ?", (article,)
    ):
        forms[person, " ".join(fields[field][start:end].split())] -= 1
    for table in ("authorships", "mentions", "quotes", "article_people"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    _count_forms(db, forms)


def relink(db: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Links these articles anew and tells the index of them."""
    ids = sorted(set(articles))
    for article in ids:
        link(db, article)
    change_log.record(db, "article", ids)


def articles_of(db: sqlite3.Connection, person: int) -> set[int]:
    """The articles that a person wrote or appears in."""
    rows = db.execute(
        "SELECT article FROM article_people WHERE person = :person UNION SELECT article FROM authorships WHERE person = :person",
        {"person": person},
    )
    return {row[0] for row in rows}


def articles_naming(db: sqlite3.Connection, key: str) -> set[int]:
    """The articles that name somebody by this key, in whichever article a single word stands."""
    rows = db.execute(
        "SELECT article FROM article_people WHERE key = ? UNION SELECT article FROM article_people WHERE key >= ? AND key < ?",
        (key, f"{key} @", f"{key} A"),
    )
    return {row[0] for row in rows}


def _person(db: sqlite3.Connection, name: str, key: str, rules: dict[str, int | None], agency: bool = False) -> int:
    """Whom a name means in an article; a new person where nobody is known by it; NOBODY where the user said so."""
    if key in rules:
        return rules[key] or NOBODY
    everywhere = key_everywhere(key)
    rejected = "SELECT 1 FROM rejected_keys WHERE key IN (?, ?)"
    if not agency and db.execute(rejected, (key, everywhere)).fetchone():
        return NOBODY
    row = db.execute(
        "SELECT person FROM aliases WHERE key = ?1 OR (key = ?2 AND by_user) ORDER BY by_user DESC, key = ?1 DESC LIMIT 1",
        (key, everywhere),
    ).fetchone()
    return int(row[0]) if row else new_person(db, name, key, agency=agency)


def new_person(db: sqlite3.Connection, name: str, key: str, *, agency: bool = False) -> int:
    """A person known by a name from now on."""
    person = db.execute("INSERT INTO people (name, is_agency) VALUES (?, ?)", (name, agency)).lastrowid
    assert person is not None
    db.execute("INSERT OR IGNORE INTO aliases (key, person) VALUES (?, ?)", (key, person))
    db.execute("INSERT OR IGNORE INTO surnames VALUES (?, ?)", (surname_key(key), key))
    return person


def _count_forms(db: sqlite3.Connection, forms: Counter[tuple[int, str]]) -> None:
    """Adds to the uses of each form; the name shown is the form that the texts use most among the fullest."""
    for (person, form), uses in forms.items():
        db.execute(
            "INSERT INTO name_forms (person, form, uses) VALUES (?, ?, ?) ON CONFLICT (person, form) DO UPDATE SET uses = uses + excluded.uses",
            (person, form, uses),
        )
    for person in sorted({person for person, _ in forms}):
        db.execute("DELETE FROM name_forms WHERE person = ? AND uses <= 0 AND NOT by_user", (person,))
        choose_name(db, person)
    change_log.record(db, "person", sorted({person for person, _ in forms}))


def choose_name(db: sqlite3.Connection, person: int) -> None:
    """Sets the person's name from the forms in use, unless the user named the person.

    The choice depends on the set of forms and their counts only, never on the order in which they came.
    """
    rows = db.execute("SELECT form, uses FROM name_forms WHERE person = ?", (person,)).fetchall()
    if not rows:
        return

    def rank(row: sqlite3.Row) -> tuple[bool, bool, int, int, str]:
        form = row["form"]
        return (" " in form, not form.isupper(), row["uses"], len(form), form)

    best = max(rows, key=rank)["form"]
    db.execute("UPDATE people SET name = ? WHERE id = ? AND NOT named_by_user AND name <> ?", (best, person, best))
