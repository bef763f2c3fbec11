"""The heavy parts of the core, each loaded when it is first used: imports stand in functions here for that reason alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kbapp.ui.core.context import AppContext, Engines
from kbapp.ui.core.settings_store import SettingsStore

if TYPE_CHECKING:
    from kbapp.domain import Article
    from kbapp.importing.import_process import ImportProcess
    from kbapp.library.database import Library
    from kbapp.search.service import Search
    from kbapp.settings import Settings


def _open_library(folder: Path) -> Library:
    from kbapp.library.database import Library

    return Library(folder)


def _make_importer(folder: Path, settings: Settings) -> ImportProcess:
    from kbapp.importing.import_process import ImportProcess

    return ImportProcess(folder, settings.names_model, settings.ocr == "tesseract")


def _make_search(library: Library, settings: Settings) -> Search:
    from kbapp.search.search_index import SearchIndex
    from kbapp.search.service import Search

    return Search(SearchIndex(library, settings.cache_mb << 20))


def _cite(number: int, article: Article) -> str:
    from kbapp.export.citations import citations

    return citations([(number, article)], "ris")


def _find_places(words: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    from kbapp.search.snippets import QueryHighlighter

    return [(start, end) for start, end, _ in QueryHighlighter(words).matches(text)]


def _export_library(library: Library, folder: Path, with_notes: bool) -> int:
    from kbapp.export.library_folder import export_library

    return len(list(export_library(library, folder, with_notes=with_notes)))


def _import_notes(library: Library, folder: Path) -> dict[str, int]:
    from collections import Counter

    from kbapp.importing.note_import import import_notes

    return Counter(each.status for each in import_notes(library, folder))


def _write_board(library: Library, board: int, file: Path) -> None:
    from kbapp.export.boards import write_board

    write_board(library, board, file)


def _back_up(library: Library, file: Path) -> Path:
    from kbapp.library import archive

    return archive.back_up(library, file)


def _write_citations(library: Library, file: Path) -> int:
    from kbapp.errors import Code, UserError
    from kbapp.export.citations import citations
    from kbapp.library.articles import listing
    from kbapp.library.articles import repository as articles

    form = {".bib": "bibtex", ".json": "csl-json"}.get(file.suffix.casefold(), "ris")
    ids = listing.ids(library)
    try:
        file.write_text(citations(((each, articles.get(library, each).article) for each in ids), form), "utf-8")
    except OSError as error:
        raise UserError(Code.FILE_NOT_WRITTEN, file=file, reason=error.strerror) from error
    return len(ids)


def make_context(folder: Path, settings: SettingsStore, state_file: Path) -> AppContext:
    """What all windows on a library share."""
    engines = Engines(
        _open_library, _make_importer, _make_search, _cite, _find_places, _export_library, _import_notes, _write_board, _back_up,
        _write_citations,
    )  # fmt: skip
    return AppContext(folder, settings, state_file, engines)
