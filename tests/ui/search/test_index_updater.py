"""The index in the background: it follows changes at once, and tidies itself up when nothing happens for a while."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kbapp.domain import Subject
from kbapp.library import Library, change_log
from kbapp.library.commands import Commands
from kbapp.settings import Settings
from kbapp.ui.composition.engines import make_context
from kbapp.ui.core.settings_store import SettingsStore
from kbapp.ui.search.index_updater import IndexUpdater


def test_small_segments_are_written_together_when_nothing_happens(
    samples: Library, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kbapp.ui.search.index_updater._IDLE", 0.3)
    store = SettingsStore(Settings(), tmp_path / "settings.yaml")
    context = make_context(samples.folder, store, tmp_path / "windows.json")
    index = context.search.index
    index.follow()
    notes = Commands(samples, "test")
    for number in range(3):
        notes.add_note(f"Dredging the harbour, part {number}", Subject("library"))
        index.follow()
    assert len(index._current_toc()[1].segments) == 4
    updater = IndexUpdater(context)
    try:
        updater.start()
        qtbot.waitUntil(lambda: len(index._current_toc()[1].segments) == 1, timeout=20_000)
        assert len(context.search.search("dredging").hits) == 3 and change_log.lag(samples) == 0
    finally:
        updater.close()
