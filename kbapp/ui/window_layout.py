"""The parts of a window and where they stand: sidebar, list, pages, notes, each below a head of the same height."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.ui.articles.article_list import ArticleList
from kbapp.ui.articles.sidebar import Sidebar
from kbapp.ui.importing.import_bar import ImportBar
from kbapp.ui.inspector.inspector import Inspector
from kbapp.ui.notes.notes_panel import MakeCard, NotesPanel
from kbapp.ui.pages.page_tabs import MakeView, PageTabs
from kbapp.ui.search.facet_bar import FacetBar
from kbapp.ui.search.search_box import SearchBox
from kbapp.ui.style.schemes import HEAD, SPACE
from kbapp.ui.widgets.collapsible_panes import CollapsiblePanes
from kbapp.ui.widgets.find_bar import FindBar
from kbapp.ui.widgets.list_head import ListHead
from kbapp.ui.widgets.sort_box import SortBox

_PAGE = 380  # pixels that a page keeps; side panes give way when the window is narrow
_LIST = 240
_SIZES = [200, 304, 500, 276]  # of sidebar, list, page and notes at the first start
_ICON = QSize(18, 18)


class WindowLayout:
    """Puts the parts into a window; what they do is connected by the composition."""

    def __init__(self, window: QMainWindow, make_card: MakeCard, make_view: MakeView) -> None:
        self.window = window
        self.sidebar, self.rows, self.tabs = Sidebar(), ArticleList(), PageTabs(make_view)
        self.panel, self.import_bar = NotesPanel(make_card), ImportBar()
        self.inspector = Inspector(self.panel)
        self.buttons: dict[str, QToolButton] = {}
        self.menus = self._build_menus()
        self.sort_box, self.facets, self.find_bar, self.search_box = SortBox(), FacetBar(), FindBar(), SearchBox()
        self.head = ListHead(self.sort_box, self.facets, window.tr("All articles"))
        self.list_title, self.list_about = self.head.title, self.head.about
        self.side_pane = self._build_side()
        self.list_pane = self._build_list()
        self.page_pane, self.page_layout = self._build_page()
        self.panes = CollapsiblePanes(self.side_pane, self.inspector)
        self.splitter = self._build_splitter()
        self._sizes = _SIZES
        window.setCentralWidget(self.splitter)
        self.lag = QLabel()
        bar = window.statusBar()
        bar.addPermanentWidget(self.lag)
        bar.setSizeGripEnabled(False)
        bar.messageChanged.connect(lambda words: bar.setVisible(bool(words or self.lag.text())))
        bar.hide()

    def mirrored_icons(self) -> dict[str, str]:
        """The icons of the buttons by their names; those that point somewhere point the other way from right to left."""
        mirrored = {"back": "forward", "forward": "back"} if self.window.isRightToLeft() else {}
        pictures = {name: mirrored.get(name, name) for name in self.buttons}
        return pictures | {"unfold": "sidebar"}

    def show_listed(self, title: str, about: str, hint: str = "") -> None:
        """Says above the list what it shows, how many, and what there is to be said about it as rich text."""
        self.head.show_listed(title, about, hint)

    def widen_list(self, wide: bool) -> None:
        """Gives the list the place of the page and the inspector, or takes it back."""
        sizes = self.splitter.sizes()
        if wide:
            self._sizes = sizes if sizes[2] else _SIZES
        for pane in (self.page_pane, self.inspector):
            self.panes.hold(pane, wide)
        self.splitter.setSizes([self._sizes[0], sum(self._sizes[1:]), 0, 0] if wide else self._sizes)

    def add_below_rows(self, widget: QWidget) -> None:
        """Puts something at the foot of the list."""
        cast(QVBoxLayout, self.list_pane.layout()).addWidget(widget)

    def put_beside_rows(self, widget: QWidget) -> None:
        """Puts another form of the list into its place."""
        layout = cast(QVBoxLayout, self.list_pane.layout())
        layout.insertWidget(layout.indexOf(self.rows), widget, 1)

    def show_lag(self, behind: int) -> None:
        """Says how many changes the index has yet to follow."""
        words = self.window.tr("Indexing: {0} changes left").format(f"{behind:,}") if behind else ""
        self.lag.setText(words)
        self.window.statusBar().setVisible(bool(words or self.window.statusBar().currentMessage()))

    def toggle_sidebar(self) -> None:
        self.panes.toggle(self.side_pane)

    def toggle_panel(self) -> None:
        self.panes.toggle(self.inspector)

    def go_round(self, step: int) -> None:
        """Moves the keyboard to the next pane, or with -1 to the one before, from wherever it is."""
        panes: list[tuple[QWidget, QWidget | None]] = [
            (pane, target)
            for pane, target in (
                (self.side_pane, self.sidebar),
                (self.list_pane, self.rows),
                (self.page_pane, self.tabs.view),
                (self.inspector, None),
            )
            if pane.isVisible()
        ]
        focus = self.window.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), -step)
        pane, view = panes[(at + step) % len(panes)]
        fields = (
            each
            for kind in (QPlainTextEdit, QWidget)
            for each in pane.findChildren(kind)
            if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        )
        target = view if view is not None else next(fields, pane)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_menu(self) -> None:
        """Opens the menu, below its button or, while the sidebar is hidden, where it would be."""
        button = self.buttons["menu"]
        if button.isVisible():
            button.showMenu()
        elif (menu := button.menu()) is not None:
            menu.popup(self.list_pane.mapToGlobal(self.list_pane.rect().topLeft()))

    def _build_menus(self) -> dict[str, QMenu]:
        """The menus: native at the top of the screen on a Mac, elsewhere behind a button."""
        tr, window = self.window.tr, self.window
        names = (
            ("file", tr("&File")), ("edit", tr("&Edit")), ("view", tr("&View")), ("go", tr("&Go")), ("help", tr("&Help"))
        )  # fmt: skip
        button = self._button("menu", tr("Menu (F10)"))
        if sys.platform == "darwin":
            button.hide()
            return {name: window.menuBar().addMenu(words) for name, words in names}
        root = QMenu(button)
        button.setMenu(root)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return {name: root.addMenu(words) for name, words in names}

    def _button(self, name: str, words: str) -> QToolButton:
        """A button with an icon, described by its tooltip; ``words`` may end in its keys in parentheses."""
        button = QToolButton()
        button.setIconSize(_ICON)
        button.setToolTip(words)
        button.setAccessibleName(words.partition(" (")[0])
        self.buttons[name] = button
        return button

    def _build_side(self) -> _SidePane:
        tr = self.window.tr
        self.library_name = QLabel()
        self.library_name.setObjectName("section")
        head, row = _head("sidehead")
        row.addWidget(self.buttons["menu"])
        row.addWidget(self.library_name)
        row.addStretch()
        row.addWidget(self._button("sidebar", tr("Hide the sidebar (F9)")))
        foot, end = _head("sidefoot")
        add = self._button("import", tr("Add articles (Ctrl+O)"))
        add.setText(tr("Add articles"))
        add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        end.addWidget(add)
        end.addStretch()
        pane = _SidePane()
        pane.setMinimumWidth(150)
        layout = _column(pane)
        layout.addWidget(head)
        layout.addWidget(self.sidebar, 1)
        layout.addWidget(foot)
        return pane

    def _build_list(self) -> QWidget:
        self.sort_box.setObjectName("order")
        self.search_box.setMinimumWidth(120)
        head, row = _head("listhead")
        unfold = self._button("unfold", self.window.tr("Show the sidebar (F9)"))
        unfold.hide()
        self.side_pane.shown.connect(unfold.setHidden)
        row.addWidget(unfold)
        row.addWidget(self.search_box, 1)
        row.addStretch()
        table = self._button("table", self.window.tr("Table (Ctrl+Shift+L)"))
        table.setCheckable(True)
        self.head.line.addWidget(table)
        pane = _pane("listpane", _LIST)
        layout = _column(pane, 1)
        layout.addWidget(head)
        layout.addWidget(self.head)
        layout.addWidget(self.rows, 1)
        return pane

    def _build_page(self) -> tuple[QWidget, QVBoxLayout]:
        tr = self.window.tr
        for name, words in (("back", tr("Back (Alt+Left)")), ("forward", tr("Forward (Alt+Right)"))):
            self.tabs.bar.add_start(self._button(name, words))
        for name, words in (
            ("star", tr("Star (Ctrl+D)")), ("tag", tr("Tag…")), ("cite", tr("Copy citation (Ctrl+Shift+C)")),
            ("original", tr("Open original")),
        ):  # fmt: skip
            button = self._button(name, words)
            button.setVisible(False)
            self.tabs.bar.add_end(button)
        self.tabs.bar.add_end(self._button("panel", tr("Show or hide the inspector (F8)")))
        pane = _pane("pagepane", _PAGE)
        layout = _column(pane)
        for widget in (self.tabs, self.find_bar, self.import_bar):
            layout.addWidget(widget)
        return pane, layout

    def _build_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        panes = (self.side_pane, self.list_pane, self.page_pane, self.inspector)
        for at, (pane, size) in enumerate(zip(panes, _SIZES, strict=True)):
            splitter.addWidget(pane)
            splitter.setStretchFactor(at, 1 if pane is self.page_pane else 0)
            pane.resize(size, 600)
        splitter.setSizes(_SIZES)
        return splitter


def _column(pane: QWidget, sides: int = 0) -> QVBoxLayout:
    """A layout from top to bottom without gaps; ``sides`` pixels are left at each side."""
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(sides, 0, sides, 0)
    layout.setSpacing(0)
    return layout


def _head(name: str) -> tuple[QWidget, QHBoxLayout]:
    """The head of a pane, or its foot, and the row in it."""
    head = QWidget()
    head.setObjectName(name)
    head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    head.setFixedHeight(HEAD)
    layout = QHBoxLayout(head)
    layout.setContentsMargins(SPACE, 0, SPACE, 0)
    layout.setSpacing(4)
    return head, layout


class _SidePane(QWidget):
    """The sidebar with its head and foot; ``shown`` says whether it is to be seen."""

    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidepane")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)


def _pane(name: str, narrowest: int) -> QWidget:
    """A pane of the splitter that the style sheet knows by its name, ``narrowest`` in pixels."""
    pane = QWidget()
    pane.setObjectName(name)
    pane.setMinimumWidth(narrowest)
    pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return pane
