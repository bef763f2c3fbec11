"""What another program knew of an article: read and starred marks, tags, when it was saved, highlights.

It is taken over once. An export that is imported again, or a newer one of the same program, adds what is new in it and brings
back nothing that the user has changed or thrown away since.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from kbapp.domain import Anchor, Article, Highlight, Subject
from kbapp.library import change_log
from kbapp.library.articles import repository as articles
from kbapp.library.database import Connection, Library, now
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import make_anchor
from kbapp.library.notes.encryption import is_protected

_ALIKE = {"'": "['’‘`´]", "’": "['’‘`´]", "‘": "['’‘`´]", '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]', "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]"}  # fmt: skip
_MOST_WORDS = 600  # of a highlight that are looked for; longer ones begin where these do


def merge(db: Connection, article: int, brought: Article, *, is_new: bool) -> None:
    """Takes over what an export says of an article, within the caller's transaction.

    Args:
        db: The library's connection.
        article: The article in the library.
        brought: The article as the export has it.
        is_new: Whether the article was stored just now, with its tags and marks.
    """
    if _is_from_export(brought):
        tags = sorted(brought.tags)
        state = json.dumps([tags, brought.is_read, brought.starred, brought.saved])
        if _first_time(db, article, state) and not is_new:
            _take_over(db, article, brought)
    if brought.highlights:
        _take_highlights(db, article, brought.highlights)


def release(library: Library) -> int:
    """Makes notes of the highlights that came while the notes were locked; returns how many. Nothing while they still are."""
    if is_protected(library.db) and not library.vault.unlocked:
        return 0
    if library.db.execute("SELECT 1 FROM waiting_highlights LIMIT 1").fetchone() is None:
        return 0
    with library.transaction() as db:
        rows = db.execute("SELECT id, article, highlight FROM waiting_highlights ORDER BY id").fetchall()
        for number, article, words in rows:
            values = json.loads(words)
            _write(db, article, Highlight(**values | {"tags": tuple(values["tags"])}), _text(db, article))
            db.execute("DELETE FROM waiting_highlights WHERE id = ?", (number,))
    return len(rows)


def find_passage(text: str, words: str) -> tuple[int, int] | None:
    """Where a text says these words, whatever blanks, quotation marks and dashes are written; None if it does not."""
    start = text.find(words)
    if start >= 0 and words:
        return start, start + len(words)
    parts = words.split()[:_MOST_WORDS]
    if not parts:
        return None
    pattern = r"\s+".join("".join(_ALIKE.get(letter) or re.escape(letter) for letter in part) for part in parts)
    match = re.search(pattern, text)
    return match.span() if match else None


def _is_from_export(article: Article) -> bool:
    return bool(article.saved or article.is_read or article.starred or article.highlights or article.format == "link")


def _first_time(db: Connection, article: int, what: str) -> bool:
    digest = hashlib.sha256(what.encode()).hexdigest()
    return db.execute("INSERT OR IGNORE INTO imported_marks VALUES (?, ?)", (article, digest)).rowcount > 0


def _take_over(db: Connection, article: int, brought: Article) -> None:
    db.executemany("INSERT OR IGNORE INTO article_tags VALUES (?, ?)", ((article, tag) for tag in brought.tags))
    db.execute("UPDATE articles SET saved = coalesce(saved, ?) WHERE id = ?", (brought.saved, article))
    articles.mark(db, [article], is_read=brought.is_read or None, starred=brought.starred or None)
    change_log.record(db, "article", [article])


def _take_highlights(db: Connection, article: int, highlights: Iterable[Highlight]) -> None:
    locked = is_protected(db) and not db.vault.unlocked
    text = "" if locked else _text(db, article)
    for highlight in highlights:
        if not _first_time(db, article, json.dumps(["highlight", " ".join(highlight.text.split()), highlight.note])):
            continue
        if locked:
            words = json.dumps(asdict(highlight), ensure_ascii=False)
            db.execute("INSERT INTO waiting_highlights (article, highlight) VALUES (?, ?)", (article, words))
        else:
            _write(db, article, highlight, text)


def _write(db: Connection, article: int, highlight: Highlight, text: str) -> None:
    """The note of a highlight; one whose words the article does not hold (yet) keeps them, and finds them when they come."""
    quote: Anchor | None = None
    if words := highlight.text.strip():
        place = find_passage(text, words)
        quote = make_anchor(text, *place) if place else Anchor(words)
    tags = " ".join("#" + re.sub(r"[^\w/-]+", "-", tag).strip("-") for tag in highlight.tags)
    said = "\n\n".join(part for part in (highlight.note.strip(), tags) if part.strip("# "))
    note = notes.add(db, said, Subject("article", article), quote, highlight.colour)
    if (created := _utc(highlight.created)) is not None:
        db.execute("UPDATE notes SET created = ?, modified = ? WHERE id = ?", (created, created, note))


def _text(db: Connection, article: int) -> str:
    return str(db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()[0])


def _utc(created: str | None) -> str | None:
    """A time as the library writes them; times without a zone count as UTC, times to come as now."""
    if not created:
        return None
    try:
        moment = datetime.fromisoformat(created if len(created) > 7 else f"{created}-01-01"[:10])
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return min(moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"), now())
