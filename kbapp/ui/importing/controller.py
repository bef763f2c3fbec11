"""What comes into the library from the window: files, pastes, folders of notes, a page that is fetched when it is asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from kbapp.importing import Outcome, SourceFile
from kbapp.rendering.addresses import Address
from kbapp.rendering.router import report
from kbapp.ui.core.tasks import Background
from kbapp.ui.importing.import_queue import ImportJob

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from kbapp.ui.desk import Desk
    from kbapp.ui.importing.page_fetcher import PageFetch

_SHOW = 600  # milliseconds between showing what an import has stored


class Intake(QObject):
    """Imports for a desk, and shows how far it is and what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.job = ImportJob(desk.services, self)
        self.job.progressed.connect(desk.bar.show_progress)
        self.job.stored.connect(self._stored)
        self._imports = False
        self.job.began.connect(lambda: self._leave_index(True))
        self.job.finished.connect(self._imported)
        desk.bar.cancelled.connect(self.job.cancel)
        desk.bar.wants_report.connect(self.show_report)
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(_SHOW)
        self._showing.timeout.connect(self._show_stored)
        self._working = Background("notes", self)
        self._outcomes: list[Outcome] = []
        self._trouble = ""
        self._fetcher: PageFetch | None = None

    def close(self) -> None:
        """Ends an import after what is in hand."""
        self._showing.stop()
        self.job.close()
        self._leave_index(False)
        self._working.close()

    def _leave_index(self, to_import: bool) -> None:
        """Tells the follower, which all windows share, when this one's imports begin and end, be it with the window."""
        if to_import != self._imports:
            self._imports = to_import
            self.desk.follower.leave_to_import(to_import)

    def run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Does something long beside the window, one after another; what goes wrong is said."""
        self._working.ask(work, then, self.desk.message.emit)

    def take(self, mime: QMimeData) -> None:
        """Imports what was dropped or pasted: files and folders, else the HTML or text of a selection."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.import_paths(files)
            return
        links = [url.toString() for url in mime.urls() if url.scheme() in ("http", "https")]
        html, text = mime.html(), mime.text()
        if html and len(re.sub(r"<[^>]*>", "", html).strip()) > 200:
            source = bytes(mime.data("text/x-moz-url-priv").data()).decode("utf-16-le", "ignore") or (
                links[0] if links else ""
            )
            page = f"<!-- url: {source} -->{html}" if source else html
            self.import_paths(
                [],
                [
                    SourceFile(
                        self.tr("Pasted selection"),
                        f"{_first_words(text or re.sub(r'<[^>]*>', ' ', html))}.html",
                        page.encode(),
                    )
                ],
            )
        elif links or text:
            plain = text if text and not links else "\n".join(links)
            self.import_paths([], [SourceFile(self.tr("Pasted text"), f"{_first_words(plain)}.txt", plain.encode())])

    def import_paths(self, paths: list[Path], found: list[SourceFile] | None = None) -> None:
        """Imports files and folders, and what is in memory already, such as what was pasted."""
        self.job.start(paths, found)

    def import_notes(self, folder: Path) -> None:
        """Takes notes back from a folder of Markdown files and says what became of them."""
        from kbapp.importing.note_import import import_notes

        def done(found: Counter[str]) -> None:
            names = {"added": self.tr("new"), "updated": self.tr("updated"), "unchanged": self.tr("as they were"), "conflict": self.tr("changed on both sides, now side by side (#conflict)"),
                     "failed": self.tr("not read")}  # fmt: skip
            self.desk.refresh()
            self.desk.message.emit(
                self.tr("Notes: {0}").format(
                    ", ".join(f"{found[key]} {name}" for key, name in names.items() if found[key])
                )
            )

        self.run(lambda: Counter(each.status for each in import_notes(self.desk.library, folder)), done)

    def fetch_page(self, address: str) -> None:
        """Fetches one page that the user asked for, in one request; it becomes a new version of the link that was kept."""
        from kbapp.ui.importing.page_fetcher import PageFetch

        if self._fetcher is None:
            self._fetcher = PageFetch(self)
            self._fetcher.failed.connect(self.desk.message)
            self._fetcher.moved.connect(
                lambda url: self.desk.message.emit(
                    self.tr("The page has moved; open it in your browser: {0}").format(url)
                )
            )
            self._fetcher.fetched.connect(self._fetched)
        self.desk.message.emit(self.tr("Fetching {0}").format(address))
        self._fetcher.fetch(address)

    def _fetched(self, address: str, data: bytes) -> None:
        name = address.rstrip("/").rpartition("/")[2] or "page"
        self.import_paths([], [SourceFile(address, name, data, url=address)])

    def _stored(self, outcomes: list[Outcome]) -> None:
        if outcomes and not self._showing.isActive():
            self._showing.start()

    def _show_stored(self) -> None:
        """Shows what has come in, a few times a second."""
        self.desk.count()
        if not self.desk.query:
            self.desk.go(*self.desk.sidebar.place())

    def _imported(self, outcomes: list[Outcome], trouble: str) -> None:
        self._showing.stop()
        self._leave_index(False)
        self._outcomes, self._trouble = outcomes, trouble
        self.desk.bar.show_result(outcomes, trouble)
        self.desk.refresh()
        new = [outcome.article for outcome in outcomes if outcome.article is not None]
        if len(outcomes) == 1 and new:
            self.desk.open(Address("article", str(new[0])))
        elif new and self.desk.tabs.history.current is None:
            self.desk.open(Address("article", str(new[-1])))

    def show_report(self) -> None:
        """What became of each file of the last import."""
        view = self.desk.tabs.add_tab()
        self.desk.tabs.setTabText(self.desk.tabs.indexOf(view), self.tr("Import report"))
        view.show_html(report(self._outcomes, self._trouble))


def _first_words(text: str) -> str:
    """What a pasted text is called when it has no title of its own."""
    words = " ".join(re.sub(r"https?://", "", text).split()[:9])
    return re.sub(r'[\\/:*?"<>|.]+', " ", words).strip()[:80] or "Pasted text"
