"""The user's corrections of who is who: each changes rules, relinks the articles concerned, and can be taken back.

An undo record holds the rule rows as they were before; taking a correction back writes them again and relinks. Steps
are taken back in reverse, so "keep" is recorded before the "drop" that must run first.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from kbapp.errors import Code, NotFound, UserError
from kbapp.library import change_log
from kbapp.library.database import Library, now
from kbapp.library.people import linking
from kbapp.people.identity import identity_key, surname_key


def merge(library: Library, person: int, into: int) -> None:
    """Makes one person of two; ``into`` keeps its page, and all names, notes and mentions of ``person`` go there."""
    if person == into:
        raise UserError(Code.SAME_PERSON)
    with library.transaction() as db:
        names = _names(db, person, into)
        undo = _Undo(db, f"Merged {names[0]} into {names[1]}")
        touched = linking.articles_of(db, person)
        undo.keep("aliases", "person = ?", person)
        undo.keep("assignments", "person = ?", person)
        undo.keep("name_forms", "person = ? AND by_user", person)
        db.execute("UPDATE aliases SET person = ? WHERE person = ?", (into, person))
        db.execute("UPDATE assignments SET person = ? WHERE person = ?", (into, person))
        for table in ("marked_names", "known_names", "portraits"):
            undo.keep(table, "person = ?", person)
            db.execute(f"UPDATE OR IGNORE {table} SET person = ? WHERE person = ?", (into, person))
        db.execute("UPDATE OR IGNORE name_forms SET person = ? WHERE person = ? AND by_user", (into, person))
        notes = [
            row[0]
            for row in db.execute(
                "SELECT id FROM notes WHERE about_kind IN ('person', 'author') AND about_id = ?", (person,)
            )
        ]
        db.executemany("UPDATE notes SET about_id = ? WHERE id = ?", ((into, note) for note in notes))
        undo.steps.append({"notes": notes, "about": person})
        change_log.record(db, "note", notes)
        undo.finish(touched, into)


def split(library: Library, person: int, articles: list[int], name: str | None = None) -> int:
    """In these articles the name means someone else: a new person, whose id is returned."""
    with library.transaction() as db:
        (old,) = _names(db, person)
        undo = _Undo(db, f"Split off from {old}")
        new = db.execute("INSERT INTO people (name, named_by_user) VALUES (?, 1)", (name or old,)).lastrowid
        assert new is not None
        for article in articles:
            keys = {
                row[0]
                for row in db.execute(
                    "SELECT DISTINCT key FROM mentions WHERE article = ? AND person = ?", (article, person)
                )
            }
            keys |= {
                identity_key(row[0])
                for row in db.execute(
                    "SELECT name FROM authorships WHERE article = ? AND person = ?", (article, person)
                )
            }
            for key in keys:
                undo.keep("assignments", "article = ? AND key = ?", article, key)
                undo.drop("assignments", "article = ? AND key = ?", article, key)
                db.execute("INSERT OR REPLACE INTO assignments VALUES (?, ?, ?)", (article, key, new))
        undo.finish(articles, new)
    return new


def rename(library: Library, person: int, name: str) -> None:
    """Sets the name that is shown; the former name stays an alias."""
    name = " ".join(name.split())
    if not name:
        raise UserError(Code.PERSON_WITHOUT_NAME)
    with library.transaction() as db:
        (old,) = _names(db, person)
        undo = _Undo(db, f"Renamed {old} to {name}")
        undo.steps.append(
            {
                "name": [old, db.execute("SELECT named_by_user FROM people WHERE id = ?", (person,)).fetchone()[0]],
                "about": person,
            }
        )
        _add_alias(db, undo, person, name)
        db.execute("UPDATE people SET name = ?, named_by_user = 1 WHERE id = ?", (name, person))
        undo.finish([], person)


def alias(library: Library, person: int, name: str, *, remove: bool = False) -> None:
    """Adds a name that means this person from now on and in what is there, or takes one away."""
    with library.transaction() as db:
        (shown,) = _names(db, person)
        undo = _Undo(db, f"{'Removed' if remove else 'Added'} the alias {name} of {shown}")
        key = identity_key(name)
        touched = {row[0] for row in db.execute("SELECT article FROM article_people WHERE key = ?", (key,))}
        if remove:
            undo.keep("aliases", "key = ?", key)
            undo.keep("name_forms", "person = ? AND form = ?", person, name)
            db.execute("DELETE FROM aliases WHERE key = ? AND person = ?", (key, person))
            db.execute("DELETE FROM name_forms WHERE person = ? AND form = ?", (person, name))
        else:
            _add_alias(db, undo, person, name)
        undo.finish(touched, person)


def not_a_person(library: Library, person: int, article: int | None = None) -> None:
    """What was taken for this person is none: in one article, or everywhere and in all later imports."""
    with library.transaction() as db:
        (name,) = _names(db, person)
        undo = _Undo(db, f"{name} is not a person" + (" here" if article else ""))
        keys = [row[0] for row in db.execute("SELECT key FROM aliases WHERE person = ?", (person,))]
        if article is not None:
            touched = {article}
            for key in {
                row[0]
                for row in db.execute("SELECT key FROM mentions WHERE article = ? AND person = ?", (article, person))
            }:
                undo.keep("assignments", "article = ? AND key = ?", article, key)
                undo.drop("assignments", "article = ? AND key = ?", article, key)
                db.execute("INSERT OR REPLACE INTO assignments VALUES (?, ?, NULL)", (article, key))
        else:
            touched = linking.articles_of(db, person)
            for key in keys:
                undo.drop("rejected_keys", "key = ?", key)
                db.execute("INSERT OR IGNORE INTO rejected_keys VALUES (?)", (key,))
        undo.finish(touched, person)


def mark(library: Library, article: int, surface: str, name: str) -> int:
    """These words name a person that was missed: the one known by the name, else a new one. Returns the person.

    Several words name that person wherever they stand, in what is there and in all later imports; a single word, which
    may mean anything elsewhere, does so in this article. Raises UserError when the words are not in the article.
    """
    surface, name = " ".join(surface.split()), " ".join(name.split())
    with library.transaction() as db:
        row = db.execute("SELECT title, subtitle, text FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise NotFound(Code.NO_SUCH_ARTICLE, ref=article)
        if not surface or not name or not any(surface in (text or "") for text in row):
            raise UserError(Code.NAME_NOT_IN_ARTICLE, name=surface)
        undo = _Undo(db, f"Marked {surface} as a person")
        key = identity_key(name)
        undo.keep("rejected_keys", "key = ?", key)
        db.execute("DELETE FROM rejected_keys WHERE key = ?", (key,))
        known = db.execute("SELECT person FROM aliases WHERE key = ?", (key,)).fetchone()
        person = known[0] if known else linking.new_person(db, name, key)
        if not known:
            _add_alias(db, undo, int(person), name)
        touched = {article}
        if " " in surface:
            undo.keep("known_names", "surface = ?", surface)
            undo.drop("known_names", "surface = ?", surface)
            db.execute("INSERT OR REPLACE INTO known_names VALUES (?, ?)", (surface, person))
            touched |= {
                row[0]
                for row in db.execute(
                    "SELECT id FROM articles WHERE instr(text, ?1) OR instr(title, ?1) OR instr(subtitle, ?1)",
                    (surface,),
                )
            }
        else:
            undo.keep("marked_names", "article = ? AND surface = ?", article, surface)
            undo.drop("marked_names", "article = ? AND surface = ?", article, surface)
            db.execute("INSERT OR REPLACE INTO marked_names VALUES (?, ?, ?)", (article, surface, person))
        undo.finish(touched, person)
    return int(person)


def undo_last(library: Library) -> str:
    """Takes the latest correction back and returns its title. Raises NotFound when there is none."""
    with library.transaction() as db:
        row = db.execute("SELECT id, title, undo FROM corrections WHERE NOT undone ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            raise NotFound(Code.NOTHING_TO_UNDO)
        record = json.loads(row["undo"])
        touched = set(record["articles"])
        if any(step.get("delete") == "known_names" for step in record["steps"]):  # later imports knew the name too
            touched |= linking.articles_of(db, record["person"])
        for step in reversed(record["steps"]):
            _revert(db, step)
        db.execute("UPDATE corrections SET undone = 1 WHERE id = ?", (row["id"],))
        linking.relink(db, touched)
        return str(row["title"])


def last_touched(library: Library) -> int | None:
    """The person whom the latest correction, taken back or not, was about."""
    row = library.db.execute("SELECT undo FROM corrections ORDER BY id DESC LIMIT 1").fetchone()
    return json.loads(row[0]).get("person") if row else None


def suggestions(library: Library, limit: int = 50) -> list[tuple[int, int, str]]:
    """Pairs that may be one person: (id, id, why). Refused pairs are left out."""
    db = library.db
    refused = {(row[0], row[1]) for row in db.execute("SELECT one, other FROM refused_merges")}
    found: list[tuple[int, int, str]] = []
    rows = db.execute(
        "SELECT a.key, p.id, p.name FROM people p JOIN aliases a ON a.person = p.id WHERE p.articles > 0 AND NOT p.is_agency "
        "ORDER BY p.articles DESC, p.id LIMIT 5000"
    ).fetchall()
    by_surname: dict[str, list[tuple[str, int, str]]] = {}
    for key, person, name in rows:
        by_surname.setdefault(surname_key(key), []).append((key, person, name))
    for bearers in by_surname.values():
        for index, (key, person, _) in enumerate(bearers[:20]):
            for other_key, other, _ in bearers[index + 1 : 20]:
                pair = (min(person, other), max(person, other))
                why = _why_same(key, other_key)
                if person != other and pair not in refused and why:
                    found.append((*pair, why))
                    refused.add(pair)
            if len(found) >= limit:
                return found[:limit]
    return found


def suggestions_for(library: Library, person: int, limit: int = 5) -> list[tuple[int, int, str]]:
    """Pairs with this person that may be one: others whose key ends in the same surname, found by their forms' keys."""
    db = library.db
    refused = {
        (row[0], row[1])
        for row in db.execute("SELECT one, other FROM refused_merges WHERE one = ? OR other = ?", (person, person))
    }
    found: list[tuple[int, int, str]] = []
    for (key,) in db.execute("SELECT key FROM aliases WHERE person = ?", (person,)).fetchall():
        surname = surname_key(key)
        rows = db.execute(
            "SELECT a.key, p.id FROM surnames s JOIN aliases a ON a.key = s.key JOIN people p ON p.id = a.person "
            "WHERE s.surname = ? AND p.id <> ? AND p.articles > 0 ORDER BY p.articles DESC LIMIT 20",
            (surname, person),
        )
        for other_key, other in rows:
            pair = (min(person, other), max(person, other))
            why = _why_same(key, other_key)
            if why and pair not in refused:
                refused.add(pair)
                found.append((*pair, why))
    return found[:limit]


def refuse(library: Library, one: int, other: int) -> None:
    """Never suggests this pair again."""
    pair = (min(one, other), max(one, other))
    with library.transaction() as db:
        undo = _Undo(db, "Kept apart {} and {}".format(*_names(db, *pair)))
        undo.drop("refused_merges", "one = ? AND other = ?", *pair)
        db.execute("INSERT OR IGNORE INTO refused_merges VALUES (?, ?)", pair)
        undo.finish(())


def _why_same(one: str, other: str) -> str | None:
    a, b = one.split(), other.split()
    if len(a) == 1 or len(b) == 1:
        return "the same surname, one of them without a given name"
    if a[0] == b[0]:
        return "the same given name and surname"
    if a[0][0] == b[0][0] and min(len(a[0].strip(".")), len(b[0].strip("."))) == 1:
        return "the same surname and initial"
    return None


class _Undo:
    """Gathers what a correction changes, in order to take it back."""

    def __init__(self, db: sqlite3.Connection, title: str) -> None:
        self.db, self.title = db, title
        self.steps: list[dict[str, Any]] = []

    def keep(self, table: str, where: str, *values: Any) -> None:
        """The rows as they are now will be written again."""
        rows = [list(row) for row in self.db.execute(f"SELECT * FROM {table} WHERE {where}", values)]
        if rows:
            self.steps.append({"write": table, "rows": rows})

    def drop(self, table: str, where: str, *values: Any) -> None:
        """The rows that will match then are new ones and will go."""
        self.steps.append({"delete": table, "where": where, "values": list(values)})

    def finish(self, articles: Any, person: int | None = None) -> None:
        ids = sorted(articles)
        self.db.execute(
            "INSERT INTO corrections (made, title, undo) VALUES (?, ?, ?)",
            (now(), self.title, json.dumps({"steps": self.steps, "articles": ids, "person": person})),
        )
        linking.relink(self.db, ids)
        if person is not None:
            change_log.record(self.db, "person", [person])


def _revert(db: sqlite3.Connection, step: dict[str, Any]) -> None:
    if "write" in step:
        marks = ", ".join("?" * len(step["rows"][0]))
        db.executemany(f"INSERT OR REPLACE INTO {step['write']} VALUES ({marks})", step["rows"])
    elif "delete" in step:
        db.execute(f"DELETE FROM {step['delete']} WHERE {step['where']}", step["values"])
    elif "notes" in step:
        db.executemany("UPDATE notes SET about_id = ? WHERE id = ?", ((step["about"], note) for note in step["notes"]))
        change_log.record(db, "note", step["notes"])
    elif "name" in step:
        db.execute("UPDATE people SET name = ?, named_by_user = ? WHERE id = ?", (*step["name"], step["about"]))
        change_log.record(db, "person", [step["about"]])


def _add_alias(db: sqlite3.Connection, undo: _Undo, person: int, name: str) -> None:
    key = identity_key(name)
    undo.keep("aliases", "key = ?", key)
    undo.drop("aliases", "key = ?", key)
    undo.keep("name_forms", "person = ? AND form = ?", person, name)
    undo.drop("name_forms", "person = ? AND form = ?", person, name)
    db.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?, 1)", (key, person))
    db.execute(
        "INSERT INTO name_forms VALUES (?, ?, 0, 1) ON CONFLICT (person, form) DO UPDATE SET by_user = 1",
        (person, name),
    )


def _names(db: sqlite3.Connection, *people: int) -> list[str]:
    found = []
    for person in people:
        row = db.execute("SELECT name FROM people WHERE id = ?", (person,)).fetchone()
        if row is None:
            raise NotFound(Code.NO_SUCH_PERSON, ref=person)
        found.append(row[0])
    return found
