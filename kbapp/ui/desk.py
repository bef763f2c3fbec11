"""What happens in a window: the list and its counts, and the parts that act. Widgets emit, the desk acts."""

from __future__ import annotations

import functools
import sqlite3
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kbapp.i18n import plain_date
from kbapp.library.articles import listing as article_list
from kbapp.ui.articles.article_list import ArticleList
from kbapp.ui.articles.article_list_model import Row, row_of_card
from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.core.context import Services
from kbapp.ui.core.tasks import Background
from kbapp.ui.importing.import_bar import ImportBar
from kbapp.ui.notes.notes_panel import NotesPanel
from kbapp.ui.pages.page_tabs import Tabs

if TYPE_CHECKING:
    from kbapp.rendering.addresses import Address
    from kbapp.ui.articles.counts import Counts
    from kbapp.ui.core.undo import Changes
    from kbapp.ui.importing.controller import Intake
    from kbapp.ui.notes.controller import Noting
    from kbapp.ui.notes.lock import NotesLock
    from kbapp.ui.pages.controller import Reader
    from kbapp.ui.search.controller import Finder
    from kbapp.ui.search.index_updater import IndexFollower

_FIRST = 200  # articles that the first list waits for; the rest follow
_PAINTED = 30  # milliseconds in which a list is painted
_LATER = 400  # milliseconds that counts and the index wait at most for the first list


class Desk(QObject):
    """Ties the widgets of one window to the library. ``listed`` names what the list shows, ``message`` is for the status bar,
    ``filled`` says that the first list is there."""

    listed = Signal(str, str)
    message = Signal(str)
    lagging = Signal(int)
    faceted = Signal(list)
    mistaken = Signal(list)
    locked = Signal()
    board_wanted = Signal(str, int)
    timed = Signal(object)
    network_wanted = Signal(int)
    filled = Signal()

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
        self._listing = Background("lists", self, latest=True)
        self._listing.failed.connect(self.message)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._start_rest)
        self.order = "newest"
        self._was_behind = True
        self._is_whole = True
        sidebar.chosen.connect(self.go)
        rows.opened.connect(self._open_row)
        rows.rows.file_of = lambda article: self.reader.original_path(article)
        rows.rows.citation_of = lambda article: self.reader.citation(article)

    # --- parts, each made when it is first needed -------------------------------------------------------------------------
    @functools.cached_property
    def changes(self) -> Changes:
        """Writes that can be undone."""
        from kbapp.ui.core.undo import Changes

        changes = Changes(self.library, self)
        changes.changed.connect(self.refresh)
        changes.failed.connect(self.message)
        return changes

    @functools.cached_property
    def follower(self) -> IndexFollower:
        """Keeps the search index up with the library."""
        from kbapp.ui.search.index_updater import IndexFollower

        follower = IndexFollower.of(self.services)
        follower.failed.connect(self.message)
        follower.lag.connect(self._index_moved)
        return follower

    @functools.cached_property
    def lock(self) -> NotesLock:
        """The lock of the notes."""
        from kbapp.ui.notes.lock import NotesLock

        lock = NotesLock.of(self.services)
        lock.about_to_lock.connect(self.panel.save_all)
        lock.changed.connect(self._notes_locked)
        lock.failed.connect(self.message)
        return lock

    @functools.cached_property
    def finder(self) -> Finder:
        """Searching."""
        from kbapp.ui.search.controller import Finder

        return Finder(self)

    @functools.cached_property
    def intake(self) -> Intake:
        """Importing."""
        from kbapp.ui.importing.controller import Intake

        return Intake(self)

    @functools.cached_property
    def noting(self) -> Noting:
        """Notes."""
        from kbapp.ui.notes.controller import Noting

        return Noting(self)

    @functools.cached_property
    def counts(self) -> Counts:
        """The counts of the sidebar."""
        from kbapp.ui.articles.counts import Counts

        return Counts(self)

    @functools.cached_property
    def reader(self) -> Reader:
        """Pages."""
        from kbapp.ui.pages.controller import Reader

        return Reader(self)

    def _has(self, part: str) -> bool:
        return part in self.__dict__

    @property
    def query(self) -> str:
        """What is searched for; "" while the list shows a place."""
        return self.finder.query if self._has("finder") else ""

    def start(self) -> None:
        """Fills the window after its first paint: the list, and what takes time to load once it is there."""
        self._later.start(_LATER)
        place, value = self.sidebar.place()
        if self.query:  # who typed before the window was filled keeps the search
            return
        if place != "all":
            self.go(place, value)
            return
        try:  # a few rows by an index: sooner here than in a thread, and painted with all else
            ids = article_list.ids(self.library, "newest", most=_FIRST)
        except sqlite3.Error:
            self.go(place, value)  # where it is said what is wrong
        else:
            self._show_ids(place, value, ids, whole=len(ids) < _FIRST)

    def _start_rest(self) -> None:
        assert self.reader is not None and self.lock is not None
        self.filled.emit()
        if not self._is_whole and not self.query:
            self.go(*self.sidebar.place())
        self.count()
        self.follower.start()
        self.counts.back_up()

    def close(self) -> None:
        """Saves what is unsaved and ends the threads."""
        self._later.stop()
        self.panel.save_all()
        for part in ("intake", "finder", "noting", "changes", "reader", "counts"):
            if self._has(part):
                getattr(self, part).close()
        self._listing.close()
        if not self.services.windows:
            self._close_shared()

    def _close_shared(self) -> None:
        """Ends what the windows on a library share, with the last of them."""
        if self._has("follower"):
            self.follower.close()
        if self._has("lock"):
            self.lock.close()
        if self._has("noting"):
            self.noting.end_spelling()

    # --- lists ----------------------------------------------------------------------------------------------------------
    def go(self, place: str, value: str = "") -> None:
        """Shows a place of the sidebar: a list of articles, or a page that lists something else."""
        if place in ("people", "authors", "notes", "sources") and not value:
            self._open_page("list", place)
            if place == "notes":
                self._forget_search()
                self.noting.list_all()
            return
        if place == "searches":
            self.finder.search(value)
            return
        if place == "tags" and not value:
            return
        where = {"sources": "source", "tags": "tag"}.get(place, place)
        self._forget_search()
        order: Any = self.order
        if order == "months" and where not in ("recent", "trash"):
            self._listing.ask(
                lambda: article_list.months(self.library, where, value or None),
                lambda groups: self._show_months(place, value, groups),
            )
            return
        order = "newest" if order == "months" else order
        self._listing.ask(
            lambda: article_list.ids(self.library, order, where, value or None),
            lambda ids: self._show_ids(place, value, ids),
        )

    def _forget_search(self) -> None:
        if self._has("finder"):
            self.finder.query = ""

    def _show_months(self, place: str, value: str, groups: list[tuple[str, list[int]]]) -> None:
        named = [(plain_date(month) or self.tr("Without a date"), ids) for month, ids in groups]
        self.rows.rows.show_groups(named, self._load_rows)
        self._listed(place, value, sum(len(ids) for _, ids in groups))

    def _show_ids(self, place: str, value: str, ids: list[int], *, whole: bool = True) -> None:
        self.rows.rows.show_ids(ids, self._load_rows)
        self._is_whole = whole
        if whole:
            self._listed(place, value, len(ids))
        else:
            self._later.start(_PAINTED)

    def _listed(self, place: str, value: str, count: int) -> None:
        if self._later.isActive():
            self._later.start(_PAINTED)
        names = {"all": self.tr("Library"), "unread": self.tr("Unread"), "starred": self.tr("Starred"), "recent": self.tr("Recently opened"),
                 "trash": self.tr("Trash")}  # fmt: skip
        self.listed.emit(value or names.get(place, place), self.number(count))
        self.select_current()
        if place == "all" and not count and self.tabs.address is None:
            self.reader.welcome()

    def number(self, count: int) -> str:
        return self.tr("1 article") if count == 1 else self.tr("{0} articles").format(f"{count:,}")

    def _load_rows(self, ids: list[int]) -> list[Row]:
        return [row_of_card(card) for card in article_list.cards(self.library, ids)]

    def refresh(self) -> None:
        """After a change: counts, the list, the page and the index follow, in every window."""
        for window in self.services.windows:
            window.desk.show_change()

    def show_change(self) -> None:
        """Shows in this window what was changed in any."""
        self.count()
        self.poke()
        if self.query:
            self.finder.search(self.query)
        else:
            place, value = self.sidebar.place()
            if place == "notes":
                self.noting.list_all()
            elif place not in ("people", "authors", "sources", "searches"):
                self.go(place, value)
        self.reader.reload()

    def count(self) -> None:
        """Counts anew what the sidebar shows."""
        self.counts.ask()

    def poke(self) -> None:
        self._was_behind = True
        self.follower.poke()

    def _index_moved(self, behind: int) -> None:
        """The index has followed some changes; once it is up to date, what was asked of it before is asked again."""
        self.lagging.emit(behind)
        if behind == 0 and self._was_behind and self.query:
            self.finder.search(self.query)
        if behind == 0 and self._was_behind:
            self.count()
        self._was_behind = behind > 0

    def _open_row(self, kind: str, number: int) -> None:
        if kind == "note":
            self.noting.open_note(number)
        else:
            self._open_page(kind, str(number))

    # --- pages ----------------------------------------------------------------------------------------------------------
    def open(self, address: Address, *, new_tab: bool = False) -> None:
        """Shows a page, in the tab in front or in a new one."""
        self.reader.open(address, new_tab=new_tab)

    def _open_page(self, kind: str, ref: str) -> None:
        from kbapp.rendering.addresses import Address

        self.open(Address(kind, ref))

    def follow(self, link: str, new_tab: bool = False) -> None:
        """Does what a link says."""
        self.reader.follow(link, new_tab)

    def select_current(self) -> None:
        current = self.tabs.address
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
