"""The parts of a window and where they stand: menu bar, tools, sidebar, list, pages, notes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QSplitter,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.importing.import_bar import ImportBar
from kbapp.ui.notes.notes_panel import NotesPanel
from kbapp.ui.pages.page_tabs import Tabs
from kbapp.ui.search.facet_bar import FacetBar
from kbapp.ui.search.search_box import SearchBox
from kbapp.ui.style.schemes import SPACE
from kbapp.ui.widgets.collapsible_panes import SidePanes
from kbapp.ui.widgets.find_bar import FindBox
from kbapp.ui.widgets.sort_box import OrderBox

_PAGE = 380  # pixels that a page keeps; side panes give way when the window is narrow
_LIST = 220
_SIZES = [190, 320, 540, 230]  # of sidebar, list, page and notes at the first start


class Frame:
    """Puts the parts into a window; what they do is wired by the window."""

    def __init__(self, window: QMainWindow) -> None:
        self.window = window
        self.sidebar, self.tabs, self.panel, self.bar = Sidebar(), Tabs(), NotesPanel(), ImportBar()
        self.panes = SidePanes(self.sidebar, self.panel)
        self.menu = self._build_menu_bar()
        self.list_title, self.list_about = QLabel(window.tr("Library")), QLabel()
        self.order, self.facets, self.find_box, self.search_box = OrderBox(), FacetBar(), FindBox(), SearchBox()
        self.list_pane, self.list_layout = self._build_list()
        self.page_pane, self.page_layout = self._build_page()
        self.splitter = self._build_splitter()
        window.setCentralWidget(self.splitter)
        self.buttons: dict[str, QToolButton] = {}
        self._build_tools()
        self.lag = QLabel()
        window.statusBar().addPermanentWidget(self.lag)
        window.statusBar().setSizeGripEnabled(False)

    def add_list(self, rows: QWidget) -> None:
        """Puts the list below its heading."""
        self.list_layout.addWidget(rows, 1)
        QWidget.setTabOrder(self.order, rows)

    def add_below_page(self, widget: QWidget) -> None:
        """Puts something between the page and the bar of the import."""
        self.page_layout.insertWidget(self.page_layout.count() - 1, widget)

    def _build_menu_bar(self) -> dict[str, QMenu]:
        tr = self.window.tr
        bar = self.window.menuBar()
        menus = {
            name: bar.addMenu(words)
            for name, words in (
                ("file", tr("&File")),
                ("edit", tr("&Edit")),
                ("view", tr("&View")),
                ("go", tr("&Go")),
                ("help", tr("&Help")),
            )
        }
        for button in bar.findChildren(QToolButton):
            button.setAccessibleName(tr("More menus"))
        return menus

    def _build_list(self) -> tuple[QWidget, QVBoxLayout]:
        self.list_title.setObjectName("heading")
        self.list_about.setObjectName("quiet")
        self.list_about.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.list_title)
        head.addStretch()
        head.addWidget(self.order)
        top = QVBoxLayout()
        top.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        top.addLayout(head)
        top.addWidget(self.list_about)
        top.addWidget(self.facets)
        pane = _pane("listpane", _LIST)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(1, SPACE, 1, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addStretch()
        return pane, layout

    def _build_page(self) -> tuple[QWidget, QVBoxLayout]:
        pane = _pane("pagepane", _PAGE)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tabs, self.find_box, self.bar):
            layout.addWidget(widget)
        return pane, layout

    def _build_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        panes = (self.sidebar, self.list_pane, self.page_pane, self.panel)
        for at, (pane, size) in enumerate(zip(panes, _SIZES, strict=True)):
            splitter.addWidget(pane)
            splitter.setStretchFactor(at, 1 if pane is self.page_pane else 0)
            pane.resize(size, 600)
        splitter.setSizes(_SIZES)
        return splitter

    def _build_tools(self) -> None:
        tr = self.window.tr
        bar = QToolBar(tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setIconSize(QSize(20, 20))
        self.window.addToolBar(bar)
        for name, words in (
            ("sidebar", tr("Show or hide the sidebar (F9)")),
            ("back", tr("Back (Alt+Left)")),
            ("forward", tr("Forward (Alt+Right)")),
            ("import", tr("Import files (Ctrl+O)")),
            ("panel", tr("Show or hide the notes (F10)")),
        ):
            if name == "panel":
                bar.addWidget(self.search_box)
                spacer = QWidget()
                spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                bar.addWidget(spacer)
            button = QToolButton()
            button.setToolTip(words)
            button.setAccessibleName(words.partition(" (")[0])
            self.buttons[name] = button
            bar.addWidget(button)


def _pane(name: str, narrowest: int) -> QWidget:
    """A pane of the splitter that the style sheet knows by its name, ``narrowest`` in pixels."""
    pane = QWidget()
    pane.setObjectName(name)
    pane.setMinimumWidth(narrowest)
    pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return pane
