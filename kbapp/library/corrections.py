"""The user's corrections of who is who: each changes rules and has the articles concerned linked again.

Every one is a change of the journal and can be taken back by its id; see undo.py. All raise NotFound for people and articles
that are not there, and return None when nothing had to change.
"""

from __future__ import annotations

import sqlite3

from kbapp.errors import Code, NotFound, UserError
from kbapp.library import change_log
from kbapp.library.database import Library
from kbapp.library.people import linking
from kbapp.library.undo import Change, Command, last, recorded, undo
from kbapp.library.undo_rows import Recording
from kbapp.people.identity import identity_key, key_everywhere

CORRECTIONS = (
    Command.MERGE, Command.SPLIT, Command.RENAME, Command.ADD_ALIAS, Command.REMOVE_ALIAS, Command.NOT_A_PERSON, Command.MARK_PERSON,
    Command.KEEP_APART, Command.CORRECT,
)  # fmt: skip


def merge(library: Library, person: int, into: int, *, origin: str = "") -> Change | None:
    """Makes one person of two; ``into`` keeps its page, and all names, notes and mentions of ``person`` go there.

    Someone known by a single word is ``into`` wherever that word stands for nobody else, in later imports too.
    """
    if person == into:
        raise UserError(Code.SAME_PERSON)
    with recorded(library, Command.MERGE, origin) as (change, done):
        db = change.db
        change.subject, change.names = into, _names(db, person, into)
        change.relink |= linking.articles_of(db, person)
        for table in ("aliases", "assignments", "marked_names", "known_names", "portraits"):
            change.watch(table, "person = ?", person)
            db.execute(f"UPDATE OR IGNORE {table} SET person = ? WHERE person = ?", (into, person))
        for key in _single_words(db, into):
            change.watch("aliases", "key = ?", key)
            db.execute("INSERT OR REPLACE INTO aliases (key, person, by_user) VALUES (?, ?, 1)", (key, into))
            change.relink |= linking.articles_naming(db, key)
        change.watch("name_forms", "person IN (?, ?)", person, into)
        db.execute(
            "INSERT INTO name_forms (person, form, uses, by_user) "
            "SELECT ?, form, 0, 1 FROM name_forms WHERE person = ? AND by_user "
            "ON CONFLICT (person, form) DO UPDATE SET by_user = 1",
            (into, person),
        )
        db.execute("UPDATE name_forms SET by_user = 0 WHERE person = ?", (person,))
        db.execute("DELETE FROM name_forms WHERE person = ? AND uses <= 0", (person,))
        about = "about_kind IN ('person', 'author') AND about_id = ?"
        change.watch("notes", about, person)
        notes = [row[0] for row in db.execute(f"SELECT id FROM notes WHERE {about}", (person,))]
        db.executemany("UPDATE notes SET about_id = ? WHERE id = ?", ((into, note) for note in notes))
        change_log.record(db, "note", notes)
        change_log.record(db, "person", [into])
    return done.change


def split(
    library: Library, person: int, articles: list[int], name: str | None = None, *, origin: str = ""
) -> Change | None:
    """In these articles the name means someone else: a new person, who is the change's subject.

    Raises:
        NotFound: There is no such person or article.
        UserError: The person is not in one of the articles.
    """
    with recorded(library, Command.SPLIT, origin) as (change, done):
        db = change.db
        change.names = _names(db, person)
        keys = {article: _keys_in(db, article, person) for article in articles}
        if not all(keys.values()) or not keys:
            raise UserError(Code.NAME_NOT_IN_ARTICLE, name=change.names[0])
        new = db.execute(
            "INSERT INTO people (name, named_by_user) VALUES (?, 1)", (_name(name or change.names[0]),)
        ).lastrowid
        change.subject = new
        for article, found in keys.items():
            change.watch("assignments", "article = ?", article)
            sql = "INSERT OR REPLACE INTO assignments (article, key, person) VALUES (?, ?, ?)"
            db.executemany(sql, ((article, key, new) for key in found))
        change.relink |= set(articles)
    return done.change


def rename(library: Library, person: int, name: str, *, origin: str = "") -> Change | None:
    """Sets the name that is shown; the former name stays an alias. Raises UserError for an empty name."""
    name = _name(name)
    with recorded(library, Command.RENAME, origin) as (change, done):
        change.subject, change.names = person, (*_names(change.db, person), name)
        change.watch("people", "id = ?", person)
        _add_alias(change, person, name)
        change.db.execute("UPDATE people SET name = ?, named_by_user = 1 WHERE id = ?", (name, person))
        change_log.record(change.db, "person", [person])
    return done.change


def alias(library: Library, person: int, name: str, *, remove: bool = False, origin: str = "") -> Change | None:
    """Adds a name that means this person from now on and in what is there, or takes one away."""
    name = _name(name)
    with recorded(library, Command.REMOVE_ALIAS if remove else Command.ADD_ALIAS, origin) as (change, done):
        db, key = change.db, identity_key(name)
        change.subject, change.names = person, (*_names(db, person), name)
        change.relink |= linking.articles_naming(db, key)
        if remove:
            change.watch("aliases", "key = ?", key)
            change.watch("name_forms", "person = ? AND form = ?", person, name)
            db.execute("DELETE FROM aliases WHERE key = ? AND person = ?", (key, person))
            db.execute("UPDATE name_forms SET by_user = 0 WHERE person = ? AND form = ?", (person, name))
            db.execute("DELETE FROM name_forms WHERE person = ? AND form = ? AND uses <= 0", (person, name))
        else:
            _add_alias(change, person, name)
        change_log.record(db, "person", [person])
    return done.change


def not_a_person(library: Library, person: int, article: int | None = None, *, origin: str = "") -> Change | None:
    """What was taken for this person is none: in one article, or everywhere and in all later imports."""
    with recorded(library, Command.NOT_A_PERSON, origin) as (change, done):
        db = change.db
        change.subject, change.names = person, _names(db, person)
        if article is not None:
            found = _keys_in(db, article, person)
            if not found:
                raise UserError(Code.NAME_NOT_IN_ARTICLE, name=change.names[0])
            change.relink.add(article)
            change.watch("assignments", "article = ?", article)
            sql = "INSERT OR REPLACE INTO assignments (article, key, person) VALUES (?, ?, NULL)"
            db.executemany(sql, ((article, key) for key in found))
        else:
            change.relink |= linking.articles_of(db, person)
            keys = {key_everywhere(row[0]) for row in db.execute("SELECT key FROM aliases WHERE person = ?", (person,))}
            for key in keys:
                change.watch("rejected_keys", "key = ?", key)
                change.relink |= linking.articles_naming(db, key)
            db.executemany("INSERT OR IGNORE INTO rejected_keys (key) VALUES (?)", ((key,) for key in keys))
        change_log.record(db, "person", [person])
    return done.change


def mark(library: Library, article: int, surface: str, name: str, *, origin: str = "") -> Change | None:
    """These words name a person that was missed: the one known by the name, else a new one, who is the change's subject.

    Several words name that person wherever they stand, in what is there and in all later imports; a single word, which
    may mean anything elsewhere, does so in this article. Raises UserError when the words are not in the article.
    """
    surface, name = " ".join(surface.split()), _name(name)
    with recorded(library, Command.MARK_PERSON, origin) as (change, done):
        db = change.db
        row = db.execute("SELECT title, subtitle, text FROM articles WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise NotFound(Code.NO_SUCH_ARTICLE, ref=article)
        if not surface or not any(linking.surface_pattern(surface).search(text or "") for text in row):
            raise UserError(Code.NAME_NOT_IN_ARTICLE, name=surface)
        key = identity_key(name)
        change.watch("rejected_keys", "key = ?", key)
        db.execute("DELETE FROM rejected_keys WHERE key = ?", (key,))
        known = db.execute("SELECT person FROM aliases WHERE key = ?", (key,)).fetchone()
        person = int(known[0]) if known else linking.new_person(db, name, key)
        change.subject, change.names = person, (surface,)
        if not known:
            _add_alias(change, person, name)
        change.relink.add(article)
        if " " in surface:
            change.watch("known_names", "surface = ?", surface)
            db.execute("INSERT OR REPLACE INTO known_names (surface, person) VALUES (?, ?)", (surface, person))
            change.relink |= _articles_saying(db, surface)
        else:
            change.watch("marked_names", "article = ? AND surface = ?", article, surface)
            sql = "INSERT OR REPLACE INTO marked_names (article, surface, person) VALUES (?, ?, ?)"
            db.execute(sql, (article, surface, person))
        change_log.record(db, "person", [person])
    return done.change


def refuse(library: Library, one: int, other: int, *, origin: str = "") -> Change | None:
    """Never suggests this pair again."""
    pair = (min(one, other), max(one, other))
    with recorded(library, Command.KEEP_APART, origin) as (change, done):
        change.subject, change.names = one, _names(change.db, *pair)
        change.watch("refused_merges", "one = ? AND other = ?", *pair)
        change.db.execute("INSERT OR IGNORE INTO refused_merges (one, other) VALUES (?, ?)", pair)
    return done.change


def undo_last(library: Library) -> Change:
    """Takes the latest correction of people back. Raises NotFound when there is none, ChangeOvertaken."""
    return undo(library, last(library, commands=CORRECTIONS).id)


def _add_alias(change: Recording, person: int, name: str) -> None:
    key = identity_key(name)
    change.watch("aliases", "key = ?", key)
    change.watch("name_forms", "person = ? AND form = ?", person, name)
    change.db.execute("INSERT OR REPLACE INTO aliases (key, person, by_user) VALUES (?, ?, 1)", (key, person))
    change.db.execute(
        "INSERT INTO name_forms (person, form, uses, by_user) VALUES (?, ?, 0, 1) "
        "ON CONFLICT (person, form) DO UPDATE SET by_user = 1",
        (person, name),
    )


def _single_words(db: sqlite3.Connection, person: int) -> set[str]:
    """The words by which single articles name a person, without a full name."""
    keys = {row[0] for row in db.execute("SELECT key FROM aliases WHERE person = ?", (person,))}
    return {word for key in keys if (word := key_everywhere(key)) != key} - keys


def _keys_in(db: sqlite3.Connection, article: int, person: int) -> set[str]:
    """The keys under which an article names a person, in its text or its byline. Raises NotFound."""
    if not db.execute("SELECT 1 FROM articles WHERE id = ?", (article,)).fetchone():
        raise NotFound(Code.NO_SUCH_ARTICLE, ref=article)
    mentions = db.execute("SELECT DISTINCT key FROM mentions WHERE article = ? AND person = ?", (article, person))
    signed = db.execute("SELECT name FROM authorships WHERE article = ? AND person = ?", (article, person))
    return {row[0] for row in mentions} | {identity_key(row[0]) for row in signed}


def _articles_saying(db: sqlite3.Connection, surface: str) -> set[int]:
    """The articles with these words, whatever kind of space stands between them."""
    spaces = "replace(replace(replace({}, char(160), ' '), char(8239), ' '), char(10), ' ')"
    places = " OR ".join(f"instr({spaces.format(field)}, ?1)" for field in ("text", "title", "subtitle"))
    return {row[0] for row in db.execute(f"SELECT id FROM articles WHERE {places}", (surface,))}


def _name(name: str) -> str:
    """A name as it is kept. Raises UserError when nothing is left of it."""
    name = " ".join(name.split())
    if not identity_key(name):
        raise UserError(Code.PERSON_WITHOUT_NAME)
    return name


def _names(db: sqlite3.Connection, *people: int) -> tuple[str, ...]:
    found = []
    for person in people:
        row = db.execute("SELECT name FROM people WHERE id = ?", (person,)).fetchone()
        if row is None:
            raise NotFound(Code.NO_SUCH_PERSON, ref=person)
        found.append(row[0])
    return tuple(found)
