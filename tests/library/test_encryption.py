"""Notes behind a passphrase: nothing of them is readable while locked, all of it when unlocked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.domain import Anchor, Subject
from kbapp.errors import UserError
from kbapp.export.markdown import export_library
from kbapp.library import Library, maintenance
from kbapp.library.notes import attachments, boards
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.library.notes.encryption import SEALED, NotesLocked, clean
from kbapp.search.index.index import SearchIndex
from kbapp.search.service import Search

WORDS = (
    "zanzibarmarker",
    "quixoticmarker",
    "tagmarker",
    "versionmarker",
    "aftermarker",
    "trashmarker",
    "picturemarker",
    "boardmarker",
    "headingmarker",
)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def protected(samples: Library) -> tuple[Library, str, int]:
    """A library whose notes got a passphrase after they were written, edited, indexed and backed up."""
    about = Subject("article", 1)
    with samples.transaction() as db:
        note = notes.add(db, "a versionmarker first", about, Anchor("quixoticmarker words", "before", "after", 3, 9))
        attachments.add(db, note, b"\x89PNG\r\n\x1a\n picturemarker")
        board = boards.create(db, "A boardmarker")
        boards.arrange(db, board, [(None, "a headingmarker"), (note, "")])
        gone = notes.add(db, "trashmarker", Subject("library"))
    with samples.transaction() as db:
        notes.edit(db, note, "Zanzibarmarker and #tagmarker of [it](kb:article/2)")
        notes.delete(db, gone)
    SearchIndex(samples).follow()
    maintenance.back_up_daily(samples)
    recovery = notes.protect(samples, "correct horse")
    maintenance.forget_daily_backups(samples)
    SearchIndex(samples).rebuild()
    clean(samples)
    with samples.transaction() as db:
        later = notes.add(db, "aftermarker", Subject("library"))
        attachments.add(db, later, b"\x89PNG\r\n\x1a\n picturemarker later")
    SearchIndex(samples).follow()
    return samples, recovery, note


def test_nothing_is_readable_while_locked(protected: tuple[Library, str, int]):
    library, recovery, note = protected
    library.vault.lock()
    bytes_ = everything(library.folder).lower()
    for word in (*WORDS, "correct horse", recovery.lower(), recovery.replace("-", "").lower()):
        assert word.encode() not in bytes_, word
    assert boards.get(library, 1).title == boards.LOCKED_TITLE
    with pytest.raises(NotesLocked):
        attachments.get(library, 1)
    locked = notes.get(library, note)
    assert locked.locked and not locked.text and not locked.tags and locked.quote is None
    assert Search(SearchIndex(library)).search("zanzibarmarker").total == 0
    with pytest.raises(NotesLocked), library.transaction() as db:
        notes.add(db, "x", Subject("library"))
    with pytest.raises(NotesLocked):
        note_versions.versions(library, note)


def test_all_is_there_when_unlocked_in_another_session(protected: tuple[Library, str, int]):
    library, _, note = protected
    again = Library(library.folder)
    with pytest.raises(UserError, match="Wrong passphrase"):
        again.vault.unlock(again.db, "correct horsf")
    again.vault.unlock(again.db, "correct horse")
    read = notes.get(again, note)
    assert read.text.startswith("Zanzibarmarker") and read.tags == ("tagmarker",) and read.links == (Subject("article", 2),)  # fmt: skip
    assert read.quote is not None and read.quote.exact == "quixoticmarker words"
    assert [text for _, text in note_versions.versions(again, note)] == ["a versionmarker first"]
    assert attachments.get(again, 1)[1].endswith(b" picturemarker") and attachments.get(again, 2)[1].endswith(b"later")
    board = boards.get(again, 1)
    assert (board.title, board.cards[0].heading) == ("A boardmarker", "a headingmarker")
    assert [each.id for each in notes.linking_to(again, "article", 2)] == [note] and not notes.linking_to(
        again, "article", 22
    )
    search = Search(SearchIndex(again))
    (hit,) = search.search("zanzibarmarker").hits
    assert (hit.kind, hit.id) == ("note", note) and hit.snippet[slice(*hit.matches[0])] == "Zanzibarmarker"
    with again.transaction() as db:
        notes.edit(db, note, "changed to newmarker")
    assert search.search("zanzibarmarker").total == 0 and search.search("newmarker").total == 1
    again.vault.lock()
    assert search.search("newmarker").total == 0 and b"newmarker" not in everything(again.folder)
    again.close()


def test_the_recovery_key_as_typed_from_paper_and_a_new_passphrase(protected: tuple[Library, str, int]):
    library, recovery, note = protected
    before = library.db.execute("SELECT text FROM notes WHERE id = ?", (note,)).fetchone()[0]
    library.vault.lock()
    library.vault.unlock(library.db, recovery.lower().replace("-", " ").replace("o", "0"))
    notes.change_passphrase(library, "new words")
    assert library.db.execute("SELECT text FROM notes WHERE id = ?", (note,)).fetchone()[0] == before
    library.vault.lock()
    with pytest.raises(UserError):
        library.vault.unlock(library.db, "correct horse")
    library.vault.unlock(library.db, "new words")
    assert notes.get(library, note).text


def test_a_sealed_note_opens_only_in_its_own_place(protected: tuple[Library, str, int]):
    library, _, note = protected
    with library.transaction() as db:
        other = notes.add(db, "other", Subject("library"))
        db.execute("UPDATE notes SET text = (SELECT text FROM notes WHERE id = ?) WHERE id = ?", (note, other))
    with pytest.raises(UserError, match="damaged"):
        notes.get(library, other)


def test_locked_notes_are_not_exported(protected: tuple[Library, str, int], tmp_path: Path):
    library, _, _ = protected
    library.vault.lock()
    with pytest.raises(NotesLocked):
        list(export_library(library, tmp_path / "out", with_notes=True))
    list(export_library(library, tmp_path / "without", with_notes=False))


def test_daily_backups_are_made_once_a_day_kept_seven_and_restored(samples: Library):
    folder = samples.folder / "backups"
    for day in range(1, 10):
        (folder / f"2020-01-0{day}.db").write_bytes(b"old")
    made = maintenance.back_up_daily(samples)
    assert made is not None and maintenance.back_up_daily(samples) is None
    assert len(list(folder.glob("*.db"))) == 7
    with samples.transaction() as db:
        db.execute("DELETE FROM articles WHERE id = 1")
    copy = samples.folder.parent / made.name
    copy.write_bytes(made.read_bytes())
    samples.close()
    maintenance.restore(samples.folder, copy)
    again = Library(samples.folder)
    assert maintenance.totals(again)["articles"] == 16 and maintenance.check(again) == []
    again.close()


def test_a_note_edited_before_the_first_search_hides_no_other(protected: tuple[Library, str, int]):
    library, _, note = protected
    library.vault.lock()
    library.vault.unlock(library.db, "correct horse")
    with library.transaction() as db:
        notes.edit(db, note, "newmarker")
    search = Search(SearchIndex(library))
    assert search.search("aftermarker").total == 1 and search.search("newmarker").total == 1


def test_pages_of_hits_after_sealed_notes_miss_none(protected: tuple[Library, str, int]):
    library, _, _ = protected
    with library.transaction() as db:
        notes.add(db, "the harbour wall", Subject("library"))
    search = Search(SearchIndex(library))
    whole = [(hit.kind, hit.id) for hit in search.search("wall", limit=50).hits]
    pages = [(hit.kind, hit.id) for at in range(0, 20, 2) for hit in search.search("wall", limit=2, offset=at).hits]
    assert "note" in {kind for kind, _ in whole} and len(whole) > 4 and pages == whole


def test_a_text_that_looks_sealed_is_a_text(samples: Library):
    with samples.transaction() as db:
        number = notes.add(db, f"{SEALED}not at all", Subject("library"))
        other = notes.add(db, "sealed:1:nor this", Subject("library"))
    assert notes.get(samples, number).text == SEALED[1:] + "not at all" and not notes.get(samples, number).locked
    assert notes.get(samples, other).text == "sealed:1:nor this"
