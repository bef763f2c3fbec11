"""Where the index lies, and that only the library's own one of the latest state is ever used."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
from pathlib import Path

import pytest

from kbapp import paths
from kbapp.library import Library, change_log
from kbapp.search.search_index import SearchIndex
from kbapp.search.service import Search
from tests.conftest import HARBOUR, CommandLine


def folder_of(library: Library) -> Path:
    (folder,) = (path for path in library.index_folder.iterdir() if path.is_dir())
    return folder


def found(library: Library, words: str = "terminal") -> int:
    return Search(SearchIndex(library)).search(words, kinds=["article"]).total


class Acts:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.target),)


def test_it_lies_in_the_cache_and_never_in_the_library(library: Library, add):
    add(HARBOUR)
    SearchIndex(library).follow()
    assert library.index_folder.parent == paths.index_cache()
    assert not list(library.folder.rglob("*.toc")) and list(library.index_folder.rglob("*.toc"))
    assert not any(path.stat().st_mode & 0o077 for path in folder_of(library).iterdir() if path.suffix == ".pst")


def test_a_copy_of_a_library_has_an_index_of_its_own(library: Library, add, tmp_path: Path):
    add(HARBOUR)
    SearchIndex(library).follow()
    shutil.copytree(library.folder, tmp_path / "copy")
    other = Library(tmp_path / "copy")
    assert other.index_folder != library.index_folder and not SearchIndex(other).is_current()
    SearchIndex(other).follow()
    assert found(other) == 1 and SearchIndex(library).is_current()
    other.close()


def test_an_index_that_a_library_brings_along_is_not_opened(library: Library, add, tmp_path: Path):
    """An index in the library's folder, where older versions kept it, with a pickle that acts."""
    add(HARBOUR)
    brought = library.folder / "index"
    brought.mkdir()
    (brought / "_MAIN_1.toc").write_bytes(pickle.dumps(Acts(tmp_path / "ran"), 2))
    (brought / "IDENTITY").write_text("2-0123456789abcdef")
    index = SearchIndex(library)
    index.follow()
    assert found(library) == 1 and not (tmp_path / "ran").exists()
    assert not brought.exists()  # what older versions left holds the text of notes, so it does not stay


def test_a_pickle_put_into_the_cache_does_not_run(library: Library, add, tmp_path: Path):
    add(HARBOUR)
    index = SearchIndex(library)
    index.follow()
    for path in folder_of(library).iterdir():
        if path.suffix in (".toc", ".trm", ".pst"):
            path.write_bytes(b"W3Bl" + pickle.dumps(Acts(tmp_path / "ran"), 2) * 40)
    fresh = SearchIndex(library)
    Search(fresh).search("terminal harbour")
    fresh.follow()
    assert found(library) == 1 and not (tmp_path / "ran").exists()


def test_an_older_copy_of_the_index_is_noticed_and_rebuilt(library: Library, add, tmp_path: Path):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    shutil.copytree(library.index_folder, tmp_path / "older")
    add(HARBOUR.replace("Monday", "Friday"))
    index.follow()
    shutil.rmtree(library.index_folder)
    shutil.copytree(tmp_path / "older", library.index_folder)
    later = SearchIndex(library)
    assert not later.is_current()
    later.follow()
    assert found(library) == 2


def test_what_decayed_on_the_disk_is_found_by_a_check(library: Library, add):
    add(HARBOUR)
    index = SearchIndex(library)
    index.follow()
    assert index.damage() == []
    path = next(folder_of(library).glob("*.pst"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(bytes(data))
    assert index.damage() == [path.name]


def test_a_file_that_is_cut_off_is_noticed_at_once(library: Library, add):
    add(HARBOUR)
    SearchIndex(library).follow()
    path = next(folder_of(library).glob("*.lex"))
    path.write_bytes(path.read_bytes()[:-3])
    later = SearchIndex(library)
    assert not later.is_current()
    later.follow()
    assert found(library) == 1


@pytest.mark.parametrize("last", ["announced", "published"])
def test_a_crash_while_the_table_of_contents_changes_leaves_a_known_one(
    library: Library, add, monkeypatch: pytest.MonkeyPatch, last: str
):
    index = SearchIndex(library)
    add(HARBOUR)
    index.follow()
    add(HARBOUR.replace("Monday", "Friday"))
    announce, done = change_log.announce, change_log.done

    def dies(*arguments: object) -> None:
        if last == "announced":
            announce(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(change_log, "announce" if last == "announced" else "done", dies)
    with pytest.raises(KeyboardInterrupt):
        index.follow()
    monkeypatch.setattr(change_log, "announce", announce)
    monkeypatch.setattr(change_log, "done", done)
    later = SearchIndex(library)
    folder = folder_of(library)
    assert later.is_current()  # no rebuild for it
    later.follow()
    assert folder_of(library) == folder and found(library) == 2


def _rebuild(folder: Path) -> int:
    library = Library(folder)
    index = SearchIndex(library)
    index.rebuild()
    total = Search(index).search("terminal").total
    library.close()
    return total


def test_rebuilds_at_once_wait_for_one_another_and_searches_go_on(library: Library, add):
    add(HARBOUR)
    SearchIndex(library).follow()
    expected = Search(SearchIndex(library)).search("terminal").total
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        running = pool.map_async(_rebuild, [library.folder] * 6)
        reading = SearchIndex(library)
        while not running.ready():
            assert Search(reading).search("terminal").total == expected
            running.wait(0.02)
        assert running.get() == [expected] * 6
    assert len([path for path in library.index_folder.iterdir() if path.is_dir()]) == 1


def test_the_command_line_says_nothing_of_a_foreign_index(kbapp: CommandLine, tmp_path: Path):
    article = tmp_path / "a.txt"
    article.write_text(HARBOUR, "utf-8")
    kbapp.json("import", article)
    (kbapp.folder / "index").mkdir()
    (kbapp.folder / "index" / "_MAIN_1.toc").write_bytes(b"anything")
    assert kbapp.json("search", "terminal")[0]["total"] >= 1
    assert kbapp.json("check")[0]["ok"]


def test_one_change_in_many_small_segments_writes_few_documents_again(library: Library, add, monkeypatch):
    """A starred article must not write thousands of others again; that is done when nobody waits."""
    monkeypatch.setattr("kbapp.search.search_index._CHEAP", 3)
    index = SearchIndex(library)
    for number in range(12):
        add(HARBOUR.replace("Monday", f"day number {number}"))
        index.follow()
    folder = folder_of(library)
    assert len(list(folder.glob("*.trm"))) > 3
    assert index.compact()
    assert len(list(folder.glob("*.trm"))) == 1 and found(library) == 12
    assert not index.compact()
