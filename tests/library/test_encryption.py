"""Notes behind a passphrase: nothing of them is readable while locked, all of it when unlocked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbapp.domain import Anchor, Subject
from kbapp.errors import Code, UserError
from kbapp.export.library_folder import export_library
from kbapp.library import Library, maintenance, saved_searches, unfinished_work, wiping
from kbapp.library.commands import Commands
from kbapp.library.encryption import SEALED, NotesLocked
from kbapp.library.notes import attachments, boards, locking
from kbapp.library.notes import repository as notes
from kbapp.library.notes import versions as note_versions
from kbapp.search.search_index import SearchIndex
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
    "searchmarker",
    "querymarker",
    "beforemarker",
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
    Commands(samples, "a window").save_search("Searchmarker", "querymarker")
    Commands(samples, "a window").edit_note(
        note, "Zanzibarmarker and #tagmarker of [it](kb:article/2), after beforemarker"
    )
    Commands(samples, "a window").edit_note(note, "Zanzibarmarker and #tagmarker of [it](kb:article/2)")
    recovery = locking.protect(samples, "correct horse")
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
    text, versions = notes.get(library, note).text, note_versions.versions(library, note)
    library.vault.lock()
    library.vault.unlock(library.db, recovery.lower().replace("-", " ").replace("o", "0"))
    second = locking.change_passphrase(library, "new words for it")
    for secret in ("new words for it", second):
        library.vault.lock()
        library.vault.unlock(library.db, secret)
        assert notes.get(library, note).text == text and note_versions.versions(library, note) == versions
        assert (
            attachments.get(library, 1)[1].endswith(b"picturemarker")
            and boards.get(library, 1).title == "A boardmarker"
        )
        assert saved_searches.saved(library) == [("Searchmarker", "querymarker")]
    library.vault.lock()
    for secret in ("correct horse", recovery):
        with pytest.raises(UserError):
            library.vault.unlock(library.db, secret)


def test_an_old_passphrase_with_an_old_copy_opens_nothing_that_is_written_later(protected: tuple[Library, str, int]):
    library, _, _ = protected
    old = library.db.execute("SELECT * FROM vault").fetchone()
    locking.change_passphrase(library, "new words for it")
    with library.transaction() as db:
        later = notes.add(db, "written later", Subject("library"))
    with library.transaction() as db:  # the row of a copy that somebody kept
        db.execute("DELETE FROM vault")
        db.execute("INSERT INTO vault VALUES (?, ?, ?, ?, ?)", tuple(old))
    library.vault.lock()
    library.vault.unlock(library.db, "correct horse")
    with pytest.raises(UserError):
        notes.get(library, later)


def test_another_window_is_locked_by_a_new_passphrase(protected: tuple[Library, str, int]):
    library, _, note = protected
    window = Library(library.folder)
    window.vault.unlock(window.db, "correct horse")
    assert notes.get(window, note).text
    locking.change_passphrase(library, "new words for it")
    assert notes.get(window, note).locked
    with pytest.raises(NotesLocked), window.transaction() as db:
        notes.add(db, "nobody could read this", Subject("library"))
    window.close()


@pytest.mark.parametrize("passphrase", ["", "       ", "short", "1234567"])
def test_a_short_passphrase_is_refused_everywhere(library: Library, passphrase: str):
    with pytest.raises(UserError) as caught:
        locking.protect(library, passphrase)
    assert caught.value.code is Code.PASSPHRASE_TOO_SHORT and not list(library.db.execute("SELECT * FROM vault"))


@pytest.mark.parametrize("moment", ["before wiping", "while wiping"])
def test_a_kill_leaves_nothing_readable_after_the_next_start(
    samples: Library, monkeypatch: pytest.MonkeyPatch, moment: str
):
    with samples.transaction() as db:
        note = notes.add(db, "Zanzibarmarker " * 400, Subject("library"))
    with samples.transaction() as db:
        notes.edit(db, note, "shorter")  # leaves free pages behind
    SearchIndex(samples).follow()
    maintenance.back_up_daily(samples)

    def killed(*_: object) -> bool:
        raise SystemExit

    monkeypatch.setattr(
        wiping,
        "wipe" if moment == "before wiping" else "remove_copies",
        killed if moment == "before wiping" else wiping.remove_copies,
    )
    if moment == "while wiping":
        monkeypatch.setattr(unfinished_work, "done", killed)
    with pytest.raises(SystemExit):
        locking.protect(samples, "correct horse")
    monkeypatch.undo()
    assert unfinished_work.is_pending(samples.db, unfinished_work.WIPE)  # what the next start goes by
    copies = b"".join(path.read_bytes() for path in (samples.folder / "backups").iterdir())
    assert b"Zanzibarmarker" not in copies and not samples.index_folder.exists()
    samples.close()
    again = Library(samples.folder)
    assert b"zanzibarmarker" not in everything(samples.folder).lower()
    assert not unfinished_work.is_pending(again.db, unfinished_work.WIPE) and maintenance.check(again) == []
    again.close()


def test_what_could_not_be_wiped_is_said_and_wiped_by_a_repair(samples: Library):
    with samples.transaction() as db:
        notes.add(db, "Zanzibarmarker", Subject("library"))
    reading = Library(samples.folder)
    reading.db.execute("BEGIN")
    reading.db.execute("SELECT count(*) FROM notes").fetchone()  # holds the log
    locking.protect(samples, "correct horse")
    with pytest.raises(UserError) as caught:
        locking.clean(samples)
    assert caught.value.code is Code.OLD_NOTE_TEXT_REMAINS
    assert [str(problem.notice.code) for problem in maintenance.check(samples)] == [Code.CHECK_OLD_NOTE_TEXT]
    reading.close()
    assert all(problem.mended for problem in maintenance.check(samples, repair=True))
    assert maintenance.check(samples) == [] and b"Zanzibarmarker" not in everything(samples.folder)


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
