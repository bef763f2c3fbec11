"""What happens in a window: showing lists and pages, searching, keeping notes, importing. Widgets emit, the desk acts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kbapp.domain import Note, Subject
from kbapp.errors import NotFound
from kbapp.library import articles, care, notes, people, searches, tags
from kbapp.pages.address import Address, parse
from kbapp.pages.render import Page, render, welcome
from kbapp.pages.words import plain_date
from kbapp.paths import resource
from kbapp.ui.article_list import ArticleList, Row, row_of_card
from kbapp.ui.background import Background
from kbapp.ui.changes import Changes
from kbapp.ui.finder import Finder
from kbapp.ui.follower import IndexFollower
from kbapp.ui.import_bar import ImportBar
from kbapp.ui.intake import Intake
from kbapp.ui.lock import NotesLock
from kbapp.ui.notes_panel import NotesPanel
from kbapp.ui.noting import Noting
from kbapp.ui.services import Services
from kbapp.ui.sidebar import Sidebar
from kbapp.ui.spelling import Speller
from kbapp.ui.tabs import Tabs

if TYPE_CHECKING:
    pass

_Counts = tuple[dict[str, int], list[tuple[str, int]], list[tuple[str, int]], list[tuple[str, str, int]]]
_LATER = 400  # milliseconds that counts and the index wait at most for the first list


class Desk(QObject):
    """Ties the widgets of one window to the library. ``listed`` names what the list shows, ``message`` is for the status bar."""

    listed = Signal(str, str)
    message = Signal(str)
    lagging = Signal(int)
    faceted = Signal(list)
    mistaken = Signal(list)
    locked = Signal()
    board_wanted = Signal(str, int)
    timed = Signal(object)
    network_wanted = Signal(int)

    def __init__(
        self,
        services: Services,
        sidebar: Sidebar,
        rows: ArticleList,
        tabs: Tabs,
        panel: NotesPanel,
        bar: ImportBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.services, self.library = services, services.library
        self.sidebar, self.rows, self.tabs, self.panel, self.bar = sidebar, rows, tabs, panel, bar
        self.changes = Changes(self.library, self)
        self.follower = IndexFollower.of(services)
        self.lock = NotesLock.of(services)
        self.finder = Finder(self)
        self.intake = Intake(self)
        self.noting = Noting(self)
        self._reading = Background("pages", self, latest=True)
        self._listing = Background("lists", self, latest=True)
        self._counting = Background("counts", self, latest=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._start_rest)
        self.order = "newest"
        self._is_empty = False
        self._was_behind = True
        self._wire()

    def _wire(self) -> None:
        self.sidebar.chosen.connect(self.go)
        self.rows.opened.connect(self._open_row)
        self.rows.rows.file_of = self._original_path
        self.rows.rows.citation_of = self._citation
        self.tabs.show_pictures_from(self.noting.picture)
        self.tabs.wanted.connect(self._fetch)
        self.tabs.followed.connect(self.follow)
        self.changes.changed.connect(self.refresh)
        for source in (self.changes, self.follower, self._reading, self._listing, self._counting):
            source.failed.connect(self.message)
        self.follower.lag.connect(self._index_moved)
        self.lock.about_to_lock.connect(self.panel.save_all)
        self.lock.changed.connect(self._notes_locked)
        self.lock.failed.connect(self.message)

    def start(self) -> None:
        """Fills the window after its first paint: the list, and what takes time to load once it is there."""
        if not self.finder.query:  # who typed before the window was filled keeps the search
            self.go(*self.sidebar.place())
        self._later.start(_LATER)

    def _start_rest(self) -> None:
        self.count()
        self.follower.start()
        self._counting.ask(lambda: care.back_up_daily(self.library), lambda _: None)

    def close(self) -> None:
        """Saves what is unsaved and ends the threads."""
        self._later.stop()
        self.panel.save_all()
        self.intake.close()
        self.finder.close()
        self.noting.close()
        self.changes.close()
        for lane in (self._reading, self._listing, self._counting):
            lane.close()
        if not self.services.windows:
            self.follower.close()
            self.lock.close()
            Speller.end(self.services)

    # --- lists ----------------------------------------------------------------------------------------------------------
    def go(self, place: str, value: str = "") -> None:
        """Shows a place of the sidebar: a list of articles, or a page that lists something else."""
        if place in ("people", "authors", "notes", "sources") and not value:
            self.open(Address("list", place))
            if place == "notes":
                self.finder.query = ""
                self.noting.list_all()
            return
        if place == "searches":
            self.finder.search(value)
            return
        if place == "tags" and not value:
            return
        where = {"sources": "source", "tags": "tag"}.get(place, place)
        self.finder.query = ""
        order: Any = self.order
        if order == "months" and where not in ("recent", "trash"):
            self._listing.ask(
                lambda: articles.months(self.library, where, value or None),
                lambda groups: self._show_months(place, value, groups),
            )
            return
        order = "newest" if order == "months" else order
        self._listing.ask(
            lambda: articles.ids(self.library, order, where, value or None),
            lambda ids: self._show_ids(place, value, ids),
        )

    def _show_months(self, place: str, value: str, groups: list[tuple[str, list[int]]]) -> None:
        named = [(plain_date(month) or self.tr("Without a date"), ids) for month, ids in groups]
        self.rows.rows.show_groups(named, self._load_rows)
        self._listed(place, value, sum(len(ids) for _, ids in groups))

    def _show_ids(self, place: str, value: str, ids: list[int]) -> None:
        self.rows.rows.show_ids(ids, self._load_rows)
        self._listed(place, value, len(ids))

    def _listed(self, place: str, value: str, count: int) -> None:
        if self._later.isActive():
            self._later.start(30)
        names = {"all": self.tr("Library"), "unread": self.tr("Unread"), "starred": self.tr("Starred"), "recent": self.tr("Recently opened"),
                 "trash": self.tr("Trash")}  # fmt: skip
        self.listed.emit(value or names.get(place, place), self.number(count))
        self.select_current()
        self._is_empty = place == "all" and not count
        if self._is_empty and self.tabs.history.current is None:
            self.tabs.view.show_html(welcome())
            self.panel.show_notes(
                Subject("library"), self.tr("About the library as a whole"), [], locked=self.lock.locked
            )

    def number(self, count: int) -> str:
        return self.tr("1 article") if count == 1 else self.tr("{0} articles").format(f"{count:,}")

    def _load_rows(self, ids: list[int]) -> list[Row]:
        return [row_of_card(card) for card in articles.cards(self.library, ids)]

    def refresh(self) -> None:
        """After a change: counts, the list, the page and the index follow, in every window."""
        for window in self.services.windows:
            window.desk.show_change()

    def show_change(self) -> None:
        """Shows in this window what was changed in any."""
        self.count()
        self.poke()
        if self.finder.query:
            self.finder.search(self.finder.query)
        else:
            place, value = self.sidebar.place()
            if place == "notes":
                self.noting.list_all()
            elif place not in ("people", "authors", "sources", "searches"):
                self.go(place, value)
        self.reload()

    def count(self) -> None:
        self._counting.ask(
            self._counts,
            self._show_counts,
        )

    def _counts(self) -> _Counts:
        saved = searches.saved(self.library)
        counted = [(name, query, self.services.search.count(query)) for name, query in saved[:50]]
        return care.totals(self.library), tags.tags(self.library)[:200], tags.sources(self.library)[:100], counted

    def _show_counts(self, found: _Counts) -> None:
        totals, all_tags, sources, saved = found
        self.sidebar.show_children("searches", [(f"{name}   {number:,}", query) for name, query, number in saved])
        self.sidebar.show_totals(totals)
        self.sidebar.show_children("tags", [(f"{name}   {number}", name) for name, number in all_tags])
        self.sidebar.show_children("sources", [(f"{name}   {number}", name) for name, number in sources])

    def poke(self) -> None:
        self._was_behind = True
        self.follower.poke()

    def _index_moved(self, behind: int) -> None:
        """The index has followed some changes; once it is up to date, what was asked of it before is asked again."""
        self.lagging.emit(behind)
        if behind == 0 and self._was_behind and self.finder.query:
            self.finder.search(self.finder.query)
        if behind == 0 and self._was_behind:
            self.count()
        self._was_behind = behind > 0

    def _open_row(self, kind: str, number: int) -> None:
        if kind == "note":
            self.noting.open_note(number)
        else:
            self.open(Address(kind, str(number)))

    # --- pages ----------------------------------------------------------------------------------------------------------
    def open(self, address: Address, *, new_tab: bool = False) -> None:
        self.tabs.visit(address, new_tab=new_tab)

    def follow(self, link: str, new_tab: bool = False) -> None:
        """A link was clicked: a page, a search, an original file, or a suggestion taken."""
        address = parse(link)
        if address is None and link.startswith(("http://", "https://", "mailto:")):
            if QDesktopServices.openUrl(QUrl(link)):
                self.message.emit(self.tr("Opened in your browser: {0}").format(link))
            else:
                self.message.emit(self.tr("No browser here opens {0}").format(link))
        elif address is None:
            self.message.emit(self.tr("kbapp cannot open {0}").format(link))
        elif address.kind == "search":
            self.listed.emit(address.ref, "")
            self.finder.search(address.ref)
        elif address.kind == "original":
            self.open_original(address.number)
        elif address.kind == "list" and address.ref == "samples":
            self.intake.import_paths([resource("samples")])
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
            self.noting.bring_back(int(numbers[0]), numbers[1])
            return
        if what in ("arrange", "exportboard", "newboard"):
            self.board_wanted.emit(what, int(numbers[0]) if numbers and numbers[0].isdigit() else 0)
            return
        if what == "network" and numbers and numbers[0].isdigit():
            self.network_wanted.emit(int(numbers[0]))
            return
        if what == "fetch" and len(numbers) == 1 and numbers[0].isdigit():
            self.intake.fetch_page(articles.get(self.library, int(numbers[0])).article.url or "")
        if len(numbers) == 2 and all(number.isdigit() for number in numbers):
            one, other = map(int, numbers)
            if what == "merge":
                self.changes.merge(one, other)
            elif what == "refuse":
                self.changes.refuse_merge(one, other)

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
        self.tabs.show_page(page, scroll)
        title = (
            self.tr("About “{0}”").format(page.title)
            if page.subject.id is not None and page.address.kind == page.subject.kind
            else self.tr("About what this note is about")
            if page.subject.id is not None
            else self.tr("About the library as a whole")
        )
        self.panel.show_notes(page.subject, title, about, locked=self.lock.locked)
        self.noting.align_soon()
        self.timed.emit(page)
        if page.address.kind == "article":
            self.rows.rows.forget(page.address.number)
            self.count()
            if self.finder.words and not page.address.place:
                self.tabs.view.mark_words(self.finder.words)
        self.select_current()

    def _show_missing(self, words: str) -> None:
        what = html.escape(words.partition("; `")[0])  # the hint after it is for the command line
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

    def select_current(self) -> None:
        current = self.tabs.history.current
        if current is not None and current.number:
            self.rows.select("person" if current.kind == "author" else current.kind, current.number)

    # --- notes ----------------------------------------------------------------------------------------------------------
    def _notes_locked(self) -> None:
        """Pages and searches show notes, or show them no more; nothing of them stays in tabs behind."""
        self.tabs.forget_pages()
        if self.lock.locked:
            self.locked.emit()
        self.message.emit(self.tr("Your notes are locked.") if self.lock.locked else self.tr("Your notes are open."))
        self.show_change()

    # --- leaving ----------------------------------------------------------------------------------------------------------
    def open_original(self, article: int) -> None:
        """Opens the file as it came in the system's program for it."""
        path = self._original_path(article)
        if path is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self.message.emit(self.tr("No program here opens the original file: {0}").format(path or ""))

    def _original_path(self, article: int) -> str | None:
        try:
            return str(self.library.original(articles.get(self.library, article).original))
        except NotFound:
            return None

    def _citation(self, article: int) -> str:
        from kbapp.export.citations import citations

        return citations([(article, articles.get(self.library, article).article)], "ris")

    def person_name(self, person: int) -> str:
        return people.names(self.library, [person]).get(person, "")
