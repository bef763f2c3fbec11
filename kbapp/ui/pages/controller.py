"""Pages in a window: opening addresses, following links, showing what was fetched, leaving to other programs."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from kbapp.domain import Note, Subject
from kbapp.errors import NotFound
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.library.people import repository as people
from kbapp.paths import resource
from kbapp.rendering.addresses import Address, parse
from kbapp.rendering.router import Page, render, welcome
from kbapp.ui.core.tasks import Background

if TYPE_CHECKING:
    from kbapp.ui.desk import Desk


class Reader(QObject):
    """Fetches a desk's pages in a thread and shows them in its tabs, with the notes beside them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk, self.library, self.tabs = desk, desk.library, desk.tabs
        self._reading = Background("pages", self, latest=True)
        self._reading.failed.connect(desk.message)
        self.tabs.show_pictures_from(desk.noting.picture)
        self.tabs.wanted.connect(self._fetch)
        self.tabs.followed.connect(self.follow)

    def close(self) -> None:
        self._reading.close()

    def open(self, address: Address, *, new_tab: bool = False) -> None:
        self.tabs.visit(address, new_tab=new_tab)

    def follow(self, link: str, new_tab: bool = False) -> None:
        """A link was clicked: a page, a search, an original file, or a suggestion taken."""
        address = parse(link)
        if address is None and link.startswith(("http://", "https://", "mailto:")):
            if QDesktopServices.openUrl(QUrl(link)):
                self.desk.message.emit(self.tr("Opened in your browser: {0}").format(link))
            else:
                self.desk.message.emit(self.tr("No browser here opens {0}").format(link))
        elif address is None:
            self.desk.message.emit(self.tr("kbapp cannot open {0}").format(link))
        elif address.kind == "search":
            self.desk.listed.emit(address.ref, "")
            self.desk.finder.search(address.ref)
        elif address.kind == "original":
            self.open_original(address.number)
        elif address.kind == "list" and address.ref == "samples":
            self.desk.intake.import_paths([resource("samples")])
        elif address.kind == "more":
            self._take_suggestion(address.ref)
        else:
            self.open(address, new_tab=new_tab)

    def brush(self, first: str, last: str) -> None:
        """Shows the passages of some months only on the page of the person in front; empty strings show all."""
        current = self.tabs.history.current
        if current is not None and current.kind == "person":
            self.open(Address("person", current.ref, f"t{first}..{last}" if first else ""))

    def _take_suggestion(self, ref: str) -> None:
        what, *numbers = ref.split(",")
        if what == "restore" and len(numbers) == 2 and numbers[0].isdigit():
            self.desk.noting.bring_back(int(numbers[0]), numbers[1])
            return
        if what in ("arrange", "exportboard", "newboard"):
            self.desk.board_wanted.emit(what, int(numbers[0]) if numbers and numbers[0].isdigit() else 0)
            return
        if what == "network" and numbers and numbers[0].isdigit():
            self.desk.network_wanted.emit(int(numbers[0]))
            return
        if what == "fetch" and len(numbers) == 1 and numbers[0].isdigit():
            self.desk.intake.fetch_page(articles.get(self.library, int(numbers[0])).article.url or "")
        if len(numbers) == 2 and all(number.isdigit() for number in numbers):
            one, other = map(int, numbers)
            if what == "merge":
                self.desk.changes.merge(one, other)
            elif what == "refuse":
                self.desk.changes.refuse_merge(one, other)

    def _fetch(self, address: Address, scroll: int) -> None:
        def fetch() -> tuple[Page, list[tuple[Note, int]]]:
            page = render(self.library, address)
            if address.kind == "article":
                articles.opened(self.library, address.number)
            about = notes.about(self.library, page.subject)
            about.sort(key=lambda note: (note.quote is not None, note.quote.start if note.quote else 0, note.created))
            return page, [(note, notes.revision(self.library, note.id)) for note in about]

        self._reading.ask(fetch, lambda found: self._show_page(*found, scroll), self._show_missing)

    def _show_page(self, page: Page, about: list[tuple[Note, int]], scroll: int) -> None:
        if page.subject == self.desk.panel.subject and self.desk.panel.save_all():
            self._fetch(page.address, scroll)  # what was fetched did not know what has been written meanwhile
            return
        self.tabs.show_page(page, scroll)
        title = (
            self.tr("About “{0}”").format(page.title)
            if page.subject.id is not None and page.address.kind == page.subject.kind
            else self.tr("About what this note is about")
            if page.subject.id is not None
            else self.tr("About the library as a whole")
        )
        self.desk.panel.show_notes(page.subject, title, about, locked=self.desk.lock.locked)
        self.desk.noting.align_soon()
        self.desk.timed.emit(page)
        if page.address.kind == "article":
            self.desk.rows.rows.forget(page.address.number)
            self.desk.count()
            if self.desk.finder.words and not page.address.place:
                self.tabs.view.mark_words(self.desk.finder.words)
        self.desk.select_current()

    def _show_missing(self, words: str) -> None:
        what = html.escape(words)
        hint = self.tr("It may have been removed since, or the link is from another library. Alt+Left goes back.")
        self.tabs.view.show_html(f"<h1>{self.tr('This page is not here')}</h1><p>{what}</p><p>{hint}</p>")

    def page_without_notes(self, address: Address) -> str:
        """The page as it is for others: neither the user's notes nor his highlights."""
        return render(self.library, address, with_notes=False).html

    def reload(self) -> None:
        """Shows the page in front anew, where it was."""
        current = self.tabs.history.current
        if current is not None:
            address = current if current.place.startswith("t") else current.page
            self._fetch(address, self.tabs.view.verticalScrollBar().value())

    def welcome(self) -> None:
        """What an empty library shows."""
        self.tabs.view.show_html(welcome())
        self.desk.panel.show_notes(
            Subject("library"), self.tr("About the library as a whole"), [], locked=self.desk.lock.locked
        )

    def open_original(self, article: int) -> None:
        """Opens the file as it came in the system's program for it."""
        path = self.original_path(article)
        if path is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.desk.message.emit(self.tr("No program here opens the original file: {0}").format(path or ""))

    def original_path(self, article: int) -> str | None:
        """Where an article's file lies; None for one that is gone."""
        try:
            return str(self.library.original(articles.get(self.library, article).original))
        except NotFound:
            return None

    def citation(self, article: int) -> str:
        """The article as a record for reference managers."""
        from kbapp.export.citations import citations

        return citations([(article, articles.get(self.library, article).article)], "ris")

    def person_name(self, person: int) -> str:
        return people.names(self.library, [person]).get(person, "")
