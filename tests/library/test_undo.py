"""Every change by the user can be taken back by its id, and made again; never over the head of a later one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbapp.domain import Subject
from kbapp.errors import Code, NotFound
from kbapp.library import Library, corrections, maintenance, saved_searches, undo
from kbapp.library.articles import listing, tags
from kbapp.library.articles import repository as articles
from kbapp.library.commands import Commands
from kbapp.library.notes import boards
from kbapp.library.notes import repository as notes
from kbapp.library.people import portraits, profiles
from kbapp.library.people import repository as people
from kbapp.library.undo import Change, ChangeOvertaken

_FOLLOWS = {"changes", "journal", "index_state", "totals", "sqlite_sequence", "note_versions"}


def everything(library: Library) -> dict[str, list[tuple]]:
    """All rows of the library, but for what counts up, such as times and revisions."""
    found = {}
    for (table,) in library.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table not in _FOLLOWS:
            names = [row[1] for row in library.db.execute(f"PRAGMA table_info({table})")]
            shown = [name for name in names if name not in ("modified", "revision")]
            found[table] = sorted(map(repr, map(tuple, library.db.execute(f"SELECT {', '.join(shown)} FROM {table}"))))
    return found


def _split(library: Library, user: Commands) -> Change | None:
    person = people.find(library, "Karl-Heinz Brandt")
    return user.split(person, [profiles.profile(library, person).mentioned_in[0].id], "Another Brandt")


def _arrange(library: Library, user: Commands) -> Change | None:
    board = library.db.execute("SELECT id FROM boards").fetchone()[0]
    return user.arrange_board(board, [(None, "After"), (1, ""), (None, "Before")])


CHANGES: dict[str, Callable[[Library, Commands], Change | None]] = {
    "trash": lambda library, user: user.trash([1, 2]),
    "restore": lambda library, user: user.restore([3]),
    "star": lambda library, user: user.set_starred([1, 2, 4], True),
    "read": lambda library, user: user.set_read([1, 2], True),
    "tag": lambda library, user: user.add_tag([1, 2], "seen twice"),
    "untag": lambda library, user: user.remove_tag([4], "kept"),
    "rename tag": lambda library, user: user.rename_tag("kept", "held"),
    "delete tag": lambda library, user: user.delete_tag("kept"),
    "edit": lambda library, user: user.edit_article(1, {"title": "Otherwise", "authors": ["Lucien Marchetti"], "published": "2001"}),
    "merge": lambda library, user: user.merge(people.find(library, "Nwosu"), people.find(library, "Adaeze Nwosu")),
    "rename": lambda library, user: user.rename(people.find(library, "Nwosu"), "Mayor Nwosu"),
    "alias": lambda library, user: user.add_alias(people.find(library, "Nwosu"), "Her Worship"),
    "not a person": lambda library, user: user.not_a_person(people.find(library, "Sofia Brandt")),
    "keep apart": lambda library, user: user.refuse_merge(1, 2),
    "portrait": lambda library, user: user.set_portrait(1, "0" * 64 + ".png"),
    "edit note": lambda library, user: user.edit_note(1, "Another #kept thought on [it](kb:article/2)"),
    "delete note": lambda library, user: user.delete_note(1),
    "colour": lambda library, user: user.set_note_colour(1, "green"),
    "search": lambda library, user: user.save_search("Harbour", "harbour -wall"),
    "forget search": lambda library, user: user.forget_search("storm"),
    "rename board": lambda library, user: user.rename_board(1, "Tides and walls"),
    "remove board": lambda library, user: user.remove_board(1),
    "arrange": _arrange,
}  # fmt: skip


@pytest.fixture
def filled(samples: Library) -> Library:
    with samples.transaction() as db:
        notes.add(db, "A #kept thought", Subject("article", 1))
        articles.trash(db, [3])
        tags.add(db, [4, 5], "kept")
        saved_searches.save(db, "Storms", "storm")
        board = boards.create(db, "Tides")
        boards.arrange(db, board, [(None, "Before"), (1, "")])
    return samples


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_taken_back_and_made_again(filled: Library, name: str) -> None:
    user = Commands(filled, "this window")
    before = everything(filled)
    change = CHANGES[name](filled, user)
    assert change is not None
    after = everything(filled)
    assert after != before
    assert user.undo(change.id).undone
    assert everything(filled) == before
    assert user.redo(change.id).undone is None
    assert everything(filled) == after
    assert [line for line in maintenance.check(filled) if line.notice.code is not Code.CHECK_PICTURE_MISSING] == []


def test_a_split_is_taken_back(filled: Library) -> None:
    user = Commands(filled, "this window")
    before = everything(filled)["mentions"]
    change = _split(filled, user)
    assert change is not None and profiles.profile(filled, change.subject or 0).name == "Another Brandt"
    user.undo(change.id)
    assert everything(filled)["mentions"] == before


def test_a_new_note_goes_to_the_trash_and_comes_back(library: Library) -> None:
    user = Commands(library, "this window")
    change = user.add_note("Kept", Subject("library"))
    user.undo(change.id)
    assert notes.listed(library) == [] and [note.text for note in notes.listed(library, trash=True)] == ["Kept"]
    user.redo(change.id)
    assert [note.id for note in notes.listed(library)] == [change.subject]


def test_each_window_takes_back_its_own_change(filled: Library) -> None:
    mine, other = Commands(filled, "my window"), Commands(filled, "another process")
    person, someone = people.find(filled, "Nwosu"), people.find(filled, "Sofia Brandt")
    own = mine.rename(person, "Mayor Nwosu")
    other.rename(someone, "S. Brandt")
    assert own is not None and mine.last().id == own.id
    mine.undo(own.id)
    assert profiles.profile(filled, person).name == "Nwosu"
    assert profiles.profile(filled, someone).name == "S. Brandt"


def test_what_was_changed_again_is_not_taken_back(filled: Library) -> None:
    user = Commands(filled, "this window")
    person = people.find(filled, "Nwosu")
    first, second = user.rename(person, "Mayor Nwosu"), user.rename(person, "The Mayor")
    assert first is not None and second is not None
    with pytest.raises(ChangeOvertaken) as caught:
        user.undo(first.id)
    assert caught.value.code is Code.CHANGE_OVERTAKEN and profiles.profile(filled, person).name == "The Mayor"
    user.undo(second.id)
    user.undo(first.id)
    assert profiles.profile(filled, person).name == "Nwosu"
    with pytest.raises(ChangeOvertaken) as caught:
        user.undo(first.id)
    assert caught.value.code is Code.CHANGE_UNDONE_ALREADY


def test_a_mark_goes_only_from_what_did_not_have_it(filled: Library) -> None:
    user = Commands(filled, "this window")
    assert user.set_starred([1], True) is not None
    change = user.set_starred([1, 2], True)
    assert change is not None
    user.undo(change.id)
    assert listing.ids(filled, where="starred") == [1]
    assert user.set_starred([1], True) is None


def test_typing_into_a_note_is_one_change(library: Library) -> None:
    user = Commands(library, "this window")
    note = user.add_note("", Subject("library")).subject or 0
    changes = {change.id for text in ("W", "Wh", "Why?") if (change := user.edit_note(note, text))}
    assert len(changes) == 1
    user.undo(changes.pop())
    assert notes.get(library, note).text == ""


def test_changes_are_listed_and_say_what_they_did(filled: Library) -> None:
    user = Commands(filled, "this window")
    user.add_tag([1], "read again")
    user.delete_note(1)
    assert [(change.command.value, change.names) for change in undo.history(filled, 2)] == [
        ("Delete note", ()),
        ("Add tag", ("read again",)),
    ]
    with pytest.raises(NotFound):
        user.undo(9_999)
    assert portraits.portrait(filled, 1) is None


def test_an_undo_record_outlives_a_new_column(filled: Library) -> None:
    user = Commands(filled, "this window")
    change = user.merge(people.find(filled, "Nwosu"), people.find(filled, "Adaeze Nwosu"))
    assert change is not None
    filled.db.execute("ALTER TABLE aliases ADD COLUMN since TEXT")
    user.undo(change.id)
    assert profiles.profile(filled, "Nwosu").mentioned_in


def test_a_correction_from_before_the_journal_is_taken_back(filled: Library) -> None:
    person = people.find(filled, "Nwosu")
    legacy = '{"steps": [{"delete": "aliases", "where": "key = ?", "values": ["her worship"]}], "articles": [1], "person": %d}'
    with filled.transaction() as db:
        db.execute("INSERT INTO aliases VALUES ('her worship', ?, 1)", (person,))
        db.execute(
            "INSERT INTO journal (made, origin, command, version, subject, names, data) VALUES ('2020', '', 'CORRECT', 0, ?, '[]', ?)",
            (person, legacy % person),
        )
    corrections.undo_last(filled)
    with pytest.raises(NotFound):
        people.find(filled, "Her Worship")


@pytest.mark.parametrize("table", ["sqlite_master", "articles", "aliases; DROP TABLE notes"])
def test_a_hostile_undo_record_runs_nothing(library: Library, table: str) -> None:
    hostile = '{"steps": [{"delete": "%s", "where": "1 = 1 OR id = ?", "values": [1]}], "articles": [], "person": 1}'
    with library.transaction() as db:
        number = db.execute(
            "INSERT INTO journal (made, origin, command, version, names, data) VALUES ('2020', '', 'CORRECT', 0, '[]', ?)",
            (hostile % table,),
        ).lastrowid
    with pytest.raises(ChangeOvertaken):
        undo.undo(library, number or 0)
