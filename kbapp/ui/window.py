"""The main window: its parts, their sizes and looks, dropping and pasting. What happens is the desk's."""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.errors import UserError
from kbapp.pages.address import parse
from kbapp.ui import theme
from kbapp.ui.drop_target import DropTarget
from kbapp.ui.facet_bar import FacetBar
from kbapp.ui.import_bar import ImportBar
from kbapp.ui.notes_panel import NotesPanel
from kbapp.ui.order_box import OrderBox
from kbapp.ui.search_box import SearchBox
from kbapp.ui.services import Services
from kbapp.ui.session import Session
from kbapp.ui.side_panes import SidePanes
from kbapp.ui.sidebar import Sidebar
from kbapp.ui.tabs import Tabs
from kbapp.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from kbapp.pages.address import Page
    from kbapp.ui.article_list import ArticleList
    from kbapp.ui.desk import Desk
    from kbapp.ui.menus import Menus
    from kbapp.ui.timeline import Timeline

_SWITCH = 0.0005  # seconds after which a thread at work lets the window's go on; Python's own are 5 ms, and several threads add up
_PAGE = 380  # pixels that a page keeps


class MainWindow(QMainWindow):
    """One window on a library. It is painted with its frame alone; the list follows, then all that acts on it.

    ``unusable`` tells in words that the library cannot be opened, ``furnished`` that the window is complete.
    """

    unusable = Signal(str)
    furnished = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        sys.setswitchinterval(_SWITCH)
        self.services = services
        services.windows.append(self)
        self.setWindowTitle("kbapp")
        self.setWindowIcon(theme.app_icon())
        self.setMinimumSize(760, 480)
        self.resize(1280, 800)
        self.sidebar, self.tabs, self.panel, self.bar = Sidebar(), Tabs(), NotesPanel(), ImportBar()
        self.panes = SidePanes(self.sidebar, self.panel)
        self._painted = False
        self.menu = {
            name: self.menuBar().addMenu(words)
            for name, words in (
                ("file", self.tr("&File")),
                ("edit", self.tr("&Edit")),
                ("view", self.tr("&View")),
                ("go", self.tr("&Go")),
                ("help", self.tr("&Help")),
            )
        }
        self._build_centre()
        self._build_toolbar()
        self._lag = QLabel()
        self.statusBar().addPermanentWidget(self._lag)
        self.statusBar().setSizeGripEnabled(False)
        self._drop = DropTarget(self)
        self._drop.dropped.connect(lambda mime: self.desk.intake.take(mime))
        self.tabs.moved.connect(self._show_history)
        self.facets.narrowed.connect(lambda words: self.search_box.setText(f"{self.search_box.text().strip()} {words}"))
        self.apply_settings()
        self.session = Session(self)
        self.session.restore_layout()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_settings)

    @functools.cached_property
    def rows(self) -> ArticleList:
        """The list."""
        from kbapp.ui.article_list import ArticleList

        rows = ArticleList()
        rows.show_scheme(theme.scheme_for(self.services.settings.theme))
        rows.opened.connect(lambda _kind, _number: self.remember_search())
        self._list.addWidget(rows, 1)
        QWidget.setTabOrder(self.order, rows)
        return rows

    @functools.cached_property
    def timeline(self) -> Timeline:
        """The months of the person in front, below the page."""
        from kbapp.ui.timeline import Timeline

        timeline = Timeline()
        timeline.show_scheme(theme.scheme_for(self.services.settings.theme))
        timeline.brushed.connect(self.desk.reader.brush)
        self._pages.insertWidget(self._pages.count() - 1, timeline)
        return timeline

    @functools.cached_property
    def desk(self) -> Desk:
        """What acts. Raises LibraryUnavailable."""
        from kbapp.ui.desk import Desk

        desk = Desk(self.services, self.sidebar, self.rows, self.tabs, self.panel, self.bar, self)
        desk.listed.connect(self._show_listed)
        desk.message.connect(lambda words: self.statusBar().showMessage(words, 12_000))
        desk.lagging.connect(self._show_lag)
        desk.locked.connect(self._forget_searches)
        desk.timed.connect(self._show_timeline)
        desk.faceted.connect(self.facets.show_facets)
        desk.mistaken.connect(
            lambda problems: self.search_box.underline(problems, theme.scheme_for(self.services.settings.theme))
        )
        desk.filled.connect(self._furnish)
        return desk

    @functools.cached_property
    def menus(self) -> Menus:
        """The commands."""
        from kbapp.ui.menus import Menus

        return Menus(self, self.desk)

    def _has(self, part: str) -> bool:
        """Whether a part that is built when it is first needed is there."""
        return part in self.__dict__

    @classmethod
    def of(cls, services: Services, *, new: bool = False) -> MainWindow:
        """The window used last, or one more."""
        if services.windows and not new:
            return services.windows[-1]
        window = cls(services)
        if len(services.windows) > 1:
            window.move(services.windows[-2].pos() + QPoint(36, 36))
        return window

    # --- parts ----------------------------------------------------------------------------------------------------------
    def _build_centre(self) -> None:
        self.list_title, self.list_about = QLabel(self.tr("Library")), QLabel()
        self.list_title.setObjectName("heading")
        self.list_about.setObjectName("quiet")
        self.list_about.setWordWrap(True)
        self.order = OrderBox()
        self.order.currentIndexChanged.connect(self._reorder)
        head = QHBoxLayout()
        head.addWidget(self.list_title)
        head.addStretch()
        head.addWidget(self.order)
        list_pane = QWidget()
        list_pane.setObjectName("listpane")
        list_pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        list_pane.setMinimumWidth(220)
        layout = QVBoxLayout(list_pane)
        layout.setContentsMargins(1, SPACE, 1, 0)
        layout.setSpacing(2)
        top = QVBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        top.addLayout(head)
        top.addWidget(self.list_about)
        self.facets = FacetBar()
        top.addWidget(self.facets)
        layout.addLayout(top)
        layout.addStretch()
        self._list = layout
        page_pane = QWidget()
        page_pane.setObjectName("pagepane")
        page_pane.setMinimumWidth(_PAGE)
        page_pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pages = QVBoxLayout(page_pane)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addWidget(self.tabs)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(self.tr("Find in this page; Enter goes to the next place"))
        self.find_box.setAccessibleName(self.tr("Find in page"))
        self.find_box.hide()
        self.find_box.returnPressed.connect(lambda: self.tabs.view.find_text(self.find_box.text()))
        self.find_box.installEventFilter(self)
        pages.addWidget(self.find_box)
        pages.addWidget(self.bar)
        self._pages = pages
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for widget, size in ((self.sidebar, 190), (list_pane, 330), (page_pane, 540), (self.panel, 220)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, 1 if widget is page_pane else 0)
            widget.resize(size, 600)
        self.splitter.setSizes([190, 320, 540, 230])
        self.setCentralWidget(self.splitter)

    def _build_toolbar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setIconSize(QSize(20, 20))
        self.addToolBar(bar)
        self.buttons: dict[str, QToolButton] = {}
        for name, words in (("sidebar", self.tr("Show or hide the sidebar (F9)")), ("back", self.tr("Back (Alt+Left)")), ("forward", self.tr("Forward (Alt+Right)")),
                            ("import", self.tr("Import files (Ctrl+O)"))):  # fmt: skip
            self._add_button(bar, name, words)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.search_box = SearchBox()
        self.search_box.textChanged.connect(lambda text: self.desk.finder.search(text))
        self.search_box.installEventFilter(self)
        for button in self.menuBar().findChildren(QToolButton):
            button.setAccessibleName(self.tr("More menus"))
        bar.addWidget(self.search_box)
        bar.addWidget(spacer)
        self._add_button(bar, "panel", self.tr("Show or hide the notes (F10)"))
        self.buttons["back"].clicked.connect(lambda: self.tabs.step(-1))
        self.buttons["forward"].clicked.connect(lambda: self.tabs.step(1))
        self.buttons["sidebar"].clicked.connect(lambda: self.panes.toggle(self.sidebar))
        self.buttons["panel"].clicked.connect(lambda: self.panes.toggle(self.panel))
        self.buttons["import"].clicked.connect(lambda: self.menus.choose_files())

    def _add_button(self, bar: QToolBar, name: str, words: str) -> None:
        button = QToolButton()
        button.setToolTip(words)
        button.setAccessibleName(words.partition(" (")[0])
        self.buttons[name] = button
        bar.addWidget(button)

    # --- looks ------------------------------------------------------------------------------------------------------------
    def apply_settings(self) -> None:
        """Puts the settings and the desktop's colours into force."""
        settings = self.services.settings
        scheme = theme.scheme_for(settings.theme)
        application = QGuiApplication.instance()
        assert application is not None
        application.setPalette(theme.palette(scheme))  # type: ignore[attr-defined]
        self.setStyleSheet(theme.widget_style(scheme))
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
        self._lag.setText(self.tr("Index: {0} changes to go").format(f"{behind:,}") if behind else "")

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
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._start)

    def _start(self) -> None:
        """Fills the list, once the window has been seen."""
        try:
            desk = self.desk
        except UserError as error:
            self.unusable.emit(str(error))
            return
        self._offer_orders("articles")
        desk.start()

    def _furnish(self) -> None:
        """Brings all that acts, once the list has been seen."""
        assert self.menus is not None
        if self.services.windows == [self]:
            self.session.restore_tabs()
        self._show_history()
        QTimer.singleShot(1500, lambda: self.services.pool.warm_up())
        self.furnished.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self in self.services.windows:
            self.services.windows.remove(self)
            if not self.services.windows:  # the last one is what the next start begins with
                self.session.save()
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply_settings)
            if self._has("desk"):
                self.desk.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self in self.services.windows:
            self.services.windows.remove(self)
            self.services.windows.append(self)
        super().changeEvent(event)

    def open_arguments(self, arguments: list[str]) -> None:
        """Files and ``kb:`` links that the program was started with, or that a second start handed over."""
        paths = []
        for argument in arguments:
            address = parse(argument)
            if address is not None:
                self.desk.follow(argument)
            elif argument:
                paths.append(Path(argument))
        if paths:
            self.desk.intake.import_paths(paths)

    # --- keys -------------------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if watched is self.search_box and key == Qt.Key.Key_Down and not self.search_box.text():
                self.menus.show_recent_searches()
                return True
            if watched is self.search_box and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._into_list(open_first=key != Qt.Key.Key_Down)
                return True
            if watched is self.search_box and key == Qt.Key.Key_Escape:
                self.search_box.clear()
                self.tabs.view.setFocus()
                return True
            if watched is self.find_box and key == Qt.Key.Key_Escape:
                self.find_box.hide()
                self.tabs.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _into_list(self, *, open_first: bool) -> None:
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
        self.panes.make_room(self.width())
