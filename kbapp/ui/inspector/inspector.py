"""The pane beside the page: its notes, what is known of the article, the people in it, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kbapp.ui.style.schemes import HEAD

PAGES = ("notes", "info", "people")


class Inspector(QWidget):
    """Holds three pages; the notes are there from the start, the others are put in by ``add_page``.

    ``page_chosen`` carries the page that came to the front.
    """

    page_chosen = Signal(str)

    def __init__(self, notes: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notespane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(190)
        head = QWidget()
        head.setObjectName("inspectorhead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(HEAD)
        track = QFrame()
        track.setObjectName("segments")
        track.setFixedHeight(34)
        row = QHBoxLayout(track)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self._titles = {"notes": self.tr("Notes"), "info": self.tr("Info"), "people": self.tr("People")}
        for at, name in enumerate(PAGES):
            button = self.buttons[name] = QToolButton()
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setText(self._titles[name])
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.clicked.connect(lambda _checked=False, name=name: self.show_page(name))
            self._group.addButton(button, at)
            row.addWidget(button)
        line = QHBoxLayout(head)
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(track)
        self._pages = QStackedWidget()
        self._shown: dict[str, QWidget] = {"notes": notes}
        self._pages.addWidget(notes)
        self._nothing = QLabel(self.tr("Open an article to see and correct what is known about it."))
        self._nothing.setObjectName("quiet")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._nothing.setContentsMargins(16, 12, 16, 12)
        self._pages.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._pages, 1)
        self.page, self._has_article = "notes", False
        self.show_page("notes")

    def add_page(self, name: str, page: QWidget) -> None:
        """Puts in a page of PAGES."""
        self._shown[name] = page
        self._pages.addWidget(page)

    def show_page(self, name: str) -> None:
        """Brings a page of PAGES to the front."""
        self.buttons[name].setChecked(True)
        self.page = name
        self._show()
        self.page_chosen.emit(name)

    def show_article(self, there: bool) -> None:
        """Whether an article is in front, of which there is something to show."""
        self._has_article = there
        self._show()

    def show_count(self, name: str, count: int | None) -> None:
        """Says in the head how many a page holds; None for nothing to say."""
        self.buttons[name].setText(self._titles[name] if count is None else f"{self._titles[name]} {count}")

    def _show(self) -> None:
        known = self.page == "notes" or self._has_article
        self._pages.setCurrentWidget(self._shown.get(self.page, self._nothing) if known else self._nothing)
