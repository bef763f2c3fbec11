"""Pages: fetched beside the window for the tab that asks, links followed, originals opened in other programs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kbapp.domain import Subject
from kbapp.errors import NotFound
from kbapp.library.articles import repository as articles
from kbapp.library.notes import repository as notes
from kbapp.rendering.addresses import Action, Address, Page, parse, parse_action
from kbapp.rendering.router import WELCOME, render, welcome
from kbapp.ui.core.context import AppContext
from kbapp.ui.core.controller import Controller
from kbapp.ui.pages.requests import MissingPage, PageAnswer, PageRequest, SubjectNotes


class PageController(Controller):
    """Fetches pages and decides what a link does.

    ``page_ready``, ``page_missing`` and ``notes_ready`` answer requests, and say for which tab. ``opened`` answers
    ``mark_opened``. ``search_requested`` carries a query, ``action_requested`` what a link on one of our
    own pages does.
    """

    page_ready = Signal(PageAnswer)
    page_missing = Signal(MissingPage)
    notes_ready = Signal(SubjectNotes)
    opened = Signal(int)
    tab_requested = Signal(Address)
    search_requested = Signal(str)
    action_requested = Signal(Action)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.library = context.library
        self._reading = self.lane("pages", latest=True)
        self._beside = self.lane("page notes", latest=True)
        self._marking = self.lane("read articles")
        self._own: dict[Address, Callable[[], Page]] = {WELCOME: welcome}

    def provide(self, address: Address, make: Callable[[], Page]) -> None:
        """Gives a page that the window makes itself, such as the help or the report of an import."""
        self._own[address] = make

    def fetch(self, request: PageRequest) -> None:
        """Fetches a page; the answer comes as ``page_ready`` or ``page_missing``."""
        address = request.address
        if (make := self._own.get(address.page)) is not None:
            page = make()
            self.page_ready.emit(PageAnswer(request, page, self._notes(page.subject)))
            return

        def read() -> PageAnswer:
            page = render(self.library, address)
            return PageAnswer(request, page, self._notes(page.subject))

        self._reading.submit(
            read,
            self.page_ready.emit,
            lambda error: self.page_missing.emit(MissingPage(request, error)),
            key=request.tab,
        )

    def mark_opened(self, article: int) -> None:
        """Remembers that the user has read an article, and when; the answer comes as ``opened``."""
        self._marking.submit(lambda: articles.opened(self.library, article), lambda _: self.opened.emit(article))

    def fetch_notes(self, subject: Subject) -> None:
        """Fetches the notes about a page that is shown already; the answer comes as ``notes_ready``."""
        self._beside.submit(lambda: self._notes(subject), self.notes_ready.emit)

    def _notes(self, subject: Subject) -> SubjectNotes:
        about = notes.about(self.library, subject)
        about.sort(key=lambda note: (note.quote is not None, note.quote.start if note.quote else 0, note.created))
        revisions = notes.revisions(self.library, (note.id for note in about))
        return SubjectNotes(subject, tuple((note, revisions[note.id]) for note in about))

    # --- links --------------------------------------------------------------------------------------------------------
    def follow(self, link: str, nonce: str = "", new_tab: bool = False) -> None:
        """Goes where a link leads.

        Args:
            link: Its address: a page, a search, a web page, or an action.
            nonce: That of the page on which it was clicked; without it no action is taken.
            new_tab: Whether a page is wanted in a tab of its own.
        """
        address = parse(link)
        if (action := parse_action(link, nonce)) is not None:
            self.action_requested.emit(action)
        elif address is None and link.startswith(("http://", "https://", "mailto:")):
            if QDesktopServices.openUrl(QUrl(link)):
                self.message.emit(self.tr("Opened in your browser: {0}").format(link))
            else:
                self.message.emit(self.tr("No browser here opens {0}").format(link))
        elif address is None:
            self.message.emit(self.tr("kbapp cannot open {0}").format(link))
        elif address.kind == "search":
            self.search_requested.emit(address.ref)
        elif new_tab:
            self.tab_requested.emit(address)
        else:
            self.page_requested.emit(address)

    def open_original(self, article: int) -> None:
        """Opens the file as it came in the system's program for it."""
        try:
            path = str(self.library.original(articles.get(self.library, article).original))
        except NotFound as error:
            self.failed.emit(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.message.emit(self.tr("No program here opens the original file: {0}").format(path))

    def page_without_notes(self, address: Address) -> str:
        """The page as it is for others: neither the user's notes nor his highlights."""
        return render(self.library, address, with_notes=False).html

    def has_notes(self, subject: Subject) -> bool:
        return bool(notes.about(self.library, subject))
