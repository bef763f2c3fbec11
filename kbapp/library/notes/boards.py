"""Boards: notes on a topic gathered and put in order by hand, with headings between them.

A board only points to notes; taking a card off it, or removing it, touches no note.
"""

from __future__ import annotations

from dataclasses import dataclass

from kbapp.domain import Note
from kbapp.errors import Code, NotFound, UserError
from kbapp.library.connections import Connection
from kbapp.library.database import Library, now
from kbapp.library.encryption import is_protected, is_sealed
from kbapp.library.notes import repository as notes

LOCKED_TITLE = "A locked board"


@dataclass(frozen=True, slots=True)
class Card:
    """A note on a board, or a heading between notes."""

    note: Note | None
    heading: str


@dataclass(frozen=True, slots=True)
class Board:
    """A board with its cards in their order."""

    id: int
    title: str
    cards: tuple[Card, ...]


def create(db: Connection, title: str) -> int:
    """Begins a board; returns its id. Raises UserError for an empty title, NotesLocked while notes are locked."""
    title, time = _words(title), now()
    board = db.execute("INSERT INTO boards (title, created, modified) VALUES ('', ?, ?)", (time, time)).lastrowid
    assert board is not None
    db.execute("UPDATE boards SET title = ? WHERE id = ?", (_kept(db, title, f"board {board}"), board))
    return board


def rename(db: Connection, board: int, title: str) -> None:
    """Sets the title."""
    _check(db, board)
    title = _kept(db, _words(title), f"board {board}")
    db.execute("UPDATE boards SET title = ?, modified = ? WHERE id = ?", (title, now(), board))


def remove(db: Connection, board: int) -> None:
    """Takes a board away; its notes stay."""
    _check(db, board)
    db.execute("DELETE FROM boards WHERE id = ?", (board,))


def add_note(db: Connection, board: int, note: int) -> None:
    """Puts a note at the end of a board, unless it stands there already."""
    _check(db, board)
    notes.check(db, note)
    if not db.execute("SELECT 1 FROM board_cards WHERE board = ? AND note = ?", (board, note)).fetchone():
        _insert(db, board, note, "")


def arrange(db: Connection, board: int, cards: list[tuple[int | None, str]]) -> None:
    """Sets what stands on a board, in this order: (note, "") or (None, the words of a heading)."""
    _check(db, board)
    db.execute("DELETE FROM board_cards WHERE board = ?", (board,))
    for note, heading in cards:
        _insert(db, board, note, heading)


def get(library: Library, board: int) -> Board:
    """A board with its notes; those in the trash are left out. Raises NotFound."""
    row = library.db.execute("SELECT title FROM boards WHERE id = ?", (board,)).fetchone()
    if row is None:
        raise NotFound(Code.NO_SUCH_BOARD, ref=board)
    rows = library.db.execute(
        "SELECT c.id, c.note, c.heading FROM board_cards c LEFT JOIN notes n ON n.id = c.note "
        "WHERE c.board = ? AND (c.note IS NULL OR n.deleted IS NULL) ORDER BY c.position, c.id",
        (board,),
    ).fetchall()
    found = notes.gathered(library, (row[1] for row in rows if row[1]))
    cards = tuple(Card(found.get(note), _shown(library, heading, f"card {card}")) for card, note, heading in rows)
    return Board(board, _shown(library, row[0], f"board {board}"), cards)


def listed(library: Library) -> list[tuple[int, str, int]]:
    """(id, title, number of notes) of all boards, the last changed first."""
    rows = library.db.execute(
        "SELECT b.id, b.title, (SELECT count(*) FROM board_cards c JOIN notes n ON n.id = c.note WHERE c.board = b.id "
        "AND n.deleted IS NULL) FROM boards b ORDER BY b.modified DESC, b.id DESC"
    ).fetchall()
    return [(board, _shown(library, title, f"board {board}"), count) for board, title, count in rows]


def _insert(db: Connection, board: int, note: int | None, heading: str) -> None:
    card = db.execute(
        "INSERT INTO board_cards (board, position, note) SELECT ?1, coalesce(max(position) + 1, 0), ?2 FROM board_cards "
        "WHERE board = ?1",
        (board, note),
    ).lastrowid
    if heading:
        db.execute("UPDATE board_cards SET heading = ? WHERE id = ?", (_kept(db, heading, f"card {card}"), card))
    db.execute("UPDATE boards SET modified = ? WHERE id = ?", (now(), board))


def _words(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise UserError(Code.BOARD_WITHOUT_TITLE)
    return title


def _check(db: Connection, board: int) -> None:
    if not db.execute("SELECT 1 FROM boards WHERE id = ?", (board,)).fetchone():
        raise NotFound(Code.NO_SUCH_BOARD, ref=board)


def _kept(db: Connection, words: str, place: str) -> str:
    return db.vault.seal(words, place) if is_protected(db) else words


def _shown(library: Library, words: str, place: str) -> str:
    if is_sealed(words) and not library.vault.unlocked:
        return LOCKED_TITLE
    return library.vault.open(words, place)
