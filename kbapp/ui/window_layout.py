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

from kbapp.ui.articles.article_list import ArticleList
from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.importing.import_bar import ImportBar
from kbapp.ui.notes.notes_panel import MakeCard, NotesPanel
from kbapp.ui.pages.page_tabs import PageTabs
from kbapp.ui.search.facet_bar import FacetBar
from kbapp.ui.search.search_box import SearchBox
from kbapp.ui.style.schemes import SPACE
from kbapp.ui.widgets.collapsible_panes import CollapsiblePanes
from kbapp.ui.widgets.find_bar import FindBar
from kbapp.ui.widgets.sort_box import SortBox

_PAGE = 380  # pixels that a page keeps; side panes give way when the window is narrow
_LIST = 220
_SIZES = [190, 320, 540, 230]  # of sidebar, list, page and notes at the first start


class WindowLayout:
    """Puts the parts into a window; what they do is connected by the composition."""

    def __init__(self, window: QMainWindow, make_card: MakeCard) -> None:
        self.window = window
        self.sidebar, self.rows, self.tabs = Sidebar(), ArticleList(), PageTabs()
        self.panel, self.import_bar = NotesPanel(make_card), ImportBar()
        self.panes = CollapsiblePanes(self.sidebar, self.panel)
        self.menus = self._build_menu_bar()
        self.list_title, self.list_about = QLabel(window.tr("Library")), QLabel()
        self.sort_box, self.facets, self.find_bar, self.search_box = SortBox(), FacetBar(), FindBar(), SearchBox()
        self.list_pane = self._build_list()
        self.page_pane, self.page_layout = self._build_page()
        self.splitter = self._build_splitter()
        window.setCentralWidget(self.splitter)
        self.buttons: dict[str, QToolButton] = {}
        self._build_tools()
        self.lag = QLabel()
        window.statusBar().addPermanentWidget(self.lag)
        window.statusBar().setSizeGripEnabled(False)

    def mirrored_icons(self) -> dict[str, str]:
        """The icons of the tools by their names; those that point somewhere point the other way from right to left."""
        mirrored = {"back": "forward", "forward": "back"} if self.window.isRightToLeft() else {}
        return {name: mirrored.get(name, name) for name in self.buttons}

    def show_listed(self, title: str, about: str) -> None:
        """Says above the list what it shows."""
        self.list_title.setText(title)
        self.list_about.setText(about)
        self.list_about.setVisible(bool(about))

    def show_lag(self, behind: int) -> None:
        """Says how many changes the index has yet to follow."""
        self.lag.setText(self.window.tr("Index: {0} changes to go").format(f"{behind:,}") if behind else "")

    def toggle_sidebar(self) -> None:
        self.panes.toggle(self.sidebar)

    def toggle_panel(self) -> None:
        self.panes.toggle(self.panel)

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

    def _build_list(self) -> QWidget:
        self.list_title.setObjectName("heading")
        self.list_about.setObjectName("quiet")
        self.list_about.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.list_title)
        head.addStretch()
        head.addWidget(self.sort_box)
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
        layout.addWidget(self.rows, 1)
        return pane

    def _build_page(self) -> tuple[QWidget, QVBoxLayout]:
        pane = _pane("pagepane", _PAGE)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tabs, self.find_bar, self.import_bar):
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
