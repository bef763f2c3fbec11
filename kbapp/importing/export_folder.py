"""A folder that kbapp exported, back into a library: whole into an empty one, added to what is there into any other.

What comes back is what ``data/`` holds, to the letter. Where somebody edited a page since the export, the page wins: its fields
become edits of the article, its text that of the note.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from kbapp.errors import Code, Notice, UserError
from kbapp.importing import note_import
from kbapp.importing.export_manifest import MANIFEST, UNFINISHED, read_manifest
from kbapp.importing.local_files import read_file
from kbapp.importing.results import ImportResult
from kbapp.library.articles import edits
from kbapp.library.articles import repository as articles
from kbapp.library.articles.rows import StoredArticle
from kbapp.library.database import Library
from kbapp.library.portable import reading_out, restoring
from kbapp.library.portable.tables import Row
from kbapp.reading.encoding import decode
from kbapp.reading.plaintext.front_matter import front_matter
from kbapp.reading.plaintext.markdown import read_markdown


def is_export(path: Path) -> bool:
    """Whether a path is a folder that an export wrote, or began to write."""
    try:
        return (path / MANIFEST).is_file() or (path / UNFINISHED).is_file()
    except (OSError, ValueError):
        return False


def take_in(library: Library, folder: Path) -> Iterator[ImportResult]:
    """Takes an export into a library; everything that the results tell of is safe by then.

    An export that is not whole, or not one of kbapp's, is refused as a whole: the one result says why.
    """
    try:
        manifest = read_manifest(folder / MANIFEST)
        if manifest is None:
            raise UserError(Code.EXPORT_UNFINISHED, folder=folder)
        rows = list(_rows(folder, manifest))
        if reading_out.is_empty(library):
            results = _restore(library, folder, manifest, rows)
        else:
            results = _add(library, folder, manifest, rows)
        edited = _edited_pages(folder, manifest)
    except UserError as error:
        yield ImportResult(str(folder), "failed", error=error)
        return
    for result in results:
        yield _with_edits(library, folder, result, edited)
    if any(path.startswith("notes/") for path in edited):
        for outcome in note_import.import_notes(library, folder, only={folder / path for path in edited}):
            if outcome.error is not None:
                yield ImportResult(outcome.path, "failed", error=outcome.error)


def _rows(folder: Path, manifest: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows in the files of data, which have to be as they were written."""
    for path, digest in manifest["files"].items():
        if not path.startswith("data/"):
            continue
        try:
            data = _read(folder, path)
        except UserError as error:
            raise UserError(Code.EXPORT_FILE_CHANGED, file=path) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise UserError(Code.EXPORT_FILE_CHANGED, file=path)
        for line in data.split(b"\n"):
            if line:
                try:
                    row = json.loads(line)
                    yield str(row.pop("table")), row
                except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                    raise restoring.RowDamaged(path) from error


def _restore(
    library: Library, folder: Path, manifest: dict[str, Any], rows: list[tuple[str, Row]]
) -> list[ImportResult]:
    """Everything at once, so that an import that is interrupted leaves the library empty and can be begun again."""
    try:
        with library.transaction() as db:
            restoring.restore(db, rows)
            missing = _keep_originals(library, folder, manifest, rows)
    except sqlite3.IntegrityError as error:
        raise restoring.RowDamaged(str(error)) from error
    return [
        ImportResult(
            str(folder), "imported", row["id"], title=row["title"],
            warnings=(Notice(Code.CHECK_ORIGINAL_MISSING, {"id": row["id"], "title": row["title"]}),) if row["original"] in missing else (),
        )
        for table, row in rows
        if table == "articles"
    ]  # fmt: skip


def _keep_originals(library: Library, folder: Path, manifest: dict[str, Any], rows: list[tuple[str, Row]]) -> set[str]:
    """Puts the files that rows name among the library's originals; returns the keys of those that are not there."""
    paths = manifest.get("originals")
    paths = paths if isinstance(paths, dict) else {}
    missing = set()
    for key in sorted({row["original"] for _, row in rows if "original" in row}):
        path = paths.get(key)
        try:
            if not isinstance(path, str) or path not in manifest["files"]:
                raise UserError(Code.NO_SUCH_FILE)
            data = _read(folder, path)
            if (
                hashlib.sha256(data).hexdigest() != key[:64]
                or library.keep_original(data, f"x{PurePosixPath(key).suffix}") != key
            ):
                missing.add(key)
        except UserError:
            missing.add(key)
    return missing


def _add(library: Library, folder: Path, manifest: dict[str, Any], rows: list[tuple[str, Row]]) -> list[ImportResult]:
    """The articles of an export beside those that are there; those that are known are duplicates, as in any import."""
    _keep_originals(library, folder, manifest, rows)
    belonging: dict[int, dict[str, list[Row]]] = {}
    for table, row in rows:
        found = restoring.checked(table, row)
        if table in ("pictures", "article_tags", "article_edits"):
            belonging.setdefault(found["article"], {}).setdefault(table, []).append(found)
    results = []
    with library.transaction() as db:
        for table, row in rows:
            if table != "articles" or row["deleted"] is not None:
                continue
            own = belonging.get(row["id"], {})
            article = restoring.article_of(row | _as_read(own.get("article_edits", ())))
            article = replace(article, tags=tuple(each["tag"] for each in own.get("article_tags", ())))
            added = articles.add(db, article, row["original"], row["part"], row["source_file"])
            if added.status == "imported":
                shown = ((each["original"], each["words"], each["block"]) for each in own.get("pictures", ()))
                articles.set_pictures(db, added.id, shown)
                for each in own.get("article_edits", ()):
                    edits.put_back(db, added.id, each["field"], json.dumps(each["value"], ensure_ascii=False))
            notices = (*added.notices, Notice(Code.EXPORT_MERGED))
            results.append(ImportResult(str(folder), added.status, added.id, title=article.title, warnings=notices))
    return results


def _as_read(edited: Iterable[Row]) -> Row:
    """What the file of an article says where the user says something else."""
    return {
        "byline_json" if each["field"] == "authors" else each["field"]: (
            json.loads(each["read_value"]) if each["field"] == "authors" else each["read_value"]
        )
        for each in edited
    }


def _edited_pages(folder: Path, manifest: dict[str, Any]) -> dict[str, bytes]:
    """The pages of articles and notes that are no longer as they were written, by their paths."""
    found = {}
    for path, digest in manifest["files"].items():
        if path.startswith(("articles/", "notes/")) and path.endswith(".md"):
            try:
                data = _read(folder, path)
            except UserError:
                continue  # deleted: what was exported is in the data
            if hashlib.sha256(data).hexdigest() != digest:
                found[path] = data
    return found


def _with_edits(library: Library, folder: Path, result: ImportResult, edited: dict[str, bytes]) -> ImportResult:
    """Takes over what somebody wrote into the page of an article that was restored."""
    if result.status != "imported" or result.article is None:
        return result
    for path, data in edited.items():
        if not path.startswith("articles/"):
            continue
        try:
            text = decode(data)
        except UserError as error:
            return replace(result, path=str(folder / path), error=error)
        front, _ = front_matter(text)
        if front.get("kbapp_id") != result.article or front.get("kbapp") != "article":
            continue
        stored = articles.get(library, result.article)
        try:
            with library.transaction() as db:
                edits.edit(db, result.article, _changed_fields(front, stored))
        except UserError as error:
            return replace(result, path=str(folder / path), error=error)
        if _words(read_markdown(text).text) != _words(stored.article.text):
            notice = Notice(Code.EXPORT_TEXT_EDITED, {"file": path})
            return replace(result, path=str(folder / path), warnings=(*result.warnings, notice))
    return result


def _changed_fields(front: dict[str, Any], stored: StoredArticle) -> dict[str, Any]:
    article = stored.article
    changed: dict[str, Any] = {}
    for field in edits.FIELDS:
        if field == "authors":
            listed = front.get("authors") if isinstance(front.get("authors"), list) else []
            names = [str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in listed or []]
            if names != [author.name for author in article.authors]:
                changed[field] = names
        elif str(front.get(field) or "") != (getattr(article, field) or ""):
            changed[field] = str(front.get(field) or "")
    return changed


def _read(folder: Path, path: str) -> bytes:
    """A file of the export; a link that leads out of it is none. Raises UserError."""
    try:
        if not (folder / path).resolve().is_relative_to(folder.resolve()):
            raise UserError(Code.NO_SUCH_FILE)
    except (OSError, RuntimeError) as error:
        raise UserError(Code.NO_SUCH_FILE) from error
    return read_file(folder / path)


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()
