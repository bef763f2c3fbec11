"""Originals: many at once are as safe as one, each synced with its folder before anybody is told its key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbapp.errors import LibraryUnavailable
from kbapp.library import Library, originals


def test_all_files_and_their_folders_are_synced(library: Library, monkeypatch: pytest.MonkeyPatch):
    synced: set[int] = set()
    sync = os.fsync

    def watched(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr("os.fsync", watched)
    files = [(f"A note on harbour {number}.".encode(), f"note {number}.TXT") for number in range(40)]
    keys = library.keep_originals([*files, files[0]])
    assert keys[0] == keys[-1] and len(set(keys)) == 40 and all(key.endswith(".txt") for key in keys)
    for key, (data, _) in zip(keys, files, strict=False):
        kept = library.original(key)
        assert kept.read_bytes() == data and kept.stat().st_ino in synced
        if os.name == "posix":
            assert kept.parent.stat().st_ino in synced and kept.parent.parent.stat().st_ino in synced


def test_of_a_batch_that_fails_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "originals"
    folder.mkdir()
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LibraryUnavailable, match="full"):
        originals.keep_all(folder, [(bytes([number]) * 9, "x.bin") for number in range(9)])
    assert not [found for found in folder.rglob("*") if found.is_file()]
