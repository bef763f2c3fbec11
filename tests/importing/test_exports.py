"""Exports of other programs that lie in several files: Omnivore's pages and metadata, references and their texts."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from kbapp.importing import run
from kbapp.importing.worker_pool import WorkerPool
from kbapp.library import Library
from kbapp.library.articles import repository as articles

TEXT = "The pilot brought the ferry in through the fog, and nobody on the quay had heard her until she touched. " * 4


def omnivore(folder: Path) -> Path:
    (folder / "content").mkdir(parents=True)
    entries = [
        {"id": "1", "slug": "fog", "title": "In & out of fog", "author": "Ada Kron", "url": "https://ex.org/fog", "publishedAt": "2023-05-04T07:00:00.000Z", "labels": ["sea", "ferry"], "description": "A pilot’s night"},
        {"id": "2", "slug": "gone", "title": "No content", "url": "https://ex.org/gone"},
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
    assert [outcome.status for outcome in outcomes] == ["imported"]
    article = articles.get(library, 1).article
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
