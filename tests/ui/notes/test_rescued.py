"""A note that could not be written lies beside the library for its user alone, and only until it is saved."""

import stat

import pytest
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.errors import Code, LibraryUnavailable
from kbapp.ui.composition.parts import WindowParts
from kbapp.ui.notes.drafts import NoteDraft


def test_the_copy_is_private_and_goes_once_the_note_is_saved(
    parts: WindowParts, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    library, draft = parts.context.library, NoteDraft(1, 0, Subject("library"), "mine alone", None)

    def full(*_: object) -> None:
        raise LibraryUnavailable(Code.DISK_FULL, folder=library.folder)

    with monkeypatch.context() as patch:
        patch.setattr(type(library), "transaction", full)
        with qtbot.waitSignal(parts.notes.not_saved):
            parts.notes.save(draft)
    copy = library.folder.parent / "kbapp-unsaved-note-new.md"
    assert copy.read_text("utf-8") == "mine alone"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with qtbot.waitSignal(parts.notes.saved):
        parts.notes.save(draft)
    assert not copy.exists()
