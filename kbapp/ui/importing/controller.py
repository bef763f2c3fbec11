"""What comes into the library from the window: files, pastes, folders of notes, a page that is fetched when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal

from kbapp.errors import NotFound
from kbapp.importing.results import ImportResult
from kbapp.importing.source_file import SourceFile
from kbapp.library.articles import repository as articles
from kbapp.library.notes import highlights
from kbapp.paths import resource
from kbapp.rendering.addresses import Address, Page
from kbapp.rendering.router import report
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.core.events import ChangeSet, Kind
from kbapp.ui.importing.import_queue import ImportQueue
from kbapp.ui.importing.page_fetcher import PageFetcher

_SHOW = 600  # milliseconds between showing what an import has stored
_T = TypeVar("_T")
_IMPORTED = ChangeSet.of_kinds(Kind.ARTICLE, Kind.PERSON, Kind.TAG, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file of an import, and what broke it off, in words."""

    outcomes: tuple[ImportResult, ...] = ()
    trouble: str = ""

    @property
    def articles(self) -> list[int]:
        return [outcome.article for outcome in self.outcomes if outcome.article is not None]


class ImportController(Controller):
    """Imports.

    ``progressed`` carries how many files are done and how many there are; ``stored`` says, a few times a second, that new
    articles are there; ``finished`` carries what became of all. ``began`` and ``ended`` frame every run.
    """

    began = Signal()
    ended = Signal()
    progressed = Signal(int, int)
    stored = Signal()
    finished = Signal(ImportReport)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.report = ImportReport()
        self._runs = False
        self.queue = ImportQueue(context, self)
        self.queue.progressed.connect(self.progressed)
        self.queue.stored.connect(self._stored)
        self.queue.began.connect(self._begin)
        self.queue.finished.connect(self._finish)
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(_SHOW)
        self._showing.timeout.connect(self.stored)
        self._working = self.lane("import and export")
        self._fetcher = PageFetcher(self)
        self._fetcher.failed.connect(self.message)
        self._fetcher.moved.connect(self._tell_moved)
        self._fetcher.fetched.connect(self._fetched)

    def close(self) -> None:
        """Ends an import after what is in hand."""
        self._showing.stop()
        self.queue.close()
        self._end()
        super().close()

    def _begin(self) -> None:
        if not self._runs:
            self._runs = True
            self.began.emit()

    def _end(self) -> None:
        if self._runs:
            self._runs = False
            self.ended.emit()

    def run(self, work: Callable[[], _T], then: Callable[[_T], object]) -> None:
        """Does something long beside the window, one after another; what goes wrong is said."""
        self._working.submit(work, then)

    # --- files --------------------------------------------------------------------------------------------------------
    def import_mime(self, mime: QMimeData) -> None:
        """Imports what was dropped or pasted: files and folders, else the HTML or text of a selection."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.import_paths(files)
            return
        links = [url.toString() for url in mime.urls() if url.scheme() in ("http", "https")]
        html, text = mime.html(), mime.text()
        if html and len(bare := re.sub(r"<[^>]*>", " ", html).strip()) > 200:
            source = bytes(mime.data("text/x-moz-url-priv").data()).decode("utf-16-le", "ignore")
            source = source or (links[0] if links else "")
            page = f"<!-- url: {source} -->{html}" if source else html
            name = f"{_first_words(text or bare)}.html"
            self.import_paths([], [SourceFile(self.tr("Pasted selection"), name, page.encode())])
        elif links or text:
            plain = text if text and not links else "\n".join(links)
            name = f"{_first_words(plain)}.txt"
            self.import_paths([], [SourceFile(self.tr("Pasted text"), name, plain.encode())])

    def import_paths(self, paths: list[Path], found: list[SourceFile] | None = None) -> None:
        """Imports files and folders, and what is in memory already, such as what was pasted."""
        self.queue.start(paths, found)

    def import_samples(self) -> None:
        self.import_paths([resource("samples")])

    def import_notes(self, folder: Path) -> None:
        """Takes notes back from a folder of Markdown files and says what became of them."""
        library, names = self.context.library, self._note_outcomes()

        def done(found: dict[str, int]) -> None:
            self.context.events.changed.emit(_IMPORTED)
            told = ", ".join(f"{found[key]} {name}" for key, name in names.items() if found.get(key))
            self.message.emit(self.tr("Notes: {0}").format(told))

        self.run(lambda: self.context.engines.import_notes(library, folder), done)

    def _note_outcomes(self) -> dict[str, str]:
        return {
            "added": self.tr("new"),
            "updated": self.tr("updated"),
            "unchanged": self.tr("as they were"),
            "conflict": self.tr("changed on both sides, now side by side (#conflict)"),
            "failed": self.tr("not read"),
        }

    def _stored(self, outcomes: list[ImportResult]) -> None:
        if outcomes and not self._showing.isActive():
            self._showing.start()

    def _finish(self, outcomes: list[ImportResult], trouble: str) -> None:
        self._showing.stop()
        self._end()
        self.report = ImportReport(tuple(outcomes), trouble)
        self.finished.emit(self.report)
        self.context.events.changed.emit(_IMPORTED)
        self.run(self._release_highlights, self._highlights_released)
        if len(outcomes) == 1 and self.report.articles:
            self.page_requested.emit(Address("article", str(self.report.articles[0])))

    def _release_highlights(self) -> int:
        """Makes notes of highlights that the import process, which never holds the passphrase, had to leave."""
        return highlights.release(self.context.library)

    def _highlights_released(self, count: int) -> None:
        if count:
            self.context.events.changed.emit(_IMPORTED)

    def report_page(self) -> Page:
        """What became of each file of the last import, as a page."""
        return report(list(self.report.outcomes), self.report.trouble)

    # --- the one thing that ever goes out -------------------------------------------------------------------------------
    def fetch_article(self, article: int) -> None:
        """Fetches the page of an article of which only the link is kept."""
        try:
            self.fetch_page(articles.get(self.context.library, article).article.url or "")
        except NotFound as error:
            self.failed.emit(error)

    def fetch_page(self, address: str) -> None:
        """Fetches one page that the user asked for, in one request; it becomes a new version of the link that was kept."""
        self.message.emit(self.tr("Fetching {0}").format(address))
        self._fetcher.fetch(address)

    def _tell_moved(self, url: str) -> None:
        self.message.emit(self.tr("The page has moved; open it in your browser: {0}").format(url))

    def _fetched(self, address: str, data: bytes) -> None:
        name = address.rstrip("/").rpartition("/")[2] or "page"
        self.import_paths([], [SourceFile(address, name, data, url=address)])

    # --- the ways out -------------------------------------------------------------------------------------------------
    def export(self, folder: Path, *, with_notes: bool) -> None:
        """Writes everything as Markdown."""
        library, engines = self.context.library, self.context.engines
        self.run(
            lambda: engines.export_library(library, folder, with_notes),
            lambda number: self.message.emit(self.tr("{0} files written to {1}").format(number, folder)),
        )

    def back_up(self, file: Path) -> None:
        """Writes the library into one file."""
        library, engines = self.context.library, self.context.engines
        self.run(
            lambda: engines.back_up(library, file),
            lambda path: self.message.emit(self.tr("Backup written: {0}").format(path)),
        )


def _first_words(text: str) -> str:
    """What a pasted text is called when it has no title of its own."""
    words = " ".join(re.sub(r"https?://", "", text).split()[:9])
    return re.sub(r'[\\/:*?"<>|.]+', " ", words).strip()[:80] or "Pasted text"
