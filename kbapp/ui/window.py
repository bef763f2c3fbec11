"""The main window: its parts, their sizes and looks, dropping and pasting. What happens is the desk's."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
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
from kbapp.ui import state, theme
from kbapp.ui.article_list import ArticleList
from kbapp.ui.facet_bar import FacetBar
from kbapp.ui.import_bar import ImportBar
from kbapp.ui.notes_panel import NotesPanel
from kbapp.ui.search_box import SearchBox
from kbapp.ui.services import Services
from kbapp.ui.sidebar import Sidebar
from kbapp.ui.tabs import Tabs
from kbapp.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QResizeEvent

    from kbapp.pages.address import Page
    from kbapp.ui.desk import Desk
    from kbapp.ui.menus import Menus

_ORDERS = (
    ("newest", "Newest first"),
    ("months", "By month"),
    ("oldest", "Oldest first"),
    ("imported", "Last imported"),
    ("title", "By title"),
    ("source", "By source"),
)
_SWITCH = 0.0005  # seconds after which a thread at work lets the window's go on; Python's own are 5 ms, and several threads add up
_PAGE = 380  # pixels that a page keeps; side panes give way when the window is narrow
_HIT_ORDERS = (("relevance", "Best first"), ("newest", "Newest first"), ("oldest", "Oldest first"))
_NOTE_ORDERS = (("date", "By month"), ("subject", "By subject"), ("colour", "By colour"), ("tag", "By tag"))


class MainWindow(QMainWindow):
    """One window on a library. ``unusable`` tells in words that the library cannot be opened."""

    unusable = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        sys.setswitchinterval(_SWITCH)
        self.services = services
        services.windows.append(self)
        self.setWindowTitle("kbapp")
        self.setWindowIcon(theme.app_icon())
        self.setAcceptDrops(True)
        self._stepped_aside: set[QWidget] = set()
        self.setMinimumSize(760, 480)
        self.resize(1280, 800)
        self.sidebar, self.rows, self.tabs, self.panel, self.bar = (
            Sidebar(),
            ArticleList(),
            Tabs(),
            NotesPanel(),
            ImportBar(),
        )
        self._desk: Desk | None = None
        self._menus: Menus | None = None
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
        self._drop = self._build_drop_notice()
        self.tabs.moved.connect(self._show_history)
        self.rows.opened.connect(lambda _kind, _number: self.remember_search())
        self.facets.narrowed.connect(lambda words: self.search_box.setText(f"{self.search_box.text().strip()} {words}"))
        self.apply_settings()
        self._restore_layout()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_settings)

    @property
    def desk(self) -> Desk:
        """What acts; it comes after the first paint, or when it is first needed. Raises LibraryUnavailable."""
        if self._desk is None:
            from kbapp.ui.desk import Desk
            from kbapp.ui.menus import Menus
            from kbapp.ui.timeline import Timeline

            desk = Desk(self.services, self.sidebar, self.rows, self.tabs, self.panel, self.bar, self)
            desk.listed.connect(self._show_listed)
            desk.message.connect(lambda words: self.statusBar().showMessage(words, 12_000))
            desk.lagging.connect(self._show_lag)
            desk.locked.connect(self._forget_searches)
            self.timeline = Timeline()
            self.timeline.show_scheme(theme.scheme_for(self.services.settings.theme))
            self.timeline.brushed.connect(desk.brush)
            self._pages.insertWidget(self._pages.count() - 1, self.timeline)
            desk.timed.connect(self._show_timeline)
            desk.faceted.connect(self.facets.show_facets)
            desk.mistaken.connect(
                lambda problems: self.search_box.underline(problems, theme.scheme_for(self.services.settings.theme))
            )
            self._desk = desk
            self._menus = Menus(self, desk)
        return self._desk

    @property
    def menus(self) -> Menus:
        """The commands, which come with the desk."""
        assert self.desk is not None and self._menus is not None
        return self._menus

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
        self.order = QComboBox()
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.order.setAccessibleName(self.tr("Order of the list"))
        self._ordered = ""
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
        layout.addWidget(self.rows)
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
        self.buttons["sidebar"].clicked.connect(lambda: self._toggle(self.sidebar))
        self.buttons["panel"].clicked.connect(lambda: self._toggle(self.panel))
        self.buttons["import"].clicked.connect(lambda: self.menus.choose_files())

    def _add_button(self, bar: QToolBar, name: str, words: str) -> None:
        button = QToolButton()
        button.setToolTip(words)
        button.setAccessibleName(words.partition(" (")[0])
        self.buttons[name] = button
        bar.addWidget(button)

    def _build_drop_notice(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("drop")
        frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = QLabel(self.tr("Drop to import into your library"))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(frame).addWidget(words)
        frame.hide()
        return frame

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
        self.rows.show_scheme(scheme)
        self.panel.show_scheme(scheme)
        if self._desk is not None:
            self.timeline.show_scheme(scheme)
        self.tabs.show_style(scheme, settings.font, settings.font_size, settings.measure)
        mirrored = {"back": "forward", "forward": "back"} if self.isRightToLeft() else {}
        for name, button in self.buttons.items():
            button.setIcon(theme.icon(mirrored.get(name, name), scheme.text))
        if self._desk is not None:
            self._desk.reload()

    def _show_listed(self, name: str, about: str) -> None:
        self.list_title.setText(name)
        self.list_about.setText(about)
        self.list_about.setVisible(bool(about))
        place = self.sidebar.place()[0]
        self._offer_orders("hits" if self.desk.finder.query else "notes" if place == "notes" else "articles")

    def _show_timeline(self, page: Page) -> None:
        chosen = re.fullmatch(r"t(\d{4}-\d\d)\.\.(\d{4}-\d\d)", page.address.place)
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
        if self._ordered == "hits":
            self.desk.finder.hit_order = self.order.currentData()
        elif self._ordered == "notes":
            self.desk.noting.order = self.order.currentData()
        else:
            self.desk.order = self.order.currentData()
        self.desk.refresh()

    def _offer_orders(self, what: str) -> None:
        """Offers what articles, the hits of a search or notes can be sorted by."""
        if what == self._ordered:
            return
        self._ordered = what
        offers = {"hits": (_HIT_ORDERS, self.desk.finder.hit_order), "notes": (_NOTE_ORDERS, self.desk.noting.order)}
        orders, chosen = offers.get(what, (_ORDERS, self.desk.order))
        with QSignalBlocker(self.order):
            self.order.clear()
            for value, name in orders:
                self.order.addItem(self.tr(name), value)
            self.order.setCurrentIndex(self.order.findData(chosen))

    # --- beginning and end ------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._start)

    def _start(self) -> None:
        """Fills the window, once it has been seen."""
        try:
            desk = self.desk
        except UserError as error:
            self.unusable.emit(str(error))
            return
        self._offer_orders("articles")
        desk.start()
        if self.services.windows == [self]:
            self._restore_tabs()
        self._show_history()
        QTimer.singleShot(1500, lambda: self.services.pool.warm_up())

    def _restore_tabs(self) -> None:
        kept = self._read_state()
        tabs = zip(
            state.strings(kept, "tabs")[:20],
            state.numbers(kept, "scrolls"),
            state.strings(kept, "titles"),
            strict=False,
        )
        self.tabs.restore([(address, scroll, title) for text, scroll, title in tabs if (address := parse(text))])
        front = kept.get("front")
        if isinstance(front, int) and 0 <= front < self.tabs.count():
            self.tabs.setCurrentIndex(front)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self in self.services.windows:
            self.services.windows.remove(self)
            if not self.services.windows:  # the last one is what the next start begins with
                self._save_layout()
            QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply_settings)
            if self._desk is not None:
                self._desk.close()
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

    def _read_state(self) -> dict[str, Any]:
        return state.read(self.services.state_file, self.services.folder)

    def _restore_layout(self) -> None:
        kept = self._read_state()
        for key, restore in (("geometry", self.restoreGeometry), ("splitter", self.splitter.restoreState)):
            if isinstance(kept.get(key), str):
                restore(QByteArray.fromBase64(kept[key].encode()))
        self.sidebar.setVisible(kept.get("sidebar", True) is not False)
        self.panel.setVisible(kept.get("panel", True) is not False)
        self.recent_searches = state.strings(kept, "searches")

    def _save_layout(self) -> None:
        session = self.tabs.session()
        kept = {
            "geometry": self.saveGeometry().toBase64().toStdString(),
            "splitter": self.splitter.saveState().toBase64().toStdString(),
            "sidebar": self.sidebar.isVisible() or self.sidebar in self._stepped_aside,
            "panel": self.panel.isVisible() or self.panel in self._stepped_aside,
            "tabs": [str(address) for address, _, _ in session],
            "scrolls": [scroll for _, scroll, _ in session],
            "titles": [title for _, _, title in session],
            "front": self.tabs.currentIndex(),
            "searches": self.recent_searches,
        }
        with contextlib.suppress(OSError):  # a read-only home costs the layout, nothing else
            state.write(self.services.state_file, self.services.folder, kept)

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
        self.recent_searches.clear()
        self.search_box.clear()

    def remember_search(self) -> None:
        """Puts what is searched for among the recent searches; called when a search has led somewhere."""
        self.recent_searches = state.with_recent(self.recent_searches, self.desk.finder.query)

    # --- dropping and pasting -----------------------------------------------------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if event.source() is None and (mime.hasUrls() or mime.hasHtml() or mime.hasText()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._place_drop_notice()
            self._drop.show()
            self._drop.raise_()

    def dragMoveEvent(self, event: Any) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.desk.intake.take(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._place_drop_notice()

    def _make_room(self) -> None:
        """In a narrow window first the notes and then the sidebar step aside; they come back when there is room again."""
        room = self.width() - _PAGE - 240  # the page and the list
        for pane, needed in ((self.panel, 190 + 220), (self.sidebar, 190)):
            if room < needed and pane.isVisibleTo(self):
                pane.hide()
                self._stepped_aside.add(pane)
            elif room >= needed and pane in self._stepped_aside:
                pane.show()
                self._stepped_aside.discard(pane)

    def _toggle(self, pane: QWidget) -> None:
        """Shows or hides a side pane as the user wants it, whatever room there is."""
        self._stepped_aside.discard(pane)
        pane.setVisible(not pane.isVisible())

    def _place_drop_notice(self) -> None:
        self._drop.setGeometry(self.rect().adjusted(24, 90, -24, -40))
