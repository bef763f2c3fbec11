"""What the index says is written is on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbapp.library import Library
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search


def test_all_files_of_an_index_are_synced(samples: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: set[int] = set()
    sync = os.fsync

    def watched(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr("os.fsync", watched)
    index = SearchIndex(samples)
    index.rebuild()
    assert Search(index).search("wall").total
    files = [
        path for path in samples.index_folder.rglob("*") if path.suffix in (".seg", ".toc", ".pst", ".trm", ".vps")
    ]
    assert files
    for path in files:
        assert path.stat().st_ino in synced, path.name
        if os.name == "posix":
            assert path.parent.stat().st_ino in synced
