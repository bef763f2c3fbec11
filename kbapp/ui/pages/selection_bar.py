"""The bar over selected words of an article: what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from kbapp.ui.pages.page_view import PageView
from kbapp.ui.style.schemes import LIGHT, Scheme
from kbapp.ui.style.theme import icon

_SETTLED = 120  # milliseconds after which a selection is no longer being drawn
_ABOVE = 8  # pixels between the bar and the first selected line
_HEIGHT = 44


class TextBar(QFrame):
    """Lies over the page in front while words of an article are selected there; it never takes the focus.

    ``colour_chosen`` carries the colour of a highlight; the others say what is wanted with the words.
    """

    colour_chosen = Signal(str)
    note_wanted = Signal()
    person_wanted = Signal()
    search_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popover")
        self.setAccessibleName(self.tr("What to do with the selected words"))
        self._view: PageView | None = None
        self.buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(2)
        for name, words in (
            ("yellow", self.tr("Yellow")), ("green", self.tr("Green")), ("blue", self.tr("Blue")),
            ("pink", self.tr("Pink")), ("purple", self.tr("Purple")),
        ):  # fmt: skip
            button = self._button(name, self.tr("Highlight: {0}").format(words))
            button.clicked.connect(lambda _checked=False, name=name: self._act(lambda: self.colour_chosen.emit(name)))
        for name, words, signal in (
            ("note", self.tr("Note"), self.note_wanted),
            ("person", self.tr("Person"), self.person_wanted),
            ("search", self.tr("Search"), self.search_wanted),
            ("cite", self.tr("Copy with citation"), self.copy_wanted),
        ):
            button = self._button(name, words)
            button.setText(words)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _checked=False, signal=signal: self._act(signal.emit))
        for child in self.buttons.values():
            layout.addWidget(child)
        self.setFixedHeight(_HEIGHT)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._settle)
        self.show_scheme(LIGHT)
        self.hide()

    def show_scheme(self, scheme: Scheme) -> None:
        """Gives the discs and icons the colours of a scheme."""
        marks = dict(scheme.marks)
        for name, button in self.buttons.items():
            button.setIcon(_dot(marks[name], scheme.line2) if name in marks else icon(name, scheme.text))

    def watch(self, view: PageView) -> None:
        """Comes over the selections of this page too."""
        view.selectionChanged.connect(lambda: self._changed(view))
        view.verticalScrollBar().valueChanged.connect(self._follow)
        view.resized.connect(self._follow)
        view.installEventFilter(self)
        view.destroyed.connect(self._forget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self._view:
            self.hide()
        return super().eventFilter(watched, event)

    def _button(self, name: str, words: str) -> QToolButton:
        button = self.buttons[name] = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIconSize(QSize(20, 20) if name in dict(LIGHT.marks) else QSize(15, 15))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _act(self, act: Callable[[], None]) -> None:
        self.hide()
        act()

    def _changed(self, view: PageView) -> None:
        self._view = view
        if not view.textCursor().hasSelection():
            self.hide()
        self._timer.start()

    def _forget(self) -> None:
        """A page was closed; the one in front tells of its selection again when that changes."""
        self._view = None
        self._timer.stop()
        self.hide()

    def _settle(self) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._timer.start()
            return
        view = self._view
        if view is None or not view.isVisible() or not view.body_selection()[0]:
            self.hide()
            return
        if view.address is None or view.address.kind != "article" or view.is_found_selected():
            return
        self._place(view)
        self.show()
        self.raise_()

    def _follow(self) -> None:
        if self.isVisible() and self._view is not None:
            self._place(self._view)

    def _place(self, view: PageView) -> None:
        """Above the first selected line, below it where there is no room, and within the window."""
        self.adjustSize()
        area = view.selection_area()
        corner = view.viewport().mapTo(self.window(), area.topLeft())
        top = corner.y() - _ABOVE - self.height()
        highest = view.mapTo(self.window(), QPoint(0, 0)).y()
        if top < highest:
            top = view.viewport().mapTo(self.window(), area.bottomLeft()).y() + _ABOVE
        lowest = view.mapTo(self.window(), QPoint(0, view.height())).y() - self.height()
        left = min(corner.x(), self.window().width() - self.width() - 24)
        self.move(max(8, left), max(highest, min(top, lowest)))


def _dot(colour: str, edge: str) -> QIcon:
    """A disc of a highlight's colour."""
    found = QPixmap(40, 40)
    found.setDevicePixelRatio(2)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(edge))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(1, 1, 18, 18)
    painter.end()
    return QIcon(found)
