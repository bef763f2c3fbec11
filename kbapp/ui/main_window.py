"""The main window: it is seen at once, then its parts come, then the list, then all that acts. What happens is the desk's."""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from kbapp.ui import startup_placeholder, window_state
from kbapp.ui.style.schemes import Scheme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from kbapp.rendering.addresses import Page
    from kbapp.ui.articles.article_list import ArticleList
    from kbapp.ui.core.context import Services
    from kbapp.ui.desk import Desk
    from kbapp.ui.menu_bar import Menus
    from kbapp.ui.people.timeline import Timeline

_WARM = 1500  # milliseconds after which the process that imports is started, ahead of need
_SWITCH = 0.0005  # seconds after which a thread at work lets the window's go on; Python's own are 5 ms, and several threads add up


class MainWindow(QMainWindow):
    """One window on a library.

    ``seen`` says that it is on the screen, still empty; ``furnished`` that it is complete; ``unusable`` tells in words that
    the library cannot be opened.
    """

    seen = Signal()
    furnished = Signal()
    unusable = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        sys.setswitchinterval(_SWITCH)
        self.services = services
        services.windows.append(self)
        self.setWindowTitle("kbapp")
        self.setAcceptDrops(True)  # of a window that is on the screen already, X11 would not be told
        self.setMinimumSize(760, 480)
        self.resize(1280, 800)
        self.kept = window_state.read(services.state_file, services.folder)
        startup_placeholder.restore_geometry(self, self.kept)
        self._surfaces = startup_placeholder.Surfaces(self, self.kept, services.settings.theme)
        self._surfaces.painted.connect(self._start)
        self._built = self._started = False

    def build(self) -> None:
        """Makes the parts, if they are not there yet."""
        if self._built:
            return
        self._built = True
        from PySide6.QtGui import QGuiApplication

        from kbapp.ui.style import theme
        from kbapp.ui.window_layout import Frame
        from kbapp.ui.window_session import Session

        self.setWindowIcon(theme.app_icon())
        self.frame = frame = Frame(self)
        self.sidebar, self.tabs, self.panel, self.bar, self.panes = frame.sidebar, frame.tabs, frame.panel, frame.bar, frame.panes  # fmt: skip
        self.search_box, self.find_box, self.order, self.facets = frame.search_box, frame.find_box, frame.order, frame.facets  # fmt: skip
        self.list_title, self.list_about, self.buttons, self.menu = frame.list_title, frame.list_about, frame.buttons, frame.menu  # fmt: skip
        self._wire()
        self.apply_settings()
        self.session = Session(self, self.kept)
        self.session.restore_panes()
        self._surfaces.deleteLater()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_settings)

    def _wire(self) -> None:
        self.tabs.moved.connect(self._show_history)
        self.facets.narrowed.connect(lambda words: self.search_box.setText(f"{self.search_box.text().strip()} {words}"))
        self.order.currentIndexChanged.connect(self._reorder)
        self.search_box.textChanged.connect(lambda text: self.desk.finder.search(text))
        self.search_box.wants_recent.connect(lambda: self.menus.show_recent_searches())
        self.search_box.wants_list.connect(self._into_list)
        self.find_box.returnPressed.connect(lambda: self.tabs.view.find_text(self.find_box.text()))
        for box in (self.search_box, self.find_box):
            box.left.connect(lambda: self.tabs.view.setFocus())
        for name, act in (
            ("back", lambda: self.tabs.step(-1)),
            ("forward", lambda: self.tabs.step(1)),
            ("sidebar", lambda: self.panes.toggle(self.sidebar)),
            ("panel", lambda: self.panes.toggle(self.panel)),
            ("import", lambda: self.menus.choose_files()),
        ):
            self.buttons[name].clicked.connect(act)

    # --- parts that come later, or when they are first needed ----------------------------------------------------------------
    @functools.cached_property
    def rows(self) -> ArticleList:
        """The list."""
        from kbapp.ui.articles.article_list import ArticleList

        rows = ArticleList()
        rows.show_scheme(self.scheme)
        rows.opened.connect(lambda _kind, _number: self.remember_search())
        self.frame.add_list(rows)
        return rows

    @functools.cached_property
    def timeline(self) -> Timeline:
        """The months of the person in front, below the page."""
        from kbapp.ui.people.timeline import Timeline

        timeline = Timeline()
        timeline.show_scheme(self.scheme)
        timeline.brushed.connect(self.desk.reader.brush)
        self.frame.add_below_page(timeline)
        return timeline

    @functools.cached_property
    def desk(self) -> Desk:
        """What acts. Raises LibraryUnavailable."""
        from kbapp.ui.desk import Desk

        self.build()
        desk = Desk(self.services, self.sidebar, self.rows, self.tabs, self.panel, self.bar, self)
        desk.listed.connect(self._show_listed)
        desk.message.connect(lambda words: self.statusBar().showMessage(words, 12_000))
        desk.lagging.connect(self._show_lag)
        desk.locked.connect(self._forget_searches)
        desk.timed.connect(self._show_timeline)
        desk.faceted.connect(self.facets.show_facets)
        desk.mistaken.connect(lambda problems: self.search_box.underline(problems, self.scheme))
        desk.filled.connect(self._furnish)
        return desk

    @functools.cached_property
    def menus(self) -> Menus:
        """The commands."""
        from kbapp.ui.menu_bar import Menus

        return Menus(self, self.desk)

    def _has(self, part: str) -> bool:
        return part in self.__dict__

    @classmethod
    def of(cls, services: Services, *, new: bool = False) -> MainWindow:
        """The window used last, or one more."""
        if services.windows and not new:
            return services.windows[-1]
        window = cls(services)
        window.build()
        if len(services.windows) > 1:
            before = services.windows[-2].pos()
            window.move(before.x() + 36, before.y() + 36)
        QTimer.singleShot(0, window._start)
        return window

    # --- looks ------------------------------------------------------------------------------------------------------------
    @property
    def scheme(self) -> Scheme:
        """The colours in force."""
        from kbapp.ui.style import theme

        return theme.scheme_for(self.services.settings.theme)

    def apply_settings(self) -> None:
        """Puts the settings and the desktop's colours into force."""
        from kbapp.ui.style import theme

        settings, scheme = self.services.settings, self.scheme
        theme.dress(self, scheme)
        self.sidebar.show_scheme(scheme)
        self.panel.show_scheme(scheme)
        if self._has("rows"):
            self.rows.show_scheme(scheme)
        if self._has("timeline"):
            self.timeline.show_scheme(scheme)
        self.tabs.show_style(scheme, settings.font, settings.font_size, settings.measure)
        mirrored = {"back": "forward", "forward": "back"} if self.isRightToLeft() else {}
        for name, button in self.buttons.items():
            button.setIcon(theme.icon(mirrored.get(name, name), scheme.text))
        if self._has("desk"):
            self.desk.reader.reload()

    def _show_listed(self, name: str, about: str) -> None:
        self.list_title.setText(name)
        self.list_about.setText(about)
        self.list_about.setVisible(bool(about))
        place = self.sidebar.place()[0]
        self._offer_orders("hits" if self.desk.query else "notes" if place == "notes" else "articles")

    def _show_timeline(self, page: Page) -> None:
        chosen = re.fullmatch(r"t(\d{4}-\d\d)\.\.(\d{4}-\d\d)", page.address.place)
        if page.months or self._has("timeline"):
            self.timeline.show_months(dict(page.months), (chosen[1], chosen[2]) if chosen else None)

    def _show_lag(self, behind: int) -> None:
        self.frame.lag.setText(self.tr("Index: {0} changes to go").format(f"{behind:,}") if behind else "")

    def _show_history(self) -> None:
        history = self.tabs.history
        self.buttons["back"].setEnabled(history.at > 0)
        self.buttons["forward"].setEnabled(history.at < len(history.entries) - 1)
        title = self.tabs.view.page.title if self.tabs.view.page else ""
        self.setWindowTitle(f"{title} — kbapp" if title else "kbapp")

    def _reorder(self) -> None:
        if self.order.what == "hits":
            self.desk.finder.hit_order = self.order.currentData()
        elif self.order.what == "notes":
            self.desk.noting.order = self.order.currentData()
        else:
            self.desk.order = self.order.currentData()
        self.desk.refresh()

    def _offer_orders(self, what: str) -> None:
        """Offers what articles, the hits of a search or notes can be sorted by."""
        desk = self.desk
        self.order.offer(
            what, desk.finder.hit_order if what == "hits" else desk.noting.order if what == "notes" else desk.order
        )

    # --- beginning and end ------------------------------------------------------------------------------------------------
    def _start(self) -> None:
        """Brings the parts and the list, once the window has been seen."""
        from kbapp.errors import UserError

        if self._started:
            return
        self._started = True
        self.seen.emit()
        self.build()
        try:
            desk = self.desk
        except UserError as error:
            self.unusable.emit(str(error))
            return
        self._offer_orders("articles")
        desk.start()

    def _furnish(self) -> None:
        """Brings all that acts, once the list has been seen."""
        from kbapp.ui.widgets.drop_overlay import DropTarget

        assert self.menus is not None
        self._drop = DropTarget(self)
        self._drop.dropped.connect(lambda mime: self.desk.intake.take(mime))
        if self.services.windows == [self]:
            self.session.restore_tabs()
        self._show_history()
        QTimer.singleShot(_WARM, lambda: self.services.importer.warm_up() if self.services.windows else None)
        self.furnished.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self in self.services.windows:
            self.services.windows.remove(self)
            if self._built:
                self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        from PySide6.QtGui import QGuiApplication

        if not self.services.windows:  # the last one is what the next start begins with
            self.session.save()
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply_settings)
        if self._has("desk"):
            self.desk.close()

    def changeEvent(self, event: QEvent) -> None:
        if self.isActiveWindow() and self in self.services.windows[:-1]:
            self.services.windows.remove(self)
            self.services.windows.append(self)
        super().changeEvent(event)

    def open_arguments(self, arguments: list[str]) -> None:
        """Files and ``kb:`` links that the program was started with, or that a second start handed over."""
        from kbapp.rendering.addresses import parse

        paths = []
        for argument in arguments:
            address = parse(argument)
            if address is not None:
                self.desk.follow(argument)
            elif argument:
                paths.append(Path(argument))
        if paths:
            self.desk.intake.import_paths(paths)

    # --- searching --------------------------------------------------------------------------------------------------------
    def _into_list(self, open_first: bool) -> None:
        if self.rows.model().rowCount():
            index = self.rows.model().index(0, 0)
            self.rows.setFocus()
            self.rows.setCurrentIndex(index)
            self.remember_search()
            if open_first:
                self.rows.activated.emit(index)

    def _forget_searches(self) -> None:
        """What was searched for while the notes were open may be words of theirs."""
        self.session.searches.clear()
        self.search_box.clear()

    def remember_search(self) -> None:
        """Puts what is searched for among the recent searches; called when a search has led somewhere."""
        self.session.remember_search(self.desk.query)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._built:
            self.panes.make_room(self.width())
