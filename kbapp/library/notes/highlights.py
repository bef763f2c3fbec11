"""Highlights of other programs as notes on the passages that they marked.

Each is taken over once: an export that is imported again brings back no note that the user has changed or thrown away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from kbapp.domain import Anchor, Highlight, Subject
from kbapp.library.articles.imported_marks import first_time
from kbapp.library.connections import Connection
from kbapp.library.database import Library, now
from kbapp.library.encryption import is_protected
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import make_anchor

_ALIKE = {"'": "['’‘`´]", "’": "['’‘`´]", "‘": "['’‘`´]", '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]', "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]"}  # fmt: skip
_MOST_WORDS = 600  # of a highlight that are looked for; longer ones begin where these do


def keep(db: Connection, article: int, highlights: Iterable[Highlight]) -> None:
    """Makes notes of an article's highlights, within the caller's transaction; while notes are locked, they wait."""
    locked = is_protected(db) and not db.vault.unlocked
    text = "" if locked else _text(db, article)
    for highlight in highlights:
        if not first_time(db, article, ["highlight", " ".join(highlight.text.split()), highlight.note]):
            continue
        if locked:
            words = json.dumps(asdict(highlight), ensure_ascii=False)
            db.execute("INSERT INTO waiting_highlights (article, highlight) VALUES (?, ?)", (article, words))
        else:
            _write(db, article, highlight, text)


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
