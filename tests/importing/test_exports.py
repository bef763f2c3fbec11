"""Exports of other programs that lie in several files: Omnivore's pages and metadata, references and their texts."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from kbapp.domain import Subject
from kbapp.importing.pipeline import run
from kbapp.importing.source_file import SourceFile
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library
from kbapp.library.articles import repository as articles
from kbapp.library.notes import highlights, locking
from kbapp.library.notes import repository as notes
from kbapp.library.notes.anchors import find_anchor

TEXT = "The pilot brought the ferry in through the fog, and nobody on the quay had heard her until she touched. " * 4


def omnivore(folder: Path) -> Path:
    (folder / "content").mkdir(parents=True)
    entries = [
        {"id": "1", "slug": "fog", "title": "In & out of fog", "author": "Ada Kron", "url": "https://ex.org/fog", "publishedAt": "2023-05-04T07:00:00.000Z", "labels": ["sea", "ferry"], "description": "A pilot’s night"},
        {"id": "2", "slug": "gone", "title": "No content", "url": "https://ex.org/gone", "savedAt": "2023-05-05T07:00:00.000Z"},
    ]  # fmt: skip
    (folder / "metadata_0_to_20.json").write_text(json.dumps(entries), "utf-8")
    (folder / "content" / "fog.html").write_text(f"<div id='page'><p>{TEXT}</p><p>{TEXT}</p></div>", "utf-8")
    return folder


def zipped(folder: Path) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                made.write(path, f"export/{path.relative_to(folder)}")
    file = folder.with_suffix(".zip")
    file.write_bytes(buffer.getvalue())
    return file


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_omnivore(library: Library, pool: WorkerPool, tmp_path: Path, form: str):
    folder = omnivore(tmp_path / "export")
    outcomes = list(run(library, [folder if form == "folder" else zipped(folder)], pool=pool))
    assert sorted((outcome.title, outcome.status) for outcome in outcomes) == [
        ("In & out of fog", "imported"),
        ("No content", "imported"),
    ]
    assert articles.get(library, "No content").article.format == "link"
    article = articles.get(library, "In & out of fog").article
    assert (article.title, [author.name for author in article.authors]) == ("In & out of fog", ["Ada Kron"])
    assert (article.published or "")[:10] == "2023-05-04" and article.url == "https://ex.org/fog"
    assert set(article.tags) == {"sea", "ferry"} and "pilot brought" in article.text


@pytest.mark.parametrize(
    ("name", "references"),
    [
        ("list.ris", "TY  - NEWS\nTI  - The fog\nAU  - Kron, Ada\nPY  - 2023\nL1  - files/7/fog.txt\nER  - \n\nTY  - NEWS\nTI  - Evil\nAB  - Only words\nL1  - ../outside.txt\nER  - \n"),
        ("list.bib", "@article{a,\n  title = {The fog},\n  author = {Kron, Ada},\n  year = {2023},\n  file = {Full Text:files/7/fog.txt:text/plain}\n}\n@article{b,\n  title = {Evil},\n  abstract = {Only words},\n  file = {../outside.txt}\n}\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("whole", [True, False])
def test_texts_attached_to_references(
    library: Library, pool: WorkerPool, tmp_path: Path, name: str, references: str, whole: bool
):
    folder = tmp_path / "zotero"
    (folder / "files" / "7").mkdir(parents=True)
    (folder / "files" / "7" / "fog.txt").write_text(f"{TEXT}\n\n{TEXT}", "utf-8")
    (tmp_path / "outside.txt").write_text("secret " * 80, "utf-8")
    (folder / name).write_text(references, "utf-8")
    outcomes = list(run(library, [folder if whole else folder / name], pool=pool))
    assert [outcome.status for outcome in outcomes] == ["imported", "imported"]
    fog, evil = (articles.get(library, number).article for number in (1, 2))
    assert fog.title == "The fog" and "pilot brought the ferry" in fog.text and fog.authors[0].name == "Ada Kron"
    assert evil.text == "Only words"


def jex(tmp_path: Path, form: str) -> Path:
    items = {
        "aa.md": f"Fog\n\n{TEXT}\n\nid: aa\nparent_id: f2\ncreated_time: 2019-07-01T10:00:00.000Z\nsource_url: https://ex.org/fog\nmarkup_language: 1\ntype_: 1",
        "f1.md": "Harbours\n\nid: f1\nparent_id: \ntype_: 2",
        "f2.md": "Ferries\n\nid: f2\nparent_id: f1\ntype_: 2",
        "t1.md": "two words\n\nid: t1\ntype_: 5",
        "x1.md": "id: x1\nnote_id: aa\ntag_id: t1\ntype_: 6",
    }
    if form == "folder":
        folder = tmp_path / "raw"
        folder.mkdir()
        for name, text in items.items():
            (folder / name).write_text(text, "utf-8")
        return folder
    file = tmp_path / "notes.jex"
    with tarfile.open(file, "w") as archive:
        for name, text in items.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return file


@pytest.mark.parametrize("form", ["folder", "jex"])
def test_joplin_with_tags_and_notebooks(library: Library, pool: WorkerPool, tmp_path: Path, form: str) -> None:
    outcomes = list(run(library, [jex(tmp_path, form)], pool=pool))
    assert [(outcome.title, outcome.status) for outcome in outcomes] == [("Fog", "imported")]
    stored = articles.get(library, 1).article
    assert (stored.tags, stored.url, stored.saved) == (
        ("Harbours/Ferries", "two words"),
        "https://ex.org/fog",
        "2019-07-01T10:00:00Z",
    )


def test_keep_has_each_note_twice_and_gives_it_once(library: Library, pool: WorkerPool, tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Keep"
    folder.mkdir(parents=True)
    note = {
        "isTrashed": False,
        "isArchived": False,
        "title": "Fog",
        "textContent": TEXT,
        "createdTimestampUsec": 1561975200000000,
    }
    (folder / "Fog.json").write_text(json.dumps(note), "utf-8")
    (folder / "Fog.html").write_text(f'<html><body><div class="note DEFAULT"><div class="heading">x</div><div class="title">Fog</div><div class="content">{TEXT}</div></div></body></html>', "utf-8")  # fmt: skip
    assert [outcome.title for outcome in run(library, [folder.parent], pool=pool)] == ["Fog"]


def marked(highlights: list[dict[str, str]], **more: object) -> bytes:
    entry = {"title": "Fog", "url": "https://ex.org/fog", "content": f"<p>{TEXT}</p>", "is_archived": 1, "is_starred": 1, "tags": ["sea"], "domain_name": "ex.org",
             "created_at": "2019-07-01T10:00:00+0000", "annotations": highlights}  # fmt: skip
    return json.dumps([entry | more]).encode()


def imported(library: Library, pool: WorkerPool, path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [outcome.status for outcome in run(library, [path], pool=pool)]


def test_highlights_become_notes_on_their_passages_once(library: Library, pool: WorkerPool, tmp_path: Path) -> None:
    quotes = [
        {"quote": "through the  fog", "text": "why?", "created_at": "2019-07-02T10:00:00+0000"},
        {"quote": "not in it at all", "text": ""},
    ]
    file = tmp_path / "all.json"
    assert imported(library, pool, file, marked(quotes)) == ["imported"]
    stored = articles.get(library, 1)
    assert (stored.is_read, stored.starred, stored.article.saved, stored.article.tags) == (
        True,
        True,
        "2019-07-01T10:00:00+00:00",
        ("sea",),
    )
    lost, found = sorted(notes.about(library, Subject("article", 1)), key=lambda note: note.text)
    assert (
        found.quote is not None
        and stored.article.text[found.quote.start : found.quote.end] == found.quote.exact == "through the fog"
    )
    assert (found.text, found.created) == ("why?", "2019-07-02T10:00:00.000Z")
    assert lost.quote is not None and lost.quote.exact == "not in it at all"

    with library.transaction() as db:  # what the user does with it stays, whatever the export says again
        notes.edit(db, found.id, "now I know")
        notes.delete(db, lost.id)
        articles.mark(db, [1], is_read=False, starred=False)
        db.execute("DELETE FROM article_tags")
    assert imported(library, pool, file, marked(quotes)) == ["duplicate"]
    assert imported(library, pool, tmp_path / "again.json", marked(quotes) + b"\n") == ["duplicate"]
    assert [note.text for note in notes.about(library, Subject("article", 1))] == ["now I know"]
    stored = articles.get(library, 1)
    assert (stored.is_read, stored.starred, stored.article.tags) == (False, False, ())

    newer = marked([*quotes, {"quote": "nobody on the quay", "text": "nobody?"}], tags=["sea", "night"])
    assert imported(library, pool, tmp_path / "newer.json", newer) == ["duplicate"]
    assert sorted(note.text for note in notes.about(library, Subject("article", 1))) == ["nobody?", "now I know"]
    assert articles.get(library, 1).article.tags == ("night", "sea")


def test_a_highlight_waits_for_its_article(library: Library, pool: WorkerPool, tmp_path: Path) -> None:
    annotations = {"annotations": [{"uri": "https://ex.org/fog", "text": "", "tags": ["two words"], "document": {"title": ["Fog"]},
                                    "target": [{"selector": [{"type": "TextQuoteSelector", "exact": "nobody on the quay had heard her"}]}]}]}  # fmt: skip
    assert imported(library, pool, tmp_path / "h.json", json.dumps(annotations).encode()) == ["imported"]
    page = f'<html><head><title>Fog</title><link rel="canonical" href="https://ex.org/fog"></head><body><article><h1>Fog</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>'
    assert imported(library, pool, tmp_path / "fog.html", page.encode()) == ["updated"]
    (note,) = notes.about(library, Subject("article", 1))
    text = articles.get(library, 1).article.text
    assert note.quote is not None and note.text == "#two-words"
    place = find_anchor(text, note.quote)
    assert place is not None and text[place[0] : place[1]] == "nobody on the quay had heard her"


def test_a_book_grows_with_every_export(library: Library, pool: WorkerPool, tmp_path: Path) -> None:
    def clipping(words: str, place: int) -> str:
        return f"The Quay (Kron, Ada)\n- Your Highlight on Location {place}-{place + 1} | Added on Monday, May 11, 2020 1:02:03 PM\n\n{words}\n==========\n"

    first = clipping("Ropes remember hands.", 10)
    assert imported(library, pool, tmp_path / "My Clippings.txt", first.encode()) == ["imported"]
    later = first + clipping("Tar is a kind of patience.", 40)
    assert imported(library, pool, tmp_path / "My Clippings.txt", later.encode()) == ["updated"]
    assert articles.get(library, 1).article.text == "Ropes remember hands.\n\nTar is a kind of patience."
    assert [note.quote and note.quote.exact for note in notes.about(library, Subject("article", 1))] == [
        "Tar is a kind of patience.",
        "Ropes remember hands.",
    ]
    other = clipping("Ropes forget.", 10).replace("Kron, Ada", "Lind, Tove")
    assert imported(library, pool, tmp_path / "other.txt", other.encode()) == ["imported"]


def test_highlights_that_come_while_notes_are_locked_wait_for_the_passphrase(
    library: Library, pool: WorkerPool, tmp_path: Path
) -> None:
    locking.protect(library, "ropes and tar")
    library.vault.lock()
    imported(library, pool, tmp_path / "all.json", marked([{"quote": "through the fog", "text": "why?"}]))
    assert highlights.release(library) == 0
    library.vault.unlock(library.db, "ropes and tar")
    assert highlights.release(library) == 1
    (note,) = notes.about(library, Subject("article", 1))
    assert (note.text, note.quote and note.quote.exact) == ("why?", "through the fog")
    assert library.db.execute("SELECT count(*) FROM waiting_highlights").fetchone()[0] == 0


def test_a_file_of_many_articles_is_stored_as_it_is_read(library: Library, pool: WorkerPool, tmp_path: Path) -> None:
    file = tmp_path / "saves.json"
    file.write_text(
        json.dumps([{"title": f"Save {n}", "url": f"https://ex.org/{n}", "created": 1561975200} for n in range(1200)]),
        "utf-8",
    )
    seen: list[str] = []
    for outcome in run(library, [file], pool=pool, cancelled=lambda: len(seen) >= 250):
        seen.append(outcome.status)
    assert 250 <= len(seen) < 1200 and set(seen) == {"imported"}  # cancelled in the middle of the file

    statuses = [outcome.status for outcome in run(library, [file], pool=pool)]
    assert statuses.count("duplicate") == len(seen) and statuses.count("imported") == 1200 - len(seen)
    assert library.db.execute("SELECT count(*), count(DISTINCT url), count(DISTINCT part) FROM articles").fetchone()[
        :
    ] == (1200, 1200, 1200)
    assert articles.get(library, "Save 1199").article.url == "https://ex.org/1199"


def test_parts_of_a_file_are_numbered_on(pool: WorkerPool) -> None:
    text = "Mayor Clara Holm met Jonas Rell, the miller, and Petra Quill of the Upland Post at the fair. " * 40
    data = "\n".join(json.dumps({"title": f"Fair {n}", "text": f"{text}{n}"}) for n in range(400)).encode()
    parts = list(pool.read([SourceFile("a.jsonl", "a.jsonl", data)]))
    assert len(parts) > 1 and all(part.error is None for part in parts)
    assert [part.first for part in parts] == [sum(len(each.articles) for each in parts[:n]) for n in range(len(parts))]
    assert sum(len(part.articles) for part in parts) == 400 and [part.is_last for part in parts].count(True) == 1
