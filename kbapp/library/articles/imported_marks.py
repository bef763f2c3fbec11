"""What another program says of an article is taken over once.

An export that is imported again, or a newer one of the same program, adds what is new in it and brings back nothing that the
user has changed since.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

from kbapp.domain import Article


def first_time(db: sqlite3.Connection, article: int, what: object) -> bool:
    """Whether this was never said of the article before; from now on it was."""
    digest = hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()
    return db.execute("INSERT OR IGNORE INTO imported_marks VALUES (?, ?)", (article, digest)).rowcount > 0


def says_something_new(db: sqlite3.Connection, number: int, article: Article) -> bool:
    """Whether an article comes with tags and marks that it did not come with before; from now on it did."""
    marks = [sorted(article.tags), article.is_read, article.starred, article.saved]
    return any(marks) and first_time(db, number, marks)
